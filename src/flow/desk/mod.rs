//! What staff do with finalized cards: the cart and the checkout.
//!
//! It is a WASM file of its own, fetched behind the first screen of a portal, and nowhere else; the files before it know
//! [`deeds`] only, as a table. What was ordered and paid is in [`super::books`], one file further on.

mod colleagues;
mod deeds;
mod farewell;
mod finder;

pub use colleagues::{Colleagues, RegisterDeeds, Teller};
pub use deeds::DESK_DEEDS;
pub(in crate::flow) use farewell::Farewell;

use super::account::Account;
use super::app::App;
use super::audits::Audits;
use super::card::CardFlow;
use super::cart::CartFlow;
use super::checkout::Checkout;
use super::context::Context;
use super::directory::Directory;
use super::faces::Faces;
use super::screen::DeskPage;
use crate::reactive::Row;

/// What is done with finalized cards. Copied freely: it is a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk(Row);

impl Desk {
    /// Of whoever has another flow of the widget; nothing is known yet where it was not asked for before.
    fn of(cx: Context) -> Desk {
        let desk = Desk(cx.row());
        if desk.cart().cart().is_gone() {
            Faces::new(cx);
            CartFlow::new(cx);
            Audits::new(cx);
            Account::new(cx);
            Directory::new(cx);
            Colleagues::new(cx);
            Checkout::new(cx);
            let card = CardFlow::of(cx.row());
            card.look_by(&finder::FINDER);
            card.correct_by(colleagues::send);
        }
        desk
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// How cards look.
    pub fn faces(self) -> Faces {
        Faces::of(self.0)
    }

    /// The cart.
    pub fn cart(self) -> CartFlow {
        CartFlow::of(self.0)
    }

    /// The checkout.
    pub fn checkout(self) -> Checkout {
        Checkout::of(self.0)
    }

    /// What is saved of addresses and contacts.
    pub fn directory(self) -> Directory {
        Directory::of(self.0)
    }

    /// What is done where others are at work on the same cards.
    pub fn colleagues(self) -> Colleagues {
        Colleagues::of(self.0)
    }

    /// The account.
    pub fn account(self) -> Account {
        Account::of(self.0)
    }

    /// Whether what was charged is what was asked for.
    pub fn audits(self) -> Audits {
        Audits::of(self.0)
    }

    /// Everything of the widget.
    pub fn app(self) -> App {
        App::of(self.0)
    }

    /// Whether an order is under way. Then its screen comes up.
    fn holds(self) -> bool {
        let is_running = self.checkout().running().get_untracked();
        if is_running {
            self.app().go_to_desk(DeskPage::Checkout);
        }
        is_running
    }

    /// Nothing of what is known here is for the next person.
    fn forget(self) {
        self.colleagues().part();
        self.faces().forget();
        self.cart().forget();
        self.checkout().forget();
        self.account().forget();
        self.audits().forget();
    }
}
