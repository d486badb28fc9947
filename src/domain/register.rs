//! All of an organization's cards as one list: which of them are looked at, and in which order.
//!
//! The API filters and sorts nothing, so this is done with what has been read so far.

pub mod standing;

use std::rc::Rc;

use super::card_name::name_of;
use super::instant::When;
use super::sort;
use crate::api::{Card, ImageValue, TemplateId, has};
use standing::Standing;

/// Which cards are looked at, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that wait for somebody: neither ordered nor in the cart.
    Waiting,
    /// Those in the cart.
    InCart,
    /// Those that were submitted or printed.
    Ordered,
}

/// In which order they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By number, the newest first.
    #[default]
    Number,
    /// By name.
    Name,
    /// By when they were printed last, the latest first.
    Printed,
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// What is looked for, as it was typed.
    pub term: String,
    /// What became of them.
    pub filter: Filter,
    /// The template they are made from; any, where none is said.
    pub template: Option<TemplateId>,
    /// Their order.
    pub order: Order,
}

/// A card as the list has it: with what it is found by, which is not to be made anew with each letter that one types.
#[derive(Clone, Debug)]
pub struct Entry {
    card: Card,
    /// Its texts, [`folded`], each in a line.
    text: String,
    /// What it is called, the same.
    name: Option<String>,
}

impl Entry {
    /// Of a card as it was read. Pictures are kept as lists have them, by the word `image`.
    pub fn of(mut card: Card) -> Entry {
        for value in &mut card.data {
            let is_image =
                value.value.len() > LONGEST || matches!(ImageValue::of(&value.value), ImageValue::DataUri(_));
            if is_image {
                "image".clone_into(&mut value.value);
            }
        }
        let texts: Vec<String> = card.data.iter().map(|value| folded(&value.value)).collect();
        let name = name_of(&card).map(folded);
        Entry { card, text: texts.join("\n"), name }
    }
}

impl std::ops::Deref for Entry {
    type Target = Card;

    fn deref(&self) -> &Card {
        &self.card
    }
}

/// A longer value is a picture.
const LONGEST: usize = 1_000;

/// The places of those of `cards`, which stand by their numbers, that are looked at, in their order. `standing` says what became
/// of a card, `is_hit` whether the server has found it for what is looked for.
pub fn select(
    cards: &[Rc<Entry>],
    look: &Look,
    standing: &dyn Fn(&Card) -> Standing,
    is_hit: &dyn Fn(&Card) -> bool,
) -> Vec<usize> {
    let term = folded(look.term.trim());
    let is_meant = |entry: &Entry| {
        let is_of = look.template.is_none() || entry.template_id == look.template;
        let is_in = || match look.filter {
            Filter::All => true,
            Filter::Waiting => standing(entry).waits(),
            Filter::InCart => standing(entry) == Standing::InCart,
            Filter::Ordered => standing(entry) == Standing::Ordered,
        };
        is_of && (term.is_empty() || matches(entry, &term) || is_hit(entry)) && is_in()
    };
    let known = |place: &usize| cards.get(*place).map(Rc::as_ref);
    // The newest come first, and of those that are equal otherwise too.
    let chosen: Vec<usize> = (0..cards.len()).rev().filter(|place| known(place).is_some_and(is_meant)).collect();
    let key = |place: &usize| {
        let entry = known(place)?;
        Some(if look.order == Order::Name {
            entry.name.as_deref().map_or(Key::Last, Key::Text)
        } else {
            printed(entry)
        })
    };
    if look.order == Order::Number {
        return chosen;
    }
    let keys: Vec<Option<Key<'_>>> = chosen.iter().map(key).collect();
    sort::by_keys(&chosen, &keys)
}

/// By what a card is put in order; what has none of it comes last.
#[derive(PartialEq, PartialOrd)]
enum Key<'a> {
    Time(i64),
    Text(&'a str),
    Last,
}

fn printed(card: &Card) -> Key<'static> {
    let at = card.last_printed_at.as_deref().and_then(When::parse);
    at.map_or(Key::Last, |at| Key::Time(-at.order()))
}

/// Whether what is looked for, [`folded`], stands in any text of a card, or is the beginning of its number.
fn matches(entry: &Entry, term: &str) -> bool {
    let is_number = term.bytes().all(|byte| byte.is_ascii_digit());
    has(&entry.text, term) || (is_number && entry.id.to_string().starts_with(term))
}

/// A text without what one does not type when one looks for something: capitals, and the accents of the Latin letters.
pub fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// The letters from U+00C0 to U+017F without their accents; a point for what stays as it is.
const PLAIN: &[u8; 192] = b"aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll..llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz.";

/// The same of the letters of Vietnamese, from U+1EA0 to U+1EF9.
const VIETNAMESE: &[u8; 90] =
    b"aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy";

fn fold(letter: char) -> char {
    let code = u32::from(letter);
    let plain = match code {
        0xc0..=0x17f => PLAIN.get(code as usize - 0xc0),
        0x1ea0..=0x1ef9 => VIETNAMESE.get(code as usize - 0x1ea0),
        _ => None,
    };
    match code {
        _ if plain.is_some_and(|plain| *plain != b'.') => plain.map_or(letter, |plain| char::from(*plain)),
        // Æ and Þ.
        0xc6 | 0xde => char::from_u32(code + 32).unwrap_or(letter),
        // Greek and Cyrillic.
        0x391..=0x3a9 | 0x410..=0x42f => char::from_u32(code + 32).unwrap_or(letter),
        0x400..=0x40f => char::from_u32(code + 80).unwrap_or(letter),
        _ => letter.to_ascii_lowercase(),
    }
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
