//! What the API says when it refuses: a status and one or more sentences. How the sentences are spelled on the wire
//! (a text or a list) is the dialect's business, so both answers and refusals travel as response extensions until
//! `server` writes them out.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

/// What an operation answers with, in the sandbox's own words; always 200.
#[derive(Debug, Clone)]
pub(crate) struct Answer(pub(crate) Value);

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// At least one sentence.
    pub(crate) texts: Vec<String>,
}

/// What every operation returns: the JSON to answer, or a refusal.
pub(crate) type Outcome = Result<Answer, ApiError>;

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, text: impl Into<String>) -> Self {
        Self { status, texts: vec![text.into()] }
    }

    pub(crate) fn bad_request(text: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, text)
    }

    pub(crate) fn not_acceptable(text: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_ACCEPTABLE, text)
    }

    /// `what` is the kind of thing that was looked for: `Card`, `Print job`, …
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, format!("{what} not found"))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized")
    }

    /// The vendor's own words for the 500 of card creation: an integer that its database column cannot hold.
    pub(crate) fn out_of_range() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "Requested Range Not Satisfyable")
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::bad_request(format!("Missing parameter '{name}'"))
    }

    pub(crate) fn unknown(name: &str) -> Self {
        Self::bad_request(format!("Unknown parameter '{name}'"))
    }

    /// The same words under another status: addresses and contacts answer 406 where the rest answers 400.
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
}
