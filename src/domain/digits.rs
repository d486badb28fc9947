//! Digits as people's keyboards write them: `１２`, `١٢` and `۱۲` are 12.
//!
//! An input method for Japanese or Chinese leaves full-width digits and signs, an Arabic or Persian keyboard types its own.
//! What is counted, paid, or sent to be found by, is read from all of them alike.

use super::text::clean;

/// The letter as ASCII has it, where it is a digit or a full-width sign, or parts the digits of a number in Arabic; any other
/// one as it is.
pub fn plain(letter: char) -> char {
    let code = u32::from(letter);
    let ascii = match code {
        // `٠`, `۰`, and from `！` to `～`.
        0x660..=0x669 => code - 0x660 + 0x30,
        0x6f0..=0x6f9 => code - 0x6f0 + 0x30,
        0xff01..=0xff5e => code - 0xff01 + 0x21,
        // `٫` begins the decimals, `٬` parts the thousands, and a full-width space is one.
        0x66b => 0x2e,
        0x66c => 0x2c,
        0x3000 => 0x20,
        _ => code,
    };
    char::from_u32(ascii).unwrap_or(letter)
}

/// A text with each of its letters [`plain`], and without what nobody sees: what is pasted brings along marks of direction.
pub fn plain_text(text: &str) -> String {
    clean(text).chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cart::copies_typed;
    use crate::domain::money::Money;

    #[test]
    fn digits_of_other_keyboards_are_digits() {
        assert_eq!(plain_text("０１２３４５６７８９"), "0123456789");
        assert_eq!(plain_text("٠١٢٣٤٥٦٧٨٩"), "0123456789");
        assert_eq!(plain_text("۰۱۲۳۴۵۶۷۸۹"), "0123456789");
        assert_eq!(plain_text("１２／２９　＄１，２３４．５０"), "12/29 $1,234.50");
        assert_eq!(plain_text("١٬٢٣٤٫٥٠"), "1,234.50");
    }

    #[test]
    fn what_nobody_sees_is_not_in_the_way() {
        for mark in ['\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{feff}', '\u{200b}'] {
            let pasted = [mark, '٥', mark, '0', mark].into_iter().collect::<String>();
            assert_eq!(plain_text(&pasted), "50", "{}", mark.escape_unicode());
            assert_eq!(Money::typed(&pasted), Some(Money::usd(5000)));
            assert_eq!(copies_typed(&pasted), Some(50));
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in ["", "4242 - 4242", "Zoë", "ي۾", "｟、", "１२"] {
            let kept: String = plain_text(text)
                .chars()
                .zip(text.chars())
                .filter(|(new, old)| new != old)
                .map(|(new, _)| new)
                .collect();
            assert!(kept.chars().all(|letter| letter.is_ascii_digit()), "{text}: {kept}");
        }
    }
}
