//! The way from a step to the next one.

use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// The button that closes a step and opens the next one.
pub(super) fn go_on(act: impl Fn() + 'static) -> El {
    el("div").class("actions").child(button("button primary", "continue", words().checkout().go_on, act))
}
