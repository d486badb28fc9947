//! Making a card.

use std::sync::Arc;

use instant_card::domain::draft::Draft;
use instant_card::domain::field::Role;
use instant_card::flow::card::{PreviewState, SaveState};
use instant_card::flow::{DeskPage, Remote, Screen};

use super::{Deed, Did, Person};
use crate::book::key_of;

/// A photo: nobody looks into it.
pub(super) const PHOTO: &str = sandbox::door::PIXEL;

impl Person<'_> {
    /// The card in work is dropped by what is done next.
    pub(super) fn drops_card(&mut self) {
        if let Some(draft) = self.tab.app.card().draft().get_untracked() {
            let dropped = (self.tab.number, key_of(&draft));
            self.book.borrow_mut().typed.retain(|(by, of, _), _| (*by, *of) != dropped);
        }
    }

    pub(super) fn chooses(&mut self) -> Did {
        let app = self.tab.app;
        match app.templates().list().get_untracked() {
            Remote::Loading => "waits for the templates".into(),
            Remote::Failed(_) => {
                app.enter();
                Deed::Retry { of: "templates" }.told("tries again to read the templates")
            }
            Remote::Ready(list) => {
                if app
                    .cx()
                    .config()
                    .with_untracked(|config| config.as_ref().is_some_and(|config| config.template.is_some()))
                {
                    app.enter();
                    return Deed::Retry { of: "templates" }.told("tries again to find the template");
                }
                let Some(template) = self.dice.pick(&list).cloned() else { return "has no template".into() };
                let deed = Deed::ChooseTemplate { template: template.id.0 };
                let name = template.name.clone();
                app.card().choose(template);
                deed.told(format!("chooses {name}"))
            }
        }
    }

    pub(super) fn fills_in(&mut self) -> Did {
        let card = self.tab.app.card();
        let Some(draft) = card.draft().get_untracked() else {
            return match card.opening().get_untracked() {
                Some((template, Remote::Failed(_))) => {
                    card.open(template);
                    Deed::Retry { of: "card-form" }.told("tries again to read the fields")
                }
                _ => "waits for the fields".into(),
            };
        };
        if self.bent.is_staff && draft.corrected().is_some() {
            return self.corrects(&draft);
        }
        if self.bent.takes_pictures
            && let Some(did) = self.goes_for_picture(&draft)
        {
            return did;
        }
        let is_left_out = |index: usize| {
            self.bent.is_by_hand && draft.fields().get(index).is_some_and(|field| Role::of(field).is_image())
        };
        let is_full = (0..draft.fields().len()).all(|index| is_left_out(index) || !draft.value(index).is_blank());
        let is_portal = self.tab.is_portal();
        let to_type = if is_full { 3 } else { 30 };
        let to_go = if is_full { 30 } else { 6 };
        match self.dice.weighed(&[(to_type, 0), (6, 1), (if is_portal { 8 } else { 0 }, 2), (to_go, 3), (2, 4)]) {
            Some(0) => {
                let fields = (0..draft.fields().len()).filter_map(|index| self.fills(&draft, index)).collect();
                Deed::FillIn { fields }.told("fills in the form")
            }
            Some(1) => {
                let index = self.dice.below(draft.fields().len());
                let Some(field) = self.fills(&draft, index) else { return "looks at a picture".into() };
                card.left(index);
                Deed::FillIn { fields: vec![field] }.told(format!("fills in field {index}"))
            }
            Some(2) if !card.is_saving() => {
                self.begins_to_save();
                let twice = self.press(|| card.save_draft());
                Deed::SaveDraft { twice }.told(format!("saves the draft{}", Self::doubled(twice)))
            }
            Some(3) if !card.is_saving() => {
                let leaves_empty = self.dice.percent(40);
                self.begins_to_save();
                let twice = self.press(|| {
                    if card.check(false) || (leaves_empty && card.check(true)) {
                        card.show_preview();
                    }
                });
                Deed::ShowPreview { leaves_empty, twice }.told(format!("asks for the preview{}", Self::doubled(twice)))
            }
            Some(4) if self.tab.app.templates().has_choice() => {
                self.tab.app.cx().go(Screen::Templates);
                Deed::GoToTemplates.told("looks at the templates")
            }
            _ => "looks at the form".into(),
        }
    }

    /// Fills in a field: what it is called, and what was typed. None for a picture, which is not typed.
    pub(super) fn fills(&mut self, draft: &Draft, index: usize) -> Option<(String, String)> {
        let card = self.tab.app.card();
        let field = draft.fields().get(index).cloned()?;
        if Role::of(&field).is_image() {
            // At a screen that is a way of its own, through other screens.
            if self.bent.is_by_hand || self.bent.takes_pictures {
                return None;
            }
            let photo: Arc<str> = PHOTO.into();
            let goes = card.cx().screen().get_untracked();
            card.use_photo(index, photo);
            card.cx().go(goes);
            return None;
        }
        let (tab, who, number) = (self.tab.number, self.tab.who.get(), self.dice.below(10_000));
        let text = if self.dice.percent(3) { "x".repeat(2_000) } else { format!("t{tab}w{who}n{number}") };
        card.typed(index, &text);
        self.book.borrow_mut().typed.insert((tab, key_of(draft), index), text.clone());
        Some((field.token, text))
    }

    pub(super) fn looks_at_preview(&mut self) -> Did {
        let card = self.tab.app.card();
        let preview = card.preview().get_untracked();
        if matches!(card.save_state().get_untracked(), SaveState::Saving) {
            return "waits for the end".into();
        }
        if self.bent.is_at_one && self.dice.percent(80) {
            card.edit();
            return Deed::Edit.told("corrects the card");
        }
        match preview {
            PreviewState::Nothing | PreviewState::Rendering => {
                if self.dice.percent(10) {
                    card.stop_preview();
                    return "does not wait for the preview".into();
                }
                "waits for the preview".into()
            }
            PreviewState::Ready(_) if self.dice.percent(80) => {
                self.may_finalize();
                let twice = self.press(|| card.finalize());
                Deed::Finalize { twice }.told(format!("finalizes{}", Self::doubled(twice)))
            }
            PreviewState::Unavailable if self.tab.is_portal() && self.dice.percent(70) => {
                self.may_finalize();
                card.finalize();
                Deed::Finalize { twice: false }.told("finalizes without a preview")
            }
            PreviewState::Ready(_) => {
                card.edit();
                Deed::Edit.told("corrects the card")
            }
            _ if self.dice.percent(80) => {
                card.render();
                Deed::Retry { of: "preview" }.told("asks for the preview again")
            }
            _ => {
                card.edit();
                Deed::Edit.told("corrects the card")
            }
        }
    }

    /// The card in work may be sent for finalization once.
    fn may_finalize(&self) {
        let (me, draft) = (self.me(), self.tab.app.card().draft().get_untracked());
        if let Some(card) = draft.and_then(|draft| draft.card()) {
            self.for_staff(|staff| staff.finalize(me, card.0));
        }
    }

    pub(super) fn has_a_card(&mut self) -> Did {
        let app = self.tab.app;
        let card = app.card().draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card));
        if let (Some(card), true) = (card, app.has_desk()) {
            if !app.desk_is_there() {
                self.tab.fetch_desk();
                return "waits for what can be done with the card".into();
            }
            let cart = app.desk().cart();
            let is_there = cart.copies_there(card) > 0;
            let is_busy = cart.wish_for(card).is_some_and(|wish| wish.failed.is_none());
            if !is_there && !is_busy && self.dice.percent(60) {
                self.wishes(&[(card, 1)]);
                return Deed::AddFinished.told(format!("puts card {card} into the cart"));
            }
            if is_there && self.dice.percent(60) {
                app.go_to_desk(DeskPage::Cart);
                return Deed::OpenCart.told("to the cart");
            }
        }
        self.drops_card();
        app.templates().new_card();
        Deed::NewCard.told("makes another card")
    }
}
