//! Addresses and contacts, as received.

use crate::api::entries::{Entries, entries};
use crate::api::ids::{AddressId, ContactId};
use crate::api::json::{Flaw, Node};
use crate::api::model::{Address, Contact, ContactDetails};

/// An address.
pub(in crate::api) fn address(node: &Node<'_>) -> Result<Address, Flaw> {
    let contact = node.member("contact");
    let contact_id = node.member("contact_id").json.number().or_else(|| contact.member("id").json.number());
    Ok(Address {
        id: AddressId(node.member("id").number()?),
        organization_name: node.member("organization_name").maybe_text(),
        contact_id: contact_id.map(ContactId),
        contact: contact.object().ok().map(contact_details),
        label: node.member("label").maybe_text(),
        primary: node.member("primary").json.truth().unwrap_or(false),
        address1: node.spelled(&["address1", "address_1"]).text_or_empty(),
        address2: node.spelled(&["address2", "address_2"]).maybe_text(),
        city: node.member("city").text_or_empty(),
        state: node.member("state").text_or_empty(),
        zip_code: node.member("zip_code").text_or_empty(),
        country: node.member("country").text_or_empty(),
    })
}

/// A list of addresses.
pub(in crate::api) fn addresses(node: &Node<'_>) -> Result<Entries<Address>, Flaw> {
    entries(node, address)
}

/// A contact. Those of its addresses that cannot be read are left out: they are shown beside it, not gone by.
pub(in crate::api) fn contact(node: &Node<'_>) -> Result<Contact, Flaw> {
    let addresses = node.json.get("addresses").items().iter();
    Ok(Contact {
        id: ContactId(node.member("id").number()?),
        details: contact_details(node),
        addresses: addresses.filter_map(|json| address(&Node::root(json)).ok()).collect(),
    })
}

/// A list of contacts.
pub(in crate::api) fn contacts(node: &Node<'_>) -> Result<Entries<Contact>, Flaw> {
    entries(node, contact)
}

fn contact_details(node: &Node<'_>) -> ContactDetails {
    ContactDetails {
        full_name: node.member("full_name").text_or_empty(),
        email: node.member("email").text_or_empty(),
        alt_email: node.member("alt_email").maybe_text(),
        phone_number: node.member("phone_number").maybe_text(),
        alt_phone_number: node.member("alt_phone_number").maybe_text(),
    }
}
