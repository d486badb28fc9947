//! A failed call in words. Errors are types until here: this is where each one gets its words.

use std::cell::Cell;
use std::rc::Rc;

use crate::api::Error;
use crate::i18n::Messages;
use crate::i18n::network::Network;
use crate::world::Unseen;

/// A failure in words.
#[derive(Clone)]
pub struct Worded {
    /// What happened, in one sentence.
    pub what: String,
    /// What to do, in one sentence.
    pub next: String,
    /// The server's own words, if it gave any.
    pub said: Vec<String>,
}

impl Worded {
    /// Two sentences of our own.
    pub fn of(what: &str, next: &str) -> Worded {
        Worded { what: what.to_string(), next: next.to_string(), said: Vec::new() }
    }
}

/// Says one thing in the words in force.
type Say = fn(Messages) -> &'static str;

/// What is said and done where the device has no network.
pub(super) struct Away {
    /// What is said, while it has none. Follows.
    pub(super) says: fn(Messages) -> Option<&'static Network>,
    /// Does this once it has one again, unless what asks for it goes before.
    pub(super) when_back: fn(Rc<dyn Fn()>),
}

thread_local! {
    /// It comes in a later file, for all widgets of the page.
    static AWAY: Cell<Option<&'static Away>> = const { Cell::new(None) };
    /// What to do where a gateway cannot be reached: its words come with what calls to one want, and a page has one for all its
    /// widgets, or none.
    static NO_GATEWAY: Cell<Option<Say>> = const { Cell::new(None) };
}

/// From now on it is a gateway that is told of where nothing answers.
pub(crate) fn word_gateway() {
    NO_GATEWAY.set(Some(|all| all.gateway().away_next));
}

/// From now on it is told where there is no network.
pub(super) fn word_away(away: &'static Away) {
    AWAY.set(Some(away));
}

/// What is said of an error where there is no network. Follows.
fn away(all: Messages, error: &Error) -> Option<&'static Network> {
    AWAY.get().filter(|_| matches!(error, Error::Unreachable)).and_then(|away| (away.says)(all))
}

/// Does this once the device has a network again, unless what it is asked for is gone by then.
pub(crate) fn when_back(act: Rc<dyn Fn()>) {
    if let Some(away) = AWAY.get() {
        (away.when_back)(act);
    }
}

/// The words for a failed call.
pub(crate) fn worded(all: Messages, error: &Error) -> Worded {
    if let Some(words) = away(all, error) {
        return Worded::of(words.offline, words.goes_on);
    }
    let words = all.errors();
    let (what, next) = match error {
        Error::Unauthorized { .. } => (words.unauthorized, words.unauthorized_next),
        Error::SignInDismissed => (words.dismissed, words.dismissed_next),
        Error::Refused { .. } | Error::NotAcceptable { .. } => (words.refused, words.refused_next),
        Error::NotFound { .. } => (words.not_found, words.not_found_next),
        Error::Server { status, words: said } if said.is_empty() => {
            return Worded::of(words.server, &words.gateway_next(&status.to_string()));
        }
        Error::Server { .. } => (words.server, words.server_next),
        // A browser does not tell which redirect it was.
        Error::Gate { status: 0 } => (words.sign_in_page, words.sign_in_page_next),
        Error::Gate { status } => {
            let next = if *status == 401 { words.sign_in_page_next } else { words.again_or_owner };
            return Worded::of(&words.gate(&status.to_string()), next);
        }
        Error::TooLarge { kilobytes: None } => (words.too_large, words.again_or_owner),
        Error::TooLarge { kilobytes: Some(kilobytes) } => {
            return Worded::of(words.too_large, &words.too_large_next(&kilobytes.to_string()));
        }
        Error::Busy { seconds: None } => (words.busy, words.server_next),
        Error::Busy { seconds: Some(seconds) } => {
            return Worded::of(words.busy, &words.busy_next(&seconds.to_string()));
        }
        Error::Unreachable => (words.unreachable, NO_GATEWAY.get().map_or(words.unreachable_next, |say| say(all))),
        Error::PaymentThroughProxy => (words.payment_proxy, words.payment_proxy_next),
        Error::TimedOut { seconds } => {
            return Worded::of(&words.timed_out(&seconds.to_string()), words.timed_out_next);
        }
        Error::ProviderSilent { seconds } => {
            return Worded::of(&words.provider_silent(&seconds.to_string()), words.again_or_owner);
        }
        Error::NoToken => (all.sign_in().no_access, words.again_or_owner),
        Error::Undecodable { operation, field } => {
            return Worded::of(words.undecodable, &words.undecodable_next(operation, field));
        }
    };
    Worded { said: error.words().to_vec(), ..Worded::of(what, next) }
}

/// The words for a failed call that is made again only where somebody asks for it, since it may charge something.
pub(crate) fn worded_asked(all: Messages, error: &Error) -> Worded {
    match away(all, error) {
        Some(words) => Worded::of(words.offline, words.asked),
        None => worded(all, error),
    }
}

/// The same of one with which nothing is left that was entered.
pub(crate) fn worded_gone(all: Messages, error: &Error) -> Worded {
    let words = all.checkout();
    let next = match error {
        Error::SignInDismissed => words.sign_in_next,
        Error::Server { words: said, .. } if said.is_empty() => return worded(all, error),
        Error::Server { .. } | Error::Busy { seconds: None } | Error::TimedOut { .. } => words.wait_next,
        _ => return worded_asked(all, error),
    };
    Worded { next: next.to_string(), ..worded(all, error) }
}

/// That so many entries of a list are left out.
pub(crate) fn left_out(words: Messages, count: u32) -> String {
    let words = words.errors();
    if count == 1 { words.one_left_out.to_owned() } else { words.left_out(&count.to_string()) }
}

/// The code and the words for a preview that is not to be seen.
pub(crate) fn worded_unseen(words: Messages, why: Unseen) -> (&'static str, Worded) {
    let words = words.card();
    match why {
        Unseen::NoPicture => ("preview-no-picture", Worded::of(words.bad_picture, words.unavailable_next)),
        Unseen::Blocked => ("preview-blocked", Worded::of(words.pictures_blocked, words.pictures_blocked_next)),
    }
}

/// A short code for a failed call, for the page's own records.
pub fn code(error: &Error) -> &'static str {
    match error {
        Error::Unauthorized { .. } => "unauthorized",
        Error::SignInDismissed => "sign-in-dismissed",
        Error::Refused { .. } => "refused",
        Error::NotAcceptable { .. } => "not-acceptable",
        Error::NotFound { .. } => "not-found",
        Error::Server { .. } => "server",
        Error::Gate { status: 0 | 401 } => "sign-in-page",
        Error::Gate { .. } => "gate",
        Error::TooLarge { .. } => "too-large",
        Error::Busy { .. } => "too-many-requests",
        Error::Unreachable => "unreachable",
        Error::PaymentThroughProxy => "payment-through-proxy",
        Error::TimedOut { .. } => "timed-out",
        Error::ProviderSilent { .. } | Error::NoToken => "token-provider",
        Error::Undecodable { .. } => "undecodable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_gateway_that_is_away_is_no_missing_proxy() {
        for (locale, proxy, origins) in
            [(Locale::En, "set a proxy", "its origins"), (Locale::Es, "un proxy", "sus origins")]
        {
            NO_GATEWAY.set(None);
            let next = || worded(Messages::of(locale), &Error::Unreachable).next;
            assert!(next().contains(proxy) && !next().contains(origins));
            word_gateway();
            assert!(!next().contains(proxy) && next().contains(origins), "{}", next());
        }
    }
}
