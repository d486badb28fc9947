//! A store that ends with its process.

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::change::{Change, Changed, number};
use super::space::{Space, Unavailable};

type Entries = BTreeMap<(Space, String), Entry>;

/// With fewer entries nobody looks for those that have ended.
const FEW: usize = 1024;

#[derive(Clone, Debug)]
struct Entry {
    value: Vec<u8>,
    ends: Option<Instant>,
}

/// Entries in this process's memory.
#[derive(Debug, Default)]
pub struct Memory {
    entries: Arc<Mutex<Entries>>,
    /// With so many it is looked for those that have ended.
    many: AtomicUsize,
    /// Nobody comes to them by this any more.
    is_cut: AtomicBool,
    /// So long each way takes.
    #[cfg(test)]
    pub(crate) slow: std::sync::OnceLock<Duration>,
}

impl Memory {
    /// The same entries, for another instance in this process, or for one that goes on where one was killed.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self { entries: Arc::clone(&self.entries), ..Self::default() }
    }

    /// Whoever comes by this waits for ever from now on, and changes nothing: as if their process were killed.
    pub fn cut(&self) {
        self.is_cut.store(true, Ordering::Relaxed);
    }

    pub(super) async fn get(&self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        self.pause().await;
        Ok(live(&mut self.entries(), space, key).map(|entry| entry.value.clone()))
    }

    pub(super) async fn change(&self, space: Space, key: &str, change: Change) -> Result<Changed, Unavailable> {
        self.pause().await;
        let changed = self.changed(space, key, change);
        self.pause().await;
        Ok(changed)
    }

    fn changed(&self, space: Space, key: &str, change: Change) -> Changed {
        let at = (space, key.to_owned());
        let mut entries = self.entries();
        let there = live(&mut entries, space, key);
        let (changed, entry) = match change {
            Change::Put { value, ttl } => (Changed::Is(true), Some(Entry { value, ends: end(ttl) })),
            Change::PutNew { value, ttl } => match there {
                Some(_) => (Changed::Is(false), None),
                None => (Changed::Is(true), Some(Entry { value, ends: end(ttl) })),
            },
            Change::Swap { old, new, ttl } => match there.filter(|entry| entry.value == old) {
                Some(_) => (Changed::Is(true), Some(Entry { value: new, ends: end(ttl) })),
                None => (Changed::Is(false), None),
            },
            Change::Remove => return Changed::Is(entries.remove(&at).is_some()),
            Change::Add { amount, ttl } => {
                let (sum, ends) = match there {
                    Some(entry) => (number(&entry.value).saturating_add(amount), entry.ends),
                    None => (amount, end(ttl)),
                };
                (Changed::Sum(sum), Some(Entry { value: sum.to_string().into_bytes(), ends }))
            }
        };
        if let Some(entry) = entry {
            entries.insert(at, entry);
            self.clean(&mut entries);
        }
        changed
    }

    /// Takes out what has ended, and is asked for by nobody any more: each time when there are twice as many entries as were left.
    fn clean(&self, entries: &mut Entries) {
        if entries.len() < self.many.load(Ordering::Relaxed).max(FEW) {
            return;
        }
        let now = Instant::now();
        entries.retain(|_, entry| entry.ends.is_none_or(|ends| ends > now));
        self.many.store(2 * entries.len(), Ordering::Relaxed);
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a test lets it take its time, it does, as the others do.
    async fn pause(&self) {
        if self.is_cut.load(Ordering::Relaxed) {
            pending::<()>().await;
        }
        #[cfg(test)]
        if let Some(pause) = self.slow.get() {
            tokio::time::sleep(*pause).await;
        }
    }

    pub(super) async fn list(&self, space: Space, prefix: &str) -> Vec<(String, Vec<u8>)> {
        self.pause().await;
        let now = Instant::now();
        let entries = self.entries();
        let from = entries.range((space, prefix.to_owned())..);
        from.take_while(|((of, key), _)| *of == space && key.starts_with(prefix))
            .filter(|(_, entry)| entry.ends.is_none_or(|ends| ends > now))
            .map(|((_, key), entry)| (key.clone(), entry.value.clone()))
            .collect()
    }
}

fn end(ttl: Option<Duration>) -> Option<Instant> {
    ttl.and_then(|ttl| Instant::now().checked_add(ttl))
}

/// The entry, if it has not ended; one that has is taken out.
fn live<'a>(entries: &'a mut Entries, space: Space, key: &str) -> Option<&'a Entry> {
    let at = (space, key.to_owned());
    if entries.get(&at)?.ends.is_some_and(|ends| ends <= Instant::now()) {
        entries.remove(&at);
    }
    entries.get(&at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn what_has_ended_takes_no_room_though_nobody_asks_for_it() {
        let memory = Memory::default();
        for number in 0..20_000 {
            let ttl = Some(Duration::from_secs(60));
            memory
                .change(Space::Statement, &number.to_string(), Change::PutNew { value: b"1".to_vec(), ttl })
                .await
                .unwrap();
            tokio::time::advance(Duration::from_secs(1)).await;
            assert!(memory.entries().len() <= FEW, "{number}");
        }
        assert_eq!(memory.list(Space::Statement, "").await.len(), 59);
    }

    #[tokio::test(start_paused = true)]
    async fn one_who_is_cut_off_changes_nothing_of_what_another_goes_on_with() {
        let memory = Memory::default();
        let put = |value: &str| Change::Put { value: value.into(), ttl: None };
        memory.change(Space::Card, "7", put("first")).await.unwrap();
        let beside = memory.beside();
        memory.cut();
        let late = tokio::time::timeout(Duration::from_secs(60), memory.change(Space::Card, "7", put("late")));
        assert!(late.await.is_err());
        assert_eq!(beside.get(Space::Card, "7").await.unwrap().as_deref(), Some(b"first".as_slice()));
    }
}
