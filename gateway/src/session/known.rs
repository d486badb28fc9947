//! The sessions that were looked up not long ago. One that has begun never changes, so what was read of it holds until it ends, and
//! the store need not be asked with each request. (Whether its device is still enrolled changes, and is asked.)

use super::record::Record;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many are known at a time: a megabyte or two.
const MOST: usize = 4096;

/// Sessions by the hash of their token.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<HashMap<String, Arc<Record>>>);

impl Known {
    fn sessions(&self) -> MutexGuard<'_, HashMap<String, Arc<Record>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn find(&self, id: &str) -> Option<Arc<Record>> {
        self.sessions().get(id).map(Arc::clone)
    }

    /// Keeps one; at `now`, in seconds since 1970.
    pub(super) fn keep(&self, id: &str, record: &Arc<Record>, now: u64) {
        let mut sessions = self.sessions();
        if sessions.len() >= MOST {
            sessions.retain(|_, known| known.ends > now);
        }
        if sessions.len() >= MOST {
            // Whoever comes again is looked up again.
            sessions.clear();
        }
        sessions.insert(id.to_owned(), Arc::clone(record));
    }

    #[cfg(test)]
    pub(super) fn is_within_bounds(&self) -> bool {
        self.sessions().len() <= MOST
    }
}
