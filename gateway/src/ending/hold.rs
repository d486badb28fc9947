//! One call at a time works on a card, of all instances on one store.

use crate::store::{Space, Store, Unavailable};
use crate::tokens;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// An instance that is gone holds a card no longer than so.
const LEASE: Duration = Duration::from_secs(12);
/// So long somebody waits for who is before them.
const PATIENCE: Duration = Duration::from_secs(45);
const PAUSE: Duration = Duration::from_millis(50);

/// A card that is held, until it is dropped.
#[derive(Debug)]
pub(super) struct Hold {
    store: Arc<Store>,
    key: String,
    mark: Vec<u8>,
    renewing: JoinHandle<()>,
}

impl Hold {
    /// Holds a card; none if somebody else does for longer than one can wait.
    pub(super) async fn take(store: &Arc<Store>, card: u64) -> Result<Option<Hold>, Unavailable> {
        let key = format!("card/{card}");
        let mark = tokens::random::<16>().ok_or_else(|| Unavailable("there is no randomness".to_owned()))?.into_bytes();
        let deadline = Instant::now() + PATIENCE;
        while !store.put_new(Space::Lease, &key, &mark, Some(LEASE)).await? {
            if Instant::now() >= deadline {
                return Ok(None);
            }
            sleep(PAUSE).await;
        }
        let renewing = tokio::spawn(renew(Arc::clone(store), key.clone(), mark.clone()));
        Ok(Some(Hold { store: Arc::clone(store), key, mark, renewing }))
    }
}

async fn renew(store: Arc<Store>, key: String, mark: Vec<u8>) {
    loop {
        sleep(LEASE / 4).await;
        if let Ok(false) = store.swap(Space::Lease, &key, &mark, &mark, Some(LEASE)).await {
            return;
        }
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.renewing.abort();
        let (store, key, mark) = (Arc::clone(&self.store), self.key.clone(), self.mark.clone());
        tokio::spawn(async move {
            // Only if it is still this one's; then it ends at once.
            if let Ok(true) = store.swap(Space::Lease, &key, &mark, b"", Some(LEASE)).await {
                let _ = store.remove(Space::Lease, &key).await;
            }
        });
    }
}
