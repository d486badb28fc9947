//! The orders: what was submitted, and what is still in the cart. One of them is in [`order`]; [`again`] orders it again.

mod again;
mod order;

use std::rc::Rc;

pub use again::{Again, copies_in};
pub use order::{Charges, Known, Order, Printings, Told};

use super::cart::CartFlow;
use super::context::Context;
use super::listing::Listing;
use super::places;
use super::remote::Remote;
use super::screen::{DeskPage, Screen};
use crate::api::{Error, JobFilter, Page, PrintJob, PrintJobId, ShippingProvider, Transaction};
use crate::domain::money::Money;
use crate::domain::orders::{Listed, charged};
use crate::reactive::{Row, Var, state};

/// So many pages are looked through at a time for an order that belongs to the list.
const MOST_PAGES: u32 = 50;

state! {
    /// What is known of the orders. Copied freely: it is a handle.
    pub struct Orders from places::ORDERS, places::ROOM; {
        /// Which list is looked at.
        pub which: JobFilter = JobFilter::Submitted;
        submitted: List = List::default();
        open: List = List::default();
        /// The order in the list that takes the focus when it is drawn.
        pub focus: Option<PrintJobId> = None;
        /// The order that is being ordered again, and whether its cards are on their way into the cart.
        pub again: Option<(PrintJobId, bool)> = None;
        /// What moved on the account, for what orders have cost; none before that was read.
        movements: Option<Rc<[Transaction]>> = None;
        /// Who carries orders; none before it was asked for.
        pub providers: Option<Remote<Rc<[ShippingProvider]>>> = None;
    }
}

/// A list, and what is asked for it.
#[derive(Clone, Default)]
pub struct List {
    /// `None` before there was an answer.
    pub known: Option<Listed>,
    /// Whether it is being read.
    pub busy: bool,
    /// Why it could not be read.
    pub failed: Option<Error>,
    /// Whether it was further pages that were asked for last, and not all of it again.
    pub is_on: bool,
    /// Of two reads under way the last one counts.
    turn: u32,
}

impl Orders {
    /// Nothing is known yet.
    pub(super) fn new(cx: Context) -> Orders {
        let orders = Orders(cx.row());
        orders.begin();
        orders
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Orders {
        Orders(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// The cart, for ordering the same again.
    pub fn cart(self) -> CartFlow {
        CartFlow::of(self.0)
    }

    /// Nothing of this is for the next person.
    pub(super) fn forget(self) {
        self.which().set(JobFilter::Submitted);
        for list in [self.submitted(), self.open()] {
            // What is under way is for nobody.
            list.update(|list| *list = List { turn: list.turn.wrapping_add(1), ..List::default() });
        }
        self.focus().set(None);
        self.again().set(None);
        self.movements().set(None);
        self.providers().set(None);
    }

    /// What an order has cost, once that is known. Follows.
    pub fn cost(self, job: PrintJobId) -> Option<Money> {
        self.movements().with(|movements| charged(job, movements.as_deref()?))
    }

    /// Reads what orders have cost. That it fails is not told: the account itself says so.
    fn read_costs(self) {
        let cx = self.cx();
        cx.spawn(Box::pin(async move {
            let Ok((client, organization)) = cx.client() else { return };
            if let Ok(movements) = client.financial_transactions(organization).await {
                self.movements().set(Some(movements.items.into()));
            }
        }));
    }

    /// One of the two lists.
    pub fn list(self, which: JobFilter) -> Var<List> {
        match which {
            JobFilter::Submitted => self.submitted(),
            JobFilter::Open => self.open(),
        }
    }

    /// An order, as one of the lists had it.
    pub fn known(self, job: PrintJobId) -> Option<PrintJob> {
        let find = |list: Var<List>| list.with_untracked(|list| list.known.as_ref()?.job(job).cloned());
        find(self.submitted()).or_else(|| find(self.open()))
    }

    /// Goes back to the list, to where `job` stands in it.
    pub fn back_from(self, job: PrintJobId) {
        self.focus().set(Some(job));
        self.cx().go(Screen::Desk(DeskPage::Orders));
    }

    /// Reads a list from its start, as far as it was known.
    pub fn read_again(self, which: JobFilter) {
        let known = self.list(which).with_untracked(|list| list.known.clone()).unwrap_or_default();
        if which == JobFilter::Submitted {
            self.read_costs();
        }
        let pages = known.pages().max(1);
        let finish = Box::new(move |list: Listed| list.after(&known));
        self.read(which, Listed::default(), pages, finish, Box::new(|| false), false);
    }

    /// Reads on. Who presses this with a keyboard goes on with what it brought.
    pub fn read_on(self, which: JobFilter, has_focus: Box<dyn Fn() -> bool>) {
        let Some(known) = self.list(which).with_untracked(|list| list.known.clone()) else { return };
        let pages = known.pages() + 1;
        self.read(which, known, pages, Box::new(|list| list), has_focus, true);
    }

    /// Reads so many pages, and on until there is something new to show, or no more.
    fn read(
        self,
        which: JobFilter,
        mut list: Listed,
        pages: u32,
        finish: Box<dyn FnOnce(Listed) -> Listed>,
        has_focus: Box<dyn Fn() -> bool>,
        is_on: bool,
    ) {
        let var = self.list(which);
        let turn = var.with_untracked(|list| list.turn.wrapping_add(1));
        var.update(|list| {
            (list.busy, list.turn, list.failed, list.is_on) = (true, turn, None, is_on);
        });
        let before = list.entries().len();
        self.cx().spawn(Box::pin(async move {
            let failed = read_pages(self.cx(), which, &mut list, pages).await.err();
            if var.with_untracked(|list| list.turn) != turn {
                return;
            }
            if let Some(error) = &failed {
                self.cx().tell_error(error);
            } else if let Some(first) = list.entries().get(before)
                && has_focus()
            {
                self.focus().set(Some(first.job.id));
            }
            let is_read = failed.is_none();
            if is_read {
                let of = if which == JobFilter::Open { Listing::Open } else { Listing::Submitted };
                self.cx().has_left_out(of, list.left_out());
            }
            var.update(|now| {
                (now.busy, now.failed) = (false, failed);
                if is_read {
                    now.known = Some(finish(list));
                }
            });
        }));
    }

    /// Reads what orders can be carried by, for its name. That it fails is not told: the number stands in for the name.
    pub fn load_providers(self) {
        let providers = self.providers();
        if matches!(providers.get_untracked(), Some(Remote::Ready(_) | Remote::Loading)) {
            return;
        }
        providers.set(Some(Remote::Loading));
        self.cx().spawn(Box::pin(async move {
            let answer = match self.cx().client() {
                Ok((client, organization)) => client.shipping_providers(organization).await,
                Err(error) => Err(error),
            };
            providers.set(Some(answer.map_or_else(Remote::Failed, |list| Remote::Ready(list.items.into()))));
        }));
    }
}

async fn read_pages(cx: Context, which: JobFilter, list: &mut Listed, pages: u32) -> Result<(), Error> {
    let (client, organization) = cx.client()?;
    let size = list.page_size(cx.page_size());
    let before = list.entries().len();
    let last = pages.max(list.pages() + MOST_PAGES);
    loop {
        let page = Page { number: list.pages() + 1, size };
        let mut found = client.print_jobs(organization, Some(page), Some(which)).await?;
        // One whose cards were all taken out is still at the server, and nothing to anybody.
        found.items.retain(|job| which == JobFilter::Submitted || !job.card_ids.is_empty());
        list.take(found);
        let has_new = list.entries().len() > before;
        if !list.more() || list.pages() >= last || (has_new && list.pages() >= pages) {
            return Ok(());
        }
    }
}
