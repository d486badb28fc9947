//! The way to all cards of the organization, and to one of them.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched when one goes there. Only [`All`] is known on this
//! side of it.

mod card;
mod cards;
mod deletions;
mod many;
mod parting;
mod status;
mod walk;

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use wasm_bindgen::JsCast;

use super::lists;
use super::part;
use super::staying::ask_while;
use crate::api::{CardId, Error};
use crate::flow::app::{Fetched, NotFetched};
use crate::flow::desk::RegisterDeeds;
use crate::flow::register::REGISTER_DEEDS;
use crate::flow::{App, DeskPage, Register, Screen};
use crate::ui::dom::{El, el, listen, watch};
use crate::ui::long_list::is_there;
use crate::ui::one_click::once;

/// What the files before call of this one.
struct All {
    /// What is done there.
    deeds: &'static RegisterDeeds,
    /// Makes it ready for a widget, once.
    connect: fn(App),
    /// Draws its screens.
    draw: fn(App) -> El,
}

static ALL: All = All { deeds: &REGISTER_DEEDS, connect, draw };

/// Makes it ready for a widget, once.
fn connect(app: App) {
    let register = app.register();
    ask_while(app.cx(), Box::new(move || register.is_at_work()));
    app.cx().keep(|| {
        // Nobody is there to undo it any more.
        if let Some(window) = web_sys::window() {
            listen(window.unchecked_ref(), "pagehide", Box::new(move |_| register.settle_at_once()));
        }
        watch(Box::new(move || follow(register)));
        let cart = register.cart();
        watch(Box::new(move || {
            // What the cart has said of a card stays true when that is no longer shown.
            for wish in cart.wishes().get() {
                if matches!(wish.failed, Some(Error::Refused { .. })) {
                    register.was_refused(wish.card);
                }
            }
        }));
    });
}

/// What is held is done once one goes elsewhere; nothing stays for the next person.
fn follow(register: Register) {
    let is_here = matches!(register.cx().screen().get(), Screen::Desk(DeskPage::Cards | DeskPage::Card(_)));
    let is_in = register.cx().organization().get().is_some();
    if !is_in {
        register.forget();
    } else if !is_here {
        register.settle();
        register.doubt();
    }
}

/// All cards, and beside them the one that is looked at. Where there is no place for both, that one stands there alone.
fn draw(app: App) -> El {
    if !app.has_register() {
        connect(app);
    }
    let register = app.register();
    let screen = register.cx().screen();
    let open = move || if let Screen::Desk(DeskPage::Card(id)) = screen.get() { id.0.wrapping_add(1) } else { 0 };
    let card = move |open: u64| Some(once(card::screen(register, CardId(open.checked_sub(1)?))));
    let both = el("div").class("cards-both").child(once(cards::screen(register))).switch(open, card);
    el("div").child(deletions::notices(register)).child(both)
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(register, fallible)]
fn fetch() -> Result<&'static All, NotFetched> {
    Ok(&ALL)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static All, NotFetched> {
    Ok(&ALL)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static All>> = const { Cell::new(None) };
}

/// Fetches what is done with all cards, for this widget too.
pub(super) fn load(app: App) -> Fetched<RegisterDeeds> {
    Box::pin(async move {
        let all = fetch().await?;
        THERE.set(Some(all));
        if !app.has_register() {
            (all.connect)(app);
        }
        Ok(all.deeds)
    })
}

/// A screen of it, drawn once it is there.
pub(super) fn screen(app: App, page: DeskPage) -> El {
    let name = if matches!(page, DeskPage::Cards) { "cards" } else { "card" };
    let there = move || THERE.get().filter(|_| is_there()).map(|all| (all.draw)(app));
    let load = || -> LocalBoxFuture<'static, bool> {
        lists::beside(Box::pin(async { fetch().await.map(|all| THERE.set(Some(all))).is_ok() }))
    };
    part::screen(app.cx(), name, Box::new(there), Rc::new(load))
}
