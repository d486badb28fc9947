//! Where the card in work meets the photo screen: which picture, which field, and where to go afterwards.

use std::any::Any;
use std::rc::Rc;

use leptos::prelude::queue_microtask;

use super::photo::camera::{CameraScreen, camera_screen};
use super::photo::{self, Open, photo_screen};
use super::signature::{SignatureScreen, signature_screen};
use super::terms;
use crate::api::Field;
use crate::domain::crop::Ratio;
use crate::domain::edit::Editing;
use crate::domain::face::portrait;
use crate::domain::field::Role;
use crate::flow::{CardFlow, HostEvent, Screen};
use crate::i18n::Messages;
use crate::media::photo::Picture;
use crate::ui::dom::{El, el};
use crate::ui::words;
use crate::world;

/// The proportions that a picture must have in `field`; none where the template does not say.
pub(super) fn ratio_of(field: &Field) -> Option<Ratio> {
    // An ID photo is upright, three by four, where the template does not say otherwise.
    let upright = (Role::of(field) == Role::Photo).then_some(Ratio { width: 3, height: 4 });
    field.dimensions.map(|size| Ratio { width: size.width, height: size.height }).or(upright)
}

/// Begins to edit `picture`: with the frame around the face, where one was found.
pub(super) fn begin(picture: &Picture, ratio: Option<Ratio>) -> Editing {
    let mut editing = Editing::new((picture.width(), picture.height()), ratio);
    if let Some(face) = picture.face() {
        editing.begin_at(portrait(&face, ratio));
    }
    editing
}

/// A picture was chosen for field number `index`, which has this ratio, or taken with the camera: its crop comes next.
fn chose(card: CardFlow, index: usize, picture: Picture, ratio: Option<Ratio>, taken: bool) {
    let editing = begin(&picture, ratio);
    card.chose_picture(index, Rc::new(picture), editing, taken);
}

/// What opens a file on a screen of the studio itself.
fn opener(card: CardFlow, words: Messages) -> Open {
    Rc::new(move |file| Box::pin(photo::open(file, words, card.helps_with_faces())))
}

/// A picture as the studio has it, of one that the flow has kept.
fn opened(picture: Rc<dyn world::Picture>) -> Option<Picture> {
    let picture: Rc<dyn Any> = picture;
    picture.downcast::<Picture>().ok().map(|picture| Picture::clone(&picture))
}

/// The photo screen for field number `index`.
pub(super) fn screen(card: CardFlow, index: usize) -> El {
    let shot = card.shot(index).and_then(|shot| Some((opened(shot.picture)?, shot.editing, shot.taken)));
    let (Some(field), Some((picture, editing, taken))) = (card.field(index), shot) else {
        // Nothing to crop here (any more); the form is where to choose.
        queue_microtask(move || card.cx().go(Screen::CardForm));
        return el("section");
    };
    photo_screen(photo::Screen {
        label: &field.label,
        picture,
        ratio: ratio_of(&field),
        field: field.dimensions.map(|size| Ratio { width: size.width, height: size.height }),
        is_portrait: Role::of(&field) == Role::Photo,
        face_help: card.helps_with_faces(),
        editing,
        on_use: Rc::new(move |photo| card.use_photo(index, photo.base64)),
        on_retake: taken.then(|| -> Box<dyn Fn()> { Box::new(move || card.cx().go(Screen::Camera(index))) }),
        on_cancel: Box::new(move || card.cancel_photo(index)),
        focus: card.cx().moved().get_untracked(),
    })
}

/// The camera screen for field number `index`.
pub(super) fn camera(card: CardFlow, index: usize) -> El {
    let Some(field) = card.field(index) else {
        queue_microtask(move || card.cx().go(Screen::CardForm));
        return el("section");
    };
    let ratio = ratio_of(&field);
    let back = move || if card.shot(index).is_some() { Screen::Photo(index) } else { Screen::CardForm };
    camera_screen(CameraScreen {
        label: &field.label,
        ratio,
        face_help: card.helps_with_faces(),
        files: card.takes_files(),
        rules: terms::before(card, terms::Place::Camera),
        on_taken: Rc::new(move |picture| chose(card, index, picture, ratio, true)),
        open: opener(card, words()),
        on_opened: Rc::new(move |picture| chose(card, index, picture, ratio, false)),
        on_failed: Rc::new(move |code, message| card.cx().tell(HostEvent::Error { code, message })),
        // Back to the photo that is being cropped, if there is one.
        on_cancel: Box::new(move || card.cx().go(back())),
        focus: card.cx().moved().get_untracked(),
    })
}

/// The signature pad for field number `index`.
pub(super) fn signature(card: CardFlow, index: usize) -> El {
    let (Some(template), Some(field)) = (card.template(), card.field(index)) else {
        queue_microtask(move || card.cx().go(Screen::CardForm));
        return el("section");
    };
    let ratio = ratio_of(&field);
    signature_screen(SignatureScreen {
        label: &field.label,
        field: ratio.unwrap_or(Ratio { width: 3, height: 1 }),
        signing: card.photos().signing(template, index),
        files: card.takes_files(),
        on_use: Rc::new(move |jpeg| card.use_signature(index, jpeg.base64)),
        open: opener(card, words()),
        // Leaving for good drops what was signed; a redraw does not come by here.
        on_opened: Rc::new(move |picture| {
            card.photos().drop_signing();
            chose(card, index, picture, ratio, false);
        }),
        on_cancel: Box::new(move || {
            card.photos().drop_signing();
            card.cx().go(Screen::CardForm);
        }),
        focus: card.cx().moved().get_untracked(),
    })
}
