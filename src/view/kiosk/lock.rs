//! What keeps strangers within the widget, and hears that they are there: listeners within the element, and on the page only
//! what has no place within it. All of it ends with what it is drawn around.

use leptos::prelude::queue_microtask;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent};

use super::listen::{Bound, is_field, origin};
use super::trap;
use crate::browser::js::{get, set};
use crate::flow::Kiosk;
use crate::reactive::Var;

/// What says that somebody is there.
const HEARD: [&str; 6] = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "input"];
/// What leads out, or leaves something for the next one: menus, copies, what is dragged, zoom.
const REFUSED: [&str; 7] = ["contextmenu", "dragstart", "copy", "cut", "paste", "gesturestart", "selectstart"];
/// How the page is set up meanwhile: no pulling to load it anew, no zoom by fingers, and a bar beside it that is of no colour
/// scheme and in nobody's way.
const PAGE: [(&str, &str); 4] = [
    ("overscrollBehavior", "none"),
    ("touchAction", "pan-x pan-y"),
    ("scrollbarWidth", "thin"),
    ("scrollbarColor", "#858d9b transparent"),
];
/// What browsers do for a typing person, and keep for the next one.
const TYPING: [(&str, &str); 4] =
    [("autocomplete", "off"), ("autocorrect", "off"), ("autocapitalize", "none"), ("spellcheck", "false")];

/// Locks everything around `layer`, for as long as it is drawn.
pub(super) fn lock(layer: &Element, kiosk: Kiosk) {
    Var::new(Page::new());
    if let Some(window) = web_sys::window() {
        let keys = Bound::new(window.clone().into(), "keydown", refuse_key);
        Var::new((keys, Bound::new(window.into(), "popstate", |_| trap::came_back())));
    }
    let within = Var::new(Vec::new());
    let layer = layer.clone();
    // Once it stands in the widget's tree.
    queue_microtask(move || {
        if within.is_gone() {
            return;
        }
        let root: EventTarget = layer.get_root_node().into();
        let mut all = Vec::new();
        all.extend(HEARD.map(|kind| Bound::new(root.clone(), kind, move |_| kiosk.heard())));
        all.extend(REFUSED.map(|kind| Bound::new(root.clone(), kind, refuse)));
        all.extend(["click", "auxclick"].map(|kind| Bound::new(root.clone(), kind, refuse_link)));
        all.push(Bound::new(root.clone(), "wheel", refuse_zoom));
        // What is typed within does not come to the window.
        all.push(Bound::new(root.clone(), "keydown", refuse_key));
        all.push(Bound::new(root, "focusin", be_discreet));
        within.set(all);
    });
}

fn refuse(event: Event) {
    // The caret of a field is a selection, too.
    if event.type_() != "selectstart" || !origin(&event).is_some_and(|element| is_field(&element)) {
        event.prevent_default();
    }
}

/// A link leads out, whoever has put it there.
fn refuse_link(event: Event) {
    if origin(&event).is_some_and(|element| element.closest("a").is_ok_and(|link| link.is_some())) {
        event.prevent_default();
    }
}

fn refuse_zoom(event: Event) {
    if event.unchecked_ref::<MouseEvent>().ctrl_key() {
        event.prevent_default();
    }
}

/// Keys that do something with the page or the browser: reload it, print it, leave it, zoom it. What some browsers keep for
/// themselves is for the machine's own lock.
fn refuse_key(event: Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let name = key.key();
    let is_letter = name.chars().count() == 1;
    // What a keyboard needs for a letter, as AltGr, is no command.
    let is_command = key.meta_key() || (key.ctrl_key() && !key.alt_key()) || (key.alt_key() && !is_letter);
    let is_function =
        name.starts_with('F') && name.len() > 1 && name.bytes().skip(1).all(|digit| digit.is_ascii_digit());
    if is_command || is_function || name == "ContextMenu" || name.starts_with("Browser") {
        event.prevent_default();
    }
}

/// A field that is typed into from now on tells the browser to keep nothing of it.
fn be_discreet(event: Event) {
    if let Some(field) = origin(&event).filter(is_field) {
        for (name, value) in TYPING {
            // Names of attributes are valid ones here.
            let _ = field.set_attribute(name, value);
        }
    }
}

/// The page as it is set up meanwhile, and what it was before.
struct Page(JsValue, [JsValue; PAGE.len()]);

impl Page {
    fn new() -> Page {
        let document = web_sys::window().and_then(|window| window.document());
        let page = document.map(|document| get(&document, "documentElement")).unwrap_or_default();
        let style = get(&page, "style");
        let before = PAGE.map(|(name, value)| {
            let before = get(&style, name);
            set(&style, name, &value.into());
            before
        });
        Page(style, before)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        for ((name, _), value) in PAGE.iter().zip(&self.1) {
            set(&self.0, name, value);
        }
    }
}
