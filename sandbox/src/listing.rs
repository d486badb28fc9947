//! The order of the lists that have pages.

use crate::dialect::Dialect;
use crate::luck::mixed;
use std::collections::BTreeMap;

/// In which order a list comes where the dialect does not mix it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    NewestFirst,
    OldestFirst,
}

/// The things of a list in the order that it is cut in pages.
pub(crate) fn in_order<T>(things: &BTreeMap<u64, T>, dialect: Dialect, usual: Order) -> Vec<&T> {
    if dialect.is("list_order", "unordered") {
        let mut mixed_up: Vec<_> = things.iter().collect();
        mixed_up.sort_by_key(|(id, _)| mixed(**id));
        return mixed_up.into_iter().map(|(_, thing)| thing).collect();
    }
    match usual {
        Order::NewestFirst => things.values().rev().collect(),
        Order::OldestFirst => things.values().collect(),
    }
}
