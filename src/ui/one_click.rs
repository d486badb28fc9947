//! A double click is for what its first click has hit.
//!
//! What a first click does may move everything: a row goes, another one comes, the next step opens. The second click then
//! lands on a neighbour that nobody meant, takes out another card or adds one. It is for nothing there.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::dom::El;

/// What can be clicked; a radio button is clicked with its label.
const CONTROLS: &str = "button, label, a";

thread_local! {
    /// What was pressed last that was not the second of two.
    static FIRST: RefCell<Option<Element>> = const { RefCell::new(None) };
}

/// Whoever pressed it has gone.
pub(crate) fn forget() {
    FIRST.take();
}

/// Keeps second clicks from everything in `place` that the first did not hit.
pub(crate) fn once(place: El) -> El {
    let heard: Box<dyn FnMut(Event)> = Box::new(|event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let control = target.and_then(|target| target.closest(CONTROLS).ok()?);
        let times = Reflect::get(&event, &JsValue::from_str("detail")).ok().and_then(|detail| detail.as_f64());
        FIRST.with_borrow_mut(|first| {
            if times.unwrap_or(0.0) <= 1.0 {
                *first = control;
            } else if *first != control && event.type_() == "click" {
                event.stop_propagation();
                event.prevent_default();
            }
        });
    });
    // The browser frees it together with the element.
    let heard = Closure::wrap(heard).into_js_value();
    // Also when it is pressed: where something moves at that moment, there is no first click, and the second is the one.
    for event in ["mousedown", "click"] {
        // On the way down, before the control hears of it. A function is all that it wants.
        let _ = place.element().add_event_listener_with_callback_and_bool(event, heard.unchecked_ref(), true);
    }
    place
}
