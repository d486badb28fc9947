//! "Organization (funds, settings)": its details, its balance, who ships for it, and its account's movements.

use std::fmt;

use super::client::{Call, Client};
use super::form::Params;
use super::ids::{OrganizationId, ShippingProviderId};
use super::print_jobs::ChargeItem;
use super::request::{Operation, READ, Request, SLOW};
use super::wire;
use crate::world::Method::{Get, Post};

/// An organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its number.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// How many cards it has.
    pub total_cards: Option<u64>,
    /// How many templates it has.
    pub total_templates: Option<u64>,
}

/// An amount of money as the server writes it: `$5.50`, or `($5.50)` when negative, perhaps with commas between
/// thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(pub String);

/// Who carries an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShippingProvider {
    /// Its number.
    pub id: ShippingProviderId,
    /// Its name.
    pub name: String,
}

/// A payment by card into the organization's account.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    /// How much, as `17.37` or `17,000.37`.
    pub amount: String,
    /// The payment card's number, without spaces or dashes.
    pub number: String,
    /// The month that it expires in, `MM`.
    pub exp_month: String,
    /// The year that it expires in, `YYYY`.
    pub exp_year: String,
    /// The security code on its back.
    pub cvc: String,
    /// Its holder's name.
    pub full_name: String,
    /// The billing address's first line.
    pub billing_address1: String,
    /// Its second line.
    pub billing_address2: Option<String>,
    /// Its country.
    pub billing_country: String,
    /// Its city.
    pub billing_city: String,
    /// Its state's code, as `PA`.
    pub billing_state: String,
    /// Its zip code.
    pub billing_zip_code: String,
}

/// Shows nothing of the payment card and its holder.
impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Payment")
    }
}

/// A movement of the organization's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// Its number, as the server writes it; empty where it has none.
    pub id: String,
    /// What kind of movement it is (`type`).
    pub kind: Option<String>,
    /// Which of that kind.
    pub sub_type: Option<String>,
    /// What it was for.
    pub description: Option<String>,
    /// What came in.
    pub credit: Option<Amount>,
    /// What went out.
    pub debit: Option<Amount>,
    /// What there was afterwards.
    pub balance: Option<Amount>,
    /// When, ISO 8601.
    pub created_at: Option<String>,
    /// The receipt, where it is a text.
    pub receipt: Option<String>,
    /// What it was for, line by line (`transaction_items`).
    pub items: Vec<ChargeItem>,
}

const DETAILS: Operation = Operation::new("organization", Get, READ);
const BALANCE: Operation = Operation::new("organization.balance", Get, READ);
const PROVIDERS: Operation = Operation::new("organization.shipping_providers", Get, READ);
const ADD_FUNDS: Operation = Operation::new("organization.add_funds", Post, SLOW);
const TRANSACTIONS: Operation = Operation::new("organization.financial_transactions", Get, READ);

impl Client {
    /// The organization's details.
    pub fn organization(&self, organization: OrganizationId) -> Call<Organization> {
        self.call(Request::of(&DETAILS, organization), wire::organization)
    }

    /// What is in the organization's account.
    pub fn balance(&self, organization: OrganizationId) -> Call<Amount> {
        self.call(Request::of(&BALANCE, organization).at("balance"), wire::balance)
    }

    /// Who ships for the organization.
    pub fn shipping_providers(&self, organization: OrganizationId) -> Call<Vec<ShippingProvider>> {
        self.call(Request::of(&PROVIDERS, organization).at("shipping_providers"), wire::shipping_providers)
    }

    /// Charges a payment card and adds the amount to the organization's account.
    ///
    /// [`super::Error::Refused`] carries the card processor's words. [`super::Error::PaymentThroughProxy`] where
    /// [`Client::takes_payments`] says no. Not to be repeated after [`super::Error::is_outcome_unknown`] before
    /// [`Client::financial_transactions`] has shown that nothing came in.
    pub fn add_funds(&self, organization: OrganizationId, payment: &Payment) -> Call<()> {
        let mut form = Params::new();
        form.add("amount", &payment.amount);
        form.add_secret("number", &payment.number);
        form.add("exp_month", &payment.exp_month);
        form.add("exp_year", &payment.exp_year);
        form.add_secret("cvc", &payment.cvc);
        form.add("full_name", &payment.full_name);
        form.add("billing_address1", &payment.billing_address1);
        form.add_some("billing_address2", &payment.billing_address2);
        form.add("billing_country", &payment.billing_country);
        form.add("billing_city", &payment.billing_city);
        form.add("billing_state", &payment.billing_state);
        form.add("billing_zip_code", &payment.billing_zip_code);
        let mut request = Request::of(&ADD_FUNDS, organization).at("add_funds").form(form);
        request.payment = true;
        self.call(request, wire::funds_added)
    }

    /// The account's movements.
    pub fn financial_transactions(&self, organization: OrganizationId) -> Call<Vec<Transaction>> {
        self.call(Request::of(&TRANSACTIONS, organization).at("financial_transactions"), wire::transactions)
    }
}
