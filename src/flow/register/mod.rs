//! The register: every card of the organization, read page by page to the end, found, and looked at one by one.
//!
//! It is a WASM file of its own, fetched when one goes there; nothing of the files before it names it. What is done with a card
//! is in [`card`] (one that is looked at), [`editing`] and [`deleting`].

mod card;
mod conflict;
mod deleting;
mod editing;
mod many;
mod reading;
mod state;
#[cfg(test)]
mod tests;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use card::OneCard;
pub use state::{
    Batch, Conflict, Deed, Deletion, Differing, Finalizing, Held, Known, Opening, Outcome, Pace, Piece, Progress,
};

use super::app::App;
use super::card::CardFlow;
use super::cart::CartFlow;
use super::context::Context;
use super::desk::RegisterDeeds;
use super::faces::Faces;
use super::places;
use super::screen::{DeskPage, Screen};
use crate::api::{Card, CardId, Error};
use crate::domain::draft::Draft;
use crate::domain::register::standing::{Evidence, Standing};
use crate::domain::register::{Entry, Filter, Look, select};
use crate::reactive::state;

state! {
    /// All cards of the organization. Copied freely: it is a handle.
    pub struct Register from places::REGISTER, places::ROOM; {
        /// The cards that are known, by their numbers.
        pub cards: Vec<Rc<Entry>> = Vec::new();
        /// How far they have been read.
        pub progress: Progress = Progress::default();
        /// Which of them are looked at, and in which order.
        pub look: Look = Look::default();
        /// The cards that the server has found for what is looked for, by their numbers.
        pub(super) hits: Vec<u64> = Vec::new();
        /// Why the server could not be asked for it.
        pub search_failed: Option<Error> = None;
        /// Whether it is being asked.
        pub is_searching: bool = false;
        /// Cards that are about to be deleted, or could not be.
        pub deletions: Vec<Deletion> = Vec::new();
        /// The card that is being opened to be edited.
        pub opening: Opening = Opening::No;
        /// Whether the cards are shown as themselves, and not in a list.
        pub is_grid: bool = false;
        /// The card in the list that takes the focus when it is drawn.
        pub focus: Option<CardId> = None;
        /// Somebody else has changed a card that is being edited.
        pub conflict: Option<Rc<Conflict>> = None;
        /// The numbers of the cards that were picked, in their order.
        pub picked: Vec<u64> = Vec::new();
        /// What is done with many cards at once.
        pub batch: Option<Rc<Batch>> = None;
        /// The cards of the list, as it was when one of them was opened: to go on to the next.
        pub walk: Vec<u64> = Vec::new();
        /// Cards that the server has refused for the cart.
        refused: Vec<CardId> = Vec::new();
        kept: Rc<Inner> = Rc::default();
    }
}

#[derive(Default)]
struct Inner {
    /// The numbers of the cards that the reading under way has seen.
    seen: RefCell<Vec<u64>>,
    /// Cards that it has brought and that are shown with those of the next pages.
    fresh: RefCell<Vec<Entry>>,
    /// Which reading, and which search, is the last one.
    turn: Cell<u32>,
    search: Cell<u32>,
    /// Whether they were read, or are being read, and one has been nowhere since but at single ones.
    is_fresh: Cell<bool>,
    /// A card as it was sent last, where it is not known what became of that.
    tried: RefCell<Option<Draft>>,
    /// Another one for each card, and for many, that are held: which of them a time that is over was for.
    holds: Cell<u32>,
    many: Cell<u32>,
}

/// What the files before this one call of it.
pub static REGISTER_DEEDS: RegisterDeeds = RegisterDeeds {
    send: |app, draft, fields, card| Box::pin(app.register().send(draft, fields, card)),
    part: |app| app.register().part(),
};

impl App {
    /// Whether they were asked for before.
    pub fn has_register(self) -> bool {
        !Register(self.cx().row()).cards().is_gone()
    }

    /// All cards of the organization, made when they are first asked for.
    pub fn register(self) -> Register {
        // The cart and the faces are there before it.
        self.desk();
        let register = Register(self.cx().row());
        if !self.has_register() {
            register.begin();
            self.desk().colleagues().are_met(&REGISTER_DEEDS);
        }
        register
    }
}

impl Register {
    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Everything of the widget.
    pub fn app(self) -> App {
        App::of(self.0)
    }

    /// How cards look.
    pub fn faces(self) -> Faces {
        Faces::of(self.0)
    }

    /// The cart.
    pub fn cart(self) -> CartFlow {
        CartFlow::of(self.0)
    }

    fn work(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// Nothing of what is known here is for the next person.
    pub fn forget(self) {
        let inner = self.inner();
        inner.turn.set(inner.turn.get().wrapping_add(1));
        inner.search.set(inner.search.get().wrapping_add(1));
        inner.seen.take();
        inner.fresh.take();
        inner.tried.take();
        inner.is_fresh.set(false);
        self.cards().set(Vec::new());
        self.progress().set(Progress::default());
        self.look().set(Look::default());
        self.hits().set(Vec::new());
        self.search_failed().set(None);
        self.is_searching().set(false);
        self.deletions().set(Vec::new());
        self.opening().set(Opening::No);
        self.focus().set(None);
        self.refused().set(Vec::new());
        self.conflict().set(None);
        self.picked().set(Vec::new());
        self.batch().set(None);
        self.walk().set(Vec::new());
    }

    /// A card, as it was last heard of.
    pub fn known(self, id: CardId) -> Option<Rc<Entry>> {
        self.cards().with_untracked(|cards| find(cards, id))
    }

    /// The same. Follows.
    pub fn follow(self, id: CardId) -> Option<Rc<Entry>> {
        self.cards().with(|cards| find(cards, id))
    }

    /// What became of a card. Follows.
    pub fn standing(self, card: &Card) -> Standing {
        let evidence = Evidence {
            is_in_cart: self.cart().copies_there(card.id) > 0,
            was_finalized: self.work().was_finalized(card.id),
            was_refused: self.refused().with(|refused| refused.contains(&card.id)),
        };
        Standing::of(card, evidence)
    }

    /// The numbers of the cards that are looked at, in their order; not those that are about to be deleted. Follows.
    pub fn shown(self) -> Vec<u64> {
        let look = self.look().get();
        // Once for all of them, where it is asked for.
        let is_any = look.filter == Filter::All;
        let in_cart = if is_any { Vec::new() } else { self.cart().in_cart_now() };
        let refused = if is_any { Vec::new() } else { self.refused().get() };
        let standing = |card: &Card| {
            let evidence = Evidence {
                is_in_cart: in_cart.binary_search(&card.id.0).is_ok(),
                was_finalized: self.work().was_finalized(card.id),
                was_refused: refused.contains(&card.id),
            };
            Standing::of(card, evidence)
        };
        let going = self.going();
        self.cards().with(|cards| {
            self.hits().with(|hits| {
                let is_hit = |card: &Card| hits.binary_search(&card.id.0).is_ok();
                let places = select(cards, &look, &standing, &is_hit);
                let ids = places.into_iter().filter_map(|place| cards.get(place)).map(|card| card.id.0);
                ids.filter(|id| !going.contains(&CardId(*id))).collect()
            })
        })
    }

    /// Opens a card of the list, from which one can go on to those beside it.
    pub fn open(self, id: CardId) {
        self.walk().set(self.shown());
        self.focus().set(Some(id));
        self.cx().go(Screen::Desk(DeskPage::Card(id)));
    }

    /// Where a card stands among those that one goes through, and the one so many further on.
    pub fn beside(self, id: CardId, by: isize) -> Option<(usize, Option<CardId>)> {
        let going = self.going();
        self.walk().with(|walk| {
            let place = walk.iter().position(|card| *card == id.0)?;
            let is_there = |card: &&u64| !going.contains(&CardId(**card));
            let next = match by {
                1.. => walk.get(place + 1..).unwrap_or_default().iter().find(is_there),
                _ => walk.get(..place).unwrap_or_default().iter().rev().find(is_there),
            };
            Some((place, next.map(|card| CardId(*card))))
        })
    }

    /// Takes in what the server says of cards.
    pub(super) fn learn(self, read: Vec<Card>) {
        self.take_in(read.into_iter().map(Entry::of).collect());
    }

    /// The same of cards that are ready for the list. Nobody is told where there is nothing new.
    fn take_in(self, read: Vec<Entry>) {
        let is_known = |card: &Entry| self.known(card.id).is_some_and(|known| **known == **card);
        let new: Vec<Entry> = read.into_iter().filter(|card| !is_known(card)).collect();
        if new.is_empty() {
            return;
        }
        new.iter().filter(|card| self.known(card.id).is_some()).for_each(|card| self.faces().changed(card.id));
        self.cards().update(|cards| {
            for card in new {
                match cards.binary_search_by_key(&card.id, |known| known.id) {
                    Ok(place) => cards[place] = Rc::new(card),
                    Err(place) => cards.insert(place, Rc::new(card)),
                }
            }
        });
    }

    /// A card is no longer there.
    pub(super) fn drop_card(self, id: CardId) {
        if self.known(id).is_some() {
            self.cards().update(|cards| cards.retain(|card| card.id != id));
        }
    }

    /// The server has refused a card for the cart: it is a draft.
    pub fn was_refused(self, id: CardId) {
        if !self.refused().with_untracked(|refused| refused.contains(&id)) {
            self.refused().update(|refused| refused.push(id));
        }
    }
}

fn find(cards: &[Rc<Entry>], id: CardId) -> Option<Rc<Entry>> {
    let place = cards.binary_search_by_key(&id, |card| card.id).ok()?;
    cards.get(place).cloned()
}
