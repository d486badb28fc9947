//! The head of a screen: its title, which takes the focus when the screen comes up, and a line below it.

use super::dom::{El, el};

/// The head of a screen. With `focus`, the title takes the focus once it stands in the page, so that a person who does
/// not see the change hears it.
pub(crate) fn heading(title: &str, hint: &str, focus: bool) -> El {
    let head = el("h1").attr("tabindex", "-1").attr("part", "title").text(title);
    if focus {
        head.focus_soon();
    }
    let hint = (!hint.is_empty()).then(|| el("p").text(hint));
    el("header").class("head").child(head).children(hint)
}
