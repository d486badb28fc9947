//! Doing something once an element comes near the window: what nobody looks at need not be fetched.

use js_sys::Array;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::dom::El;

/// Calls `act` once, when `el` is in the window or nearly so.
pub(crate) fn once_seen(el: &El, act: impl FnOnce() + 'static) {
    let mut act: Option<Box<dyn FnOnce()>> = Some(Box::new(act));
    let seen = move |entries: Array, observer: IntersectionObserver| {
        let is_seen =
            |entry: wasm_bindgen::JsValue| entry.unchecked_into::<IntersectionObserverEntry>().is_intersecting();
        if entries.iter().any(is_seen)
            && let Some(act) = act.take()
        {
            observer.disconnect();
            act();
        }
    };
    let seen: Box<dyn FnMut(Array, IntersectionObserver)> = Box::new(seen);
    let seen = Closure::wrap(seen);
    let options = IntersectionObserverInit::new();
    options.set_root_margin("300px");
    if let Ok(observer) = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options) {
        observer.observe(el.element());
        let looking = SendWrapper::new((observer, seen));
        on_cleanup(move || looking.0.disconnect());
    }
}
