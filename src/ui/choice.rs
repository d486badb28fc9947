//! One of several: radio buttons, each with as much beside it as the choice needs.

use std::rc::Rc;

use leptos::prelude::untrack;

use super::dom::{El, el};

/// A group of radio buttons with a name that is read out.
pub(crate) fn choices(label: &str, options: impl IntoIterator<Item = El>) -> El {
    el("div").class("choices").attr("role", "radiogroup").attr("aria-label", label).children(options)
}

/// One of them: `name` is the group's, `value` tells it from the others.
pub(crate) fn choice(
    name: &str,
    value: &str,
    content: El,
    is_chosen: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) -> El {
    let input = el("input").attr("type", "radio").attr("name", name).attr("value", value);
    let shown = input.clone();
    let is_chosen = Rc::new(is_chosen);
    let is_known = is_chosen.clone();
    super::dom::watch(Box::new(move || shown.input().set_checked(is_chosen())));
    let input = input.on("change", move |_| {
        if !untrack(|| is_known()) {
            choose();
        }
    });
    el("label").class("choice").attr("part", "choice").child(input).child(content)
}
