//! Time that passes only when nothing else can happen.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::future::LocalBoxFuture;

/// The time since the walk began, in milliseconds, and what is to come.
#[derive(Default)]
pub(crate) struct Timeline {
    now: Cell<u64>,
    count: Cell<u64>,
    coming: RefCell<BinaryHeap<Coming>>,
}

enum What {
    /// Somebody sleeps; nobody where they have gone meanwhile.
    Wake(Rc<Sleep>),
    Act(Box<dyn FnOnce()>),
}

#[derive(Default)]
struct Sleep {
    is_over: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

struct Coming {
    at: u64,
    number: u64,
    what: What,
}

impl PartialEq for Coming {
    fn eq(&self, other: &Coming) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Coming {}

impl PartialOrd for Coming {
    fn partial_cmp(&self, other: &Coming) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Coming {
    /// The heap has the greatest on top: that is what comes first.
    fn cmp(&self, other: &Coming) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}

impl Timeline {
    pub(crate) fn now(&self) -> u64 {
        self.now.get()
    }

    fn push(&self, delay: u64, what: What) {
        let number = self.count.get();
        self.count.set(number + 1);
        self.coming.borrow_mut().push(Coming { at: self.now() + delay, number, what });
    }

    /// Does something in so many milliseconds.
    pub(crate) fn after(&self, delay: u64, act: impl FnOnce() + 'static) {
        self.push(delay, What::Act(Box::new(act)));
    }

    /// Is ready in so many milliseconds.
    pub(crate) fn sleep(&self, delay: u64) -> LocalBoxFuture<'static, ()> {
        let sleep = Rc::<Sleep>::default();
        self.push(delay, What::Wake(sleep.clone()));
        Box::pin(poll_fn(move |cx| {
            if sleep.is_over.get() {
                return Poll::Ready(());
            }
            *sleep.waker.borrow_mut() = Some(cx.waker().clone());
            Poll::Pending
        }))
    }

    /// When what comes next is, if that is no later than `end`.
    pub(crate) fn next(&self, end: u64) -> Option<u64> {
        let mut all = self.coming.borrow_mut();
        loop {
            match all.peek() {
                // Nobody sleeps any more.
                Some(Coming { what: What::Wake(sleep), .. }) if Rc::strong_count(sleep) == 1 => drop(all.pop()),
                coming => return coming.map(|coming| coming.at).filter(|at| *at <= end),
            }
        }
    }

    /// Lets time go on to what comes next, if that is no later than `end`. False where nothing comes until then.
    pub(crate) fn step(&self, end: u64) -> bool {
        loop {
            let coming = {
                let mut all = self.coming.borrow_mut();
                match all.peek() {
                    // Nobody sleeps any more: a time limit of what was in time, mostly.
                    Some(Coming { what: What::Wake(sleep), .. }) if Rc::strong_count(sleep) == 1 => {
                        all.pop();
                        continue;
                    }
                    Some(coming) if coming.at <= end => all.pop(),
                    _ => None,
                }
            };
            let Some(coming) = coming else { return false };
            self.now.set(self.now().max(coming.at));
            match coming.what {
                What::Act(act) => act(),
                What::Wake(sleep) => {
                    sleep.is_over.set(true);
                    if let Some(waker) = sleep.waker.take() {
                        waker.wake();
                    }
                }
            }
            return true;
        }
    }

    /// Lets the time pass in which nothing happens.
    pub(crate) fn pass_to(&self, end: u64) {
        self.now.set(self.now().max(end));
    }

    /// Forgets what was to come.
    pub(crate) fn clear(&self) {
        let coming = self.coming.take();
        drop(coming);
    }
}
