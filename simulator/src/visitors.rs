//! Whose sessions a gateway has begun, and which cards they have reached.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use instant_card::world::Method;
use serde_json::Value;

/// A request to a gateway.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) method: Method,
    /// From `/api/v2/` on.
    pub(crate) path: &'a str,
    pub(crate) bearer: Option<&'a str>,
    /// The card that its form names.
    pub(crate) card_id: Option<&'a str>,
}

/// The visitors of a gateway, as one knows them from what it answers.
#[derive(Default)]
pub(crate) struct Visitors {
    /// By the token of a session.
    sessions: RefCell<BTreeMap<String, String>>,
    /// By the number of a card.
    owners: RefCell<BTreeMap<u64, String>>,
    /// Cards that somebody has reached who has not made them.
    trespasses: RefCell<Vec<String>>,
    /// Cards whose orders could not be looked for, since the session was over.
    lost: RefCell<BTreeSet<u64>>,
}

impl Visitors {
    /// The gateway has answered.
    pub(crate) fn answered(&self, asked: Asked<'_>, status: u16, body: &str) {
        if let (401 | 404, true, Some(card)) = (status, asked.method == Method::Get, asked.card()) {
            self.lost.borrow_mut().insert(card);
        }
        let Some(token) = asked.bearer.filter(|_| status == 200) else { return };
        let json = || serde_json::from_str::<Value>(body).unwrap_or_default();
        if asked.is(Method::Post, "session") {
            let session = json()["token"].as_str().unwrap_or_default().to_owned();
            let visitor = subject(token).unwrap_or_else(|| session.clone());
            self.sessions.borrow_mut().insert(session, visitor);
            return;
        }
        let visitor = self.sessions.borrow().get(token).cloned().unwrap_or_default();
        if asked.makes() {
            let id = &json()["id"];
            // Some servers write numbers as texts.
            if let Some(card) = id.as_u64().or_else(|| id.as_str()?.parse().ok()) {
                self.owners.borrow_mut().insert(card, visitor);
            }
            return;
        }
        if let Some(card) = asked.card()
            && self.owners.borrow().get(&card) != Some(&visitor)
        {
            self.trespasses.borrow_mut().push(format!("{:?} {}", asked.method, asked.path));
        }
    }

    /// Whether an order could not be looked for any more.
    pub(crate) fn has_lost(&self, card: u64) -> bool {
        self.lost.borrow().contains(&card)
    }

    /// What somebody has reached that is not theirs.
    pub(crate) fn trespass(&self) -> Option<String> {
        self.trespasses.borrow().first().cloned()
    }
}

/// Whom a statement speaks of.
fn subject(statement: &str) -> Option<String> {
    let claims = URL_SAFE_NO_PAD.decode(statement.split('.').nth(1)?).ok()?;
    Some(serde_json::from_slice::<Value>(&claims).ok()?["sub"].as_str()?.to_owned())
}

impl Asked<'_> {
    /// What stands below the API.
    fn below(&self) -> &str {
        self.path.strip_prefix("/api/v2/").unwrap_or(self.path)
    }

    fn is(&self, method: Method, path: &str) -> bool {
        self.method == method && self.below() == path
    }

    /// Whether a card is made.
    fn makes(&self) -> bool {
        self.method == Method::Post && self.below().ends_with("/cards")
    }

    /// The card that it is about.
    fn card(&self) -> Option<u64> {
        if self.is(Method::Post, "session/cart") || self.is(Method::Post, "session/order") {
            return self.card_id?.parse().ok();
        }
        if let Some(card) = self.below().strip_prefix("session/order/") {
            return card.parse().ok();
        }
        let (_, rest) = self.path.split_once("/cards/")?;
        let is_known = matches!(self.method, Method::Get | Method::Patch | Method::Delete);
        rest.split(['/', '?']).next().filter(|_| is_known)?.parse().ok()
    }
}
