//! Amounts in whole cents, their spelling, and the ledger of an organization.

use crate::clock::iso;
use crate::json::Json;
use std::sync::Arc;

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
    /// When, in milliseconds since 1970.
    pub(crate) at: u64,
    /// The print job that it was charged for. The API tells it in words only.
    pub(crate) job: Option<u64>,
    /// What the payment processor calls a payment.
    pub(crate) receipt: Option<String>,
    /// What was charged, as (description, cents).
    pub(crate) items: Vec<(String, i64)>,
}

/// The movements of an organization's account, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger(Vec<Arc<Entry>>);

impl Ledger {
    pub(crate) fn balance(&self) -> i64 {
        self.0.last().map_or(0, |entry| entry.balance)
    }

    pub(crate) fn entries(&self) -> &[Arc<Entry>] {
        &self.0
    }

    /// Books a movement that nothing more is to be said about.
    pub(crate) fn book(&mut self, cents: i64, sub_type: &'static str, description: String, at: u64) {
        self.add(Entry { sub_type, ..entry(cents, description, at) });
    }

    /// Books what came in by a payment card, with a receipt for it.
    pub(crate) fn pay_in(&mut self, cents: i64, at: u64) {
        let receipt = format!("RCPT-{}", 400_001 + self.0.len());
        let items = vec![("Payment card".to_owned(), cents)];
        let entry = entry(cents, format!("Funds added: {}", money(cents)), at);
        self.add(Entry { sub_type: "Funds Added", receipt: Some(receipt), items, ..entry });
    }

    /// Books what a print job costs.
    pub(crate) fn charge(&mut self, job: u64, items: Vec<(String, i64)>, at: u64) {
        let cents = -items.iter().map(|(_, cents)| cents).sum::<i64>();
        let entry = entry(cents, format!("Print job {job}"), at);
        self.add(Entry { sub_type: "Print Job", job: Some(job), items, ..entry });
    }

    fn add(&mut self, mut entry: Entry) {
        entry.id = 88_001 + self.0.len() as u64;
        entry.balance = self.balance() + entry.cents;
        self.0.push(Arc::new(entry));
    }
}

fn entry(cents: i64, description: String, at: u64) -> Entry {
    Entry { id: 0, cents, balance: 0, sub_type: "", description, at, job: None, receipt: None, items: Vec::new() }
}

impl Entry {
    /// `Debit` or `Credit`.
    pub(crate) fn direction(&self) -> &'static str {
        if self.cents < 0 { "Debit" } else { "Credit" }
    }

    /// As the API shows it.
    pub(crate) fn write(&self, out: &mut Json) {
        let amount = money(self.cents.abs());
        out.object(|out| {
            out.member("id").id(self.id);
            out.member("type").text(self.direction());
            out.member("sub_type").text(self.sub_type);
            out.member("description").text(&self.description);
            out.optional_text("credit", (self.cents >= 0).then_some(&amount));
            out.optional_text("debit", (self.cents < 0).then_some(&amount));
            out.member("balance").text(&money(self.balance));
            out.member("created_at").text(&iso(self.at));
            out.optional_text("receipt", self.receipt.as_deref());
            out.member("transaction_items").list(&self.items, |out, (what, cents)| {
                out.object(|out| {
                    out.member("description").text(what);
                    out.member("amount").text(&money(*cents));
                });
            });
        });
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
