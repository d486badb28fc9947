//! Mistakes on purpose, one at a time, so that it is known whether the simulator finds them. Only the feature `mutants` has
//! them; in every build that is shipped [`is`] is a plain `false`.

/// A mistake.
#[cfg_attr(not(feature = "mutants"), allow(unreachable_pub, reason = "nobody outside can make one then"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// The cart is read beside changes of it, and an answer that a change has overtaken is believed.
    StaleRead,
    /// A change of copies does not send the job's shipping provider again.
    LostProvider,
    /// A submission whose answer did not come in time is sent again.
    DoubleSubmission,
    /// A card that is put back while its removal is on its way is forgotten.
    CardForgotten,
    /// A job that cannot be read is taken to be as it was: "not charged" is said without proof.
    NotChargedWithoutProof,
    /// Nobody looks whether a card has come to be twice.
    TwinUntold,
    /// What became of an order whose answer was lost is not looked for once whoever has ordered is gone.
    OrderForgotten,
    /// The address that somebody has typed for their card stays for the next one.
    AddressKept,
    /// That a gateway does not know what became of a card is taken for that it is done.
    TakenForDone,
    /// A card that is saved is not read before: what others have changed is written over.
    EditUnread,
    /// A deletion that was undone comes about all the same.
    DeletionEager,
    /// What is done with many is gone on with for all of them, and not for what did not come about alone.
    BatchAnew,
}

/// Whether this mistake is to be made.
#[cfg(not(feature = "mutants"))]
pub(crate) const fn is(_: Mutant) -> bool {
    false
}

#[cfg(feature = "mutants")]
pub use on::{is, set};

#[cfg(feature = "mutants")]
mod on {
    use std::cell::Cell;

    use super::Mutant;

    thread_local! {
        static NOW: Cell<Option<Mutant>> = const { Cell::new(None) };
    }

    impl Mutant {
        /// Every mistake.
        pub const ALL: [Mutant; 12] = [
            Mutant::StaleRead,
            Mutant::LostProvider,
            Mutant::DoubleSubmission,
            Mutant::CardForgotten,
            Mutant::NotChargedWithoutProof,
            Mutant::TwinUntold,
            Mutant::OrderForgotten,
            Mutant::AddressKept,
            Mutant::TakenForDone,
            Mutant::EditUnread,
            Mutant::DeletionEager,
            Mutant::BatchAnew,
        ];

        /// What it is called on a command line.
        pub fn name(self) -> &'static str {
            match self {
                Mutant::StaleRead => "stale-read",
                Mutant::LostProvider => "lost-provider",
                Mutant::DoubleSubmission => "double-submission",
                Mutant::CardForgotten => "card-forgotten",
                Mutant::NotChargedWithoutProof => "not-charged-without-proof",
                Mutant::TwinUntold => "twin-untold",
                Mutant::OrderForgotten => "order-forgotten",
                Mutant::AddressKept => "address-kept",
                Mutant::TakenForDone => "taken-for-done",
                Mutant::EditUnread => "edit-unread",
                Mutant::DeletionEager => "deletion-eager",
                Mutant::BatchAnew => "batch-anew",
            }
        }
    }

    /// Makes this mistake from now on, on this thread.
    pub fn set(mutant: Option<Mutant>) {
        NOW.set(mutant);
    }

    /// Whether this mistake is to be made.
    pub fn is(mutant: Mutant) -> bool {
        NOW.get() == Some(mutant)
    }
}
