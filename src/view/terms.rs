//! What stands before a person's first photo, where the page wants it: a text that they read or agree to (`consent`), and what a
//! good photo is like (`photo-rules`).
//!
//! Like [`super::cards`], a cut: a WASM file of its own, fetched where a page asks for one of the two.

mod consent;
mod rules;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::part;
use crate::flow::CardFlow;
use crate::flow::app::NotFetched;
use crate::ui::dom::{El, el};

/// What stands before a photo: on the form, or on the camera's screen, where what is agreed to was asked for already.
type Draw = fn(CardFlow, Place) -> El;

/// Where it stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Place {
    Form,
    Camera,
}

fn draw(card: CardFlow, place: Place) -> El {
    let consent = card.consent().get_untracked().filter(|_| place == Place::Form);
    el("div")
        .class("terms")
        .children(has_rules(card).then(rules::rules))
        .children(consent.map(|given| consent::consent(card, &given)))
}

fn has_rules(card: CardFlow) -> bool {
    card.cx().config().with(|config| config.as_ref().is_some_and(|config| config.photo_rules))
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(terms, fallible)]
fn fetch() -> Result<Draw, NotFetched> {
    Ok(draw)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<Draw, NotFetched> {
    Ok(draw)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<Draw>> = const { Cell::new(None) };
}

/// What stands before a photo, where the page has anything there.
pub(super) fn before(card: CardFlow, place: Place) -> El {
    let drawn = move || {
        let is_wanted = has_rules(card) || (place == Place::Form && card.consent().with(Option::is_some));
        is_wanted.then(|| {
            let there = move || THERE.get().map(|draw| draw(card, place));
            part::screen(card.cx(), "photo", Box::new(there), Rc::new(load))
        })
    };
    el("div").live(drawn)
}

fn load() -> LocalBoxFuture<'static, bool> {
    Box::pin(async { fetch().await.map(|draw| THERE.set(Some(draw))).is_ok() })
}
