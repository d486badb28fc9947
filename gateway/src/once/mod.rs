//! Each call that changes something is carried out once, however often it is asked for: by the `Idempotency-Key` of its client.
//!
//! The first to bring a key claims it in the store, so that of all instances on one store one sends the call. Who brings the
//! same key meanwhile waits for the first one's answer, on whichever instance; who brings it later gets the answer that was kept.
//! A key is kept for 24 hours.
//!
//! ```text
//! (none) -> claimed -> sending -> answered
//!              |          |
//!              |          +-> unheard -> answered       it was carried out: looked up at the vendor
//!              |          |      +-----> claimed        it was not, and may be sent again
//!              +----------+-> free   -> claimed         nothing was carried out, or it does no harm twice
//! ```
//!
//! `sending` is written before the first byte goes to the vendor. An instance renews a lease; when a call's instance is gone,
//! the next who brings the key goes on: from `claimed` it sends; from `sending` it looks before it answers, as `operation`
//! says for each. A charge is never sent while it is not known that the one before it was not carried out.
//!
//! ```text
//! use: once.carry_out(call, move || async move { upstream.send(request).await }).await
//! ```
//! The call is carried out to its end even if the future that `carry_out` returns is dropped: a client that hangs up changes nothing.

mod call;
mod carrying;
mod facts;
mod fingerprint;
mod job_lock;
mod key;
mod look;
mod operation;
mod pulse;
mod record;
mod running;
mod seal;
mod timing;
mod words;

use std::sync::Arc;

pub use call::{Answer, Call, Failed, Reader};
pub use fingerprint::fingerprint;
pub use key::{FIELD, Key, LONGEST, Malformed, SHORTEST};
pub use operation::Operation;
pub use timing::Timing;

use crate::clock::Clock;
use crate::mutant::{self, Mutant};
use crate::store::{Store, Unavailable};
use carrying::{Carrying, replayed};
use pulse::Pulse;
use running::{Entered, Running};
use seal::Seal;

/// Carries calls out once. Its clones are one.
#[derive(Clone, Debug)]
pub struct Once {
    store: Arc<Store>,
    pulse: Arc<Pulse>,
    running: Arc<Running>,
    timing: Timing,
    clock: Clock,
}

impl Once {
    /// An instance on `store`.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn start(store: Arc<Store>, timing: Timing, clock: Clock) -> Result<Self, Unavailable> {
        let pulse = Pulse::begin(Arc::clone(&store), timing.lease).await?;
        Ok(Self { store, pulse, running: Arc::default(), timing, clock })
    }

    /// Carries the call out with `send`, unless it was or is being carried out: then the answer is the first one's, with
    /// `Idempotent-Replayed: true`. `send` sends the call to the vendor, without repeating anything by itself.
    ///
    /// What is refused by the vendor (4xx) is an answer as any other; but for 401, 403, 408, 425 and 429, after which the key is
    /// free for the same request once more.
    pub async fn carry_out<F, S>(&self, mut call: Call, send: F) -> Answer
    where
        F: FnOnce() -> S + Send + 'static,
        S: Future<Output = Result<Answer, Failed>> + Send + 'static,
    {
        if mutant::is(Mutant::OwnKeysOnly) {
            call.caller += self.pulse.instance();
        }
        let Some(seal) = Seal::new(&call) else { return words::broken() };
        let (mut answers, is_first) = match self.running.enter(seal.place(), seal.mark()) {
            Entered::Other => return words::other_request(),
            Entered::Beside(answers) => (answers, false),
            Entered::First(turn, answers) => {
                let (store, pulse) = (Arc::clone(&self.store), Arc::clone(&self.pulse));
                let carrying = Carrying { store, pulse, timing: self.timing, clock: self.clock, call, seal };
                let task = tokio::spawn(async move { turn.end(carrying.carry_out(send).await) });
                self.running.runs(task.abort_handle());
                (answers, true)
            }
        };
        let answer = answers.wait_for(Option::is_some).await.ok().and_then(|answer| answer.clone());
        match answer {
            Some(answer) if is_first => answer,
            Some(answer) => replayed(answer),
            None => words::unknown(),
        }
    }

    /// Returns when no call is under way: before the process ends.
    pub async fn idle(&self) {
        self.running.idle().await;
    }

    /// Tells other instances that this one is at nothing any more.
    pub async fn end(&self) {
        self.pulse.end().await;
    }
}

#[cfg(test)]
mod tests;
