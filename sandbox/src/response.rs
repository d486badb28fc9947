//! Answers on their way out, before they are written to a connection.

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};
use serde_json::Value;

/// An answer, whole.
pub(crate) type Response = hyper::Response<Bytes>;

/// Nothing but a status.
pub(crate) fn empty(status: StatusCode) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    response
}

/// A body of some kind.
pub(crate) fn with_body(status: StatusCode, mime: &'static str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response
}

/// The kind of what the API answers.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

/// JSON as the API sends it.
pub(crate) fn json_text(status: StatusCode, json: String) -> Response {
    let mut response = with_body(status, JSON, json);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The same, from a value.
pub(crate) fn json_response(status: StatusCode, json: &Value) -> Response {
    json_text(status, json.to_string())
}

/// Lets every page on every origin read the answer.
pub(crate) fn with_cors(mut response: Response) -> Response {
    let is_preflight = response.status() == StatusCode::NO_CONTENT;
    let mut set = |name, value| drop(response.headers_mut().insert(name, HeaderValue::from_static(value)));
    set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if is_preflight {
        set(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, PATCH, DELETE, OPTIONS");
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, Content-Type");
        set(header::ACCESS_CONTROL_MAX_AGE, "600");
    }
    response
}
