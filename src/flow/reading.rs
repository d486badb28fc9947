//! Something that is read again and again: of two reads under way the last one counts.

use std::marker::PhantomData;

use super::context::Context;
use super::remote::Remote;
use crate::api::{Call, Client, Error, OrganizationId};
use crate::reactive::{Row, Var};

/// Something of the server's, and which attempt to read it is the last one. It takes three places of a row.
#[derive(Debug)]
pub struct Reading<T> {
    row: Row,
    at: u32,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Reading<T> {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: Clone + 'static> Reading<T> {
    pub(super) const fn at(row: Row, at: u32) -> Reading<T> {
        Reading { row, at, of: PhantomData }
    }

    /// Nothing is known yet.
    pub(super) fn begin(self) {
        self.now().begin(Remote::Loading);
        self.times().begin(0);
        self.turn().begin(0);
    }

    /// What is known of it.
    pub fn now(self) -> Var<Remote<T>> {
        self.row.var(self.at)
    }

    /// How often it was read.
    pub fn times(self) -> Var<u64> {
        self.row.var(self.at + 1)
    }

    fn turn(self) -> Var<u64> {
        self.row.var(self.at + 2)
    }

    /// What is known stays, and what is on its way is for nobody any more.
    fn next_turn(self) -> u64 {
        let turn = self.turn().get_untracked().wrapping_add(1);
        self.turn().set(turn);
        turn
    }

    /// It is not known any more.
    pub fn forget(self) {
        self.next_turn();
        self.now().set(Remote::Loading);
    }

    /// Reads it; what was known of it stays until then. What comes is `kept` as it is to be shown.
    pub fn read<A: 'static>(self, cx: Context, ask: fn(&Client, OrganizationId) -> Call<A>, kept: fn(Context, A) -> T) {
        let turn = self.next_turn();
        if self.now().with_untracked(|now| matches!(now, Remote::Failed(_))) {
            self.now().set(Remote::Loading);
        }
        cx.spawn(Box::pin(async move {
            let answer = match cx.client() {
                Ok((client, organization)) => ask(&client, organization).await,
                Err(error) => Err(error),
            };
            if self.turn().get_untracked() != turn {
                return;
            }
            self.times().update(|times| *times += 1);
            self.now().set(answered(cx, answer.map(|answer| kept(cx, answer))));
        }));
    }
}

/// What came back, and the page told where that is a failure.
pub(super) fn answered<T>(cx: Context, answer: Result<T, Error>) -> Remote<T> {
    match answer {
        Ok(read) => Remote::Ready(read),
        Err(error) => {
            cx.tell_error(&error);
            Remote::Failed(error)
        }
    }
}
