//! Which words are in force: a language's, or those with a page's own in place of some. What is behind a page's own is fetched
//! only for a page that has some (see [`super::own_words`]).

use super::Locale;

/// The texts of a section, in their order.
pub(super) type Texts = &'static [&'static str];

/// The words of one language, ours or with a page's own in place of some.
pub(super) struct Speech {
    pub(super) locale: Locale,
    /// Another one for each.
    pub(super) number: u32,
    /// The texts of a section, by its number, with the page's own in place of some of ours: as many as those are. None where all
    /// are ours.
    pub(super) section: Option<fn(u32, u8, Texts) -> Texts>,
}

/// The words of each language, in the order of [`Locale::ALL`].
pub(super) type Speeches = [Speech; 2];

/// Our own.
pub(super) static OURS: Speeches =
    [Speech { locale: Locale::En, number: 0, section: None }, Speech { locale: Locale::Es, number: 1, section: None }];

/// A page's own words, in every language. A handle, freely copied.
#[derive(Clone, Copy)]
pub struct OwnWords(pub(super) &'static Speeches);

/// Each set of words has one place.
impl PartialEq for OwnWords {
    fn eq(&self, other: &OwnWords) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for OwnWords {}

impl std::fmt::Debug for OwnWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnWords")
    }
}
