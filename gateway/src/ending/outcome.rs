//! What became of a card that is to be placed, as the session learns it.

use crate::answer::Answer;
use bytes::Bytes;
use serde_json::json;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Done,
    Already,
    BalanceLow,
    Unknown,
}

impl Outcome {
    pub(super) fn word(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Already => "already",
            Outcome::BalanceLow => "balance-low",
            Outcome::Unknown => "unknown",
        }
    }

    /// What is not known is no answer to be kept: whoever asks again has it looked up.
    pub(super) fn answer(self) -> Answer {
        let status = if self == Outcome::Unknown { UNKNOWN } else { 200 };
        Answer { status, headers: Vec::new(), body: Bytes::from(json!({"result": self.word()}).to_string()) }
    }
}

/// The status of an answer that says that nothing is known, as long as it has not left the house.
const UNKNOWN: u16 = 599;

/// The answer as it goes to the caller.
pub(crate) fn told(mut answer: Answer) -> Answer {
    if answer.status == UNKNOWN {
        answer.status = 200;
    }
    answer
}
