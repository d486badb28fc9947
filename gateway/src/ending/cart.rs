//! A visitor's card goes into the organization's cart, which is its open print jobs: into one of single copies that goes to no
//! address of somebody's own, or into a new one.

use super::job::Job;
use super::outcome::Outcome;
use super::placed::Placed;
use super::steps::Steps;
use crate::answer::{Answer, Refusal};
use crate::cards::number;
use crate::guard::operations;
use crate::once::Operation;
use serde_json::Value;

const CARDS: &str = "print_job[card_ids]";

pub(super) async fn put(steps: &Steps<'_>, placed: &mut Placed) -> Result<Outcome, Refusal> {
    let open = steps.open_jobs().await?;
    if let Some(job) = open.iter().find(|job| job.has(steps.card)) {
        let outcome = if placed.is_begun { Outcome::Done } else { Outcome::Already };
        placed.is_in(Some(job.id)).await?;
        tidy(steps, job).await?;
        return Ok(outcome);
    }
    if placed.may_come(&steps.key(), steps.now()) {
        return Ok(Outcome::Unknown);
    }
    let cart = open.iter().find(|job| job.copies.is_none_or(|copies| copies == 1) && !job.is_one_off);
    let answer = match cart {
        Some(job) => add(steps, placed, job.id).await?,
        None => create(steps, placed).await?,
    };
    let job = answer.json().filter(|_| answer.is_success()).as_ref().and_then(Job::read);
    let job = match job {
        Some(job) if job.has(steps.card) => Some(job),
        // Whatever was answered, or not: the open jobs say where it is.
        _ => steps.open_jobs().await?.into_iter().find(|job| job.has(steps.card)),
    };
    match job {
        Some(job) => {
            placed.is_in(Some(job.id)).await?;
            tidy(steps, &job).await?;
            Ok(Outcome::Done)
        }
        None if (400..500).contains(&answer.status) && answer.status != 429 => {
            tracing::error!(card = steps.card, status = answer.status, "the vendor does not put a card into the cart");
            Err(Refusal::bad_request("cart-refused", "The card could not be put into the cart"))
        }
        None => Ok(Outcome::Unknown),
    }
}

async fn add(steps: &Steps<'_>, placed: &mut Placed, job: u64) -> Result<Answer, Refusal> {
    let organization = steps.house.config.vendor.organization;
    let operation = Operation::AddCards { organization, job, cards: vec![steps.card] };
    let (path, cards) = (format!("print_jobs/{job}/add_cards"), format!("[{}]", steps.card));
    let name = format!("add {job}");
    steps.place(placed, &name, &operations::JOB_ADD, &path, &[(CARDS, &cards)], operation).await
}

/// A new job. Some servers ask for an address and a carrier already then: the organization's own stand in until the checkout.
async fn create(steps: &Steps<'_>, placed: &mut Placed) -> Result<Answer, Refusal> {
    let organization = steps.house.config.vendor.organization;
    let operation = Operation::CreateJob { organization, cards: vec![steps.card] };
    let cards = format!("[{}]", steps.card);
    let mut parts = vec![("print_job[number_of_copies]", "1"), (CARDS, cards.as_str())];
    let job = &operations::JOB_CREATE;
    let first = steps.place(placed, "job", job, "print_jobs", &parts, operation.clone()).await?;
    let asks_for_more = first.status == 400 && String::from_utf8_lossy(&first.body).contains("Missing parameter");
    if !asks_for_more {
        return Ok(first);
    }
    let address = first_id(steps, &operations::ADDRESS_LIST, "addresses", "primary").await?;
    let provider = match steps.house.config.shipping_provider {
        Some(provider) => Some(provider.to_string()),
        None => first_id(steps, &operations::PROVIDERS, "shipping_providers", "").await?,
    };
    let (Some(address), Some(provider)) = (address, provider) else { return Ok(first) };
    parts.push(("print_job[address_id]", &address));
    parts.push(("print_job[shipping_provider_id]", &provider));
    steps.place(placed, "job with an address", job, "print_jobs", &parts, operation).await
}

/// The id of the entry that is marked, or of the first.
async fn first_id(
    steps: &Steps<'_>,
    as_in: &'static operations::Operation,
    below: &str,
    mark: &str,
) -> Result<Option<String>, Refusal> {
    let list = steps.read(as_in, below, None).await?.json().unwrap_or_default();
    let entries = list.as_array().cloned().unwrap_or_default();
    let marked = entries.iter().find(|entry| !mark.is_empty() && entry[mark] == Value::Bool(true));
    Ok(marked.or(entries.first()).and_then(|entry| number(&entry["id"])).map(|id| id.to_string()))
}

/// Takes a card out that stands in the cart more than once, until it stands there once.
async fn tidy(steps: &Steps<'_>, job: &Job) -> Result<(), Refusal> {
    let spare = job.cards.iter().filter(|card| **card == steps.card).count().saturating_sub(1);
    let organization = steps.house.config.vendor.organization;
    for number in 0..spare {
        let path = format!("print_jobs/{}/remove_cards/{}", job.id, steps.card);
        let operation = Operation::RemoveCard { organization, job: job.id, card: steps.card };
        let name = format!("remove {} {number}", job.id);
        steps.step(&name, &operations::JOB_REMOVE, &path, &[], operation).await?;
    }
    Ok(())
}
