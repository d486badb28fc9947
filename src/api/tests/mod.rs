//! The client against a scripted transport: what it sends, what it understands, and how it fails.

mod answers;
mod answers_orders;
#[cfg(not(target_family = "wasm"))]
mod callers;
mod calls;
mod endpoints;
mod errors;
mod gateways;
mod operations;
mod operations_people;
// The crate that makes the inputs does not build for the browser.
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod renewals;

use super::fake::{Fake, Sent, Step};
use super::*;
use crate::world::{Method, Token, Transport, WireRequest};

/// The organization of all tests.
const ORG: OrganizationId = OrganizationId(7);

/// What a call made of one successful answer.
fn answered<T, F: Future<Output = Result<T, Error>>>(body: &str, call: impl FnOnce(Client) -> F) -> Result<T, Error> {
    let fake = Fake::once(body);
    fake.run(call(fake.client()))
}

/// That an answer leaves `field` of `operation` undecodable.
fn undecodable(operation: &'static str, field: &str) -> Error {
    Error::Undecodable { operation, field: field.to_owned() }
}
