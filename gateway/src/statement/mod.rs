//! What a site's own backend says of a visitor, or a kiosk's device of the person before it: a JSON Web Token, good for a moment and
//! for once. [`token`] takes it apart and verifies its signature, [`claims`] is what it says and whether that holds here and now.

mod claims;
mod token;

pub(crate) use claims::{Claims, Mode};
pub(crate) use token::read;

use crate::answer::Refusal;
use http::StatusCode;

/// Why a statement is not taken. The site's developers read it, and it helps nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It is no token, or has what is not understood.
    Malformed,
    /// It is not signed in a way that is taken.
    Algorithm,
    /// No key is known by that name.
    UnknownKey,
    /// It was not signed with that key.
    Signature,
    /// The key is not this issuer's.
    Issuer,
    /// It is for somebody else.
    Audience,
    /// It is for a page of another origin.
    Origin,
    /// It has ended.
    Expired,
    /// It is from the future.
    Future,
    /// It is good for longer than is taken.
    TooLong,
    /// A claim is missing, or none of its kind.
    Claim(&'static str),
    /// It was used before.
    Used,
    /// The device was taken off the list.
    Device,
}

impl Flaw {
    /// One word for the log.
    pub(crate) fn why(self) -> &'static str {
        match self {
            Flaw::Malformed => "statement-malformed",
            Flaw::Algorithm => "statement-algorithm",
            Flaw::UnknownKey => "statement-unknown-key",
            Flaw::Signature => "statement-signature",
            Flaw::Issuer => "statement-issuer",
            Flaw::Audience => "statement-audience",
            Flaw::Origin => "statement-origin",
            Flaw::Expired => "statement-expired",
            Flaw::Future => "statement-future",
            Flaw::TooLong => "statement-too-long",
            Flaw::Claim(_) => "statement-claim",
            Flaw::Used => "statement-used",
            Flaw::Device => "statement-device",
        }
    }
}

impl From<Flaw> for Refusal {
    fn from(flaw: Flaw) -> Refusal {
        let text = match flaw {
            Flaw::Malformed => "The statement cannot be read",
            Flaw::Algorithm => "The statement is not signed as its key is meant to",
            Flaw::UnknownKey => "The statement's key is not known",
            Flaw::Signature => "The statement's signature is wrong",
            Flaw::Issuer => "The statement's issuer is not its key's",
            Flaw::Audience => "The statement is for another audience",
            Flaw::Origin => "The statement is for another origin",
            Flaw::Expired => "The statement has expired",
            Flaw::Future => "The statement is from the future",
            Flaw::TooLong => "The statement is good for too long",
            Flaw::Claim(name) => {
                return Refusal::new(
                    StatusCode::UNAUTHORIZED,
                    flaw.why(),
                    format!("The statement's '{name}' is missing or wrong"),
                );
            }
            Flaw::Used => "The statement was used before",
            Flaw::Device => "The device is not enrolled",
        };
        Refusal::new(StatusCode::UNAUTHORIZED, flaw.why(), text)
    }
}
