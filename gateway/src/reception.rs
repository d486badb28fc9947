//! One request, from its head to its answer: the guard first, then who asks, then what is asked for; and at the end what the log, the
//! numbers and the audit trail are told.

use crate::answer::{Answer, JSON, Refusal};
use crate::carrying::{self, Caller};
use crate::guard::buckets::Of;
use crate::guard::operations::{self, For, Operation, Size, Target};
use crate::guard::{cors, head};
use crate::house::House;
use crate::session;
use crate::staff::Asked;
use crate::store::Space;
use crate::watch::audit::Deed;
use crate::watch::line::Line;
use crate::{cards, tokens};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use http::request::Parts;
use http::{Method, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Body;
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::time::Instant;

/// What the gateway adds, in OpenAPI.
const OPENAPI: &str = include_str!("../openapi.json");

/// The most that a few texts come to.
const FORM: usize = 32 * 1024;

/// A body as it comes in.
pub(crate) trait Brought: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>> {}

impl<B: Body<Data = Bytes, Error: Into<Box<dyn std::error::Error + Send + Sync>>>> Brought for B {}

/// What became known of a request on its way, for the log.
#[derive(Debug, Default)]
struct Known {
    operation: Option<&'static Operation>,
    origin: Option<String>,
    who: Option<String>,
    card: Option<u64>,
    device: Option<String>,
}

/// Answers a request that came from `peer`.
pub(crate) async fn receive<B: Brought>(
    house: Arc<House>,
    peer: IpAddr,
    parts: Parts,
    body: B,
) -> Response<Full<Bytes>> {
    let began = Instant::now();
    let method = parts.method.clone();
    let address = head::address(peer, &parts.headers, &house.config.behind);
    let mut known = Known::default();
    let _busy = Busy::begin(&house);
    let answer = answer(&house, address, parts, body, &mut known).await;
    let (answer, why) = match answer {
        Ok(answer) => (answer, None),
        Err(refusal) => (refusal.answer(), Some(refusal.why)),
    };
    let took = began.elapsed();
    let who = known.who.as_deref().map(short);
    Line {
        operation: known.operation.map(|operation| operation.name),
        method: method.as_str(),
        status: answer.status,
        took,
        address,
        origin: known.origin.as_deref(),
        who,
        why,
    }
    .write();
    house.metrics.answered(known.operation.map_or("none", |operation| operation.name), answer.status, took);
    if let Some(why) = why {
        house.metrics.refused(why);
    }
    note(&house, &known, &answer, why);
    let mut response = response(answer);
    cors::allow(response.headers_mut(), known.origin.as_deref());
    response
}

/// Enough of a hash to tell one from another.
fn short(who: &str) -> &str {
    who.get(..12).unwrap_or(who)
}

/// A request that is being answered, for the numbers.
struct Busy<'a>(&'a House);

impl<'a> Busy<'a> {
    fn begin(house: &'a House) -> Busy<'a> {
        house.metrics.under_way.inc();
        Busy(house)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.metrics.under_way.dec();
    }
}

async fn answer<B: Brought>(
    house: &Arc<House>,
    address: IpAddr,
    parts: Parts,
    body: B,
    known: &mut Known,
) -> Result<Answer, Refusal> {
    head::check(&parts)?;
    let limits = house.config.limits;
    let take = |of, rate, why| house.buckets.take(of, rate).map_err(|seconds| Refusal::busy(why, seconds));
    let network = Of::address(address);
    let path = below(&house.config.base, parts.uri.path());
    let origin = cors::origin(&parts.headers, &house.config.origins)?;
    known.origin = origin.map(str::to_owned);
    take(Of::Address(network), limits.address, "too-many-from-address")?;
    if let Some(origin) = origin {
        take(Of::Origin(origin.to_owned()), limits.origin, "too-many-from-origin")?;
    }
    if parts.method == Method::OPTIONS {
        let is_preflight = origin.is_some() && parts.headers.contains_key("access-control-request-method");
        return is_preflight.then(cors::preflight).ok_or_else(|| not_there("method"));
    }
    let path = path.ok_or_else(|| not_there("path"))?;
    let target = operations::find(parts.method.as_str(), path)
        .ok_or_else(|| not_there(if operations::is_known(path) { "method" } else { "path" }))?;
    known.operation = Some(target.operation);
    known.card = card(&target);
    if matches!(target.operation.name, "session.begin" | "authenticate") {
        take(Of::SigningIn(network), limits.signing_in, "too-many-sign-ins")?;
    }
    let caller = caller(house, &target, &parts, origin, known).await?;
    if let Caller::Session(session) = &caller {
        take(Of::Session(session.id.clone()), limits.session, "too-many-from-session")?;
    }
    let body = read(house, target.operation, &parts, body).await?;
    let asked = Asked {
        key: head::idempotency_key(&parts.headers)?,
        origin: origin.map(str::to_owned),
        query: parts.uri.query().map(str::to_owned),
        content_type: head::text(&parts.headers, CONTENT_TYPE).map(str::to_owned),
        token: head::bearer(&parts.headers).map(str::to_owned),
        target,
        body,
    };
    match caller {
        // What is seldom asked for lies apart, so that what is often asked for is small.
        Caller::Anybody if asked.target.operation.is_read() => Box::pin(anybody(house, &asked)).await,
        caller if asked.target.operation.is_read() => carrying::carry_out(house, caller, asked).await,
        caller => {
            // In a task of its own: what has begun is ended, also when whoever has asked for it goes away.
            let (house, work) = (Arc::clone(house), house.work());
            let task = tokio::spawn(async move {
                let answer = carrying::carry_out(&house, caller, asked).await;
                drop(work);
                answer
            });
            task.await.unwrap_or_else(|_| Err(Refusal::unavailable("panic")))
        }
    }
}

/// What does not exist, in the vendor's form.
fn not_there(why: &'static str) -> Refusal {
    Refusal::not_found("Page", why)
}

/// The path below the base.
fn below<'a>(base: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(base)
}

/// The number of the card that a path is about.
fn card(target: &Target) -> Option<u64> {
    target.operation.path.contains("/cards/#").then(|| target.number(1))
}

async fn caller(
    house: &House,
    target: &Target,
    parts: &Parts,
    origin: Option<&str>,
    known: &mut Known,
) -> Result<Caller, Refusal> {
    let whose = target.operation.whose;
    if whose == For::Anybody {
        return Ok(Caller::Anybody);
    }
    let bearer = head::bearer(&parts.headers);
    let is_signing_in = target.operation.name == "authenticate";
    if let Some(token) = bearer.filter(|token| session::is_token(token)) {
        let session = house.sessions.find(token).await?.ok_or_else(|| Refusal::unauthorized("session"))?;
        known.who = Some(session.visitor.clone());
        known.device.clone_from(&session.device);
        if origin.is_some_and(|origin| origin != session.origin) {
            return Err(Refusal::unauthorized("session-of-another-origin"));
        }
        return match whose {
            For::Sessions | For::SessionsAlone => Ok(Caller::Session(Arc::new(session))),
            // As if it did not exist.
            For::Staff | For::Anybody => Err(not_there("not-a-sessions")),
        };
    }
    if !house.config.staff && !is_for_enrolling(house, target.operation) {
        return Err(Refusal::unauthorized(if bearer.is_some() { "token" } else { "no-token" }));
    }
    if let Some(token) = bearer {
        known.who = Some(tokens::hash("staff", &[token]));
    }
    match (whose, bearer) {
        (For::SessionsAlone, _) => Err(not_there("sessions-alone")),
        (_, None) if !is_signing_in => Err(Refusal::unauthorized("no-token")),
        _ => Ok(Caller::Staff),
    }
}

/// Whether it is what staff enrol a device with: at the kiosk itself they sign in, and are asked whose they are.
fn is_for_enrolling(house: &House, operation: &Operation) -> bool {
    let by_device = house.config.devices.is_some() && matches!(operation.name, "authenticate" | "profile");
    by_device || operation.name.starts_with("devices.")
}

/// The body, if it is not larger than the operation has use for and comes in time.
async fn read<B: Brought>(house: &House, operation: &Operation, parts: &Parts, body: B) -> Result<Bytes, Refusal> {
    let most = match operation.size {
        Size::Nothing => 0,
        Size::Form => FORM,
        Size::Photos => house.config.limits.photos,
    };
    let too_large =
        || Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The request is too large").closing();
    let said = head::text(&parts.headers, CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
    if said.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let limited = Limited::new(body, most).collect();
    match tokio::time::timeout(house.config.limits.body, limited).await {
        Err(_) => {
            Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "body-too-slow", "The request took too long").closing())
        }
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::bad_request("body-cut", "The request was cut short").closing()),
        Ok(Ok(body)) => Ok(body.to_bytes()),
    }
}

async fn anybody(house: &House, asked: &Asked) -> Result<Answer, Refusal> {
    match asked.target.operation.name {
        "health" => Ok(Answer::ok(&json!({"ok": true}))),
        "ready" => match (house.store.get(Space::Session, "ready").await, house.upstream.is_ready().await) {
            (Ok(_), Ok(())) => Ok(Answer::ok(&json!({"ok": true}))),
            _ => Err(Refusal::unavailable("not-ready")),
        },
        _ => Ok(Answer { status: 200, headers: Vec::new(), body: Bytes::from_static(OPENAPI.as_bytes()) }),
    }
}

/// What the audit trail is told: everything that changes something, and what was not let happen to a card.
fn note(house: &House, known: &Known, answer: &Answer, why: Option<&'static str>) {
    let Some(operation) = known.operation else { return };
    // A session that begins, and a card that is placed, are told of where that is done.
    let is_told = why.is_none() && operation.name.starts_with("session.");
    if is_told || (operation.is_read() && (why.is_none() || known.card.is_none())) {
        return;
    }
    let made = (operation.name == "cards.create" && why.is_none())
        .then(|| answer.json().and_then(|card| cards::number(&card["id"])))
        .flatten();
    let status = answer.status.to_string();
    house.audit.note(&Deed {
        who: known.who.as_deref().unwrap_or("-"),
        operation: operation.name,
        card: known.card.or(made),
        job: None,
        device: known.device.as_deref(),
        result: why.unwrap_or(&status),
    });
}

/// The answer as it goes out: JSON, kept by nobody, and nothing but what it is.
fn response(answer: Answer) -> Response<Full<Bytes>> {
    let is_empty = answer.body.is_empty();
    let mut response = Response::new(Full::new(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let headers = response.headers_mut();
    if !is_empty {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    }
    for (name, value) in answer.headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
            headers.insert(name, value);
        }
    }
    response
}
