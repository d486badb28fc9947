//! Saved addresses: as received, to be saved, to be changed.

use super::contact_details::ContactDetails;
use crate::api::ids::{AddressId, ContactId};

/// A saved address; what the server leaves out is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its number.
    pub id: AddressId,
    /// Which organization is there.
    pub organization_name: Option<String>,
    /// Which contact it belongs to. One without a contact cannot be updated (vendor's warning: 501).
    pub contact_id: Option<ContactId>,
    /// That contact's details, where the server says them.
    pub contact: Option<ContactDetails>,
    /// What it is called.
    pub label: Option<String>,
    /// Whether it is the primary one.
    pub primary: bool,
    /// The first line.
    pub address1: String,
    /// The second line.
    pub address2: Option<String>,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The zip code.
    pub zip_code: String,
    /// The country's code.
    pub country: String,
}

/// The contact of an address: one that exists, or one that is created with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AddressContact {
    /// An existing contact.
    Existing(ContactId),
    /// A new contact.
    New(ContactDetails),
}

/// An address to be saved. The vendor requires a contact for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAddress {
    /// Its contact.
    pub contact: AddressContact,
    /// Which organization is there.
    pub organization_name: Option<String>,
    /// What it is called.
    pub label: Option<String>,
    /// Whether it is to be the primary one.
    pub primary: bool,
    /// The first line.
    pub address1: String,
    /// The second line.
    pub address2: Option<String>,
    /// The city.
    pub city: String,
    /// The state.
    pub state: String,
    /// The zip code.
    pub zip_code: String,
    /// The country's code.
    pub country: String,
}

/// What changes in an address; `None` leaves a part, an empty text empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressUpdate {
    /// Its contact.
    pub contact: Option<AddressContact>,
    /// Which organization is there.
    pub organization_name: Option<String>,
    /// What it is called.
    pub label: Option<String>,
    /// Whether it is to be the primary one.
    pub primary: Option<bool>,
    /// The first line.
    pub address1: Option<String>,
    /// The second line.
    pub address2: Option<String>,
    /// The city.
    pub city: Option<String>,
    /// The state.
    pub state: Option<String>,
    /// The zip code.
    pub zip_code: Option<String>,
    /// The country's code.
    pub country: Option<String>,
}
