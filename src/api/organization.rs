//! "Organization (funds, settings)": its details, its balance, who ships for it, and its account's movements.

use super::client::{Call, Client};
use super::entries::Entries;
use super::form::Params;
use super::ids::OrganizationId;
use super::model::{Amount, Organization, Payment, ShippingProvider, Transaction};
use super::request::{Operation, READ, Request, SLOW};
use super::wire;
use crate::world::Method::{Get, Post};

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
    pub fn shipping_providers(&self, organization: OrganizationId) -> Call<Entries<ShippingProvider>> {
        self.call(Request::of(&PROVIDERS, organization).at("shipping_providers"), wire::shipping_providers)
    }

    /// Charges a payment card and adds the amount to the organization's account.
    ///
    /// [`super::Error::Refused`] carries the card processor's words. [`super::Error::PaymentThroughProxy`] where
    /// [`Client::takes_payments`] says no. Not to be repeated after [`super::Error::is_outcome_unknown`], or after
    /// [`super::Error::Unauthorized`], before [`Client::financial_transactions`] has shown that nothing came in.
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
        let mut request = Request::of(&ADD_FUNDS, organization).at("add_funds").form(form).charging();
        request.payment = true;
        self.call(request, wire::funds_added)
    }

    /// The account's movements. Whoever tells from them what was charged minds how many are left out.
    pub fn financial_transactions(&self, organization: OrganizationId) -> Call<Entries<Transaction>> {
        self.call(Request::of(&TRANSACTIONS, organization).at("financial_transactions"), wire::transactions)
    }
}
