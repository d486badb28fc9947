//! One order: as it was last heard of, when its cards were printed, what it cost.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::Orders;
use crate::api::{CardId, ChargeDetails, Error, PrintJob, PrintJobId, PrintRecord};
use crate::domain::orders::newest_first;
use crate::flow::context::Context;
use crate::flow::reading::answered;
use crate::flow::remote::Remote;
use crate::reactive::Var;

/// So many printings are asked for at a time.
const AT_A_TIME: u32 = 3;

/// What is known of the order.
#[derive(Clone)]
pub enum Known {
    /// Nothing yet.
    Nothing,
    /// As it was last heard of. The number is another one when it has changed.
    Order(Rc<PrintJob>, u64),
    /// The server has no such order.
    Gone,
}

/// One order, for as long as its screen is there.
#[derive(Clone, Copy)]
pub struct Order {
    /// What all flows share.
    pub cx: Context,
    id: PrintJobId,
    /// What is known of it.
    pub known: Var<Known>,
    /// Why it could not be read.
    pub failed: Var<Option<Error>>,
}

impl Order {
    /// The order `id`, with what the lists know of it.
    pub fn new(orders: Orders, id: PrintJobId) -> Order {
        let known = orders.known(id).map_or(Known::Nothing, |job| Known::Order(Rc::new(job), 0));
        Order { cx: orders.cx(), id, known: Var::new(known), failed: Var::new(None) }
    }

    /// Asks the server for it. What is known of it stays in sight meanwhile.
    pub fn read(self) {
        let Order { cx, id, known, failed } = self;
        failed.set(None);
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => client.print_job(organization, id).await,
                Err(error) => Err(error),
            };
            // The screen was left in the meantime.
            if known.is_gone() {
                return;
            }
            match answer {
                Ok(job) => {
                    let number = known.with_untracked(|known| match known {
                        Known::Order(before, _) if **before == job => None,
                        Known::Order(_, number) => Some(number + 1),
                        _ => Some(0),
                    });
                    if let Some(number) = number {
                        known.set(Known::Order(Rc::new(job), number));
                    }
                }
                Err(error) => {
                    cx.tell_error(&error);
                    if let Error::NotFound { .. } = error {
                        known.set(Known::Gone);
                    } else {
                        failed.set(Some(error));
                    }
                }
            }
        }));
    }
}

/// What an order cost, for as long as its screen is there.
#[derive(Clone, Copy)]
pub struct Charges {
    /// What all flows share.
    pub cx: Context,
    job: PrintJobId,
    /// What is known of it.
    pub now: Var<Remote<Rc<ChargeDetails>>>,
}

impl Charges {
    /// The charges of a submitted order, and the first look at them.
    pub fn new(orders: Orders, job: PrintJobId) -> Charges {
        let charges = Charges { cx: orders.cx(), job, now: Var::new(Remote::Loading) };
        charges.read();
        charges
    }

    /// Reads them.
    pub fn read(self) {
        let Charges { cx, job, now } = self;
        now.set(Remote::Loading);
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => client.charge_details(organization, job).await,
                Err(error) => Err(error),
            };
            if !now.is_gone() {
                now.set(answered(cx, answer.map(Rc::new)));
            }
        }));
    }
}

/// What is known of when a card was printed.
pub type Told = Var<Remote<Rc<[PrintRecord]>>>;

/// The cards whose printings are asked for, in their order.
pub struct Printings {
    /// What all flows share.
    pub cx: Context,
    waiting: RefCell<VecDeque<(CardId, Told)>>,
    asking: Cell<u32>,
}

impl Printings {
    /// None is asked for yet.
    pub fn new(orders: Orders) -> Rc<Printings> {
        Rc::new(Printings { cx: orders.cx(), waiting: RefCell::default(), asking: Cell::new(0) })
    }

    /// Asks when `card` was printed, when its turn has come.
    pub fn ask(self: &Rc<Printings>, card: CardId, told: Told) {
        told.set(Remote::Loading);
        self.waiting.borrow_mut().push_back((card, told));
        self.ask_on();
    }

    fn ask_on(self: &Rc<Printings>) {
        while self.asking.get() < AT_A_TIME {
            let Some((card, told)) = self.waiting.borrow_mut().pop_front() else { return };
            // The screen was left in the meantime.
            if told.is_gone() {
                continue;
            }
            self.asking.set(self.asking.get() + 1);
            let this = self.clone();
            self.cx.spawn(Box::pin(async move {
                let answer = match this.cx.client() {
                    Ok((client, organization)) => client.print_history(organization, card).await,
                    Err(error) => Err(error),
                };
                told.set(answer.map_or_else(Remote::Failed, |records| Remote::Ready(newest_first(&records).into())));
                this.asking.set(this.asking.get().saturating_sub(1));
                this.ask_on();
            }));
        }
    }
}
