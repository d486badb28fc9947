//! "Print Jobs (Ordering, Checkout)": the cart. What costs money is in `charges`.

use crate::addresses;
use crate::cards::DATABASE_LIMIT;
use crate::clock::iso;
use crate::error::{ApiError, Outcome, Spelling};
use crate::form::Call;
use crate::job_form::{self, CARD_IDS};
use crate::json::Json;
use crate::listing::{Order, in_order};
use crate::store::{Job, ORGANIZATION_ID, ORGANIZATION_NAME, ShipTo};
use crate::world::{Kind, World};

/// `POST print_jobs`
pub(crate) fn create(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&[], &job_form::NAMES)?;
    if world.dialect.is("create_job", "requires") {
        job_form::requirements(&fields)?;
    }
    let now = world.now_ms();
    let mut job = Job { copies: 1, created_at: now, updated_at: now, ..Job::default() };
    // The vendor documents no 404 here.
    job_form::apply(&fields, world, &mut job).map_err(|error| match error.status {
        404 => error.with_status(400),
        _ => error,
    })?;
    job.id = world.next_id(Kind::Job);
    write(world, &job, out);
    world.jobs.insert(job.id, job);
    Ok(())
}

/// `PATCH print_jobs/{id}`: the shipping provider goes unless it is sent again.
pub(crate) fn update(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&[], &job_form::NAMES)?;
    change(world, call, out, |world, job| job_form::apply(&fields, world, job))?;
    world.audit.patches += 1;
    Ok(())
}

/// `POST print_jobs/{id}/add_cards`
pub(crate) fn add_cards(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&[CARD_IDS], &[])?;
    let ids = fields.ids(CARD_IDS)?.unwrap_or_default();
    change(world, call, out, |world, job| {
        job.updated_at = world.now_ms();
        job_form::add_cards(&ids, world, job)
    })
}

/// Changes a job that was not submitted yet.
fn change(
    world: &mut World,
    call: &Call<'_>,
    out: &mut Json,
    how: impl FnOnce(&World, &mut Job) -> Result<(), ApiError>,
) -> Outcome {
    let mut job = find(world, call)?.clone();
    if job.submitted {
        return Err(already_submitted());
    }
    let provider = job.provider;
    how(world, &mut job)?;
    if let (Some(provider), None) = (provider, job.provider) {
        world.audit.lost_providers.push((job.id, provider));
    }
    write(world, &job, out);
    world.jobs.insert(job.id, job);
    Ok(())
}

pub(crate) fn already_submitted() -> ApiError {
    ApiError::bad_request("Print job was already submitted")
}

pub(crate) fn find<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a Job, ApiError> {
    world.jobs.get(&call.id("Print job")?).ok_or_else(|| ApiError::not_found("Print job"))
}

/// `DELETE print_jobs/{id}/remove_cards/{card_id}`: takes the card out once, and says whether it was in the job.
pub(crate) fn remove_card(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let job = find(world, call)?;
    if job.submitted {
        return Err(ApiError::not_found("Print job").spelled(Spelling::False));
    }
    let (job, card) = (job.id, call.second_id("Card")?);
    if card > DATABASE_LIMIT {
        return Err(ApiError::out_of_range());
    }
    let now = world.now_ms();
    let removed = world.jobs.get_mut(&job).is_some_and(|job| {
        job.updated_at = now;
        let place = job.cards.iter().position(|id| *id == card);
        place.map(|place| job.cards.remove(place)).is_some()
    });
    out.flag(removed);
    Ok(())
}

/// `GET print_jobs/{id}`
pub(crate) fn show(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    write(world, find(world, call)?, out);
    Ok(())
}

/// `GET print_jobs`, the newest first.
pub(crate) fn list(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&[], &["page", "page_size", "status"])?;
    let status = fields.number("status")?;
    let status = status.filter(|_| world.dialect.is("status_filter", "honoured"));
    let jobs = in_order(&world.jobs, world.dialect, Order::NewestFirst).into_iter();
    let wanted = jobs.filter(|job| status.is_none_or(|status| status == u64::from(job.submitted)));
    out.list(fields.page(wanted)?, |out, job| write(world, job, out));
    Ok(())
}

/// A job as the API shows it.
pub(crate) fn write(world: &World, job: &Job, out: &mut Json) {
    let dialect = world.dialect;
    let extras = |out: &mut Json| {
        out.member("number_of_copies").number(job.copies);
        out.optional_id("shipping_provider_id", job.provider);
    };
    let list = |out: &mut Json, member: &'static str| {
        out.list(&job.cards, |out, id| out.object(|out| out.member(member).id(*id)));
    };
    let in_extract = dialect.is("job_extras", "extract");
    out.object(|out| {
        out.member("id").id(job.id);
        match (dialect.is("job_status", "number"), job.submitted) {
            (true, submitted) => out.member("status").number(submitted.into()),
            (false, true) => out.member("status").text("Submitted"),
            (false, false) => out.member("status").text("Created"),
        }
        ship_to(world, job, out);
        out.member("extract").object(|out| {
            out.member("total_cards").number(job.cards.len() as u64);
            if in_extract {
                extras(out);
            }
        });
        if !in_extract {
            extras(out);
        }
        let place = dialect.get("job_cards");
        let user = match place {
            "user_datum" => Some(("user_datum", "card_id")),
            "cards" => Some(("cards", "id")),
            _ => None,
        };
        out.member("list_users").list(user, |out, (name, member)| {
            out.object(|out| {
                out.member("id").id(600_000 + job.id);
                list(out.member(name), member);
            });
        });
        match place {
            "top_cards" => list(out.member("cards"), "id"),
            "card_ids" => out.member("card_ids").list(&job.cards, |out, id| out.id(*id)),
            _ => {}
        }
        out.member("organization").object(|out| {
            out.member("id").id(ORGANIZATION_ID);
            out.member("name").text(ORGANIZATION_NAME);
        });
        out.member("created_at").text(&iso(job.created_at));
        out.member("updated_at").text(&iso(job.updated_at));
    });
}

fn ship_to(world: &World, job: &Job, out: &mut Json) {
    match &job.ship_to {
        ShipTo::Known(id) => {
            out.member("address_id").id(*id);
            match world.addresses.get(id) {
                Some(address) => addresses::write(world, address, out.member("address")),
                None => out.no("address"),
            }
        }
        ShipTo::OneOff(parts) => {
            out.no("address_id");
            parts.0.write(Some(&parts.1), out.member("address"));
        }
        ShipTo::Nowhere => {
            out.no("address_id");
            out.no("address");
        }
    }
}
