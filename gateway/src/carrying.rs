//! What is asked for, carried out: what changes something once, where its caller names it by an `Idempotency-Key`.

use crate::answer::{Answer, Refusal, Silence};
use crate::house::{House, failed};
use crate::once::{self, Call, Failed, Key, Operation, Reader};
use crate::session::Session;
use crate::staff::Asked;
use crate::upstream::Ask;
use crate::{cards, devices, ending, form, opening, staff, tokens};
use futures_util::future::BoxFuture;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    Anybody,
    Session(Arc<Session>),
    Staff,
}

/// Carries it out; once, if it has a key.
pub(crate) async fn carry_out(house: &Arc<House>, caller: Caller, asked: Asked) -> Result<Answer, Refusal> {
    let name = asked.target.operation.name;
    // Signing in twice does no harm, and what it answers is not for keeping.
    let key = asked.key.clone().filter(|_| !asked.target.operation.is_read() && name != "authenticate");
    let Some(key) = key else {
        if matches!(name, "session.cart" | "session.order") {
            return Err(Refusal::bad_request("idempotency-key", "Missing header 'Idempotency-Key'"));
        }
        return act(house, &caller, &asked, None).await;
    };
    Box::pin(carry_out_once(house, caller, asked, key)).await
}

async fn carry_out_once(house: &Arc<House>, caller: Caller, asked: Asked, key: Key) -> Result<Answer, Refusal> {
    let call = call(house, &caller, &asked, key).await?;
    // What is refused is told by whoever has refused it.
    let refused: Arc<OnceLock<Refusal>> = Arc::default();
    let (house_there, refused_there, call_there) = (Arc::clone(house), Arc::clone(&refused), call.clone());
    let send = move || async move {
        match act(&house_there, &caller, &asked, Some(&call_there)).await {
            Ok(answer) => Ok(answer.into()),
            Err(Refusal { silence: Some(Silence::Unsent), .. }) => Err(Failed::Unsent),
            Err(Refusal { silence: Some(Silence::Unheard), .. }) => Err(Failed::Unheard),
            Err(refusal) => {
                let answer = refusal.answer();
                let _ = refused_there.set(refusal);
                Ok(answer.into())
            }
        }
    };
    let answer: Answer = house.once.carry_out(call, send).await.into();
    match refused.get().filter(|refusal| refusal.status.as_u16() == answer.status) {
        Some(refusal) => Err(refusal.clone()),
        None => Ok(ending::told(answer)),
    }
}

async fn act(house: &Arc<House>, caller: &Caller, asked: &Asked, call: Option<&Call>) -> Result<Answer, Refusal> {
    let name = asked.target.operation.name;
    match caller {
        // Each lies apart: together they are large, and moved about with each request.
        Caller::Anybody => Box::pin(opening::open(house, asked.token.as_deref(), asked.origin.as_deref())).await,
        Caller::Session(session) => {
            if asked.query.as_deref().is_some_and(|query| !query.is_empty()) {
                return Err(Refusal::bad_request("query", "This operation takes no parameters in the address"));
            }
            let parts = form::read(asked.content_type.as_deref(), asked.body.clone()).await?;
            match call {
                Some(call) if matches!(name, "session.cart" | "session.order") => {
                    Box::pin(ending::respond(house, session, call, name, parts)).await
                }
                _ if name == "session.ordered" => Box::pin(ending::look(house, session, &asked.target)).await,
                _ => Box::pin(cards::respond(house, session, &asked.target, parts)).await,
            }
        }
        Caller::Staff if name.starts_with("devices.") => Box::pin(devices::respond(house, asked)).await,
        Caller::Staff => staff::pass(house, asked).await,
    }
}

/// The call as it is carried out once.
async fn call(house: &Arc<House>, caller: &Caller, asked: &Asked, key: Key) -> Result<Call, Refusal> {
    let organization = house.config.vendor.organization;
    let token = asked.token.as_deref().unwrap_or_default();
    let (whose, reads_with) = match caller {
        Caller::Anybody => (tokens::hash("whoever has this statement", &[token]), None),
        Caller::Session(session) => (session.visitor.clone(), None),
        Caller::Staff => (format!("organization {organization}"), Some(token.to_owned())),
    };
    let path = asked.target.path();
    let target = asked.query.as_deref().map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
    let kind = asked.content_type.as_deref().unwrap_or_default();
    Ok(Call {
        caller: whose,
        secret: token.as_bytes().to_vec(),
        key,
        fingerprint: once::fingerprint(asked.target.operation.method, &target, kind, &asked.body),
        operation: operation(asked, path).await?,
        reader: Arc::new(AsCaller { house: Arc::clone(house), token: reads_with }),
    })
}

/// What the operation is to somebody who does not know whether it was carried out.
async fn operation(asked: &Asked, path: String) -> Result<Operation, Refusal> {
    let target = &asked.target;
    let (organization, job) = (target.number(0), target.number(1));
    let ids = |parts: &form::Parts| {
        let text = parts.iter().find(|(name, _)| name == "print_job[card_ids]").map_or("[]", |(_, value)| value);
        let ids: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        ids.as_array().into_iter().flatten().filter_map(cards::number).collect::<Vec<_>>()
    };
    let read = || form::read(asked.content_type.as_deref(), asked.body.clone());
    Ok(match target.operation.name {
        "print_jobs.submit" => Operation::Print { organization, job },
        "print_jobs.create" => Operation::CreateJob { organization, cards: ids(&read().await?) },
        "print_jobs.add_cards" => Operation::AddCards { organization, job, cards: ids(&read().await?) },
        "print_jobs.remove_card" => Operation::RemoveCard { organization, job, card: target.number(2) },
        "organization.add_funds" => {
            let amount = read().await?.into_iter().find(|(name, _)| name == "amount");
            Operation::AddFunds { organization, amount: amount.map(|(_, value)| value).unwrap_or_default() }
        }
        "cards.create" => Operation::CreateCard { organization },
        "cards.finalize" => Operation::Set { path: path.trim_end_matches("/finalize").to_owned() },
        "cards.update" | "print_jobs.update" | "addresses.update" | "contacts.update" => Operation::Set { path },
        "addresses.create" | "contacts.create" => Operation::Create { path },
        "cards.delete" | "addresses.delete" | "contacts.delete" => Operation::Delete,
        _ => Operation::Steps,
    })
}

/// Reads at the vendor with the caller's rights: a member of staff's own, or the account's for a session, which has been let in.
struct AsCaller {
    house: Arc<House>,
    token: Option<String>,
}

impl Reader for AsCaller {
    fn read(&self, path: String) -> BoxFuture<'static, Result<once::Answer, Failed>> {
        let (house, token) = (Arc::clone(&self.house), self.token.clone());
        Box::pin(async move {
            let patience = Duration::from_secs(20);
            let ask = Ask { name: "look-up", method: "GET", path: &path, query: None, body: None, patience };
            let answer = match &token {
                Some(token) => house.upstream.pass(&ask, Some(token)).await,
                None => house.upstream.call(&ask).await,
            };
            answer.map(once::Answer::from).map_err(|error| failed(&error))
        })
    }
}
