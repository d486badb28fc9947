//! The way to what staff do with finalized cards: the cart and the checkout.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched behind the first screen of a portal, and
//! nowhere else. Only [`Desk`] is known on this side of it.

mod cart;
mod checkout;
mod copies;
mod farewell;
mod order_done;
mod reveal;
mod search;
mod trouble;
mod twins;

use std::cell::Cell;
use std::future::ready;
use std::rc::Rc;

use leptos::prelude::on_cleanup;

use super::books;
use super::lists;
use super::part;
use super::people;
use super::register;
use super::staying::ask_while;
use super::trail;
use crate::api::{CardId, TemplateId};
use crate::flow::app::{DeskDeeds, Fetched, NotFetched};
use crate::flow::desk::DESK_DEEDS;
use crate::flow::{App, DeskPage, Remote};
use crate::ui::card_face::drawn;
use crate::ui::dom::{El, el};
use crate::ui::long_list::is_there;
use crate::ui::one_click::once;

/// What the files before call of this one.
struct Desk {
    /// What is done there.
    deeds: &'static DeskDeeds,
    /// Gives the widget a way to the books.
    connect: fn(App),
    /// Draws a screen, also those of the books, which come after it.
    draw: fn(App, DeskPage) -> El,
    /// What can be done with a card that has just been finalized.
    finished: fn(App, CardId) -> El,
    /// The newest card of a template.
    tile: fn(App, TemplateId) -> Option<El>,
}

static DESK: Desk = Desk {
    deeds: &DESK_DEEDS,
    connect: |app| {
        app.load_books_with(books::load);
        app.desk().colleagues().load_by(register::load);
        // Wherever one goes from here there is a list: it is not to be waited for then. That it fails is told there.
        let lists = lists::beside(Box::pin(ready(true)));
        app.cx().spawn_apart(Box::pin(async move {
            let _ = lists.await;
        }));
        let is_typed = app.desk().checkout().is_typed();
        ask_while(app.cx(), Box::new(move || is_typed.get()));
        // Where the first try has failed, or it was no portal then.
        trail::follow_soon(app);
    },
    draw: |app, page| {
        let screen = draw_page(app, page);
        farewell::tell_here(app, &screen);
        reveal::place_of(&screen);
        screen
    },
    finished: |app, card| once(cart::finished(app, card)),
    tile: |app, template| {
        let faces = app.desk().faces();
        let card = faces.newest_of(template)?;
        // Until it is drawn, and where it cannot be, the sketch stays.
        faces.is_looked_at(card);
        faces.is_shown(card);
        on_cleanup(move || faces.is_not_shown(card));
        faces.face(card).with(|face| {
            let Remote::Ready(Some(front)) = &face.front else { return None };
            Some(drawn(front.picture.url(), "", front.portrait))
        })
    },
};

fn draw_page(app: App, page: DeskPage) -> El {
    if matches!(page, DeskPage::Orders | DeskPage::Order(_) | DeskPage::Account) {
        return books::screen(app, page);
    }
    if matches!(page, DeskPage::Cards | DeskPage::Card(_)) {
        return el("div").child(twins::notices(app.desk().cart())).child(register::screen(app, page));
    }
    if matches!(page, DeskPage::Addresses | DeskPage::Contacts | DeskPage::Address(_) | DeskPage::Contact(_)) {
        return people::screen(app, page);
    }
    let screen = match page {
        DeskPage::Checkout => with_list(app, "checkout", checkout::screen),
        DeskPage::OrderDone => once(order_done::screen(app)),
        _ => with_list(app, "cart", cart::screen),
    };
    let findings = app.desk().audits().findings();
    // Once there was one, its place stays, and with it the focus of whoever has sent the last one away.
    let was_there = Cell::new(false);
    let has_findings = move || {
        was_there.set(was_there.get() || findings.with(|findings| !findings.is_empty()));
        u64::from(was_there.get())
    };
    el("div")
        .switch(has_findings, move |has| books::notices(app).filter(|_| has == 1))
        .child(twins::notices(app.desk().cart()))
        .child(screen)
}

/// A screen with a long list. Asked for here, and not with the desk: what is on the other side of the cut is for everybody.
fn with_list(app: App, name: &'static str, screen: fn(App) -> El) -> El {
    let there = move || is_there().then(|| once(screen(app)));
    part::screen(app.cx(), name, Box::new(there), Rc::new(|| lists::beside(Box::pin(ready(true)))))
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(desk, fallible)]
fn fetch() -> Result<&'static Desk, NotFetched> {
    Ok(&DESK)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Desk, NotFetched> {
    Ok(&DESK)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Desk>> = const { Cell::new(None) };
}

/// Fetches the desk, and makes it ready for this widget.
pub fn load(app: App) -> Fetched<DeskDeeds> {
    Box::pin(async move {
        let desk = fetch().await?;
        THERE.set(Some(desk));
        (desk.connect)(app);
        Ok(desk.deeds)
    })
}

/// A screen of the desk, drawn once the desk is there.
pub(super) fn screen(app: App, page: DeskPage) -> El {
    let name = match page {
        DeskPage::Cart => "cart",
        DeskPage::Checkout => "checkout",
        DeskPage::OrderDone => "order-done",
        DeskPage::Orders => "orders",
        DeskPage::Order(_) => "order",
        DeskPage::Account => "account",
        DeskPage::Cards => "cards",
        DeskPage::Card(_) => "card",
        DeskPage::Addresses | DeskPage::Address(_) => "addresses",
        DeskPage::Contacts | DeskPage::Contact(_) => "contacts",
    };
    waited_for(app, name, move |desk| (desk.draw)(app, page))
}

/// What can be done with a card that has just been finalized.
pub(super) fn finished(app: App, card: CardId) -> El {
    waited_for(app, "done-next", move |desk| (desk.finished)(app, card))
}

/// The newest card of a template, as a picture of it, once the cart is there: it is read first. Follows.
pub(super) fn tile(app: App, template: TemplateId) -> Option<El> {
    app.cx().in_cart().get()?;
    (THERE.get()?.tile)(app, template)
}

fn waited_for(app: App, name: &'static str, draw: impl Fn(&'static Desk) -> El + 'static) -> El {
    // Another widget of the page may have fetched it: what is done there is this one's only once it was asked for here.
    let there = move || THERE.get().filter(|_| app.desk_is_there()).map(&draw);
    part::screen(
        app.cx(),
        name,
        Box::new(there),
        Rc::new(move || Box::pin(async move { app.desk_deeds().await.is_ok() })),
    )
}
