//! "Addresses": the saved places that orders are sent to.

use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{AddressId, OrganizationId};
use super::model::{Address, AddressContact, AddressUpdate, NewAddress};
use super::request::{Operation, Page, Paged, READ, Request, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

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
