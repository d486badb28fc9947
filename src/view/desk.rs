//! The way to what staff do with finalized cards: the cart, the checkout, the orders, the account.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched behind the first screen of a portal, and
//! nowhere else. Only [`Desk`] is known on this side of it.

mod account;
mod actions;
mod cart;
mod checkout;
mod copies;
mod face;
mod funds;
mod order;
mod order_done;
mod orders;
mod search;
mod state;

pub(super) use state::State;

use super::app::{App, At, DeskPage};
use super::cards::NotFetched;
use super::part;
use crate::api::CardId;
use crate::domain::config::Mode;
use crate::ui::dom::El;
use crate::ui::one_click::once;

/// What the files before call of this one.
pub(super) struct Desk {
    /// Reads the cart, quietly: somebody has signed in.
    arrive: fn(App),
    /// Forgets everything: somebody has signed out.
    pub(super) forget: fn(App),
    /// Draws a screen.
    draw: fn(App, DeskPage) -> El,
    /// What can be done with a card that has just been finalized.
    finished: fn(App, CardId) -> El,
    /// Whether something is under way that may cost money; then one is led to where it can be seen.
    holds: fn(App) -> bool,
}

static DESK: Desk = Desk {
    arrive: |app| app.desk().arrive(),
    forget: |app| app.desk().forget(),
    draw: draw_page,
    finished: |app, card| once(cart::finished(app, card)),
    holds: |app| app.desk().holds(),
};

fn draw_page(app: App, page: DeskPage) -> El {
    once(match page {
        DeskPage::Cart => cart::screen(app),
        DeskPage::Checkout => checkout::screen(app),
        DeskPage::OrderDone => order_done::screen(app),
        DeskPage::Orders => orders::screen(app),
        DeskPage::Order(job) => order::screen(app, job),
        DeskPage::Account => account::screen(app),
    })
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

impl App {
    /// The desk: there already, or fetched now.
    async fn fetch_desk(self) -> Result<&'static Desk, NotFetched> {
        let kept = self.kept();
        if let Some(desk) = kept.desk.get() {
            return Ok(desk);
        }
        let desk = fetch().await?;
        kept.desk.set(Some(desk));
        Ok(desk)
    }

    /// Whether there is a cart here, and what comes of it: for staff only.
    pub(super) fn has_desk(self) -> bool {
        self.mode() == Mode::Portal
    }

    /// Somebody has signed in: the desk is fetched while they look at the templates, and with it how many cards wait in
    /// the cart. That it fails is told when one goes there.
    pub(super) fn arrive_at_desk(self) {
        if self.has_desk() {
            self.spawn(Box::pin(async move {
                if let Ok(desk) = self.fetch_desk().await {
                    (desk.arrive)(self);
                }
            }));
        }
    }

    /// Signs out, but not from under an order or a payment whose answer is still to come.
    pub(super) fn leave(self) {
        let desk = self.kept().desk.get();
        if !desk.is_some_and(|desk| (desk.holds)(self)) {
            self.sign_out();
        }
    }

    /// Goes to a screen of the desk.
    pub(super) fn go_to_desk(self, page: DeskPage) {
        self.stop_preview();
        self.go(At::Desk(page));
    }
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
    };
    drawn(app, name, move |desk| (desk.draw)(app, page))
}

/// What can be done with a card that has just been finalized.
pub(super) fn finished(app: App, card: CardId) -> El {
    drawn(app, "done-next", move |desk| (desk.finished)(app, card))
}

fn drawn(app: App, name: &'static str, draw: impl Fn(&'static Desk) -> El + 'static) -> El {
    let there = move || app.kept().desk.get().map(&draw);
    part::screen(app, name, Box::new(there), move || Box::pin(async move { app.fetch_desk().await.is_ok() }))
}
