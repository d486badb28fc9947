//! What happens when a visitor orders their card, from top to bottom: a print job of its own is found or made, the balance is asked
//! for, it is submitted once, and what was charged is compared with that.

use super::address::Address;
use super::compare;
use super::job::Job;
use super::outcome::Outcome;
use super::placed::Placed;
use super::steps::Steps;
use crate::answer::{Answer, Refusal};
use crate::guard::operations;
use crate::once::Operation;
use crate::session::Session;
use http::StatusCode;
use serde_json::Value;

const PROVIDER: &str = "print_job[shipping_provider_id]";
const COPIES: &str = "print_job[number_of_copies]";
const CARDS: &str = "print_job[card_ids]";

pub(super) async fn order(
    steps: &Steps<'_>,
    session: &Session,
    placed: &mut Placed,
    address: &Address,
) -> Result<Outcome, Refusal> {
    let provider = session.shipping_provider.or(steps.house.config.shipping_provider);
    let no_provider =
        || Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "no-shipping-provider", "No carrier is set up");
    let provider = provider.ok_or_else(no_provider)?;
    let said = submitted(steps, placed, address, provider).await;
    match &said {
        Ok(Outcome::BalanceLow) => certain(steps, placed, said).await,
        Err(refusal) if refusal.status.is_client_error() => certain(steps, placed, said).await,
        _ => said,
    }
}

/// That it is not ordered, once that is so: the job may have been submitted meanwhile by what was sent before, and as long as anything
/// of that may come about it is not known.
async fn certain(steps: &Steps<'_>, placed: &Placed, said: Result<Outcome, Refusal>) -> Result<Outcome, Refusal> {
    let Some(id) = placed.job else { return said };
    let may_be_submitted = placed.may_be_submitted(steps.now());
    match steps.job(id).await {
        Ok(Some(job)) if job.is_submitted => Ok(after(steps, id)),
        Ok(_) if !may_be_submitted => said,
        _ => Ok(Outcome::Unknown),
    }
}

async fn submitted(
    steps: &Steps<'_>,
    placed: &mut Placed,
    address: &Address,
    provider: u64,
) -> Result<Outcome, Refusal> {
    let Some(job) = own_job(steps, placed, address, provider).await? else { return Ok(Outcome::Unknown) };
    if job.is_submitted {
        return Ok(after(steps, job.id));
    }
    if !is_covered(steps, job.id).await? {
        return Ok(Outcome::BalanceLow);
    }
    let answer = steps.submit(placed, job.id).await?;
    if answer.is_success() && answer.json().as_ref().and_then(Job::read).is_some_and(|job| job.is_submitted) {
        return Ok(after(steps, job.id));
    }
    // Whatever was answered, or not: the job says whether it was submitted.
    match steps.job(job.id).await.ok().flatten() {
        Some(job) if job.is_submitted => Ok(after(steps, job.id)),
        Some(_) if is_about_money(&answer) => Ok(Outcome::BalanceLow),
        Some(_) if matches!(answer.status, 400 | 404 | 406 | 422) => {
            tracing::error!(job = job.id, status = answer.status, "the vendor refuses an order");
            Err(Refusal::bad_request("order-refused", "The order was refused"))
        }
        _ => Ok(Outcome::Unknown),
    }
}

/// It is ordered: what was charged is compared while nobody waits for it.
fn after(steps: &Steps<'_>, job: u64) -> Outcome {
    compare::later(steps.house, job, steps.card);
    Outcome::Done
}

/// The card's own print job: the one that was begun before, or a new one. None where it is not known whether there is one.
async fn own_job(
    steps: &Steps<'_>,
    placed: &mut Placed,
    address: &Address,
    provider: u64,
) -> Result<Option<Job>, Refusal> {
    if let Some(id) = placed.job
        && let Some(job) = steps.job(id).await?
        && (job.is_submitted || job.is_for(steps.card))
    {
        return if job.is_submitted { Ok(Some(job)) } else { addressed(steps, job, address, provider).await.map(Some) };
    }
    // Another one beside that would be a second charge.
    if placed.may_be_submitted(steps.now()) {
        return Ok(None);
    }
    if placed.is_begun
        && let Some(job) = alone(steps).await?
    {
        placed.is_in(Some(job.id)).await?;
        return addressed(steps, job, address, provider).await.map(Some);
    }
    if placed.may_come(&steps.key(), steps.now()) {
        return Ok(None);
    }
    let (provider_text, cards) = (provider.to_string(), format!("[{}]", steps.card));
    let mut parts: Vec<(&str, &str)> = address.parts().collect();
    parts.extend([(PROVIDER, provider_text.as_str()), (COPIES, "1"), (CARDS, cards.as_str())]);
    let organization = steps.house.config.vendor.organization;
    let operation = Operation::CreateJob { organization, cards: vec![steps.card] };
    let answer = steps.place(placed, "job", &operations::JOB_CREATE, "print_jobs", &parts, operation).await?;
    let job = answer.json().filter(|_| answer.is_success()).as_ref().and_then(Job::read);
    match job {
        Some(job) => {
            placed.is_in(Some(job.id)).await?;
            Ok(Some(job))
        }
        None if (400..500).contains(&answer.status) && answer.status != 429 => Err(refused(&answer)),
        None => {
            let job = alone(steps).await?;
            if let Some(job) = &job {
                placed.is_in(Some(job.id)).await?;
            }
            Ok(job)
        }
    }
}

/// An open job of this card alone, which goes to an address of its own.
async fn alone(steps: &Steps<'_>) -> Result<Option<Job>, Refusal> {
    let open = steps.open_jobs().await?;
    Ok(open.into_iter().find(|job| job.is_for(steps.card) && job.is_one_off))
}

/// The job with this address and carrier: what was refused before may have been corrected. The vendor forgets the carrier with each
/// change that does not name it.
async fn addressed(steps: &Steps<'_>, job: Job, address: &Address, provider: u64) -> Result<Job, Refusal> {
    let provider = provider.to_string();
    let mut parts: Vec<(&str, &str)> = address.parts().collect();
    parts.extend([(PROVIDER, provider.as_str()), (COPIES, "1")]);
    let below = format!("print_jobs/{}", job.id);
    let operation = Operation::Set { path: steps.path(&below) };
    let name = format!("address {}", job.id);
    let answer = steps.step(&name, &operations::JOB_UPDATE, &below, &parts, operation).await?;
    let changed = answer.json().filter(|_| answer.is_success()).as_ref().and_then(Job::read);
    changed.ok_or_else(|| refused(&answer))
}

/// Whether the account covers the job. Some servers say that it does whatever there is, so the balance is read as well.
async fn is_covered(steps: &Steps<'_>, job: u64) -> Result<bool, Refusal> {
    let path = format!("print_jobs/{job}/check_balance");
    let answer = steps.read(&operations::JOB_BALANCE, &path, None).await?;
    if answer.json() == Some(Value::Bool(false)) {
        return Ok(false);
    }
    let answer = steps.read(&operations::BALANCE, "balance", None).await?;
    let json = answer.json().unwrap_or_default();
    let balance = json.as_str().or_else(|| json["balance"].as_str()).unwrap_or_default();
    // "($5.50)" is what is owed.
    Ok(!balance.trim_start().starts_with(['(', '-']))
}

/// The vendor's words about an address that it does not take, for the person to correct.
fn refused(answer: &Answer) -> Refusal {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    match words(answer) {
        Some(words) if matches!(answer.status, 400 | 406) => Refusal::new(status, "order-refused", words),
        _ => Refusal::new(StatusCode::BAD_GATEWAY, "vendor-refused", "InstantCard refused the order"),
    }
}

fn words(answer: &Answer) -> Option<String> {
    let json = answer.json()?;
    match &json["error"] {
        Value::String(text) => Some(text.clone()),
        Value::Array(texts) => Some(texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")),
        _ => None,
    }
}

/// Whether it was refused for want of money, in words of the vendor's own.
fn is_about_money(answer: &Answer) -> bool {
    let said = words(answer).unwrap_or_default().to_lowercase();
    (400..500).contains(&answer.status) && ["fund", "balance"].iter().any(|word| said.contains(word))
}
