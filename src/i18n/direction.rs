//! Values that run from right to left, in sentences that run from left to right.

/// Puts `value` into a sentence, so that it turns around nothing but itself: a name in Hebrew draws the number behind it, or
/// the full stop, to its other side. What cannot turn anything goes in as it is, so that words are what they look like.
pub(crate) fn push_isolated(sentence: &mut String, value: &str) {
    let turns = value.chars().any(turns);
    if turns {
        sentence.push('\u{2068}');
    }
    sentence.push_str(value);
    if turns {
        sentence.push('\u{2069}');
    }
}

/// Whether a letter runs from right to left, or is a mark that makes others do so.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(letter, '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        || matches!(letter, '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::push_isolated;

    fn within(value: &str) -> String {
        let mut sentence = "Remove ".to_owned();
        push_isolated(&mut sentence, value);
        sentence
    }

    #[test]
    fn what_turns_is_kept_to_itself() {
        for value in ["דנה כהן", "سارة 3", "a\u{202e}b", "𞤀𞤣𞤤𞤢𞤥"] {
            assert_eq!(within(value), format!("Remove \u{2068}{value}\u{2069}"));
        }
    }

    #[test]
    fn what_does_not_is_as_it_was() {
        for value in ["Zoë Müller-Łukasz", "$1,234.50", "+1 215 555 0100", "田中", ""] {
            assert_eq!(within(value), format!("Remove {value}"));
        }
    }
}
