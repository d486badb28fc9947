//! The way to the end of a person's own journey: the address that the card is mailed to, or the cart, and what became of it.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched while a card is filled in where the page says
//! that the journey ends there. Only [`End`] is known on this side of it.

mod delivery;
mod outcome;

use std::cell::Cell;
use std::rc::Rc;

use super::part;
use super::staying::ask_while;
use crate::flow::App;
use crate::flow::app::{EndingDeeds, Fetched, NotFetched};
use crate::flow::ending::ENDING_DEEDS;
use crate::ui::dom::El;
use crate::ui::one_click::once;

/// What the files before call of this one.
struct End {
    /// What is done there.
    deeds: &'static EndingDeeds,
    /// Has the page not be left without a word while something is typed.
    connect: fn(App),
    /// Draws the screen on which it is gone on with.
    draw: fn(App) -> El,
    /// Draws what became of it.
    done: fn(App) -> El,
}

static END: End = End {
    deeds: &ENDING_DEEDS,
    connect: |app| {
        let is_typed = app.ending().is_typed();
        ask_while(app.cx(), Box::new(move || is_typed.get()));
    },
    draw: |app| once(delivery::screen(app)),
    done: |app| once(outcome::screen(app)),
};

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(ending, fallible)]
fn fetch() -> Result<&'static End, NotFetched> {
    Ok(&END)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static End, NotFetched> {
    Ok(&END)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static End>> = const { Cell::new(None) };
}

/// Fetches it, and makes it ready for this widget.
pub(super) fn load(app: App) -> Fetched<EndingDeeds> {
    Box::pin(async move {
        let end = fetch().await?;
        THERE.set(Some(end));
        (end.connect)(app);
        Ok(end.deeds)
    })
}

/// The screen on which it is gone on with, drawn once it is there.
pub(super) fn screen(app: App) -> El {
    drawn(app, "checkout", |end| end.draw)
}

/// What became of the card.
pub(super) fn done(app: App) -> El {
    drawn(app, "done", |end| end.done)
}

fn drawn(app: App, name: &'static str, which: fn(&'static End) -> fn(App) -> El) -> El {
    // Another widget of the page may have fetched it: what is done there is this one's only once it was asked for here.
    let there = move || THERE.get().filter(|_| app.ending_is_there()).map(|end| which(end)(app));
    part::screen(
        app.cx(),
        name,
        Box::new(there),
        Rc::new(move || Box::pin(async move { app.ending_deeds().await.is_ok() })),
    )
}
