//! What a print job costs, whether the balance covers it, and the submission that takes the money.

use crate::clock::now_iso;
use crate::error::{Answer, ApiError, Outcome};
use crate::form::Params;
use crate::money::{CARD_PRICE, money};
use crate::organization::{PROVIDERS, shipping_price};
use crate::print_jobs::{already_submitted, find, show_job};
use crate::server::App;
use crate::store::{Job, ShipTo, World};
use axum::Extension;
use axum::extract::{Path, State};
use serde_json::{Value, json};

type Ids = Path<(String, String)>;

/// What the cards and the shipping of a job cost, in cents.
fn costs(job: &Job) -> (i64, i64) {
    let copies = i64::try_from(job.copies).unwrap_or(i64::MAX / CARD_PRICE / 1_000_000);
    let cards = i64::try_from(job.cards.len()).unwrap_or(0) * copies * CARD_PRICE;
    (cards, job.provider.and_then(shipping_price).unwrap_or(0))
}

/// `GET print_jobs/{id}/check_balance`
pub(crate) async fn check_balance(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    let job = find(&world, &path.1)?;
    if job.submitted {
        return Err(already_submitted());
    }
    let (cards, shipping) = costs(job);
    Ok(Answer(json!(world.ledger.balance() >= cards + shipping)))
}

/// Why a job cannot be printed.
fn refusals(world: &World, job: &Job) -> Vec<String> {
    let (cards, shipping) = costs(job);
    let addressed = match &job.ship_to {
        ShipTo::Nowhere => false,
        ShipTo::Known(id) => world.addresses.contains_key(id),
        ShipTo::OneOff(_) => true,
    };
    let checks = [
        (job.cards.is_empty(), "Print job has no cards"),
        (!addressed, "Print job has no address"),
        (job.provider.is_none(), "Print job has no shipping provider"),
        (world.ledger.balance() < cards + shipping, "Insufficient funds: please add funds to your account"),
    ];
    checks.into_iter().filter(|(refused, _)| *refused).map(|(_, words)| words.to_owned()).collect()
}

/// `POST print_jobs/{id}/print`: charges, and there is no way back.
pub(crate) async fn print(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.form_fields(&[], &[])?;
    let mut world = app.world();
    let mut job = find(&world, &path.1)?.clone();
    if job.submitted && !world.faults.careless_print {
        return Err(already_submitted());
    }
    let texts = refusals(&world, &job);
    if let Some(first) = texts.first() {
        let mut error = ApiError::bad_request(first.clone());
        error.texts = texts;
        return Err(error);
    }
    let (cards, shipping) = costs(&job);
    let items = vec![
        (format!("{} cards x {} copies at {}", job.cards.len(), job.copies, money(CARD_PRICE)), cards),
        (provider_name(&job), shipping),
    ];
    world.ledger.book(-(cards + shipping), "Print Job", format!("Print job {}", job.id), items);
    world.audit.charges.push((job.id, cards + shipping));
    job.submitted = true;
    job.charged = Some((cards, shipping));
    job.touch();
    let now = now_iso();
    for id in &job.cards {
        if let Some(card) = world.cards.get_mut(id) {
            card.last_submitted_at = Some(now.clone());
            card.prints.push(None);
        }
    }
    let shown = show_job(&world, &job);
    world.jobs.insert(job.id, job);
    Ok(Answer(shown))
}

fn provider_name(job: &Job) -> String {
    let provider = PROVIDERS.iter().find(|(id, ..)| Some(*id) == job.provider);
    provider.map_or_else(|| "Shipping".to_owned(), |(_, name, _)| format!("Shipping: {name}"))
}

/// `GET print_jobs/{id}/charge_details`
pub(crate) async fn charge_details(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    let job = find(&world, &path.1)?;
    let Some((cards, shipping)) = job.charged else {
        return Err(ApiError::bad_request("Print job was not submitted yet"));
    };
    let copies = i64::try_from(job.copies).unwrap_or(1);
    let item = |id: &u64| {
        json!({
            "card_id": id,
            "description": "Printed card",
            "quantity": job.copies,
            "unit_price": money(CARD_PRICE),
            "total": money(CARD_PRICE * copies),
        })
    };
    Ok(Answer(json!({
        "items": job.cards.iter().map(item).collect::<Value>(),
        "shipping_cost": money(shipping),
        "job_total_cost": money(cards + shipping),
        "has_balance": world.ledger.balance() >= 0,
    })))
}
