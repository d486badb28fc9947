//! Finding a text in another one. The standard library's way is a fine searcher for long texts, of kilobytes of code; here
//! an address, a label or what a card says is looked through.

/// What stands before and behind the first `mark` in `text`.
pub(crate) fn cut<'a>(text: &'a str, mark: &str) -> Option<(&'a str, &'a str)> {
    let Some((first, rest)) = mark.as_bytes().split_first() else { return Some(("", text)) };
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| byte == first)?;
        if bytes.get(at + 1..)?.starts_with(rest) {
            return Some((text.get(..at)?, text.get(at + mark.len()..)?));
        }
        at += 1;
    }
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
