//! Entries of the server's lists that cannot be read: they are left out, and that is said.

use super::context::Context;
use super::host::HostEvent;
use super::listing::Listing;
use super::places;
use super::wording::left_out;
use crate::api::Entries;
use crate::reactive::Var;

impl Context {
    /// How many entries of a list are left out. Follows.
    pub fn left_out(self, of: Listing) -> u32 {
        self.count(of as u32).get()
    }

    /// Each list's has a place of its own: what is said of one list, and what has the focus there, stays when another
    /// one comes.
    fn count(self, list: u32) -> Var<u32> {
        self.row().var(places::LEFT_OUT + list)
    }

    pub(super) fn begin_left_out(self) {
        (0..Listing::COUNT).for_each(|list| self.count(list).begin(0));
    }

    pub(super) fn forget_left_out(self) {
        (0..Listing::COUNT).for_each(|list| self.count(list).set(0));
    }

    /// What could be read of a list; that something could not is said.
    pub(super) fn readable<T>(self, of: Listing, entries: Entries<T>) -> Vec<T> {
        self.has_left_out(of, entries.left_out);
        entries.items
    }

    /// So many entries of a list are left out.
    pub(super) fn has_left_out(self, of: Listing, count: u32) {
        let known = self.count(of as u32);
        if known.get_untracked() != count {
            known.set(count);
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
