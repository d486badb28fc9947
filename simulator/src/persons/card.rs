//! Making a card.

use std::sync::Arc;

use instant_card::domain::draft::Draft;
use instant_card::domain::field::Role;
use instant_card::flow::card::{PreviewState, SaveState};
use instant_card::flow::{DeskPage, Remote, Screen};

use super::{Did, Person};

/// A photo: nobody looks into it.
const PHOTO: &str = sandbox::door::PIXEL;

impl Person<'_> {
    /// The card in work is dropped by what is done next.
    pub(super) fn drops_card(&mut self) {
        if let Some(template) = self.tab.app.card().template() {
            let tab = self.tab.number;
            self.book.borrow_mut().typed.retain(|(by, of, _), _| (*by, *of) != (tab, template.0));
        }
    }

    pub(super) fn chooses(&mut self) -> Did {
        let app = self.tab.app;
        match app.templates().list().get_untracked() {
            Remote::Loading => "waits for the templates".into(),
            Remote::Failed(_) => {
                app.enter();
                "tries again to read the templates".into()
            }
            Remote::Ready(list) => {
                if app
                    .cx()
                    .config()
                    .with_untracked(|config| config.as_ref().is_some_and(|config| config.template.is_some()))
                {
                    app.enter();
                    return "tries again to find the template".into();
                }
                let Some(template) = self.dice.pick(&list).cloned() else { return "has no template".into() };
                let name = template.name.clone();
                app.card().choose(template);
                format!("chooses {name}")
            }
        }
    }

    pub(super) fn fills_in(&mut self) -> Did {
        let card = self.tab.app.card();
        let Some(draft) = card.draft().get_untracked() else {
            return match card.opening().get_untracked() {
                Some((template, Remote::Failed(_))) => {
                    card.open(template);
                    "tries again to read the fields".into()
                }
                _ => "waits for the fields".into(),
            };
        };
        let is_full = (0..draft.fields().len()).all(|index| !draft.value(index).is_blank());
        let is_portal = self.tab.is_portal();
        let to_type = if is_full { 3 } else { 30 };
        let to_go = if is_full { 30 } else { 6 };
        match self.dice.weighed(&[(to_type, 0), (6, 1), (if is_portal { 8 } else { 0 }, 2), (to_go, 3), (2, 4)]) {
            Some(0) => {
                (0..draft.fields().len()).for_each(|index| self.fills(&draft, index));
                "fills in the form".into()
            }
            Some(1) => {
                let index = self.dice.below(draft.fields().len());
                self.fills(&draft, index);
                card.left(index);
                format!("fills in field {index}")
            }
            Some(2) if !card.is_saving() => {
                let twice = self.press(|| card.save_draft());
                format!("saves the draft{twice}")
            }
            Some(3) if !card.is_saving() => {
                let leaves_empty = self.dice.percent(40);
                let twice = self.press(|| {
                    if card.check(false) || (leaves_empty && card.check(true)) {
                        card.show_preview();
                    }
                });
                format!("asks for the preview{twice}")
            }
            Some(4) if self.tab.app.templates().has_choice() => {
                self.tab.app.cx().go(Screen::Templates);
                "looks at the templates".into()
            }
            _ => "looks at the form".into(),
        }
    }

    fn fills(&mut self, draft: &Draft, index: usize) {
        let card = self.tab.app.card();
        let Some(field) = draft.fields().get(index).cloned() else { return };
        if Role::of(&field).is_image() {
            let photo: Arc<str> = PHOTO.into();
            let goes = card.cx().screen().get_untracked();
            card.use_photo(index, photo);
            card.cx().go(goes);
            return;
        }
        let (tab, who, number) = (self.tab.number, self.tab.who.get(), self.dice.below(10_000));
        let text = if self.dice.percent(3) { "x".repeat(2_000) } else { format!("t{tab}w{who}n{number}") };
        card.typed(index, &text);
        self.book.borrow_mut().typed.insert((tab, draft.template_id().0, index), text);
    }

    pub(super) fn looks_at_preview(&mut self) -> Did {
        let card = self.tab.app.card();
        let preview = card.preview().get_untracked();
        if matches!(card.save_state().get_untracked(), SaveState::Saving) {
            return "waits for the end".into();
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
                let twice = self.press(|| card.finalize());
                format!("finalizes{twice}")
            }
            PreviewState::Unavailable if self.tab.is_portal() && self.dice.percent(70) => {
                card.finalize();
                "finalizes without a preview".into()
            }
            PreviewState::Ready(_) => {
                card.edit();
                "corrects the card".into()
            }
            _ if self.dice.percent(80) => {
                card.render();
                "asks for the preview again".into()
            }
            _ => {
                card.edit();
                "corrects the card".into()
            }
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
                return format!("puts card {card} into the cart");
            }
            if is_there && self.dice.percent(60) {
                app.go_to_desk(DeskPage::Cart);
                return "to the cart".into();
            }
        }
        self.drops_card();
        app.templates().new_card();
        "makes another card".into()
    }
}
