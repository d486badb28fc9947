//! The paths below `/__sandbox/`: looking into the state and changing how the API behaves, while it runs.

use crate::clock::now_iso;
use crate::money::money;
use crate::seed;
use crate::server::{App, json_response};
use crate::store::{Card, Content, Field, Look, ORGANIZATION_ID, Template, World};
use axum::http::{Method, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value, json};

pub(crate) fn respond(app: &App, method: &Method, command: &str, body: &[u8]) -> Response {
    let json = serde_json::from_slice(body).unwrap_or(Value::Null);
    let result = match (method.as_str(), command) {
        ("GET", "health") => Ok(json!({"ok": true})),
        ("GET", "state") => Ok(state(&app.world())),
        ("PUT", "faults") => faults(app, &json),
        ("PUT", "templates") => templates(&mut app.world(), &json),
        ("PUT", "balance") => balance(&mut app.world(), &json),
        ("POST", "reset") => {
            *app.world() = seed::world(&app.options);
            Ok(json!({"ok": true}))
        }
        ("POST", "expire_tokens") => {
            app.world().tokens.clear();
            Ok(json!({"ok": true}))
        }
        ("POST", "print_all") => {
            print_all(&mut app.world());
            Ok(json!({"ok": true}))
        }
        _ => {
            return json_response(StatusCode::NOT_FOUND, &json!({"error": format!("no {method} {command} here")}));
        }
    };
    match result {
        Ok(value) => json_response(StatusCode::OK, &value),
        Err(words) => json_response(StatusCode::BAD_REQUEST, &json!({ "error": words })),
    }
}

/// Changes faults and dialect together, or neither.
fn faults(app: &App, change: &Value) -> Result<Value, String> {
    let mut world = app.world();
    let (mut faults, mut dialect) = match change["replace"] == true {
        true => (app.options.faults(), app.options.dialect()),
        false => (world.faults.clone(), world.dialect.clone()),
    };
    faults.merge(change)?;
    if let Some(points) = change["dialect"].as_object() {
        for (key, value) in points {
            dialect.set(key, value.as_str().unwrap_or_default())?;
        }
    }
    world.faults = faults;
    world.dialect = dialect;
    Ok(json!({"faults": world.faults.to_json(), "dialect": world.dialect.to_json()}))
}

fn templates(world: &mut World, list: &Value) -> Result<Value, String> {
    let list = list.as_array().ok_or("the body must be a JSON array of templates")?;
    let templates: Vec<_> = list.iter().enumerate().map(|(at, template)| read_template(world, template, at)).collect();
    world.templates = templates;
    Ok(json!({"templates": world.templates.len()}))
}

/// Reads a template generously: whatever is not said has a default, since tests say only what they are about. One that
/// keeps the id of a template that is there keeps its look too.
fn read_template(world: &World, json: &Value, at: usize) -> Template {
    let id = json["id"].as_u64().unwrap_or(9001 + at as u64);
    let known = world.template(id);
    let fields = json["fields"].as_array().map_or(&[][..], Vec::as_slice);
    let field = |(at, field): (usize, &Value)| {
        let kind = text(&field["type"]).unwrap_or("text").to_owned();
        let token = text(&field["token"]).map_or_else(|| format!("FIELD_{}", at + 1), str::to_owned);
        let size = |name: &str, default: u64| {
            u32::try_from(field["dimensions"][name].as_u64().unwrap_or(default)).unwrap_or_default()
        };
        Field {
            label: text(&field["label"]).unwrap_or(&token).to_owned(),
            legacy_token: text(&field["legacy_token"]).unwrap_or(&format!("DATA_{}", at + 1)).to_owned(),
            dimensions: if kind == "image" {
                (size("width", 282), size("height", 376))
            } else {
                (size("width", 500), size("height", 60))
            },
            token,
            kind,
        }
    };
    Template {
        id,
        name: text(&json["name"]).unwrap_or("Template").to_owned(),
        portrait: json["orientation"] == "portrait",
        two_sided: json["two_sided"] == true,
        look: known.map_or(Look::Plain, |known| known.look),
        fields: fields.iter().enumerate().map(field).collect(),
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

/// Brings the balance to an amount by a correction, so that the ledger still adds up.
fn balance(world: &mut World, json: &Value) -> Result<Value, String> {
    let cents = json["cents"].as_i64().ok_or("the body must be {\"cents\": N}")?;
    let change = cents - world.ledger.balance();
    world.ledger.book(change, "Adjustment", "Balance set by the sandbox".to_owned(), Vec::new());
    Ok(json!({"balance": money(cents)}))
}

/// What happens at the vendor's after 4 PM.
fn print_all(world: &mut World) {
    let now = now_iso();
    for card in world.cards.values_mut().filter(|card| card.prints.contains(&None)) {
        card.prints.iter_mut().for_each(|print| *print = Some(print.take().unwrap_or_else(|| now.clone())));
        card.last_printed_at = Some(now.clone());
    }
}

fn state(world: &World) -> Value {
    let addresses = world.addresses.values();
    let jobs = world.jobs.values().map(|job| {
        json!({
            "id": job.id,
            "submitted": job.submitted,
            "shipping_provider_id": job.provider,
            "number_of_copies": job.copies,
            "card_ids": job.cards,
            "ship_to": format!("{:?}", job.ship_to),
            "charged_cents": job.charged.map(|(cards, shipping)| cards + shipping),
        })
    });
    let ledger = world.ledger.entries().iter().map(|entry| {
        json!({"id": entry.id, "cents": entry.cents, "balance_cents": entry.balance, "sub_type": entry.sub_type,
            "description": entry.description})
    });
    json!({
        "organization_id": ORGANIZATION_ID,
        "balance_cents": world.ledger.balance(),
        "balance": money(world.ledger.balance()),
        "tokens": world.tokens.len(),
        "templates": world.templates.iter().map(|template| json!({"id": template.id, "name": template.name})).collect::<Value>(),
        "cards": world.cards.values().map(show_card).collect::<Value>(),
        "print_jobs": jobs.collect::<Value>(),
        "addresses": addresses.map(|address| address.to_json_alone()).collect::<Value>(),
        "contacts": world.contacts.values().map(|contact| contact.to_json_alone()).collect::<Value>(),
        "ledger": ledger.collect::<Value>(),
        "audit": world.audit.to_json(),
        "faults": world.faults.to_json(),
        "dialect": world.dialect.to_json(),
        "requests": world.journal.to_json(),
    })
}

fn show_card(card: &Card) -> Value {
    let content = |content: &Content| match content {
        Content::Text(text) => json!(text),
        Content::Image(picture) => picture.summary(),
    };
    let data: Map<_, _> = card.data.iter().map(|(token, value)| (token.clone(), content(value))).collect();
    json!({
        "id": card.id,
        "card_template_id": card.template_id,
        "finalized": card.finalized,
        "data": data,
        "prints": card.prints,
    })
}
