//! Whether what was charged is what was asked for: looked up after every payment and every order, beside whatever the
//! person does meanwhile, and told where it is not so. [`Audit`] says what to look at, and what that proves.

use super::context::Context;
use super::host::HostEvent;
use super::places;
use crate::api::{Client, JobFilter, OrganizationId, Paged};
use crate::domain::audit::{Audit, Charge, Effect, Event, Finding, Verdict};
use crate::reactive::{Row, state};

state! {
    /// What was found out about charges. Copied freely: it is a handle.
    pub struct Audits from places::AUDITS, places::ROOM; {
        /// What the person has to know, until they say that they do.
        pub findings: Vec<Told> = Vec::new();
        /// Charges of which something was found out, also once the person has said that they know.
        pub doubted: Vec<Charge> = Vec::new();
        /// The comparisons under way, by their numbers, with what each is about.
        running: Vec<(u32, Vec<Charge>)> = Vec::new();
        /// Those that nobody was signed in for any more. They go on when somebody is.
        interrupted: Vec<Comparison> = Vec::new();
        /// The number of the last comparison.
        last: u32 = 0;
        /// Who is signed in: what is found out for somebody else is not told.
        turn: u32 = 0;
    }
}

/// What was found out, and the number of the comparison that has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    number: u32,
    /// What it is.
    pub finding: Finding,
}

/// A comparison, and what was told of it.
#[derive(Clone)]
struct Comparison {
    number: u32,
    audit: Audit,
    /// What was told once is not told again, also where the person has said meanwhile that they know.
    told: Vec<(Charge, Verdict)>,
}

impl Comparison {
    /// Whether this was told. Why it is not known may be another thing each time.
    fn has_told(&self, finding: &Finding) -> bool {
        let is_unknown = |verdict: &Verdict| matches!(verdict, Verdict::NotChecked(Some(_)));
        self.told.iter().any(|(charge, verdict)| {
            *charge == finding.charge
                && (*verdict == finding.verdict || (is_unknown(verdict) && is_unknown(&finding.verdict)))
        })
    }

    fn charges(&self) -> Vec<Charge> {
        self.audit.findings().iter().map(|finding| finding.charge).collect()
    }
}

impl Audits {
    /// Nothing is found out yet.
    pub(super) fn new(cx: Context) -> Audits {
        let audits = Audits(cx.row());
        audits.begin();
        audits
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Audits {
        Audits(row)
    }

    fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.findings().set(Vec::new());
        self.doubted().set(Vec::new());
        self.running().set(Vec::new());
        self.interrupted().set(Vec::new());
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
    }

    /// The person knows of it.
    pub fn dismiss(self, told: &Told) {
        self.findings().update(|findings| findings.retain(|known| known != told));
    }

    /// Compares what was charged with what was asked for. Nobody waits for it.
    pub(super) fn compare(self, audit: Audit) {
        self.last().update(|last| *last = last.wrapping_add(1));
        let comparison = Comparison { number: self.last().get_untracked(), audit, told: Vec::new() };
        let charges = comparison.charges();
        // An order that goes on is compared as a whole.
        let is_part = |known: &[Charge]| known.iter().all(|charge| charges.contains(charge)) && !is_payment(known);
        self.running().update(|running| running.retain(|(_, known)| !is_part(known)));
        self.interrupted().update(|all| all.retain(|known| !is_part(&known.charges())));
        self.take_up();
        self.run(comparison);
    }

    /// Somebody is signed in again: what was interrupted goes on.
    pub(super) fn take_up(self) {
        let interrupted = self.interrupted().get_untracked();
        self.interrupted().set(Vec::new());
        for mut comparison in interrupted {
            comparison.audit.take_up();
            self.run(comparison);
        }
    }

    fn run(self, mut comparison: Comparison) {
        let turn = self.turn().get_untracked();
        let number = comparison.number;
        self.running().update(|running| running.push((number, comparison.charges())));
        self.cx().spawn(Box::pin(async move {
            while let Some(effect) = comparison.audit.effect() {
                let event = match self.cx().client() {
                    Ok((client, organization)) => self.perform(&client, organization, effect).await,
                    // Signed out: there is nobody to tell.
                    Err(_) => break,
                };
                let is_running =
                    self.running().with_untracked(|running| running.iter().any(|(known, _)| *known == number));
                if self.turn().get_untracked() != turn || !is_running {
                    return;
                }
                comparison.audit.on(event);
                // What lasts is told at once; what does not may still become clear, for a while.
                let is_over = comparison.audit.is_over();
                if is_over {
                    self.running().update(|running| running.retain(|(known, _)| *known != number));
                }
                let is_overdue = comparison.audit.is_overdue();
                for finding in comparison.audit.findings() {
                    let is_due = is_over || finding.is_lasting() || (is_overdue && finding.verdict.code().is_some());
                    if is_due && !comparison.has_told(finding) {
                        comparison.told.push((finding.charge, finding.verdict.clone()));
                        self.tell(number, finding);
                    }
                }
            }
            self.running().update(|running| running.retain(|(known, _)| *known != number));
            if comparison.audit.is_interrupted() {
                self.interrupted().update(|all| all.push(comparison));
            }
        }));
    }

    /// Tells the person and the page. What is known of a job is what was found out last.
    fn tell(self, number: u32, finding: &Finding) {
        let is_replaced = |known: &Told| {
            let is_same = known.number == number || matches!(finding.charge, Charge::Job(_));
            is_same && known.finding.charge == finding.charge
        };
        let Some(code) = finding.verdict.code() else {
            self.doubted().update(|doubted| doubted.retain(|charge| *charge != finding.charge));
            if self.findings().with_untracked(|findings| findings.iter().any(is_replaced)) {
                self.findings().update(|findings| findings.retain(|known| !is_replaced(known)));
            }
            return;
        };
        self.findings().update(|findings| {
            findings.retain(|known| !is_replaced(known));
            findings.push(Told { number, finding: finding.clone() });
        });
        self.doubted().update(|doubted| doubted.push(finding.charge));
        let goes_on = self.running().with_untracked(|running| running.iter().any(|(known, _)| *known == number));
        self.cx().tell(HostEvent::Error { code, message: self.words(finding, goes_on).join(" ") });
    }

    /// Whether it is still being looked up what was not known when it was told. Follows.
    pub fn goes_on(self, told: &Told) -> bool {
        matches!(told.finding.verdict, Verdict::NotChecked(_))
            && self.running().with(|running| running.iter().any(|(known, _)| *known == told.number))
    }

    /// What happened and what to do, in words; whether it goes on to be looked up.
    pub fn words(self, finding: &Finding, goes_on: bool) -> [String; 2] {
        let words = self.cx().words().audit();
        let organization = self.cx().organization().get_untracked().map(|id| id.to_string()).unwrap_or_default();
        let support = words.support(&organization);
        let numbers = |transactions: &[String]| {
            let list: Vec<&str> = transactions.iter().map(String::as_str).collect();
            if list.is_empty() { String::new() } else { [&words.transactions(&list.join(", ")), " "].concat() }
        };
        match (&finding.charge, &finding.verdict) {
            (Charge::Job(job), Verdict::Twice { entries, amount, transactions }) => {
                let what = words.job_twice(&job.to_string(), &entries.to_string(), &amount.to_string());
                let report = words.report(&organization);
                [what, [words.not_again, " ", &numbers(transactions), &report].concat()]
            }
            (Charge::Job(job), Verdict::Late { transactions }) => {
                let next = [words.not_again, " ", words.look, " ", &numbers(transactions), &support].concat();
                [words.job_late(&job.to_string()), next]
            }
            (Charge::Job(job), Verdict::NotChecked(_)) if goes_on => {
                [words.job_not_yet(&job.to_string()), words.looks_on.to_string()]
            }
            (Charge::Job(job), Verdict::NotChecked(_)) => {
                [words.job_not_checked(&job.to_string()), words.look.to_string()]
            }
            (Charge::Job(job), _) => [words.job_unclear(&job.to_string()), [words.look, " ", &support].concat()],
            (Charge::Payment(amount), Verdict::NotChecked(_)) if goes_on => {
                [words.payment_not_yet(&amount.to_string()), words.looks_on.to_string()]
            }
            (Charge::Payment(amount), Verdict::NotChecked(_)) => {
                [words.payment_not_checked(&amount.to_string()), words.look.to_string()]
            }
            (Charge::Payment(amount), Verdict::Unclear { entries: 2.., .. }) => {
                [words.payment_unclear(&amount.to_string()), [words.look_at_card, " ", &support].concat()]
            }
            (Charge::Payment(amount), _) => {
                [words.payment_doubt(&amount.to_string()), [words.look_at_card, " ", &support].concat()]
            }
        }
    }

    /// Does one thing, and says what came of it.
    async fn perform(self, client: &Client, organization: OrganizationId, effect: Effect) -> Event {
        match effect {
            Effect::Pause(milliseconds) => {
                self.cx().sleep(milliseconds).await;
                Event::Rested
            }
            Effect::Charges(job) => Event::Charges(client.charge_details(organization, job).await),
            Effect::Balance => Event::Balance(client.balance(organization).await),
            Effect::Transactions => Event::Transactions(client.financial_transactions(organization).await),
            Effect::SubmittedJobs => {
                let read = client.print_jobs(organization, None, Some(JobFilter::Submitted)).await;
                Event::SubmittedJobs(read.and_then(Paged::whole))
            }
        }
    }
}

fn is_payment(charges: &[Charge]) -> bool {
    charges.iter().any(|charge| matches!(charge, Charge::Payment(_)))
}
