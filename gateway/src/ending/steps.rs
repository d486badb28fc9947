//! The steps of placing a card at the vendor: reads, and what changes something, each carried out once by the caller's key.

use super::job::Job;
use super::placed::Placed;
use crate::answer::{Answer, Refusal, Silence};
use crate::cards;
use crate::form;
use crate::guard::operations::{self, Operation as Listed};
use crate::house::{House, failed};
use crate::once::{self, Call, Failed, Operation};
use crate::tokens;
use crate::upstream::{Ask, Error};
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use url::form_urlencoded;

/// More pages of jobs than an organization has.
const MOST_PAGES: u64 = 50;
const PAGE: usize = 100;

/// A card, and by whose call it is placed.
#[derive(Clone, Copy)]
pub(super) struct Steps<'a> {
    pub(super) house: &'a Arc<House>,
    pub(super) call: &'a Call,
    pub(super) card: u64,
}

/// What was read is none of what was asked for.
fn unreadable(status: u16) -> Refusal {
    Refusal { silence: Some(Silence::Unheard), ..cards::refusal(&Error::Strange(status)) }
}

impl Steps<'_> {
    fn organization(&self) -> u64 {
        self.house.config.vendor.organization
    }

    pub(super) fn path(&self, below: &str) -> String {
        format!("organizations/{}/{below}", self.organization())
    }

    /// Reads; what the vendor refuses is an answer, too.
    pub(super) async fn read(
        &self,
        as_in: &'static Listed,
        below: &str,
        query: Option<&str>,
    ) -> Result<Answer, Refusal> {
        let path = self.path(below);
        let ask = Ask { name: as_in.name, method: "GET", path: &path, query, body: None, patience: as_in.patience() };
        self.house.upstream.call(&ask).await.map_err(|error| cards::refusal(&error))
    }

    /// One job; none if it is gone.
    ///
    /// # Errors
    /// It cannot be read: that says nothing of it, least of all that it is not there.
    pub(super) async fn job(&self, id: u64) -> Result<Option<Job>, Refusal> {
        let answer = self.read(&operations::JOB_FETCH, &format!("print_jobs/{id}"), None).await?;
        if answer.status == 404 {
            return Ok(None);
        }
        let job = answer.json().filter(|_| answer.is_success()).as_ref().and_then(Job::read);
        job.filter(|job| job.id == id).map(Some).ok_or_else(|| unreadable(answer.status))
    }

    /// The organization's open jobs.
    pub(super) async fn open_jobs(&self) -> Result<Vec<Job>, Refusal> {
        let mut open: Vec<Job> = Vec::new();
        for page in 1..=MOST_PAGES {
            let query = format!("page={page}&page_size={PAGE}&status=0");
            let answer = self.read(&operations::JOB_LIST, "print_jobs", Some(&query)).await?;
            let Some(Value::Array(jobs)) = answer.json().filter(|_| answer.is_success()) else {
                return Err(unreadable(answer.status));
            };
            // Some servers heed the status that is asked for, some do not.
            open.extend(jobs.iter().filter_map(Job::read).filter(|job| !job.is_submitted));
            if jobs.len() < PAGE {
                break;
            }
        }
        open.sort_by_key(|job| job.id);
        open.dedup_by_key(|job| job.id);
        Ok(open)
    }

    /// The call by whose key it is placed, in a form that tells nothing else.
    pub(super) fn key(&self) -> String {
        tokens::hash("placing", &[self.call.key.as_str()])
    }

    pub(super) fn now(&self) -> u64 {
        self.house.clock.milliseconds()
    }

    /// Until when what was sent, or is about to be, may come about, if nobody hears of it.
    pub(super) fn settles(&self, patience: Duration) -> u64 {
        let still = patience + self.house.config.timing.settle;
        self.now() + u64::try_from(still.as_millis()).unwrap_or(u64::MAX)
    }

    /// What is sent for a card that may come to stand somewhere by it. Whoever asks anew while nobody has heard of it is told that it is
    /// not known: sent once more it may come about twice.
    pub(super) async fn place(
        &self,
        placed: &mut Placed,
        name: &str,
        as_in: &'static Listed,
        below: &str,
        parts: &[(&str, &str)],
        operation: Operation,
    ) -> Result<Answer, Refusal> {
        placed.begin(&self.key(), self.settles(as_in.patience())).await?;
        let was_sent = Arc::new(AtomicBool::new(true));
        let answer = self.sent(name, as_in, below, parts, operation, Arc::clone(&was_sent)).await?;
        match answer.status {
            ..500 if answer.status != 429 => placed.heard().await?,
            _ if !was_sent.load(Ordering::Relaxed) => placed.heard().await?,
            _ => placed.begin(&self.key(), self.settles(Duration::ZERO)).await?,
        }
        Ok(answer)
    }

    /// Submits a card's print job. Until it is known what became of that, nobody can say that it is not ordered.
    pub(super) async fn submit(&self, placed: &mut Placed, job: u64) -> Result<Answer, Refusal> {
        let timing = self.house.config.timing;
        let before = placed.submits(self.settles(timing.patience + timing.limit)).await?;
        let operation = Operation::Print { organization: self.organization(), job };
        let (name, path) = (format!("print {job}"), format!("print_jobs/{job}/print"));
        let was_sent = Arc::default();
        let answer = self.sent(&name, &operations::JOB_PRINT, &path, &[], operation, Arc::clone(&was_sent)).await?;
        // What is told without sending anything adds nothing to what may come about.
        let is_unheard = was_sent.load(Ordering::Relaxed) && (answer.status >= 500 || answer.status == 429);
        placed.is_submitted_until(before.max(is_unheard.then(|| self.settles(Duration::ZERO)))).await?;
        Ok(answer)
    }

    /// A step that changes something, carried out once.
    pub(super) async fn step(
        &self,
        name: &str,
        as_in: &'static Listed,
        below: &str,
        parts: &[(&str, &str)],
        operation: Operation,
    ) -> Result<Answer, Refusal> {
        self.sent(name, as_in, below, parts, operation, Arc::default()).await
    }

    /// The same; `was_sent` hears whether it is sent now, and where nothing of it can have reached the vendor.
    async fn sent(
        &self,
        name: &str,
        as_in: &'static Listed,
        below: &str,
        parts: &[(&str, &str)],
        operation: Operation,
        was_sent: Arc<AtomicBool>,
    ) -> Result<Answer, Refusal> {
        let path = self.path(below);
        // What a PATCH says is in the address, as the vendor has it for jobs.
        let (query, body) = match as_in.method {
            "PATCH" => (Some(form_urlencoded::Serializer::new(String::new()).extend_pairs(parts).finish()), None),
            _ if parts.is_empty() => (None, None),
            _ => (None, Some(form::write(parts).ok_or_else(|| Refusal::unavailable("randomness"))?)),
        };
        let said: String = parts.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
        let fingerprint = once::fingerprint(as_in.method, &path, "text/plain", said.as_bytes());
        let call = self.call.step(name, fingerprint, operation);
        let house = Arc::clone(self.house);
        let is_charge = *as_in == operations::JOB_PRINT;
        let send = move || async move {
            was_sent.store(true, Ordering::Relaxed);
            let ask = Ask {
                name: as_in.name,
                method: as_in.method,
                path: &path,
                query: query.as_deref(),
                body: body.as_ref().map(|(kind, body)| (kind.as_str(), body.clone())),
                patience: as_in.patience(),
            };
            let answer = if is_charge { house.upstream.charge(&ask).await } else { house.upstream.call(&ask).await };
            let answer = answer.map(once::Answer::from).map_err(|error| failed(&error));
            was_sent.store(answer != Err(Failed::Unsent), Ordering::Relaxed);
            answer
        };
        Ok(self.house.once.carry_out(call, send).await.into())
    }
}
