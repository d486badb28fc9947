//! Notices: what went wrong, what to do about it, and a way on.
//!
//! Errors are types until here: this is where each one gets its words.

use super::button::{Act, button};
use super::dom::{El, el};
use super::language::words;
use crate::api::Error;
use crate::i18n::Messages;

/// A failure in words.
#[derive(Clone)]
pub(crate) struct Worded {
    /// What happened, in one sentence.
    pub(crate) what: String,
    /// What to do, in one sentence.
    pub(crate) next: String,
    /// The server's own words, if it gave any.
    pub(crate) said: Vec<String>,
}

impl Worded {
    /// Two sentences of our own.
    pub(crate) fn of(what: &str, next: &str) -> Worded {
        Worded { what: what.to_string(), next: next.to_string(), said: Vec::new() }
    }
}

/// The words for a failed call.
pub(crate) fn worded(words: Messages, error: &Error) -> Worded {
    let words = words.errors();
    let (what, next) = match error {
        Error::Unauthorized { .. } => (words.unauthorized, words.unauthorized_next),
        Error::SignInDismissed => (words.dismissed, words.dismissed_next),
        Error::Refused { .. } | Error::NotAcceptable { .. } => (words.refused, words.refused_next),
        Error::NotFound { .. } => (words.not_found, words.not_found_next),
        Error::Server { .. } => (words.server, words.server_next),
        Error::Unreachable => (words.unreachable, words.unreachable_next),
        Error::PaymentThroughProxy => (words.payment_proxy, words.payment_proxy_next),
        Error::TimedOut { seconds } => {
            return Worded::of(&words.timed_out(&seconds.to_string()), words.timed_out_next);
        }
        Error::Undecodable { operation, field } => {
            return Worded::of(words.undecodable, &words.undecodable_next(operation, field));
        }
    };
    Worded { said: error.words().to_vec(), ..Worded::of(what, next) }
}

/// A short code for a failed call, for the page's own records.
pub(crate) fn code(error: &Error) -> &'static str {
    match error {
        Error::Unauthorized { .. } => "unauthorized",
        Error::SignInDismissed => "sign-in-dismissed",
        Error::Refused { .. } => "refused",
        Error::NotAcceptable { .. } => "not-acceptable",
        Error::NotFound { .. } => "not-found",
        Error::Server { .. } => "server",
        Error::Unreachable => "unreachable",
        Error::PaymentThroughProxy => "payment-through-proxy",
        Error::TimedOut { .. } => "timed-out",
        Error::Undecodable { .. } => "undecodable",
    }
}

/// Shows a failure, with a button to try again where there is something to try.
pub(crate) fn notice(worded: Worded, retry: Option<Act>) -> El {
    let words = words().common();
    let mut shown = el("div")
        .class("notice danger")
        .attr("role", "alert")
        .attr("part", "notice")
        .child(el("p").child(el("strong").text(&worded.what)));
    if !worded.next.is_empty() {
        shown = shown.child(el("p").text(&worded.next));
    }
    if !worded.said.is_empty() {
        let list = el("ul").children(worded.said.iter().map(|said| el("li").text(said)));
        shown = shown.child(el("div").class("said").child(el("span").text(words.server_said)).child(list));
    }
    shown.children(retry.map(|retry| button("button", "retry", words.retry, move || retry())))
}

/// Says, to whoever does not see the skeleton beside it, that something is on its way.
pub(crate) fn loading() -> El {
    let text = words().common().loading;
    el("p").class("visually-hidden").attr("role", "status").attr("aria-label", text).text(text)
}
