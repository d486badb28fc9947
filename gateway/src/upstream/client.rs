//! The one door to the vendor: it asks nothing of anybody else, follows no redirect, and sends what changes something once. Only
//! reads are tried again.

use super::transport::{Transport, TransportError};
use crate::answer::Answer;
use crate::watch::metrics::{Metrics, Outcome};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER, USER_AGENT};
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::Full;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// As what the gateway asks.
const US: &str = concat!("instant-card-gateway/", env!("CARGO_PKG_VERSION"));
/// No page has as many bytes.
const LARGE: usize = 64 * 1024;

/// What is asked.
#[derive(Clone, Debug)]
pub(crate) struct Ask<'a> {
    /// For the metrics.
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    /// Below the vendor's base: made from the list of operations, never from what a caller wrote.
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    /// The content type, and the body.
    pub(crate) body: Option<(&'a str, Bytes)>,
    pub(crate) patience: Duration,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Error {
    /// It was not sent: there is no way to the vendor.
    NotSent(String),
    /// It was sent, and what became of it is not known.
    Lost(String),
    /// The same, since it has taken too long.
    TimedOut,
    /// The vendor's answer is none of its API's: a gate in between, a redirect, something too large.
    Strange(u16),
    /// The account is refused.
    Account,
}

impl Error {
    /// Whether the vendor may have done what was asked.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Error::Lost(_) | Error::TimedOut | Error::Strange(_))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotSent(why) => write!(f, "there is no way to the vendor: {why}"),
            Error::Lost(why) => write!(f, "the vendor's answer was lost: {why}"),
            Error::TimedOut => f.write_str("the vendor did not answer in time"),
            Error::Strange(status) => write!(f, "the vendor's answer was none of its API's (status {status})"),
            Error::Account => f.write_str("the vendor refuses the gateway's account"),
        }
    }
}

/// The way to the vendor.
pub(crate) struct Client {
    transport: Arc<dyn Transport>,
    base: String,
    metrics: Arc<Metrics>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base).finish_non_exhaustive()
    }
}

impl Client {
    pub(crate) fn new(base: &Url, transport: Arc<dyn Transport>, metrics: Arc<Metrics>) -> Client {
        Client { transport, base: base.as_str().to_owned(), metrics }
    }

    /// Sends it; a read once more if need be.
    pub(crate) async fn send(&self, ask: &Ask<'_>, token: Option<&str>) -> Result<Answer, Error> {
        let answer = self.once(ask, token).await;
        match &answer {
            Err(Error::NotSent(_) | Error::Lost(_)) if ask.method == "GET" => self.once(ask, token).await,
            _ => answer,
        }
    }

    async fn once(&self, ask: &Ask<'_>, token: Option<&str>) -> Result<Answer, Error> {
        let request = self.request(ask, token)?;
        let answer = tokio::time::timeout(ask.patience, self.exchange(request)).await.unwrap_or(Err(Error::TimedOut));
        self.metrics.asked(
            ask.name,
            match &answer {
                Ok(answer) => Outcome::Answered(answer.status),
                Err(Error::NotSent(_)) => Outcome::NotSent,
                Err(_) => Outcome::Lost,
            },
        );
        answer
    }

    fn request(&self, ask: &Ask<'_>, token: Option<&str>) -> Result<Request<Full<Bytes>>, Error> {
        let not_sent = |_| Error::NotSent("the request cannot be written".to_owned());
        let mut target = String::with_capacity(self.base.len() + ask.path.len() + 1 + ask.query.map_or(0, str::len));
        target.push_str(&self.base);
        target.push_str(ask.path);
        if let Some(query) = ask.query {
            target.push('?');
            target.push_str(query);
        }
        let mut request = Request::builder()
            .method(ask.method.parse::<Method>().map_err(|_| Error::NotSent("no such method".to_owned()))?)
            .uri(Uri::try_from(target).map_err(|_| Error::NotSent("no such address".to_owned()))?)
            .header(ACCEPT, HeaderValue::from_static(crate::answer::JSON))
            .header(USER_AGENT, HeaderValue::from_static(US));
        if let Some(token) = token {
            let mut value = HeaderValue::from_str(&format!("bearer {token}"))
                .map_err(|_| Error::NotSent("the token cannot be sent".to_owned()))?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        let body = match &ask.body {
            Some((kind, body)) => {
                request = request.header(CONTENT_TYPE, *kind);
                body.clone()
            }
            None => Bytes::new(),
        };
        request.body(Full::new(body)).map_err(not_sent)
    }

    async fn exchange(&self, request: Request<Full<Bytes>>) -> Result<Answer, Error> {
        let response = self.transport.exchange(request).await.map_err(|error| match error {
            TransportError::NotSent(why) => Error::NotSent(why),
            TransportError::Lost(why) => Error::Lost(why),
        })?;
        let (head, body) = response.into_parts();
        answer(head.status.as_u16(), &head.headers, body)
    }
}

/// What of the vendor's answer goes on: the status, JSON, and when one may come back. No cookie, no redirect, no page.
fn answer(status: u16, headers: &HeaderMap, body: Bytes) -> Result<Answer, Error> {
    if (300..400).contains(&status) || !is_json(&body) {
        return Err(Error::Strange(status));
    }
    let retry = headers.get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u32>().ok());
    let headers = retry.map(|seconds| ("retry-after".to_owned(), seconds.to_string())).into_iter().collect();
    Ok(Answer { status, headers, body })
}

/// Whether it is JSON, and no page of a gate's in between. What is as large as a preview is told by how it begins and ends: to read
/// all of it takes as long as all the rest.
fn is_json(body: &[u8]) -> bool {
    if body.len() < LARGE {
        return serde_json::from_slice::<serde::de::IgnoredAny>(body).is_ok();
    }
    let body = body.trim_ascii();
    matches!((body.first(), body.last()), (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_does_not_go_on_however_large_it_is() {
        let long = "x".repeat(LARGE);
        for (status, body, goes) in [
            (200, "{\"id\":1}".to_owned(), true),
            (404, "{\"error\":\"Card not found\"}".to_owned(), true),
            (200, format!(" {{\"front\":\"{long}\"}}\n"), true),
            (200, format!("[\"{long}\"]"), true),
            (302, "{}".to_owned(), false),
            (200, String::new(), false),
            (200, "{\"id\":1".to_owned(), false),
            (200, "<!doctype html>".to_owned(), false),
            (200, format!("<!doctype html>{long}"), false),
            (200, format!("{{\"front\":\"{long}"), false),
            (200, long.clone(), false),
        ] {
            let answer = answer(status, &HeaderMap::new(), body.clone().into());
            assert_eq!(answer.is_ok(), goes, "{status} {body:.40}");
        }
    }
}
