//! The browser's history of the page that the widget is, where it is one.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// What an entry of ours has as its state, with its number.
const OURS: &str = "instant-card";

/// The history, for as long as nobody else makes entries in it.
#[derive(Clone, Debug)]
pub struct History(web_sys::History);

impl History {
    /// The history of a page whose main thing the widget is: the only `<instant-card>`, alone in the page's `<main>`, and not
    /// in a frame. And only where the entry there is has no state: a page that has put one there routes by itself.
    ///
    /// Gives the number of the entry, too: more than nothing after a reload.
    pub fn of_main_thing() -> Option<(History, usize)> {
        let window = web_sys::window()?;
        let document = window.document()?;
        document.query_selector("body > main > instant-card:only-child").ok()??;
        let other = document.query_selector("instant-card:not(body > main > :only-child)").ok()?;
        let is_top = window.parent().ok()?.is_some_and(|parent| parent == window);
        if other.is_some() || !is_top {
            return None;
        }
        let history = History(window.history().ok()?);
        if history.0.state().ok()?.is_null() {
            history.0.replace_state_with_url(&state(0), "", None).ok()?;
        }
        let entry = history.entry()?;
        Some((history, entry))
    }

    /// The number of the entry there is; none where it is somebody else's.
    pub fn entry(&self) -> Option<usize> {
        let number = Reflect::get(&self.0.state().ok()?, &OURS.into()).ok()?.as_f64()?;
        Some(number as usize)
    }

    /// Makes the entry with this number, with the page's own address. None where the browser does not let it.
    pub fn push(&self, entry: usize) -> Option<()> {
        self.0.push_state_with_url(&state(entry), "", None).ok()
    }

    /// Goes so many entries; it says `popstate` once it is there.
    pub fn go(&self, by: i32) -> Option<()> {
        self.0.go_with_delta(by).ok()
    }
}

fn state(entry: usize) -> JsValue {
    let state = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&state, &OURS.into(), &(entry as f64).into());
    state.into()
}
