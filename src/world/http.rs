//! The way of the client to its server: requests as they are sent, answers as they come.

use std::fmt;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

/// What a session shows the server to be let in. It expires, after a time that the vendor does not name.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A token as the server or the host page gave it.
    pub fn new(token: impl Into<String>) -> Token {
        Token(token.into())
    }

    /// The token itself, for the header and for session storage.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a header can carry it. A browser throws on one that cannot.
    pub fn is_sendable(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

impl From<String> for Token {
    fn from(token: String) -> Token {
        Token(token)
    }
}

/// Says that there is one, not which.
impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// The HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads; the only one that is ever repeated on its own.
    Get,
    /// Creates, or acts.
    Post,
    /// Changes.
    Patch,
    /// Deletes.
    Delete,
}

/// A request as it is sent.
#[derive(PartialEq, Eq)]
pub struct WireRequest {
    /// The method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The token for the header `Authorization: bearer TOKEN`.
    pub bearer: Option<Token>,
    /// What stands in the header `Idempotency-Key`, quoted: a gateway carries out what has the same key once.
    pub key: Option<String>,
    /// The body, sent as `multipart/form-data`.
    pub form: Option<Vec<(&'static str, String)>>,
    /// Whether it goes apart from all others: without the page's cookies, and so on connections of its own, where a
    /// browser that repeats a request by itself finds none that was used before.
    pub apart: bool,
}

impl WireRequest {
    /// How many bytes the form has, about.
    pub fn size(&self) -> u64 {
        self.form.iter().flatten().map(|(_, value)| value.len() as u64).sum()
    }
}

/// Without the form's values, which may be a password, a payment card or somebody's photo.
impl fmt::Debug for WireRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Option<Vec<&str>> = self.form.as_ref().map(|form| form.iter().map(|(name, _)| *name).collect());
        f.debug_struct("WireRequest")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("bearer", &self.bearer)
            .field("form", &names)
            .finish()
    }
}

/// An answer, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct WireResponse {
    /// The HTTP status; [`WireResponse::REDIRECT`] for one that was not followed.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// In how many seconds one may come back (`Retry-After`), where the page is let see it.
    pub retry_after: Option<u32>,
}

impl WireResponse {
    /// What a browser tells of a redirect that it was not to follow.
    pub const REDIRECT: u16 = 0;

    /// An answer that says no more than that.
    pub fn new(status: u16, body: impl Into<String>) -> WireResponse {
        WireResponse { status, body: body.into(), retry_after: None }
    }
}

/// No answer came. A browser does not tell a page why: no network, no such host, or a CORS refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportFailure;

/// Hears how many of how many bytes have gone out.
pub type WentOut = Rc<dyn Fn(u64, u64)>;

/// What the client needs of the world outside: the network, time and chance.
pub trait Transport {
    /// Sends a request and reads its answer to the end. Dropping the future cancels the call; the future keeps nothing
    /// of `request`.
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>>;

    /// Is ready after so many milliseconds.
    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()>;

    /// Any number, for spreading retries.
    fn random(&self) -> u32;
}

/// The way for a request that is long on its way, since it has photos in it.
pub trait Upload {
    /// As [`Transport::send`]. `went_out` hears how many of how many bytes have gone out, again and again while they do.
    fn upload(
        &self,
        request: &WireRequest,
        went_out: WentOut,
    ) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>>;
}
