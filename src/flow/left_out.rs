//! Entries of the server's lists that cannot be read: they are left out, and that is said.

use super::context::Context;
use super::host::HostEvent;
use super::listing::Listing;
use super::wording::left_out;
use crate::api::Entries;

impl Context {
    /// How many entries of a list are left out. Follows.
    pub fn left_out(self, of: Listing) -> u32 {
        self.all_left_out().get().get(of as usize).copied().unwrap_or_default()
    }

    /// What could be read of a list; that something could not is said.
    pub(super) fn readable<T>(self, of: Listing, entries: Entries<T>) -> Vec<T> {
        self.has_left_out(of, entries.left_out);
        entries.items
    }

    /// So many entries of a list are left out.
    pub(super) fn has_left_out(self, of: Listing, count: u32) {
        let mut all = self.all_left_out().get_untracked();
        if let Some(known) = all.get_mut(of as usize).filter(|known| **known != count) {
            *known = count;
            self.all_left_out().set(all);
            self.tell_left_out(count);
        }
    }

    /// Tells the page that so many entries are left out.
    pub(super) fn tell_left_out(self, count: u32) {
        if count > 0 {
            self.tell(HostEvent::Error { code: "entries-left-out", message: left_out(self.words(), count) });
        }
    }
}
