//! Pictures: chosen from a file, taken with the camera, or signed; and what is done with them before they are on the card.

use std::rc::Rc;
use std::sync::Arc;

use instant_card::domain::camera::{Event, State};
use instant_card::domain::config::Mode;
use instant_card::domain::crop::Ratio;
use instant_card::domain::draft::Draft;
use instant_card::domain::edit::Editing;
use instant_card::domain::field::Role;
use instant_card::flow::Screen;

use super::card::PHOTO;
use super::{Did, Person};
use crate::tab::{SHOT, Shown};

impl Person<'_> {
    /// Goes for a picture of the card, in the way that the form offers for it. None where the person does something else.
    pub(super) fn goes_for_picture(&mut self, draft: &Draft) -> Option<Did> {
        let mut dice = self.dice.aside();
        let fields = draft.fields();
        let pictures: Vec<usize> = (0..fields.len()).filter(|at| Role::of(&fields[*at]).is_image()).collect();
        let blank: Vec<usize> = pictures.iter().copied().filter(|index| draft.value(*index).is_blank()).collect();
        let (open, likely) = if blank.is_empty() { (pictures, 8) } else { (blank, 60) };
        let index = *dice.pick(&open)?;
        if !dice.percent(likely) {
            return None;
        }
        let card = self.tab.app.card();
        let takes_files = self.tab.attributes.get().mode != Mode::Kiosk;
        let own = match Role::of(&fields[index]) {
            Role::Photo => Some((Screen::Camera(index), "the camera")),
            Role::Signature => Some((Screen::Signature(index), "the pad")),
            _ => None,
        };
        match own.filter(|_| !takes_files || dice.percent(65)) {
            Some((screen, name)) => {
                card.cx().go(screen);
                Some(format!("goes to {name} for field {index}").into())
            }
            None if takes_files => {
                card.chose_picture(index, Rc::new(Shown), Editing::new(SHOT, Some(UPRIGHT)), false);
                Some(format!("chooses a file for field {index}").into())
            }
            None => None,
        }
    }

    pub(super) fn is_at_camera(&mut self, index: usize) -> Did {
        let card = self.tab.app.card();
        let Some(rig) = self.tab.rig() else { return "waits for the camera's screen".into() };
        let leaves = |person: &Self| {
            // Back to the photo that is being cropped, if there is one.
            let back = if card.shot(index).is_some() { Screen::Photo(index) } else { Screen::CardForm };
            person.tab.app.cx().go(back);
            "leaves the camera".into()
        };
        if self.dice.percent(6) {
            rig.on(Event::Hidden);
            return "looks at another page".into();
        }
        match rig.state() {
            State::Off => {
                rig.on(Event::Visible);
                "looks at the page again".into()
            }
            State::Live if self.dice.percent(85) => {
                let seconds = if self.dice.percent(50) { 3 } else { 0 };
                rig.on(Event::Shutter(seconds));
                format!("takes a photo in {seconds} seconds").into()
            }
            State::Counting(_) if self.dice.percent(20) => {
                rig.on(Event::Stay);
                "does not want to be counted down".into()
            }
            State::Failed(_) if self.dice.percent(50) => {
                rig.on(Event::Ask);
                "tries again with the camera".into()
            }
            State::Asking | State::Live | State::Failed(_) if self.dice.percent(40) => leaves(self),
            _ => "waits for the camera".into(),
        }
    }

    pub(super) fn crops(&mut self, index: usize) -> Did {
        let card = self.tab.app.card();
        let Some(shot) = card.shot(index) else {
            // Nothing to crop here (any more); the form is where to choose.
            card.cx().go(Screen::CardForm);
            return "back to the form".into();
        };
        match self.dice.weighed(&[(12, 0), (3, 1), (if shot.taken { 3 } else { 0 }, 2), (3, 3), (2, 4)]) {
            Some(0) => {
                let screen = self.tab.studio();
                let used = self.tab.used.clone();
                let template = card.template();
                let editing = shot.editing.var();
                let (edit, crop) = editing.with_untracked(|editing| (editing.edit(), editing.crop()));
                // Encoding takes a while, and who has left the screen by then does not use it.
                self.tab.later(300, move || {
                    editing.update(|editing| editing.use_as(edit, crop));
                    if screen.get() {
                        card.use_photo(index, Arc::from(PHOTO));
                        used.borrow_mut().extend(template.map(|template| (template.0, index)));
                    }
                });
                "uses the photo".into()
            }
            Some(1) => {
                shot.editing.var().update(|editing| match index % 3 {
                    0 => editing.turn(true),
                    1 => editing.mirror(),
                    _ => editing.undo(),
                });
                "turns the photo".into()
            }
            Some(2) => {
                card.cx().go(Screen::Camera(index));
                "takes it again".into()
            }
            Some(3) => {
                shot.editing.var().update(Editing::cancel);
                card.cancel_photo(index);
                "does not use the photo".into()
            }
            _ => "looks at the photo".into(),
        }
    }

    pub(super) fn signs(&mut self, index: usize) -> Did {
        let card = self.tab.app.card();
        let Some(template) = card.template() else {
            card.cx().go(Screen::CardForm);
            return "back to the form".into();
        };
        let signing = card.photos().signing(template, index);
        self.tab.signing.replace(Rc::downgrade(&signing));
        let is_blank = signing.ink.borrow().is_empty() && signing.typed.borrow().is_empty();
        match self.dice.weighed(&[
            (if is_blank { 12 } else { 3 }, 0),
            (if is_blank { 0 } else { 12 }, 1),
            (2, 2),
            (2, 3),
        ]) {
            Some(0) if self.dice.percent(60) => {
                signing.typed.take();
                let mut ink = signing.ink.borrow_mut();
                ink.begin();
                for (at, (x, y)) in [(10.0, 20.0), (90.0, 40.0), (160.0, 15.0)].into_iter().enumerate() {
                    ink.last().into_iter().for_each(|stroke| stroke.push(x, y, 0.5, at as f64 * 20.0));
                }
                "draws a stroke".into()
            }
            Some(0) => {
                *signing.typed.borrow_mut() = format!("t{}w{}", self.tab.number, self.tab.who.get());
                "types the name".into()
            }
            Some(1) => {
                let (screen, used) = (self.tab.studio(), self.tab.used.clone());
                self.tab.later(120, move || {
                    if screen.get() {
                        card.use_signature(index, Arc::from(PHOTO));
                        used.borrow_mut().push((template.0, index));
                    }
                });
                "uses the signature".into()
            }
            Some(2) if self.tab.attributes.get().mode != Mode::Kiosk => {
                card.photos().drop_signing();
                card.chose_picture(index, Rc::new(Shown), Editing::new(SHOT, None), false);
                "chooses a file instead".into()
            }
            _ => {
                card.photos().drop_signing();
                card.cx().go(Screen::CardForm);
                "does not sign".into()
            }
        }
    }
}

/// An ID photo.
const UPRIGHT: Ratio = Ratio { width: 3, height: 4 };
