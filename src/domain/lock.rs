//! One after another: what reads and changes the same things takes turns, so that nothing of the one comes in between the
//! reading and the changing of the other.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// A lock for what takes a while. Nothing of it blocks. Clones share one state.
#[derive(Clone, Default)]
pub struct Lock(Rc<Inner>);

#[derive(Default)]
struct Inner {
    taken: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

/// It is one's turn for as long as this lives.
#[must_use = "the turn is over when this is dropped"]
pub struct Guard(Rc<Inner>);

impl Lock {
    /// Waits for one's turn.
    pub async fn lock(&self) -> Guard {
        poll_fn(|cx| {
            if self.0.taken.get() {
                self.0.waiting.borrow_mut().push(cx.waker().clone());
                return Poll::Pending;
            }
            self.0.taken.set(true);
            Poll::Ready(Guard(self.0.clone()))
        })
        .await
    }

    /// Whether it is somebody's turn.
    pub fn is_taken(&self) -> bool {
        self.0.taken.get()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.taken.set(false);
        // All of them: one that has been given up meanwhile would not pass it on.
        let waiting = self.0.waiting.take();
        waiting.into_iter().for_each(Waker::wake);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Poll};

    use futures_util::task::noop_waker;

    use super::*;

    #[test]
    fn one_at_a_time_and_nobody_waits_for_one_who_has_gone() {
        let lock = Lock::default();
        let waker = noop_waker();
        let mut cx = Context::from_waker(&waker);
        let mut first = pin!(lock.lock());
        let Poll::Ready(guard) = first.as_mut().poll(&mut cx) else { panic!("nobody else is there") };
        let mut second = pin!(lock.lock());
        assert!(second.as_mut().poll(&mut cx).is_pending());
        {
            let third = lock.lock();
            assert!(pin!(third).poll(&mut cx).is_pending());
        }
        drop(guard);
        let Poll::Ready(guard) = second.as_mut().poll(&mut cx) else { panic!("it is their turn") };
        drop(guard);
        assert!(pin!(lock.lock()).poll(&mut cx).is_ready());
    }
}
