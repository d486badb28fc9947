//! "Print Jobs (Ordering, Checkout)": the cart. What costs money is in `charges`.

use crate::cards::DATABASE_LIMIT;
use crate::clock::now_iso;
use crate::error::{Answer, ApiError, Outcome};
use crate::form::Params;
use crate::job_form::{self, CARD_IDS};
use crate::router::id;
use crate::server::App;
use crate::store::{Job, ORGANIZATION_ID, ORGANIZATION_NAME, ShipTo, World};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

type Ids = Path<(String, String)>;

/// `POST print_jobs`
pub(crate) async fn create(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.form_fields(&[], &job_form::names())?;
    let mut world = app.world();
    let created_at = now_iso();
    let mut job = Job { copies: 1, updated_at: created_at.clone(), created_at, ..Job::default() };
    // The vendor documents no 404 here.
    job_form::apply(&fields, &world, &mut job).map_err(|error| match error.status {
        StatusCode::NOT_FOUND => error.with_status(StatusCode::BAD_REQUEST),
        _ => error,
    })?;
    job.id = world.next_id("job");
    let shown = show_job(&world, &job);
    world.jobs.insert(job.id, job);
    Ok(Answer(shown))
}

/// `PATCH print_jobs/{id}`: the shipping provider goes unless it is sent again.
pub(crate) async fn update(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    let fields = params.query_fields(&[], &job_form::names())?;
    let shown = change(&app, &path.1, |world, job| job_form::apply(&fields, world, job))?;
    app.world().audit.patches += 1;
    Ok(shown)
}

/// `POST print_jobs/{id}/add_cards`
pub(crate) async fn add_cards(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    let fields = params.form_fields(&[CARD_IDS], &[])?;
    let ids = fields.ids(CARD_IDS)?.unwrap_or_default();
    change(&app, &path.1, |world, job| {
        job.touch();
        job_form::add_cards(&ids, world, job)
    })
}

/// Changes a job that was not submitted yet.
fn change(app: &App, job: &str, how: impl FnOnce(&World, &mut Job) -> Result<(), ApiError>) -> Outcome {
    let mut world = app.world();
    let mut job = find(&world, job)?.clone();
    if job.submitted {
        return Err(already_submitted());
    }
    let provider = job.provider;
    how(&world, &mut job)?;
    if let (Some(provider), None) = (provider, job.provider) {
        world.audit.lost_providers.push((job.id, provider));
    }
    let shown = show_job(&world, &job);
    world.jobs.insert(job.id, job);
    Ok(Answer(shown))
}

pub(crate) fn already_submitted() -> ApiError {
    ApiError::bad_request("Print job was already submitted")
}

pub(crate) fn find<'a>(world: &'a World, job: &str) -> Result<&'a Job, ApiError> {
    world.jobs.get(&id(job, "Print job")?).ok_or_else(|| ApiError::not_found("Print job"))
}

/// `DELETE print_jobs/{id}/remove_cards/{card_id}`: whether the card was in the job.
pub(crate) async fn remove_card(
    State(app): State<App>,
    Extension(params): Extension<Params>,
    Path((_, job, card)): Path<(String, String, String)>,
) -> Outcome {
    params.none()?;
    let mut world = app.world();
    let job = find(&world, &job)?;
    if job.submitted {
        return Err(ApiError::not_found("Print job"));
    }
    let (job, card) = (job.id, id(&card, "Card")?);
    if card > DATABASE_LIMIT {
        return Err(ApiError::out_of_range());
    }
    let removed = world.jobs.get_mut(&job).is_some_and(|job| {
        job.touch();
        job.cards.remove(&card)
    });
    Ok(Answer(json!(removed)))
}

/// `GET print_jobs/{id}`
pub(crate) async fn show(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    Ok(Answer(show_job(&world, find(&world, &path.1)?)))
}

/// `GET print_jobs`, the newest first.
pub(crate) async fn list(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.query_fields(&[], &["page", "page_size", "status"])?;
    let status = fields.number("status")?;
    let world = app.world();
    let status = status.filter(|_| world.dialect.is("status_filter", "honoured"));
    let wanted = |job: &&Job| status.is_none_or(|status| status == u64::from(job.submitted));
    let jobs = fields.page(world.jobs.values().rev().filter(wanted))?;
    Ok(Answer(jobs.into_iter().map(|job| show_job(&world, job)).collect()))
}

/// A job as the API shows it.
pub(crate) fn show_job(world: &World, job: &Job) -> Value {
    let dialect = &world.dialect;
    let (address_id, address) = match &job.ship_to {
        ShipTo::Nowhere => (None, Value::Null),
        ShipTo::Known(id) => {
            let shown = world
                .addresses
                .get(id)
                .map(|address| address.to_json(address.contact_id.and_then(|contact| world.contacts.get(&contact))));
            (Some(*id), shown.unwrap_or(Value::Null))
        }
        ShipTo::OneOff(parts) => (None, parts.0.to_json(Some(&parts.1))),
    };
    let mut shown = json!({
        "id": job.id,
        "status": match (dialect.is("job_status", "number"), job.submitted) {
            (true, submitted) => json!(u8::from(submitted)),
            (false, true) => json!("Submitted"),
            (false, false) => json!("Created"),
        },
        "address_id": address_id,
        "address": address,
        "extract": {"total_cards": job.cards.len()},
        "list_users": [],
        "organization": {"id": ORGANIZATION_ID, "name": ORGANIZATION_NAME},
        "created_at": job.created_at,
        "updated_at": job.updated_at,
    });
    let extras = if dialect.is("job_extras", "extract") { &mut shown["extract"] } else { &mut shown };
    extras["number_of_copies"] = json!(job.copies);
    extras["shipping_provider_id"] = json!(job.provider);
    let list = |member: &str| -> Value { job.cards.iter().map(|id| json!({ member: id })).collect() };
    match dialect.get("job_cards") {
        "cards" => shown["list_users"] = json!([{"id": 600_000 + job.id, "cards": list("id")}]),
        "top_cards" => shown["cards"] = list("id"),
        "card_ids" => shown["card_ids"] = json!(job.cards),
        _ => shown["list_users"] = json!([{"id": 600_000 + job.id, "user_datum": list("card_id")}]),
    }
    shown
}
