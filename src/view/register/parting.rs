//! Buttons that are gone once they have done what they do.

use crate::ui::button::blank;
use crate::ui::dom::El;
use crate::ui::heading::focus_title;

/// A button that goes with what it does: the focus goes on to the title of the screen.
pub(super) fn parting(kind: &str, action: &str, text: &str, act: impl Fn() + 'static) -> El {
    let button = blank(kind, action, || {}).text(text);
    let this = button.clone();
    button.on("click", move |_| {
        focus_title(&this);
        act();
    })
}
