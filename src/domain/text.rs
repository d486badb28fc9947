//! What of a text is printed: letters, and nothing that nobody sees.
//!
//! What is pasted brings along marks that turn the text around, spaces of no width, a tab at its end. On a card they print a
//! name backwards, or stand for a name where there is none. Passwords are never touched: there every character counts.
//!
//! That a letter with an accent is one character and not two ("é", NFC) is the browser's to see to, whose tables it has;
//! [`clean`] comes first, since what stands between a letter and its accent keeps them apart.

mod joiners;

use self::joiners::{takes_joiner, takes_non_joiner};

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';

/// The text without what cannot be seen: control characters, marks of direction, characters without a width. U+200C and
/// U+200D stay where they are part of the writing, or of an emoji. A tab becomes a space, line ends stay.
///
/// Spaces at the ends stay too, since somebody may be about to type on: [`printed`] leaves them out.
pub fn clean(text: &str) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut before = ' ';
    for letter in text.chars() {
        let is_told = before == '\r' && letter == '\n';
        before = letter;
        let letter = match letter {
            '\r' => '\n',
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            letter => letter,
        };
        if !is_told && !is_taken_out(letter, kept.last().copied()) {
            kept.push(letter);
        }
    }
    let mut out: Vec<char> = Vec::new();
    for (place, letter) in kept.iter().enumerate() {
        let behind = kept.get(place + 1..).unwrap_or_default();
        let stays = match *letter {
            NON_JOINER => takes_non_joiner(&out, behind),
            JOINER => takes_joiner(&out) || is_within_emoji(&out, behind),
            _ => true,
        };
        if stays {
            out.push(*letter);
        }
    }
    out.into_iter().collect()
}

/// What is printed of a text that is [`clean`]: it without the spaces at its ends, and nothing where there is nothing to see.
pub fn printed(text: &str) -> &str {
    if text.chars().any(is_seen) { text.trim() } else { "" }
}

/// Whether a character is none that is printed, behind the one that stands `before` it.
fn is_taken_out(letter: char, before: Option<char>) -> bool {
    match u32::from(letter) {
        0xa => false,
        // Controls; soft hyphen, grapheme joiner, marks of direction, Khmer's and Mongolian's own, fillers, byte order mark.
        0..=0x1f | 0x7f..=0x9f | 0xad | 0x34f | 0x61c | 0x17b4 | 0x17b5 | 0x180e | 0x200b | 0x200e | 0x200f => true,
        0x202a..=0x202e | 0x2060..=0x206f | 0x3164 | 0xfeff | 0xffa0 | 0xfff0..=0xfffb => true,
        0x1_bca0..=0x1_bca3 | 0x1_d173..=0x1_d17a => true,
        // Which variant of the letter before it is meant.
        0x180b..=0x180f | 0xfe00..=0xfe0f | 0xe_0100..=0xe_01ef => !before.is_some_and(is_seen),
        // The letters of a flag's name stand behind the flag.
        0xe_0020..=0xe_007f => !matches!(before, Some('\u{1f3f4}' | '\u{e0020}'..='\u{e007f}')),
        0xe_0000..=0xe_0fff => true,
        _ => false,
    }
}

/// Whether there is something to see of a character.
fn is_seen(letter: char) -> bool {
    let is_blank = matches!(letter, '\u{115f}' | '\u{1160}' | '\u{2800}' | NON_JOINER | JOINER);
    !is_blank && !letter.is_whitespace()
}

/// Whether what is `before` may be joined with what is `behind` to one emoji; also some that are none, beside which a joiner
/// does no harm.
fn is_within_emoji(before: &[char], behind: &[char]) -> bool {
    let is_pictographic = |letter: &char| matches!(letter, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}');
    // Its variant, and the end of a flag's name.
    let is_end = |letter: &char| matches!(letter, '\u{fe0f}' | '\u{e007f}') || is_pictographic(letter);
    before.last().is_some_and(is_end) && behind.first().is_some_and(is_pictographic)
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
