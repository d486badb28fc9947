//! Whether an order was charged once: after it was submitted, the account's transactions are read, more than once, since a charge may
//! be booked late. Nobody waits for it; what is found is in the log, the numbers and the audit trail, for the organization to act on.

use crate::cards;
use crate::guard::operations;
use crate::house::House;
use crate::upstream::Ask;
use crate::watch::audit::Deed;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;

const PAUSES: [u64; 3] = [1, 4, 16];

/// Looks at it later.
pub(super) fn later(house: &Arc<House>, job: u64, card: u64) {
    let (house, work) = (Arc::clone(house), house.work());
    tokio::spawn(async move {
        let mut most = None;
        for pause in PAUSES {
            tokio::time::sleep(Duration::from_secs(pause)).await;
            most = most.max(charges(&house, job).await);
            if most.is_some_and(|charges| charges > 1) {
                break;
            }
        }
        let verdict = match most {
            Some(1) => "charged-once",
            Some(2..) => "charged-twice",
            // The vendor may not name jobs in what it books.
            Some(_) => "charge-not-found",
            None => "charge-not-checked",
        };
        if verdict == "charged-twice" {
            tracing::error!(job, card, "a print job was charged more than once");
        }
        house.metrics.compared(verdict);
        let deed =
            Deed { who: "gateway", operation: "order.compare", card: Some(card), job: Some(job), ..Deed::default() };
        house.audit.note(&Deed { result: verdict, ..deed });
        drop(work);
    });
}

/// How many debits name the job; none where they cannot be read.
async fn charges(house: &House, job: u64) -> Option<usize> {
    let path = format!("organizations/{}/financial_transactions", house.config.vendor.organization);
    let as_in = &operations::TRANSACTIONS;
    let ask = Ask { name: as_in.name, method: "GET", path: &path, query: None, body: None, patience: as_in.patience() };
    let answer = house.upstream.call(&ask).await.map_err(|error| cards::refusal(&error)).ok()?;
    let json = answer.json().filter(|_| answer.is_success())?;
    Some(json.as_array()?.iter().filter(|entry| names(entry, job)).count())
}

/// Whether a transaction is a debit whose description has the job's number as a number of its own.
fn names(entry: &Value, job: u64) -> bool {
    let is_debit = entry["debit"].as_str().is_some_and(|debit| !debit.is_empty());
    let job = job.to_string();
    let words = entry["description"].as_str().unwrap_or_default();
    is_debit && words.split(|char: char| !char.is_ascii_digit()).any(|number| number == job)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_charge_is_a_debit_that_names_the_job() {
        for (entry, is_named) in [
            (json!({"debit": "$10.45", "description": "Print job 73"}), true),
            (json!({"debit": "$10.45", "description": "#73: cards"}), true),
            (json!({"debit": "$10.45", "description": "Print job 731"}), false),
            (json!({"debit": null, "description": "Print job 73"}), false),
            (json!({"credit": "$10.45", "description": "Refund of print job 73"}), false),
            (json!({"debit": "$10.45"}), false),
        ] {
            assert_eq!(names(&entry, 73), is_named, "{entry}");
        }
    }
}
