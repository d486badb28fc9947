//! One call on its way: from its claim to its answer, on one instance.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::call::{Answer, Call, Failed};
use super::job_lock;
use super::look::{self, Seen, look};
use super::operation::{Operation, Unheard};
use super::pulse::Pulse;
use super::record::{self, Kept, Record, State};
use super::seal::Seal;
use super::timing::Timing;
use super::words;
use crate::clock::Clock;
use crate::store::{Space, Store, Unavailable};

pub(super) struct Carrying {
    pub(super) store: Arc<Store>,
    pub(super) pulse: Arc<Pulse>,
    pub(super) timing: Timing,
    pub(super) clock: Clock,
    pub(super) call: Call,
    pub(super) seal: Seal,
}

/// What there is to do next.
enum Next {
    /// The call is claimed by this instance, with this entry in the store.
    Send(Record),
    /// It is known what to tell.
    Tell(Answer),
    /// Something has changed: see again.
    See,
    /// See again in a while, as long as there is patience; when it is over, tell this.
    Wait(Answer),
}

impl Carrying {
    pub(super) async fn carry_out<F, S>(self, send: F) -> Answer
    where
        F: FnOnce() -> S,
        S: Future<Output = Result<Answer, Failed>>,
    {
        match self.until_claimed().await {
            Ok(Next::Send(claimed)) => self.send(claimed, send).await,
            Ok(Next::Tell(answer) | Next::Wait(answer)) => answer,
            Ok(Next::See) => words::under_way(),
            Err(error) => {
                tracing::error!(%error, "a call was not carried out");
                words::store_away()
            }
        }
    }

    /// Until the call is this instance's to send, or it is known what to tell.
    async fn until_claimed(&self) -> Result<Next, Unavailable> {
        if !self.pulse.is_fresh().await {
            return Err(Unavailable("the instance's lease was not renewed".to_owned()));
        }
        let claimed = self.claimed(&Record::new(self.seal.mark()));
        if self.store.put_new(Space::Call, self.seal.place(), &claimed.encode(), Some(self.timing.life)).await? {
            return Ok(Next::Send(claimed));
        }
        let deadline = Instant::now() + self.timing.patience;
        let mut pause = Duration::from_millis(20).min(self.timing.lease / 4);
        loop {
            match self.see().await? {
                Next::See => {}
                Next::Wait(answer) => {
                    let left = deadline.saturating_duration_since(Instant::now());
                    if left.is_zero() {
                        return Ok(Next::Tell(answer));
                    }
                    sleep(pause.min(left)).await;
                    pause = (pause * 3 / 2).min(Duration::from_secs(1));
                }
                known => return Ok(known),
            }
        }
    }

    /// What there is to do, by what the store says.
    async fn see(&self) -> Result<Next, Unavailable> {
        let Some(bytes) = self.store.get(Space::Call, self.seal.place()).await? else {
            let claimed = self.claimed(&Record::new(self.seal.mark()));
            let is_new =
                self.store.put_new(Space::Call, self.seal.place(), &claimed.encode(), Some(self.timing.life)).await?;
            return Ok(if is_new { Next::Send(claimed) } else { Next::See });
        };
        let Some(record) = Record::decode(&bytes) else { return Ok(Next::Tell(words::broken())) };
        if record.mark != self.seal.mark() {
            return Ok(Next::Tell(words::other_request()));
        }
        match &record.state {
            State::Answered { status } => Ok(Next::Tell(self.told(&record, *status).await)),
            State::Free => self.claim(&record, false).await,
            State::Claimed { holder } | State::Sending { holder, .. } if self.pulse.is_alive(holder).await? => {
                Ok(Next::Wait(words::under_way()))
            }
            State::Claimed { .. } => self.claim(&record, false).await,
            State::Sending { before, .. } => match self.call.operation.unheard() {
                Unheard::Again => self.claim(&record, true).await,
                Unheard::LookThenAgain | Unheard::LookOnly => {
                    let unheard = State::Unheard { since: self.clock.milliseconds(), before: *before };
                    self.swap(&record, &Record { state: unheard, went_out: true, ..record.clone() }).await?;
                    Ok(Next::See)
                }
            },
            State::Unheard { since, before } => self.found_out(&record, *since, *before).await,
        }
    }

    /// Looks at the vendor what became of a call that nobody heard the answer of.
    async fn found_out(&self, record: &Record, since: u64, before: Option<u64>) -> Result<Next, Unavailable> {
        match look(&self.call, before).await {
            Seen::Done(answer) => {
                self.keep(record, &answer).await;
                Ok(Next::Tell(replayed(answer)))
            }
            Seen::NotYet
                if Duration::from_millis(self.clock.milliseconds().saturating_sub(since)) >= self.timing.settle =>
            {
                match self.call.operation.unheard() {
                    Unheard::LookOnly => Ok(Next::Tell(words::unknown())),
                    Unheard::LookThenAgain | Unheard::Again => self.claim(record, true).await,
                }
            }
            Seen::Unauthorized(answer) => Ok(Next::Tell(answer)),
            Seen::NotYet | Seen::CannotTell => Ok(Next::Wait(words::finding_out())),
        }
    }

    async fn claim(&self, record: &Record, went_out: bool) -> Result<Next, Unavailable> {
        let claimed = Record { went_out: record.went_out || went_out, ..self.claimed(record) };
        Ok(if self.swap(record, &claimed).await? { Next::Send(claimed) } else { Next::See })
    }

    fn claimed(&self, record: &Record) -> Record {
        Record { state: State::Claimed { holder: self.pulse.instance().to_owned() }, ..record.clone() }
    }

    async fn swap(&self, old: &Record, new: &Record) -> Result<bool, Unavailable> {
        let life = Some(self.timing.life);
        self.store.swap(Space::Call, self.seal.place(), &old.encode(), &new.encode(), life).await
    }

    /// Sends a claimed call.
    async fn send<F, S>(&self, claimed: Record, send: F) -> Answer
    where
        F: FnOnce() -> S,
        S: Future<Output = Result<Answer, Failed>>,
    {
        let before = match self.prepared().await {
            Ok(before) => before,
            Err(answer) => {
                let told = if claimed.went_out { self.as_the_first(answer, None).await } else { answer };
                self.free(&claimed, false).await;
                return told;
            }
        };
        let holder = self.pulse.instance().to_owned();
        let sending = Record { state: State::Sending { holder, before }, ..claimed.clone() };
        match self.swap(&claimed, &sending).await {
            Ok(true) => {}
            // Somebody took this instance for dead, and is at it.
            Ok(false) => return words::under_way(),
            Err(error) => {
                tracing::error!(%error, "a call was not sent");
                self.leave_job(None).await;
                return words::store_away();
            }
        }
        let heard = timeout(self.timing.limit, send()).await.unwrap_or(Err(Failed::Unheard));
        let is_known = match &heard {
            Ok(answer) => answer.status < 500,
            Err(failed) => *failed == Failed::Unsent,
        };
        self.leave_job(if is_known { None } else { Some(self.timing.settle) }).await;
        let unheard = match heard {
            Err(Failed::Unsent) => {
                self.free(&sending, false).await;
                return words::not_sent();
            }
            Ok(answer) if asks_for_another_try(answer.status) => {
                self.free(&sending, false).await;
                return answer;
            }
            Ok(answer) if answer.status < 500 => {
                let answer = if sending.went_out { self.as_the_first(answer, before).await } else { answer };
                self.keep(&sending, &answer).await;
                return answer;
            }
            Ok(answer) => Some(answer),
            Err(Failed::Unheard) => None,
        };
        if self.call.operation.unheard() == Unheard::Again {
            self.free(&sending, true).await;
            return unheard.unwrap_or_else(words::unheard);
        }
        let state = State::Unheard { since: self.clock.milliseconds(), before };
        let lost = Record { state, went_out: true, ..sending.clone() };
        if let Err(error) = self.swap(&sending, &lost).await {
            tracing::error!(%error, "it was not noted that a call was not heard of");
        }
        match look(&self.call, before).await {
            Seen::Done(answer) => {
                self.keep(&lost, &answer).await;
                answer
            }
            Seen::NotYet | Seen::CannotTell | Seen::Unauthorized(_) => unheard.unwrap_or_else(words::unknown),
        }
    }

    /// What has to be known before a charge is sent. An error is told, and nothing is sent.
    async fn prepared(&self) -> Result<Option<u64>, Answer> {
        if let Operation::Print { organization, job } = self.call.operation {
            let life = self.timing.limit + self.timing.lease + self.timing.settle;
            match job_lock::take(&self.store, &self.call.operation, self.seal.place(), life).await {
                Ok(true) => {}
                Ok(false) => return Err(words::job_is_busy()),
                Err(_) => return Err(words::store_away()),
            }
            let told = match look::is_submitted(&self.call, organization, job).await {
                // Some servers charge whenever they are asked to.
                Ok(Some(true)) => Some(words::job_is_submitted()),
                Ok(_) => None,
                Err(_) => Some(words::not_sent()),
            };
            if let Some(told) = told {
                self.leave_job(None).await;
                return Err(told);
            }
        }
        look::count(&self.call).await.map_err(|_| words::not_sent())
    }

    async fn leave_job(&self, still: Option<Duration>) {
        job_lock::leave(&self.store, &self.call.operation, self.seal.place(), still).await;
    }

    /// The answer to a call that had gone out before, as it would have been the first time.
    async fn as_the_first(&self, answer: Answer, before: Option<u64>) -> Answer {
        if self.call.operation == Operation::Delete && answer.status == 404 {
            return Answer::json(200, r#"{"result":"Success"}"#);
        }
        // Refused the second time, as the first one has come through very late.
        match if answer.is_success() { Seen::NotYet } else { look(&self.call, before).await } {
            Seen::Done(done) => done,
            Seen::NotYet | Seen::CannotTell | Seen::Unauthorized(_) => answer,
        }
    }

    /// What is told of an answer that was kept.
    async fn told(&self, record: &Record, status: u16) -> Answer {
        let again_at = match record::open(&self.seal, &record.answer) {
            Some(Kept::Whole(answer)) => return replayed(answer),
            Some(Kept::Status(again_at)) => again_at,
            // It was the same caller's, before they had a new token.
            None => self.call.operation.again_at(None),
        };
        let is_success = (200..300).contains(&status);
        match (&self.call.operation, again_at) {
            _ if !is_success => words::refused(status),
            (Operation::AddFunds { .. } | Operation::RemoveCard { .. }, _) => replayed(Answer::json(200, "true")),
            (Operation::Delete, _) => replayed(Answer::json(200, r#"{"result":"Success"}"#)),
            (_, Some(path)) => match self.call.reader.read(path).await {
                Ok(answer) if answer.is_success() => replayed(answer),
                _ => words::carried_out(),
            },
            (_, None) => words::carried_out(),
        }
    }

    /// Keeps the answer. It is told in any case: where it cannot be kept, the entry says that it may have been sent.
    async fn keep(&self, record: &Record, answer: &Answer) {
        let Some(sealed) = record::close(&self.seal, answer, &self.call.operation) else { return };
        let state = State::Answered { status: answer.status };
        let answered = Record { state, went_out: true, answer: sealed, ..record.clone() };
        self.noted(record, &answered).await;
    }

    async fn free(&self, record: &Record, went_out: bool) {
        let free = Record { state: State::Free, went_out: record.went_out || went_out, ..record.clone() };
        self.noted(record, &free).await;
    }

    /// Some tries, as the store may be away for a moment only.
    async fn noted(&self, old: &Record, new: &Record) {
        for pause in [50, 250, 1000] {
            match self.swap(old, new).await {
                Ok(_) => return,
                Err(error) => tracing::error!(%error, "what became of a call was not noted"),
            }
            sleep(Duration::from_millis(pause)).await;
        }
    }
}

/// Nothing was carried out, and the client is meant to send the same once more.
fn asks_for_another_try(status: u16) -> bool {
    matches!(status, 401 | 403 | 407 | 408 | 425 | 429)
}

/// Marks an answer as the first one's.
pub(super) fn replayed(mut answer: Answer) -> Answer {
    const NAME: &str = "idempotent-replayed";
    if !answer.headers.iter().any(|(name, _)| name == NAME) {
        answer.headers.push((NAME.to_owned(), "true".to_owned()));
    }
    answer
}
