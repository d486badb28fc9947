//! What was begun for a card, so that nothing is begun twice.

use crate::mutant::{self, Mutant};
use crate::session::Session;
use crate::store::{Space, Store, Unavailable};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

#[derive(Debug, Default, Deserialize, Serialize)]
struct Record {
    job: Option<u64>,
    is_done: bool,
    /// What was sent last, and was not heard of: by which key, and until when it may still come about, in milliseconds since 1970.
    #[serde(default)]
    unheard: Option<(String, u64)>,
    /// Until when something that submits its print job may still come about, in the same milliseconds.
    #[serde(default)]
    submitted_until: Option<u64>,
}

/// A card's way into the cart or an order.
#[derive(Debug)]
pub(super) struct Placed {
    store: Arc<Store>,
    memory: Duration,
    key: String,
    /// Something was begun before: then there may be a print job for it.
    pub(super) is_begun: bool,
    /// Its print job, once that is known.
    pub(super) job: Option<u64>,
    /// It is where it was to go.
    pub(super) is_done: bool,
    unheard: Option<(String, u64)>,
    submitted_until: Option<u64>,
}

impl Placed {
    pub(super) async fn of(
        store: &Arc<Store>,
        memory: Duration,
        session: &Session,
        card: u64,
    ) -> Result<Placed, Unavailable> {
        let key = format!("placed/{}/{card}", session.visitor);
        let bytes = store.get(Space::Card, &key).await?.filter(|_| !mutant::is(Mutant::BegunForgotten));
        let record: Option<Record> = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let is_begun = record.is_some();
        let Record { job, is_done, unheard, submitted_until } = record.unwrap_or_default();
        Ok(Placed { store: Arc::clone(store), memory, key, is_begun, job, is_done, unheard, submitted_until })
    }

    /// From now on there may be a print job for it: something is sent for the call of this key, and may come about until then.
    pub(super) async fn begin(&mut self, key: &str, until: u64) -> Result<(), Unavailable> {
        self.unheard = Some((key.to_owned(), until));
        self.keep().await?;
        self.is_begun = true;
        Ok(())
    }

    /// It is known what became of what was sent: nothing of it comes about any more.
    pub(super) async fn heard(&mut self) -> Result<(), Unavailable> {
        self.unheard = None;
        self.keep().await
    }

    /// Whether what another call has sent may still come about. What the same call has sent is looked up by its key.
    pub(super) fn may_come(&self, key: &str, now: u64) -> bool {
        self.unheard.as_ref().is_some_and(|(by, until)| by != key && now < *until)
    }

    /// What submits its print job is about to be sent, and may come about until then. Until when what was sent before may.
    pub(super) async fn submits(&mut self, until: u64) -> Result<Option<u64>, Unavailable> {
        let before = self.submitted_until;
        self.is_submitted_until(before.max(Some(until))).await?;
        Ok(before)
    }

    /// Until when what submits its print job may come about, now that there was an answer, or none.
    pub(super) async fn is_submitted_until(&mut self, until: Option<u64>) -> Result<(), Unavailable> {
        self.submitted_until = until;
        self.keep().await
    }

    /// Whether its print job may still be submitted by what was sent, whatever it is now.
    pub(super) fn may_be_submitted(&self, now: u64) -> bool {
        self.submitted_until.is_some_and(|until| now < until)
    }

    /// This is its print job.
    pub(super) async fn is_in(&mut self, job: Option<u64>) -> Result<(), Unavailable> {
        (self.job, self.unheard) = (job, None);
        self.keep().await
    }

    /// It is where it was to go.
    pub(super) async fn done(&mut self) -> Result<(), Unavailable> {
        self.is_done = true;
        self.keep().await
    }

    async fn keep(&self) -> Result<(), Unavailable> {
        let Placed { job, is_done, submitted_until, .. } = *self;
        let record = Record { job, is_done, unheard: self.unheard.clone(), submitted_until };
        let bytes = serde_json::to_vec(&record).unwrap_or_default();
        self.store.put(Space::Card, &self.key, &bytes, Some(self.memory)).await
    }
}
