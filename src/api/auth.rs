//! "User login / authentication": an e-mail and a password become a token.

use super::client::{Call, Client};
use super::form::Params;
use super::request::{Operation, Request, WRITE};
use super::wire;
use crate::world::Method::Post;
use crate::world::Token;

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
