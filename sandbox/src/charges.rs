//! What a print job costs, whether the balance covers it, and the submission that takes the money.

use crate::error::{ApiError, Outcome};
use crate::form::Call;
use crate::json::Json;
use crate::money::{CARD_PRICE, money};
use crate::organization::{PROVIDERS, shipping_price};
use crate::print_jobs::{already_submitted, find, write};
use crate::store::{Job, ShipTo};
use crate::world::World;

/// What the cards and the shipping of a job cost, in cents. A card that is in it twice is paid twice.
fn costs(job: &Job) -> (i64, i64) {
    let copies = i64::try_from(job.copies).unwrap_or(i64::MAX / CARD_PRICE / 1_000_000);
    let cards = i64::try_from(job.cards.len()).unwrap_or(0) * copies * CARD_PRICE;
    (cards, job.provider.and_then(shipping_price).unwrap_or(0))
}

/// `GET print_jobs/{id}/check_balance`
pub(crate) fn check_balance(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let job = find(world, call)?;
    let always = world.dialect.is("check_balance", "always_true");
    if job.submitted && !always {
        return Err(already_submitted());
    }
    let (cards, shipping) = costs(job);
    out.flag(always || world.ledger.balance() >= cards + shipping);
    Ok(())
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

/// `POST print_jobs/{id}/print`: charges, and there is no way back. An older version of the server charged as often as it
/// was called; so does this one, unless the dialect says otherwise.
pub(crate) fn print(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.form_fields(&[], &[])?;
    let mut job = find(world, call)?.clone();
    let manners = world.dialect.get("print");
    if job.submitted && manners == "once" {
        return Err(already_submitted());
    }
    let texts = if manners == "asks_nothing" { Vec::new() } else { refusals(world, &job) };
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
    let now = world.now_ms();
    world.ledger.charge(job.id, items, now);
    world.audit.charges.push((job.id, cards + shipping));
    job.submitted = true;
    job.charged = Some((cards, shipping));
    job.updated_at = now;
    for id in &job.cards {
        if let Some(card) = world.card_mut(*id) {
            card.last_submitted_at = Some(now);
            card.prints.push(None);
        }
    }
    write(world, &job, out);
    world.jobs.insert(job.id, job);
    Ok(())
}

fn provider_name(job: &Job) -> String {
    let provider = PROVIDERS.iter().find(|(id, ..)| Some(*id) == job.provider);
    provider.map_or_else(|| "Shipping".to_owned(), |(_, name, _)| format!("Shipping: {name}"))
}

/// `GET print_jobs/{id}/charge_details`
pub(crate) fn charge_details(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let job = find(world, call)?;
    let Some((cards, shipping)) = job.charged else {
        return Err(ApiError::bad_request("Print job was not submitted yet"));
    };
    let copies = i64::try_from(job.copies).unwrap_or(1);
    out.object(|out| {
        out.member("items").list(&job.cards, |out, id| {
            out.object(|out| {
                out.member("card_id").id(*id);
                out.member("description").text("Printed card");
                out.member("quantity").number(job.copies);
                out.member("unit_price").text(&money(CARD_PRICE));
                out.member("total").text(&money(CARD_PRICE * copies));
            });
        });
        out.member("shipping_cost").text(&money(shipping));
        out.member("job_total_cost").text(&money(cards + shipping));
        out.member("has_balance").flag(world.ledger.balance() >= 0);
    });
    Ok(())
}
