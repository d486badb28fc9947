//! Mistakes on purpose, one at a time, so that it is known whether the simulator finds them. Only the feature `mutants` has them; in
//! every build that is shipped [`is`] is a plain `false`.

/// A mistake.
#[cfg_attr(not(feature = "mutants"), allow(unreachable_pub, reason = "nobody outside can make one then"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mutant {
    /// What was begun for a card is forgotten: whoever asks again gets another print job.
    BegunForgotten,
    /// A card is whoever's asks for it.
    AnybodysCard,
    /// A session is good for longer than its device is on the list.
    DeviceForGood,
    /// An instance does not know of keys that another one has begun with.
    OwnKeysOnly,
    /// An instance that is stopped does not wait for what it has begun.
    StopsAtOnce,
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
        pub const ALL: [Mutant; 5] = [
            Mutant::BegunForgotten,
            Mutant::AnybodysCard,
            Mutant::DeviceForGood,
            Mutant::OwnKeysOnly,
            Mutant::StopsAtOnce,
        ];

        /// What it is called on a command line.
        #[must_use]
        pub fn name(self) -> &'static str {
            match self {
                Mutant::BegunForgotten => "begun-forgotten",
                Mutant::AnybodysCard => "anybodys-card",
                Mutant::DeviceForGood => "device-for-good",
                Mutant::OwnKeysOnly => "own-keys-only",
                Mutant::StopsAtOnce => "stops-at-once",
            }
        }
    }

    /// Makes this mistake from now on, on this thread.
    pub fn set(mutant: Option<Mutant>) {
        NOW.set(mutant);
    }

    /// Whether this mistake is to be made.
    #[must_use]
    pub fn is(mutant: Mutant) -> bool {
        NOW.get() == Some(mutant)
    }
}
