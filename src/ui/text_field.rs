//! A labelled one-line field, with its mark, counter and error tied to the input.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use super::icon::{self, icon};
use super::words;

/// How a field looks and what its browser hints are.
pub(crate) struct TextField {
    /// The input's id, unique within the widget; its error and counter take theirs from it.
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) required: bool,
    /// `text`, `email`, `password`.
    pub(crate) kind: &'static str,
    pub(crate) autocomplete: &'static str,
    /// `next`, `done`, `go`.
    pub(crate) enter: &'static str,
    /// For a control that is not a template field: its `name`.
    pub(crate) name: Option<&'static str>,
    /// For a template field: its token.
    pub(crate) token: Option<String>,
    /// What stands in it when it is drawn.
    pub(crate) value: Arc<str>,
}

/// What a [`TextField`] tells and asks while a person uses it.
pub(crate) struct TextFieldWatch {
    /// Each change of the text.
    pub(crate) input: UnsyncCallback<String>,
    /// The field was left.
    pub(crate) left: UnsyncCallback<()>,
    /// What is wrong with it now, if that is to be shown.
    pub(crate) error: Signal<Option<String>, LocalStorage>,
    /// How much of it there is, if that is to be shown.
    pub(crate) count: Option<Signal<Option<String>, LocalStorage>>,
}

/// The text in the input that an event is about.
pub(crate) fn text_of(event: &Event) -> String {
    let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.map(|input| input.value()).unwrap_or_default()
}

/// Draws the field.
pub(crate) fn text_field(field: TextField, watch: TextFieldWatch) -> AnyView {
    let TextFieldWatch { input, left, error, count } = watch;
    let error_id = format!("{}-error", field.id);
    let count_id = format!("{}-count", field.id);
    let described = {
        let (error_id, count_id) = (error_id.clone(), count_id.clone());
        move || {
            let counted = count.is_some_and(|count| count.get().is_some());
            match (error.get().is_some(), counted) {
                (true, true) => Some(format!("{error_id} {count_id}")),
                (true, false) => Some(error_id.clone()),
                (false, true) => Some(count_id.clone()),
                (false, false) => None,
            }
        }
    };
    let shown = RwSignal::new(false);
    let is_password = field.kind == "password";
    let kind = field.kind;
    let reveal = is_password.then(|| {
        let words = &words().sign_in;
        let name = move || if shown.get() { words.hide_password } else { words.show_password };
        view! {
            <button type="button" class="icon-button" data-action="show-password" aria-label=name
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| shown.update(|shown| *shown = !*shown)>
                {move || icon(if shown.get() { icon::EYE_OFF } else { icon::EYE })}
            </button>
        }
    });
    let control = view! {
        <input class="input" part="input" id=field.id.clone() name=field.name data-token=field.token
            type=move || if shown.get() { "text" } else { kind }
            prop:value=field.value.to_string()
            autocomplete=field.autocomplete
            enterkeyhint=field.enter
            autocapitalize=(kind != "text").then_some("none")
            spellcheck=(kind != "text").then_some("false")
            aria-required=field.required.then_some("true")
            aria-invalid=move || error.get().is_some().then_some("true")
            aria-describedby=described
            // An input that is taken out of the page while it has the focus is left after its callbacks are gone.
            on:input=move |event| { input.try_run(text_of(&event)); }
            on:blur=move |_| { left.try_run(()); } />
    };
    let mark = field.required.then(|| view! { <span class="mark" aria-hidden="true">"*"</span> });
    view! {
        <div class="field" part="field">
            <label class="label" for=field.id>{field.label}{mark}</label>
            <div class:with-button=is_password>{control}{reveal}</div>
            <div class="error" id=error_id hidden=move || error.get().is_none()>
                {icon(icon::WARNING)}<span>{move || error.get()}</span>
            </div>
            {count.map(|count| view! {
                <div class="count" id=count_id hidden=move || count.get().is_none()>{move || count.get()}</div>
            })}
        </div>
    }
    .into_any()
}
