//! "Addresses": shipping addresses, each with the person who receives there. What is wrong with a request is 406 here.

use crate::error::{Answer, ApiError, Outcome};
use crate::form::{Fields, Params};
use crate::router::id;
use crate::server::App;
use crate::store::{Address, Contact, World};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

type Ids = Path<(String, String)>;

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
        _ if error.status == StatusCode::BAD_REQUEST => error.with_status(StatusCode::NOT_ACCEPTABLE),
        _ => error,
    }
}

/// `GET addresses`
pub(crate) async fn list(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.query_fields(&[], &["page", "page_size"])?;
    let world = app.world();
    let addresses = fields.page(world.addresses.values())?;
    Ok(Answer(addresses.into_iter().map(|address| show_address(&world, address)).collect()))
}

/// `POST addresses`
pub(crate) async fn create(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.form_fields(&REQUIRED, &OPTIONAL).map_err(not_acceptable)?;
    let mut world = app.world();
    let contact_id = contact(&fields, &mut world)?;
    if contact_id.is_none() {
        return Err(ApiError::not_acceptable("Either a contact id or a contact's full name and email are required"));
    }
    let id = world.next_id("address");
    let mut address = Address { id, contact_id, ..Address::default() };
    apply(&fields, &mut address);
    Ok(Answer(store(&mut world, address)))
}

/// `GET addresses/{id}`
pub(crate) async fn show(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    Ok(Answer(show_address(&world, find(&world, &path.1)?)))
}

/// `PATCH addresses/{id}`
pub(crate) async fn update(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    let names: Vec<_> = REQUIRED.into_iter().chain(OPTIONAL).collect();
    let fields = params.query_fields(&[], &names)?;
    let mut world = app.world();
    let mut address = find(&world, &path.1)?.clone();
    if address.contact_id.is_none() {
        return Err(ApiError::new(StatusCode::NOT_IMPLEMENTED, "The address has no contact"));
    }
    if let Some(emptied) = REQUIRED.iter().find(|name| fields.sent(name) == Some("")) {
        return Err(not_acceptable(ApiError::missing(emptied)));
    }
    if let Some(contact_id) = contact(&fields, &mut world)? {
        address.contact_id = Some(contact_id);
    }
    apply(&fields, &mut address);
    Ok(Answer(store(&mut world, address)))
}

/// `DELETE addresses/{id}`
pub(crate) async fn delete(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let id = id(&path.1, "Address")?;
    app.world().addresses.remove(&id).ok_or_else(|| ApiError::not_found("Address"))?;
    Ok(Answer(json!({"result": "Success"})))
}

/// An id that is not a number is not acceptable; one that does not exist is not found.
fn find<'a>(world: &'a World, text: &str) -> Result<&'a Address, ApiError> {
    let id: u64 = text.parse().map_err(|_| ApiError::not_acceptable("The address id must be a number"))?;
    world.addresses.get(&id).ok_or_else(|| ApiError::not_found("Address"))
}

/// The contact that the parameters name or describe; a described one is created.
fn contact(fields: &Fields, world: &mut World) -> Result<Option<u64>, ApiError> {
    if let Some(id) = fields.number("address[contact_id]").map_err(not_acceptable)? {
        let known = world.contacts.contains_key(&id);
        return if known { Ok(Some(id)) } else { Err(ApiError::not_acceptable("Contact not found")) };
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
            let id = world.next_id("contact");
            world.contacts.insert(id, Contact { id, ..described });
            Ok(Some(id))
        }
        (true, false) => Err(not_acceptable(ApiError::missing("address[contact][full_name]"))),
        (false, true) => Err(not_acceptable(ApiError::missing("address[contact][email]"))),
    }
}

fn apply(fields: &Fields, address: &mut Address) {
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
fn store(world: &mut World, address: Address) -> Value {
    if address.primary {
        world.addresses.values_mut().for_each(|other| other.primary = false);
    }
    let shown = show_address(world, &address);
    world.addresses.insert(address.id, address);
    shown
}

fn show_address(world: &World, address: &Address) -> Value {
    address.to_json(address.contact_id.and_then(|contact| world.contacts.get(&contact)))
}
