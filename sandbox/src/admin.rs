//! The paths below `/__sandbox/`: looking into the state and changing how the API behaves, while it runs.

use crate::clock::iso;
use crate::dialect::Dialect;
use crate::json::Json;
use crate::money::money;
use crate::response::{Response, json_response};
use crate::site::Site;
use crate::state::{Shared, State};
use crate::store::{Card, Content, Field, Look, ORGANIZATION_ID, Template};
use crate::world::World;
use hyper::StatusCode;
use serde_json::{Map, Value, json};
use std::sync::Arc;

pub(crate) fn respond(app: &Shared, method: &str, command: &str, origin: &str, body: &[u8]) -> Response {
    let json = serde_json::from_slice(body).unwrap_or(Value::Null);
    let result = match (method, command) {
        ("GET", "health") => Ok(done()),
        ("GET", "state") => Ok(state(&app.state())),
        ("PUT", "faults") => faults(app, &json),
        ("PUT", "templates") => templates(&mut app.state().world, &json),
        ("PUT", "balance") => balance(&mut app.state().world, &json),
        ("POST", "reset") => {
            app.reset();
            Ok(done())
        }
        // What a site's own backend does for its visitors: it signs in, and hands the token on.
        ("POST", "token") => Ok(json!({"token": app.state().world.new_token()})),
        // The same with a gateway: it says who the visitor is, and the gateway gives them a session.
        ("POST", "statement") => match app.site() {
            Some(site) => site.statement(&json, origin),
            None => Err("there is no gateway yet".to_owned()),
        },
        ("PUT", "site") => Site::read(&json).map(|site| {
            app.set_site(site);
            done()
        }),
        ("POST", "expire_tokens") => {
            app.state().world.tokens.clear();
            Ok(done())
        }
        ("POST", "print_all") => {
            app.state().world.print_all();
            Ok(done())
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

fn done() -> Value {
    json!({"ok": true})
}

/// Changes faults and dialect together, or neither.
fn faults(app: &Shared, change: &Value) -> Result<Value, String> {
    let mut state = app.state();
    let mut settings = if change["replace"] == true { app.options.settings() } else { state.settings() };
    settings.merge(change)?;
    let shown = json!({"faults": settings.to_json(), "dialect": settings.dialect.to_json()});
    state.set(settings);
    Ok(shown)
}

fn templates(world: &mut World, list: &Value) -> Result<Value, String> {
    let list = list.as_array().ok_or("the body must be a JSON array of templates")?;
    let read = |(at, template)| Arc::new(read_template(world, template, at));
    let templates: Vec<_> = list.iter().enumerate().map(read).collect();
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

fn balance(world: &mut World, json: &Value) -> Result<Value, String> {
    let cents = json["cents"].as_i64().ok_or("the body must be {\"cents\": N}")?;
    world.set_balance(cents);
    Ok(json!({"balance": money(cents)}))
}

/// What the API writes, as a value, in no dialect.
fn plain(write: impl FnOnce(&mut Json)) -> Value {
    let mut out = Json::new(Dialect::default());
    out.object(write);
    serde_json::from_str(&out.finish()).unwrap_or_default()
}

fn state(state: &State) -> Value {
    let world = &state.world;
    let settings = state.settings();
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
            "description": entry.description, "receipt": entry.receipt, "job": entry.job})
    });
    json!({
        "organization_id": ORGANIZATION_ID,
        "balance_cents": world.ledger.balance(),
        "balance": money(world.ledger.balance()),
        "tokens": world.tokens.len(),
        "templates": world.templates.iter().map(|template| json!({"id": template.id, "name": template.name})).collect::<Value>(),
        "cards": world.cards.values().map(|card| show_card(card)).collect::<Value>(),
        "print_jobs": jobs.collect::<Value>(),
        "addresses": world.addresses.values().map(|address| plain(|out| address.members(out))).collect::<Value>(),
        "contacts": world.contacts.values().map(|contact| plain(|out| contact.members(out))).collect::<Value>(),
        "ledger": ledger.collect::<Value>(),
        "audit": audit(state),
        "faults": settings.to_json(),
        "dialect": settings.dialect.to_json(),
        "requests": state.journal.to_json(),
    })
}

/// What a client may never do, and what the network did to it.
fn audit(state: &State) -> Value {
    let audit = &state.world.audit;
    let lost = audit.lost_providers.iter().map(|(job, provider)| json!({"job": job, "shipping_provider_id": provider}));
    let charges = audit.charges.iter().map(|(job, cents)| json!({"job": job, "cents": cents}));
    let mut shown = state.traffic.to_json();
    shown["patches"] = json!(audit.patches);
    shown["lost_providers"] = lost.collect();
    shown["charges"] = charges.collect();
    shown
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
        "prints": card.prints.iter().map(|at| at.map(iso)).collect::<Vec<_>>(),
    })
}
