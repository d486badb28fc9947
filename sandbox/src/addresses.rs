//! "Addresses": shipping addresses, each with the person who receives there. What is wrong with a request is 406 here,
//! or 400 with a list where the dialect has it so.

use crate::dialect::Dialect;
use crate::error::{ApiError, Outcome, Spelling};
use crate::form::{Call, Fields};
use crate::json::Json;
use crate::listing::{Order, in_order};
use crate::store::{Address, Contact};
use crate::world::{Kind, World};

const REQUIRED: [&str; 5] =
    ["address[address1]", "address[city]", "address[state]", "address[zip_code]", "address[country]"];
const OPTIONAL: [&str; 10] = [
    "address[organization_name]",
    "address[label]",
    "address[primary]",
    "address[address2]",
    "address[contact_id]",
    "address[contact][full_name]",
    "address[contact][email]",
    "address[contact][alt_email]",
    "address[contact][phone_number]",
    "address[contact][alt_phone_number]",
];

/// Words a missing or unusable value as 406; a parameter that does not exist stays a 400.
pub(crate) fn not_acceptable(error: ApiError) -> ApiError {
    match error.texts.first() {
        Some(text) if text.starts_with("Unknown parameter") => error,
        _ if error.status == 400 => error.with_status(406),
        _ => error,
    }
}

/// An older version of the server refused addresses with 400 and a list.
fn in_dialect(dialect: Dialect, outcome: Outcome) -> Outcome {
    outcome.map_err(|error| match error.status {
        406 if dialect.is("address_refusals", "400_list") => error.with_status(400).spelled(Spelling::List),
        _ => error,
    })
}

/// `GET addresses`
pub(crate) fn list(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&[], &["page", "page_size"])?;
    let addresses = fields.page(in_order(&world.addresses, world.dialect, Order::OldestFirst).into_iter())?;
    out.list(addresses, |out, address| write(world, address, out));
    Ok(())
}

/// `POST addresses`
pub(crate) fn create(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let created = try_create(world, call, out);
    in_dialect(world.dialect, created)
}

fn try_create(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&REQUIRED, &OPTIONAL).map_err(not_acceptable)?;
    let contact_id = contact(&fields, world)?;
    if contact_id.is_none() {
        return Err(ApiError::not_acceptable("Either a contact id or a contact's full name and email are required"));
    }
    let id = world.next_id(Kind::Address);
    let mut address = Address { id, contact_id, ..Address::default() };
    apply(&fields, &mut address);
    store(world, address, out);
    Ok(())
}

/// `GET addresses/{id}`
pub(crate) fn show(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let shown = find(world, call).map(|address| write(world, address, out));
    in_dialect(world.dialect, shown)
}

/// `PATCH addresses/{id}`
pub(crate) fn update(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let updated = try_update(world, call, out);
    in_dialect(world.dialect, updated)
}

fn try_update(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let names: Vec<_> = REQUIRED.into_iter().chain(OPTIONAL).collect();
    let fields = call.params.query_fields(&[], &names)?;
    let mut address = find(world, call)?.clone();
    if address.contact_id.is_none() {
        return Err(ApiError::new(501, "The address has no contact"));
    }
    if let Some(emptied) = REQUIRED.iter().find(|name| fields.sent(name) == Some("")) {
        return Err(not_acceptable(ApiError::missing(emptied)));
    }
    if let Some(contact_id) = contact(&fields, world)? {
        address.contact_id = Some(contact_id);
    }
    apply(&fields, &mut address);
    store(world, address, out);
    Ok(())
}

/// `DELETE addresses/{id}`
pub(crate) fn delete(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    world.addresses.remove(&call.id("Address")?).ok_or_else(|| ApiError::not_found("Address"))?;
    out.object(|out| out.member("result").text("Success"));
    Ok(())
}

/// An id that is not a number is not acceptable; one that does not exist is not found.
fn find<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a Address, ApiError> {
    let id: u64 = call.ids[0].parse().map_err(|_| ApiError::not_acceptable("The address id must be a number"))?;
    world.addresses.get(&id).ok_or_else(|| ApiError::not_found("Address"))
}

/// The contact that the parameters name or describe; a described one is created.
fn contact(fields: &Fields<'_>, world: &mut World) -> Result<Option<u64>, ApiError> {
    if let Some(id) = fields.number("address[contact_id]").map_err(not_acceptable)? {
        let known = world.contacts.contains_key(&id);
        let old = world.dialect.is("address_refusals", "400_list");
        let words = if old { "Unknown contact id" } else { "Contact not found" };
        return if known { Ok(Some(id)) } else { Err(ApiError::not_acceptable(words)) };
    }
    let text = |name: &str| fields.text(&format!("address[contact][{name}]")).to_owned();
    let described = Contact {
        id: 0,
        full_name: text("full_name"),
        email: text("email"),
        alt_email: text("alt_email"),
        phone_number: text("phone_number"),
        alt_phone_number: text("alt_phone_number"),
    };
    match (described.full_name.is_empty(), described.email.is_empty()) {
        (true, true) => Ok(None),
        (false, false) => {
            let id = world.next_id(Kind::Contact);
            world.contacts.insert(id, Contact { id, ..described });
            Ok(Some(id))
        }
        (true, false) => Err(not_acceptable(ApiError::missing("address[contact][full_name]"))),
        (false, true) => Err(not_acceptable(ApiError::missing("address[contact][email]"))),
    }
}

fn apply(fields: &Fields<'_>, address: &mut Address) {
    let targets = [
        ("organization_name", &mut address.organization_name),
        ("label", &mut address.label),
        ("address1", &mut address.address1),
        ("address2", &mut address.address2),
        ("city", &mut address.city),
        ("state", &mut address.state),
        ("zip_code", &mut address.zip_code),
        ("country", &mut address.country),
    ];
    for (name, target) in targets {
        if let Some(value) = fields.sent(&format!("address[{name}]")) {
            value.trim().clone_into(target);
        }
    }
    if let Some(primary) = fields.sent("address[primary]") {
        address.primary = primary == "true";
    }
}

/// Keeps an address; there is one primary one at most.
fn store(world: &mut World, address: Address, out: &mut Json) {
    if address.primary {
        world.addresses.values_mut().for_each(|other| other.primary = false);
    }
    write(world, &address, out);
    world.addresses.insert(address.id, address);
}

/// An address as the API shows it.
pub(crate) fn write(world: &World, address: &Address, out: &mut Json) {
    address.write(address.contact_id.and_then(|contact| world.contacts.get(&contact)), out);
}
