//! A vendor whose books are open, and a way to it that fails as it is told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::super::{Answer, Failed, Operation, Reader};

/// What goes wrong on the way of one request.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Way {
    Fine,
    /// There is no connection.
    Unsent,
    /// The connection is gone before the vendor has the whole request.
    LostThere,
    /// It is gone before the answer is back.
    LostBack,
    /// The connection is gone at once, and the vendor goes on with what it has read.
    Late(Duration),
    /// An error of something in front of the vendor, which never had it.
    Refused5xx,
    /// The same, though the vendor had it.
    Done5xx,
    /// A renewal is due.
    Unauthorized,
    /// Nothing ever comes back, and nothing was carried out.
    HangsThere,
    /// Nothing ever comes back, though it was carried out.
    HangsBack,
}

#[derive(Debug, Default)]
pub(super) struct Books {
    pub(super) jobs: BTreeMap<u64, Job>,
    pub(super) credits: Vec<u64>,
    pub(super) cards: BTreeMap<u64, u64>,
    /// How often each operation was carried out.
    pub(super) done: Vec<Operation>,
    /// How often one came in.
    pub(super) came_in: usize,
    next: u64,
    /// It cannot be read for so many times.
    pub(super) deaf: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Job {
    pub(super) charges: usize,
    pub(super) cards: Vec<u64>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Vendor(Arc<Mutex<Books>>);

impl Vendor {
    pub(super) fn books(&self) -> MutexGuard<'_, Books> {
        self.0.lock().unwrap()
    }

    pub(super) fn with_job(self, id: u64, cards: &[u64]) -> Self {
        self.books().jobs.insert(id, Job { charges: 0, cards: cards.to_vec() });
        self
    }

    /// Sends one request.
    pub(super) async fn send(self, operation: Operation, way: Way) -> Result<Answer, Failed> {
        self.books().came_in += usize::from(way != Way::Unsent);
        sleep(Duration::from_millis(3)).await;
        match way {
            Way::Unsent => Err(Failed::Unsent),
            Way::LostThere => Err(Failed::Unheard),
            Way::Refused5xx => Ok(Answer { body: "<h1>".into(), ..Answer::json(502, "") }),
            Way::Unauthorized => Ok(Answer::json(401, r#"{"error":"Unauthorized"}"#)),
            Way::HangsThere => std::future::pending().await,
            Way::Late(after) => {
                // Of no instance: it goes on whatever becomes of them.
                tokio::spawn(async move {
                    sleep(after).await;
                    self.carry_out(&operation);
                });
                Err(Failed::Unheard)
            }
            Way::Fine | Way::LostBack | Way::Done5xx | Way::HangsBack => {
                let answer = self.carry_out(&operation);
                sleep(Duration::from_millis(3)).await;
                match way {
                    Way::LostBack => Err(Failed::Unheard),
                    Way::Done5xx => Ok(Answer::json(504, "")),
                    Way::HangsBack => std::future::pending().await,
                    _ => Ok(answer),
                }
            }
        }
    }

    /// Does it, as often as it is asked to.
    fn carry_out(&self, operation: &Operation) -> Answer {
        let mut books = self.books();
        books.done.push(operation.clone());
        books.next += 1;
        let next = books.next + 1000;
        let ok = |value: Value| Answer::json(200, value.to_string());
        match operation {
            Operation::Print { job, .. } => {
                let Some(entry) = books.jobs.get_mut(job) else {
                    return Answer::json(404, r#"{"error":"Print job not found"}"#);
                };
                entry.charges += 1;
                ok(shown(*job, entry))
            }
            Operation::AddFunds { amount, .. } => {
                books.credits.push(super::super::facts::cents(amount).unwrap());
                ok(json!(true))
            }
            Operation::CreateJob { cards, .. } => {
                let job = Job { charges: 0, cards: cards.clone() };
                let answer = ok(shown(next, &job));
                books.jobs.insert(next, job);
                answer
            }
            Operation::AddCards { job, cards, .. } => {
                let entry = books.jobs.get_mut(job).unwrap();
                entry.cards.extend(cards);
                ok(shown(*job, entry))
            }
            Operation::RemoveCard { job, card, .. } => {
                let entry = books.jobs.get_mut(job).unwrap();
                let place = entry.cards.iter().position(|one| one == card);
                ok(json!(place.map(|place| entry.cards.remove(place)).is_some()))
            }
            Operation::CreateCard { .. } => {
                books.cards.insert(next, 0);
                ok(json!({ "id": next }))
            }
            Operation::Delete => match books.cards.pop_first() {
                Some(_) => ok(json!({"result": "Success"})),
                None => Answer::json(404, r#"{"error":"Card not found"}"#),
            },
            Operation::Set { .. } | Operation::Create { .. } | Operation::Steps => ok(json!({ "id": next })),
        }
    }
}

fn shown(id: u64, job: &Job) -> Value {
    let status = if job.charges > 0 { "Submitted" } else { "Created" };
    json!({"id": id, "status": status, "card_ids": job.cards})
}

impl Reader for Vendor {
    fn read(&self, path: String) -> BoxFuture<'static, Result<Answer, Failed>> {
        let vendor = self.clone();
        async move {
            sleep(Duration::from_millis(2)).await;
            let mut books = vendor.books();
            if books.deaf > 0 {
                books.deaf -= 1;
                return if books.deaf.is_multiple_of(2) { Err(Failed::Unheard) } else { Ok(Answer::json(503, "")) };
            }
            let (what, id) = path.strip_prefix("organizations/1/").unwrap().split_once('/').unzip();
            let value = match (what.unwrap_or(&path[16..]), id.and_then(|id| id.parse().ok())) {
                ("print_jobs", Some(id)) => match books.jobs.get(&id) {
                    Some(job) => shown(id, job),
                    None => return Ok(Answer::json(404, "")),
                },
                ("print_jobs", None) => books.jobs.iter().map(|(id, job)| shown(*id, job)).collect(),
                ("financial_transactions", None) => books
                    .credits
                    .iter()
                    .map(|cents| json!({"credit": format!("${}.{:02}", cents / 100, cents % 100)}))
                    .collect(),
                ("cards", Some(id)) => json!({"id": id, "read": "again"}),
                _ => return Ok(Answer::json(404, "")),
            };
            Ok(Answer::json(200, value.to_string()))
        }
        .boxed()
    }
}
