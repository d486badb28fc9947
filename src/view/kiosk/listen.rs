//! Listening to what is not of one's own making, and telling what an event is about.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, EventTarget};

use crate::browser::js::{call, get};

/// Something listened to until this is dropped.
pub(super) struct Bound {
    target: EventTarget,
    kind: &'static str,
    handle: Closure<dyn FnMut(Event)>,
}

impl Bound {
    /// Calls `act` on each event of this kind.
    pub(super) fn new(target: EventTarget, kind: &'static str, act: impl FnMut(Event) + 'static) -> Bound {
        let act: Box<dyn FnMut(Event)> = Box::new(act);
        let handle = Closure::wrap(act);
        // A function is all that it wants.
        let _ = target.add_event_listener_with_callback(kind, handle.as_ref().unchecked_ref());
        Bound { target, kind, handle }
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        let handle = self.handle.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.kind, handle);
    }
}

/// What is at the event's very beginning, also where that is in the page's own part of the widget.
pub(super) fn origin(event: &Event) -> Option<Element> {
    get(&call(event, "composedPath", &[])?, "0").dyn_into().ok()
}

/// Whether texts are typed into it.
pub(super) fn is_field(element: &Element) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA")
}
