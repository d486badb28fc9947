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
    /// Its `Idempotency-Key`.
    pub(crate) key: Option<&'a str>,
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
    /// The devices that sessions were begun at, by their tokens.
    devices: RefCell<BTreeMap<String, String>>,
    /// Devices that were taken off the list.
    revoked: RefCell<BTreeSet<String>>,
    /// Who could still do something when that was over.
    lingers: RefCell<Vec<String>>,
    /// The card that was made by a key, and whose.
    by_key: RefCell<BTreeMap<(String, String), u64>>,
    /// Keys by which more than one was made.
    twice: RefCell<Vec<String>>,
    /// What a gateway that was stopped has left without an answer.
    left: RefCell<Vec<String>>,
}

impl Visitors {
    /// A device was taken off the list.
    pub(crate) fn revoked(&self, device: String) {
        self.revoked.borrow_mut().insert(device);
    }

    /// A gateway that was stopped, and had the time, has left this without an answer.
    pub(crate) fn was_left(&self, line: String) {
        self.left.borrow_mut().push(line);
    }

    /// Whether somebody asks by a device that is off the list.
    pub(crate) fn is_over(&self, asked: Asked<'_>) -> bool {
        let revoked = self.revoked.borrow();
        let Some(token) = asked.bearer.filter(|_| !revoked.is_empty()) else { return false };
        let of_session = self.devices.borrow().get(token).cloned();
        of_session.or_else(|| claim(token, 0, "kid")).is_some_and(|device| revoked.contains(&device))
    }

    /// The gateway has answered; `was_over` says whether it could not have known better when it was asked.
    pub(crate) fn answered(&self, asked: Asked<'_>, status: u16, body: &str, was_over: bool) {
        if let (401 | 404, true, Some(card)) = (status, asked.method == Method::Get, asked.card()) {
            self.lost.borrow_mut().insert(card);
        }
        let Some(token) = asked.bearer.filter(|_| status == 200) else { return };
        let json = || serde_json::from_str::<Value>(body).unwrap_or_default();
        let begun = asked.is(Method::Post, "session").then(|| json()["token"].as_str().unwrap_or_default().to_owned());
        // What is asked again by its key has its first answer, and in it a session that has ended by now.
        let is_repeat = begun.as_ref().is_some_and(|session| self.sessions.borrow().contains_key(session));
        if was_over && !is_repeat {
            self.lingers.borrow_mut().push(format!("{:?} {}", asked.method, asked.path));
        }
        if let Some(session) = begun {
            // Who is before a device is somebody else each time, whatever it says.
            let by_site = claim(token, 1, "iss").filter(|issuer| issuer == "site");
            let visitor = by_site.and_then(|_| claim(token, 1, "sub")).unwrap_or_else(|| session.clone());
            if let Some(device) = claim(token, 0, "kid") {
                self.devices.borrow_mut().insert(session.clone(), device);
            }
            self.sessions.borrow_mut().insert(session, visitor);
            return;
        }
        let visitor = self.sessions.borrow().get(token).cloned().unwrap_or_default();
        if asked.makes() {
            let id = &json()["id"];
            // Some servers write numbers as texts.
            if let Some(card) = id.as_u64().or_else(|| id.as_str()?.parse().ok()) {
                let key = (visitor.clone(), asked.key.unwrap_or_default().to_owned());
                let known = *self.by_key.borrow_mut().entry(key).or_insert(card);
                if asked.key.is_some() && known != card {
                    self.twice.borrow_mut().push(format!("cards {known} and {card}"));
                }
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

    /// What somebody could do whose device was off the list.
    pub(crate) fn lingering(&self) -> Option<String> {
        self.lingers.borrow().first().cloned()
    }

    /// What came about twice by one key.
    pub(crate) fn twice(&self) -> Option<String> {
        self.twice.borrow().first().cloned()
    }

    /// What was left without an answer.
    pub(crate) fn left(&self) -> Option<String> {
        self.left.borrow().first().cloned()
    }

    /// What somebody has reached that is not theirs.
    pub(crate) fn trespass(&self) -> Option<String> {
        self.trespasses.borrow().first().cloned()
    }
}

/// What the head (0) or the claims (1) of a statement say.
fn claim(statement: &str, part: usize, name: &str) -> Option<String> {
    let text = URL_SAFE_NO_PAD.decode(statement.split('.').nth(part)?).ok()?;
    Some(serde_json::from_slice::<Value>(&text).ok()?[name].as_str()?.to_owned())
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
