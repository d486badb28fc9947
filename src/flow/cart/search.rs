//! Finding one of the organization's cards, to put it into the cart.

use super::CartFlow;
use crate::api::{CardId, Error, Page};
use crate::domain::text::{clean, printed};
use crate::flow::listing::Listing;
use crate::reactive::Var;

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// What was looked for; everything where it is empty.
    pub term: String,
    /// The cards.
    pub cards: Vec<CardId>,
    page: u32,
    /// How many entries each of its pages has: another number would leave some out between two.
    page_size: u32,
    left_out: u32,
    /// Whether there may be more.
    pub more: bool,
}

/// A search, for as long as its screen is there.
#[derive(Clone, Copy)]
pub struct Search {
    cart: CartFlow,
    /// What was found; what was found before stays in sight while the next page is on its way.
    pub found: Var<Option<Found>>,
    /// Whether a page is on its way.
    pub busy: Var<bool>,
    /// Why a page did not come, and what was found before it.
    pub failed: Var<Option<(Error, Found)>>,
    /// Of two searches under way the last one counts.
    turn: Var<u32>,
}

impl Search {
    /// A search that nothing was asked of yet.
    pub fn new(cart: CartFlow) -> Search {
        // What an earlier one has found is no longer on the screen.
        cart.found().set(Vec::new());
        cart.cx().has_left_out(Listing::Found, 0);
        Search { cart, found: Var::new(None), busy: Var::new(false), failed: Var::new(None), turn: Var::new(0) }
    }

    /// Looks for `term`.
    pub fn look_for(self, term: &str) {
        self.found.set(None);
        self.cart.found().set(Vec::new());
        self.cart.cx().has_left_out(Listing::Found, 0);
        self.read(Found { term: printed(&clean(term)).to_owned(), ..Found::default() });
    }

    /// Looks for more of the same.
    pub fn more(self) {
        if let Some(so_far) = self.found.get_untracked().filter(|_| !self.busy.get_untracked()) {
            self.read(so_far);
        }
    }

    /// Asks again for the page that did not come.
    pub fn retry(self) {
        if let Some((_, so_far)) = self.failed.get_untracked() {
            self.read(so_far);
        }
    }

    fn read(self, so_far: Found) {
        let cx = self.cart.cx();
        let now = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(now);
        self.busy.set(true);
        self.failed.set(None);
        cx.spawn(Box::pin(async move {
            let size = if so_far.page == 0 { cx.page_size() } else { so_far.page_size };
            let page = Page { number: so_far.page + 1, size };
            let answer = match cx.client() {
                Ok((client, organization)) if so_far.term.is_empty() => client.cards(organization, Some(page)).await,
                Ok((client, organization)) => client.search_cards(organization, &so_far.term, Some(page)).await,
                Err(error) => Err(error),
            };
            // The screen was left in the meantime, or something else was looked for.
            if self.found.is_gone() || self.turn.get_untracked() != now {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(list) => {
                    list.items.iter().for_each(|card| self.cart.faces().learn(card));
                    let left_out = so_far.left_out + list.left_out;
                    cx.has_left_out(Listing::Found, left_out);
                    let mut next = Found { page: page.number, page_size: size, more: list.more, left_out, ..so_far };
                    let new = list.items.iter().map(|card| card.id).filter(|card| !next.cards.contains(card));
                    let new: Vec<CardId> = new.collect();
                    next.cards.extend(new);
                    // What could not be added is told beside the card that was found, as long as it stands there.
                    self.cart.found().set(next.cards.clone());
                    self.found.set(Some(next));
                }
                Err(error) => {
                    cx.tell_error(&error);
                    self.failed.set(Some((error, so_far)));
                }
            }
        }));
    }
}
