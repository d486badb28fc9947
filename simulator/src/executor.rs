//! Runs futures one at a time, in the order in which they were woken. Nothing of it depends on anything but that order.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::LocalBoxFuture;
use instant_card::world::Spawner;

thread_local! {
    /// Who was woken, in order: the executor's number, and the task's.
    static READY: RefCell<VecDeque<(u64, u64)>> = const { RefCell::new(VecDeque::new()) };
    static EXECUTORS: Cell<u64> = const { Cell::new(0) };
}

struct Alarm {
    executor: u64,
    task: u64,
    is_queued: AtomicBool,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::Relaxed) {
            READY.with_borrow_mut(|ready| ready.push_back((self.executor, self.task)));
        }
    }
}

struct Task {
    number: u64,
    future: LocalBoxFuture<'static, ()>,
    alarm: Arc<Alarm>,
    waker: Waker,
}

/// The tasks of one walk.
pub(crate) struct Executor {
    number: u64,
    tasks: RefCell<Vec<Option<Task>>>,
    free: RefCell<Vec<usize>>,
    next: Cell<u64>,
}

impl Executor {
    pub(crate) fn new() -> Rc<Executor> {
        let number = EXECUTORS.get() + 1;
        EXECUTORS.set(number);
        READY.with_borrow_mut(VecDeque::clear);
        Rc::new(Executor { number, tasks: RefCell::default(), free: RefCell::default(), next: Cell::new(0) })
    }

    /// Lets everything go on that can. Says whether anything could.
    pub(crate) fn run(&self) -> bool {
        let mut any = false;
        while let Some((executor, number)) = READY.with_borrow_mut(VecDeque::pop_front) {
            if executor != self.number {
                continue;
            }
            any = true;
            let place = usize::try_from(number & 0xffff_ffff).unwrap_or_default();
            let task = self.tasks.borrow_mut().get_mut(place).and_then(Option::take);
            let Some(mut task) = task else { continue };
            if task.number != number {
                self.tasks.borrow_mut()[place] = Some(task);
                continue;
            }
            task.alarm.is_queued.store(false, Ordering::Relaxed);
            match task.future.as_mut().poll(&mut Context::from_waker(&task.waker)) {
                Poll::Pending => self.tasks.borrow_mut()[place] = Some(task),
                Poll::Ready(()) => self.free.borrow_mut().push(place),
            }
        }
        any
    }

    /// Ends everything, wherever it is.
    pub(crate) fn clear(&self) {
        // What is dropped may spawn or wake: it is dropped when nothing is borrowed.
        let tasks = self.tasks.take();
        drop(tasks);
        self.free.take();
        READY.with_borrow_mut(VecDeque::clear);
    }
}

impl Spawner for Executor {
    fn spawn(&self, future: LocalBoxFuture<'static, ()>) {
        let place = self.free.borrow_mut().pop().unwrap_or_else(|| {
            let mut tasks = self.tasks.borrow_mut();
            tasks.push(None);
            tasks.len() - 1
        });
        let generation = self.next.get();
        self.next.set(generation + 1);
        let number = (generation << 32) | place as u64;
        let alarm = Arc::new(Alarm { executor: self.number, task: number, is_queued: AtomicBool::new(false) });
        let waker = Waker::from(alarm.clone());
        self.tasks.borrow_mut()[place] = Some(Task { number, future, alarm: alarm.clone(), waker });
        alarm.wake();
    }
}
