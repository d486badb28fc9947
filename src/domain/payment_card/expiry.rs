//! The month that a payment card expires in: how it is read, and how it is written while one types.

use crate::domain::digits::plain;

/// An expiry further ahead than this, or longer ago, is a slip of the finger.
const MOST_YEARS: u16 = 50;

/// How the months begin in English, and in Spanish where that is another way.
const MONTHS: [&str; 12] =
    ["janene", "feb", "mar", "aprabr", "may", "jun", "jul", "augago", "sep", "oct", "nov", "decdic"];

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

/// The month that a payment card expires in, as the vendor's "Add Funds" takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// The month, `MM`.
    pub month: String,
    /// The year, `YYYY`.
    pub year: String,
}

/// The month that a payment card expires in, however people and password managers write it: `06/29`, `6/2029`, `06-29`,
/// `0629`, `062029`, `2029-06`, `202906`, `Jun 2029`. Where it could be read in two ways, the month comes first. Two digits
/// are a year of `today`'s century. A card is good until its month ends. `today` is (year, month).
pub fn expiry(text: &str, today: (u16, u8)) -> Result<Expiry, ExpiryFlaw> {
    if text.trim().is_empty() {
        return Err(ExpiryFlaw::Missing);
    }
    let (year, month) = read(text, today).ok_or(ExpiryFlaw::Form)?;
    if (year, month) < (today.0, today.1) {
        return Err(ExpiryFlaw::Past);
    }
    let month = [if month < 10 { "0" } else { "" }, &month.to_string()].concat();
    Ok(Expiry { month, year: year.to_string() })
}

/// The year and the month, over or not.
fn read(text: &str, today: (u16, u8)) -> Option<(u16, u8)> {
    let pieces = pieces(text);
    let (month, year) = match &pieces[..] {
        [solid] => match solid.split_at_checked(2)? {
            (month, year) if is_month(month) => (month, year),
            // The year comes first: `2906`, `202906`.
            _ => solid.split_at_checked(solid.len().checked_sub(2)?).map(|(year, month)| (month, year))?,
        },
        [first, second] if is_month(first) => (first.as_str(), second.as_str()),
        [first, second] => (second.as_str(), first.as_str()),
        _ => return None,
    };
    let century = if year.len() == 2 { today.0 / 100 * 100 } else { 0 };
    let year = year.parse::<u16>().ok().filter(|_| matches!(year.len(), 2 | 4))?.checked_add(century)?;
    // `0290` is no year either.
    let years = today.0.saturating_sub(MOST_YEARS)..=today.0.saturating_add(MOST_YEARS);
    years.contains(&year).then_some((year, month_of(month)?))
}

fn is_month(text: &str) -> bool {
    month_of(text).is_some()
}

/// The number of a month: one digit or two, or a word that begins like its name.
fn month_of(text: &str) -> Option<u8> {
    let named = || {
        let begin = text.get(..3)?;
        MONTHS.iter().position(|names| names.as_bytes().chunks(3).any(|name| name == begin.as_bytes()))
    };
    match named() {
        Some(place) => u8::try_from(place + 1).ok(),
        None => text.parse().ok().filter(|month| (1..=12).contains(month) && text.len() <= 2),
    }
}

/// The numbers and the words in a text, without what is between them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::<String>::new();
    let mut before = None;
    for letter in text.chars() {
        let letter = plain(letter).to_ascii_lowercase();
        let kind = letter.is_ascii_alphanumeric().then(|| letter.is_ascii_digit());
        match (kind, pieces.last_mut()) {
            (None, _) => {}
            (Some(_), Some(last)) if kind == before => last.push(letter),
            _ => pieces.push(letter.into()),
        }
        before = kind;
    }
    pieces
}

/// An expiry that was put into its field in one piece, by a password manager or from the clipboard, and where the caret
/// stands afterwards, which stood at `caret` in `text`. One that is not written with its month first becomes `MM/YYYY`; any
/// other is taken as if it had been typed ([`typed_expiry`]), since some programs type letter by letter.
pub fn filled_expiry(text: &str, caret: usize, today: (u16, u8)) -> (String, usize) {
    let typed = typed_expiry("", text, caret);
    let Some((year, month)) = read(text, today) else { return typed };
    let begin = [if month < 10 { "0" } else { "" }, &month.to_string(), "/"].concat();
    if typed.0.starts_with(&begin) && read(&typed.0, today) == Some((year, month)) {
        return typed;
    }
    let written = [&begin, &*year.to_string()].concat();
    let end = written.len();
    (written, end)
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
    let count = |text: &str| text.chars().filter(|letter| plain(*letter).is_ascii_digit()).count();
    let typed_month = text.split_once(|letter| is_slash(plain(letter))).map(|(month, _)| count(month));
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
        let letter = plain(letter);
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

fn is_slash(letter: char) -> bool {
    matches!(letter, '/' | '-' | '.')
}
