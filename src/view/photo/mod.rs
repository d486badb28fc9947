//! The image field of the form, and the screen on which its photo is cropped.

pub(super) mod camera;
pub(super) mod choose;
mod doubts;
pub mod picker;
mod refusal;
pub mod screen;
mod tools;
mod words;

pub use picker::{Open, Picker, photo_picker};
pub use screen::{Screen, photo_screen};

use crate::i18n::Messages;
use crate::media::photo::{self, Picture};

/// Opens a file for the photo screen, and finds the face on it if `face_help` says so; `Err` says in words what is wrong
/// with it.
pub(super) async fn open(file: web_sys::Blob, words: Messages, face_help: bool) -> Result<Picture, String> {
    let picture = photo::open(&file).await.map_err(|problem| words::explain(words.photo(), problem))?;
    if face_help {
        picture.find_face().await;
    }
    Ok(picture)
}

/// Gives English words to what is drawn below, where this part is drawn by itself: in its tests.
#[doc(hidden)]
pub fn provide_words() {
    leptos::prelude::provide_context(Messages::of(crate::i18n::Locale::En));
}

/// Opens files in English words, for the same.
#[doc(hidden)]
pub fn open_in_english() -> Open {
    std::rc::Rc::new(|file| Box::pin(open(file, Messages::of(crate::i18n::Locale::En), false)))
}
