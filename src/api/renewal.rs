//! One renewal for all calls that wait for it.
//!
//! When a token expires, every call under way is refused at about the same moment. A person is asked to sign in once,
//! and all of the calls go on with the token that comes of it.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use futures_util::future::LocalBoxFuture;

use super::client::Credentials;
use super::error::Error;
use crate::world::Token;

/// Where a new token comes from. May stay pending for as long as a person types; [`Renewal::set`] and
/// [`Renewal::dismiss`] end it from outside.
type Start = Box<dyn Fn() -> LocalBoxFuture<'static, Result<Token, Error>>>;

/// Keeps the token, and renews it once for all who ask. Clones share one state.
#[derive(Clone)]
pub struct Renewal {
    inner: Rc<Inner>,
}

struct Inner {
    start: Start,
    token: RefCell<Option<Token>>,
    flight: RefCell<Option<Rc<Flight>>>,
}

/// One renewal under way, driven by whoever of those that wait is polled.
struct Flight {
    work: RefCell<Option<LocalBoxFuture<'static, Result<Token, Error>>>>,
    result: RefCell<Option<Result<Token, Error>>>,
    waiting: RefCell<Vec<Option<Waker>>>,
}

impl Renewal {
    /// Begins with `token`; `start` is called for a new one, never while another is being got.
    pub fn new(
        token: Option<Token>,
        start: impl Fn() -> LocalBoxFuture<'static, Result<Token, Error>> + 'static,
    ) -> Renewal {
        Renewal {
            inner: Rc::new(Inner { start: Box::new(start), token: RefCell::new(token), flight: RefCell::new(None) }),
        }
    }

    /// Puts another token in force, or none. A token also ends the renewal under way: all who wait go on with it.
    pub fn set(&self, token: Option<Token>) {
        self.inner.token.replace(token.clone());
        if let Some(token) = token {
            self.finish(Ok(token));
        }
    }

    /// Ends the renewal under way without a token: all who wait get `error`.
    pub fn dismiss(&self, error: Error) {
        self.finish(Err(error));
    }

    /// Begins the renewal under way anew, since there is another way to a token now.
    pub fn restart(&self) {
        let flight = self.inner.flight.borrow().clone();
        if let Some(flight) = flight {
            let before = flight.work.replace(Some((self.inner.start)()));
            drop(before);
            flight.wake();
        }
    }

    /// Whether a renewal is under way.
    pub fn is_under_way(&self) -> bool {
        self.inner.flight.borrow().is_some()
    }

    fn finish(&self, result: Result<Token, Error>) {
        if let Some(flight) = self.inner.flight.take() {
            flight.finish(result);
        }
    }
}

impl Credentials for Renewal {
    fn token(&self) -> Option<Token> {
        self.inner.token.borrow().clone()
    }

    fn renew(&self, refused: Option<Token>) -> LocalBoxFuture<'static, Result<Token, Error>> {
        // Refused was a token that has been replaced in the meantime: there is nothing to renew.
        if let Some(token) = self.token()
            && Some(&token) != refused.as_ref()
        {
            return Box::pin(std::future::ready(Ok(token)));
        }
        let under_way = self.inner.flight.borrow().clone();
        let flight = under_way.unwrap_or_else(|| {
            let flight = Rc::new(Flight {
                work: RefCell::new(Some((self.inner.start)())),
                result: RefCell::new(None),
                waiting: RefCell::new(Vec::new()),
            });
            self.inner.flight.replace(Some(flight.clone()));
            flight
        });
        let place = flight.waiting.borrow().len();
        flight.waiting.borrow_mut().push(None);
        Box::pin(Waiting { renewal: self.clone(), flight, place })
    }
}

impl Flight {
    fn finish(&self, result: Result<Token, Error>) {
        self.result.replace(Some(result));
        let work = self.work.take();
        self.wake();
        drop(work);
    }

    fn wake(&self) {
        // Not under the borrow: a waker may poll at once.
        let wakers: Vec<Waker> = self.waiting.borrow_mut().iter_mut().filter_map(Option::take).collect();
        wakers.into_iter().for_each(Waker::wake);
    }
}

/// One of those who wait for a flight.
struct Waiting {
    renewal: Renewal,
    flight: Rc<Flight>,
    place: usize,
}

impl Future for Waiting {
    type Output = Result<Token, Error>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let flight = &self.flight;
        if let Some(result) = flight.result.borrow().clone() {
            return Poll::Ready(result);
        }
        if let Some(waker) = flight.waiting.borrow_mut().get_mut(self.place) {
            *waker = Some(cx.waker().clone());
        }
        // Taken out, since the work may itself set the token and so end the flight.
        let Some(mut work) = flight.work.take() else { return Poll::Pending };
        let polled = work.as_mut().poll(cx);
        if let Some(result) = flight.result.borrow().clone() {
            return Poll::Ready(result);
        }
        match polled {
            Poll::Pending => {
                // Restarted by what it did itself: the new work is the one that goes on.
                flight.work.borrow_mut().get_or_insert(work);
                Poll::Pending
            }
            Poll::Ready(result) => {
                match &result {
                    Ok(token) => self.renewal.set(Some(token.clone())),
                    Err(error) => self.renewal.dismiss(error.clone()),
                }
                Poll::Ready(result)
            }
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if let Some(waker) = self.flight.waiting.borrow_mut().get_mut(self.place) {
            *waker = None;
        }
        // The work knows only who polled it last. Had that been this one, nobody would hear of its end: the others
        // poll again.
        self.flight.wake();
    }
}
