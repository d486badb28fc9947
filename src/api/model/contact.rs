//! Contacts: as received, to be changed.

use super::address::Address;
use super::contact_details::ContactDetails;
use crate::api::ids::ContactId;

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its number.
    pub id: ContactId,
    /// Who it is, and how to reach them.
    pub details: ContactDetails,
    /// The saved addresses that belong to it.
    pub addresses: Vec<Address>,
}

/// What changes in a contact; `None` leaves a detail, an empty text empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactUpdate {
    /// The name.
    pub full_name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// Another e-mail address.
    pub alt_email: Option<String>,
    /// A telephone number.
    pub phone_number: Option<String>,
    /// Another telephone number.
    pub alt_phone_number: Option<String>,
}
