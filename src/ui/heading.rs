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

/// A button goes with its notice: whoever goes on by keyboard, or listens, goes on from the title of the screen.
pub(crate) fn focus_title(place: &El) {
    let mut around = place.element().parent_element();
    while let Some(element) = around {
        if let Ok(Some(title)) = element.query_selector("h1") {
            return El::from(title).focus_soon();
        }
        around = element.parent_element();
    }
}
