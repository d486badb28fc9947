//! What staff do with finalized cards, together: the cart, the checkout, the orders, the account.
//!
//! All of it is a WASM file of its own, fetched behind the first screen of a portal, and nowhere else; the files before it
//! know [`deeds`] only, as a table.

mod deeds;

pub use deeds::DESK_DEEDS;

use super::account::Account;
use super::audits::Audits;
use super::cart::CartFlow;
use super::checkout::Checkout;
use super::context::Context;
use super::faces::Faces;
use super::funds::Funds;
use super::orders::Orders;
use super::screen::{DeskPage, Screen};
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
            Funds::new(cx);
            Checkout::new(cx);
            Orders::new(cx);
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

    /// The account.
    pub fn account(self) -> Account {
        Account::of(self.0)
    }

    /// Adding funds to it.
    pub fn funds(self) -> Funds {
        Funds::of(self.0)
    }

    /// The orders.
    pub fn orders(self) -> Orders {
        Orders::of(self.0)
    }

    /// Whether what was charged is what was asked for.
    pub fn audits(self) -> Audits {
        Audits::of(self.0)
    }

    /// Whether an order or a payment is under way. Then its screen comes up.
    fn holds(self) -> bool {
        let page = match (self.checkout().running().get_untracked(), self.funds().is_under_way()) {
            (true, _) => DeskPage::Checkout,
            (_, true) => DeskPage::Account,
            _ => return false,
        };
        self.cx().go(Screen::Desk(page));
        true
    }

    /// Nothing of what is known here is for the next person.
    fn forget(self) {
        self.faces().forget();
        self.cart().forget();
        self.checkout().forget();
        self.account().forget();
        self.funds().forget();
        self.orders().forget();
        self.audits().forget();
    }
}
