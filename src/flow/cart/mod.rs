//! The cart: the organization's open print jobs as one list, and what a person wants of it.
//!
//! Each wish is kept until the server's jobs are as it says: [`Cart::steps`] plans the way from wherever they are, also
//! after an answer was lost or somebody else has changed something. [`steps`] goes that way.

mod search;
mod steps;
mod twins;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use search::{Found, Search};
pub use twins::Twins;

use super::context::Context;
use super::faces::Faces;
use super::host::HostEvent;
use super::listing::Listing;
use super::mutant::{self, Mutant};
use super::places;
use super::remote::Remote;
use crate::api::{CardId, Client, Entries, Error, JobFilter, OrganizationId, Page, PrintJob, TemplateId};
use crate::domain::cart::{Cart, Entry, Wish};
use crate::domain::lock::{Guard, Lock};
use crate::reactive::{Row, state};

/// How many jobs are asked for at a time.
const JOBS: u32 = 100;

state! {
    /// The cart. Copied freely: it is a handle.
    pub struct CartFlow from places::CART, places::ROOM; {
        /// The cart as it was last heard of.
        pub cart: Remote<Cart> = Remote::Loading;
        /// What a person wants of it that is not so yet.
        pub wishes: Vec<Wished> = Vec::new();
        /// What was taken out last, so that it can be put back.
        pub taken_out: Option<Wish> = None;
        /// The cards that a search has found and that stand on the screen.
        pub found: Vec<CardId> = Vec::new();
        /// The open jobs as they were last read, for what they say beside their cards.
        pub jobs: Rc<[PrintJob]> = Rc::from([]);
        /// Whether an order of it is on its way: what is wanted of the cart comes after it.
        pub is_held: bool = false;
        /// Cards that may have come to be more than one.
        pub twins: Vec<Twins> = Vec::new();
        kept: Rc<Inner> = Rc::default();
    }
}

/// How many copies are wanted of a card, and what stands in the way of it.
#[derive(Clone, Debug)]
pub struct Wished {
    /// The card.
    pub card: CardId,
    /// How many copies; 0 takes it out.
    pub copies: u32,
    /// Why it could not be so.
    pub failed: Option<Error>,
}

#[derive(Default)]
struct Inner {
    /// Whether somebody is at work on the wishes.
    at_work: Cell<bool>,
    /// Whether a step may have been taken of which the known cart does not know.
    unsure: Cell<bool>,
    /// The cards that were made here, and from which templates.
    made: RefCell<Vec<(CardId, TemplateId)>>,
    lock: Lock,
}

impl CartFlow {
    /// A cart of which nothing is known yet.
    pub(super) fn new(cx: Context) -> CartFlow {
        let cart = CartFlow(cx.row());
        cart.begin();
        cart
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> CartFlow {
        CartFlow(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// How its cards look.
    pub fn faces(self) -> Faces {
        Faces::of(self.0)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// Waits until nobody else reads or changes print jobs. An answer that says how they were before a change would
    /// otherwise be taken for how they are after it, and an update would send again a shipping provider that is no
    /// longer the one.
    pub(super) async fn lock(self) -> Guard {
        self.inner().lock.clone().lock().await
    }

    /// A card was deleted, with which it has left the cart, too. Reads it anew where it may have been seen there: what is on its
    /// way may be from before.
    pub(super) fn has_lost(self, card: CardId) {
        let is_elsewhere = self.known().is_some_and(|cart| cart.copies(card) == 0);
        if !is_elsewhere || self.inner().lock.is_taken() {
            self.load();
        }
    }

    /// Nothing of what is known here is for the next person.
    pub(super) fn forget(self) {
        let inner = self.inner();
        inner.at_work.set(false);
        inner.unsure.set(false);
        inner.made.take();
        self.cart().set(Remote::Loading);
        self.wishes().set(Vec::new());
        self.taken_out().set(None);
        self.found().set(Vec::new());
        self.twins().set(Vec::new());
        self.jobs().set(Rc::from([]));
        self.is_held().set(false);
    }

    /// Reads the cart, quietly: that it fails is told when one opens it.
    pub(super) fn arrive(self) {
        self.cx().spawn(Box::pin(async move {
            let _ = self.read().await;
        }));
    }

    /// Reads the cart.
    pub fn load(self) {
        let is_known = self.cart().with_untracked(Remote::is_ready);
        if !is_known {
            self.cart().set(Remote::Loading);
        }
        self.cx().spawn(Box::pin(async move {
            // What is known is shown meanwhile, and that comes first.
            if is_known {
                self.cx().sleep(0).await;
            }
            if let Err(error) = self.read().await {
                self.cx().tell_error(&error);
                self.cart().set(Remote::Failed(error));
            }
        }));
    }

    /// Asks the server for the cart.
    pub(super) async fn read(self) -> Result<Cart, Error> {
        if mutant::is(Mutant::StaleRead) {
            return self.read_locked().await;
        }
        let _guard = self.lock().await;
        self.read_locked().await
    }

    /// The same for whoever has the lock.
    pub(super) async fn read_locked(self) -> Result<Cart, Error> {
        let (client, organization) = self.cx().client()?;
        let Entries { items: jobs, left_out } = open_jobs(&client, organization).await?;
        self.cx().has_left_out(Listing::Cart, left_out);
        let cart = Cart::of(&jobs);
        self.inner().unsure.set(false);
        self.jobs().set(jobs.into());
        self.has_cart(cart.clone());
        Ok(cart)
    }

    /// The cart is this one, as far as the server has told.
    pub(super) fn has_cart(self, cart: Cart) {
        let before = self.known();
        self.cx().in_cart().set(Some(cart.len()));
        if before.as_ref() == Some(&cart) {
            return;
        }
        let (cards, copies) = (cart.len() as u64, cart.total_copies());
        let is_change = before.is_some_and(|before| before.entries() != cart.entries());
        self.cart().set(Remote::Ready(cart));
        if is_change {
            self.cx().tell(HostEvent::CartChanged { cards, copies });
        }
    }

    /// Takes in what the server says of a job, whoever asked. A card that has just been submitted is as it was then: what
    /// is still wished of it comes too late. What is wished of a card since it left the cart is another matter.
    pub(super) fn learn(self, job: &PrintJob) {
        let Some(mut cart) = self.known() else { return };
        let was_there = |card| cart.jobs().iter().any(|open| open.id == job.id && open.cards.contains(&card));
        let late: Vec<CardId> = job.card_ids.iter().copied().filter(|card| was_there(*card)).collect();
        cart.learn(job);
        if job.status.is_submitted() {
            // Unless it is in the cart elsewhere.
            let is_late = |wish: &Wished| late.contains(&wish.card) && cart.copies(wish.card) == 0;
            if self.wishes().with_untracked(|all| all.iter().any(is_late)) {
                self.wishes().update(|all| all.retain(|wish| !is_late(wish)));
            }
        }
        self.has_cart(cart);
    }

    /// The cart, once it is known.
    pub fn known(self) -> Option<Cart> {
        self.cart().with_untracked(|cart| cart.ready().cloned())
    }

    /// What is wanted of a card, if that is not so yet. Follows.
    pub fn wish_for(self, card: CardId) -> Option<Wished> {
        self.wishes().with(|wishes| wishes.iter().find(|wish| wish.card == card).cloned())
    }

    /// How many copies of a card there are, or are wanted. Follows.
    pub fn copies(self, card: CardId) -> u32 {
        match self.wish_for(card) {
            Some(wish) => wish.copies,
            None => self.copies_there(card),
        }
    }

    /// How many copies of a card there are. Follows.
    pub fn copies_there(self, card: CardId) -> u32 {
        self.cart().with(|cart| cart.ready().map_or(0, |cart| cart.copies(card)))
    }

    /// The numbers of the cards that are in it, in their order. Follows.
    pub fn in_cart_now(self) -> Vec<u64> {
        let numbers = |cart: &Cart| cart.entries().iter().map(|entry| entry.card.0).collect();
        self.cart().with(|cart| cart.ready().map(numbers).unwrap_or_default())
    }

    /// The numbers of the cards to be shown: what is in the cart, and what is on its way into it; not what is on its way
    /// out, unless that has failed. Follows.
    pub fn listed(self) -> Vec<u64> {
        self.wanted().iter().map(|entry| entry.card.0).collect()
    }

    /// The same, each with as many copies as there are, or are wanted. Follows.
    pub fn wanted(self) -> Vec<Entry> {
        let mut cards = self.cart().with(|cart| cart.ready().map(Cart::entries).unwrap_or_default());
        self.wishes().with(|wishes| {
            for wish in wishes {
                let entry = Entry { card: wish.card, copies: wish.copies };
                let place = cards.binary_search_by_key(&wish.card, |entry| entry.card);
                match (place, wish.copies, &wish.failed) {
                    (Ok(place), 0, None) => drop(cards.remove(place)),
                    (Ok(place), ..) => cards[place] = entry,
                    (Err(place), 1.., None) => cards.insert(place, entry),
                    // One that could not be added is told where it was to be added, if that is still there.
                    (Err(place), 1.., Some(_)) if !self.found().with(|found| found.contains(&wish.card)) => {
                        cards.insert(place, entry);
                    }
                    _ => {}
                }
            }
        });
        cards
    }

    /// Wants so many copies of these cards, and goes to work on it. 0 takes a card out.
    pub fn wish(self, wishes: &[Wish]) {
        // What is put in anew needs no putting back.
        let back = self.taken_out().get_untracked();
        if back.is_some_and(|(card, _)| wishes.iter().any(|(wanted, copies)| *wanted == card && *copies > 0)) {
            self.taken_out().set(None);
        }
        self.wishes().update(|all| {
            all.retain(|known| !wishes.iter().any(|(card, _)| *card == known.card));
            all.extend(wishes.iter().map(|(card, copies)| Wished { card: *card, copies: *copies, failed: None }));
        });
        self.work();
    }

    /// Takes a card out of the cart; it can be put back.
    pub fn take_out(self, card: CardId) {
        // As the screen shows it, also where that is still on its way.
        let copies = self.copies(card);
        self.taken_out().set(Some((card, copies.max(1))));
        self.wish(&[(card, 0)]);
    }

    /// Puts back what was taken out last.
    pub fn undo(self) {
        if let Some(wish) = self.taken_out().get_untracked() {
            self.wish(&[wish]);
        }
    }

    /// Lets a wish be that could not be met.
    pub fn drop_wish(self, card: CardId) {
        self.wishes().update(|all| all.retain(|wish| wish.card != card));
        // How it was is not known while an answer is missing.
        if self.inner().unsure.get() {
            self.load();
        }
    }

    /// The cart may be otherwise than it is known: it is read before the next step.
    pub(super) fn doubt(self) {
        self.inner().unsure.set(true);
    }

    /// Whether any wish is still to be met.
    pub(super) fn is_settling(self) -> bool {
        self.wishes().with_untracked(|wishes| wishes.iter().any(|wish| wish.failed.is_none()))
    }
}

/// All of the organization's open jobs.
pub(super) async fn open_jobs(client: &Client, organization: OrganizationId) -> Result<Entries<PrintJob>, Error> {
    let mut jobs = Entries::from(Vec::new());
    let mut number = 1;
    loop {
        let page = Page { number, size: JOBS };
        let found = client.print_jobs(organization, Some(page), Some(JobFilter::Open)).await?;
        jobs.items.extend(found.items);
        jobs.left_out += found.left_out;
        if !found.more {
            return Ok(jobs);
        }
        number += 1;
    }
}
