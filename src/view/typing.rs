//! Enter in the form of a card goes on to the next field that is empty; where none is, it does what the form is for.
//!
//! It comes with [`super::trail`].

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use crate::flow::CardFlow;
use crate::ui::dom::El;

/// Which of the fields' controls is gone to with this key, if any.
pub(super) fn next_empty(card: CardFlow, controls: &[El], event: &Event) -> Option<usize> {
    let key: &KeyboardEvent = event.unchecked_ref();
    // While a word is being composed, the key takes one of its proposals.
    if key.key() != "Enter" || key.is_composing() {
        return None;
    }
    // On a button, it presses that.
    let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
    let mut is_behind = false;
    for (index, control) in controls.iter().enumerate() {
        if is_behind && card.is_to_fill(index) {
            return Some(index);
        }
        is_behind |= control.element().contains(Some(&input));
    }
    None
}
