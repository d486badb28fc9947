//! The one door to the network: token, renewal, retries, time limits, errors.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::LocalBoxFuture;

use super::endpoint::Endpoint;
use super::error::{Error, scrub, words_in};
use super::json::{Flaw, Json, Node, parse};
use super::line::Line;
use super::request::Request;
use super::sending::{Terms, Way, is_of_a_gate};
use crate::world::Token;
use crate::world::{Transport, WireRequest, WireResponse};

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
    way: Way,
    credentials: Rc<dyn Credentials>,
}

impl Client {
    /// A client of the API at `endpoint`.
    pub fn new(
        endpoint: Endpoint,
        transport: Rc<dyn Transport>,
        credentials: Rc<dyn Credentials>,
        line: Rc<Line>,
    ) -> Client {
        Client { inner: Rc::new(Inner { way: Way { endpoint, transport, line }, credentials }) }
    }

    /// Whether [`Client::add_funds`] can be used at all; see [`Endpoint::takes_payments`].
    pub fn takes_payments(&self) -> bool {
        self.inner.way.endpoint.takes_payments()
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
    if request.payment && !inner.way.endpoint.takes_payments() {
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
    let apart = request.charges && inner.way.endpoint.is_own() && inner.way.line.apart.get() == Some(true);
    let url = inner.way.endpoint.url(&target);
    let mut wire = WireRequest { method: operation.method, url, bearer: None, key: None, form, apart };

    let terms = Terms { seconds: operation.seconds, charges: request.charges, has_photo: request.has_photo };
    // One renewal at most: somebody who has just signed in is not asked again by the same call.
    let mut may_renew = request.authenticated && !request.charges;
    if request.authenticated {
        wire.bearer = inner.credentials.token();
        if wire.bearer.is_none() {
            may_renew = false;
            wire.bearer = Some(inner.credentials.renew(None).await?);
        }
    }
    let given = wire.bearer.clone();
    let mut answer = inner.way.send_prepared(&mut wire, terms).await;
    if may_renew && is_refused(&answer) {
        wire.bearer = Some(inner.credentials.renew(given).await?);
        answer = inner.way.send_prepared(&mut wire, terms).await;
    }
    let response = answer?;
    if let Some(token) = &wire.bearer {
        secrets.push(token.as_str().to_owned());
    }
    let sent = request.has_photo.then(|| wire.size().div_ceil(1024));
    read_response(operation.name, &response, &secrets, sent)
}

/// Whether the token was refused. A gate before the API knows nothing of it.
fn is_refused(answer: &Result<WireResponse, Error>) -> bool {
    match answer {
        Ok(response) => response.status == 401 && !is_of_a_gate(response),
        // A gateway has no session for it.
        Err(error) => matches!(error, Error::Unauthorized { .. }),
    }
}

/// Tells success from failure. What is read from the answer is the operation's matter.
pub(super) fn read_response(
    operation: &'static str,
    response: &WireResponse,
    secrets: &[String],
    kilobytes: Option<u64>,
) -> Result<Json, Error> {
    let status = response.status;
    match status {
        413 => return Err(Error::TooLarge { kilobytes }),
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
