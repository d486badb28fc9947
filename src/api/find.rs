//! Finding a text in another one. The standard library's way is a fine searcher for long texts, of kilobytes of code; here
//! an address or a label is looked through once.

/// What stands before and behind the first `mark` in `text`.
pub(crate) fn cut<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let bytes = text.as_bytes();
    let at = (0..=bytes.len().checked_sub(mark.len())?).find(|at| bytes[*at..].starts_with(mark.as_bytes()))?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}

/// Whether `mark` stands in `text`.
pub(crate) fn has(text: &str, mark: &str) -> bool {
    cut(text, mark).is_some()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_finds_what_the_standard_library_finds(text in "[ab\u{e9}{}]{0,12}", mark in "[ab\u{e9}{]{1,3}") {
            prop_assert_eq!(cut(&text, &mark), text.split_once(mark.as_str()));
            prop_assert_eq!(has(&text, &mark), text.contains(mark.as_str()));
        }
    }
}
