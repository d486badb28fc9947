//! Whose card is whose, and how many somebody has made: for so long as a visitor's cards are theirs.

use super::Session;
use crate::mutant::{self, Mutant};
use crate::store::{Space, Store, Unavailable};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// How far a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Stage {
    /// It was made here, and may be deleted.
    Draft,
    /// It was finalized, or may have been: it is not deleted any more.
    Finalized,
    /// It was there before, and is the visitor's to correct, since the site says so.
    Named,
    /// It is in the cart, or ordered, or may be: it is not changed any more.
    Placed,
}

/// A visitor's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Own {
    pub(crate) stage: Stage,
    /// Its template, where it was made here.
    pub(crate) template: Option<u64>,
}

/// Everybody's cards.
#[derive(Debug)]
pub(crate) struct Cards {
    store: Arc<Store>,
    memory: Duration,
}

impl Cards {
    pub(crate) fn new(store: Arc<Store>, memory: Duration) -> Cards {
        Cards { store, memory }
    }

    /// The card, if it is the session's visitor's.
    pub(crate) async fn find(&self, session: &Session, card: u64) -> Result<Option<Own>, Unavailable> {
        if mutant::is(Mutant::AnybodysCard) {
            return Ok(Some(Own { stage: Stage::Named, template: None }));
        }
        let found = self.store.get(Space::Card, &key(session, card)).await?;
        Ok(found.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// It is theirs, or further on.
    pub(crate) async fn keep(&self, session: &Session, card: u64, own: Own) -> Result<(), Unavailable> {
        let bytes = serde_json::to_vec(&own).unwrap_or_default();
        self.store.put(Space::Card, &key(session, card), &bytes, Some(self.memory)).await
    }

    /// The site says that it is theirs.
    pub(crate) async fn name(&self, session: &Session, card: u64) -> Result<(), Unavailable> {
        let own = serde_json::to_vec(&Own { stage: Stage::Named, template: None }).unwrap_or_default();
        // One that they made before stays what it is.
        self.store.put_new(Space::Card, &key(session, card), &own, Some(self.memory)).await.map(drop)
    }

    /// It is gone.
    pub(crate) async fn forget(&self, session: &Session, card: u64) -> Result<(), Unavailable> {
        if self.store.remove(Space::Card, &key(session, card)).await? {
            self.give_back(session).await?;
        }
        Ok(())
    }

    /// Counts one more, if the visitor may make one more.
    pub(crate) async fn count(&self, session: &Session) -> Result<bool, Unavailable> {
        let made = self.store.add(Space::Made, &session.visitor, 1, Some(self.memory)).await?;
        let is_one_too_many = made > i64::from(session.cards);
        if is_one_too_many {
            self.give_back(session).await?;
        }
        Ok(!is_one_too_many)
    }

    /// It did not come about.
    pub(crate) async fn give_back(&self, session: &Session) -> Result<(), Unavailable> {
        self.store.add(Space::Made, &session.visitor, -1, Some(self.memory)).await.map(drop)
    }
}

fn key(session: &Session, card: u64) -> String {
    format!("{}/{card}", session.visitor)
}
