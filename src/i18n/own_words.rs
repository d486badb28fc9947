//! A page's own words in place of ours: which there may be, and what is said of those there may not. Fetched only for a page that
//! has some, and so it names no section's texts: they stay where they are said.

use std::cell::RefCell;

use super::own::{OURS, OwnWords, Speech, Speeches, Texts};
use super::strings::Strings;
use super::{Locale, Messages, keys};

/// What a page gives: for each key its text, or none where that is no text; nothing where it is no object at all.
pub(crate) type Given = Option<Vec<(String, Option<String>)>>;

/// The section of what is said while there is no Rust, or no longer: see `src/element/instant-card.js`.
const LOAD: (&str, &str) = (
    "load",
    "loading;retry;network;offline;part file;missing status file;page file;version;reload;blocked directive address;file;old;panic;",
);

/// Words in place of ours: of which section, which text of it, and what it says.
type Entry = (usize, usize, &'static str);

struct Set {
    speeches: &'static Speeches,
    entries: Vec<Entry>,
    /// Sections with the page's own words in them, by what they are in place of.
    made: Vec<(u8, Texts, Texts)>,
}

thread_local! {
    /// Every set of words that was ever used on the page. They are kept: what says them may be anywhere, and they are few.
    static SETS: RefCell<Vec<Set>> = const { RefCell::new(Vec::new()) };
}

/// The page's own words; none where it gives none. Or, in the language in force, a sentence for each that cannot be used.
pub(crate) fn own_words(given: Given, locale: Locale) -> Result<Option<OwnWords>, Vec<String>> {
    let words = Messages::of(locale).strings();
    let Some(given) = given else { return Err(vec![words.not_texts.to_string()]) };
    let (mut entries, mut flaws) = (Vec::new(), Vec::new());
    for (key, text) in given {
        match entry(words, &key, text) {
            Ok((section, at, text)) => entries.push((section, at, text)),
            Err(flaw) => flaws.push(flaw),
        }
    }
    match (flaws.is_empty(), entries.is_empty()) {
        (false, _) => Err(flaws),
        (true, true) => Ok(None),
        (true, false) => Ok(Some(OwnWords(SETS.with_borrow_mut(|sets| set_of(sets, entries))))),
    }
}

/// What one key and its text come to, or what is wrong with them.
fn entry(words: &Strings, key: &str, text: Option<String>) -> Result<(usize, usize, String), String> {
    let found = key.split_once('.').and_then(|(section, name)| {
        let place = keys().iter().chain([&LOAD]).position(|(known, _)| *known == section)?;
        let (_, keys) = keys().get(place).unwrap_or(&LOAD);
        let mut each = keys.split_terminator(';').map(|key| key.split(' '));
        let at = each.clone().position(|mut key| key.next() == Some(name))?;
        Some((place, at, each.nth(at)?.skip(1)))
    });
    let Some((section, at, places)) = found else { return Err(words.unknown(key)) };
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Err(words.not_text(key)) };
    let braced = |place: &str| ["{", place, "}"].concat();
    if let Some(lacking) = places.clone().map(braced).find(|place| !text.contains(place.as_str())) {
        return Err(words.lacks(key, &lacking));
    }
    let said = text.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    match said.map(|(name, _)| name).find(|name| !places.clone().any(|place| place == *name)) {
        Some(unknown) => Err(words.unknown_place(key, &braced(unknown))),
        None => Ok((section, at, text)),
    }
}

/// The set with these entries: a page that gives the same words again and again has one.
fn set_of(sets: &mut Vec<Set>, entries: Vec<(usize, usize, String)>) -> &'static Speeches {
    let is_same = |set: &Set| {
        let pairs = set.entries.iter().zip(&entries);
        set.entries.len() == entries.len()
            && pairs.into_iter().all(|(one, other)| (one.0, one.1) == (other.0, other.1) && one.2 == other.2)
    };
    if let Some(same) = sets.iter().find(|set| is_same(set)) {
        return same.speeches;
    }
    let kept = entries.into_iter().map(|(section, at, text)| -> Entry { (section, at, text.leak()) });
    let first = (sets.len() + 1) as u32 * 2;
    let speech = |ours: &Speech| Speech { locale: ours.locale, number: first + ours.number, section: Some(said_in) };
    let speeches: &Speeches = Box::leak(Box::new(OURS.each_ref().map(speech)));
    sets.push(Set { speeches, entries: kept.collect(), made: Vec::new() });
    speeches
}

/// What a section says with the words of a set in place of some of `ours`: made once, and kept.
fn said_in(number: u32, section: u8, ours: Texts) -> Texts {
    SETS.with_borrow_mut(|sets| {
        let Some(set) = sets.get_mut((number as usize / 2).wrapping_sub(1)) else { return ours };
        let is_made = |made: &&(u8, Texts, Texts)| made.0 == section && std::ptr::eq(made.1, ours);
        if let Some((_, _, made)) = set.made.iter().find(is_made) {
            return made;
        }
        let mut texts = ours.to_vec();
        for (_, at, text) in set.entries.iter().filter(|entry| entry.0 == usize::from(section)) {
            texts.iter_mut().skip(*at).take(1).for_each(|ours| *ours = text);
        }
        let made: Texts = texts.leak();
        set.made.push((section, ours, made));
        made
    })
}

#[cfg(test)]
mod tests;
