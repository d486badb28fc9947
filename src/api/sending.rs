//! How a request is sent: within its time limit, again where that is safe, and with patience where the server asks for it.

use std::rc::Rc;

use futures_util::future::{Either, select};

use super::endpoint::Endpoint;
use super::error::{Error, is_foreign};
use super::json::parse;
use super::line::{Line, OnTheWay};
use crate::world::{Method, Transport, WireRequest, WireResponse};

/// The way to the API.
pub(super) struct Way {
    pub(super) endpoint: Endpoint,
    pub(super) transport: Rc<dyn Transport>,
    pub(super) line: Rc<Line>,
}

/// On what terms a request is sent.
#[derive(Clone, Copy)]
pub(super) struct Terms {
    /// How long a person waits at most.
    pub(super) seconds: u32,
    /// Whether it charges: it is sent once, whatever comes of it.
    pub(super) charges: bool,
    /// Whether it has photos in it, and so may take its time on the way.
    pub(super) has_photo: bool,
}

/// The longest that is waited at the server's wish before it is asked again, in seconds, and how often.
const MOST_PATIENCE: u32 = 60;
const MOST_WAITS: u32 = 3;

impl Way {
    /// Sends by a gateway with what that wants of it, and as it is elsewhere.
    pub(super) async fn send_prepared(&self, wire: &mut WireRequest, terms: Terms) -> Result<WireResponse, Error> {
        if self.endpoint.is_gateway()
            && let Some(prepare) = self.line.prepare.get()
        {
            let prepared = prepare(self.endpoint.clone(), wire.bearer.take()).await?;
            wire.bearer = prepared.bearer;
            wire.key = (wire.method != Method::Get).then_some(prepared.key);
        }
        self.send(wire, terms).await
    }

    /// Sends in time, and comes back when a server that is asked too much at once says so. What charges is not sent again.
    pub(super) async fn send(&self, wire: &mut WireRequest, terms: Terms) -> Result<WireResponse, Error> {
        let mut waits = if terms.charges { MOST_WAITS } else { 0 };
        loop {
            // The first read on the page's own origin finds out whether there is a way without the page's cookies.
            let tries_apart = self.endpoint.is_own() && wire.method == Method::Get && self.line.apart.get().is_none();
            wire.apart |= tries_apart;
            let response = send_in_time(self, wire, terms).await?;
            if tries_apart {
                wire.apart = false;
                self.line.apart.set(passes_apart(&response));
                if self.line.apart.get() == Some(false) {
                    continue;
                }
            }
            match response.retry_after {
                Some(pause) if response.status == 429 && pause <= MOST_PATIENCE && waits < MOST_WAITS => {
                    let _told = self.line.is(OnTheWay::Waiting { seconds: pause });
                    for seconds in (0..pause).rev() {
                        self.transport.sleep(1000).await;
                        self.line.tell(OnTheWay::Waiting { seconds });
                    }
                    waits += 1;
                }
                _ => return Ok(response),
            }
        }
    }
}

/// Whether a read without the page's cookies has got through; none where that is not to be told.
fn passes_apart(response: &WireResponse) -> Option<bool> {
    match response.status {
        500.. => None,
        401 | 403 if response.body.is_empty() => Some(false),
        status if is_of_a_gate(response) => (status != 429).then_some(false),
        status => (200..300).contains(&status).then_some(true),
    }
}

/// Whether something before the API has answered: with a redirect, or otherwise than the API does.
pub(super) fn is_of_a_gate(response: &WireResponse) -> bool {
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
async fn send_in_time(way: &Way, wire: &WireRequest, terms: Terms) -> Result<WireResponse, Error> {
    // A header cannot carry such a token, so the server cannot have given it.
    if wire.bearer.as_ref().is_some_and(|token| !token.is_sendable()) {
        return Ok(WireResponse::new(401, ""));
    }
    let seconds = terms.seconds;
    if terms.has_photo
        && let Some(carry) = way.line.carry.get()
    {
        return carry(wire, seconds).await;
    }
    let attempts = std::pin::pin!(send_until_answered(way, wire));
    match select(attempts, way.transport.sleep(seconds * 1000)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => Err(Error::TimedOut { seconds }),
    }
}

/// How often the same is sent at most.
const ATTEMPTS: u32 = 3;
/// The longest pause before the first repetition, in milliseconds; it doubles with each further one.
const PAUSE: u32 = 500;

/// Reads are repeated when no answer came, or when a gateway answered for the server (502, 503, 504), and so is what has a key,
/// which is carried out once. Nothing else is: a 500 is the server's own word and would come again, and a change may have been
/// made although its answer was lost.
async fn send_until_answered(way: &Way, wire: &WireRequest) -> Result<WireResponse, Error> {
    let mut attempt = 1;
    loop {
        let answer = way.transport.send(wire).await;
        let passing = match &answer {
            Ok(response) => matches!(response.status, 502..=504),
            Err(_) => true,
        };
        if !passing || (wire.method != Method::Get && wire.key.is_none()) || attempt == ATTEMPTS {
            return answer.map_err(|_| Error::Unreachable);
        }
        // Between half of the pause and all of it, so that many widgets do not come back at one moment.
        let pause = PAUSE << (attempt - 1);
        way.transport.sleep(pause / 2 + way.transport.random() % (pause / 2 + 1)).await;
        attempt += 1;
    }
}
