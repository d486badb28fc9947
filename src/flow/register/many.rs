//! Many cards at once: each is done by itself, with a result of its own; what is done is never done again.

use std::rc::Rc;

use super::Register;
use super::state::{Batch, Deed, HELD, Outcome, Pace, Piece};
use crate::api::{CardId, Error};
use crate::domain::cart::Wish;
use crate::flow::mutant::{self, Mutant};
use crate::reactive::Var;

/// So many are at work at a time.
const AT_A_TIME: usize = 3;
/// How often it is looked whether the cart is as it was wished, in milliseconds.
const LOOK: u32 = 250;

impl Register {
    /// Picks a card for what is done with many, or not.
    pub fn pick(self, card: CardId, is_picked: bool) {
        self.picked().update(|picked| match (picked.binary_search(&card.0), is_picked) {
            (Ok(place), false) => drop(picked.remove(place)),
            (Err(place), true) => picked.insert(place, card.0),
            _ => {}
        });
    }

    /// Whether a card is picked. Follows.
    pub fn is_picked(self, card: CardId) -> bool {
        self.picked().with(|picked| picked.binary_search(&card.0).is_ok())
    }

    /// Picks these cards and no others.
    pub fn pick_all(self, mut cards: Vec<u64>) {
        crate::domain::sort::ascending(&mut cards);
        self.picked().set(cards);
    }

    /// Does it with the cards that are picked. Not while something is done already.
    pub fn start_many(self, deed: Deed) {
        let is_busy = |batch: &Option<Rc<Batch>>| batch.as_ref().is_some_and(|batch| batch.is_going());
        if self.batch().with_untracked(is_busy) {
            return;
        }
        let faces = self.faces();
        let picked = self.picked().get_untracked();
        let piece = |id: u64| {
            let card = CardId(id);
            if let Some(known) = self.known(card) {
                faces.learn(&known);
            }
            Piece { card, title: faces.title(card), outcome: Outcome::Waiting }
        };
        let pieces: Vec<Piece> = picked.into_iter().map(piece).collect();
        if pieces.is_empty() {
            return;
        }
        self.picked().set(Vec::new());
        let pace = if deed == Deed::Delete { Pace::Held } else { Pace::Running };
        self.batch().set(Some(Rc::new(Batch { deed, pieces, pace })));
        self.run(deed, pace == Pace::Held);
    }

    /// What did not come about is tried once more, and what its turn had not come for; nothing else.
    pub fn go_on_with_many(self) {
        let Some(deed) = self.batch().with_untracked(|batch| batch.as_ref().map(|batch| batch.deed)) else { return };
        self.change(|batch| {
            let is_open = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_)) || mutant::is(Mutant::BatchAnew);
            let failed = batch.pieces.iter_mut().filter(|piece| is_open(&piece.outcome));
            failed.for_each(|piece| piece.outcome = Outcome::Waiting);
            batch.pace = Pace::Running;
        });
        self.run(deed, false);
    }

    /// No further one is begun; what is under way comes to its end. What is held is not done at all.
    pub fn stop_many(self) {
        if self.batch().with_untracked(|batch| batch.as_ref().is_some_and(|batch| batch.pace == Pace::Held)) {
            return self.batch().set(None);
        }
        self.change(|batch| {
            if batch.pace == Pace::Running {
                batch.pace = Pace::Stopped;
            }
        });
    }

    /// What became of them was seen.
    pub fn forget_many(self) {
        self.batch().set(None);
    }

    /// The cards that are deleted together unless that is undone.
    pub(super) fn held_many(self) -> Vec<CardId> {
        let held = |batch: &Rc<Batch>| {
            (batch.pace == Pace::Held).then(|| batch.pieces.iter().map(|piece| piece.card).collect())
        };
        self.batch().with_untracked(|batch| batch.as_ref().and_then(held)).unwrap_or_default()
    }

    /// What is held is done now: one has gone elsewhere.
    pub(super) fn settle_many(self) {
        self.settle_so_many(AT_A_TIME);
    }

    /// The same, of all of them at once: there is no time to wait for one after the other.
    pub(super) fn settle_many_at_once(self) {
        let count = self.batch().with_untracked(|batch| batch.as_ref().map_or(0, |batch| batch.pieces.len()));
        self.settle_so_many(count);
    }

    fn settle_so_many(self, at_a_time: usize) {
        if self.pace() != Some(Pace::Held) {
            return;
        }
        // Whoever waits for its time to be over waits for nothing any more.
        self.next_turn();
        self.change(|batch| batch.pace = Pace::Running);
        self.work_at_once(Deed::Delete, at_a_time);
    }

    fn change(self, change: impl FnOnce(&mut Batch)) {
        let batch: Var<Option<Rc<Batch>>> = self.batch();
        batch.update(|batch| {
            if let Some(batch) = batch {
                change(Rc::make_mut(batch));
            }
        });
    }

    fn pace(self) -> Option<Pace> {
        self.batch().try_with_untracked(|batch| batch.as_ref().map(|batch| batch.pace)).flatten()
    }

    fn run(self, deed: Deed, is_held: bool) {
        let turn = self.next_turn();
        self.cx().spawn(Box::pin(async move {
            // Undone, and begun anew, it has its own time.
            let is_last = || !self.cards().is_gone() && self.inner().many.get() == turn;
            let mut waited = 0;
            while is_held && waited < HELD && is_last() && self.pace() == Some(Pace::Held) {
                self.cx().sleep(LOOK).await;
                waited += LOOK;
            }
            if !is_last() {
                return;
            }
            if is_held {
                self.change(|batch| {
                    if batch.pace == Pace::Held {
                        batch.pace = Pace::Running;
                    }
                });
            }
            // Undone; or the widget is gone.
            if self.pace() != Some(Pace::Running) {
                return;
            }
            if deed == Deed::Add {
                return self.add_all().await;
            }
            self.work_at_once(deed, AT_A_TIME);
        }));
    }

    fn next_turn(self) -> u32 {
        let many = &self.inner().many;
        many.set(many.get().wrapping_add(1));
        many.get()
    }

    /// So many are at work at a time.
    fn work_at_once(self, deed: Deed, at_a_time: usize) {
        for _ in 0..at_a_time {
            self.cx().spawn(Box::pin(self.work_through(deed)));
        }
    }

    /// One card after the other, until none is left.
    async fn work_through(self, deed: Deed) {
        while self.pace() == Some(Pace::Running)
            && let Some(card) = self.take_next()
        {
            let answer = match deed {
                Deed::Delete => self.delete_at_server(card).await,
                _ => self.finalize(card).await,
            };
            if self.pace().is_none() {
                return;
            }
            self.has_done(card, answer);
        }
        self.is_over_when_none_is_left();
    }

    fn take_next(self) -> Option<CardId> {
        let mut next = None;
        self.change(|batch| {
            if let Some(piece) = batch.pieces.iter_mut().find(|piece| matches!(piece.outcome, Outcome::Waiting)) {
                piece.outcome = Outcome::Busy;
                next = Some(piece.card);
            }
        });
        next
    }

    fn has_done(self, card: CardId, answer: Result<(), Error>) {
        self.change(|batch| {
            if let Some(piece) = batch.pieces.iter_mut().find(|piece| piece.card == card) {
                piece.outcome = answer.map_or_else(Outcome::Failed, |()| Outcome::Done);
            }
        });
    }

    fn is_over_when_none_is_left(self) {
        self.change(|batch| {
            let is_left = |piece: &Piece| matches!(piece.outcome, Outcome::Waiting | Outcome::Busy);
            if batch.pace == Pace::Running && !batch.pieces.iter().any(is_left) {
                batch.pace = Pace::Over;
            }
        });
    }

    /// All are wished for at once: the cart finds the shortest way, and keeps apart what the server refuses.
    async fn add_all(self) {
        let cart = self.cart();
        let mut cards = Vec::new();
        while let Some(card) = self.take_next() {
            // As many copies as there are already.
            if cart.known().is_some_and(|cart| cart.copies(card) > 0) {
                self.has_done(card, Ok(()))
            } else {
                cards.push(card)
            }
        }
        let wishes: Vec<Wish> = cards.iter().map(|card| (*card, 1)).collect();
        cart.wish(&wishes);
        while !cards.is_empty() && self.pace().is_some() {
            self.cx().sleep(LOOK).await;
            let wished = cart.wishes().get_untracked();
            cards.retain(|card| {
                let wish = wished.iter().find(|wish| wish.card == *card);
                match wish.map(|wish| wish.failed.clone()) {
                    Some(None) => return true,
                    Some(Some(error)) => {
                        cart.drop_wish(*card);
                        self.has_done(*card, Err(error));
                    }
                    None => self.has_done(*card, Ok(())),
                }
                false
            });
        }
        self.is_over_when_none_is_left();
    }
}
