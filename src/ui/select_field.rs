//! A labelled choice from a list, with its error tied to it.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use super::dom::{El, el};
use super::text_field::error_line;

/// How a choice looks, and what it tells and asks while a person uses it.
pub(crate) struct SelectField<'a> {
    /// The list's id, unique within the widget; its error takes its own from it.
    pub(crate) id: &'a str,
    pub(crate) label: &'a str,
    pub(crate) required: bool,
    pub(crate) autocomplete: &'static str,
    pub(crate) name: &'static str,
    /// What stands there while nothing is chosen.
    pub(crate) nothing: &'a str,
    /// Value and text of each that can be chosen.
    pub(crate) options: &'a [(String, String)],
    /// The value that is chosen when it is drawn; of none of the options, nothing is.
    pub(crate) value: &'a str,
    /// Each change of the choice, whoever made it.
    pub(crate) chosen: Box<dyn Fn(String)>,
    /// The list was left.
    pub(crate) left: Box<dyn Fn()>,
    /// What is wrong with it now, if that is to be shown.
    pub(crate) error: Rc<dyn Fn() -> Option<String>>,
}

/// Draws the field.
pub(crate) fn select_field(field: SelectField<'_>) -> El {
    let SelectField { chosen, left, error, .. } = field;
    let error_id = [field.id, "-error"].concat();
    let option = |value: &str, text: &str| {
        let is_chosen = (value == field.value).then_some("");
        el("option").attr("value", value).attr_opt("selected", is_chosen).text(text)
    };
    let nothing = option("", field.nothing);
    let options = field.options.iter().map(|(value, text)| option(value, text));
    let (is_wrong, described, error_id_of) = (error.clone(), error.clone(), error_id.clone());
    let list = el("select")
        .class("input")
        .attr("part", "input")
        .attr("id", field.id)
        .attr("name", field.name)
        .attr("autocomplete", field.autocomplete)
        .attr_opt("aria-required", field.required.then_some("true"))
        .live_true("aria-invalid", move || is_wrong().is_some())
        .live_attr("aria-describedby", move || described().map(|_| error_id_of.clone()))
        .child(nothing)
        .children(options);
    let shown = list.clone();
    let seen = std::cell::RefCell::new(field.value.to_owned());
    // It may be told more than once: see the element's class.
    let list = list.on("change", move |_| {
        let value = shown.element().unchecked_ref::<HtmlSelectElement>().value();
        if seen.replace(value.clone()) != value {
            chosen(value);
        }
    });
    let list = list.on("blur", move |_| left());
    let label = el("label").class("label").attr("for", field.id).text(field.label);
    el("div").class("field").attr("part", "field").child(label).child(list).child(error_line(&error_id, error))
}
