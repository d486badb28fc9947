//! Whether what was charged is what was asked for: looked up after every payment and every order, beside whatever the
//! person does meanwhile, and told where it is not so. [`Audit`] says what to look at, and what that proves.

use super::context::Context;
use super::host::HostEvent;
use super::places;
use crate::api::{Client, JobFilter, OrganizationId};
use crate::domain::audit::{Audit, Charge, Effect, Event, Finding, Verdict};
use crate::reactive::{Row, state};

state! {
    /// What was found out about charges. Copied freely: it is a handle.
    pub struct Audits from places::AUDITS, places::ROOM; {
        /// What the person has to know, until they say that they do.
        pub findings: Vec<Finding> = Vec::new();
        /// Who is signed in: what is found out for somebody else is not told.
        turn: u32 = 0;
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
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
    }

    /// The person knows of it.
    pub fn dismiss(self, charge: Charge) {
        self.findings().update(|findings| findings.retain(|finding| finding.charge != charge));
    }

    /// Compares what was charged with what was asked for. Nobody waits for it.
    pub(super) fn compare(self, mut audit: Audit) {
        let turn = self.turn().get_untracked();
        self.cx().spawn(Box::pin(async move {
            while let Some(effect) = audit.effect() {
                let event = match self.cx().client() {
                    Ok((client, organization)) => self.perform(&client, organization, effect).await,
                    // Signed out: there is nobody to tell.
                    Err(_) => return,
                };
                if self.turn().get_untracked() != turn {
                    return;
                }
                audit.on(event);
                // What lasts is told at once; what does not may still become clear.
                let is_over = audit.is_over();
                audit.findings().iter().for_each(|finding| {
                    if is_over || finding.is_lasting() {
                        self.tell(finding);
                    }
                });
            }
        }));
    }

    /// Tells the person and the page, once.
    fn tell(self, finding: &Finding) {
        let Some(code) = finding.verdict.code() else { return };
        let is_known = |known: &Finding| known.charge == finding.charge && known.verdict == finding.verdict;
        if self.findings().with_untracked(|findings| findings.iter().any(is_known)) {
            return;
        }
        self.findings().update(|findings| {
            findings.retain(|known| known.charge != finding.charge);
            findings.push(finding.clone());
        });
        self.cx().tell(HostEvent::Error { code, message: self.words(finding).concat() });
    }

    /// What happened and what to do, in words.
    pub fn words(self, finding: &Finding) -> [String; 2] {
        let words = self.cx().words().audit();
        let organization = self.cx().organization().get_untracked().map(|id| id.to_string()).unwrap_or_default();
        let support = words.support(&organization);
        match (&finding.charge, &finding.verdict) {
            (Charge::Job(job), Verdict::Twice { entries, amount, transactions }) => {
                let what = words.job_twice(&job.to_string(), &entries.to_string(), &amount.to_string());
                let told = if transactions.is_empty() {
                    String::new()
                } else {
                    [" ", &words.transactions(&transactions.iter().map(String::as_str).collect::<Vec<_>>().join(", "))]
                        .concat()
                };
                [what, [words.not_again, " ", &support, &told].concat()]
            }
            (Charge::Job(job), _) => [words.job_unclear(&job.to_string()), [words.look, " ", &support].concat()],
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
                Event::SubmittedJobs(read.map(|jobs| jobs.items))
            }
        }
    }
}
