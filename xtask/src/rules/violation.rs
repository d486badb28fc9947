//! What the rules say of a line.

use std::fmt;

/// The rules of the rooms; of circles there is more to tell than a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Rooms,
    Crates,
}

impl Rule {
    fn text(self) -> &'static str {
        match self {
            Self::Rooms => "imports point down the list of rooms",
            Self::Crates => "some rooms do without some crates",
        }
    }
}

/// A line that is against a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) rule: Rule,
    pub(super) file: String,
    pub(super) line: usize,
    /// What stands there.
    pub(super) text: String,
    pub(super) why: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, file, line, text, why } = self;
        write!(f, "{file}:{line}: `{text}` — {why} (rule: {})", rule.text())
    }
}
