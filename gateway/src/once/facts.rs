//! What the vendor's answers say about whether something was carried out, in whichever of its dialects they come.

use serde_json::Value;

/// A print job, as far as it matters here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Job {
    pub(super) id: u64,
    /// It was charged: every status but `Created` comes after that.
    pub(super) is_submitted: bool,
    /// A card that stands twice is there twice.
    pub(super) cards: Vec<u64>,
}

impl Job {
    /// `None` for what does not say whether it was submitted: that is not to be guessed.
    pub(super) fn read(job: &Value) -> Option<Self> {
        let status = text(job.get("status")?)?;
        let status = status.trim();
        if status.is_empty() {
            return None;
        }
        let is_submitted = status != "0" && !status.eq_ignore_ascii_case("created");
        Some(Self { id: number(job.get("id")?)?, is_submitted, cards: cards(job) })
    }

    /// Whether just these cards are in it.
    pub(super) fn holds_just(&self, cards: &[u64]) -> bool {
        let (mut own, mut others) = (self.cards.clone(), cards.to_vec());
        own.sort_unstable();
        others.sort_unstable();
        own == others
    }
}

/// The cards are in one of four places.
fn cards(job: &Value) -> Vec<u64> {
    let users = || items(job.get("list_users"));
    let datums =
        users().flat_map(|user| items(user.get("user_datum")).filter_map(|datum| number(datum.get("card_id")?)));
    let single = users().filter_map(|user| number(user.get("user_datum")?.get("card_id")?));
    let within = users().flat_map(|user| items(user.get("cards")).filter_map(|card| number(card.get("id")?)));
    let top = items(job.get("cards")).filter_map(|card| number(card.get("id")?));
    let ids = items(job.get("card_ids")).filter_map(number);
    let places: [Vec<u64>; 4] = [datums.chain(single).collect(), within.collect(), top.collect(), ids.collect()];
    // Where several are filled, they say the same.
    places.into_iter().max_by_key(Vec::len).unwrap_or_default()
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// How many credits of so many cents are among the transactions; `None` for what is no list of them.
pub(super) fn credits(transactions: &Value, cents: u64) -> Option<u64> {
    let credits = transactions.as_array()?.iter().filter(|entry| {
        let credit = entry.get("credit").and_then(text);
        credit.and_then(|text| self::cents(text.trim().trim_start_matches('$'))) == Some(cents)
    });
    u64::try_from(credits.count()).ok()
}

/// `17.37`, `17,000.37`, `17` in cents.
pub(super) fn cents(amount: &str) -> Option<u64> {
    let amount = amount.trim().replace(',', "");
    let (whole, part) = amount.split_once('.').unwrap_or((&amount, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 12 {
        return None;
    }
    Some(whole.parse::<u64>().ok()? * 100 + format!("{part:0<2}").parse::<u64>().ok()?)
}

/// A number, or its digits in a text.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// A text, or a number as one.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn jobs_of_every_dialect() {
        for (job, is_submitted) in [
            (
                json!({"id": 5, "status": "Created", "list_users": [{"user_datum": [{"card_id": 1}, {"card_id": "2"}]}]}),
                false,
            ),
            (json!({"id": "5", "status": 0, "list_users": [{"cards": [{"id": 1}, {"id": 2}]}]}), false),
            (json!({"id": 5, "status": "1", "cards": [{"id": 2}, {"id": 1}]}), true),
            (json!({"id": 5, "status": "Scheduled", "card_ids": [1, "2"]}), true),
            (json!({"id": 5, "status": "submitted", "card_ids": [1, 2], "cards": [{"id": 1}, {"id": 2}]}), true),
        ] {
            let read = Job::read(&job).unwrap();
            assert!(read.id == 5 && read.is_submitted == is_submitted && read.holds_just(&[2, 1]), "{job}");
            assert!(!read.holds_just(&[1]) && !read.holds_just(&[1, 2, 2]));
        }
        for job in [json!({"id": 5}), json!({"id": 5, "status": ""}), json!({"status": 0}), json!([])] {
            assert_eq!(Job::read(&job), None, "{job}");
        }
    }

    #[test]
    fn credits_are_counted_by_their_amount() {
        let list = json!([
            {"credit": "$1,250.00", "debit": null}, {"credit": "$1,250.00"}, {"credit": 1250}, {"credit": "$125.00"},
            {"credit": null, "debit": "$1,250.00"}, {"debit": "($1,250.00)"}
        ]);
        assert_eq!(credits(&list, cents("1,250").unwrap()), Some(3));
        assert_eq!(credits(&json!({"error": "no"}), 5), None);
    }

    #[test]
    fn amounts() {
        for (amount, expected) in [
            ("17.37", Some(1737)),
            ("17,000.37", Some(1_700_037)),
            ("5", Some(500)),
            ("5.5", Some(550)),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(cents(amount), expected, "{amount}");
        }
    }
}
