//! One submission of a print job at a time, whatever its key is: two people may press at once, and some servers charge whenever
//! they are asked to.

use std::time::Duration;

use ring::digest::{SHA256, digest};

use super::operation::Operation;
use crate::store::{Space, Store, Unavailable};

/// Takes the lock for the call at `place`, for as long as `life`; says whether it has it. What is no submission needs none.
pub(super) async fn take(
    store: &Store,
    operation: &Operation,
    place: &str,
    life: Duration,
) -> Result<bool, Unavailable> {
    let Some(entry) = entry(operation) else { return Ok(true) };
    if store.put_new(Space::Lease, &entry, place.as_bytes(), Some(life)).await? {
        return Ok(true);
    }
    // A call that is gone on with has it still.
    store.swap(Space::Lease, &entry, place.as_bytes(), place.as_bytes(), Some(life)).await
}

/// Gives it back, or keeps it for so long still. Where that fails it ends by itself.
pub(super) async fn leave(store: &Store, operation: &Operation, place: &str, still: Option<Duration>) {
    let Some(entry) = entry(operation) else { return };
    let life = still.unwrap_or(Duration::from_millis(1));
    if let Err(error) = store.swap(Space::Lease, &entry, place.as_bytes(), place.as_bytes(), Some(life)).await {
        tracing::warn!(%error, "a job's lock was not given back");
    }
}

fn entry(operation: &Operation) -> Option<String> {
    let Operation::Print { organization, job } = operation else { return None };
    let hash = digest(&SHA256, format!("{organization}/{job}").as_bytes());
    let hex: String = hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Some(format!("job/{hex}"))
}
