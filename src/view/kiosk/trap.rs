//! Back, and what a finger's swipe does like it, leads to where one is.
//!
//! The page's history gets one entry more, at the first touch: browsers pass over those that were made without one. Back goes to
//! the entry before it, which is the same page, and forward again at once.

use wasm_bindgen::JsValue;

use crate::browser::js::{call, get, set};

/// What the page's first entry and ours have as their state. A page that has put one of its own there routes by itself.
const OURS: &str = "instant-card-kiosk";

/// The page's history, and which of the two entries one is at; none where it is somebody else's.
fn history() -> Option<(JsValue, bool)> {
    let window = web_sys::window()?;
    let history = get(&window, "history");
    let state = get(&history, "state");
    match state.is_null() {
        true => Some((history, false)),
        false => get(&state, OURS).as_bool().map(|is_ours| (history, is_ours)),
    }
}

/// Makes the entry, where it is not there yet.
pub(super) fn set_up() {
    if let Some((history, false)) = history() {
        for (method, is_ours) in [("replaceState", false), ("pushState", true)] {
            let state = js_sys::Object::new();
            set(&state, OURS, &is_ours.into());
            call(&history, method, &[state.into(), "".into()]);
        }
    }
}

/// The browser has gone to another entry.
pub(super) fn came_back() {
    // Before the first touch there is nothing to go forward to.
    if let Some((history, false)) = history().filter(|(history, _)| !get(history, "state").is_null()) {
        call(&history, "forward", &[]);
    }
}
