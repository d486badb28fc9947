//! One after another: what reads and changes the same things takes turns, so that nothing of the one comes in between the
//! reading and the changing of the other.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

/// Gives one turn at a time. Clones share one state.
#[derive(Clone, Default)]
pub struct Turns(Rc<Inner>);

#[derive(Default)]
struct Inner {
    taken: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

/// It is one's turn for as long as this lives.
#[must_use = "the turn is over when this is dropped"]
pub struct Turn(Rc<Inner>);

impl Turns {
    /// Waits for one's turn.
    pub async fn next(&self) -> Turn {
        poll_fn(|cx| {
            if self.0.taken.get() {
                self.0.waiting.borrow_mut().push(cx.waker().clone());
                return Poll::Pending;
            }
            self.0.taken.set(true);
            Poll::Ready(Turn(self.0.clone()))
        })
        .await
    }
}

impl Drop for Turn {
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
        let turns = Turns::default();
        let waker = noop_waker();
        let mut cx = Context::from_waker(&waker);
        let mut first = pin!(turns.next());
        let Poll::Ready(turn) = first.as_mut().poll(&mut cx) else { panic!("nobody else is there") };
        let mut second = pin!(turns.next());
        assert!(second.as_mut().poll(&mut cx).is_pending());
        {
            let third = turns.next();
            assert!(pin!(third).poll(&mut cx).is_pending());
        }
        drop(turn);
        let Poll::Ready(turn) = second.as_mut().poll(&mut cx) else { panic!("it is their turn") };
        drop(turn);
        assert!(pin!(turns.next()).poll(&mut cx).is_ready());
    }
}
