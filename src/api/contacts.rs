//! "Contacts": the people that orders are sent to.

use super::client::{Call, Client};
use super::error::Error;
use super::form::Params;
use super::ids::{ContactId, OrganizationId};
use super::model::{Contact, ContactDetails, ContactUpdate};
use super::request::{Operation, Page, Paged, READ, Request, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Patch, Post};

const LIST: Operation = Operation::new("contacts.list", Get, READ);
const CREATE: Operation = Operation::new("contacts.create", Post, WRITE);
const FETCH: Operation = Operation::new("contacts.fetch", Get, READ);
const UPDATE: Operation = Operation::new("contacts.update", Patch, WRITE);
const DELETE: Operation = Operation::new("contacts.delete", Delete, WRITE);

impl Client {
    /// The organization's contacts.
    pub fn contacts(
        &self,
        organization: OrganizationId,
        page: Option<Page>,
    ) -> impl Future<Output = Result<Paged<Contact>, Error>> + use<> {
        let call = self.call(Request::of(&LIST, organization).at("contacts").page(page), wire::contacts);
        async move { Ok(Paged::new(call.await?, page)) }
    }

    /// Creates a contact. [`Error::NotAcceptable`] when the server finds it invalid.
    pub fn create_contact(&self, organization: OrganizationId, details: &ContactDetails) -> Call<Contact> {
        let mut form = Params::new();
        form.add("contact[full_name]", &details.full_name);
        form.add("contact[email]", &details.email);
        form.add_some("contact[alt_email]", &details.alt_email);
        form.add_some("contact[phone_number]", &details.phone_number);
        form.add_some("contact[alt_phone_number]", &details.alt_phone_number);
        self.call(Request::of(&CREATE, organization).at("contacts").form(form), wire::contact)
    }

    /// One contact.
    pub fn contact(&self, organization: OrganizationId, contact: ContactId) -> Call<Contact> {
        self.call(of_contact(&FETCH, organization, contact), wire::contact)
    }

    /// Changes a contact.
    pub fn update_contact(
        &self,
        organization: OrganizationId,
        contact: ContactId,
        update: &ContactUpdate,
    ) -> Call<Contact> {
        let mut query = Params::new();
        query.add_some("contact[full_name]", &update.full_name);
        query.add_some("contact[email]", &update.email);
        query.add_some("contact[alt_email]", &update.alt_email);
        query.add_some("contact[phone_number]", &update.phone_number);
        query.add_some("contact[alt_phone_number]", &update.alt_phone_number);
        self.call(of_contact(&UPDATE, organization, contact).query(query), wire::contact)
    }

    /// Deletes a contact.
    pub fn delete_contact(&self, organization: OrganizationId, contact: ContactId) -> Call<()> {
        self.call(of_contact(&DELETE, organization, contact), wire::done)
    }
}

fn of_contact(operation: &'static Operation, organization: OrganizationId, contact: ContactId) -> Request {
    Request::of(operation, organization).at("contacts").id(contact.0)
}
