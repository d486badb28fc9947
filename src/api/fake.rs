//! A transport for tests: answers by a script, keeps what was sent, and has a clock that only moves when all else waits.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::{Rc, Weak};
use std::task::{Context, Poll, Waker};

use futures_util::future::{LocalBoxFuture, pending, ready};
use futures_util::task::noop_waker;

use super::client::{Client, Credentials};
use super::endpoint::Endpoint;
use super::error::Error;
use crate::world::Token;
use crate::world::{Method, Transport, TransportFailure, Upload, WentOut, WireRequest, WireResponse};

/// What happens to a request.
pub(crate) enum Step {
    /// It is answered.
    Answer(u16, String),
    /// It is answered after so many milliseconds.
    Late(u32, u16, String),
    /// It is answered, and told to come back in so many seconds.
    Later(u16, u32),
    /// It goes out at so many bytes a second, and is then answered.
    Slowly(u64, u16, String),
    /// It fails.
    Fail,
    /// Nothing ever comes.
    Hang,
}

/// A request as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) bearer: Option<String>,
    pub(crate) key: Option<String>,
    pub(crate) form: Option<Vec<(String, String)>>,
    pub(crate) apart: bool,
    /// When, in milliseconds of the fake clock.
    pub(crate) at: u64,
}

impl Sent {
    /// The form's value of a name.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.form.as_ref()?.iter().find(|(entry, _)| entry == name).map(|(_, value)| value.as_str())
    }

    /// The form's names in order.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.form.iter().flatten().map(|(name, _)| name.as_str()).collect()
    }
}

/// Who is to be woken at the end of a pause.
type Sleeper = RefCell<Option<Waker>>;

type Respond = Box<dyn FnMut(&WireRequest) -> Step>;

/// The fake transport. Clones share one state.
#[derive(Clone)]
pub(crate) struct Fake(Rc<State>);

struct State {
    respond: RefCell<Respond>,
    sent: RefCell<Vec<Sent>>,
    now: Cell<u64>,
    sleepers: RefCell<Vec<(u64, Weak<Sleeper>)>>,
    cancelled: Cell<usize>,
}

impl Fake {
    /// Answers each request by `respond`.
    pub(crate) fn new(respond: impl FnMut(&WireRequest) -> Step + 'static) -> Fake {
        Fake(Rc::new(State {
            respond: RefCell::new(Box::new(respond)),
            sent: RefCell::default(),
            now: Cell::new(0),
            sleepers: RefCell::default(),
            cancelled: Cell::new(0),
        }))
    }

    /// Answers the requests one after another; one more than steps is a failed test.
    pub(crate) fn script(steps: impl IntoIterator<Item = Step>) -> Fake {
        let mut steps: VecDeque<Step> = steps.into_iter().collect();
        Fake::new(move |request| steps.pop_front().unwrap_or_else(|| panic!("no answer left for {request:?}")))
    }

    /// Answers one request with 200.
    pub(crate) fn once(body: &str) -> Fake {
        Fake::script([Step::Answer(200, body.to_owned())])
    }

    /// A client over this, signed in with the token `T1`.
    pub(crate) fn client(&self) -> Client {
        self.client_as(Rc::new(Fixed(Some("T1"))))
    }

    /// A client over this with other credentials.
    pub(crate) fn client_as(&self, credentials: Rc<dyn Credentials>) -> Client {
        let endpoint = Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap();
        Client::new(endpoint, Rc::new(self.clone()), credentials, Rc::default())
    }

    /// All that was sent.
    pub(crate) fn sent(&self) -> Vec<Sent> {
        self.0.sent.borrow().clone()
    }

    /// The fake clock, in milliseconds.
    pub(crate) fn now(&self) -> u64 {
        self.0.now.get()
    }

    /// How many calls were dropped before their answer.
    pub(crate) fn cancelled(&self) -> usize {
        self.0.cancelled.get()
    }

    /// Drives a future to its end, moving the clock whenever nothing else goes on.
    pub(crate) fn run<F: Future>(&self, future: F) -> F::Output {
        let mut future = pin!(future);
        let waker = noop_waker();
        let mut cx = Context::from_waker(&waker);
        for _ in 0..10_000 {
            // Twice, since one part's progress may be what another has just waited for.
            for _ in 0..2 {
                if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
                    return output;
                }
            }
            let mut sleepers = self.0.sleepers.borrow_mut();
            sleepers.retain(|(_, alive)| alive.strong_count() > 0);
            let Some(next) = sleepers.iter().map(|(until, _)| *until).filter(|until| *until > self.now()).min() else {
                panic!("stuck: nothing is under way and no time is being waited for");
            };
            self.0.now.set(next);
            let due = sleepers.iter().filter(|(until, _)| *until <= next).filter_map(|(_, sleeper)| sleeper.upgrade());
            let wakers: Vec<Waker> = due.filter_map(|sleeper| sleeper.take()).collect();
            drop(sleepers);
            wakers.into_iter().for_each(Waker::wake);
        }
        panic!("no end in sight");
    }

    fn wait(&self, milliseconds: u32) -> impl Future<Output = ()> + use<> {
        let until = self.now() + u64::from(milliseconds);
        let sleeper = Rc::new(Sleeper::default());
        self.0.sleepers.borrow_mut().push((until, Rc::downgrade(&sleeper)));
        let fake = self.clone();
        poll_fn(move |cx| {
            sleeper.replace(Some(cx.waker().clone()));
            if fake.now() >= until { Poll::Ready(()) } else { Poll::Pending }
        })
    }
}

/// Counts the calls that are dropped before their answer.
struct Guard {
    fake: Fake,
    answered: Cell<bool>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if !self.answered.get() {
            self.fake.0.cancelled.set(self.fake.cancelled() + 1);
        }
    }
}

impl Upload for Fake {
    fn upload(
        &self,
        request: &WireRequest,
        went_out: WentOut,
    ) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>> {
        let size = request.size();
        let form = request.form.as_ref();
        self.0.sent.borrow_mut().push(Sent {
            method: request.method,
            url: request.url.clone(),
            bearer: request.bearer.as_ref().map(|token| token.as_str().to_owned()),
            key: request.key.clone(),
            form: form.map(|form| form.iter().map(|(name, value)| (name.to_string(), value.clone())).collect()),
            apart: request.apart,
            at: self.now(),
        });
        let step = (self.0.respond.borrow_mut())(request);
        let guard = Guard { fake: self.clone(), answered: Cell::new(false) };
        Box::pin(async move {
            if let Step::Slowly(pace, ..) = &step {
                let mut sent = 0;
                while sent < size {
                    guard.fake.wait(1_000).await;
                    sent = size.min(sent + pace);
                    went_out(sent, size);
                }
            }
            let answer = match step {
                Step::Answer(status, body) => Ok(WireResponse::new(status, body)),
                Step::Late(after, status, body) => {
                    guard.fake.wait(after).await;
                    Ok(WireResponse::new(status, body))
                }
                Step::Later(status, seconds) => {
                    Ok(WireResponse { retry_after: Some(seconds), ..WireResponse::new(status, "<html>") })
                }
                Step::Slowly(_, status, body) => Ok(WireResponse::new(status, body)),
                Step::Fail => Err(TransportFailure),
                Step::Hang => pending().await,
            };
            guard.answered.set(true);
            answer
        })
    }
}

impl Transport for Fake {
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Result<WireResponse, TransportFailure>> {
        self.upload(request, Rc::new(|_, _| {}))
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        Box::pin(self.wait(milliseconds))
    }

    fn random(&self) -> u32 {
        u32::MAX - self.0.sent.borrow().len() as u32
    }
}

/// Credentials that never change, and whose renewal is declined.
pub(crate) struct Fixed(pub(crate) Option<&'static str>);

impl Credentials for Fixed {
    fn token(&self) -> Option<Token> {
        self.0.map(Token::new)
    }

    fn renew(&self, _: Option<Token>) -> LocalBoxFuture<'static, Result<Token, Error>> {
        Box::pin(ready(Err(Error::SignInDismissed)))
    }
}
