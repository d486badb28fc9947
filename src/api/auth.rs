//! "User login / authentication": an e-mail and a password become a token.

use std::fmt;

use super::client::{Call, Client};
use super::form::Params;
use super::request::{Operation, Request, WRITE};
use super::transport::Method::Post;
use super::wire;

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
    pub(super) fn is_sendable(&self) -> bool {
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

const AUTHENTICATE: Operation = Operation::new("authenticate", Post, WRITE);

impl Client {
    /// Signs in. [`super::Error::Unauthorized`] means that the e-mail or the password is wrong; no renewal is tried.
    pub fn authenticate(&self, email: &str, password: &str) -> Call<Token> {
        let mut form = Params::new();
        form.add("email", email);
        form.add_secret("password", password);
        let mut request = Request::new(&AUTHENTICATE, "authenticate").form(form);
        request.authenticated = false;
        self.call(request, wire::token)
    }
}
