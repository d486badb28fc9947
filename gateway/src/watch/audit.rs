//! The audit trail: who did which operation with which card, and what came of it, one line of JSON each. A card can be followed by
//! its number. Who somebody is, is a hash of what the site calls them, so that the site can tell, and nobody else.

use crate::clock::{self, Clock};
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Something that was done, or was not let happen.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Deed<'a> {
    /// The visitor, or the member of staff, by a hash.
    pub(crate) who: &'a str,
    pub(crate) operation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) card: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) job: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) device: Option<&'a str>,
    /// The status, or the result in a word.
    pub(crate) result: &'a str,
}

#[derive(Serialize)]
struct Dated<'a> {
    at: String,
    #[serde(flatten)]
    deed: &'a Deed<'a>,
}

/// The trail.
#[derive(Debug)]
pub(crate) struct Audit {
    to: To,
    clock: Clock,
}

/// Where it goes.
#[derive(Debug)]
enum To {
    /// To the log.
    Log,
    /// To a file of its own, which is only ever added to.
    File(Mutex<File>),
}

impl Audit {
    /// Opens the file, if it has one.
    pub(crate) fn open(path: Option<&Path>, clock: Clock) -> io::Result<Audit> {
        let to = match path {
            None => To::Log,
            Some(path) => {
                let named = |error| io::Error::other(format!("the audit trail {}: {error}", path.display()));
                To::File(Mutex::new(OpenOptions::new().create(true).append(true).open(path).map_err(named)?))
            }
        };
        Ok(Audit { to, clock })
    }

    /// Writes it down.
    pub(crate) fn note(&self, deed: &Deed<'_>) {
        let at = clock::iso(self.clock.seconds());
        let Ok(mut line) = serde_json::to_string(&Dated { at, deed }) else { return };
        match &self.to {
            To::Log => tracing::info!(target: "audit", deed = line),
            To::File(file) => {
                line.push('\n');
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                if let Err(error) = file.write_all(line.as_bytes()) {
                    tracing::error!(%error, "the audit trail cannot be written");
                }
            }
        }
    }
}
