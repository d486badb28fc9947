//! The account: whose it is, what is in it, and what moved on it.

use super::context::Context;
use super::reading::Reading;
use crate::api::{Amount, Client, Organization, Transaction};
use crate::domain::statement::Period;
use crate::reactive::Var;

/// What is known of the account. Copied freely: it is a handful of handles.
#[derive(Clone, Copy)]
pub struct Account {
    /// What all flows share.
    pub cx: Context,
    /// What is in it.
    pub balance: Reading<Amount>,
    /// Whose it is.
    pub organization: Reading<Organization>,
    /// What moved on it.
    pub transactions: Reading<Vec<Transaction>>,
    /// The time of which movements are shown.
    pub period: Var<Period>,
    /// Whether there is the form for adding funds.
    pub is_adding: Var<bool>,
}

impl Account {
    /// Nothing is known yet.
    pub fn new(cx: Context) -> Account {
        Account {
            cx,
            balance: Reading::new(),
            organization: Reading::new(),
            transactions: Reading::new(),
            period: Var::new(Period::default()),
            is_adding: Var::new(false),
        }
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.balance.forget();
        self.organization.forget();
        self.transactions.forget();
        self.period.set(Period::default());
        self.is_adding.set(false);
    }

    /// Reads what is in it.
    pub fn read_balance(self) {
        self.balance.read(self.cx, Client::balance);
    }

    /// Reads whose it is.
    pub fn read_organization(self) {
        self.organization.read(self.cx, Client::organization);
    }

    /// Reads what moved on it.
    pub fn read_transactions(self) {
        self.transactions.read(self.cx, Client::financial_transactions);
    }
}
