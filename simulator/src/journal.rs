//! The calls of a walk as they came to the server, for a walk that is done at a real screen as well.

use std::cell::{Cell, RefCell};

use crate::fault::Fault;
use crate::plan::FaultId;

/// The calls since it was looked into last; none where nobody looks.
#[derive(Default)]
pub(crate) struct Journal {
    pub(crate) is_kept: Cell<bool>,
    sent: RefCell<Vec<Call>>,
    came: RefCell<Vec<(usize, Option<u16>)>>,
}

/// A call that a client has sent.
pub(crate) struct Call {
    number: usize,
    pub(crate) method: &'static str,
    /// The path with its query.
    pub(crate) target: String,
    pub(crate) id: FaultId,
    pub(crate) fault: Option<Fault>,
    is_under_way: bool,
    /// Whether others were under way at the same time.
    pub(crate) is_beside_others: bool,
    /// Whether one for the same was among them.
    pub(crate) is_beside_its_like: bool,
}

/// A call as it came to the server, once for each time that it was repeated.
pub(crate) struct Came {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    /// None where no answer went out.
    pub(crate) status: Option<u16>,
}

impl Journal {
    /// A client sends call number so and so.
    pub(crate) fn sends(
        &self,
        number: usize,
        method: &'static str,
        target: &str,
        (id, fault): (FaultId, Option<Fault>),
    ) {
        if !self.is_kept.get() {
            return;
        }
        let mut sent = self.sent.borrow_mut();
        let (mut is_beside_others, mut is_beside_its_like) = (false, false);
        for other in sent.iter_mut().filter(|other| other.is_under_way) {
            let is_like = (other.method, other.target.as_str()) == (method, target);
            other.is_beside_others = true;
            other.is_beside_its_like |= is_like;
            is_beside_others = true;
            is_beside_its_like |= is_like;
        }
        let target = target.to_owned();
        sent.push(Call { number, method, target, id, fault, is_under_way: true, is_beside_others, is_beside_its_like });
    }

    /// It comes to the server.
    pub(crate) fn comes(&self, number: usize, status: Option<u16>) {
        if self.is_kept.get() {
            self.came.borrow_mut().push((number, status));
        }
    }

    /// The client has heard what came of it.
    pub(crate) fn ends(&self, number: usize) {
        if let Some(call) = self.sent.borrow_mut().iter_mut().rfind(|call| call.number == number) {
            call.is_under_way = false;
        }
    }

    /// What was sent, in order, and what came to the server, in order, since the last time.
    pub(crate) fn take(&self) -> (Vec<Call>, Vec<Came>) {
        let sent = self.sent.take();
        let came = self.came.take().into_iter().filter_map(|(number, status)| {
            let call = sent.iter().find(|call| call.number == number)?;
            Some(Came { method: call.method, target: call.target.clone(), status })
        });
        let came = came.collect();
        (sent, came)
    }
}
