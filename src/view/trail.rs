//! The browser's Back and Forward between the screens of a portal.
//!
//! Like [`super::cards`], a cut: a small WASM file that is fetched with the first screen behind the sign-in form of a portal,
//! and nowhere else. It waits for no other one: Back is there before the cart is, and without it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{on_cleanup, untrack};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

use crate::browser::History;
use crate::flow::app::NotFetched;
use crate::flow::trail::{Came, Trail, Turn};
use crate::flow::{App, Screen};
use crate::ui::dom::watch;

/// The way, and the browser's history of it; none once somebody else has made an entry there, which is theirs.
type Way = RefCell<Option<(Trail, History)>>;

thread_local! {
    /// Whether a way is followed: a page has one main thing.
    static IS_FOLLOWED: Cell<bool> = const { Cell::new(false) };
}

/// Has each screen be an entry of the browser's history, once the file for it is there. Asking again does nothing more, or tries
/// again.
pub(super) fn follow_soon(app: App) {
    if app.has_desk() {
        app.cx().spawn(Box::pin(async move {
            if let Ok(follow) = fetch().await {
                follow(app);
            }
        }));
    }
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(trail, fallible)]
fn fetch() -> Result<fn(App), NotFetched> {
    Ok(follow)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<fn(App), NotFetched> {
    Ok(follow)
}

/// From now on each screen is an entry of the browser's history, where the widget is the page's main thing.
fn follow(app: App) {
    if IS_FOLLOWED.get() {
        return;
    }
    let (Some(window), Some((history, entry))) = (web_sys::window(), History::of_main_thing()) else { return };
    IS_FOLLOWED.set(true);
    let at = app.cx().screen();
    let now = at.get_untracked();
    let (trail, first) = Trail::new(app.first_on_way(), entry);
    let way: Rc<Way> = Rc::new(RefCell::new(Some((trail, history))));
    ask(&way, |_| first);
    ask(&way, |trail| trail.moved(now, false));
    let listening = way.clone();
    let mut before = now;
    app.cx().keep(|| {
        watch(Box::new(move || {
            let screen = at.get();
            // The only template was chosen for whoever came to choose one.
            let in_place =
                before == Screen::Templates && screen == Screen::CardForm && !untrack(|| app.templates().has_choice());
            before = screen;
            if app.has_desk() {
                ask(&way, |trail| trail.moved(screen, in_place));
            }
        }));
        // Not the camera's way to listen: with that, a second file would come along.
        let heard: Box<dyn FnMut(Event)> = Box::new(move |_| came(app, &listening));
        let heard = Closure::wrap(heard).into_js_value();
        // A function is all that it wants.
        let _ = window.add_event_listener_with_callback("popstate", heard.unchecked_ref());
        let heard = SendWrapper::new((window, heard));
        on_cleanup(move || {
            let (window, heard) = heard.take();
            let _ = window.remove_event_listener_with_callback("popstate", heard.unchecked_ref());
            IS_FOLLOWED.set(false);
        });
    });
}

/// Asks the browser for what `plan` says.
fn ask(way: &Way, plan: impl FnOnce(&mut Trail) -> Turn) {
    let mut kept = way.borrow_mut();
    let Some((trail, history)) = &mut *kept else { return };
    let before = history.entry();
    let from = trail.at();
    let done = match plan(trail) {
        Turn::None => return,
        // An entry that is not the one left is somebody else's.
        Turn::Push(entry) if before == Some(from) => history.push(entry),
        Turn::Push(_) => None,
        Turn::Go(by) => history.go(by),
    };
    if done.is_none() {
        *kept = None;
    }
}

/// The browser has come to another entry.
fn came(app: App, way: &Way) {
    let came = {
        let mut kept = way.borrow_mut();
        let Some((trail, history)) = &mut *kept else { return };
        let Some(entry) = history.entry() else {
            *kept = None;
            return;
        };
        trail.came(entry)
    };
    match came {
        Came::Show(screen) => {
            let shown = app.show_again(screen);
            ask(way, |trail| trail.shown(shown));
        }
        Came::Asked => ask(way, |trail| trail.moved(app.cx().screen().get_untracked(), false)),
        Came::Stale(turn) => ask(way, |_| turn),
    }
}
