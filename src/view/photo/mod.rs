//! The image field of the form, and the screen on which its photo is cropped.

pub mod picker;
pub mod screen;
mod words;

pub use picker::{Picker, photo_picker};
pub use screen::{Screen, photo_screen};

/// Gives English words to what is drawn below, where this part is drawn by itself: in its tests.
#[doc(hidden)]
pub fn provide_words() {
    leptos::prelude::provide_context(crate::i18n::Messages::of(crate::i18n::Locale::En));
}
