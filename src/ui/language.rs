//! The words that a screen is drawn with.

use leptos::prelude::use_context;

use crate::i18n::{Locale, Messages};

/// The words of the language in force where this is called: while a screen is drawn, not in what it does later.
///
/// Not a signal: when the language changes, the screens are drawn again from their state. Not `expect_context`, whose words for
/// what cannot be are kilobytes.
pub(crate) fn words() -> Messages {
    use_context().unwrap_or_else(|| Messages::of(Locale::default()))
}
