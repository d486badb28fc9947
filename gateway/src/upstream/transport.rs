//! What carries a request to the vendor: HTTPS, and in a simulation whatever that makes of it.

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::{Request, Response};
use http_body_util::Full;

/// Carries one request there, once, and its answer back, read to its end. Dropping the future gives the answer up, and maybe not
/// what was asked for.
pub trait Transport: Send + Sync {
    /// The answer, whatever its status; no redirect is followed.
    ///
    /// # Errors
    /// There is none.
    fn exchange(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Result<Response<Bytes>, TransportError>>;
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// There was no connection to send it on.
    NotSent(String),
    /// Some of it was sent, or all, and no whole answer came back.
    Lost(String),
}

/// An error with what caused it. It names addresses at most, never what was sent.
#[cfg(feature = "serving")]
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
