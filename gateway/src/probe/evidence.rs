//! What the server has answered, by what was asked.

use super::vendor::Reply;
use serde_json::Value;

/// Everything that was asked and answered, in order.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    answers: Vec<(&'static str, Reply)>,
    /// What went otherwise than it should.
    pub(super) troubles: Vec<String>,
}

impl Evidence {
    /// Keeps an answer, or tells of what there is in its place. Gives what can be read of it.
    pub(super) fn keep(&mut self, what: &'static str, reply: Result<Reply, String>) -> Value {
        match reply {
            Ok(reply) => {
                let json = if reply.is_ok() { reply.json() } else { Value::Null };
                self.answers.push((what, reply));
                json
            }
            Err(words) => {
                self.troubles.push(format!("{what}: {words}"));
                Value::Null
            }
        }
    }

    /// Everything, in the order in which it was asked for.
    pub(super) fn all(&self) -> &[(&'static str, Reply)] {
        &self.answers
    }

    /// The answers to this.
    pub(super) fn of(&self, what: &str) -> impl Iterator<Item = &Reply> {
        self.answers.iter().filter(move |(asked, _)| *asked == what).map(|(_, reply)| reply)
    }

    /// The successful answers to this, as JSON.
    pub(super) fn json(&self, what: &str) -> Vec<Value> {
        self.of(what).filter(|reply| reply.is_ok()).map(Reply::json).collect()
    }

    /// The entries of all lists that this was answered with.
    pub(super) fn entries(&self, what: &str) -> Vec<Value> {
        self.json(what).into_iter().flat_map(|list| list.as_array().cloned().unwrap_or_default()).collect()
    }
}

/// An id, whichever way it is spelled.
pub(super) fn id(value: &Value) -> Option<String> {
    let text = value.as_u64().map(|number| number.to_string()).or_else(|| value.as_str().map(str::to_owned))?;
    text.bytes().all(|byte| byte.is_ascii_digit()).then_some(text).filter(|text| !text.is_empty())
}
