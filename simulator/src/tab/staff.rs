//! What the screens of cards, contacts and addresses do when they are drawn, and what follows there by itself.

use instant_card::api::{CardId, Error};
use instant_card::flow::people::{PEOPLE_DEEDS, Subject};
use instant_card::flow::register::{Deletion, Held, OneCard, Pace};
use instant_card::flow::{DeskPage, Screen};

use super::Tab;
use crate::effect::{Thing, thing};
use crate::files::fetch;

impl Tab {
    /// The card whose screen is there.
    pub(crate) fn one(&self) -> Option<OneCard> {
        self.one.get()
    }

    /// One of the screens of people and places is drawn.
    pub(super) fn draw_people(&self, page: DeskPage) {
        self.app.people().enter(page);
        self.at_people.set(Some(page));
    }

    /// A card's screen is drawn.
    pub(super) fn draw_card(&self, card: CardId) {
        let one = OneCard::new(self.app.register(), card);
        one.read();
        self.one.set(Some(one));
    }

    /// Such a screen is left: what is held there is done now.
    pub(super) fn leave_staff(&self) {
        self.one.set(None);
        if let Some(page) = self.at_people.take() {
            self.app.people().leave(page);
        }
    }

    /// The page is left, and what is held is done now. Whether anything may have gone out.
    pub(crate) fn hides(&self) -> bool {
        let has_register = self.app.has_register();
        if has_register {
            self.app.register().settle();
        }
        let has_people = self.app.desk_is_there() && self.app.desk().directory().has_people();
        if has_people {
            self.app.people().settle();
        }
        has_register || has_people
    }

    /// What is about to be deleted here.
    pub(crate) fn held(&self) -> Vec<Thing> {
        let mut held = Vec::new();
        if self.app.has_register() {
            let register = self.app.register();
            let is_going = |deletion: &&Deletion| !matches!(deletion.stage, Held::Failed(_));
            register.deletions().with_untracked(|all| {
                held.extend(all.iter().filter(is_going).map(|deletion| Thing::Card(deletion.card.0)));
            });
            if let Some(batch) = register.batch().get_untracked().filter(|batch| batch.pace == Pace::Held) {
                held.extend(batch.pieces.iter().map(|piece| Thing::Card(piece.card.0)));
            }
        }
        if self.app.desk_is_there() && self.app.desk().directory().has_people() {
            let people = self.app.people();
            let subjects = people.held().get_untracked().map(|held| held.subject);
            let all = people.going().get_untracked().into_iter().chain(subjects);
            held.extend(all.filter_map(thing));
        }
        held
    }

    /// Fetches what people and places are drawn by.
    pub(super) fn fetch_people(&self) {
        let (app, failed) = (self.app, self.desk_failed.clone());
        app.cx().spawn(Box::pin(async move {
            let is_there =
                app.desk_deeds().await.is_ok() && app.desk().directory().fetch_people(|_| fetch(&PEOPLE_DEEDS)).await;
            failed.set(!is_there);
        }));
    }

    /// What the cards follow for as long as the widget is there.
    pub(super) fn follow_register(&self, screen: Screen) {
        let now = (screen, self.app.cx().organization().get_untracked().is_some());
        let before = self.at_register.replace(Some(now));
        if !self.app.has_register() {
            return;
        }
        let register = self.app.register();
        if before != Some(now) {
            match now {
                (_, false) => register.forget(),
                (Screen::Desk(DeskPage::Cards | DeskPage::Card(_)), true) => {}
                (_, true) => {
                    register.settle();
                    register.doubt();
                }
            }
        }
        let is_refused = |error: &Option<Error>| matches!(error, Some(Error::Refused { .. }));
        let refused = self.app.desk().cart().wishes().get_untracked();
        refused.iter().filter(|wish| is_refused(&wish.failed)).for_each(|wish| register.was_refused(wish.card));
    }
}

/// Whether a screen is in the file of people and places.
pub(super) fn of_people(page: DeskPage) -> bool {
    Subject::at(page).is_some()
}
