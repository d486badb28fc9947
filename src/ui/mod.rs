//! Small pieces that screens share. None of them knows a screen, or the network.

pub(crate) mod button;
pub(crate) mod card_face;
pub(crate) mod choice;
pub mod crop_frame;
pub(crate) mod dialog;
pub mod dom;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod in_view;
pub mod keyed;
pub(crate) mod notice;
pub(crate) mod one_click;
pub(crate) mod text_field;
pub(crate) mod when;

use std::rc::Rc;

use crate::i18n::Messages;

/// Something to do, as a button or a field tells it.
pub(crate) type Act = Rc<dyn Fn()>;

/// The words of the language in force where this is called: while a screen is drawn, not in what it does later.
///
/// Not a signal: when the language changes, the screens are drawn again from their state.
pub(crate) fn words() -> Messages {
    leptos::prelude::expect_context()
}
