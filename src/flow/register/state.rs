//! How far what is done with cards has come.

use std::rc::Rc;

use crate::api::{Card, CardId, Error};
use crate::domain::register::Entry;

/// How far the cards have been read.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Whether they are being read.
    pub is_reading: bool,
    /// Whether all of them were read.
    pub is_whole: bool,
    /// How many there are, where the server says so.
    pub total: Option<u64>,
    /// Why the next page did not come.
    pub failed: Option<Error>,
    /// The last page that came.
    pub(super) page: u32,
    pub(super) left_out: u32,
}

/// How far it is with a card that is being opened to be edited.
#[derive(Clone, Debug)]
pub enum Opening {
    /// None is.
    No,
    /// It is being read.
    Reading(CardId),
    /// It could not be opened.
    Failed(CardId, Error),
    /// Another card from the same template is just being saved.
    Busy(CardId),
}

/// So many milliseconds it can be undone.
pub(super) const HELD: u32 = 8_000;

/// A card that is about to be deleted.
#[derive(Clone, Debug)]
pub struct Deletion {
    /// The card.
    pub card: CardId,
    /// What it is called.
    pub title: String,
    /// How far it is.
    pub stage: Held,
    /// Which hold it is.
    pub(super) turn: u32,
}

/// How far a deletion is.
#[derive(Clone, Debug)]
pub enum Held {
    /// It can be undone.
    Waiting,
    /// The server has been asked.
    Asked,
    /// It did not come about, and the card is there.
    Failed(Error),
}

impl Deletion {
    /// Whether it goes on by itself.
    pub(super) fn is_going(&self) -> bool {
        !matches!(self.stage, Held::Failed(_))
    }
}

/// Somebody else has changed a card that is being edited.
#[derive(Clone)]
pub struct Conflict {
    /// As the server has it.
    pub theirs: Card,
    /// The fields in which that is something else than was read.
    pub fields: Vec<Differing>,
    /// Whether it was found out after one's own was saved.
    pub is_after: bool,
}

/// A field that somebody else has changed.
#[derive(Clone)]
pub struct Differing {
    /// What it is called.
    pub label: String,
    /// What stands there; none for a picture.
    pub theirs: Option<String>,
    /// What one has typed; none for a picture, or where one has changed nothing.
    pub mine: Option<String>,
}

/// What is done with the cards that were picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// They are finalized.
    Finalize,
    /// They are put into the cart.
    Add,
    /// They are deleted.
    Delete,
}

/// How far it is with one of them.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Its turn has not come.
    Waiting,
    /// It is being done.
    Busy,
    /// It is done.
    Done,
    /// It did not come about.
    Failed(Error),
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The card.
    pub card: CardId,
    /// What it is called.
    pub title: String,
    /// How far it is with it.
    pub outcome: Outcome,
}

/// How far it is with all of them.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What is done.
    pub deed: Deed,
    /// With which cards.
    pub pieces: Vec<Piece>,
    /// How far it is.
    pub pace: Pace,
}

/// How far it is with all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Nothing is done yet, for as long as it can be undone.
    Held,
    /// They are at work.
    Running,
    /// No further one is begun.
    Stopped,
    /// All had their turn.
    Over,
}

impl Batch {
    /// How many are so.
    pub fn count(&self, is_so: fn(&Outcome) -> bool) -> usize {
        self.pieces.iter().filter(|piece| is_so(&piece.outcome)).count()
    }

    /// How many are done, and how many did not come about.
    pub fn counts(&self) -> (usize, usize) {
        let done = self.count(|outcome| matches!(outcome, Outcome::Done));
        (done, self.count(|outcome| matches!(outcome, Outcome::Failed(_))))
    }
}

impl Batch {
    /// Whether anything goes on by itself.
    pub fn is_going(&self) -> bool {
        let is_busy = |piece: &Piece| matches!(piece.outcome, Outcome::Busy);
        matches!(self.pace, Pace::Held | Pace::Running) || self.pieces.iter().any(is_busy)
    }
}
/// What is known of the card.
#[derive(Clone)]
pub enum Known {
    /// Nothing yet.
    Nothing,
    /// As it was last heard of.
    Card(Rc<Entry>),
    /// The server has no such card.
    Gone,
}

/// How far it is with finalizing a card.
#[derive(Clone, Debug)]
pub enum Finalizing {
    /// It is not under way.
    Idle,
    /// It is.
    Busy,
    /// It did not come about.
    Failed(Error),
}
