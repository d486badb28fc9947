//! Where a visitor's own journey ends beyond a finalized card: `POST session/cart` puts it into the organization's cart, `POST
//! session/order` orders it to the address that is given. The session learns `done`, `already`, `balance-low` or `unknown`, and never
//! sees a print job, a balance or a transaction.
//!
//! Each card is placed once, whatever keys the calls bring and whichever instance they come to: one call at a time holds the card
//! ([`hold`]), what was begun for it is remembered ([`placed`]), and what goes to the vendor is carried out once by its key ([`steps`]). What became of an order
//! can be asked for by itself ([`looking`]).

mod address;
mod cart;
mod compare;
mod hold;
mod job;
mod looking;
mod order;
mod outcome;
mod placed;
mod steps;

use crate::answer::{Answer, Refusal};
use crate::cards;
use crate::config::EndsWith;
use crate::form::{self, Parts};
use crate::house::House;
use crate::once::Call;
use crate::session::Session;
use crate::session::cards::{Own, Stage};
use crate::watch::audit::Deed;
use hold::Hold;
use outcome::Outcome;
use placed::Placed;
use std::sync::Arc;
use steps::Steps;

pub(crate) use looking::look;
pub(crate) use outcome::told;

/// Puts a session's card into the cart, or orders it. `call` is the caller's, by whose key the steps are carried out once.
pub(crate) async fn respond(
    house: &Arc<House>,
    session: &Session,
    call: &Call,
    name: &'static str,
    mut parts: Parts,
) -> Result<Answer, Refusal> {
    let (ends_with, is_order) = match name {
        "session.order" => (EndsWith::Order, true),
        _ => (EndsWith::Cart, false),
    };
    if session.ends_with != ends_with {
        return Err(Refusal::not_found("Page", "not-the-sessions-ending"));
    }
    let wrong = || Refusal::bad_request("parameters", "Invalid value for parameter 'card_id'");
    let card: u64 = form::demand(&mut parts, "card_id")?.parse().map_err(|_| wrong())?;
    let own = cards::own(house, session, card).await?;
    if own.stage == Stage::Draft {
        return Err(Refusal::bad_request("card-draft", "The card must be finalized first"));
    }
    let address = is_order.then(|| address::read(&mut parts)).transpose()?;
    form::none_left(&parts)?;

    let Some(hold) = Hold::take(&house.store, card).await? else { return Ok(Outcome::Unknown.answer()) };
    let mut placed = Placed::of(&house.store, house.config.sessions.memory, session, card).await?;
    let outcome = if placed.is_done {
        Outcome::Already
    } else {
        let steps = Steps { house, call, card };
        match &address {
            Some(address) => order::order(&steps, session, &mut placed, address).await?,
            None => cart::put(&steps, &mut placed).await?,
        }
    };
    if matches!(outcome, Outcome::Done | Outcome::Already) {
        placed.done().await?;
        house.cards.keep(session, card, Own { stage: Stage::Placed, ..own }).await?;
    }
    drop(hold);
    house.metrics.ended(name, outcome.word());
    let deed = Deed { who: &session.visitor, operation: name, card: Some(card), job: placed.job, ..Deed::default() };
    house.audit.note(&Deed { result: outcome.word(), device: session.device.as_deref(), ..deed });
    Ok(outcome.answer())
}
