//! Submitting an order: one print job after the other, so that each is charged once or not at all, and the person knows
//! which.
//!
//! `print` is not idempotent at the server, and its answer can get lost. So nothing is sent twice on a guess: after a lost
//! answer the job itself is read until it says whether it was submitted, and "try again" is only offered where it has gone
//! on saying that it was not. This is the plan alone, in plain Rust: [`Submission::ask`] says what to ask of the server
//! next, [`Submission::hear`] takes its answer. The view does the asking and draws the [`Line`]s.

use super::cart::OpenJob;
use crate::api::{CardId, Destination, Error, PrintJob, PrintJobId, ShippingProviderId};

/// Where an order goes, and with whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipping {
    /// The address.
    pub destination: Destination,
    /// Who carries it.
    pub provider: ShippingProviderId,
}

/// How a job stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its turn has not come.
    Waiting,
    /// It is being prepared or submitted.
    Working,
    /// The answer to its submission was lost: it is being looked up.
    LookingUp,
    /// It was submitted, and charged once.
    Submitted,
    /// The order stopped at it.
    Stopped(Why),
}

/// Why an order stopped at a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The account's balance does not cover it. Nothing was charged.
    NotCovered,
    /// It is not as it was reviewed: somebody has changed its cards or copies since. Nothing was charged.
    Changed,
    /// The server said no. Nothing was charged.
    Refused(Error),
    /// It did not come as far as the submission. Nothing was charged.
    Failed(Error),
    /// The answer to the submission was lost, and the job has gone on being open since: nothing was charged.
    NothingHappened,
    /// The answer to the submission was lost, and the job cannot be read: it may have been charged.
    Unknown(Error),
}

impl Why {
    /// Whether it is certain that the job was not charged.
    pub fn is_certain(&self) -> bool {
        !matches!(self, Why::Unknown(_))
    }
}

/// One job of the order.
#[derive(Clone, Debug)]
pub struct Line {
    /// The job.
    pub job: PrintJobId,
    /// The cards in it, as they were reviewed, in the order of their numbers.
    pub cards: Vec<CardId>,
    /// How often each is printed, as it was reviewed.
    pub copies: u32,
    /// How it stands.
    pub fate: Fate,
}

/// What to ask next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Read the job.
    Read(PrintJobId),
    /// Give the job its address and shipping provider, which every update has to send again.
    Apply(PrintJobId),
    /// Ask whether the balance covers the job. The vendor wants it asked before each submission.
    CheckBalance(PrintJobId),
    /// Submit the job.
    Submit(PrintJobId),
    /// Wait so many milliseconds.
    Pause(u32),
}

/// What came back.
#[derive(Clone, Debug)]
pub enum Heard {
    /// The job, for [`Ask::Read`], [`Ask::Apply`] and [`Ask::Submit`].
    Job(Result<Box<PrintJob>, Error>),
    /// Whether it is covered.
    Covered(Result<bool, Error>),
    /// The pause is over.
    Rested,
}

/// How far the job in work is.
#[derive(Clone, Debug)]
enum Phase {
    /// To be read before anything is done.
    Look,
    /// The server refused something: to be read once more, since it may be because the job was submitted already.
    LookAfter(Error),
    Apply,
    Check,
    Submit,
    /// The answer was lost: the pause before look number so and so, and then the look.
    Rest(u32),
    LookUp(u32),
}

/// An order on its way.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Where it goes.
    pub shipping: Shipping,
    lines: Vec<Line>,
    phase: Phase,
    /// How often the job in work is looked up before it is believed that nothing happened.
    looks: u32,
}

/// The first pause before a look, in milliseconds; each further one is twice as long.
const PAUSE: u32 = 500;
/// How often a job is looked up after a lost answer: over 7.5 seconds.
const LOOKS: u32 = 4;
/// The same where the server may still be at it, having kept us waiting until the time limit: over 31.5 seconds.
const LOOKS_AFTER_WAITING: u32 = 6;

impl Submission {
    /// An order of these jobs, in the order of their numbers; those without cards are left out.
    pub fn new(shipping: Shipping, jobs: &[OpenJob]) -> Submission {
        let full = jobs.iter().filter(|job| !job.cards.is_empty());
        let lines =
            full.map(|job| Line { job: job.id, cards: job.cards.clone(), copies: job.copies, fate: Fate::Waiting });
        let mut order = Submission { shipping, lines: lines.collect(), phase: Phase::Look, looks: LOOKS };
        order.next_line();
        order
    }

    /// Its jobs.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Whether every job was submitted.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|line| line.fate == Fate::Submitted)
    }

    /// The job that the order stopped at, and why.
    pub fn stopped(&self) -> Option<(&Line, &Why)> {
        self.lines.iter().find_map(|line| match &line.fate {
            Fate::Stopped(why) => Some((line, why)),
            _ => None,
        })
    }

    /// The jobs that were submitted so far.
    pub fn submitted(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(|line| line.fate == Fate::Submitted)
    }

    /// What to ask next; `None` when the order is complete or has stopped.
    pub fn ask(&self) -> Option<Ask> {
        let line = self.lines.iter().find(|line| line.fate != Fate::Submitted)?;
        if matches!(line.fate, Fate::Stopped(_)) {
            return None;
        }
        Some(match self.phase {
            Phase::Look | Phase::LookAfter(_) | Phase::LookUp(_) => Ask::Read(line.job),
            Phase::Apply => Ask::Apply(line.job),
            Phase::Check => Ask::CheckBalance(line.job),
            Phase::Submit => Ask::Submit(line.job),
            Phase::Rest(look) => Ask::Pause(PAUSE << look),
        })
    }

    /// Takes the answer to what was asked last.
    pub fn hear(&mut self, heard: Heard) {
        match (self.phase.clone(), heard) {
            (Phase::Look, Heard::Job(Ok(job))) => match self.compare(&job) {
                Compared::Submitted => self.settle(Fate::Submitted),
                Compared::Changed => self.settle(Fate::Stopped(Why::Changed)),
                Compared::Open => self.phase = Phase::Apply,
            },
            // Whatever it is that the server refused, it did not submit the job; but it may have been submitted before.
            (Phase::LookAfter(refusal), Heard::Job(read)) => match read.as_ref().map(|job| self.compare(job)) {
                Ok(Compared::Submitted) => self.settle(Fate::Submitted),
                Ok(Compared::Changed) => self.settle(Fate::Stopped(Why::Changed)),
                // The server has not even listened: the job is as it was read before.
                Err(_) if matches!(refusal, Error::Unauthorized { .. } | Error::SignInDismissed) => {
                    self.settle(Fate::Stopped(Why::Refused(refusal)));
                }
                Ok(Compared::Open) => self.settle(Fate::Stopped(Why::Refused(refusal))),
                Err(_) => self.settle(Fate::Stopped(Why::Unknown(refusal))),
            },
            (Phase::Apply, Heard::Job(Ok(job))) => match self.compare(&job) {
                Compared::Submitted => self.settle(Fate::Submitted),
                Compared::Changed => self.settle(Fate::Stopped(Why::Changed)),
                // The server answers with what it has: a job that has lost its provider is not submitted.
                Compared::Open if job.shipping_provider_id != Some(self.shipping.provider) => {
                    let field = "shipping_provider_id".to_owned();
                    let error = Error::Undecodable { operation: "print_jobs.update", field };
                    self.settle(Fate::Stopped(Why::Failed(error)));
                }
                Compared::Open => self.phase = Phase::Check,
            },
            (Phase::Check, Heard::Covered(Ok(true))) => self.phase = Phase::Submit,
            (Phase::Check, Heard::Covered(Ok(false))) => self.settle(Fate::Stopped(Why::NotCovered)),
            (Phase::Submit, Heard::Job(Ok(job))) if job.status.is_submitted() => self.settle(Fate::Submitted),
            (Phase::Submit, Heard::Job(answer)) => match answer {
                Err(error) if !error.is_outcome_unknown() => self.phase = Phase::LookAfter(error),
                lost => {
                    let waited = matches!(lost, Err(Error::TimedOut { .. }));
                    self.looks = if waited { LOOKS_AFTER_WAITING } else { LOOKS };
                    self.look_up(0);
                }
            },
            (Phase::Rest(look), Heard::Rested) => self.phase = Phase::LookUp(look),
            (Phase::LookUp(look), Heard::Job(read)) => match read {
                Ok(job) if job.status.is_submitted() => self.settle(Fate::Submitted),
                _ if look + 1 < self.looks => self.look_up(look + 1),
                Ok(_) => self.settle(Fate::Stopped(Why::NothingHappened)),
                Err(error) => self.settle(Fate::Stopped(Why::Unknown(error))),
            },
            (_, Heard::Job(Err(error)) | Heard::Covered(Err(error))) => match error {
                Error::Refused { .. } | Error::NotFound { .. } | Error::NotAcceptable { .. } => {
                    self.phase = Phase::LookAfter(error);
                }
                error => self.settle(Fate::Stopped(Why::Failed(error))),
            },
            // An answer to something else: it is asked again.
            _ => {}
        }
    }

    /// Goes on from where it stopped. A job whose fate is unknown is looked up before anything else.
    pub fn resume(&mut self) {
        let Some(line) = self.lines.iter_mut().find(|line| matches!(line.fate, Fate::Stopped(_))) else { return };
        if let Fate::Stopped(Why::Unknown(_)) = line.fate {
            self.look_up(0);
        } else {
            line.fate = Fate::Working;
            self.phase = Phase::Look;
        }
    }

    fn look_up(&mut self, look: u32) {
        if let Some(line) = self.in_work() {
            line.fate = Fate::LookingUp;
        }
        self.phase = Phase::Rest(look);
    }

    fn in_work(&mut self) -> Option<&mut Line> {
        self.lines.iter_mut().find(|line| line.fate != Fate::Submitted)
    }

    fn settle(&mut self, fate: Fate) {
        let goes_on = fate == Fate::Submitted;
        if let Some(line) = self.in_work() {
            line.fate = fate;
        }
        if goes_on {
            self.next_line();
        }
    }

    fn next_line(&mut self) {
        self.phase = Phase::Look;
        self.looks = LOOKS;
        if let Some(line) = self.in_work() {
            line.fate = Fate::Working;
        }
    }

    /// Whether the job in work is as it was reviewed.
    fn compare(&self, job: &PrintJob) -> Compared {
        let line = self.lines.iter().find(|line| line.job == job.id);
        match (OpenJob::of(job), line) {
            (None, _) => Compared::Submitted,
            (Some(open), Some(line)) if open.cards == line.cards && open.copies == line.copies => Compared::Open,
            _ => Compared::Changed,
        }
    }
}

/// What a look at a job says.
enum Compared {
    Submitted,
    Changed,
    Open,
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
