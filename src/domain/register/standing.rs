//! What became of a card: how a draft is told from a finalized one.
//!
//! The API has no mark for it. A card that was submitted or printed is finalized, and so is one in an open job, which takes no
//! other, and one that was finalized here. What a person wanted to add to the cart and the server refused is a draft. Of all
//! else it is not known: somebody may have finalized it elsewhere. Nothing is called to find out; finalizing once more does no harm.

use crate::api::Card;

/// What became of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was submitted, or printed.
    Ordered,
    /// It is in the cart.
    InCart,
    /// It was finalized here, and is in no cart.
    Finalized,
    /// The server has refused it for the cart: it is a draft.
    Draft,
    /// It was never ordered, and nothing says whether it is finalized.
    Unknown,
}

/// What is known of a card beside what the server says of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    /// It is in an open job.
    pub is_in_cart: bool,
    /// It was finalized here.
    pub was_finalized: bool,
    /// The server has refused it for the cart, and it was not finalized since.
    pub was_refused: bool,
}

impl Standing {
    /// What became of `card`.
    pub fn of(card: &Card, known: Evidence) -> Standing {
        if known.is_in_cart {
            Standing::InCart
        } else if card.last_printed_at.is_some() || card.last_submitted_at.is_some() {
            Standing::Ordered
        } else if known.was_finalized {
            Standing::Finalized
        } else if known.was_refused {
            Standing::Draft
        } else {
            Standing::Unknown
        }
    }

    /// Whether somebody has still to see to it.
    pub fn waits(self) -> bool {
        matches!(self, Standing::Finalized | Standing::Draft | Standing::Unknown)
    }

    /// Whether it is to be finalized before it can be ordered, as far as one knows.
    pub fn may_be_draft(self) -> bool {
        matches!(self, Standing::Draft | Standing::Unknown)
    }
}
