//! "Addresses": the saved places that orders are sent to.

use super::client::{Call, Client};
use super::contacts::ContactDetails;
use super::error::Error;
use super::form::Params;
use super::ids::{AddressId, ContactId, OrganizationId};
use super::request::{Operation, Page, Paged, READ, Request, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

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

const LIST: Operation = Operation::new("addresses.list", Get, READ);
const CREATE: Operation = Operation::new("addresses.create", Post, WRITE);
const FETCH: Operation = Operation::new("addresses.fetch", Get, READ);
const UPDATE: Operation = Operation::new("addresses.update", Patch, WRITE);
const DELETE: Operation = Operation::new("addresses.delete", Delete, WRITE);

impl Client {
    /// The organization's saved addresses.
    pub fn addresses(
        &self,
        organization: OrganizationId,
        page: Option<Page>,
    ) -> impl Future<Output = Result<Paged<Address>, Error>> + use<> {
        let call = self.call(Request::of(&LIST, organization).at("addresses").page(page), wire::addresses);
        async move { Ok(Paged::new(call.await?, page)) }
    }

    /// Saves an address. [`Error::NotAcceptable`] when the server finds it invalid.
    pub fn create_address(&self, organization: OrganizationId, address: &NewAddress) -> Call<Address> {
        let mut form = Params::new();
        form.add_some("address[organization_name]", &address.organization_name);
        add_contact(&mut form, &address.contact);
        form.add_some("address[label]", &address.label);
        if address.primary {
            form.add("address[primary]", "true");
        }
        form.add("address[address1]", &address.address1);
        form.add_some("address[address2]", &address.address2);
        form.add("address[city]", &address.city);
        form.add("address[state]", &address.state);
        form.add("address[zip_code]", &address.zip_code);
        form.add("address[country]", &address.country);
        self.call(Request::of(&CREATE, organization).at("addresses").form(form), wire::address)
    }

    /// One saved address.
    pub fn address(&self, organization: OrganizationId, address: AddressId) -> Call<Address> {
        self.call(of_address(&FETCH, organization, address), wire::address)
    }

    /// Changes a saved address. [`Error::Server`] with status 501 when it has no contact.
    pub fn update_address(
        &self,
        organization: OrganizationId,
        address: AddressId,
        update: &AddressUpdate,
    ) -> Call<Address> {
        let mut query = Params::new();
        query.add_some("address[organization_name]", &update.organization_name);
        if let Some(contact) = &update.contact {
            add_contact(&mut query, contact);
        }
        query.add_some("address[label]", &update.label);
        if let Some(primary) = update.primary {
            query.add("address[primary]", if primary { "true" } else { "false" });
        }
        query.add_some("address[address1]", &update.address1);
        query.add_some("address[address2]", &update.address2);
        query.add_some("address[city]", &update.city);
        query.add_some("address[state]", &update.state);
        query.add_some("address[zip_code]", &update.zip_code);
        query.add_some("address[country]", &update.country);
        self.call(of_address(&UPDATE, organization, address).query(query), wire::address)
    }

    /// Deletes a saved address.
    pub fn delete_address(&self, organization: OrganizationId, address: AddressId) -> Call<()> {
        self.call(of_address(&DELETE, organization, address), wire::done)
    }
}

fn of_address(operation: &'static Operation, organization: OrganizationId, address: AddressId) -> Request {
    Request::of(operation, organization).at("addresses").id(address.0)
}

fn add_contact(params: &mut Params, contact: &AddressContact) {
    match contact {
        AddressContact::Existing(id) => params.add_number("address[contact_id]", id.0),
        AddressContact::New(details) => {
            params.add("address[contact][full_name]", &details.full_name);
            params.add("address[contact][email]", &details.email);
            params.add_some("address[contact][alt_email]", &details.alt_email);
            params.add_some("address[contact][phone_number]", &details.phone_number);
            params.add_some("address[contact][alt_phone_number]", &details.alt_phone_number);
        }
    }
}
