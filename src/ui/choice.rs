//! One of several: radio buttons, each with as much beside it as the choice needs.

use std::rc::Rc;

use leptos::prelude::untrack;

use super::dom::{El, el, watch};

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
    made(name, value, content, Rc::new(is_chosen), Box::new(choose))
}

/// Compiled once, whatever is to be chosen.
fn made(name: &str, value: &str, content: El, is_chosen: Rc<dyn Fn() -> bool>, choose: Box<dyn Fn()>) -> El {
    let input = el("input").attr("type", "radio").attr("name", name).attr("value", value);
    let (shown, is_known) = (input.clone(), is_chosen.clone());
    watch(Box::new(move || shown.input().set_checked(is_chosen())));
    // It may be told more than once: see the element's class.
    let input = input.on("change", move |_| {
        if !untrack(|| is_known()) {
            choose();
        }
    });
    el("label").class("choice").attr("part", "choice").child(input).child(content)
}
