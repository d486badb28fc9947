//! The way to what was ordered and paid: the orders, the account, adding funds, and what was found out about charges.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched when one goes there, or when an order is
//! reviewed. Only [`Books`] is known on this side of it.

mod account;
mod audits;
mod estimate;
mod funds;
mod order;
mod orders;

use std::cell::Cell;
use std::rc::Rc;

use super::lists;
use super::part;
use super::staying::ask_while;
use crate::flow::app::{BooksDeeds, Fetched, NotFetched};
use crate::flow::books::BOOKS_DEEDS;
use crate::flow::{App, DeskPage};
use crate::ui::dom::{El, el};
use crate::ui::long_list::is_there;
use crate::ui::one_click::once;

/// What the files before call of this one.
struct Books {
    /// What is done there.
    deeds: &'static BooksDeeds,
    /// Has the page not be left without a word while something is typed.
    connect: fn(App),
    /// Draws a screen.
    draw: fn(App, DeskPage) -> El,
    /// Draws the form with which money is added to the account; what it is given is called once that is certain.
    funds: fn(App, Rc<dyn Fn()>) -> El,
    /// Draws what was found out about charges.
    notices: fn(App) -> El,
    /// Draws what an order will probably cost.
    estimate: fn(App) -> El,
}

static BOOKS: Books = Books {
    deeds: &BOOKS_DEEDS,
    connect: |app| {
        let funds = app.books().funds();
        ask_while(app.cx(), Box::new(move || funds.is_unsaved()));
    },
    draw: draw_page,
    funds: |app, added| funds::form(app.books().funds(), added),
    notices: |app| audits::notices(app.books().audits()),
    estimate: |app| estimate::estimate(app.desk().checkout()),
};

fn draw_page(app: App, page: DeskPage) -> El {
    let screen = once(match page {
        DeskPage::Order(job) => order::screen(app, job),
        DeskPage::Account => account::screen(app),
        _ => orders::screen(app),
    });
    el("div").child(audits::notices(app.books().audits())).child(screen)
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(books, fallible)]
fn fetch() -> Result<&'static Books, NotFetched> {
    Ok(&BOOKS)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Books, NotFetched> {
    Ok(&BOOKS)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Books>> = const { Cell::new(None) };
}

/// Fetches the books, for this widget too.
pub(super) fn load(app: App) -> Fetched<BooksDeeds> {
    Box::pin(async move {
        let books = fetch().await?;
        THERE.set(Some(books));
        (books.connect)(app);
        Ok(books.deeds)
    })
}

/// They are there, and this widget has asked for them.
fn there(app: App) -> Option<&'static Books> {
    THERE.get().filter(|_| app.books_are_there())
}

/// A screen of the books, drawn once they are there.
pub(super) fn screen(app: App, page: DeskPage) -> El {
    let name = match page {
        DeskPage::Order(_) => "order",
        DeskPage::Account => "account",
        _ => "orders",
    };
    let drawn = move || there(app).filter(|_| is_there()).map(|books| (books.draw)(app, page));
    let load = move || lists::beside(Box::pin(async move { app.books_deeds().await.is_ok() }));
    part::screen(app.cx(), name, Box::new(drawn), Rc::new(load))
}

/// The form with which money is added to the account, where an order is too much for it: it was reviewed, so it is there.
pub(super) fn funds_form(app: App, added: Rc<dyn Fn()>) -> Option<El> {
    there(app).map(|books| (books.funds)(app, added))
}

/// What the order that is reviewed will probably cost.
pub(super) fn estimate(app: App) -> Option<El> {
    there(app).map(|books| (books.estimate)(app))
}

/// What was found out about charges.
pub(super) fn notices(app: App) -> Option<El> {
    there(app).map(|books| (books.notices)(app))
}
