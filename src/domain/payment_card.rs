//! What is checked of a payment card before anything is sent to "Add Funds", and how its fields are written while one
//! types.
//!
//! Nothing here keeps a number or a security code, or tells it to a log: texts go in and out. Digits are read as any keyboard
//! writes them ([`super::digits`]).

mod expiry;

pub use expiry::{Expiry, ExpiryFlaw, expiry, filled_expiry, typed_expiry};

use super::digits::{plain, plain_text};

/// The most digits that a number has (ISO/IEC 7812).
const MOST_DIGITS: usize = 19;

/// What is wrong with a payment card's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberFlaw {
    /// There is none.
    Missing,
    /// It has fewer or more digits than such cards have.
    Length,
    /// Its digits do not go together: one of them is mistyped.
    CheckDigit,
}

/// What is wrong with a payment card's security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CvcFlaw {
    /// There is none.
    Missing,
    /// It is not this many digits.
    Digits(usize),
}

/// A payment card's number while it is typed: its digits, at most 19, in groups as on the card.
pub fn grouped(text: &str) -> String {
    regroup(text, 0).0
}

/// [`grouped`], and where the caret stands afterwards, which stood at `caret` in `text`: behind the same digit, and so
/// before a gap. Carets are counted in UTF-16 units, as a browser does.
pub fn regroup(text: &str, caret: usize) -> (String, usize) {
    let gaps: &[usize] = if is_amex(text) { &[4, 10] } else { &[4, 8, 12, 16] };
    let (mut grouped, mut place) = (String::new(), 0);
    let (mut count, mut at) = (0, 0);
    for letter in text.chars() {
        let is_before = at < caret;
        at += letter.len_utf16();
        let letter = plain(letter);
        if !letter.is_ascii_digit() || count == MOST_DIGITS {
            continue;
        }
        if gaps.contains(&count) {
            grouped.push(' ');
        }
        grouped.push(letter);
        count += 1;
        if is_before {
            place = grouped.len();
        }
    }
    (grouped, place)
}

/// The digits of a payment card's number, without spaces, dashes and all else, as the vendor's "Add Funds" takes them.
/// That a card with this number exists is not known.
pub fn number(text: &str) -> Result<String, NumberFlaw> {
    let digits = digits(text);
    let length = digits.len();
    let has_length = if is_amex(&digits) {
        length == 15
    } else if digits.starts_with('4') {
        // Visa.
        matches!(length, 13 | 16 | 19)
    } else if begins_within(&digits, "51", "55") || begins_within(&digits, "2221", "2720") {
        // Mastercard.
        length == 16
    } else {
        (12..=MOST_DIGITS).contains(&length)
    };
    if length == 0 {
        Err(NumberFlaw::Missing)
    } else if !has_length {
        Err(NumberFlaw::Length)
    } else if !is_luhn(&digits) {
        Err(NumberFlaw::CheckDigit)
    } else {
        Ok(digits)
    }
}

/// A payment card's security code: three digits, as the vendor documents it ("Add Funds"), and four on American Express
/// cards, which have no other.
pub fn cvc(text: &str, number: &str) -> Result<String, CvcFlaw> {
    let code: String = plain_text(text).split_whitespace().collect();
    let length = cvc_length(number);
    if code.is_empty() {
        Err(CvcFlaw::Missing)
    } else if code.len() != length || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        Err(CvcFlaw::Digits(length))
    } else {
        Ok(code)
    }
}

/// How many digits the security code of a card with this number has; the number may be one that is still being typed.
pub fn cvc_length(number: &str) -> usize {
    if is_amex(number) { 4 } else { 3 }
}

fn digits(text: &str) -> String {
    text.chars().map(plain).filter(char::is_ascii_digit).collect()
}

/// Whether the first digits, as many as `first` and `last` have, are one of these or between them.
fn begins_within(digits: &str, first: &str, last: &str) -> bool {
    digits.get(..first.len()).is_some_and(|start| (first..=last).contains(&start))
}

/// Whether it is, or is going to be, the number of an American Express card.
fn is_amex(text: &str) -> bool {
    let mut digits = text.chars().map(plain).filter(char::is_ascii_digit);
    digits.next() == Some('3') && matches!(digits.next(), Some('4' | '7'))
}

/// Whether the last digit is the one that goes with the others (Luhn's rule: ISO/IEC 7812-1, annex B).
fn is_luhn(digits: &str) -> bool {
    let weighted = digits.bytes().rev().enumerate().map(|(index, byte)| {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        match (index % 2, digit) {
            (0, digit) => digit,
            (_, 5..) => digit * 2 - 9,
            _ => digit * 2,
        }
    });
    weighted.sum::<u32>().is_multiple_of(10)
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
