//! What a caller gets: an answer, or a refusal in the vendor's error form, `{"error": text}`.

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The only kind of body that callers get.
pub(crate) const JSON: &str = "application/json";

/// An answer, read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// What is said beside the body, as `Retry-After`.
    pub(crate) headers: Vec<(String, String)>,
    /// JSON, always.
    pub(crate) body: Bytes,
}

impl Answer {
    /// A success.
    pub(crate) fn ok(json: &Value) -> Answer {
        Answer { status: 200, headers: Vec::new(), body: json.to_string().into() }
    }

    /// Whether the vendor, or the gateway, has done what was asked.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body, where it is JSON.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// Why something is refused: what the caller reads, and what the log says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) text: Cow<'static, str>,
    /// One word for the log and the metrics.
    pub(crate) why: &'static str,
    /// In how many seconds one may come back.
    pub(crate) retry_after: Option<u64>,
    /// The connection is of no more use: what follows on it cannot be trusted to begin where it seems to.
    pub(crate) closes: bool,
    /// The vendor gave no answer.
    pub(crate) silence: Option<Silence>,
}

/// What is known where the vendor gave no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Silence {
    /// Nothing was sent.
    Unsent,
    /// It was sent, and nobody heard what became of it.
    Unheard,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, why: &'static str, text: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { status, text: text.into(), why, retry_after: None, closes: false, silence: None }
    }

    /// What is not there, and what is not the caller's, alike. `what` is the kind of thing, `Card`.
    pub(crate) fn not_found(what: &str, why: &'static str) -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, why, format!("{what} not found"))
    }

    /// In the vendor's own words.
    pub(crate) fn unauthorized(why: &'static str) -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, why, "Unauthorized")
    }

    pub(crate) fn bad_request(why: &'static str, text: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal::new(StatusCode::BAD_REQUEST, why, text)
    }

    /// Too much at once.
    pub(crate) fn busy(why: &'static str, seconds: u64) -> Refusal {
        let refusal = Refusal::new(StatusCode::TOO_MANY_REQUESTS, why, "Too many requests");
        Refusal { retry_after: Some(seconds.max(1)), ..refusal }
    }

    /// The gateway itself cannot go on.
    pub(crate) fn unavailable(why: &'static str) -> Refusal {
        Refusal::new(StatusCode::SERVICE_UNAVAILABLE, why, "The service is not available at the moment")
    }

    pub(crate) fn closing(mut self) -> Refusal {
        self.closes = true;
        self
    }

    /// As it goes to the caller.
    pub(crate) fn answer(&self) -> Answer {
        let mut headers = Vec::new();
        if let Some(seconds) = self.retry_after {
            headers.push(("retry-after".to_owned(), seconds.to_string()));
        }
        if self.closes {
            headers.push(("connection".to_owned(), "close".to_owned()));
        }
        Answer { status: self.status.as_u16(), headers, body: json!({"error": self.text}).to_string().into() }
    }
}
