//! The one door to the network: token, renewal, retries, time limits, errors.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::{Either, LocalBoxFuture, select};

use super::endpoint::Endpoint;
use super::error::{Error, is_foreign, scrub, words_in};
use super::json::{Flaw, Json, Node, parse};
use super::line::{Line, OnTheWay};
use super::request::Request;
use crate::world::Token;
use crate::world::{Method, Transport, WireRequest, WireResponse};

/// Where the client gets its token, and whom it tells that one was refused. The session's side of the door.
pub trait Credentials {
    /// The token in force, if there is one.
    fn token(&self) -> Option<Token>;

    /// A new token, after the server has refused `refused` or when there was none. Calls that were refused together
    /// all ask; [`super::Renewal`] makes one renewal of them.
    fn renew(&self, refused: Option<Token>) -> LocalBoxFuture<'static, Result<Token, Error>>;
}

/// The InstantCard API, as one session sees it. Cheap to clone.
///
/// Every operation gives a [`Call`]; awaiting it performs it, dropping it cancels it.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    endpoint: Endpoint,
    transport: Rc<dyn Transport>,
    credentials: Rc<dyn Credentials>,
    line: Rc<Line>,
}

impl Client {
    /// A client of the API at `endpoint`.
    pub fn new(
        endpoint: Endpoint,
        transport: Rc<dyn Transport>,
        credentials: Rc<dyn Credentials>,
        line: Rc<Line>,
    ) -> Client {
        Client { inner: Rc::new(Inner { endpoint, transport, credentials, line }) }
    }

    /// Whether [`Client::add_funds`] can be used at all; see [`Endpoint::takes_payments`].
    pub fn takes_payments(&self) -> bool {
        self.inner.endpoint.takes_payments()
    }

    /// The call that `request` describes, with the reader of its answer.
    pub(super) fn call<T>(&self, request: Request, read: Read<T>) -> Call<T> {
        let operation = request.operation.name;
        Call { operation, answer: Box::pin(run(self.inner.clone(), request)), read }
    }
}

/// What reads an operation's answer.
pub(super) type Read<T> = fn(&Node<'_>) -> Result<T, Flaw>;

/// A call under way. Nothing is sent before it is first polled; dropping it cancels it, though the server may already
/// have done what was asked.
#[must_use = "a call is made only when it is awaited"]
pub struct Call<T> {
    operation: &'static str,
    // One kind of future for all operations: each further one would be paid in bytes.
    answer: LocalBoxFuture<'static, Result<Json, Error>>,
    read: Read<T>,
}

impl<T> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.answer.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Ready(Ok(json)) => {
                Poll::Ready((self.read)(&Node::root(&json)).map_err(|flaw| Error::from_flaw(self.operation, flaw)))
            }
        }
    }
}

async fn run(inner: Rc<Inner>, request: Request) -> Result<Json, Error> {
    if request.payment && !inner.endpoint.takes_payments() {
        return Err(Error::PaymentThroughProxy);
    }
    let operation = request.operation;
    let mut target = request.path;
    request.query.write_query(&mut target);
    let (form, mut secrets) = match request.form {
        None => (None, Vec::new()),
        Some(form) => {
            let (entries, secrets) = form.into_parts();
            // A multipart body without a part is one that servers stumble over.
            (if entries.is_empty() { None } else { Some(entries) }, secrets)
        }
    };
    // Cookies are a gate's on the page's own origin. What charges goes apart, if reads get through that way.
    let apart = request.charges && inner.endpoint.is_own() && inner.line.apart.get() == Some(true);
    let url = inner.endpoint.url(&target);
    let mut wire = WireRequest { method: operation.method, url, bearer: None, form, apart };

    // One renewal at most: somebody who has just signed in is not asked again by the same call.
    let mut may_renew = request.authenticated && !request.charges;
    if request.authenticated {
        wire.bearer = inner.credentials.token();
        if wire.bearer.is_none() {
            may_renew = false;
            wire.bearer = Some(inner.credentials.renew(None).await?);
        }
    }
    let mut response = send_patiently(&inner, &mut wire, operation.seconds, request.charges).await?;
    // A gate before the API knows nothing of the token.
    if response.status == 401 && may_renew && !is_of_a_gate(&response) {
        let refused = wire.bearer.take();
        wire.bearer = Some(inner.credentials.renew(refused).await?);
        response = send_patiently(&inner, &mut wire, operation.seconds, request.charges).await?;
    }
    if let Some(token) = &wire.bearer {
        secrets.push(token.as_str().to_owned());
    }
    read_response(operation.name, &response, &secrets, wire.size())
}

/// The longest that is waited at the server's wish before it is asked again, in seconds, and how often.
const MOST_PATIENCE: u32 = 60;
const MOST_WAITS: u32 = 3;

/// Sends in time, and comes back when a server that is asked too much at once says so. What charges is not sent again.
async fn send_patiently(
    inner: &Inner,
    wire: &mut WireRequest,
    seconds: u32,
    charges: bool,
) -> Result<WireResponse, Error> {
    // The first read on the page's own origin finds out whether there is a way without the page's cookies.
    if inner.endpoint.is_own() && wire.method == Method::Get && inner.line.apart.get().is_none() {
        wire.apart = true;
        let response = send_in_time(inner, wire, seconds).await?;
        wire.apart = false;
        let is_silent = matches!(response.status, 401 | 403) && response.body.trim().is_empty();
        if is_of_a_gate(&response) && response.status < 500 || is_silent {
            inner.line.apart.set(Some(false));
        } else if response.status != 429 {
            if (200..300).contains(&response.status) {
                inner.line.apart.set(Some(true));
            }
            return Ok(response);
        }
    }
    let mut waits = 0;
    loop {
        let response = send_in_time(inner, wire, seconds).await?;
        match response.retry_after {
            Some(pause) if response.status == 429 && !charges && pause <= MOST_PATIENCE && waits < MOST_WAITS => {
                let _told = inner.line.is(OnTheWay::Waiting { seconds: pause });
                inner.transport.sleep(pause * 1000).await;
                waits += 1;
            }
            _ => return Ok(response),
        }
    }
}

/// Whether something before the API has answered: with a redirect, or otherwise than the API does.
fn is_of_a_gate(response: &WireResponse) -> bool {
    match response.status {
        WireResponse::REDIRECT | 300..400 => true,
        200..300 => is_page(&response.body),
        _ => is_foreign(&response.body, parse(&response.body).as_ref()),
    }
}

/// Whether this is a page for a person to look at.
fn is_page(body: &str) -> bool {
    body.trim_start().starts_with('<')
}

/// Sends, and sends again where that is safe, within the operation's time limit. The limit covers the repetitions, so
/// that nobody waits three times as long; it does not cover a renewal, in which a person may be typing.
async fn send_in_time(inner: &Inner, wire: &WireRequest, seconds: u32) -> Result<WireResponse, Error> {
    // A header cannot carry such a token, so the server cannot have given it.
    if wire.bearer.as_ref().is_some_and(|token| !token.is_sendable()) {
        return Ok(WireResponse::new(401, ""));
    }
    let attempts = std::pin::pin!(send_until_answered(inner, wire));
    match select(attempts, inner.transport.sleep(seconds * 1000)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::TimedOut { seconds }),
    }
}

/// How often a read is sent at most.
const ATTEMPTS: u32 = 3;
/// The longest pause before the first repetition, in milliseconds; it doubles with each further one.
const PAUSE: u32 = 500;

/// Reads are repeated when no answer came, or when a gateway answered for the server (502, 503, 504). Nothing else is:
/// a 500 is the server's own word and would come again, and a change may have been made although its answer was lost.
async fn send_until_answered(inner: &Inner, wire: &WireRequest) -> Result<WireResponse, Error> {
    let mut attempt = 1;
    loop {
        let answer = inner.transport.send(wire).await;
        let passing = match &answer {
            Ok(response) => matches!(response.status, 502..=504),
            Err(_) => true,
        };
        if !passing || wire.method != Method::Get || attempt == ATTEMPTS {
            return answer.map_err(|_| Error::Unreachable);
        }
        // Between half of the pause and all of it, so that many widgets do not come back at one moment.
        let pause = PAUSE << (attempt - 1);
        inner.transport.sleep(pause / 2 + inner.transport.random() % (pause / 2 + 1)).await;
        attempt += 1;
    }
}

/// Tells success from failure. What is read from the answer is the operation's matter.
fn read_response(
    operation: &'static str,
    response: &WireResponse,
    secrets: &[String],
    sent: u64,
) -> Result<Json, Error> {
    let status = response.status;
    match status {
        413 => return Err(Error::TooLarge { kilobytes: sent.div_ceil(1024) }),
        429 => return Err(Error::Busy { seconds: response.retry_after }),
        // A gateway that says that the server is not well is told as the server.
        500.. => {}
        _ if is_of_a_gate(response) => return Err(Error::Gate { status }),
        _ => {}
    }
    // An empty success is one of the deletes, behind a server that says 204.
    let body = if response.body.trim().is_empty() { Some(Json::Null) } else { parse(&response.body) };
    let words = body.as_ref().and_then(words_in);
    match ((200..300).contains(&status), body, words) {
        (true, Some(body), None) => Ok(body),
        (true, None, _) => Err(Error::Undecodable { operation, field: "body".to_owned() }),
        (_, _, words) => {
            let mut words = words.unwrap_or_default();
            secrets.iter().for_each(|secret| scrub(&mut words, secret));
            Err(Error::from_status(status, words))
        }
    }
}
