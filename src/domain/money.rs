//! Amounts of money, in whole cents: no number with a binary point comes near them.
//!
//! The vendor writes `$5.50`, and `($5.50)` for what is owed ("Organization Balance"); it takes `17.37` ("Add Funds").

use std::cmp::Ordering;
use std::fmt;

use super::digits::plain_text;
use crate::api::Amount;
use crate::i18n::Locale;

/// What an amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Currency {
    /// US dollars, which the vendor's `$` stands for.
    Usd,
}

/// An amount of money; negative where it is owed. Amounts in different currencies are neither equal nor in any order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    cents: i64,
    currency: Currency,
}

impl Money {
    /// So many US cents.
    pub const fn usd(cents: i64) -> Money {
        Money { cents, currency: Currency::Usd }
    }

    /// How much it is, in hundredths of the currency's unit.
    pub const fn cents(self) -> i64 {
        self.cents
    }

    /// What it is counted in.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether somebody who pays so much at once is asked whether that is what they mean: more than $10,000.
    pub const fn is_much(self) -> bool {
        self.cents > 1_000_000
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.cents < 0
    }

    /// Reads the server's notation: `$1,234.50`, `($5.50)`, and what comes near it: `-$5.50`, `$-5.50`, `5.5`, `$5`,
    /// zeros beyond the cents.
    ///
    /// `None` for what could be read in two ways or in none: commas that do not part thousands, parts of a cent, two
    /// signs; and for what does not fit in 64 bits.
    pub fn parse(text: &str) -> Option<Money> {
        let text = text.trim();
        let (in_parentheses, text) = match text.strip_prefix('(') {
            Some(rest) => (true, rest.strip_suffix(')')?),
            None => (false, text),
        };
        let (minus_before, text) = without(text, '-');
        let (_, text) = without(text, '$');
        let (minus_behind, text) = without(text, '-');
        let amount = hundredths(text, ',', '.')?;
        let cents = match u8::from(in_parentheses) + u8::from(minus_before) + u8::from(minus_behind) {
            0 => 0_i64.checked_add_unsigned(amount)?,
            1 => 0_i64.checked_sub_unsigned(amount)?,
            _ => return None,
        };
        Some(Money::usd(cents))
    }

    /// Reads what the server wrote; `None` as for [`Money::parse`].
    pub fn of(amount: &Amount) -> Option<Money> {
        Money::parse(&amount.0)
    }

    /// Reads what a person typed as an amount to pay: `17`, `17.5`, `$17.37`, `17,000.37`, and with a decimal comma
    /// `17,5` or `1.234,56`. Digits are read as any keyboard writes them.
    ///
    /// A comma before three digits parts thousands for everybody who writes one there. A point before three digits
    /// parts thousands for some and cents for others, who would be charged a thousandth or a thousand times of what
    /// they meant: `None`, as for nothing, a negative amount, and all that is no amount.
    pub fn typed(text: &str) -> Option<Money> {
        let text = plain_text(text);
        let text = text.trim();
        let text = text.strip_prefix('$').or(text.strip_suffix('$')).unwrap_or(text).trim();
        // Not typed to its end.
        let text = text.strip_suffix(['.', ',']).unwrap_or(text);
        let last = text.rfind(['.', ',']).and_then(|at| text.get(at..)).unwrap_or_default();
        let (comma, point) = match (last.starts_with(','), last.len()) {
            (true, 2 | 3) => ('.', ','),
            (false, 4..) => return None,
            _ => (',', '.'),
        };
        let cents = i64::try_from(hundredths(text, comma, point)?).ok()?;
        (cents > 0).then_some(Money::usd(cents))
    }

    /// As the vendor's "Add Funds" takes it, and as a spreadsheet program reads it: `17.37`, `-17.37`; no `$`, no
    /// commas.
    pub fn plain(self) -> String {
        let (whole, cents) = self.digits();
        [if self.is_negative() { "-" } else { "" }, &whole, &cents].concat()
    }

    /// As it is written in a language: `$1,234.50` or `1.234,50 US$`; with a minus where it is owed.
    pub fn in_words(self, locale: Locale) -> String {
        let (whole, cents) = self.digits();
        let sign = if self.is_negative() { "\u{2212}" } else { "" };
        match locale {
            Locale::En => [sign, "$", &with_commas(&whole), &cents].concat(),
            Locale::Es => {
                let swapped = [&with_commas(&whole).replace(',', "."), &*cents.replace('.', ",")].concat();
                [sign, &swapped, "\u{a0}US$"].concat()
            }
        }
    }

    /// Both together; `None` in different currencies, or for more than 64 bits hold.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.with(other, self.cents.checked_add(other.cents))
    }

    /// What is left without `other`; `None` in different currencies, or for more than 64 bits hold.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.with(other, self.cents.checked_sub(other.cents))
    }

    fn with(self, other: Money, cents: Option<i64>) -> Option<Money> {
        let cents = cents.filter(|_| self.currency == other.currency)?;
        Some(Money { cents, ..self })
    }

    /// The whole units, and the cents behind a point; of the amount without its sign.
    fn digits(self) -> (String, String) {
        let amount = self.cents.unsigned_abs();
        let cents = amount % 100;
        let point = if cents < 10 { ".0" } else { "." };
        ((amount / 100).to_string(), [point, &cents.to_string()].concat())
    }
}

impl PartialOrd for Money {
    fn partial_cmp(&self, other: &Money) -> Option<Ordering> {
        (self.currency == other.currency).then(|| self.cents.cmp(&other.cents))
    }
}

/// The vendor's notation: `$1,234.50`, `($5.50)`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (open, close) = if self.is_negative() { ("($", ")") } else { ("$", "") };
        let (whole, cents) = self.digits();
        f.write_str(open)?;
        f.write_str(&with_commas(&whole))?;
        f.write_str(&cents)?;
        f.write_str(close)
    }
}

/// `text` without `first`, and whether it began with it.
fn without(text: &str, first: char) -> (bool, &str) {
    text.strip_prefix(first).map_or((false, text), |rest| (true, rest))
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The hundredths in a number without a sign, whose thousands `comma` may part, and whose decimals `point` begins. More
/// than two decimals only where they are zeros.
fn hundredths(text: &str, comma: char, point: char) -> Option<u64> {
    let Some((units, decimals)) = text.split_once(point) else {
        return whole(text, comma)?.checked_mul(100);
    };
    let (near, far) = decimals.split_at_checked(2).unwrap_or((decimals, ""));
    if !far.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let tenfold = if near.len() == 1 { 10 } else { 1 };
    let cents = number(near)? * tenfold;
    let units = if units.is_empty() { 0 } else { whole(units, comma)? };
    units.checked_mul(100)?.checked_add(cents)
}

/// A whole number, with `comma` between all of its thousands or between none.
fn whole(text: &str, comma: char) -> Option<u64> {
    let Some((first, groups)) = text.split_once(comma) else {
        return number(text);
    };
    // `0,123` is less than one for those who write a decimal comma.
    if first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let mut groups = groups.split(comma);
    groups.try_fold(number(first)?, |value, group| {
        let group = number(group).filter(|_| group.len() == 3)?;
        value.checked_mul(1000)?.checked_add(group)
    })
}

/// Digits and nothing else, at least one.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |value, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        value.checked_mul(10)?.checked_add(digit)
    })
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
