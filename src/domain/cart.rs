//! The cart: the organization's open print jobs, shown as one list of cards with a number of copies each.
//!
//! The vendor's rule is one number of copies for a whole print job (section "Checkout process", step 3), so behind the
//! list there is one job for each number of copies. What a person wants of the cart is said as a number of copies for
//! each of some cards; [`Cart::steps`] says what to ask of the server to get there from what is there now. It can be asked
//! again at any moment, also after a step whose answer was lost: from what is there then, it says the rest of the way.
//!
//! A card is put where it shall be before it is taken out of where it was, so that at no moment it is in no job. Between
//! the two, or when the second fails, it is in two jobs, and the list shows what would be printed: the copies of both.
//!
//! A browser may send a step twice by itself, and then a card stands in a job twice, or there is a second job with the same
//! cards. Such a card counts as often as it stands there, until somebody wishes something of it: then it is taken out
//! everywhere but once, and a job that is left empty is taken for the next cards.

use super::digits::plain_text;
use super::sort;
use crate::api::{CardId, PrintJob, PrintJobId};

/// The most copies of a card that can be asked for. The API names no limit; a slip of the finger shall not cost
/// thousands.
pub const MOST_COPIES: u32 = 500;

/// The number of copies that was typed, on whichever keyboard, if so many can be asked for.
pub fn copies_typed(text: &str) -> Option<u32> {
    plain_text(text).trim().parse().ok().filter(|copies| (1..=MOST_COPIES).contains(copies))
}

/// An open print job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenJob {
    /// Its number.
    pub id: PrintJobId,
    /// How often each of its cards is printed.
    pub copies: u32,
    /// The cards in it, in the order of their numbers, each as often as it stands there.
    pub cards: Vec<CardId>,
}

impl OpenJob {
    /// What the server says of a job that is still open; `None` for one that has been submitted.
    pub fn of(job: &PrintJob) -> Option<OpenJob> {
        if job.status.is_submitted() {
            return None;
        }
        let cards = in_order(&job.card_ids);
        // A job that was never told a number prints one copy.
        Some(OpenJob { id: job.id, copies: job.number_of_copies.unwrap_or(1).max(1), cards })
    }

    fn has(&self, card: CardId) -> bool {
        self.cards.binary_search(&card).is_ok()
    }

    /// How often a card stands in it.
    fn times(&self, card: CardId) -> usize {
        self.cards.iter().filter(|known| **known == card).count()
    }
}

fn in_order(cards: &[CardId]) -> Vec<CardId> {
    let mut numbers: Vec<u64> = cards.iter().map(|card| card.0).collect();
    sort::ascending(&mut numbers);
    numbers.into_iter().map(CardId).collect()
}

/// A card in the cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The card.
    pub card: CardId,
    /// How many copies of it would be printed if all jobs were submitted now.
    pub copies: u32,
}

/// The cart as the server has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cart {
    jobs: Vec<OpenJob>,
}

/// How many copies a person wants of a card; 0 takes it out of the cart.
pub type Wish = (CardId, u32);

/// One call to the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Create a job that prints so many copies of these cards.
    Create {
        /// How often each card is printed.
        copies: u32,
        /// The cards.
        cards: Vec<CardId>,
    },
    /// Give a job another number of copies.
    SetCopies {
        /// The job.
        job: PrintJobId,
        /// How often each of its cards is printed from now on.
        copies: u32,
    },
    /// Put cards into a job.
    Add {
        /// The job.
        job: PrintJobId,
        /// The cards.
        cards: Vec<CardId>,
    },
    /// Take a card out of a job, once where it stands there twice.
    Remove {
        /// The job.
        job: PrintJobId,
        /// The card.
        card: CardId,
    },
}

impl Cart {
    /// The cart that these jobs make; submitted ones are no part of it.
    pub fn of(jobs: &[PrintJob]) -> Cart {
        let mut cart = Cart::default();
        jobs.iter().filter_map(OpenJob::of).for_each(|job| cart.put(job));
        cart
    }

    /// The open jobs, in the order of their numbers.
    pub fn jobs(&self) -> &[OpenJob] {
        &self.jobs
    }

    /// Takes in what the server says of one job: it is new, it has changed, or it is no longer open.
    pub fn learn(&mut self, job: &PrintJob) {
        match OpenJob::of(job) {
            Some(job) => self.put(job),
            None => self.jobs.retain(|known| known.id != job.id),
        }
    }

    /// Takes in that a card is no longer in a job, once where it stood there twice.
    pub fn removed(&mut self, job: PrintJobId, card: CardId) {
        if let Some(job) = self.job_mut(job)
            && let Ok(place) = job.cards.binary_search(&card)
        {
            job.cards.remove(place);
        }
    }

    /// Whether all of the open jobs are to be read after this step, since its repetition by the browser would not show in the
    /// answer: a second job has a number of its own, and that a card that stood there twice was taken out twice is not
    /// said. To be asked before the step is taken.
    pub fn hides_repetition(&self, step: &Step) -> bool {
        match step {
            Step::Create { .. } => true,
            Step::Remove { job, card } => self.jobs.iter().any(|known| known.id == *job && known.times(*card) > 1),
            Step::SetCopies { .. } | Step::Add { .. } => false,
        }
    }

    /// Whether this is what `then` has become by `step`, as far as the step's answer can tell. Otherwise somebody else has
    /// changed something, and may have changed more than the answer shows.
    pub fn is_as_expected(&self, then: &Cart, step: &Step) -> bool {
        let mut expected = then.clone();
        match step {
            // There is a look at all jobs after it, or nothing to be seen.
            Step::Create { .. } | Step::Remove { .. } => return true,
            Step::SetCopies { job, copies } => {
                expected.jobs.iter_mut().filter(|known| known.id == *job).for_each(|job| job.copies = *copies);
            }
            Step::Add { job, cards } => {
                if let Some(job) = expected.job_mut(*job) {
                    job.cards.extend(cards);
                    job.cards = in_order(&job.cards);
                }
            }
        }
        expected == *self
    }

    fn put(&mut self, job: OpenJob) {
        match self.jobs.binary_search_by_key(&job.id, |known| known.id) {
            Ok(place) => self.jobs[place] = job,
            Err(place) => self.jobs.insert(place, job),
        }
    }

    fn job_mut(&mut self, id: PrintJobId) -> Option<&mut OpenJob> {
        self.jobs.iter_mut().find(|job| job.id == id)
    }

    /// The cards in the cart, in the order of their numbers, which no change of copies disturbs.
    pub fn entries(&self) -> Vec<Entry> {
        let mut all: Vec<Entry> = Vec::new();
        for job in &self.jobs {
            all.extend(job.cards.iter().map(|card| Entry { card: *card, copies: job.copies }));
        }
        let numbers: Vec<u64> = all.iter().map(|entry| entry.card.0).collect();
        let mut all = sort::by_keys(&all, &numbers);
        all.dedup_by(|later, first| {
            let same = later.card == first.card;
            if same {
                first.copies = first.copies.saturating_add(later.copies);
            }
            same
        });
        all
    }

    /// How many copies of `card` would be printed; 0 when it is not in the cart.
    pub fn copies(&self, card: CardId) -> u32 {
        let cards = self.jobs.iter().flat_map(|job| job.cards.iter().map(|known| (*known, job.copies)));
        cards.filter(|(known, _)| *known == card).fold(0, |sum, (_, copies)| sum.saturating_add(copies))
    }

    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.entries().len()
    }

    /// Whether there is no card in it.
    pub fn is_empty(&self) -> bool {
        self.jobs.iter().all(|job| job.cards.is_empty())
    }

    /// How many pieces of plastic would be printed.
    pub fn total_copies(&self) -> u64 {
        self.jobs.iter().map(|job| job.cards.len() as u64 * u64::from(job.copies)).sum()
    }

    /// What to ask of the server, in this order, so that each of these cards has as many copies as it shall have. Cards
    /// that are not named stay as they are. Nothing to do is no step. Of two wishes for one card the last one counts.
    pub fn steps(&self, wishes: &[Wish]) -> Vec<Step> {
        let mut plan = Plan { cart: self.clone(), steps: Vec::new(), targets: Vec::new() };
        let mut last: Vec<Wish> = Vec::new();
        for wish in wishes.iter().rev() {
            if !last.iter().any(|(card, _)| *card == wish.0) {
                last.push(*wish);
            }
        }
        let cards: Vec<u64> = last.iter().map(|(card, _)| card.0).collect();
        let last = sort::by_keys(&last, &cards);
        let mut numbers: Vec<u64> = last.iter().map(|(_, copies)| u64::from(*copies)).collect();
        sort::ascending(&mut numbers);
        numbers.dedup();
        let numbers: Vec<u32> = numbers.into_iter().filter_map(|copies| u32::try_from(copies).ok()).collect();
        let group = |copies: u32| -> Vec<CardId> {
            last.iter().filter(|(_, wanted)| *wanted == copies).map(|(card, _)| *card).collect()
        };
        // Which jobs already print that many is settled first: nobody else may turn them into something else.
        for copies in numbers.iter().filter(|copies| **copies > 0) {
            if let Some(job) = plan.cart.jobs.iter().find(|job| job.copies == *copies) {
                plan.targets.push((job.id, *copies));
            }
        }
        for copies in numbers {
            let cards = group(copies);
            if copies > 0 {
                plan.gather(copies, &cards);
            }
        }
        // Only when everything stands where it shall is anything taken away.
        for (card, copies) in &last {
            plan.clear(*card, *copies);
        }
        plan.steps
    }
}

/// A way being planned: what would be there after the steps so far.
struct Plan {
    cart: Cart,
    steps: Vec<Step>,
    /// Where the cards with so many copies go.
    targets: Vec<(PrintJobId, u32)>,
}

impl Plan {
    /// Brings all of `cards` into one job of `copies`.
    fn gather(&mut self, copies: u32, cards: &[CardId]) {
        let known = self.targets.iter().find(|(_, number)| *number == copies).map(|(job, _)| *job);
        let job = match known.or_else(|| self.change(copies, cards)) {
            Some(job) => job,
            None => {
                self.steps.push(Step::Create { copies, cards: cards.to_vec() });
                return;
            }
        };
        let Some(target) = self.cart.job_mut(job) else { return };
        let missing: Vec<CardId> = cards.iter().copied().filter(|card| !target.has(*card)).collect();
        if !missing.is_empty() {
            target.cards.extend(&missing);
            target.cards = in_order(&target.cards);
            self.steps.push(Step::Add { job, cards: missing });
        }
    }

    /// A job that can be given this number of copies without changing those of a card that is not meant: the one with the
    /// most of `cards` and nothing else, or an empty one, which costs least of all.
    fn change(&mut self, copies: u32, cards: &[CardId]) -> Option<PrintJobId> {
        let free = self.cart.jobs.iter().filter(|job| !self.targets.iter().any(|(taken, _)| *taken == job.id));
        let only = free.filter(|job| job.cards.iter().all(|card| cards.contains(card)));
        // The first of those with the most, so that the same question has the same answer.
        let best = only.rev().max_by_key(|job| job.cards.len()).map(|job| job.id)?;
        self.steps.push(Step::SetCopies { job: best, copies });
        self.cart.job_mut(best)?.copies = copies;
        self.targets.push((best, copies));
        Some(best)
    }

    /// Takes `card` out of every job but its target, where it stays once.
    fn clear(&mut self, card: CardId, copies: u32) {
        let target = self.targets.iter().find(|(_, number)| copies > 0 && *number == copies).map(|(job, _)| *job);
        for job in &self.cart.jobs {
            let kept = usize::from(Some(job.id) == target);
            for _ in kept..job.times(card) {
                self.steps.push(Step::Remove { job: job.id, card });
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
