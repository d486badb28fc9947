//! What is kept of an order that was sent: numbers, and nothing of the person.

use std::rc::Weak;

use crate::api::{CardId, PrintJobId};
use crate::flow::context::Place;

/// An order that was sent, until it is known what became of it.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) place: Place,
    pub(super) card: CardId,
    pub(super) job: PrintJobId,
    /// Whoever is at work on it finds it out.
    pub(super) at_work: Weak<()>,
    /// How often it was seen open.
    pub(super) looks: u32,
    /// Whether the page knows that nothing is known of it.
    pub(super) is_told: bool,
}
