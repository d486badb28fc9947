//! What came over the network, for whoever looks afterwards: requests under way, the faults that struck, and requests
//! that came again to the letter after their answer had been lost. A client that tries again makes a new body (a form's
//! boundary is a new one each time); what comes to the letter was repeated by the browser itself.

use crate::action::Action;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// The record since the start.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Requests of the API that have begun and not ended.
    pub(crate) under_way: u64,
    struck: BTreeMap<&'static str, u64>,
    /// What asks to change something and was not answered, by what makes it the same.
    lost: BTreeMap<u64, u64>,
    repeats: BTreeMap<String, u64>,
}

/// What makes two requests the same, to the letter; nothing for those that change nothing.
pub(crate) fn sameness(method: &str, uri: &str, body: &[u8]) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    (method, uri, body).hash(&mut hasher);
    (method != "GET").then(|| hasher.finish())
}

impl Traffic {
    /// A request of the API has come in.
    pub(crate) fn begin(&mut self, method: &str, path: &str, sameness: Option<u64>) {
        self.under_way += 1;
        if let Some(lost) = sameness.and_then(|sameness| self.lost.get_mut(&sameness)).filter(|lost| **lost > 0) {
            *lost -= 1;
            *self.repeats.entry(format!("{method} {path}")).or_default() += 1;
        }
    }

    /// It has ended; with an answer that the client gets, or without.
    pub(crate) fn end(&mut self, sameness: Option<u64>, answered: bool) {
        self.under_way = self.under_way.saturating_sub(1);
        if let Some(sameness) = sameness.filter(|_| !answered) {
            *self.lost.entry(sameness).or_default() += 1;
        }
    }

    /// A fault has struck a request of the API.
    pub(crate) fn struck(&mut self, action: &Action) {
        *self.struck.entry(action.name()).or_default() += 1;
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({"faults": self.struck, "under_way": self.under_way, "repeats": self.repeats})
    }
}
