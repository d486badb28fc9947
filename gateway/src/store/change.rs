//! A change of one entry, as it is handed to where it is made.

use std::time::Duration;

/// See the methods of [`super::Store`].
#[derive(Clone, Debug)]
pub(super) enum Change {
    Put { value: Vec<u8>, ttl: Option<Duration> },
    PutNew { value: Vec<u8>, ttl: Option<Duration> },
    Swap { old: Vec<u8>, new: Vec<u8>, ttl: Option<Duration> },
    Remove,
    Add { amount: i64, ttl: Option<Duration> },
}

/// What came of it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Changed {
    Is(bool),
    Sum(i64),
}

/// The number that an entry is.
pub(super) fn number(value: &[u8]) -> i64 {
    std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).unwrap_or(0)
}
