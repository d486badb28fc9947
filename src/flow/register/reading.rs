//! The cards are read page by page to the end, and the server is asked for what is looked for.

use std::rc::Rc;

use super::Register;
use super::state::Progress;
use crate::api::{Card, Client, Error, OrganizationId, Page, Paged};
use crate::domain::register::{Entry, Look};
use crate::domain::sort::ascending;
use crate::domain::text::{clean, printed};
use crate::flow::listing::Listing;

/// So many are asked for at a time.
const SIZE: u32 = 100;
/// The first pages are shown as they come; from then on, so many at a time.
const AT_ONCE: u32 = 4;
/// No list has more pages: a server that always has one more is not asked for ever.
const MOST_PAGES: u32 = 1_000;
/// How long one has not typed, in milliseconds, before the server is asked.
const RESTING: u32 = 250;

impl Register {
    /// Something may have become of the cards: they are read again when one comes to them the next time.
    pub fn doubt(self) {
        self.inner().is_fresh.set(false);
    }

    /// Reads all cards, from the first page; what is known stays in sight. Not where one comes back from a single one.
    pub fn read(self) {
        if self.inner().is_fresh.replace(true) || self.progress().with_untracked(|progress| progress.is_reading) {
            return;
        }
        self.inner().seen.take();
        let (is_whole, total) = self.progress().with_untracked(|progress| (progress.is_whole, progress.total));
        self.progress().set(Progress { is_whole, total, ..Progress::default() });
        self.cx().has_left_out(Listing::Register, 0);
        self.read_on();
    }

    /// Goes on with reading where it has stopped.
    pub fn read_on(self) {
        let inner = self.inner();
        let turn = inner.turn.get().wrapping_add(1);
        inner.turn.set(turn);
        self.progress().update(|progress| (progress.is_reading, progress.failed) = (true, None));
        if self.progress().with_untracked(|progress| progress.total.is_none()) {
            self.read_total(turn);
        }
        self.cx().spawn(Box::pin(async move {
            let failed = self.read_pages(turn).await.err();
            if self.is_last(turn) {
                self.take_in_fresh();
                if let Some(error) = &failed {
                    self.cx().tell_error(error);
                }
                self.progress().update(|progress| (progress.is_reading, progress.failed) = (false, failed));
            }
        }));
    }

    fn is_last(self, turn: u32) -> bool {
        !self.cards().is_gone() && self.inner().turn.get() == turn
    }

    /// Asks how many there are, beside the first page, which waits for nothing. That it is not known stops nobody.
    fn read_total(self, turn: u32) {
        self.cx().spawn(Box::pin(async move {
            let Ok((client, organization)) = self.cx().client() else { return };
            let about = client.organization(organization).await;
            if let Ok(about) = about
                && self.is_last(turn)
            {
                self.progress().update(|progress| progress.total = about.total_cards);
            }
        }));
    }

    async fn read_pages(self, turn: u32) -> Result<(), Error> {
        let (client, organization) = self.cx().client()?;
        loop {
            let number = self.progress().with_untracked(|progress| progress.page + 1);
            let Paged { items, left_out, more } = client.cards(organization, Some(Page { number, size: SIZE })).await?;
            if !self.is_last(turn) {
                return Ok(());
            }
            let is_new = self.has_seen(&items);
            self.inner().fresh.borrow_mut().extend(items.into_iter().map(Entry::of));
            self.progress().update(|progress| {
                progress.page = number;
                progress.left_out += left_out;
            });
            self.cx().has_left_out(Listing::Register, self.progress().with_untracked(|progress| progress.left_out));
            // A page with nothing but what it has said already: it would say so for ever.
            if !more || !is_new || number >= MOST_PAGES {
                break;
            }
            if number < AT_ONCE || number.is_multiple_of(AT_ONCE) {
                // To read a page and to show it are two things: in between the browser sees to what a person does.
                self.cx().sleep(0).await;
                if !self.is_last(turn) {
                    return Ok(());
                }
                self.take_in_fresh();
            }
        }
        self.take_in_fresh();
        self.leave_out_what_is_gone();
        self.progress().update(|progress| progress.is_whole = true);
        Ok(())
    }

    /// Shows what the last pages have brought.
    fn take_in_fresh(self) {
        self.take_in(self.inner().fresh.take());
    }

    /// Notes that the reading has seen these. Whether any of them is new to it.
    fn has_seen(self, cards: &[Card]) -> bool {
        let inner = self.inner();
        let mut seen = inner.seen.borrow_mut();
        let before = seen.len();
        for card in cards {
            if let Err(place) = seen.binary_search(&card.id.0) {
                seen.insert(place, card.id.0);
            }
        }
        seen.len() > before
    }

    /// All was read: what has not turned up was deleted by somebody.
    fn leave_out_what_is_gone(self) {
        let seen = self.inner().seen.take();
        let is_there = |card: &Rc<Entry>| seen.binary_search(&card.id.0).is_ok();
        if !self.cards().with_untracked(|cards| cards.iter().all(is_there)) {
            self.cards().update(|cards| cards.retain(is_there));
        }
    }

    /// Looks at other cards.
    pub fn look_at(self, change: impl FnOnce(&mut Look)) {
        self.look().update(change);
    }

    /// Something else is looked for: what is known is searched at once, and the server is asked once one has stopped typing, as
    /// long as not all cards are known.
    pub fn look_for(self, term: &str) {
        let term = printed(&clean(term)).to_owned();
        if self.look().with_untracked(|look| look.term == term) {
            return;
        }
        self.hits().set(Vec::new());
        self.search_failed().set(None);
        self.look().update(|look| look.term.clone_from(&term));
        self.search(RESTING);
    }

    /// Asks the server again for what is looked for.
    pub fn search_again(self) {
        self.search_failed().set(None);
        self.search(0);
    }

    fn search(self, rest: u32) {
        let inner = self.inner();
        let turn = inner.search.get().wrapping_add(1);
        inner.search.set(turn);
        let term = self.look().with_untracked(|look| look.term.clone());
        let is_known = self.progress().with_untracked(|progress| progress.is_whole);
        self.is_searching().set(!is_known && !term.is_empty());
        if is_known || term.is_empty() {
            return;
        }
        self.cx().spawn(Box::pin(async move {
            self.cx().sleep(rest).await;
            let is_last = || !self.cards().is_gone() && self.inner().search.get() == turn;
            if !is_last() {
                return;
            }
            let failed = match self.cx().client() {
                Ok((client, organization)) => self.find(&client, organization, &term, &is_last).await.err(),
                Err(error) => Some(error),
            };
            if is_last() {
                if let Some(error) = &failed {
                    self.cx().tell_error(error);
                }
                self.is_searching().set(false);
                self.search_failed().set(failed);
            }
        }));
    }

    /// Asks for all that the server finds; what is shown grows with each page.
    async fn find(
        self,
        client: &Client,
        organization: OrganizationId,
        term: &str,
        is_last: &dyn Fn() -> bool,
    ) -> Result<(), Error> {
        let mut hits: Vec<u64> = Vec::new();
        for number in 1..=MOST_PAGES {
            let found = client.search_cards(organization, term, Some(Page { number, size: SIZE })).await?;
            if !is_last() {
                return Ok(());
            }
            let before = hits.len();
            hits.extend(found.items.iter().map(|card| card.id.0));
            ascending(&mut hits);
            hits.dedup();
            self.learn(found.items);
            self.hits().set(hits.clone());
            if !found.more || hits.len() == before {
                break;
            }
        }
        Ok(())
    }
}
