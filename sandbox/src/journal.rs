//! What was asked of the API, so that a test can tell what a client really sent. Pictures are summarized; passwords and
//! payment numbers are never written down.

use crate::form::{Pair, Params};
use crate::picture::Picture;
use serde_json::{Value, json};

/// The oldest requests are forgotten beyond this.
const LIMIT: usize = 5000;

/// The log of requests.
#[derive(Debug, Default)]
pub(crate) struct Journal(Vec<Value>);

impl Journal {
    /// Writes a request down, whatever becomes of it. The status is filled in by [`Journal::done`].
    pub(crate) fn begin(&mut self, method: &str, path: &str, had_auth: bool, params: &Params<'_>) -> u64 {
        let number = self.0.last().and_then(|last| last["n"].as_u64()).unwrap_or(0) + 1;
        if self.0.len() >= LIMIT {
            self.0.drain(..LIMIT / 2);
        }
        let pairs = |pairs: &[Pair<'_>]| -> Vec<Value> {
            pairs.iter().map(|(name, value)| json!({"name": name, "value": shown(name, value)})).collect()
        };
        self.0.push(json!({
            "n": number,
            "method": method,
            "path": path,
            "query": pairs(&params.query),
            "parts": pairs(&params.form),
            "foreign_body": params.foreign_body,
            "had_auth": had_auth,
            "status": null,
            "fault": null,
        }));
        number
    }

    /// How a request ended: its status, or null when the connection was dropped or left hanging.
    pub(crate) fn done(&mut self, number: u64, status: Option<u16>, fault: Option<String>) {
        if let Some(entry) = self.0.iter_mut().rev().find(|entry| entry["n"] == number) {
            entry["status"] = json!(status);
            entry["fault"] = json!(fault);
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        json!(self.0)
    }
}

/// A parameter's value as the log may show it.
fn shown(name: &str, value: &str) -> Value {
    match name {
        "password" | "number" | "cvc" | "exp_month" | "exp_year" => json!("[not logged]"),
        "card[data]" => summarized(value),
        _ => json!(value.chars().take(2000).collect::<String>()),
    }
}

/// `card[data]` with every picture replaced by what is known of it.
fn summarized(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(Value::Array(fields)) => fields
            .into_iter()
            .map(|mut field| {
                let image = field["type"] == "image";
                if let Some(members) = field.as_object_mut() {
                    for (name, member) in members {
                        let picture = |text: &&str| text.len() > 400 || (image && name == "value" && !text.is_empty());
                        if let Some(long) = member.as_str().filter(picture) {
                            let mut summary = Picture::from_text(long).summary();
                            summary["data_prefix"] = json!(long.trim_start().starts_with("data:"));
                            *member = summary;
                        }
                    }
                }
                field
            })
            .collect(),
        _ => json!(text.chars().take(400).collect::<String>()),
    }
}
