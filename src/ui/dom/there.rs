//! What stands in the page before it is drawn, to be gone on with; and the one place that puts nodes into the page, since
//! what stands there already is not to be moved.

use std::cell::RefCell;

use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Node, Text};

thread_local! {
    /// What stands in the page already and is still to be taken over.
    static THERE: RefCell<Option<Array>> = const { RefCell::new(None) };
}

/// What is drawn from here on goes on with what stands in the page already: `nodes` are its elements and texts, in the
/// order in which they will be made. Each is taken in place of a new one and left where it stands, with its focus, its
/// caret and whatever the browser has put there; attributes, words and listeners become those that are drawn. None ends it.
pub fn adopt(nodes: Option<Array>) {
    THERE.set(nodes);
}

/// The next node to take over.
#[inline(never)]
pub(super) fn there() -> Option<JsValue> {
    let next = THERE.with_borrow(|there| Some(there.as_ref()?.shift()))?;
    (!next.is_undefined()).then_some(next)
}

/// A new text, or the next one that is there, with these words.
#[inline(never)]
pub(super) fn text_node(text: &str) -> Text {
    let Some(there) = there() else { return document().create_text_node(text) };
    let there: Text = there.unchecked_into();
    there.set_data(text);
    there
}

/// Puts `child` before `next`, or at the end. To be moved would take the focus away from one that stands there already.
#[inline(never)]
pub(super) fn insert(parent: &Node, child: &Node, next: Option<&Node>) {
    let stays = THERE.with_borrow(Option::is_some) && child.parent_node().is_some();
    if !stays {
        // Fails only for a node that contains its own parent, and where `next` is not in the parent: then there is no
        // place for it.
        let _ = parent.insert_before(child, next);
    }
}
