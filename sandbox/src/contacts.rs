//! "Contacts": the people that addresses belong to.

use crate::addresses::not_acceptable;
use crate::error::{Answer, ApiError, Outcome};
use crate::form::{Fields, Params};
use crate::router::id;
use crate::server::App;
use crate::store::{Contact, World};
use axum::Extension;
use axum::extract::{Path, State};
use serde_json::{Value, json};

type Ids = Path<(String, String)>;

const REQUIRED: [&str; 2] = ["contact[full_name]", "contact[email]"];
const OPTIONAL: [&str; 3] = ["contact[alt_email]", "contact[phone_number]", "contact[alt_phone_number]"];

/// `GET contacts`
pub(crate) async fn list(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.query_fields(&[], &["page", "page_size"])?;
    let world = app.world();
    let contacts = fields.page(world.contacts.values()).map_err(not_acceptable)?;
    Ok(Answer(contacts.into_iter().map(|contact| show_contact(&world, contact)).collect()))
}

/// `POST contacts`
pub(crate) async fn create(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.form_fields(&REQUIRED, &OPTIONAL).map_err(not_acceptable)?;
    let mut world = app.world();
    let id = world.next_id("contact");
    store(&mut world, &fields, Contact { id, ..Contact::default() })
}

/// `GET contacts/{id}`
pub(crate) async fn show(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    Ok(Answer(show_contact(&world, find(&world, &path.1)?)))
}

/// `PATCH contacts/{id}`
pub(crate) async fn update(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    let names: Vec<_> = REQUIRED.into_iter().chain(OPTIONAL).collect();
    let fields = params.query_fields(&[], &names)?;
    let mut world = app.world();
    let contact = find(&world, &path.1)?.clone();
    if let Some(emptied) = REQUIRED.iter().find(|name| fields.sent(name) == Some("")) {
        return Err(not_acceptable(ApiError::missing(emptied)));
    }
    store(&mut world, &fields, contact)
}

/// `DELETE contacts/{id}`; its addresses stay, without a contact, and can no longer be updated.
pub(crate) async fn delete(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let id = id(&path.1, "Contact")?;
    let mut world = app.world();
    world.contacts.remove(&id).ok_or_else(|| ApiError::not_found("Contact"))?;
    for address in world.addresses.values_mut().filter(|address| address.contact_id == Some(id)) {
        address.contact_id = None;
    }
    Ok(Answer(json!({"result": "Success"})))
}

fn find<'a>(world: &'a World, text: &str) -> Result<&'a Contact, ApiError> {
    let id: u64 = text.parse().map_err(|_| ApiError::not_acceptable("The contact id must be a number"))?;
    world.contacts.get(&id).ok_or_else(|| ApiError::not_found("Contact"))
}

/// Applies what was sent, checks the e-mail address for the one thing that every one has, and keeps the contact.
fn store(world: &mut World, fields: &Fields, mut contact: Contact) -> Outcome {
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
    let shown = show_contact(world, &contact);
    world.contacts.insert(contact.id, contact);
    Ok(Answer(shown))
}

fn show_contact(world: &World, contact: &Contact) -> Value {
    contact.to_json(world.addresses.values())
}
