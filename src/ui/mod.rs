//! Small pieces that screens share. None of them knows a screen, or the network.

pub(crate) mod card_face;
pub mod crop_frame;
pub(crate) mod dialog;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod text_field;

use crate::i18n::Messages;

/// The words of the language in force where this is called.
///
/// Not a signal: when the language changes, the screens are drawn again from their state.
pub(crate) fn words() -> &'static Messages {
    leptos::prelude::expect_context()
}
