//! The way from the form to the photo studio.
//!
//! Like [`super::cards`], a cut: most of what a photo needs is a WASM file of its own, fetched when a person goes for their
//! first photo. Only [`Studio`] is known on this side of it.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use web_sys::Blob;

use super::app::App;
use super::cards::NotFetched;
use super::part;
use super::photo::{self, Open};
use super::photo_step;
use crate::domain::crop::Ratio;
use crate::domain::edit::Editing;
use crate::i18n::Messages;
use crate::media::photo::Picture;
use crate::ui::dom::El;

/// What the files before call of this one.
pub(super) struct Studio {
    /// Opens a file, and finds the face on it if it is to; `Err` is what to tell the person.
    open: fn(Blob, Messages, bool) -> LocalBoxFuture<'static, Result<Picture, String>>,
    /// Begins to edit a picture for a field with this ratio.
    pub(super) begin: fn(&Picture, Option<Ratio>) -> Editing,
    /// Draws the crop screen of field number so and so.
    pub(super) photo: fn(App, usize) -> El,
    /// Draws the camera screen of field number so and so.
    pub(super) camera: fn(App, usize) -> El,
    /// Draws the signature pad of field number so and so.
    pub(super) signature: fn(App, usize) -> El,
}

static STUDIO: Studio = Studio {
    open: |file, words, face_help| Box::pin(photo::open(file, words, face_help)),
    begin: photo_step::begin,
    photo: photo_step::screen,
    camera: photo_step::camera,
    signature: photo_step::signature,
};

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(studio, fallible)]
fn fetch() -> Result<&'static Studio, NotFetched> {
    Ok(&STUDIO)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Studio, NotFetched> {
    Ok(&STUDIO)
}

impl App {
    /// The studio: there already, or fetched now.
    async fn studio(self) -> Result<&'static Studio, NotFetched> {
        let kept = self.kept();
        if let Some(studio) = kept.studio.get() {
            return Ok(studio);
        }
        let studio = fetch().await?;
        kept.studio.set(Some(studio));
        Ok(studio)
    }
}

/// What opens a file for the photo screen, in the words of the form that asks for it.
pub(super) fn opener(app: App, words: Messages) -> Open {
    Rc::new(move |file| {
        Box::pin(async move {
            match app.studio().await {
                Ok(studio) => (studio.open)(file, words, app.helps_with_faces()).await,
                Err(NotFetched) => Err(words.picker().not_fetched.to_string()),
            }
        })
    })
}

/// A screen of the studio, drawn once the studio is there.
pub(super) fn screen(app: App, draw: impl Fn(&'static Studio) -> El + 'static) -> El {
    let there = move || app.kept().studio.get().map(&draw);
    part::screen(app, "photo", Box::new(there), move || Box::pin(async move { app.studio().await.is_ok() }))
}
