//! The browser's Back and Forward between the screens of a portal.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::untrack;

use crate::browser::History;
use crate::flow::trail::{Came, Trail, Turn};
use crate::flow::{App, Screen};
use crate::media::camera::Listener;
use crate::reactive::Var;
use crate::ui::dom::watch;

/// The way, and the browser's history of it; none once somebody else has made an entry there, which is theirs.
type Way = Rc<RefCell<Option<(Trail, History)>>>;

/// From now on each screen is an entry of the browser's history, where the widget is the page's main thing.
pub(super) fn follow(app: App) {
    let Some((history, entry)) = History::of_main_thing() else { return };
    let at = app.cx().screen();
    let (trail, first) = Trail::new(at.get_untracked(), entry);
    let way: Way = Rc::new(RefCell::new(Some((trail, history))));
    ask(&way, |_| first);
    let listening = way.clone();
    let mut before = at.get_untracked();
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
        if let Some(window) = web_sys::window() {
            Var::new(Listener::new(window.into(), "popstate", move || came(app, &listening)));
        }
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
