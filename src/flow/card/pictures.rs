//! The way of a picture to its field: chosen or taken, cropped, used.

use std::rc::Rc;
use std::sync::Arc;

use super::CardFlow;
use crate::api::{Field, TemplateId};
use crate::domain::config::{Config, Mode};
use crate::domain::draft::{Draft, Value};
use crate::domain::edit::Editing;
use crate::flow::photos::Shot;
use crate::flow::screen::Screen;
use crate::world::Picture;

impl CardFlow {
    /// A picture was chosen for field number `index`, or taken with the camera: its crop comes next, beginning with
    /// `editing`.
    pub fn chose_picture(self, index: usize, picture: Rc<dyn Picture>, editing: Editing, taken: bool) {
        let Some(template) = self.template() else { return };
        self.photos().add(template, index, picture, editing, taken);
        self.cx().go(Screen::Photo(index));
    }

    /// Keeps a picture that is on a card from `template` already, so that it can be adjusted.
    pub(in crate::flow) fn keep_shot(
        self,
        template: TemplateId,
        index: usize,
        picture: Rc<dyn Picture>,
        editing: Editing,
    ) {
        self.photos().forget_field(template, index);
        self.photos().add(template, index, picture, editing, false);
    }

    /// The picture chosen for field number `index`.
    pub fn shot(self, index: usize) -> Option<Shot> {
        self.photos().shot(self.template()?, index)
    }

    /// The crop screen of field number `index` is left without using the photo; one that was never used is gone.
    pub fn cancel_photo(self, index: usize) {
        if let Some(template) = self.template() {
            self.photos().forget_unused(template, index);
        }
        self.cx().go(Screen::CardForm);
    }

    /// The picture of field number `index` is as the person wants it: the Base64 of a JPEG.
    pub fn use_photo(self, index: usize, base64: Arc<str>) {
        self.put(index, Value::Image(base64));
        if let Some(template) = self.template() {
            self.photos().settle(template, index);
        }
        self.cx().go(Screen::CardForm);
    }

    /// Field number `index` was signed: the Base64 of a JPEG.
    pub fn use_signature(self, index: usize, base64: Arc<str>) {
        self.photos().drop_signing();
        // A file that was used before is on the card no longer.
        if let Some(template) = self.template() {
            self.photos().forget_field(template, index);
        }
        self.use_photo(index, base64);
    }

    /// To the first picture's crop, or to the form where there is none yet.
    pub fn to_photo(self) {
        let count = self.draft().with_untracked(|draft| draft.as_ref().map_or(0, |draft| draft.fields().len()));
        let first = (0..count).find(|index| self.shot(*index).is_some());
        self.edit();
        if let Some(index) = first {
            self.cx().go(Screen::Photo(index));
        }
    }

    /// Whether faces are looked for on photos: on this device, and as help only.
    pub fn helps_with_faces(self) -> bool {
        self.cx().config().with_untracked(|config| config.as_ref().is_none_or(|config| config.face_help))
    }

    /// Whether a picture may come from a file. Not from a stranger at a kiosk, unless the page wants it: the browser's file dialog
    /// leads out of it.
    pub fn takes_files(self) -> bool {
        let allows = |config: &Option<Config>| {
            config.as_ref().is_none_or(|config| config.mode != Mode::Kiosk || config.file_choice)
        };
        self.cx().config().with_untracked(allows)
    }

    /// The card's fields.
    pub fn field(self, index: usize) -> Option<Field> {
        self.draft().with_untracked(|draft| draft.as_ref().map(Draft::fields))?.get(index).cloned()
    }
}
