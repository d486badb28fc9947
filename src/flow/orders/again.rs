//! Ordering the same again: all of an order's cards into the cart.

use std::rc::Rc;

use super::Orders;
use crate::api::{CardId, Error, PrintJob};
use crate::domain::cart::Wish;
use crate::domain::orders::distinct;
use crate::flow::cart::Wished;
use crate::flow::screen::{DeskPage, Screen};
use crate::reactive::Var;

/// What came of it.
#[derive(Clone)]
pub enum Again {
    /// Nothing yet.
    None,
    /// The cart could not be read.
    Failed(Error),
    /// These are not in the cart.
    Without(Rc<[(CardId, Error)]>),
}

/// How many copies of each card there were; the cart counts one where the server does not say.
pub fn copies_in(job: &PrintJob) -> u32 {
    job.number_of_copies.unwrap_or(1).max(1)
}

impl Orders {
    /// How many other cards are in the cart, which would be ordered together with those of `job`.
    pub fn others_in_cart(self, job: &PrintJob) -> usize {
        self.cart().listed().iter().filter(|card| !job.card_ids.contains(&CardId(**card))).count()
    }

    /// Wants in the cart what is not there yet. Never fewer copies than there are.
    pub fn order_again(self, job: &Rc<PrintJob>, outcome: Var<Again>) {
        let (again, job) = (self.again(), job.clone());
        if again.get_untracked().is_some_and(|(known, _)| known == job.id) {
            return;
        }
        outcome.set(Again::None);
        again.set(Some((job.id, false)));
        self.cx().spawn(Box::pin(async move {
            let cart = match self.cart().read().await {
                Ok(cart) => cart,
                Err(error) => {
                    self.cx().tell_error(&error);
                    if again.get_untracked() == Some((job.id, false)) {
                        again.set(None);
                    }
                    outcome.set(Again::Failed(error));
                    return;
                }
            };
            let copies = copies_in(&job);
            let missing = distinct(&job.card_ids).into_iter().filter(|card| cart.copies(*card) < copies);
            let wishes: Vec<Wish> = missing.map(|card| (card, copies)).collect();
            self.cart().wish(&wishes);
            if again.get_untracked() == Some((job.id, false)) {
                again.set(Some((job.id, true)));
            }
        }));
    }

    /// Looks whether it is over. Where nothing is left to tell and one has waited for it, one goes on to the cart. Follows
    /// what is wished of the cart.
    pub fn finish_again(self, job: &PrintJob, outcome: Var<Again>, is_waited_for: bool) {
        let mut failed = Vec::new();
        let cart = self.cart().known().unwrap_or_default();
        let is_over = self.cart().wishes().with(|wishes| {
            // What is wished of these cards otherwise is another matter.
            let is_its = |wish: &&Wished| job.card_ids.contains(&wish.card) && wish.copies == copies_in(job);
            wishes.iter().filter(is_its).all(|wish| {
                // One that is in the cart, with another number of copies, is told there.
                let told_here = wish.failed.clone().filter(|_| cart.copies(wish.card) == 0);
                failed.extend(told_here.map(|error| (wish.card, error)));
                wish.failed.is_some()
            })
        });
        if !is_over {
            return;
        }
        self.again().set(None);
        if !failed.is_empty() {
            // They are told here, and not once more in the cart.
            failed.iter().for_each(|(card, _)| self.cart().drop_wish(*card));
            outcome.set(Again::Without(failed.into()));
        } else if is_waited_for {
            self.cx().go(Screen::Desk(DeskPage::Cart));
        }
    }
}
