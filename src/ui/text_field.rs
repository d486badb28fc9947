//! A labelled one-line field, with its mark, counter and error tied to the input.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::set_timeout;

use super::button::blank;
use super::dom::{El, el};
use super::icon::{self, icon};
use super::language::words;
use crate::reactive::Var;

/// How a field looks, what its browser hints are, and what it tells and asks while a person uses it.
pub(crate) struct TextField<'a> {
    /// The input's id, unique within the widget; its error and counter take theirs from it.
    pub(crate) id: &'a str,
    pub(crate) label: &'a str,
    pub(crate) required: bool,
    /// `text`, `email`, `password`.
    pub(crate) kind: &'static str,
    pub(crate) autocomplete: &'static str,
    /// `next`, `done`, `go`.
    pub(crate) enter: &'static str,
    /// For a control that is not a template field: its `name`.
    pub(crate) name: Option<&'static str>,
    /// For a template field: its token.
    pub(crate) token: Option<&'a str>,
    /// What stands in it when it is drawn.
    pub(crate) value: &'a str,
    /// Each change of the text, whoever made it.
    pub(crate) input: Box<dyn Fn(String)>,
    /// The field was left.
    pub(crate) left: Box<dyn Fn()>,
    /// What is wrong with it now, if that is to be shown.
    pub(crate) error: Rc<dyn Fn() -> Option<String>>,
    /// How much of it there is, if that is to be shown.
    pub(crate) count: Option<Rc<dyn Fn() -> Option<String>>>,
}

/// How long it takes until it is said what is wrong with a field that was left. Whoever left it by pressing a button is to
/// have released it by then: a line that comes up between the two would move the button away from under the finger.
const LEAVING: Duration = Duration::from_millis(200);

/// Draws the field.
pub(crate) fn text_field(field: TextField<'_>) -> El {
    text_field_with(field, "").0
}

/// Draws the field, with a line of help below it where `help` says something. Gives its input, too: for further hints to
/// the browser, or where the text shall be nowhere else.
pub(crate) fn text_field_with(field: TextField<'_>, help: &str) -> (El, El) {
    let TextField { input, left, error, count, kind, .. } = field;
    let error_id = [field.id, "-error"].concat();
    let count_id = [field.id, "-count"].concat();
    let help_id = (!help.is_empty()).then(|| [field.id, "-help"].concat());
    let help = help_id.as_ref().map(|id| el("div").class("help").attr("id", id).text(help));
    let left: Rc<dyn Fn()> = left.into();
    let is_password = kind == "password";

    let control = el("input");
    // One that stood there before may be shown already.
    let shown = Var::new(is_password && control.element().get_attribute("type").as_deref() == Some("text"));
    let control = control
        .class("input")
        .attr("part", "input")
        .attr("id", field.id)
        .attr_opt("name", field.name)
        .attr_opt("data-token", field.token)
        .attr("autocomplete", field.autocomplete)
        .attr("enterkeyhint", field.enter)
        .attr_opt("autocapitalize", (kind != "text").then_some("none"))
        .attr_opt("spellcheck", (kind != "text").then_some("false"))
        .attr_opt("aria-required", field.required.then_some("true"))
        // A text runs as its letters do; an address of mail, a number or a password does not turn around.
        .attr("dir", if kind == "text" { "auto" } else { "ltr" })
        .live_attr("type", move || Some(if shown.get() { "text" } else { kind }.to_string()));
    let control = control.value(field.value);
    let control = {
        let error = error.clone();
        control.live_true("aria-invalid", move || error().is_some())
    };
    let control = {
        let (error, count, ids) = (error.clone(), count.clone(), (error_id.clone(), count_id.clone()));
        control.live_attr("aria-describedby", move || {
            let wrong = error().map(|_| ids.0.as_str());
            let counted = count.as_ref().and_then(|count| count()).map(|_| ids.1.as_str());
            let ids: Vec<&str> = wrong.into_iter().chain(counted).chain(help_id.as_deref()).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        })
    };
    let typed = control.clone();
    let seen = RefCell::new(typed.input().value());
    let look: Rc<dyn Fn()> = Rc::new(move || {
        let text = typed.input().value();
        if seen.replace(text.clone()) != text {
            input(text);
        }
    });
    let look_again = look.clone();
    // What is filled in may be told as a change only, or by the element's class.
    let control = control.on("input", move |_| look()).on("change", move |_| look_again()).on("blur", move |_| {
        let left = left.clone();
        set_timeout(
            move || {
                // Taken out by what was clicked on: nobody is there to be told.
                if !shown.is_gone() {
                    left();
                }
            },
            LEAVING,
        );
    });

    let mut row = el("div").child(control.clone());
    if is_password {
        row = row.class("with-button").child(reveal(shown));
    }
    let label = el("label").class("label").attr("for", field.id).text(field.label);
    let count = count.map(|count| {
        let is_shown = count.clone();
        el("div")
            .class("count")
            .attr("id", &count_id)
            .hidden(move || is_shown().is_none())
            .live_text(move || count().unwrap_or_default())
    });
    let wrong = error_line(&error_id, error);
    let field = el("div").class("field").attr("part", "field").child(label).child(row);
    (field.children(help).child(wrong).children(count), control)
}

/// The line in which a field's error stands while there is one.
pub(crate) fn error_line(id: &str, error: Rc<dyn Fn() -> Option<String>>) -> El {
    let is_shown = error.clone();
    el("div")
        .class("error")
        .attr("id", id)
        .hidden(move || is_shown().is_none())
        .child(icon(icon::WARNING))
        .child(el("span").live_text(move || error().unwrap_or_default()))
}

/// The button that shows and hides a password.
fn reveal(shown: Var<bool>) -> El {
    let words = words().sign_in();
    blank("icon-button", "show-password", move || shown.update(|shown| *shown = !*shown))
        .live_attr("aria-label", move || {
            Some(if shown.get() { words.hide_password } else { words.show_password }.to_string())
        })
        .live_bool("aria-pressed", move || shown.get())
        .live(move || Some(icon(if shown.get() { icon::EYE_OFF } else { icon::EYE })))
}
