//! What is kept of an order that was sent: numbers, and nothing of the person.

use std::rc::Weak;

use crate::api::{CardId, Held, PrintJobId};
use crate::flow::context::Place;

/// By what an order is looked for.
#[derive(Clone)]
pub(super) enum By {
    /// Its print job.
    Job(PrintJobId),
    /// At a gateway, which keeps its print jobs to itself: the session of whoever has ordered.
    Session(Held),
}

impl By {
    /// Its print job, where that is known.
    pub(super) fn job(&self) -> Option<PrintJobId> {
        match self {
            By::Job(job) => Some(*job),
            By::Session(_) => None,
        }
    }
}

/// An order that was sent, until it is known what became of it.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) place: Place,
    pub(super) card: CardId,
    pub(super) by: By,
    /// Whoever is at work on it finds it out.
    pub(super) at_work: Weak<()>,
    /// How often it was seen open.
    pub(super) looks: u32,
    /// Whether the page knows that nothing is known of it.
    pub(super) is_told: bool,
}

impl Sent {
    /// Whether it is this one: a card may have had more than one print job, and at a gateway has one order.
    pub(super) fn is(&self, card: CardId, job: Option<PrintJobId>) -> bool {
        self.card == card && self.by.job() == job
    }
}
