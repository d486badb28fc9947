//! How the screens build the page: elements made by plain calls, kept up to date by Leptos' signals.
//!
//! Leptos' `view!` makes a type of every piece of a screen, and code for each such type to build, rebuild, mount and
//! unmount it. Measured on this widget, that was two thirds of the WASM that every visitor downloads. Here an element is
//! an element, whatever is in it, and every closure is boxed, so that a screen costs little more than its own words.
//! Signals, effects, owners and contexts are Leptos' own, and [`El`] is a Leptos view like any other.
//!
//! What stands in the page before the WASM is there can be gone on with, see [`adopt`].

mod el;
mod there;
mod view;

pub use el::{El, el, svg};
pub(crate) use el::{listen, watch};
pub use there::adopt;
pub use view::{ElView, Mounted};
