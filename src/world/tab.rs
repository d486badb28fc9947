//! What a browser's tab keeps over a reload of the page in it.

use futures_util::future::LocalBoxFuture;

/// The tab's own storage: texts by their keys, gone with the tab.
pub trait TabStore {
    /// What is kept under `key`; none where nothing is, or nothing can be.
    fn get(&self, key: &str) -> Option<String>;

    /// Keeps `text` under `key`. False where it cannot be kept: the storage is full, or the page may have none.
    fn put(&self, key: &str, text: &str) -> bool;

    /// Removes everything whose key begins so.
    fn remove(&self, prefix: &str);

    /// Takes a key, where no other widget of the page has it.
    fn take_key(&self, key: &str) -> bool;

    /// Lets go of a key.
    fn give_back_key(&self, key: &str);

    /// Is ready once another tab says that it is the one whose copy this is, since a tab that is duplicated takes along what it
    /// keeps; never where none says so.
    fn is_copy(&self) -> LocalBoxFuture<'static, ()>;
}
