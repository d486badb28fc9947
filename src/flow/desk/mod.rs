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

/// What is done with finalized cards. Copied freely: it is a handful of handles.
#[derive(Clone, Copy)]
pub struct Desk {
    /// What all flows share.
    pub cx: Context,
    /// How cards look.
    pub faces: Faces,
    /// The cart.
    pub cart: CartFlow,
    /// The checkout.
    pub checkout: Checkout,
    /// The account.
    pub account: Account,
    /// Adding funds to it.
    pub funds: Funds,
    /// The orders.
    pub orders: Orders,
    /// Whether what was charged is what was asked for.
    pub audits: Audits,
}

impl Desk {
    /// Nothing is known yet.
    fn new(cx: Context) -> Desk {
        let faces = Faces::new(cx);
        let cart = CartFlow::new(cx, faces);
        let account = Account::new(cx);
        let audits = Audits::new(cx);
        Desk {
            cx,
            faces,
            cart,
            checkout: Checkout::new(cart, audits),
            account,
            funds: Funds::new(account, audits),
            orders: Orders::new(cart),
            audits,
        }
    }

    /// Whether an order or a payment is under way. Then its screen comes up.
    fn holds(self) -> bool {
        let page = match (self.checkout.running.get_untracked(), self.funds.is_under_way()) {
            (true, _) => DeskPage::Checkout,
            (_, true) => DeskPage::Account,
            _ => return false,
        };
        self.cx.go(Screen::Desk(page));
        true
    }

    /// Nothing of what is known here is for the next person.
    fn forget(self) {
        self.faces.forget();
        self.cart.forget();
        self.checkout.forget();
        self.account.forget();
        self.funds.forget();
        self.orders.forget();
        self.audits.forget();
    }
}
