//! What the clients of one session share of the way to the server: what is known of it, and who hears how calls fare on it.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::endpoint::Endpoint;
use super::error::Error;
use crate::world::{Token, WireRequest, WireResponse};

/// How what is on its way fares, where it takes a while.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OnTheWay {
    /// Nothing that takes a while.
    #[default]
    Nothing,
    /// Photos go out.
    Sending {
        /// How much of it has gone out, in percent.
        percent: u32,
    },
    /// The server has asked for patience; then it is asked again by itself.
    Waiting {
        /// For so many more seconds.
        seconds: u32,
    },
}

/// How what has photos in it is sent, within so many seconds from the last sign of life.
pub(super) type Carry = Rc<dyn Fn(&WireRequest, u32) -> LocalBoxFuture<'static, Result<WireResponse, Error>>>;

/// What a gateway wants of a call: the token that stands for the page's, and a key.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The token of the person's session, or the one that the page has given.
    pub bearer: Option<Token>,
    /// Another one for each call.
    pub key: String,
}

/// How a call is made ready for the gateway at an endpoint, by what the page has given.
pub type Prepare = Rc<dyn Fn(Endpoint, Option<Token>) -> LocalBoxFuture<'static, Result<Prepared, Error>>>;

/// The way to the server, as one session has it.
#[allow(missing_debug_implementations, reason = "a function has nothing to show")]
pub struct Line {
    /// Whether reads go through without the page's cookies; none before it was tried.
    pub(super) apart: Cell<Option<bool>>,
    /// There from the first photo on.
    pub(super) carry: OnceCell<Carry>,
    /// There from when there is a way to the server.
    pub(super) prepare: OnceCell<Prepare>,
    heard: Box<dyn Fn(OnTheWay)>,
}

impl Line {
    /// A way of which nothing is known; `heard` is told how calls fare.
    pub fn new(heard: impl Fn(OnTheWay) + 'static) -> Line {
        Line { apart: Cell::new(None), carry: OnceCell::new(), prepare: OnceCell::new(), heard: Box::new(heard) }
    }

    /// How calls are made ready for a gateway.
    pub fn prepare_by(&self, prepare: Prepare) {
        self.prepare.get_or_init(|| prepare);
    }

    /// It leads elsewhere from now on.
    pub fn forget(&self) {
        self.apart.set(None);
    }

    /// It is so from now on.
    pub(super) fn tell(&self, now: OnTheWay) {
        (self.heard)(now);
    }

    /// For as long as what is returned lives, it is so.
    pub(super) fn is(&self, now: OnTheWay) -> impl Drop + use<'_> {
        (self.heard)(now);
        Told(self)
    }
}

impl Default for Line {
    fn default() -> Line {
        Line::new(|_| {})
    }
}

struct Told<'a>(&'a Line);

impl Drop for Told<'_> {
    fn drop(&mut self) {
        (self.0.heard)(OnTheWay::Nothing);
    }
}
