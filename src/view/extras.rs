//! What a page may ask for beyond the rest: words of its own in place of ours, and that something outlives a reload.
//!
//! Like [`super::cards`], a cut: both are one WASM file, fetched only for a page that asks for one of them. Two would be two ways
//! there, which those pay for that ask for neither.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::memory;
use super::strings::{self, Take};
use crate::browser::Tasks;
use crate::flow::App;
use crate::flow::app::NotFetched;
use crate::ui::dom::El;
use crate::world::Spawner;

/// What the files before call of this one.
struct Extras {
    /// Takes a page's own words.
    take: Take,
    /// Goes on with what outlives a reload.
    begin: fn(App),
    /// Draws the question whether to go on with a card.
    draw: fn(App) -> Option<El>,
}

static EXTRAS: Extras = Extras { take: strings::TAKE, begin: memory::begin, draw: memory::draw };

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(extras, fallible)]
fn fetch() -> Result<&'static Extras, NotFetched> {
    Ok(&EXTRAS)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Extras, NotFetched> {
    Ok(&EXTRAS)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Extras>> = const { Cell::new(None) };
}

/// Fetches it, and goes on with `then` either way: that it did not come is told by whoever has fetched it.
fn fetch_then(then: Box<dyn FnOnce()>) {
    Tasks.spawn(Box::pin(async move {
        if let Ok(extras) = fetch().await {
            THERE.set(Some(extras));
        }
        then();
    }));
}

/// What takes a page's words, once it was fetched.
pub(crate) fn take_strings() -> Option<Take> {
    THERE.get().map(|extras| extras.take)
}

/// Fetches what takes a page's words, and calls `then`. Where it does not come, ours stay.
pub fn fetch_strings(then: Function) {
    // It only goes on.
    fetch_then(Box::new(move || drop(then.call0(&JsValue::UNDEFINED))));
}

/// Goes on with what outlives a reload, once what does so is there.
pub fn load_memory(app: App) {
    fetch_then(Box::new(move || match THERE.get() {
        // The widget is gone meanwhile.
        _ if app.recalled().is_gone() => {}
        Some(extras) => (extras.begin)(app),
        None => app.cannot_remember(),
    }));
}

/// The question whether to go on with a card, while it is asked.
pub(super) fn question(app: App) -> Option<El> {
    THERE.get().and_then(|extras| (extras.draw)(app))
}
