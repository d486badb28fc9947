//! Where the journey meets the photo screen: which picture, which field, and where to go afterwards.

use std::rc::Rc;

use leptos::prelude::queue_microtask;

use super::app::{App, At};
use super::photo::camera::{CameraScreen, camera_screen};
use super::photo::{Screen, photo_screen};
use super::signature::{SignatureScreen, signature_screen};
use super::studio::opener;
use crate::api::Field;
use crate::domain::crop::Ratio;
use crate::domain::draft::Draft;
use crate::domain::edit::Editing;
use crate::domain::face::portrait;
use crate::domain::field::Role;
use crate::media::photo::Picture;
use crate::ui::dom::{El, el};
use crate::ui::words;

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

/// The photo screen for field number `index`.
pub(super) fn screen(app: App, index: usize) -> El {
    let fields = app.draft.with_untracked(|draft| draft.as_ref().map(Draft::fields));
    let field = fields.and_then(|fields| fields.get(index).cloned());
    let (Some(field), Some(shot)) = (field, app.shot(index)) else {
        // Nothing to crop here (any more); the form is where to choose.
        queue_microtask(move || app.go(At::CardForm));
        return el("section");
    };
    photo_screen(Screen {
        label: &field.label,
        picture: shot.picture,
        ratio: ratio_of(&field),
        field: field.dimensions.map(|size| Ratio { width: size.width, height: size.height }),
        is_portrait: Role::of(&field) == Role::Photo,
        face_help: app.helps_with_faces(),
        editing: shot.editing,
        on_use: Rc::new(move |photo| app.use_photo(index, &photo)),
        on_retake: shot.taken.then(|| -> Box<dyn Fn()> { Box::new(move || app.go(At::Camera(index))) }),
        on_cancel: Box::new(move || app.cancel_photo(index)),
        focus: app.moved.get_untracked(),
    })
}

/// The camera screen for field number `index`.
pub(super) fn camera(app: App, index: usize) -> El {
    let fields = app.draft.with_untracked(|draft| draft.as_ref().map(Draft::fields));
    let Some(field) = fields.and_then(|fields| fields.get(index).cloned()) else {
        queue_microtask(move || app.go(At::CardForm));
        return el("section");
    };
    let ratio = ratio_of(&field);
    let face_help = app.helps_with_faces();
    camera_screen(CameraScreen {
        label: &field.label,
        ratio,
        face_help,
        on_taken: Rc::new(move |picture| app.chose_picture(index, picture, ratio, true)),
        open: opener(app, words()),
        on_opened: Rc::new(move |picture| app.chose_picture(index, picture, ratio, false)),
        // Back to the photo that is being cropped, if there is one.
        on_cancel: Box::new(move || app.go(if app.shot(index).is_some() { At::Photo(index) } else { At::CardForm })),
        focus: app.moved.get_untracked(),
    })
}

/// The signature pad for field number `index`.
pub(super) fn signature(app: App, index: usize) -> El {
    let draft = app.draft.with_untracked(|draft| draft.as_ref().map(|draft| (draft.template_id(), draft.fields())));
    let field = draft.and_then(|(template, fields)| Some((template, fields.get(index).cloned()?)));
    let Some((template, field)) = field else {
        queue_microtask(move || app.go(At::CardForm));
        return el("section");
    };
    let kept = app.kept();
    let signing = match &*kept.signing.borrow() {
        Some((of, at, signing)) if (*of, *at) == (template, index) => signing.clone(),
        _ => Rc::default(),
    };
    kept.signing.replace(Some((template, index, signing.clone())));
    let ratio = ratio_of(&field);
    // Leaving for good drops what was signed; a redraw does not come by here.
    let leave = move |to| {
        app.kept().signing.take();
        app.go(to);
    };
    signature_screen(SignatureScreen {
        label: &field.label,
        field: ratio.unwrap_or(Ratio { width: 3, height: 1 }),
        signing,
        on_use: Rc::new(move |jpeg| {
            app.kept().signing.take();
            // A file that was used before is on the card no longer.
            app.kept().shots.borrow_mut().retain(|shot| !shot.is_of(template, index));
            app.use_photo(index, &jpeg);
        }),
        open: opener(app, words()),
        on_opened: Rc::new(move |picture| {
            app.kept().signing.take();
            app.chose_picture(index, picture, ratio, false);
        }),
        on_cancel: Box::new(move || leave(At::CardForm)),
        focus: app.moved.get_untracked(),
    })
}

impl App {
    /// To the first picture's crop, or to the form where there is none yet.
    pub(super) fn to_photo(self) {
        let count = self.draft.with_untracked(|draft| draft.as_ref().map_or(0, |draft| draft.fields().len()));
        let first = (0..count).find(|index| self.shot(*index).is_some());
        self.edit();
        if let Some(index) = first {
            self.go(At::Photo(index));
        }
    }
}
