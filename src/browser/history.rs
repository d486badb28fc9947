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
        got(document.query_selector("body > main > instant-card:only-child"))??;
        let other = got(document.query_selector("instant-card:not(body > main > :only-child)"))?;
        let is_top = got(Reflect::get(&window, &"parent".into()))?.loose_eq(&window);
        if other.is_some() || !is_top {
            return None;
        }
        let history = History(got(window.history())?);
        if got(history.0.state())?.is_null() {
            got(history.0.replace_state_with_url(&state(0), "", None))?;
        }
        let entry = history.entry()?;
        Some((history, entry))
    }

    /// The history of a page that wants each screen to have an address (`routing="hash"` on its only widget), as above. In a frame too: the
    /// page has asked for it.
    pub fn of_addresses() -> Option<(History, usize)> {
        let window = web_sys::window()?;
        let document = window.document()?;
        got(document.query_selector("instant-card[routing=hash i]"))??;
        if got(document.query_selector("instant-card:not([routing=hash i])"))?.is_some() {
            return None;
        }
        let history = History(got(window.history())?);
        if history.entry().is_none() {
            got(history.0.replace_state_with_url(&state(0), "", None))?;
        }
        let entry = history.entry()?;
        Some((history, entry))
    }

    /// The address behind the page's own.
    pub fn address() -> Option<String> {
        of_location("hash")
    }

    /// Gives the entry there is this number and this address; an empty one is the page's own.
    pub fn name(&self, entry: usize, address: &str) -> Option<()> {
        if self.entry() == Some(entry) && History::address()? == address {
            return Some(());
        }
        got(self.0.replace_state_with_url(&state(entry), "", Some(&whole(address)?)))
    }

    /// Makes the entry with this number and this address. None where the browser does not let it.
    pub fn push_named(&self, entry: usize, address: &str) -> Option<()> {
        got(self.0.push_state_with_url(&state(entry), "", Some(&whole(address)?)))
    }

    /// The number of the entry there is; none where it is somebody else's.
    pub fn entry(&self) -> Option<usize> {
        let number = got(Reflect::get(&got(self.0.state())?, &OURS.into()))?.as_f64()?;
        Some(number as usize)
    }

    /// Makes the entry with this number, with the page's own address. None where the browser does not let it.
    pub fn push(&self, entry: usize) -> Option<()> {
        got(self.0.push_state_with_url(&state(entry), "", None))
    }

    /// Goes so many entries; it says `popstate` once it is there.
    pub fn go(&self, by: i32) -> Option<()> {
        got(self.0.go_with_delta(by))
    }
}

/// What the browser has given, if it has. [`Result::ok`] is in other files too, and would be one more to fetch with this one.
#[inline(always)]
#[allow(clippy::inline_always, clippy::manual_ok_err, reason = "it is what keeps it in this file")]
fn got<T>(result: Result<T, JsValue>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(_) => None,
    }
}

/// The page's own address with this behind it: by itself, it would be one of whatever the page's `<base>` says.
fn whole(address: &str) -> Option<String> {
    Some([&*of_location("pathname")?, &of_location("search")?, address].concat())
}

/// A part of the page's address. By its name: what is called by a method is in the page's first files.
fn of_location(part: &str) -> Option<String> {
    got(Reflect::get(&web_sys::window()?.location(), &part.into()))?.as_string()
}

fn state(entry: usize) -> JsValue {
    let state = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&state, &OURS.into(), &(entry as f64).into());
    state.into()
}
