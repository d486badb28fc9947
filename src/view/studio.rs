//! The way from the form to the photo studio.
//!
//! Like [`super::cards`], a cut: most of what a photo needs is a WASM file of its own, fetched when a person goes for their
//! first photo. Only [`Studio`] is known on this side of it.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::future::LocalBoxFuture;
use web_sys::Blob;

use super::part;
use super::photo::{self, Open};
use super::photo_step;
use crate::api::carry_photos;
use crate::browser::Xhr;
use crate::domain::crop::Ratio;
use crate::domain::edit::Editing;
use crate::flow::CardFlow;
use crate::flow::app::NotFetched;
use crate::flow::card::sending::COURIER;
use crate::i18n::Messages;
use crate::media::photo::Picture;
use crate::media::smaller::Smaller;
use crate::ui::dom::El;

/// What the files before call of this one.
pub(super) struct Studio {
    /// Opens a file, and finds the face on it if it is to; `Err` is what to tell the person.
    open: fn(Blob, Messages, bool) -> LocalBoxFuture<'static, Result<Picture, String>>,
    /// Makes ready what a card with photos is sent by.
    prepare: fn(CardFlow),
    /// Makes of a file, without anybody's doing, what a field with this ratio takes.
    develop: fn(Blob, Messages, bool, Option<Ratio>) -> Developing,
    /// Begins to edit a picture for a field with this ratio.
    begin: fn(&Picture, Option<Ratio>) -> Editing,
    /// Draws the crop screen of field number so and so.
    pub(super) photo: fn(CardFlow, usize) -> El,
    /// Draws the camera screen of field number so and so.
    pub(super) camera: fn(CardFlow, usize) -> El,
    /// Draws the signature pad of field number so and so.
    pub(super) signature: fn(CardFlow, usize) -> El,
}

/// The picture, what is done to it, and the Base64 of a JPEG; `Err` is what to tell the person.
type Developing = LocalBoxFuture<'static, Result<(Picture, Editing, Arc<str>), String>>;

static STUDIO: Studio = Studio {
    open: |file, words, face_help| Box::pin(photo::open(file, words, face_help)),
    prepare,
    develop: |file, words, face_help, ratio| Box::pin(photo::develop(file, words, face_help, ratio)),
    begin: photo_step::begin,
    photo: photo_step::screen,
    camera: photo_step::camera,
    signature: photo_step::signature,
};

fn prepare(card: CardFlow) {
    let session = card.cx().session();
    card.cx().set_shrink(Rc::new(Smaller));
    card.send_by(COURIER);
    if let Some(transport) = session.transport() {
        carry_photos(&session.line(), transport, Rc::new(Xhr));
    }
}

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

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Studio>> = const { Cell::new(None) };
}

/// The studio: there already, or fetched now.
async fn load(card: CardFlow) -> Result<&'static Studio, NotFetched> {
    let studio = match THERE.get() {
        Some(studio) => studio,
        None => fetch().await?,
    };
    THERE.set(Some(studio));
    (studio.prepare)(card);
    Ok(studio)
}

/// What opens a file for the photo screen, in the words of the form that asks for it.
pub(super) fn opener(card: CardFlow, words: Messages) -> Open {
    Rc::new(move |file| {
        Box::pin(async move {
            match load(card).await {
                Ok(studio) => (studio.open)(file, words, card.helps_with_faces()).await,
                Err(NotFetched) => Err(words.picker().not_fetched.to_string()),
            }
        })
    })
}

/// Makes of a file, without anybody's doing, what a field with this ratio takes: its middle.
///
/// # Errors
/// What to tell the person.
pub(super) async fn develop(
    card: CardFlow,
    file: Blob,
    ratio: Option<Ratio>,
) -> Result<(Picture, Editing, Arc<str>), String> {
    let words = card.cx().words();
    match load(card).await {
        Ok(studio) => (studio.develop)(file, words, card.helps_with_faces(), ratio).await,
        Err(NotFetched) => Err(words.picker().not_fetched.to_string()),
    }
}

/// A picture was chosen for field number `index`, which has this ratio, or taken with the camera: its crop comes next.
pub(super) fn chose(card: CardFlow, index: usize, picture: Picture, ratio: Option<Ratio>, taken: bool) {
    // Pictures come from the studio, so it is there.
    let Some(studio) = THERE.get() else { return };
    let editing = (studio.begin)(&picture, ratio);
    card.chose_picture(index, Rc::new(picture), editing, taken);
}

/// A screen of the studio, drawn once the studio is there.
pub(super) fn screen(card: CardFlow, draw: impl Fn(&'static Studio) -> El + 'static) -> El {
    let there = move || THERE.get().map(&draw);
    part::screen(
        card.cx(),
        "photo",
        Box::new(there),
        Rc::new(move || Box::pin(async move { load(card).await.is_ok() })),
    )
}
