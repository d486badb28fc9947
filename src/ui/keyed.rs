//! A list whose items stay in the page, with whatever has the focus in them, for as long as their key is in the list.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::Element;

use super::dom::{El, watch};
use crate::reactive::Var;

/// So many items are made before the browser is given a moment for other things.
const AT_A_TIME: usize = 40;

/// An item that is in the page.
struct Item {
    key: u64,
    owner: Owner,
    element: Element,
}

/// Keeps `list`'s children as `keys` says: makes an item with `item` for each key that is new, takes those away whose key
/// has gone, and puts the others where they belong (one that has changed places with another may lose the focus). A key
/// stands in the list once.
///
/// `list` has no other children. A long list comes bit by bit, so that the page can be used meanwhile.
pub fn keyed(list: El, keys: impl Fn() -> Vec<u64> + 'static, item: impl Fn(u64) -> El + 'static) -> El {
    let keys: Box<dyn Fn() -> Vec<u64>> = Box::new(keys);
    let item: Box<dyn Fn(u64) -> El> = Box::new(item);
    // Weakly: the effect below belongs to this owner, and the two would keep each other for ever.
    let here = Owner::current().unwrap_or_default().downgrade();
    let parent = list.element().clone();
    let now: RefCell<Vec<Item>> = RefCell::default();
    let most = Var::new(AT_A_TIME);
    // Taken again: whoever is above remembers each that there ever was.
    let mut spare: Vec<Owner> = Vec::new();
    watch(Box::new(move || {
        let mut keys = keys();
        let shown = most.get();
        if keys.len() > shown {
            keys.truncate(shown);
            let go_on = move || {
                if !most.is_gone() {
                    most.set(shown + AT_A_TIME);
                }
            };
            set_timeout(go_on, Duration::ZERO);
        }
        let mut before = now.take();
        // The focus is lost by what is taken out and put in again, so what stays is not touched: those that go, go first.
        before.retain(|item| {
            let stays = keys.contains(&item.key);
            if !stays {
                item.owner.cleanup();
                spare.push(item.owner.clone());
                item.element.remove();
            }
            stays
        });
        let mut after = Vec::with_capacity(keys.len());
        let mut next = parent.first_child();
        for key in keys {
            let made = match before.iter().position(|item| item.key == key) {
                Some(place) => before.remove(place),
                None => {
                    let owner = spare.pop().or_else(|| here.upgrade().map(|here| here.child()));
                    let Some(owner) = owner else { return };
                    let element = owner.with(|| untrack(|| item(key))).element().clone();
                    Item { key, owner, element }
                }
            };
            if next.as_ref() == Some(made.element.as_ref()) {
                next = made.element.next_sibling();
            } else {
                // `next` is one of its children, or none.
                let _ = parent.insert_before(&made.element, next.as_ref());
            }
            after.push(made);
        }
        now.replace(after);
    }));
    list
}
