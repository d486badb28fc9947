//! Whether an instance is alive: each renews an entry of its own, which ends soon after the instance did.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::seal::random_name;
use crate::store::{Space, Store, Unavailable};

#[derive(Debug)]
pub(super) struct Pulse {
    store: Arc<Store>,
    instance: String,
    lease: Duration,
    last: Mutex<Instant>,
}

impl Pulse {
    pub(super) async fn begin(store: Arc<Store>, lease: Duration) -> Result<Arc<Self>, Unavailable> {
        let instance = random_name().ok_or_else(|| Unavailable("there is no randomness".to_owned()))?;
        let pulse = Arc::new(Self { store, instance, lease, last: Mutex::new(Instant::now()) });
        pulse.beat().await?;
        let weak = Arc::downgrade(&pulse);
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(lease / 4).await;
                let Some(pulse) = weak.upgrade() else { return };
                if let Err(error) = pulse.beat().await {
                    tracing::warn!(%error, "the instance's lease was not renewed");
                }
            }
        });
        Ok(pulse)
    }

    pub(super) fn instance(&self) -> &str {
        &self.instance
    }

    /// Whether others take this instance for alive, and will for a while; if not, it is seen to.
    pub(super) async fn is_fresh(&self) -> bool {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.elapsed() < self.lease / 2 || self.beat().await.is_ok()
    }

    pub(super) async fn is_alive(&self, instance: &str) -> Result<bool, Unavailable> {
        // Whoever asks is at the call itself, so this instance is not.
        Ok(instance != self.instance && self.store.get(Space::Lease, &entry(instance)).await?.is_some())
    }

    pub(super) async fn end(&self) {
        // It ends by itself as well.
        let _ = self.store.remove(Space::Lease, &entry(&self.instance)).await;
    }

    async fn beat(&self) -> Result<(), Unavailable> {
        let now = Instant::now();
        self.store.put(Space::Lease, &entry(&self.instance), b"alive", Some(self.lease)).await?;
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(())
    }
}

fn entry(instance: &str) -> String {
    format!("instance/{instance}")
}
