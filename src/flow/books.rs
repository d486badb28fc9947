//! What was ordered and paid: the orders, the account, and whether what was charged is what was asked for.
//!
//! It is a WASM file of its own, fetched when one goes there, or before anything is charged; the files before it know
//! [`BOOKS_DEEDS`] only, as a table.

use super::account::Account;
use super::app::{App, BooksDeeds};
use super::audits::Audits;
use super::context::Context;
use super::funds::Funds;
use super::orders::Orders;
use super::screen::DeskPage;
use crate::reactive::Row;

/// What the files before this one call of it.
pub static BOOKS_DEEDS: BooksDeeds = BooksDeeds {
    forget: |app| app.books().forget(),
    holds: |app| app.books().holds(),
    compare: |app, audit| app.books().audits().compare(audit),
    signed_in: |app| app.books().audits().take_up(),
};

/// What was ordered and paid. Copied freely: it is a handle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Books(Row);

impl App {
    /// What was ordered and paid.
    pub fn books(self) -> Books {
        // The account and the cart are there before them.
        self.desk();
        Books::of(self.cx())
    }
}

impl Books {
    /// Of whoever has another flow of the widget; nothing is known yet where it was not asked for before.
    fn of(cx: Context) -> Books {
        let books = Books(cx.row());
        if books.funds().typed().is_gone() {
            Funds::new(cx);
            Orders::new(cx);
        }
        books
    }

    /// Adding funds to the account.
    pub fn funds(self) -> Funds {
        Funds::of(self.0)
    }

    /// The account.
    pub fn account(self) -> Account {
        Account::of(self.0)
    }

    /// The orders.
    pub fn orders(self) -> Orders {
        Orders::of(self.0)
    }

    /// Whether what was charged is what was asked for.
    pub fn audits(self) -> Audits {
        Audits::of(self.0)
    }

    /// Whether a payment is under way. Then its screen comes up.
    fn holds(self) -> bool {
        let is_paying = self.funds().is_under_way();
        if is_paying {
            App::of(self.0).go_to_desk(DeskPage::Account);
        }
        is_paying
    }

    /// Nothing of what is known here is for the next person.
    fn forget(self) {
        self.funds().forget();
        self.orders().forget();
    }
}
