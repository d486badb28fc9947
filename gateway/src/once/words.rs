//! What is told when there is no answer of the vendor's to give. In the vendor's form, and worded for a person.

use super::call::Answer;

/// How long a client waits before it asks again, in seconds.
const LATER: &str = "2";

fn error(status: u16, text: &str) -> Answer {
    Answer::json(status, serde_json::json!({ "error": text }).to_string())
}

fn later(text: &str) -> Answer {
    let mut answer = error(503, text);
    answer.headers.push(("retry-after".to_owned(), LATER.to_owned()));
    answer
}

/// The key stands for another request.
pub(super) fn other_request() -> Answer {
    error(422, "This Idempotency-Key was used for another request. Use a new one for each request.")
}

pub(super) fn not_sent() -> Answer {
    error(502, "The card service cannot be reached. Nothing was carried out: try again in a moment.")
}

pub(super) fn store_away() -> Answer {
    later("The gateway cannot note what it does at the moment. Nothing was carried out: try again in a moment.")
}

/// For what may be done again.
pub(super) fn unheard() -> Answer {
    error(502, "The card service gave no answer. Try again in a moment.")
}

/// For what may not.
pub(super) fn unknown() -> Answer {
    error(
        502,
        "The card service gave no answer, and it is not known whether this was carried out. Look at the order and at the \
         account's transactions before trying again.",
    )
}

pub(super) fn under_way() -> Answer {
    later("This is still being carried out. Ask again in a moment; it will not be done twice.")
}

pub(super) fn finding_out() -> Answer {
    later("It is still being found out whether this was carried out. Ask again in a moment; it will not be done twice.")
}

pub(super) fn job_is_busy() -> Answer {
    later("This print job is being submitted already. Look at the order in a moment.")
}

/// In the words of a newer version of the vendor's server.
pub(super) fn job_is_submitted() -> Answer {
    error(400, "Print job was already submitted")
}

/// There was an answer, and it is not here any more.
pub(super) fn carried_out() -> Answer {
    error(502, "This was carried out, but its answer is no longer here. Load the page's data again.")
}

/// There was a refusal, and its words are not here any more.
pub(super) fn refused(status: u16) -> Answer {
    error(status, "The card service refused this. Check what was entered, and try again.")
}

/// The store has an entry that no version of the gateway wrote, or randomness is not to be had.
pub(super) fn broken() -> Answer {
    error(500, "The gateway cannot tell whether this was carried out. Look before trying again.")
}
