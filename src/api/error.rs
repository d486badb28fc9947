//! Why a call failed, told apart as far as a caller would act differently. Wording it for a person is `i18n`'s.

use super::find::cut;
use super::json::{Flaw, Json};

/// A failed call. Holds no token, no password and no payment card, also where the server's words repeated one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// 401: wrong e-mail or password, or a token that is refused even after a renewal.
    Unauthorized {
        /// The server's words.
        words: Vec<String>,
    },
    /// 400, any other 4xx, or an `error` inside a successful answer: the server says no, and why.
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's words; empty when a gateway answered in its place.
        words: Vec<String>,
    },
    /// 404: there is no such thing (any more).
    NotFound {
        /// The server's words.
        words: Vec<String>,
    },
    /// 406: an address or a contact that the server finds invalid.
    NotAcceptable {
        /// The server's words.
        words: Vec<String>,
    },
    /// 5xx from the server or from a gateway before it. 501 on updating an address: the address has no contact.
    Server {
        /// The HTTP status.
        status: u16,
        /// The server's words; empty when a gateway answered with HTML or nothing.
        words: Vec<String>,
    },
    /// 413: what was sent is more than something on the way lets through.
    TooLarge {
        /// How much was sent, in kilobytes, where that is why: with a photo.
        kilobytes: Option<u64>,
    },
    /// 429: too much was asked for at once.
    Busy {
        /// In how many seconds one may come back, where that was said.
        seconds: Option<u32>,
    },
    /// Something between the page and the API answered in its place: a gate that wants a sign-in of its own, a firewall.
    /// Whether the server did what was asked is unknown.
    Gate {
        /// The HTTP status; 0 for a redirect, which is not followed.
        status: u16,
    },
    /// No answer came: no network, no such host, or the browser's CORS check refused it (it does not tell which).
    Unreachable,
    /// No answer came in time. Whether the server did what was asked is unknown.
    TimedOut {
        /// The operation's time limit.
        seconds: u32,
    },
    /// The server succeeded, but its answer is not what the operation answers.
    Undecodable {
        /// The operation, as in `print_jobs.submit`.
        operation: &'static str,
        /// The member that is missing or of another kind, as in `list_users[0].card_id`, or `body` for no JSON at all.
        field: String,
    },
    /// Nothing was sent: the page was asked for a token, and did not answer.
    ProviderSilent {
        /// How long it was waited for.
        seconds: u32,
    },
    /// Nothing was sent: the page was asked for a token, and has given none that can be used.
    NoToken,
    /// Nothing was sent: payment data does not pass through a proxy that receives its target as `{url}`.
    PaymentThroughProxy,
    /// Nothing was sent: the call needed a token, and whoever was asked for one declined.
    SignInDismissed,
}

impl Error {
    /// The server's own words, to be shown as text; empty where it said nothing.
    pub fn words(&self) -> &[String] {
        match self {
            Error::Unauthorized { words }
            | Error::Refused { words, .. }
            | Error::NotFound { words }
            | Error::NotAcceptable { words }
            | Error::Server { words, .. } => words,
            _ => &[],
        }
    }

    /// Whether the server may have done what was asked although the call failed, so that a charge must be looked up
    /// before it is tried again.
    pub fn is_outcome_unknown(&self) -> bool {
        matches!(
            self,
            Error::Server { .. }
                | Error::Gate { .. }
                | Error::Unreachable
                | Error::TimedOut { .. }
                | Error::Undecodable { .. }
        )
    }

    /// Whether nobody is signed in, or the server does not believe it.
    pub fn is_about_signing_in(&self) -> bool {
        matches!(self, Error::Unauthorized { .. } | Error::SignInDismissed)
    }

    /// The error that an unsuccessful status stands for.
    pub(super) fn from_status(status: u16, words: Vec<String>) -> Error {
        match status {
            401 => Error::Unauthorized { words },
            404 => Error::NotFound { words },
            406 => Error::NotAcceptable { words },
            500.. => Error::Server { status, words },
            _ => Error::Refused { status, words },
        }
    }

    /// The error that an unreadable place in an operation's answer stands for.
    pub(super) fn from_flaw(operation: &'static str, Flaw(field): Flaw) -> Error {
        Error::Undecodable { operation, field }
    }
}

/// At most so many words of the server, each at most so many bytes, are worth showing.
const MOST_WORDS: usize = 8;
const LONGEST_WORDS: usize = 400;

/// The words in an error's body: a text, a list of texts, or lists by member, under `error` or `errors`.
///
/// `None` when the body has no such member; what is not JSON never gets here, so a gateway's HTML is never quoted.
pub(super) fn words_in(body: &Json) -> Option<Vec<String>> {
    let words = [body.get("error"), body.get("errors")].into_iter().find(|words| !matches!(words, Json::Null))?;
    let mut found = Vec::new();
    collect(words, &mut found);
    Some(found)
}

/// Whether this is not how the API itself refuses: a page of something on the way, or an object that has no words in it
/// where the API has them. Nothing at all, and a bare value, may be the API's.
pub(super) fn is_foreign(text: &str, body: Option<&Json>) -> bool {
    match body {
        None => !text.trim().is_empty(),
        Some(body @ Json::Object(members)) => !members.is_empty() && words_in(body).is_none(),
        Some(_) => false,
    }
}

fn collect(words: &Json, found: &mut Vec<String>) {
    match words {
        Json::Text(text) => {
            let text = text.trim();
            if !text.is_empty() && !text.starts_with('<') && found.len() < MOST_WORDS {
                let end = (0..=LONGEST_WORDS.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
                found.push(text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned());
            }
        }
        Json::List(items) => items.iter().for_each(|item| collect(item, found)),
        Json::Object(members) => members.iter().for_each(|(_, value)| collect(value, found)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// Takes a secret out of the server's words, in case it repeats what it was sent.
pub(super) fn scrub(words: &mut [String], secret: &str) {
    // Shorter ones would tear holes into innocent words, and say little.
    if secret.len() >= 3 {
        for text in words {
            let mut clean = String::new();
            let mut rest = text.as_str();
            while let Some((before, after)) = cut(rest, secret) {
                clean.push_str(before);
                clean.push_str("***");
                rest = after;
            }
            clean.push_str(rest);
            *text = clean;
        }
    }
}
