//! Where the gateway keeps what has to outlive it, and what several of its instances share: entries of bytes under a space and
//! a key, each with an end. Everything that must happen once rests on [`Store::put_new`] and [`Store::swap`], which are atomic
//! for all instances on one store.
//!
//! What is kept here can be read by whoever has the file: no photo, no field's value and no token goes in as it is.

mod change;
mod memory;
#[cfg(feature = "stores")]
mod shared;
mod space;
#[cfg(feature = "stores")]
mod sqlite;
#[cfg(test)]
#[cfg(feature = "serving")]
pub(crate) mod tests;

use std::time::Duration;

use change::{Change, Changed};
pub use memory::Memory;
#[cfg(feature = "stores")]
pub use shared::Shared;
pub use space::{Space, Unavailable};
#[cfg(feature = "stores")]
pub use sqlite::Sqlite;

/// One of the stores, the same to whoever uses it.
#[derive(Debug)]
pub enum Store {
    /// In this process alone: for tests, and for `--check`.
    Memory(Memory),
    /// In a file, for one machine.
    #[cfg(feature = "stores")]
    Sqlite(Sqlite),
    /// In Valkey or Redis, for several.
    #[cfg(feature = "stores")]
    Shared(Shared),
}

impl Store {
    /// The value of `key`, unless it has ended.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn get(&self, space: Space, key: &str) -> Result<Option<Vec<u8>>, Unavailable> {
        match self {
            Self::Memory(memory) => memory.get(space, key).await,
            #[cfg(feature = "stores")]
            Self::Sqlite(sqlite) => sqlite.get(space, key).await,
            #[cfg(feature = "stores")]
            Self::Shared(shared) => shared.get(space, key).await,
        }
    }

    /// Puts `value` there, whatever was there; it ends after `ttl` (`None`: never).
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn put(&self, space: Space, key: &str, value: &[u8], ttl: Option<Duration>) -> Result<(), Unavailable> {
        self.change(space, key, Change::Put { value: value.to_vec(), ttl }).await.map(drop)
    }

    /// Puts `value` there if nothing is; says whether it did. Of any number that ask at once, one hears `true`.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn put_new(
        &self,
        space: Space,
        key: &str,
        value: &[u8],
        ttl: Option<Duration>,
    ) -> Result<bool, Unavailable> {
        is(self.change(space, key, Change::PutNew { value: value.to_vec(), ttl }).await)
    }

    /// Puts `new` in the place of `old`, if that is what is there; says whether it did.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn swap(
        &self,
        space: Space,
        key: &str,
        old: &[u8],
        new: &[u8],
        ttl: Option<Duration>,
    ) -> Result<bool, Unavailable> {
        is(self.change(space, key, Change::Swap { old: old.to_vec(), new: new.to_vec(), ttl }).await)
    }

    /// Takes it out; says whether there was one.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn remove(&self, space: Space, key: &str) -> Result<bool, Unavailable> {
        is(self.change(space, key, Change::Remove).await)
    }

    /// Adds to a number, which begins at 0 and ends `ttl` after its first addition; gives the sum.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn add(&self, space: Space, key: &str, amount: i64, ttl: Option<Duration>) -> Result<i64, Unavailable> {
        match self.change(space, key, Change::Add { amount, ttl }).await? {
            Changed::Sum(sum) => Ok(sum),
            Changed::Is(_) => Err(Unavailable("it gave no sum".to_owned())),
        }
    }

    /// All entries of a space whose keys begin with `prefix`, in the order of their keys.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn list(&self, space: Space, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, Unavailable> {
        match self {
            Self::Memory(memory) => Ok(memory.list(space, prefix).await),
            #[cfg(feature = "stores")]
            Self::Sqlite(sqlite) => sqlite.list(space, prefix).await,
            #[cfg(feature = "stores")]
            Self::Shared(shared) => shared.list(space, prefix).await,
        }
    }

    async fn change(&self, space: Space, key: &str, change: Change) -> Result<Changed, Unavailable> {
        match self {
            Self::Memory(memory) => memory.change(space, key, change).await,
            #[cfg(feature = "stores")]
            Self::Sqlite(sqlite) => sqlite.change(space, key, change).await,
            #[cfg(feature = "stores")]
            Self::Shared(shared) => shared.change(space, key, change).await,
        }
    }
}

fn is(changed: Result<Changed, Unavailable>) -> Result<bool, Unavailable> {
    changed.map(|changed| changed == Changed::Is(true))
}
