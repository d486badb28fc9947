//! The kinds of entries, and how a store fails.

use std::fmt;

/// The kinds of entries. Each has keys of its own.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Space {
    /// Sessions, by the hash of their token.
    Session,
    /// Statements that were used (`jti`), so that none is used twice.
    Statement,
    /// Who made which card.
    Card,
    /// How many cards a visitor made.
    Made,
    /// Calls that were carried out, by caller and `Idempotency-Key`.
    Call,
    /// Enrolled devices, by their number.
    Device,
    /// Token buckets.
    Bucket,
    /// What ends soon unless it is renewed: which instances live, which jobs are being submitted.
    Lease,
}

impl Space {
    /// Its name in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Statement => "statement",
            Self::Card => "card",
            Self::Made => "made",
            Self::Call => "call",
            Self::Device => "device",
            Self::Bucket => "bucket",
            Self::Lease => "lease",
        }
    }

    /// Whether an entry has to be there after the machine lost its power. What counts requests, and what ends within seconds, need
    /// not.
    #[cfg_attr(not(feature = "stores"), allow(dead_code, reason = "for what outlives this process"))]
    pub(super) fn outlives_power(self) -> bool {
        !matches!(self, Self::Bucket | Self::Lease)
    }
}

/// The store does not answer, or answers what nobody put there.
#[derive(Clone, Debug)]
pub struct Unavailable(pub String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the store is not available: {}", self.0)
    }
}

impl std::error::Error for Unavailable {}
