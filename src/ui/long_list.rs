//! A long list of which only what is near the window is in the page.
//!
//! This is its door: how it is done is in [`list`], a WASM file of its own that the screens with such lists fetch with themselves
//! (`view/lists.rs`), so that nothing of it may be named here but through the value that is given then.

mod given;
mod list;
mod places;

use std::cell::Cell;

pub(crate) use given::Rested;
pub(crate) use places::Shape;

use given::Given;

use super::dom::El;

/// What those who draw lists call of the file in which it is done.
pub(crate) struct Lists {
    draw: fn(Given) -> El,
}

/// It.
pub(crate) static LISTS: Lists = Lists { draw: list::draw };

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Lists>> = const { Cell::new(None) };
}

/// It was fetched.
pub(crate) fn are_there(lists: &'static Lists) {
    THERE.set(Some(lists));
}

/// Whether it was.
pub(crate) fn is_there() -> bool {
    THERE.get().is_some()
}

/// A card in a list of them: a line for each.
pub(crate) const ROW: Shape = Shape { height: 80.0, narrowest: None };

/// Keeps in `list` those of the items that `keys` names which are near the window, each made by `item`. To the one that `target` names one
/// comes, wherever it stands: its first button takes the focus. `rested` hears which are in the window once nothing has moved for a moment.
///
/// `list` has no other children. How many there are, and which place each has, is told to assistive technology.
pub(crate) fn long_list(
    list: El,
    shape: Shape,
    keys: impl Fn() -> Vec<u64> + 'static,
    item: impl Fn(u64) -> El + 'static,
    target: impl Fn() -> Option<u64> + 'static,
    rested: Option<Rested>,
) -> El {
    let (keys, item, target) = (Box::new(keys), Box::new(item), Box::new(target));
    let given = Given { list, shape, keys, item, target, rested };
    // A screen with a list is drawn once it is there.
    match THERE.get() {
        Some(lists) => (lists.draw)(given),
        None => given.list,
    }
}

/// A list of cards, a line for each.
pub(crate) fn long_rows(
    list: El,
    keys: impl Fn() -> Vec<u64> + 'static,
    item: impl Fn(u64) -> El + 'static,
    rested: Option<Rested>,
) -> El {
    long_list(list.class("long-list rows"), ROW, keys, item, || None, rested)
}
