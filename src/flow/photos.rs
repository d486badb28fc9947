//! Pictures and signatures in work, kept so that they can be changed again.

use std::cell::RefCell;
use std::rc::Rc;

use crate::api::TemplateId;
use crate::domain::edit::Editing;
use crate::domain::stroke::Ink;
use crate::reactive::Lasting;
use crate::world::Picture;

/// How many pictures are kept so that they can be adjusted again: 75 MB each, at most. Older ones can be chosen again.
const MAX_SHOTS: usize = 4;

/// A picture that was chosen for a field, kept so that its crop can be changed.
#[derive(Clone)]
pub struct Shot {
    template: TemplateId,
    field: usize,
    /// The picture itself, as the studio has it.
    pub picture: Rc<dyn Picture>,
    /// How it is cropped and edited.
    pub editing: Rc<Lasting<Editing>>,
    /// Whether it came from the camera.
    pub taken: bool,
}

impl Shot {
    fn is_of(&self, template: TemplateId, field: usize) -> bool {
        self.template == template && self.field == field
    }

    /// Whether it is on its card.
    pub fn was_used(&self) -> bool {
        self.editing.var().with_untracked(Editing::was_used)
    }
}

/// A signature in work: it outlives the screen when that is drawn again.
#[derive(Default)]
pub struct Signing {
    /// What was drawn.
    pub ink: RefCell<Ink>,
    /// The name that was typed instead.
    pub typed: RefCell<String>,
}

/// The pictures that were chosen, and the signature in work.
#[derive(Default)]
pub struct Photos {
    shots: RefCell<Vec<Shot>>,
    /// The signature in work, and the field that it is for.
    signing: RefCell<Option<(TemplateId, usize, Rc<Signing>)>>,
}

impl Photos {
    /// Keeps a picture that was chosen for field number `field` of a card from `template`.
    pub(super) fn add(
        &self,
        template: TemplateId,
        field: usize,
        picture: Rc<dyn Picture>,
        editing: Editing,
        taken: bool,
    ) {
        // The photo that is on the card stays until another one is used in its place.
        self.forget_unused(template, field);
        let mut shots = self.shots.borrow_mut();
        if shots.len() == MAX_SHOTS {
            shots.remove(0);
        }
        shots.push(Shot { template, field, picture, editing: Rc::new(Lasting::new(editing)), taken });
    }

    /// The picture chosen last for a field.
    pub fn shot(&self, template: TemplateId, field: usize) -> Option<Shot> {
        self.shots.borrow().iter().rfind(|shot| shot.is_of(template, field)).cloned()
    }

    /// Keeps the picture chosen last for a field, which is on its card now, and no other one.
    pub(super) fn settle(&self, template: TemplateId, field: usize) {
        if let Some(used) = self.shot(template, field) {
            self.forget_field(template, field);
            self.shots.borrow_mut().push(used);
        }
    }

    /// Compiled once, whatever is to be kept.
    #[inline(never)]
    fn keep(&self, wanted: &dyn Fn(&Shot) -> bool) {
        self.shots.borrow_mut().retain(|shot| wanted(shot));
    }

    /// Forgets the pictures of a field that were never used.
    pub(super) fn forget_unused(&self, template: TemplateId, field: usize) {
        self.keep(&|shot| !shot.is_of(template, field) || shot.was_used());
    }

    /// Forgets the pictures of a field.
    pub(super) fn forget_field(&self, template: TemplateId, field: usize) {
        self.keep(&|shot| !shot.is_of(template, field));
    }

    /// Forgets the pictures of the card from `template`.
    pub(super) fn forget_card(&self, template: TemplateId) {
        self.keep(&|shot| shot.template != template);
    }

    /// Forgets all pictures, and the signature.
    pub(super) fn forget(&self) {
        self.shots.take();
        self.signing.take();
    }

    /// The signature in work for a field, a new one where there is none.
    pub fn signing(&self, template: TemplateId, field: usize) -> Rc<Signing> {
        let mut signing = self.signing.borrow_mut();
        match &*signing {
            Some((of, at, signing)) if (*of, *at) == (template, field) => signing.clone(),
            _ => {
                let new: Rc<Signing> = Rc::default();
                *signing = Some((template, field, new.clone()));
                new
            }
        }
    }

    /// Drops the signature in work.
    pub fn drop_signing(&self) {
        self.signing.take();
    }
}
