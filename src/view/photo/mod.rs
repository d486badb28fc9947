//! The image field of the form, and the screen on which its photo is cropped.

pub(super) mod camera;
pub(super) mod choose;
mod doubts;
pub mod picker;
pub(super) mod refusal;
pub mod screen;
mod tools;
mod words;

pub use picker::{Open, Picker, photo_picker};
pub use screen::{Screen, photo_screen};

use std::sync::Arc;

use crate::domain::crop::{MAX_LONG_SIDE, Ratio, output_size};
use crate::domain::edit::Editing;
use crate::i18n::Messages;
use crate::media::encode::encode;
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

/// Opens a file, and encodes its middle in the proportions of a field: the picture, what is done to it, and the Base64 of a JPEG;
/// `Err` says in words what is wrong with it.
pub(super) async fn develop(
    file: web_sys::Blob,
    words: Messages,
    face_help: bool,
    ratio: Option<Ratio>,
) -> Result<(Picture, Editing, Arc<str>), String> {
    let picture = open(file, words, face_help).await?;
    let mut editing = Editing::new((picture.width(), picture.height()), ratio);
    let (edit, crop) = (editing.edit(), editing.crop());
    let encoded = encode(&picture, &edit, crop, output_size(crop, ratio, MAX_LONG_SIDE)).await;
    let jpeg = encoded.map_err(|problem| words::explain(words.photo(), problem))?;
    editing.use_as(edit, crop);
    Ok((picture, editing, jpeg.base64))
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
