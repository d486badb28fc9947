//! "Contacts": the people that addresses belong to.

use crate::addresses::not_acceptable;
use crate::error::{ApiError, Outcome};
use crate::form::{Call, Fields};
use crate::json::Json;
use crate::listing::{Order, in_order};
use crate::store::Contact;
use crate::world::{Kind, World};

const REQUIRED: [&str; 2] = ["contact[full_name]", "contact[email]"];
const OPTIONAL: [&str; 3] = ["contact[alt_email]", "contact[phone_number]", "contact[alt_phone_number]"];

/// `GET contacts`
pub(crate) fn list(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&[], &["page", "page_size"])?;
    let contacts = in_order(&world.contacts, world.dialect, Order::OldestFirst).into_iter();
    out.list(fields.page(contacts).map_err(not_acceptable)?, |out, contact| write(world, contact, out));
    Ok(())
}

/// `POST contacts`
pub(crate) fn create(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&REQUIRED, &OPTIONAL).map_err(not_acceptable)?;
    let id = world.next_id(Kind::Contact);
    store(world, &fields, Contact { id, ..Contact::default() }, out)
}

/// `GET contacts/{id}`
pub(crate) fn show(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    write(world, find(world, call)?, out);
    Ok(())
}

/// `PATCH contacts/{id}`
pub(crate) fn update(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let names: Vec<_> = REQUIRED.into_iter().chain(OPTIONAL).collect();
    let fields = call.params.query_fields(&[], &names)?;
    let contact = find(world, call)?.clone();
    if let Some(emptied) = REQUIRED.iter().find(|name| fields.sent(name) == Some("")) {
        return Err(not_acceptable(ApiError::missing(emptied)));
    }
    store(world, &fields, contact, out)
}

/// `DELETE contacts/{id}`; its addresses stay, without a contact, and can no longer be updated.
pub(crate) fn delete(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let id = call.id("Contact")?;
    world.contacts.remove(&id).ok_or_else(|| ApiError::not_found("Contact"))?;
    for address in world.addresses.values_mut().filter(|address| address.contact_id == Some(id)) {
        address.contact_id = None;
    }
    out.object(|out| out.member("result").text("Success"));
    Ok(())
}

fn find<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a Contact, ApiError> {
    let id: u64 = call.ids[0].parse().map_err(|_| ApiError::not_acceptable("The contact id must be a number"))?;
    world.contacts.get(&id).ok_or_else(|| ApiError::not_found("Contact"))
}

/// Applies what was sent, checks the e-mail address for the one thing that every one has, and keeps the contact.
fn store(world: &mut World, fields: &Fields<'_>, mut contact: Contact, out: &mut Json) -> Outcome {
    let targets = [
        ("full_name", &mut contact.full_name),
        ("email", &mut contact.email),
        ("alt_email", &mut contact.alt_email),
        ("phone_number", &mut contact.phone_number),
        ("alt_phone_number", &mut contact.alt_phone_number),
    ];
    for (name, target) in targets {
        if let Some(value) = fields.sent(&format!("contact[{name}]")) {
            value.trim().clone_into(target);
        }
    }
    if !contact.email.contains('@') {
        return Err(ApiError::not_acceptable("Email is invalid"));
    }
    write(world, &contact, out);
    world.contacts.insert(contact.id, contact);
    Ok(())
}

fn write(world: &World, contact: &Contact, out: &mut Json) {
    contact.write(world.addresses.values(), out);
}
