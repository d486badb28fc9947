//! Amounts in whole cents, their spelling, and the ledger of an organization.

use crate::clock::now_iso;
use serde_json::{Value, json};

/// What one copy of one card costs.
pub(crate) const CARD_PRICE: i64 = 550;

/// "$1,234.50", or "($5.50)" for a negative amount.
pub(crate) fn money(cents: i64) -> String {
    let whole = (cents.unsigned_abs() / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let text = format!("${grouped}.{:02}", cents.unsigned_abs() % 100);
    if cents < 0 { format!("({text})") } else { text }
}

/// Reads "17.37", "17,000.37" or "17" into cents.
pub(crate) fn parse_amount(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', "");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) || fraction.len() > 2 || whole.len() > 9 {
        return None;
    }
    Some(whole.parse::<i64>().ok()? * 100 + format!("{fraction:0<2}").parse::<i64>().ok()?)
}

/// One movement of money.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: u64,
    /// Positive for money that came in.
    pub(crate) cents: i64,
    pub(crate) balance: i64,
    pub(crate) sub_type: &'static str,
    pub(crate) description: String,
    pub(crate) created_at: String,
    /// What was charged, as (description, cents).
    pub(crate) items: Vec<(String, i64)>,
}

/// The movements of an organization's account, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger(Vec<Entry>);

impl Ledger {
    pub(crate) fn balance(&self) -> i64 {
        self.0.last().map_or(0, |entry| entry.balance)
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Books one movement.
    pub(crate) fn book(&mut self, cents: i64, sub_type: &'static str, description: String, items: Vec<(String, i64)>) {
        self.0.push(Entry {
            id: 88_001 + self.0.len() as u64,
            cents,
            balance: self.balance() + cents,
            sub_type,
            description,
            created_at: now_iso(),
            items,
        });
    }
}

impl Entry {
    /// As the API shows it.
    pub(crate) fn to_json(&self) -> Value {
        let credit = (self.cents >= 0).then(|| money(self.cents));
        let debit = (self.cents < 0).then(|| money(-self.cents));
        let items: Vec<_> =
            self.items.iter().map(|(what, cents)| json!({"description": what, "amount": money(*cents)})).collect();
        json!({
            "id": self.id,
            "type": if self.cents < 0 { "Debit" } else { "Credit" },
            "sub_type": self.sub_type,
            "description": self.description,
            "credit": credit,
            "debit": debit,
            "balance": money(self.balance),
            "created_at": self.created_at,
            "receipt": null,
            "transaction_items": items,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_spelled_as_the_vendor_does() {
        for (cents, text) in
            [(0, "$0.00"), (550, "$5.50"), (-550, "($5.50)"), (123_450, "$1,234.50"), (100_000_007, "$1,000,000.07")]
        {
            assert_eq!(money(cents), text);
        }
    }

    #[test]
    fn amounts_are_read_in_both_documented_forms() {
        for (text, cents) in [
            ("17.37", Some(1737)),
            ("17,000.37", Some(1_700_037)),
            ("5", Some(500)),
            ("5.5", Some(550)),
            ("", None),
            ("-5", None),
            ("1.234", None),
            ("x", None),
            ("5.", None),
        ] {
            assert_eq!(parse_amount(text), cents, "{text}");
        }
    }
}
