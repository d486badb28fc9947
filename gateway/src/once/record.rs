//! What the store knows of a call.

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use super::call::Answer;
use super::operation::Operation;
use super::seal::Seal;

/// Answers of more bytes are not kept: what they tell is read again.
pub(super) const LARGEST_KEPT: usize = 64 * 1024;

/// The entry of one key.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Record {
    /// See [`Seal::mark`].
    pub(super) mark: String,
    pub(super) state: State,
    /// It went out before this, or may have.
    pub(super) went_out: bool,
    /// The sealed answer.
    #[serde(skip)]
    pub(super) answer: Vec<u8>,
}

/// How far it is.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) enum State {
    /// Nobody is at it, and nothing was carried out.
    Free,
    /// An instance is about to send it; nothing went out yet.
    Claimed { holder: String },
    /// The first byte may be out.
    Sending { holder: String, before: Option<u64> },
    /// It went out, and nobody heard an answer. Milliseconds since 1970 of when that was known.
    Unheard { since: u64, before: Option<u64> },
    /// There is an answer, of this status.
    Answered { status: u16 },
}

impl Record {
    /// A call that nobody is at.
    pub(super) fn new(mark: &str) -> Self {
        Self { mark: mark.to_owned(), state: State::Free, went_out: false, answer: Vec::new() }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        // Writing a struct of texts and numbers does not fail.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        if !self.answer.is_empty() {
            bytes.push(b'\n');
            bytes.extend(&self.answer);
        }
        bytes
    }

    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let head = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
        let mut record: Self = serde_json::from_slice(bytes.get(..head)?).ok()?;
        record.answer = bytes.get(head + 1..).unwrap_or_default().to_vec();
        Some(record)
    }
}

/// What is kept of an answer.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Kept {
    Whole(Answer),
    /// That it was given, and where what it told can be read again.
    Status(Option<String>),
}

#[derive(Deserialize, Serialize)]
struct Head {
    status: u16,
    headers: Vec<(String, String)>,
    whole: bool,
    again_at: Option<String>,
}

/// Seals an answer, or of a large one where it can be read again.
pub(super) fn close(seal: &Seal, answer: &Answer, operation: &Operation) -> Option<Vec<u8>> {
    let headers: usize = answer.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    let whole = headers + answer.body.len() <= LARGEST_KEPT;
    let head = Head {
        status: answer.status,
        headers: if whole { answer.headers.clone() } else { Vec::new() },
        whole,
        again_at: if whole { None } else { operation.again_at(id(&answer.body)) },
    };
    let mut plain = serde_json::to_vec(&head).ok()?;
    plain.push(b'\n');
    if whole {
        plain.extend(&answer.body);
    }
    seal.close(&plain)
}

/// `None`: it was sealed with another secret.
pub(super) fn open(seal: &Seal, sealed: &[u8]) -> Option<Kept> {
    let plain = seal.open(sealed)?;
    let at = plain.iter().position(|byte| *byte == b'\n')?;
    let head: Head = serde_json::from_slice(plain.get(..at)?).ok()?;
    if !head.whole {
        return Some(Kept::Status(head.again_at));
    }
    let body = Bytes::from(plain).slice(at + 1..);
    Some(Kept::Whole(Answer { status: head.status, headers: head.headers, body }))
}

fn id(body: &[u8]) -> Option<u64> {
    super::facts::number(serde_json::from_slice::<serde_json::Value>(body).ok()?.get("id")?)
}
