//! Whether what was charged is what was asked for.
//!
//! A browser repeats a request by itself when a connection that was kept alive closes before the answer begins, also one
//! that charges: the page sees one answer, and the server has charged twice. That cannot be prevented from here. So after
//! every payment and every order, also after a plain success, the account is compared with what it was before.
//!
//! Nobody waits for it: what was paid or submitted is so. And nothing is claimed that others may have done: a movement
//! counts as one of ours only where it names the job, or where nobody else can have moved the account. This is the plan
//! alone, in plain Rust: [`Audit::effect`] says what to do next, [`Audit::on`] takes what came of it.

use super::ledger::Account;
use super::money::Money;
use crate::api::{Amount, ChargeDetails, Entries, Error, PrintJob, PrintJobId, Transaction};

pub use verdict::{Charge, Verdict};

/// A charge, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was asked for.
    pub charge: Charge,
    /// What became of it.
    pub verdict: Verdict,
    /// Whether it was asked for and may have come about. What was refused, or has not happened as far as anybody knows, is
    /// looked for all the same.
    is_expected: bool,
    /// What the server says that it costs.
    total: Option<Money>,
}

impl Finding {
    /// Whether no further look can take it back, so that it is told at once: movements are not taken away again, and
    /// of two payments of the same amount nothing ever says whose they are.
    pub fn is_lasting(&self) -> bool {
        matches!(
            (&self.charge, &self.verdict),
            (_, Verdict::Twice { .. }) | (Charge::Payment(_), Verdict::Unclear { entries: 2.., .. })
        )
    }
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Wait so many milliseconds.
    Pause(u32),
    /// Ask what a submitted job cost.
    Charges(PrintJobId),
    /// Read the account's balance.
    Balance,
    /// Read the account's movements.
    Transactions,
    /// Read all submitted jobs of the organization. Only where everything depends on nobody else having submitted one.
    SubmittedJobs,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Event {
    /// The pause is over.
    Rested,
    /// What the job cost.
    Charges(Result<ChargeDetails, Error>),
    /// The balance.
    Balance(Result<Amount, Error>),
    /// The movements.
    Transactions(Result<Entries<Transaction>, Error>),
    /// The submitted jobs.
    SubmittedJobs(Result<Vec<PrintJob>, Error>),
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Rest,
    /// To ask what this finding's job cost.
    Charges(usize),
    Balance,
    Transactions,
    SubmittedJobs,
    Over,
}

/// A comparison on its way.
#[derive(Clone, Debug)]
pub struct Audit {
    /// The account as it was before, or why that is not known.
    before: Result<Account, Error>,
    now: Account,
    findings: Vec<Finding>,
    phase: Phase,
    look: usize,
    /// How many of the looks have seen the account.
    seen: usize,
    /// Whether it is over because nobody was signed in.
    is_interrupted: bool,
}

/// The pauses before the looks, in milliseconds. More than one, since the account may show a charge late, and since the first
/// of two requests may be the one that the server is longer at. The last two are for an account that could not be read until
/// then: whatever made an answer get lost may last. That it is not known yet is told before them.
const PAUSES: [u32; 5] = [1000, 4000, 16_000, 60_000, 240_000];
/// How often is looked at an account that can be read.
const LOOKS: usize = 3;

impl Audit {
    /// Compares what was charged for these with the account as it was before the first of them was sent.
    pub fn new(before: Result<Account, Error>, charges: impl IntoIterator<Item = Charge>) -> Audit {
        Audit::with_unexpected(before, charges, [])
    }

    /// The same, with jobs that were sent, and have not been charged as far as anybody knows.
    pub fn with_unexpected(
        before: Result<Account, Error>,
        charges: impl IntoIterator<Item = Charge>,
        unexpected: impl IntoIterator<Item = PrintJobId>,
    ) -> Audit {
        let finding =
            |(charge, is_expected)| Finding { charge, verdict: Verdict::NotChecked(None), is_expected, total: None };
        let unexpected = unexpected.into_iter().map(|job| (Charge::Job(job), false));
        let charges = charges.into_iter().map(|charge| (charge, true)).chain(unexpected);
        let findings: Vec<Finding> = charges.map(finding).collect();
        let phase = if findings.is_empty() { Phase::Over } else { Phase::Rest };
        Audit { before, now: Account::default(), findings, phase, look: 0, seen: 0, is_interrupted: false }
    }

    /// What became of each charge, as far as is known.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Whether it is over, so that the findings are the last word.
    pub fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    /// Whether it has looked for as long as is enough at an account that can be read. What is not known by then is to be told,
    /// although it goes on.
    pub fn is_overdue(&self) -> bool {
        self.look >= LOOKS
    }

    /// What to do next; `None` when it is over.
    pub fn effect(&self) -> Option<Effect> {
        Some(match self.phase {
            Phase::Rest => Effect::Pause(PAUSES.get(self.look).copied().unwrap_or_default()),
            Phase::Charges(at) => match self.findings.get(at)?.charge {
                Charge::Job(job) => Effect::Charges(job),
                Charge::Payment(_) => return None,
            },
            Phase::Balance => Effect::Balance,
            Phase::Transactions => Effect::Transactions,
            Phase::SubmittedJobs => Effect::SubmittedJobs,
            Phase::Over => return None,
        })
    }

    /// Takes what came of the last effect.
    pub fn on(&mut self, event: Event) {
        match (self.phase, event) {
            (Phase::Rest, Event::Rested) => self.ask_for_costs(0),
            // Somebody who does not want to sign in is not to be asked again.
            (Phase::Charges(_), Event::Charges(Err(error))) | (Phase::Balance, Event::Balance(Err(error)))
                if error.is_about_signing_in() =>
            {
                self.interrupt();
            }
            (Phase::Charges(at), Event::Charges(read)) => {
                if let (Ok(read), Some(finding)) = (read, self.findings.get_mut(at)) {
                    finding.total =
                        read.job_total_cost.as_ref().and_then(Money::of).filter(|total| !total.is_negative());
                }
                self.ask_for_costs(at + 1);
            }
            // The movements are read last: they may know of more than the balance, and not of less.
            (Phase::Balance, Event::Balance(read)) => {
                self.now.balance = read.ok();
                self.phase = Phase::Transactions;
            }
            (Phase::Transactions, Event::Transactions(Ok(transactions))) => {
                self.now = Account { balance: self.now.balance.take(), ..Account::of(transactions) };
                self.seen += 1;
                if self.judge(None) {
                    self.phase = Phase::SubmittedJobs;
                } else {
                    self.look_again(LOOKS);
                }
            }
            (Phase::Transactions, Event::Transactions(Err(error))) => {
                for finding in &mut self.findings {
                    if let Verdict::NotChecked(known) = &mut finding.verdict {
                        *known = Some(error.clone());
                    }
                }
                if error.is_about_signing_in() {
                    self.interrupt();
                } else {
                    self.look_again(PAUSES.len());
                }
            }
            (Phase::SubmittedJobs, Event::SubmittedJobs(read)) => {
                if let Ok(jobs) = read {
                    self.judge(Some(&jobs));
                }
                self.look_again(LOOKS);
            }
            // An answer to something else: it is asked again.
            _ => {}
        }
    }

    /// Whether it is over because nobody was signed in, so that it can be taken up again once somebody is.
    pub fn is_interrupted(&self) -> bool {
        self.is_interrupted
    }

    /// Looks again, from the first pause on. What is known stays.
    pub fn take_up(&mut self) {
        self.is_interrupted = false;
        self.look = 0;
        self.phase = Phase::Rest;
    }

    fn interrupt(&mut self) {
        self.is_interrupted = true;
        self.phase = Phase::Over;
    }

    /// Asks what the next job costs of which that is not known.
    fn ask_for_costs(&mut self, from: usize) {
        let is_open = |finding: &Finding| finding.total.is_none() && matches!(finding.charge, Charge::Job(_));
        let next = self.findings.iter().enumerate().skip(from).find(|(_, finding)| is_open(finding));
        self.phase = next.map_or(Phase::Balance, |(at, _)| Phase::Charges(at));
    }

    fn look_again(&mut self, most: usize) {
        let all = |is: fn(&Verdict) -> bool| self.findings.iter().all(|finding| is(&finding.verdict));
        let is_clear = all(|verdict| matches!(verdict, Verdict::Once | Verdict::Twice { .. }));
        let is_found = all(|verdict| matches!(verdict, Verdict::Twice { .. }));
        self.look += 1;
        let is_over = is_found || self.look >= most || (is_clear && self.seen > 1);
        self.phase = if is_over { Phase::Over } else { Phase::Rest };
    }

    /// Compares. Returns whether it depends on the organization's submitted jobs, where these are not known.
    fn judge(&mut self, jobs: Option<&[PrintJob]>) -> bool {
        // Those that are not expected stand behind the others.
        let expected = self.findings.iter().filter(|finding| finding.is_expected).count();
        let charges: Vec<(Charge, Option<Money>)> =
            self.findings.iter().map(|finding| (finding.charge, finding.total)).collect();
        let judged = verdict::judge(self.before.as_ref(), &self.now, charges.split_at(expected), jobs);
        for (finding, verdict) in self.findings.iter_mut().zip(judged.verdicts) {
            finding.verdict = verdict;
        }
        judged.needs_jobs
    }
}

mod verdict;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
