//! The organization's account as its movements tell it: which of them are new, what each moved, whom it names, and whether
//! together they account for the balance.
//!
//! Next to nothing is promised about them: numbers may be missing or stand twice, the order is any, an amount may be left
//! out or written as nothing. So whatever cannot be read for certain is said to be uncertain.

use super::money::Money;
use crate::api::{Amount, Entries, Error, PrintJobId, Transaction};

/// The account at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Its movements, in any order.
    pub transactions: Vec<Transaction>,
    /// How many there are beside them that cannot be read.
    pub left_out: u32,
    /// What is in it, where that could be read.
    pub balance: Option<Amount>,
}

/// What the entries that cannot be read leave open between one moment and a later one. As many before as after are the
/// same ones: they leave nothing open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blur {
    /// So many have come in that nobody can read.
    pub hidden: u32,
    /// So many of the new movements may have been there before, and could not be read then.
    pub regained: u32,
}

impl Account {
    /// The account with these movements, as it is read anew; the balance is not read yet.
    pub fn of(entries: Entries<Transaction>) -> Account {
        Account { transactions: entries.items, left_out: entries.left_out, balance: None }
    }

    /// What cannot be told of what came in between this and `left_out` entries that cannot be read now.
    pub fn blur(&self, left_out: u32) -> Blur {
        Blur { hidden: left_out.saturating_sub(self.left_out), regained: self.left_out.saturating_sub(left_out) }
    }

    /// By how much the balance is another one now than these new movements say; `None` where that cannot be told.
    pub fn unexplained(&self, news: &[&Transaction], now: Option<&Amount>) -> Option<Money> {
        let moved = Money::of(now?)?.checked_sub(Money::of(self.balance.as_ref()?)?)?;
        news.iter().try_fold(moved, |rest, movement| match Change::of(movement) {
            Change::By(change) => rest.checked_sub(change),
            _ => None,
        })
    }

    /// Those of `now` that are not among the movements here, each as often as it is there more often.
    ///
    /// They are compared as a whole, since a number says little where numbers may be missing or stand twice. What has only
    /// got other words since, as a receipt, is no other movement.
    pub fn news<'a>(&self, now: &'a [Transaction]) -> Vec<&'a Transaction> {
        let mut left: Vec<&Transaction> = self.transactions.iter().collect();
        // Mostly both are in the same order, so that each is found at the first look.
        let mut at = 0;
        let mut take = |wanted: &Transaction, is_same: fn(&Transaction, &Transaction) -> bool| {
            let (before, behind) = left.split_at(at.min(left.len()));
            let place = behind.iter().position(|known| is_same(known, wanted)).map(|place| place + before.len());
            let place = place.or_else(|| before.iter().position(|known| is_same(known, wanted)));
            place.is_some_and(|place| {
                left.remove(place);
                at = place;
                true
            })
        };
        let mut news: Vec<&Transaction> = now.iter().filter(|one| !take(one, |known, one| known == one)).collect();
        news.retain(|one| {
            let is_known_by_something = !one.id.is_empty() || one.created_at.is_some();
            !is_known_by_something
                || !take(one, |known, one| {
                    (&known.id, &known.created_at) == (&one.id, &one.created_at)
                        && (&known.credit, &known.debit) == (&one.credit, &one.debit)
                })
        });
        news
    }
}

/// What a movement did to the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is more by so much; less where that is negative.
    By(Money),
    /// It is more, by what cannot be read.
    More,
    /// It is less, by what cannot be read.
    Less,
    /// Nobody knows.
    Unknown,
}

impl Change {
    /// What a movement did. An amount that is left out is as good as none at all.
    pub fn of(movement: &Transaction) -> Change {
        let zero = Money::usd(0);
        let amount = |amount: &Option<Amount>| match amount {
            Some(amount) if !amount.0.trim().is_empty() => Money::of(amount).ok_or(()).map(Some),
            _ => Ok(None),
        };
        let is_none = |amount: &Option<Money>| amount.is_none_or(|amount| amount == zero);
        match (amount(&movement.credit), amount(&movement.debit)) {
            (Ok(None), Ok(None)) => Change::Unknown,
            (Ok(credit), Ok(debit)) if is_none(&debit) => Change::By(credit.unwrap_or(zero)),
            // What went out may be written as negative, or not.
            (Ok(credit), Ok(Some(debit))) if is_none(&credit) => {
                let less = if debit.is_negative() { Some(debit) } else { zero.checked_sub(debit) };
                less.map_or(Change::Less, Change::By)
            }
            (Err(()), Ok(debit)) if is_none(&debit) => Change::More,
            (Ok(credit), Err(())) if is_none(&credit) => Change::Less,
            _ => Change::Unknown,
        }
    }
}

/// Whom a movement names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The print job of this number, by that name: `Print job 12`, `print_job_id: 12`.
    Job(PrintJobId),
    /// A number that is that of one of the jobs asked for, and no other one: `#12`. An older movement may have it by chance.
    Number(PrintJobId),
    /// Other print jobs only.
    Others,
    /// Nobody, or more than one.
    Nobody,
}

impl Owner {
    /// Which of `jobs` a movement names.
    pub fn of(movement: &Transaction, jobs: &[PrintJobId]) -> Owner {
        let ours = |number: &str| jobs.iter().copied().find(|job| job.0.to_string() == number);
        let description = numbers(movement.description.as_deref().unwrap_or_default());
        let receipt = numbers(movement.receipt.as_deref().unwrap_or_default());
        let items = movement.items.iter().flat_map(|item| &item.members);
        // A member's name says what its number is.
        let items = items.flat_map(|(name, value)| named_numbers(name, value));
        let mut named: Vec<String> =
            description.iter().chain(&receipt).cloned().chain(items).filter_map(Number::of_a_job).collect();
        let mut distinct: Vec<String> = Vec::new();
        for one in named.drain(..) {
            if !distinct.contains(&one) {
                distinct.push(one);
            }
        }
        match distinct.as_slice() {
            [] => {}
            [one] => return ours(one).map_or(Owner::Others, Owner::Job),
            several if several.iter().any(|one| ours(one).is_some()) => return Owner::Nobody,
            _ => return Owner::Others,
        }
        let alone = if description.is_empty() { receipt } else { description };
        match alone.split_first() {
            Some((first, rest)) if rest.iter().all(|other| other.digits == first.digits) => {
                ours(&first.digits).map_or(Owner::Nobody, Owner::Number)
            }
            _ => Owner::Nobody,
        }
    }
}

/// A whole number in a text.
#[derive(Clone)]
struct Number {
    digits: String,
    /// Whether the text calls it a job's.
    is_job: bool,
}

impl Number {
    fn of_a_job(self) -> Option<String> {
        self.is_job.then_some(self.digits)
    }
}

fn named_numbers(name: &str, value: &str) -> Vec<Number> {
    numbers(&[name, " ", value].concat())
}

/// The whole numbers that stand by themselves in a text: no part of a word, of an amount, of a date or of a time, and not
/// how many cards there are.
fn numbers(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    let mut rest = 0;
    // Whether the numbers so far are a list of jobs: `Print jobs 12, 13`.
    let mut is_list = false;
    while let Some(start) = text.bytes().skip(rest).position(|byte| byte.is_ascii_digit()) {
        let (before, behind) = text.split_at_checked(rest + start).unwrap_or((text, ""));
        let length = behind.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = behind.split_at_checked(length).unwrap_or((behind, ""));
        let since = before.get(rest..).unwrap_or_default();
        rest = before.len() + length;
        let word = label(before);
        let is = |names: &[&str], word: &str| names.iter().any(|name| word.eq_ignore_ascii_case(name));
        let goes_on = is_list && is(&["", "and"], since.trim_matches([' ', ',', '&', '+']));
        is_list = goes_on || is(&["jobs"], word);
        let is_job = is_list || is(&["job", "printjob"], word);
        let next = behind.trim_start();
        let next = next.split(|letter: char| !is_letter(letter)).next().unwrap_or_default();
        let (mut left, mut right) = (before.chars().rev(), behind.chars());
        let is_amount = before.ends_with(['$', '€', '£', '¥']);
        let is_word = is_joined(left.next(), left.next()) && !(is_job && before.ends_with(is_letter));
        if !(is_amount || is_word || is_joined(right.next(), right.next()) || is(&COUNTED, next)) {
            found.push(Number { digits: digits.to_owned(), is_job });
        }
    }
    found
}

/// What a number before it counts.
const COUNTED: [&str; 6] = ["card", "cards", "copy", "copies", "pieces", "x"];

/// Whether it is a letter. What is not ASCII is taken for one: the tables that know better are kilobytes.
fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphabetic() || !letter.is_ascii()
}

fn is_of_a_word(letter: char) -> bool {
    is_letter(letter) || letter.is_ascii_digit()
}

/// Whether a number beside which these two letters stand, the nearer one first, goes on there.
fn is_joined(letter: Option<char>, next: Option<char>) -> bool {
    match letter {
        Some('.' | ',' | '-' | '/' | ':') => next.is_some_and(|next| next.is_ascii_digit()),
        letter => letter.is_some_and(is_of_a_word),
    }
}

/// The word before a number, without what only says that a number follows: of `Print job No. #` it is `job`.
fn label(before: &str) -> &str {
    let (rest, word) = last_word(before);
    let only_announces = ["id", "no", "nr", "num", "number"].iter().any(|name| word.eq_ignore_ascii_case(name));
    if only_announces { last_word(rest).1 } else { word }
}

/// What is before the last word of a text's last line, and that word, where nothing but signs is behind it.
fn last_word(text: &str) -> (&str, &str) {
    let text = text.trim_end_matches(|letter: char| !is_of_a_word(letter) && letter != '\n' && letter != '(');
    let rest = text.trim_end_matches(is_letter);
    (rest, text.get(rest.len()..).unwrap_or_default())
}

/// Whether these movements, in some order, lead from one balance to the other, each to the balance that it says there was
/// after it: then nothing else has moved the account.
pub fn is_closed(before: Money, movements: &[&Transaction], now: Money) -> bool {
    let leg = |movement: &&Transaction| {
        let to = Money::of(movement.balance.as_ref()?)?;
        let Change::By(change) = Change::of(movement) else { return None };
        Some((to.checked_sub(change)?, to))
    };
    let Some(legs) = movements.iter().map(leg).collect::<Option<Vec<(Money, Money)>>>() else { return false };
    // A way that takes each leg once: one can get from the start to each of them, and one leaves each balance as often as
    // one comes to it, the first and the last aside.
    let mut reached = vec![before];
    while let Some((_, to)) = legs.iter().find(|(from, to)| reached.contains(from) && !reached.contains(to)) {
        reached.push(*to);
    }
    let is_balanced = |place: &Money| {
        let leave = legs.iter().filter(|(from, _)| from == place).count() + usize::from(*place == now);
        let come = legs.iter().filter(|(_, to)| to == place).count() + usize::from(*place == before);
        leave == come
    };
    reached.contains(&now) && legs.iter().all(|(from, _)| reached.contains(from)) && reached.iter().all(is_balanced)
}

/// That entries of the account cannot be read that would have to be.
pub fn unreadable() -> Error {
    Error::Undecodable { operation: "organization.financial_transactions", field: "entry".to_owned() }
}

/// Payments of `amount` among these movements, as far as they name no print job, which would make them refunds.
pub fn payments<'a>(movements: &[&'a Transaction], amount: Money) -> Vec<&'a Transaction> {
    let is_one = |movement: &&&Transaction| {
        Change::of(movement) == Change::By(amount) && Owner::of(movement, &[]) != Owner::Others
    };
    movements.iter().filter(is_one).copied().collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
