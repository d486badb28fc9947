//! What a device keeps over a restart.

/// A device's own memory, by name. Nothing of a person goes there.
pub trait DeviceStore {
    /// What is kept under this name.
    fn read(&self, name: &str) -> Option<String>;

    /// Keeps a text under this name, or nothing any more. It may be that nothing is kept: that is no reason to stop.
    fn write(&self, name: &str, text: Option<&str>);
}
