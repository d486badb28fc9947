//! Submitting an order: one print job after the other, so that each is charged once or not at all, and the person knows
//! which.
//!
//! `print` is not idempotent at the server, and its answer can get lost. So nothing is sent twice on a guess: after a lost
//! answer the job itself is read until it says whether it was submitted, and "try again" is only offered where it has gone
//! on saying that it was not. A browser may send twice by itself, so the account is read before, and [`Submission::audit`]
//! compares it afterwards. This is the plan alone, in plain Rust: [`Submission::effect`] says what to do next,
//! [`Submission::on`] takes what came of it. The flow does what it says, and a screen draws the [`Line`]s.

use super::audit::{Audit, Charge};
use super::cart::OpenJob;
use super::ledger::Account;
use crate::api::{Amount, CardId, Destination, Entries, Error, PrintJob, PrintJobId, ShippingProviderId, Transaction};

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
    /// It was submitted, and charged: how often, the [`Audit`] says.
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
    /// The answer to the submission was lost, by what is said here where that is known, and the job has gone on being open
    /// since: nothing was charged.
    NothingHappened(Option<Error>),
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
    /// The cards in it, as they were reviewed, in the order of their numbers; one that stands in it twice, twice.
    pub cards: Vec<CardId>,
    /// How often each is printed, as it was reviewed.
    pub copies: u32,
    /// How it stands.
    pub fate: Fate,
    /// Whether its submission was sent from here, whatever came of it.
    is_sent: bool,
}

impl Line {
    /// Whether it was charged, or may have been.
    fn is_charged(&self) -> bool {
        self.is_sent || self.fate == Fate::Submitted
    }
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the account's movements.
    Transactions,
    /// Read the account's balance.
    Balance,
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

/// What came of it.
#[derive(Clone, Debug)]
pub enum Event {
    /// The movements.
    Transactions(Result<Entries<Transaction>, Error>),
    /// The balance.
    Balance(Result<Amount, Error>),
    /// The job, for [`Effect::Read`], [`Effect::Apply`] and [`Effect::Submit`].
    Job(Result<Box<PrintJob>, Error>),
    /// Whether it is covered.
    Covered(Result<bool, Error>),
    /// The pause is over.
    Rested,
}

/// How far the job in work is.
#[derive(Clone, Debug)]
enum Phase {
    /// Before the first job: the account is read as it is before.
    Transactions,
    Balance,
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
    /// The account before anything was submitted, or why it is not known. The order goes on all the same.
    before: Result<Account, Error>,
    /// How often the job in work is looked up before it is believed that nothing happened.
    looks: u32,
    /// Whether the token that the job in work was submitted with has been refused before. That may have been a repetition by
    /// the browser whose first copy was taken, so the job is read before it is submitted with the next one.
    is_again: bool,
    /// What came in place of the answer to the submission of the job in work.
    lost: Option<Error>,
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
        let line = |job: &OpenJob| Line {
            job: job.id,
            cards: job.cards.clone(),
            copies: job.copies,
            fate: Fate::Waiting,
            is_sent: false,
        };
        let lines = full.map(line).collect();
        let before = Ok(Account::default());
        let mut order =
            Submission { shipping, lines, phase: Phase::Look, before, looks: LOOKS, is_again: false, lost: None };
        order.next_line();
        order.phase = Phase::Transactions;
        order
    }

    /// An order that was sent before, of which nothing is known but that: it is looked up before anything else.
    pub fn lost(shipping: Shipping, jobs: &[OpenJob]) -> Submission {
        let mut order = Submission::new(shipping, jobs);
        order.before = Err(Error::Unreachable);
        order.lines.iter_mut().for_each(|line| line.is_sent = true);
        order.looks = LOOKS_AFTER_WAITING;
        order.look_up(0);
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

    /// Whether any of it was sent from here, whatever came of it, or is known to be submitted.
    pub fn is_sent(&self) -> bool {
        self.lines.iter().any(Line::is_charged)
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

    /// What to do next; `None` when the order is complete or has stopped.
    pub fn effect(&self) -> Option<Effect> {
        let line = self.lines.iter().find(|line| line.fate != Fate::Submitted)?;
        if matches!(line.fate, Fate::Stopped(_)) {
            return None;
        }
        Some(match self.phase {
            Phase::Transactions => Effect::Transactions,
            Phase::Balance => Effect::Balance,
            Phase::Look | Phase::LookAfter(_) | Phase::LookUp(_) => Effect::Read(line.job),
            Phase::Apply => Effect::Apply(line.job),
            Phase::Check => Effect::CheckBalance(line.job),
            Phase::Submit => Effect::Submit(line.job),
            Phase::Rest(look) => Effect::Pause(PAUSE << look),
        })
    }

    /// Takes what came of the last effect.
    pub fn on(&mut self, event: Event) {
        match (self.phase.clone(), event) {
            (Phase::Transactions, Event::Transactions(Ok(transactions))) => {
                self.before = Ok(Account::of(transactions));
                self.phase = Phase::Balance;
            }
            // The server does not listen: nothing else of the order will come about either.
            (Phase::Transactions, Event::Transactions(Err(error))) | (Phase::Balance, Event::Balance(Err(error)))
                if error.is_about_signing_in() =>
            {
                self.settle(Fate::Stopped(Why::Failed(error)));
            }
            (Phase::Transactions, Event::Transactions(Err(error))) => {
                self.before = Err(error);
                self.phase = Phase::Look;
            }
            (Phase::Balance, Event::Balance(read)) => {
                if let Ok(before) = &mut self.before {
                    before.balance = read.ok();
                }
                self.phase = Phase::Look;
            }
            // An answer to something else: it is asked again.
            (Phase::Transactions | Phase::Balance, _) => {}

            (Phase::Look, Event::Job(Ok(job))) => match self.compare(&job) {
                Compared::Submitted => self.settle(Fate::Submitted),
                Compared::Changed => self.settle(Fate::Stopped(Why::Changed)),
                Compared::Open => self.phase = Phase::Apply,
            },
            // Whatever it is that the server refused, it did not submit the job; but it may have been submitted before.
            (Phase::LookAfter(refusal), Event::Job(read)) => match read.as_ref().map(|job| self.compare(job)) {
                Ok(Compared::Submitted) => self.settle(Fate::Submitted),
                Ok(Compared::Changed) => self.settle(Fate::Stopped(Why::Changed)),
                // Its token was refused, and it is seen not to have been submitted by an earlier copy: once more.
                Ok(Compared::Open) if refusal.is_about_signing_in() && !self.is_again => {
                    self.is_again = true;
                    self.phase = Phase::Check;
                }
                Ok(Compared::Open) => self.settle(Fate::Stopped(Why::Refused(refusal))),
                Err(error) if error.is_about_signing_in() => {
                    let why = Why::Unknown(error.clone());
                    self.settle(Fate::Stopped(why));
                }
                Err(_) => self.settle(Fate::Stopped(Why::Unknown(refusal))),
            },
            (Phase::Apply, Event::Job(Ok(job))) => match self.compare(&job) {
                Compared::Submitted => self.settle(Fate::Submitted),
                Compared::Changed => self.settle(Fate::Stopped(Why::Changed)),
                // The server answers with what it has: a job that has lost its provider is not submitted.
                Compared::Open if job.shipping_provider_id != Some(self.shipping.provider) => {
                    let field = "shipping_provider_id".to_owned();
                    let error = Error::Undecodable { operation: "print_jobs.update", field };
                    self.settle(Fate::Stopped(Why::Failed(error)));
                }
                // And one that goes elsewhere, as far as the server says where.
                Compared::Open if goes_elsewhere(&job, &self.shipping.destination) => {
                    let error = Error::Undecodable { operation: "print_jobs.update", field: "address".to_owned() };
                    self.settle(Fate::Stopped(Why::Failed(error)));
                }
                Compared::Open => self.phase = Phase::Check,
            },
            (Phase::Check, Event::Covered(Ok(true))) => self.phase = Phase::Submit,
            (Phase::Check, Event::Covered(Ok(false))) => self.settle(Fate::Stopped(Why::NotCovered)),
            // Nothing was sent: nobody wanted to sign in.
            (Phase::Submit, Event::Job(Err(error @ Error::SignInDismissed))) => {
                self.settle(Fate::Stopped(Why::Failed(error)));
            }
            (Phase::Submit, Event::Job(answer)) => {
                if let Some(line) = self.in_work() {
                    line.is_sent = true;
                }
                match answer {
                    Ok(job) if job.status.is_submitted() => self.settle(Fate::Submitted),
                    Err(error) if !error.is_outcome_unknown() => self.phase = Phase::LookAfter(error),
                    lost => {
                        let waited = matches!(lost, Err(Error::TimedOut { .. }));
                        self.looks = if waited { LOOKS_AFTER_WAITING } else { LOOKS };
                        self.lost = lost.err();
                        self.look_up(0);
                    }
                }
            }
            (Phase::Rest(look), Event::Rested) => self.phase = Phase::LookUp(look),
            (Phase::LookUp(look), Event::Job(read)) => match read {
                Ok(job) if job.status.is_submitted() => self.settle(Fate::Submitted),
                // Somebody who does not want to sign in is not asked with every look.
                Err(error) if error.is_about_signing_in() => self.settle(Fate::Stopped(Why::Unknown(error))),
                _ if look + 1 < self.looks => self.look_up(look + 1),
                Ok(_) => self.settle(Fate::Stopped(Why::NothingHappened(self.lost.clone()))),
                Err(error) => self.settle(Fate::Stopped(Why::Unknown(error))),
            },
            (_, Event::Job(Err(error)) | Event::Covered(Err(error))) => match error {
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
            let may_read = self.before.is_err() && !self.is_sent();
            self.phase = if may_read { Phase::Transactions } else { Phase::Look };
        }
    }

    /// The same, to where it is to go by now. A job whose fate is unknown went where it went.
    pub fn resume_to(&mut self, shipping: Shipping) {
        if self.stopped().is_some_and(|(_, why)| why.is_certain()) {
            self.shipping = shipping;
        }
        self.resume();
    }

    /// The comparison of what was charged with what was asked for, where the order is complete, or has stopped after something
    /// may have been charged.
    pub fn audit(&self) -> Option<Audit> {
        let is_certain = |line: &&Line| matches!(&line.fate, Fate::Stopped(why) if why.is_certain());
        let charged = || self.lines.iter().filter(|line| line.is_charged());
        let is_over = self.effect().is_none() && charged().next().is_some();
        is_over.then(|| {
            let expected = charged().filter(|line| !is_certain(line)).map(|line| Charge::Job(line.job));
            let unexpected = charged().filter(is_certain).map(|line| line.job);
            Audit::with_unexpected(self.before.clone(), expected, unexpected)
        })
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
        self.is_again = false;
        self.lost = None;
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

/// Whether a job says of itself that it goes to another address than it was told.
fn goes_elsewhere(job: &PrintJob, to: &Destination) -> bool {
    match to {
        Destination::Saved(id) => job.address_id.is_some_and(|known| known != *id),
        // A number it may have all the same.
        Destination::OneOff(to) => job.address.as_ref().is_some_and(|known| {
            let (known, to) = (known.address1.trim(), to.address_1.trim());
            !known.is_empty() && known != to
        }),
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
