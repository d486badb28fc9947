//! A print job as the vendor shows it, in whichever of its shapes.

use crate::cards::number;
use serde_json::Value;

/// What matters of a print job here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Job {
    pub(super) id: u64,
    pub(super) is_submitted: bool,
    /// Each as often as it stands there.
    pub(super) cards: Vec<u64>,
    /// How often each is printed, where it is said.
    pub(super) copies: Option<u64>,
    pub(super) provider: Option<u64>,
    /// It goes to an address of its own: somebody's order, and not the cart.
    pub(super) is_one_off: bool,
}

impl Job {
    /// None for what does not say whether it was submitted.
    pub(super) fn read(job: &Value) -> Option<Job> {
        let is_submitted = match &job["status"] {
            Value::String(word) => !matches!(word.trim().to_ascii_lowercase().as_str(), "created" | "0"),
            Value::Number(number) => number.as_u64() != Some(0),
            _ => return None,
        };
        let said = |name: &str| number(&job[name]).or_else(|| number(&job["extract"][name]));
        Some(Job {
            id: number(&job["id"])?,
            is_submitted,
            cards: cards(job),
            copies: said("number_of_copies"),
            provider: said("shipping_provider_id"),
            is_one_off: job["address"].is_object() && number(&job["address_id"]).is_none(),
        })
    }

    pub(super) fn has(&self, card: u64) -> bool {
        self.cards.contains(&card)
    }

    /// Whether it is a job for this card alone.
    pub(super) fn is_for(&self, card: u64) -> bool {
        self.cards == [card]
    }
}

/// The cards are in one of several places; where there are several, they say the same.
fn cards(job: &Value) -> Vec<u64> {
    let items = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let named =
        |list: &Value, name: &str| items(list).iter().filter_map(|entry| number(&entry[name])).collect::<Vec<_>>();
    let users = items(&job["list_users"]);
    let of_users = |list: &str, name: &str| users.iter().flat_map(|user| named(&user[list], name)).collect::<Vec<_>>();
    let places = [
        of_users("user_datum", "card_id"),
        of_users("cards", "id"),
        named(&job["cards"], "id"),
        items(&job["card_ids"]).iter().filter_map(number).collect(),
    ];
    places.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_is_read_in_each_of_its_shapes() {
        for job in [
            json!({"id": 5, "status": "Created", "number_of_copies": 1, "shipping_provider_id": 11,
                "list_users": [{"user_datum": [{"card_id": 7}, {"card_id": "8"}]}], "address_id": 3, "address": {}}),
            json!({"id": "5", "status": 0, "extract": {"number_of_copies": "1", "shipping_provider_id": 11},
                "list_users": [{"cards": [{"id": 7}, {"id": 8}]}]}),
            json!({"id": 5, "status": "0", "cards": [{"id": 7}, {"id": 8}], "number_of_copies": 1, "shipping_provider_id": "11"}),
            json!({"id": 5, "status": "created", "card_ids": [7, "8"], "number_of_copies": 1, "shipping_provider_id": 11}),
        ] {
            let read = Job::read(&job).unwrap();
            assert_eq!(
                (read.id, read.is_submitted, read.copies, read.provider),
                (5, false, Some(1), Some(11)),
                "{job}"
            );
            assert_eq!((read.cards.as_slice(), read.is_one_off), ([7, 8].as_slice(), false), "{job}");
        }
        assert!(Job::read(&json!({"id": 5, "status": "Scheduled"})).unwrap().is_submitted);
        assert!(
            Job::read(&json!({"id": 5, "status": 0, "address_id": null, "address": {"city": "x"}})).unwrap().is_one_off
        );
        assert_eq!(Job::read(&json!({"id": 5})), None);
    }
}
