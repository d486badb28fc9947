//! What is kept of a session.

use crate::config::EndsWith;
use crate::statement::Mode;
use serde::{Deserialize, Serialize};

/// A session, as far as it is kept. Nothing in it says who somebody is or what is on their card.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Record {
    pub(super) visitor: String,
    pub(super) origin: String,
    pub(super) mode: Mode,
    pub(super) template: Option<u64>,
    pub(super) ends_with: EndsWith,
    pub(super) cards: u32,
    pub(super) provider: Option<u64>,
    pub(super) device: Option<String>,
    pub(super) ends: u64,
    /// The locked values, sealed with the token.
    pub(super) locked: Option<String>,
}
