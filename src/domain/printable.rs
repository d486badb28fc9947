//! What of a text may come out on a card otherwise than it was typed.
//!
//! Which fonts the card's printer has is nowhere said, nor how much room a text has; the preview comes back as a picture, in which
//! nobody looks for missing letters but the person. So what is known to go wrong is told, to be looked at: it stops nobody.

/// A text of more columns is mostly printed small, or cut: a card of 85.6 mm has room for about so many letters beside a photo.
const LONG: usize = 32;

/// What may go wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// It has emoji: coloured pictures, of which a printer's fonts have none.
    Emoji,
    /// It is written from right to left, and its letters may be joined: Arabic, Hebrew.
    RightToLeft,
    /// It has characters of Chinese, Japanese or Korean.
    EastAsian,
    /// It has characters of other scripts than Latin, Greek and Cyrillic, symbols, letters made of symbols, or accents piled up.
    Rare,
    /// It is long for a card.
    Long,
}

/// What may go wrong with a text that is [`super::text::clean`]; each once, in the order of [`Doubt`].
pub fn doubts(text: &str) -> Vec<Doubt> {
    let (mut columns, mut accents) = (0_usize, 0);
    let mut found = [false; 5];
    let mut note = |doubt: Doubt| {
        if let Some(place) = found.get_mut(doubt as usize) {
            *place = true;
        }
    };
    for letter in text.chars() {
        let is_accent = matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}');
        accents = if is_accent { accents + 1 } else { 0 };
        if accents > 2 {
            note(Doubt::Rare);
        }
        let doubt = doubt(u32::from(letter));
        if let Some(doubt) = doubt {
            note(doubt);
        }
        columns += match doubt {
            _ if is_accent || is_part(letter) => 0,
            Some(Doubt::Emoji | Doubt::EastAsian) => 2,
            _ => 1,
        };
    }
    if columns > LONG {
        note(Doubt::Long);
    }
    let all = [Doubt::Emoji, Doubt::RightToLeft, Doubt::EastAsian, Doubt::Rare, Doubt::Long];
    all.into_iter().filter(|doubt| found.get(*doubt as usize) == Some(&true)).collect()
}

/// Whether it only says how the character before it is meant, or that two belong together.
fn is_part(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
}

/// What may go wrong with a character by itself.
fn doubt(letter: u32) -> Option<Doubt> {
    Some(match letter {
        // Latin with its accents and phonetic letters, Greek, Cyrillic.
        0..=0x52f | 0x1c80..=0x1c8f | 0x1d00..=0x1fff | 0x2c60..=0x2c7f | 0x2de0..=0x2dff => return None,
        0xa640..=0xa69f | 0xa720..=0xa7ff | 0xab30..=0xab6f | 0xfb00..=0xfb06 => return None,
        // Punctuation, raised and lowered digits, the euro, the numero and the trademark sign; variants.
        0x2000..=0x209c | 0x20ac | 0x2116 | 0x2122 | 0xfe00..=0xfe0e => return None,
        // A variant in colour, a keycap; pictures among the symbols; pictures, and the letters of a flag's name.
        0xfe0f | 0x20e3 | 0x231a | 0x231b | 0x23e9..=0x23fa | 0x2600..=0x27bf | 0x2b1b | 0x2b1c | 0x2b50 | 0x2b55 => {
            Doubt::Emoji
        }
        0x1_f000..=0x1_faff | 0xe_0020..=0xe_007f => Doubt::Emoji,
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff => {
            Doubt::RightToLeft
        }
        0x1100..=0x11ff | 0x2e80..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xf900..=0xfaff => Doubt::EastAsian,
        0xfe30..=0xfe4f | 0xff00..=0xffef | 0x1_aff0..=0x1_b2ff | 0x2_0000..=0x3_ffff => Doubt::EastAsian,
        _ => Doubt::Rare,
    })
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use crate::domain::text::{clean, printed};
    use proptest::prelude::*;

    use Doubt::*;

    #[test]
    fn names_of_europe_are_printed_as_they_are() {
        for text in [
            "",
            "Ana Núñez-O’Brien",
            "Đặng Thị Thu Hằng",
            "Łukasz Żółć, Ph.D.",
            "Σωκράτης Παπαδόπουλος",
            "Ольга Ёлкина",
            "№ 7 – “R&D” (50 % €) ½ m²",
            "e\u{301}\u{323}te\u{301}",
            "Jean-Baptiste Müller von Hohenfe",
        ] {
            assert_eq!(doubts(text), [], "{text}");
        }
    }

    #[test]
    fn what_a_printer_may_not_have_is_told() {
        for (text, told) in [
            ("Ana 🎉", &[Emoji][..]),
            ("👨‍👩‍👧‍👦", &[Emoji]),
            ("🏴\u{e0067}\u{e0062}\u{e007f} 🇲🇽", &[Emoji]),
            ("I ❤ NY", &[Emoji]),
            ("1\u{fe0f}\u{20e3}", &[Emoji]),
            ("©\u{fe0f}", &[Emoji]),
            ("محمد علي", &[RightToLeft]),
            ("ﻣﺤﻤﺪ", &[RightToLeft]),
            ("שָׁלוֹם", &[RightToLeft]),
            ("张伟", &[EastAsian]),
            ("さくら カタカナ", &[EastAsian]),
            ("김민준", &[EastAsian]),
            ("\u{1100}\u{1161}", &[EastAsian]),
            ("Ａｎａ", &[EastAsian]),
            ("𠮷野", &[EastAsian]),
            ("अनिता", &[Rare]),
            ("สมชาย", &[Rare]),
            ("Հայկ", &[Rare]),
            ("𝓐𝓷𝓪", &[Rare]),
            ("↑ ▲ ₽", &[Rare]),
            ("Z\u{300}\u{301}\u{302}algo", &[Rare]),
            ("\u{e000}", &[Rare]),
            ("张伟 محمد 🎉 अ", &[Emoji, RightToLeft, EastAsian, Rare]),
            ("Jean-Baptiste Müller von Hohenfel", &[Long]),
            ("María de los Ángeles Fernández-Villalobos y Ruiz de la P", &[Long]),
            ("一二三四五六七八九十一二三四五六七", &[EastAsian, Long]),
        ] {
            assert_eq!(doubts(text), told, "{text}");
        }
    }

    #[test]
    fn accents_and_parts_take_no_room() {
        assert_eq!(doubts(&"e\u{301}".repeat(32)), []);
        assert_eq!(doubts(&"👍🏽".repeat(16)), [Emoji]);
        assert_eq!(doubts(&"👍🏽".repeat(17)), [Emoji, Long]);
    }

    proptest! {
        #[test]
        fn anything_is_read(text in "\\PC{0,80}") {
            let text = clean(&text);
            let found = doubts(printed(&text));
            prop_assert!(found.windows(2).all(|two| two[0] < two[1]), "each once, in their order");
            // What goes wrong by itself goes wrong in company.
            let more = doubts(&[&text, " and more"].concat());
            prop_assert!(found.iter().all(|doubt| more.contains(doubt)));
        }

        #[test]
        fn plain_texts_are_never_doubted(text in "[ -~À-ſ]{0,32}") {
            prop_assert_eq!(doubts(&text), []);
        }
    }
}
