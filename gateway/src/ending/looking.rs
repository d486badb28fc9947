//! `GET session/order/{card}`: what became of an order, for whoever was told that it is not known. Nothing is sent for it.

use super::compare;
use super::hold::Hold;
use super::job::Job;
use super::placed::Placed;
use crate::answer::{Answer, Refusal};
use crate::cards;
use crate::config::EndsWith;
use crate::guard::operations::{JOB_FETCH, Target};
use crate::house::House;
use crate::session::Session;
use crate::session::cards::{Own, Stage};
use crate::upstream::Ask;
use serde_json::json;
use std::sync::Arc;

/// Whether a session's card is ordered: `done`, `open` as long as it is not, or `unknown`.
pub(crate) async fn look(house: &Arc<House>, session: &Session, target: &Target) -> Result<Answer, Refusal> {
    if session.ends_with != EndsWith::Order {
        return Err(Refusal::not_found("Page", "not-the-sessions-ending"));
    }
    let card = target.number(0);
    let own = cards::own(house, session, card).await?;
    let result = |word: &str| Ok(Answer::ok(&json!({"result": word})));
    // Whoever orders it now finds out themselves.
    let Some(_hold) = Hold::take(&house.store, card).await? else { return result("unknown") };
    let mut placed = Placed::of(&house.store, house.config.sessions.memory, session, card).await?;
    if placed.is_done {
        return result("done");
    }
    // Without a job nothing was submitted.
    let Some(id) = placed.job else { return result("open") };
    let may_be_submitted = placed.may_be_submitted(house.clock.milliseconds());
    match job(house, id).await? {
        Some(job) if job.is_submitted => {
            placed.done().await?;
            house.cards.keep(session, card, Own { stage: Stage::Placed, ..own }).await?;
            compare::later(house, id, card);
            result("done")
        }
        Some(_) if !may_be_submitted => result("open"),
        _ => result("unknown"),
    }
}

async fn job(house: &House, id: u64) -> Result<Option<Job>, Refusal> {
    let path = format!("organizations/{}/print_jobs/{id}", house.config.vendor.organization);
    let patience = JOB_FETCH.patience();
    let ask = Ask { name: JOB_FETCH.name, method: "GET", path: &path, query: None, body: None, patience };
    let answer = house.upstream.call(&ask).await.map_err(|error| cards::refusal(&error))?;
    Ok(answer.json().filter(|_| answer.is_success()).as_ref().and_then(Job::read))
}
