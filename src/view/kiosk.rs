//! What a kiosk has over and around the screens of a journey: the screen for nobody, the question whether one is still there,
//! and the lock that keeps strangers within.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched in a kiosk alone.

mod attract;
mod hall;
mod head;
mod js;
mod keyboard;
mod listen;
mod lock;
mod over;
mod trap;
mod typing;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::part;
use crate::flow::app::NotFetched;
use crate::flow::{App, Screen};
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
    kiosk.connect(hall::hall());
    lock::lock(layer.element(), kiosk);
    watch(Box::new(move || {
        app.cx().screen().get();
        hall::to_top();
    }));
    let has_keyboard = move || app.cx().config().with(|config| config.as_ref().is_some_and(|config| config.keyboard));
    let is_attract = move || u64::from(app.cx().screen().get() == Screen::Attract);
    layer
        .switch(is_attract, move |is| Some(if is == 1 { attract::screen(app) } else { head::head(app) }))
        .switch(move || over::which(kiosk), move |which| over::over(kiosk, which))
        .switch(move || has_keyboard().into(), move |is_on| (is_on == 1).then(|| keyboard::keyboard(app)))
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
