//! What the page that the widget stands in is told.

use std::cell::RefCell;
use std::rc::Rc;

use crate::api::{CardId, OrganizationId, PrintJobId, TemplateId};

/// What happens inside, for the page to know.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// The widget is mounted.
    Ready,
    /// Somebody has signed in.
    SignIn {
        /// For which organization.
        organization: OrganizationId,
    },
    /// Nobody is signed in any more.
    SignOut,
    /// A draft is at the server.
    CardCreated {
        /// The new card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// A card has changed at the server.
    CardUpdated {
        /// The card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// A card is ready to be ordered.
    CardFinalized {
        /// The card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// The cart is another one.
    CartChanged {
        /// How many cards are in it.
        cards: u64,
        /// How many pieces would be printed of them.
        copies: u64,
    },
    /// An order was submitted, and charged.
    OrderSubmitted {
        /// Its print jobs: one for each number of copies.
        jobs: Vec<PrintJobId>,
        /// How many cards are in it.
        cards: u64,
        /// How many pieces are printed of them.
        copies: u64,
    },
    /// Money was added to the organization's account.
    FundsAdded {
        /// How much, in cents.
        cents: i64,
        /// Of which currency, by ISO 4217.
        currency: &'static str,
    },
    /// This is about to be done: an order that was submitted, or money that was added. The page may say no, and why; an empty text is
    /// a no without a reason.
    Before(Box<HostEvent>, Rc<RefCell<Option<String>>>),
    /// Something failed, and the person has been told.
    Error {
        /// Which kind of failure.
        code: &'static str,
        /// What the person was told.
        message: String,
    },
}
