//! What a kiosk has over and around the screens of a journey: the screen for nobody, the question whether one is still there,
//! and the lock that keeps strangers within.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched in a kiosk alone.

mod attract;
mod hall;
mod head;
mod keyboard;
mod listen;
mod lock;
mod over;
mod staff;
mod trap;
mod typing;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::part;
use crate::browser::{Keys, LocalStorage};
use crate::flow::app::NotFetched;
use crate::flow::kiosk::Staff;
use crate::flow::{App, Kiosk, Screen};
use crate::ui::dom::{El, el, watch};

/// What the files before call of this one.
struct Lobby {
    /// Draws it.
    layer: fn(App) -> El,
}

static LOBBY: Lobby = Lobby { layer: draw };

fn draw(app: App) -> El {
    let kiosk = app.kiosk();
    let layer = el("div").class("kiosk");
    watch(Box::new(move || {
        app.cx().screen().get();
        hall::to_top();
    }));
    kiosk.connect(hall::hall(), Rc::new(LocalStorage));
    kiosk.speak_with(Rc::new(Keys));
    staff::listen(layer.element(), kiosk);
    let has_keyboard = move || app.cx().config().with(|config| config.as_ref().is_some_and(|config| config.keyboard));
    let keyboard = move |is_on| (is_on == 1).then(|| keyboard::keyboard(app));
    layer
        .switch(move || place(app), move |place| Some(at(app, place)))
        .switch(
            move || (kiosk.staff().get() == Staff::Left).into(),
            move |is_left| (is_left == 0).then(|| locked(kiosk)),
        )
        .switch(move || over::which(kiosk), move |which| over::over(kiosk, which))
        .switch(move || has_keyboard().into(), keyboard)
}

/// What there is in place of the journey's screens, or over them.
fn place(app: App) -> u64 {
    let is_attract = app.cx().screen().get() == Screen::Attract;
    match app.kiosk().staff().get() {
        _ if !is_attract => 0,
        Staff::Away => 1,
        Staff::SignIn => 2,
        Staff::Panel => 3,
        Staff::Left => 4,
    }
}

fn at(app: App, place: u64) -> El {
    match place {
        0 => head::head(app),
        1 => attract::screen(app),
        2 => staff::sign_in(app.kiosk()),
        3 => staff::panel(app),
        _ => staff::left(app.kiosk()),
    }
}

/// The lock, for as long as what is returned is drawn. There is nothing to see of it.
fn locked(kiosk: Kiosk) -> El {
    let lock = el("div").attr("hidden", "");
    lock::lock(lock.element(), kiosk);
    lock
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(kiosk, fallible)]
fn fetch() -> Result<&'static Lobby, NotFetched> {
    Ok(&LOBBY)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Lobby, NotFetched> {
    Ok(&LOBBY)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Lobby>> = const { Cell::new(None) };
}

/// What a kiosk has over the screens, drawn once it was fetched.
pub(super) fn layer(app: App) -> El {
    let there = move || THERE.get().map(|lobby| (lobby.layer)(app));
    let load = || -> LocalBoxFuture<'static, bool> {
        Box::pin(async { fetch().await.map(|lobby| THERE.set(Some(lobby))).is_ok() })
    };
    part::screen(app.cx(), "attract", Box::new(there), Rc::new(load))
}
