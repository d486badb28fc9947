//! What is read from a picture's pixels, and done to them one by one. No browser here, and no card: only numbers.
//!
//! A crate by itself, because it is compiled for speed where the rest of the widget is compiled for size.

mod cascade;
mod gray;
mod look;
mod tone;

pub use cascade::{Detector, Face, Lean};
pub use gray::{Gray, Sums};
pub use tone::toned;
