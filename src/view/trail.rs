//! What nobody waits for, fetched with the first screen behind the sign-in form: the browser's Back and Forward between the screens of
//! a portal, and their addresses where the page wants them; what is done where the device has no network; what is told of texts that
//! may come out otherwise on the printed card; and where Enter leads in its form.
//!
//! Like [`super::cards`], a cut: a small WASM file. It waits for no other one: Back is there before the cart is, and without it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{on_cleanup, untrack};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Event;

use super::{printing, typing};
use crate::browser::{History, OnLine};
use crate::domain::config::Mode;
use crate::flow::app::NotFetched;
use crate::flow::network;
use crate::flow::trail::{Came, Trail, Turn, address_of, screen_at};
use crate::flow::{App, CardFlow, Screen};
use crate::ui::dom::{El, watch};

/// The way, and the browser's history of it; none once somebody else has made an entry there, which is theirs.
type Way = RefCell<Option<Followed>>;

struct Followed {
    trail: Trail,
    history: History,
    /// Whether each screen has an address.
    has_addresses: bool,
    /// Where somebody wants to go who has to sign in first.
    wanted: Option<Screen>,
}

thread_local! {
    /// Whether a way is followed: a page has one main thing.
    static IS_FOLLOWED: Cell<bool> = const { Cell::new(false) };
}

/// What the files before call of this one.
struct Late {
    begin: fn(App),
    beside: fn(CardFlow, usize) -> Option<String>,
    at_preview: fn(CardFlow) -> Option<El>,
    next_empty: fn(CardFlow, &[El], &Event) -> Option<usize>,
}

static LATE: Late =
    Late { begin, beside: printing::beside, at_preview: printing::at_preview, next_empty: typing::next_empty };

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Late>> = const { Cell::new(None) };
}

/// Has what nobody waits for begin once the file for it is there. Asking again does nothing more, or tries again.
pub(super) fn follow_soon(app: App) {
    app.cx().spawn(Box::pin(async move {
        if let Ok(late) = fetch().await {
            THERE.set(Some(late));
            (late.begin)(app);
        }
    }));
}

/// What is said below a text field of the card, if anything. Follows.
pub(super) fn beside(card: CardFlow, index: usize) -> Option<String> {
    THERE.get().and_then(|late| (late.beside)(card, index))
}

/// Which of the card's fields a key goes on to, if any.
pub(super) fn next_empty(card: CardFlow, controls: &[El], event: &Event) -> Option<usize> {
    THERE.get().and_then(|late| (late.next_empty)(card, controls, event))
}

/// What one is asked to look at on the preview.
pub(super) fn at_preview(card: CardFlow) -> Option<El> {
    THERE.get().and_then(|late| (late.at_preview)(card))
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(trail, fallible)]
fn fetch() -> Result<&'static Late, NotFetched> {
    Ok(&LATE)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Late, NotFetched> {
    Ok(&LATE)
}

fn begin(app: App) {
    // A kiosk tries again by itself in its own way, and nobody goes back there.
    if app.cx().mode() != Mode::Kiosk {
        network::watch(app.cx(), Rc::new(OnLine));
    }
    if app.has_desk() {
        follow(app);
    }
}

/// From now on each screen is an entry of the browser's history, where the widget is the page's main thing, or the page wants
/// screens to have addresses.
fn follow(app: App) {
    if IS_FOLLOWED.get() {
        return;
    }
    let Some(window) = web_sys::window() else { return };
    let now = app.cx().screen().get_untracked();
    let addressed = History::of_addresses();
    let has_addresses = addressed.is_some();
    let Some((history, entry)) = addressed.or_else(History::of_main_thing) else { return };
    IS_FOLLOWED.set(true);
    let (trail, first) = match has_addresses {
        true => (Trail::with_addresses(app.first_on_way(), entry), Turn::None),
        false => Trail::new(app.first_on_way(), entry),
    };
    // Where somebody wants to go who has to sign in first.
    let wanted = if has_addresses { screen_there().filter(|screen| *screen != Screen::Templates) } else { None };
    let way: Rc<Way> = Rc::new(RefCell::new(Some(Followed { trail, history, has_addresses, wanted })));
    // An address that is there stays until somebody is signed in.
    let mut is_to_sign_in = has_addresses && (wanted.is_some() || app.is_outside(now));
    if !is_to_sign_in {
        ask(app, &way, |_| first);
        ask(app, &way, |trail| trail.moved(now, false));
    }
    let listening = way.clone();
    let mut before = now;
    let at = app.cx().screen();
    app.cx().keep(|| {
        watch(Box::new(move || {
            let screen = at.get();
            let is_inside = app.is_inside();
            // The only template was chosen for whoever came to choose one.
            let in_place =
                before == Screen::Templates && screen == Screen::CardForm && !untrack(|| app.templates().has_choice());
            before = screen;
            let wanted = way.borrow().as_ref().and_then(|way| way.wanted);
            is_to_sign_in = is_to_sign_in && app.is_outside(screen);
            match wanted {
                _ if !app.has_desk() || is_to_sign_in => {}
                None => ask(app, &way, |trail| trail.moved(screen, in_place)),
                Some(to) if is_inside => go_to_wanted(app, way.clone(), to),
                Some(_) => {}
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

/// The screen that the browser's address leads to.
fn screen_there() -> Option<Screen> {
    screen_at(&History::address()?)
}

/// Somebody has signed in who came by an address: it is where they begin. Not here and now, where what has changed is still told.
fn go_to_wanted(app: App, way: Rc<Way>, to: Screen) {
    app.cx().spawn(Box::pin(async move {
        if way.borrow_mut().as_mut().and_then(|way| way.wanted.take()).is_some() {
            let shown = app.show_at(to);
            ask(app, &way, |trail| trail.moved(shown, true));
        }
    }));
}

/// Asks the browser for what `plan` says, and has the entry that it is at say which screen there is.
fn ask(app: App, way: &Way, plan: impl FnOnce(&mut Trail) -> Turn) {
    let mut kept = way.borrow_mut();
    let Some(Followed { trail, history, has_addresses, .. }) = &mut *kept else { return };
    let screen = app.cx().screen().get_untracked();
    // Who is to sign in has none: the last one was somebody else's.
    let address = if app.is_outside(screen) { String::new() } else { address_of(screen) };
    let before = history.entry();
    let from = trail.at();
    let done = match plan(trail) {
        Turn::None if *has_addresses && trail.is_settled() && before == Some(from) => {
            history.name(trail.at(), &address)
        }
        Turn::None => return,
        // An entry that is not the one left is somebody else's.
        Turn::Push(entry) if before == Some(from) && *has_addresses => history.push_named(entry, &address),
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
        let Some(Followed { trail, history, has_addresses, wanted }) = &mut *kept else { return };
        match history.entry() {
            Some(entry) => trail.came(entry),
            // A link to one of our addresses, or one that was typed.
            None if *has_addresses && screen_there().is_some() => {
                let entry = trail.linked();
                let address = History::address().unwrap_or_default();
                let is_outside = app.is_outside(app.cx().screen().get_untracked());
                if is_outside {
                    *wanted = screen_there();
                }
                if history.name(entry, &address).is_none() {
                    *kept = None;
                    return;
                }
                if is_outside { Came::Asked } else { Came::ByAddress }
            }
            None => {
                *kept = None;
                return;
            }
        }
    };
    match came {
        Came::Show(screen) => {
            let shown = app.show_again(screen);
            ask(app, way, |trail| trail.shown(shown));
        }
        Came::ByAddress => {
            let shown = match screen_there() {
                Some(screen) => app.show_at(screen),
                None => app.cx().screen().get_untracked(),
            };
            ask(app, way, |trail| trail.shown(shown));
        }
        Came::Asked => ask(app, way, |trail| trail.moved(app.cx().screen().get_untracked(), false)),
        Came::Stale(turn) => ask(app, way, |_| turn),
    }
}
