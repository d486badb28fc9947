//! An organization, its account's movements, what is paid into it, and who ships for it.

use std::fmt;

use super::money::{Amount, ChargeItem};
use crate::api::ids::{OrganizationId, ShippingProviderId};

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
