//! What a client may never do, written down for whoever looks afterwards: every charge, and every update that has left a
//! print job without the shipping provider that it had. With it, how many faults have struck.

use crate::faults::Action;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The record since the start.
#[derive(Debug, Default)]
pub(crate) struct Audit {
    /// Updates of print jobs that were carried out.
    pub(crate) patches: u64,
    /// Print jobs that an update took the shipping provider from, and which provider that was.
    pub(crate) lost_providers: Vec<(u64, u64)>,
    /// Print jobs and what was charged for them, in cents; a job that was charged twice is in it twice.
    pub(crate) charges: Vec<(u64, i64)>,
    /// Requests of the API that have begun and not ended.
    pub(crate) under_way: u64,
    struck: BTreeMap<&'static str, u64>,
}

impl Audit {
    /// A fault has struck a request of the API.
    pub(crate) fn struck(&mut self, action: &Action) {
        *self.struck.entry(action.name()).or_default() += 1;
    }

    pub(crate) fn to_json(&self) -> Value {
        let lost =
            self.lost_providers.iter().map(|(job, provider)| json!({"job": job, "shipping_provider_id": provider}));
        let charges = self.charges.iter().map(|(job, cents)| json!({"job": job, "cents": cents}));
        json!({
            "patches": self.patches,
            "lost_providers": lost.collect::<Value>(),
            "charges": charges.collect::<Value>(),
            "faults": self.struck,
            "under_way": self.under_way,
        })
    }
}
