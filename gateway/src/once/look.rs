//! Looking up at the vendor whether a call was carried out.

use serde_json::Value;

use super::call::{Answer, Call, Failed};
use super::facts::{Job, cents, credits};
use super::operation::{Operation, job_path};

/// What was seen.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Seen {
    /// It was carried out; what its answer would have been.
    Done(Answer),
    /// Not so far.
    NotYet,
    /// The caller's token is not good any more: this is for them.
    Unauthorized(Answer),
    /// It cannot be read, or what is read does not say it.
    CannotTell,
}

/// Looks whether the call was carried out, `before` being what was counted before it was sent.
pub(super) async fn look(call: &Call, before: Option<u64>) -> Seen {
    match &call.operation {
        Operation::Print { organization, job } => of_job(call, *organization, *job, |job| job.is_submitted).await,
        Operation::AddCards { organization, job, cards } => {
            of_job(call, *organization, *job, |job| cards.iter().all(|card| job.cards.contains(card))).await
        }
        Operation::RemoveCard { organization, job, card } => {
            match of_job(call, *organization, *job, |job| !job.cards.contains(card)).await {
                Seen::Done(_) => Seen::Done(Answer::json(200, "true")),
                other => other,
            }
        }
        Operation::CreateJob { organization, cards } => {
            let jobs = match read(call, format!("organizations/{organization}/print_jobs")).await {
                Ok((_, Value::Array(jobs))) => jobs,
                Ok(_) => return Seen::CannotTell,
                Err(seen) => return seen,
            };
            let is_it = |job: &&Value| Job::read(job).is_some_and(|job| !job.is_submitted && job.holds_just(cards));
            jobs.iter().find(is_it).map_or(Seen::NotYet, |job| Seen::Done(Answer::json(200, job.to_string())))
        }
        Operation::AddFunds { organization, amount } => {
            let (Some(before), Some(cents)) = (before, cents(amount)) else { return Seen::CannotTell };
            match read(call, transactions(*organization)).await.map(|(_, list)| credits(&list, cents)) {
                Ok(Some(now)) if now > before => Seen::Done(Answer::json(200, "true")),
                Ok(Some(_)) => Seen::NotYet,
                Ok(None) => Seen::CannotTell,
                Err(seen) => seen,
            }
        }
        Operation::CreateCard { .. }
        | Operation::Set { .. }
        | Operation::Create { .. }
        | Operation::Delete
        | Operation::Steps => Seen::CannotTell,
    }
}

/// What is counted before a call is sent: credits of the amount. `None` where there is nothing to count, or the vendor does not
/// let it be read.
///
/// # Errors
/// The vendor is not there: it is no time to send a charge either.
pub(super) async fn count(call: &Call) -> Result<Option<u64>, Failed> {
    let Operation::AddFunds { organization, amount } = &call.operation else { return Ok(None) };
    let Some(cents) = cents(amount) else { return Ok(None) };
    let answer = call.reader.read(transactions(*organization)).await?;
    match answer.status {
        200..300 => Ok(serde_json::from_slice(&answer.body).ok().and_then(|list| credits(&list, cents))),
        500.. => Err(Failed::Unsent),
        _ => Ok(None),
    }
}

/// Whether the job of a call to print is submitted; `None` if it is not said.
///
/// # Errors
/// The vendor is not there.
pub(super) async fn is_submitted(call: &Call, organization: u64, job: u64) -> Result<Option<bool>, Failed> {
    let answer = call.reader.read(job_path(organization, job)).await?;
    match answer.status {
        200..300 => {
            Ok(serde_json::from_slice(&answer.body).ok().as_ref().and_then(Job::read).map(|job| job.is_submitted))
        }
        500.. => Err(Failed::Unsent),
        _ => Ok(None),
    }
}

fn transactions(organization: u64) -> String {
    format!("organizations/{organization}/financial_transactions")
}

async fn of_job(call: &Call, organization: u64, job: u64, is_done: impl Fn(&Job) -> bool) -> Seen {
    let (answer, json) = match read(call, job_path(organization, job)).await {
        Ok(read) => read,
        Err(seen) => return seen,
    };
    match Job::read(&json).filter(|read| read.id == job) {
        Some(job) if is_done(&job) => Seen::Done(answer),
        Some(_) => Seen::NotYet,
        None => Seen::CannotTell,
    }
}

async fn read(call: &Call, path: String) -> Result<(Answer, Value), Seen> {
    let answer = call.reader.read(path).await.map_err(|_| Seen::CannotTell)?;
    match (answer.status, serde_json::from_slice(&answer.body)) {
        (401, _) => Err(Seen::Unauthorized(answer)),
        (200..300, Ok(json)) => Ok((answer, json)),
        _ => Err(Seen::CannotTell),
    }
}
