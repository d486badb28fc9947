//! What the API says when it refuses: a status and one or more sentences. How the sentences are spelled on the wire
//! (a text or a list) is the dialect's business.

/// A refusal.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    /// The HTTP status.
    pub(crate) status: u16,
    /// At least one sentence.
    pub(crate) texts: Vec<String>,
    pub(crate) spelling: Spelling,
}

/// How a refusal is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As the dialect has it.
    Usual,
    /// As a list of sentences, whatever the dialect says.
    List,
    /// As a bare `false`, which says nothing.
    False,
}

/// What every operation returns: its answer was written, or it is refused.
pub(crate) type Outcome = Result<(), ApiError>;

impl ApiError {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Self { status, texts: vec![text.into()], spelling: Spelling::Usual }
    }

    pub(crate) fn bad_request(text: impl Into<String>) -> Self {
        Self::new(400, text)
    }

    pub(crate) fn not_acceptable(text: impl Into<String>) -> Self {
        Self::new(406, text)
    }

    /// `what` is the kind of thing that was looked for: `Card`, `Print job`, …
    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(404, format!("{what} not found"))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    /// The vendor's own words for the 500 of card creation: an integer that its database column cannot hold.
    pub(crate) fn out_of_range() -> Self {
        Self::new(500, "Requested Range Not Satisfyable")
    }

    pub(crate) fn missing(name: &str) -> Self {
        Self::bad_request(format!("Missing parameter '{name}'"))
    }

    pub(crate) fn unknown(name: &str) -> Self {
        Self::bad_request(format!("Unknown parameter '{name}'"))
    }

    /// The same words under another status: addresses and contacts answer 406 where the rest answers 400.
    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn spelled(mut self, spelling: Spelling) -> Self {
        self.spelling = spelling;
        self
    }
}
