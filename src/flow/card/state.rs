//! How far what is done with the card in work has come.

use std::rc::Rc;

use crate::api::{CardId, Error, TemplateId};
use crate::domain::draft::Sent;
use crate::world::{PictureUrl, Unseen};

/// What the person sees of a save or a finalization.
#[derive(Clone, Debug)]
pub enum SaveState {
    /// Nothing is under way.
    Idle,
    /// It is under way.
    Saving,
    /// The server has what stands in the form.
    Saved,
    /// It did not come about.
    Failed(Error),
}

/// Why photos were sent smaller than they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smaller {
    /// The line is slow.
    Slow,
    /// Something on the way does not let so much through.
    Refused,
}

/// Which card is sent.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// A new one of this template.
    New(TemplateId),
    /// One that the server has.
    Known(CardId),
}

/// How far a card that was made here has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is a draft.
    Draft,
    /// It was sent for finalization, and what became of that is not known.
    Sent,
    /// The server has not taken what was sent last: it is what it was before that. It may be finalized all the same, by an earlier
    /// call whose answer was lost.
    Refused,
    /// It is what it was to become.
    Ended,
}

/// What was sent for a new card, whose answer was lost or which may have come to be more than one.
pub(in crate::flow) struct Lost {
    pub(in crate::flow) template: TemplateId,
    pub(super) sent: Sent,
}

/// Both sides of a card as the server drew them.
#[derive(Clone)]
pub struct Faces {
    /// The front.
    pub front: Rc<dyn PictureUrl>,
    /// The back, where there is one.
    pub back: Option<Rc<dyn PictureUrl>>,
    /// Whether the card stands upright; the server does not always say.
    pub portrait: Option<bool>,
}

/// How far the server's preview has come.
#[derive(Clone)]
pub enum PreviewState {
    /// None was asked for.
    Nothing,
    /// The server is drawing.
    Rendering,
    /// It is there, and to be seen.
    Ready(Faces),
    /// The server said that it could not draw it.
    Unavailable,
    /// What it sent is not to be seen.
    Unseen(Unseen),
    /// The person did not want to wait.
    Stopped,
    /// It could not be read.
    Failed(Error),
}
