//! Asking before the page is left, while something is under way that must not be left alone.

use std::any::Any;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::world::LeaveGuard;

/// The browser's question whether the page may be left.
#[derive(Debug)]
pub struct BeforeUnload;

impl LeaveGuard for BeforeUnload {
    fn hold(&self) -> Box<dyn Any> {
        Box::new(Staying::new())
    }
}

/// For as long as it lives, the browser asks whether the page may be left.
struct Staying(Closure<dyn FnMut(web_sys::Event)>);

const EVENT: &str = "beforeunload";

impl Staying {
    fn new() -> Staying {
        let ask: Box<dyn FnMut(web_sys::Event)> = Box::new(|event| event.prevent_default());
        let ask = Closure::wrap(ask);
        if let Some(window) = web_sys::window() {
            // A function is all that it wants.
            let _ = window.add_event_listener_with_callback(EVENT, ask.as_ref().unchecked_ref());
        }
        Staying(ask)
    }
}

impl Drop for Staying {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            let _ = window.remove_event_listener_with_callback(EVENT, self.0.as_ref().unchecked_ref());
        }
    }
}
