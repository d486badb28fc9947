//! Buttons: a verb and its object.

use std::rc::Rc;

use super::dom::{El, el};

/// Something to do, as a button or a field tells it.
pub(crate) type Act = Rc<dyn Fn()>;

/// A button with a text; `kind` is its class, `action` the hook for tests and a site's analytics.
pub(crate) fn button(kind: &str, action: &str, text: &str, act: impl Fn() + 'static) -> El {
    blank(kind, action, act).text(text)
}

/// A button whose content is still to come.
pub(crate) fn blank(kind: &str, action: &str, act: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").class(kind).attr("data-action", action).on("click", move |_| act())
}

/// The button that a form is sent with.
pub(crate) fn submit(action: &str, text: impl Fn() -> &'static str + 'static, busy: impl Fn() -> bool + 'static) -> El {
    // Not `disabled`: that would take the focus away from whoever has just pressed it.
    el("button")
        .attr("type", "submit")
        .class("button primary")
        .attr("data-action", action)
        .live_true("aria-disabled", busy)
        .live_text(move || text().to_string())
}
