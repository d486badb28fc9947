//! What is checked of a payment card before anything is sent to "Add Funds", and how its fields are written while one
//! types.
//!
//! Nothing here keeps a number or a security code, or tells it to a log: texts go in and out.

/// The most digits that a number has (ISO/IEC 7812).
const MOST_DIGITS: usize = 19;

/// An expiry further ahead than this is a slip of the finger.
const MOST_YEARS: u16 = 50;

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

/// What is wrong with the month that a payment card expires in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryFlaw {
    /// There is none.
    Missing,
    /// It is no month and year.
    Form,
    /// It is over.
    Past,
}

/// What is wrong with a payment card's security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CvcFlaw {
    /// There is none.
    Missing,
    /// It is not this many digits.
    Digits(usize),
}

/// The month that a payment card expires in, as the vendor's "Add Funds" takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// The month, `MM`.
    pub month: String,
    /// The year, `YYYY`.
    pub year: String,
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

/// The month that a payment card expires in, from `06/29`, `6/29`, `06/2029`, `06-29`, `0629` or `062029`; two digits
/// are a year of `today`'s century. A card is good until its month ends. `today` is (year, month).
pub fn expiry(text: &str, today: (u16, u8)) -> Result<Expiry, ExpiryFlaw> {
    let text: String = text.split_whitespace().collect();
    if text.is_empty() {
        return Err(ExpiryFlaw::Missing);
    }
    let parts = text.split_once(is_slash).or_else(|| text.split_at_checked(2));
    let (month, year) = parts.ok_or(ExpiryFlaw::Form)?;
    let number = |text: &str, lengths: &[usize]| {
        let is_number = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u16>().ok().filter(|_| is_number).ok_or(ExpiryFlaw::Form)
    };
    let month = number(month, &[1, 2])?;
    let century = if year.len() == 2 { today.0 / 100 * 100 } else { 0 };
    let year = number(year, &[2, 4])?.saturating_add(century);
    if !(1..=12).contains(&month) || year > today.0.saturating_add(MOST_YEARS) {
        return Err(ExpiryFlaw::Form);
    }
    if (year, month) < (today.0, u16::from(today.1)) {
        return Err(ExpiryFlaw::Past);
    }
    let month = [if month < 10 { "0" } else { "" }, &month.to_string()].concat();
    Ok(Expiry { month, year: year.to_string() })
}

/// The expiry while it is typed, and where the caret stands afterwards, which stood at `caret` in `text` (in UTF-16
/// units).
///
/// Where `text` is shorter than what stood there `before`, something was deleted, and it stays as it is: also without
/// its slash, which comes back with the next digit. Otherwise it becomes `MM/YYYY` as far as there is something of it,
/// with the slash right behind the month: `06` becomes `06/`, `6` becomes `06/` since no month begins so, and `1/`
/// becomes `01/` once the caret is behind the slash. Three digits before a slash are left for the person to correct.
/// Digits keep their order, the first six of them; what is neither digit nor slash falls away.
pub fn typed_expiry(before: &str, text: &str, caret: usize) -> (String, usize) {
    let typed_month = text.split_once(is_slash).map(|(month, _)| digits(month).len());
    if text.chars().count() < before.chars().count() || typed_month > Some(2) {
        return (text.to_string(), caret);
    }
    let (mut month, mut year, mut has_slash) = (String::new(), String::new(), false);
    // How much of each of the three is before the caret.
    let mut place = None;
    let mut at = 0;
    for letter in text.chars() {
        if at >= caret && place.is_none() {
            place = Some((month.len(), has_slash, year.len()));
        }
        at += letter.len_utf16();
        if is_slash(letter) {
            has_slash |= !month.is_empty();
        } else if letter.is_ascii_digit() && has_slash {
            if year.len() < 4 {
                year.push(letter);
            }
        } else if letter.is_ascii_digit() {
            if month.is_empty() && letter > '1' && typed_month.is_none() {
                month.push('0');
            }
            month.push(letter);
            has_slash = month.len() == 2;
        }
    }
    let (months, is_behind, years) = place.unwrap_or((month.len(), has_slash, year.len()));
    let padding = if is_behind && month.len() == 1 && month != "0" { "0" } else { "" };
    let slash = if has_slash { "/" } else { "" };
    let caret = if is_behind { padding.len() + month.len() + 1 + years } else { months };
    ([padding, &month, slash, &year].concat(), caret)
}

/// A payment card's security code: three digits, as the vendor documents it ("Add Funds"), and four on American Express
/// cards, which have no other.
pub fn cvc(text: &str, number: &str) -> Result<String, CvcFlaw> {
    let code: String = text.split_whitespace().collect();
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
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether the first digits, as many as `first` and `last` have, are one of these or between them.
fn begins_within(digits: &str, first: &str, last: &str) -> bool {
    digits.get(..first.len()).is_some_and(|start| (first..=last).contains(&start))
}

fn is_slash(letter: char) -> bool {
    matches!(letter, '/' | '-' | '.')
}

/// Whether it is, or is going to be, the number of an American Express card.
fn is_amex(text: &str) -> bool {
    let mut digits = text.bytes().filter(u8::is_ascii_digit);
    digits.next() == Some(b'3') && matches!(digits.next(), Some(b'4' | b'7'))
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
