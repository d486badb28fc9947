//! The words that a screen is drawn with.

use crate::i18n::Messages;

/// The words of the language in force where this is called: while a screen is drawn, not in what it does later.
///
/// Not a signal: when the language changes, the screens are drawn again from their state.
pub(crate) fn words() -> Messages {
    leptos::prelude::expect_context()
}
