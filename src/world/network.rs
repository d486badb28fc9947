//! Whether the device has a network at all.

use std::any::Any;

/// The device's way to the rest of the world.
pub trait Network {
    /// Whether there is one, as far as the device knows. It need not lead anywhere.
    fn is_there(&self) -> bool;

    /// Calls `told` whenever that may be otherwise, for as long as what is returned lives.
    fn watch(&self, told: Box<dyn Fn()>) -> Box<dyn Any>;
}
