//! The account: whose it is, what is in it, and what moved on it.

use super::context::Context;
use super::listing::Listing;
use super::places;
use super::reading::Reading;
use crate::api::{Amount, Client, Organization, Profile, Transaction};
use crate::domain::statement::Period;
use crate::reactive::{Row, state};

state! {
    /// What is known of the account. Copied freely: it is a handle.
    pub struct Account from places::ACCOUNT, places::ROOM; {
        /// The time of which movements are shown.
        pub period: Period = Period::default();
        /// Whether there is the form for adding funds.
        pub is_adding: bool = false;
    }
}

/// Where what is read stands, behind the values above.
const BALANCE: u32 = places::ACCOUNT + 4;
const ORGANIZATION: u32 = BALANCE + 4;
const TRANSACTIONS: u32 = ORGANIZATION + 4;
const PROFILE: u32 = TRANSACTIONS + 4;

impl Account {
    /// Nothing is known yet.
    pub(super) fn new(cx: Context) -> Account {
        let account = Account(cx.row());
        account.begin();
        account.balance().begin();
        account.organization().begin();
        account.transactions().begin();
        account.profile().begin();
        account
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Account {
        Account(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// What is in it.
    pub fn balance(self) -> Reading<Amount> {
        Reading::at(self.0, BALANCE)
    }

    /// Whose it is.
    pub fn organization(self) -> Reading<Organization> {
        Reading::at(self.0, ORGANIZATION)
    }

    /// Who is signed in.
    pub fn profile(self) -> Reading<Profile> {
        Reading::at(self.0, PROFILE)
    }

    /// What moved on it.
    pub fn transactions(self) -> Reading<Vec<Transaction>> {
        Reading::at(self.0, TRANSACTIONS)
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.balance().forget();
        self.organization().forget();
        self.transactions().forget();
        self.profile().forget();
        self.period().set(Period::default());
        self.is_adding().set(false);
    }

    /// Reads what is in it.
    pub fn read_balance(self) {
        self.balance().read(self.cx(), Client::balance, |_, balance| balance);
    }

    /// Reads whose it is.
    pub fn read_organization(self) {
        self.organization().read(self.cx(), Client::organization, |_, organization| organization);
    }

    /// Reads who is signed in.
    pub fn read_profile(self) {
        self.profile().read(self.cx(), |client, _| client.profile(), |_, profile| profile);
    }

    /// Reads what moved on it.
    pub fn read_transactions(self) {
        let kept = |cx: Context, list| cx.readable(Listing::Transactions, list);
        self.transactions().read(self.cx(), Client::financial_transactions, kept);
    }
}
