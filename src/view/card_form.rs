//! The form of a card: one control for each of the template's fields, and the card beside it.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node, ShadowRoot, SubmitEvent};

use super::app::{App, At, Load, Shown, Work};
use super::photo::PhotoPicker;
use super::photo_step::ratio_of;
use super::preview::front_of;
use super::templates::name_of;
use crate::api::{Field, Template};
use crate::domain::config::Mode;
use crate::domain::draft::{Draft, Problem, Value};
use crate::domain::field::{COUNT_FROM, Role, TEXT_LIMIT, autocomplete, is_required};
use crate::i18n::Messages;
use crate::media::blob_url::BlobUrl;
use crate::ui::card_face::sketch;
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::{notice, worded};
use crate::ui::text_field::{TextField, TextFieldWatch, text_field};
use crate::ui::words;

/// The form screen; its fields may still be on their way.
pub(super) fn screen(app: App) -> AnyView {
    let all = words();
    let focus = app.moved.get_untracked();
    let name = Memo::new(move |_| {
        let drafted = app.draft.with(|draft| draft.as_ref().map(|draft| draft.template.clone()));
        drafted.or_else(|| app.opening.with(|opening| opening.as_ref().map(|(template, _)| template.clone())))
    });
    // Only another template makes another form; what is typed into this one does not.
    let fields = Memo::new(move |_| app.draft.with(|draft| draft.as_ref().map(|draft| (draft.template_id(), draft.fields().len()))));
    let content = move || match fields.get() {
        Some(_) => form(app),
        None => waiting(app, all),
    };
    let title = move || name.get().map(|template| name_in(all, &template)).unwrap_or_default();
    view! {
        <section data-screen="card-form">
            {heading(all.card.details_title, "", focus)}
            <p class="visually-hidden">{title}</p>
            {content}
        </section>
    }
    .into_any()
}

fn name_in(words: &Messages, template: &Template) -> String {
    if template.name.trim().is_empty() { words.card.unnamed_template.to_string() } else { template.name.clone() }
}

/// The fields are on their way, or did not come.
fn waiting(app: App, all: &'static Messages) -> AnyView {
    match app.opening.get() {
        Some((template, Load::Failed(error))) => {
            let retry = UnsyncCallback::new(move |()| app.open(template.clone()));
            notice(worded(all, &error), Some(retry))
        }
        _ => {
            let lines = (0..4).map(|_| view! { <div class="field"><div class="skeleton input"></div></div> });
            let lines = lines.collect::<Vec<_>>();
            view! { <div class="narrow" role="status" aria-label=all.common.loading>{lines}</div> }.into_any()
        }
    }
}

fn form(app: App) -> AnyView {
    let all = words();
    let words = &all.card;
    let fields = app.draft.with_untracked(|draft| draft.as_ref().map(Draft::fields)).unwrap_or_default();
    let any_required = fields.iter().any(is_required);
    let controls = fields.iter().enumerate().map(|(index, field)| match Role::of(field) {
        Role::Text => text(app, index, field),
        _ => picture(app, index, field),
    });
    let controls = controls.collect::<Vec<_>>();
    let hint = match (fields.is_empty(), any_required) {
        (true, _) => words.no_fields,
        (false, true) => words.required_hint,
        (false, false) => "",
    };
    let summary = NodeRef::<Div>::new();
    let go_on = move |leave_empty: bool| {
        if app.check(leave_empty) {
            app.show_preview();
        } else if let Some(summary) = summary.get_untracked() {
            // The summary is drawn by now: it names what is missing, and links there.
            let _ = summary.focus();
        }
    };
    let busy = move || app.work.with(|work| matches!(work, Work::Busy));
    let retry = UnsyncCallback::new(move |()| app.show_preview());
    let outcome = move || {
        app.work.with(|work| match work {
            Work::Failed(error) => notice(worded(all, error), Some(retry)),
            Work::Saved => view! { <span class="status">{words.draft_saved}</span> }.into_any(),
            Work::Idle | Work::Busy => ().into_any(),
        })
    };
    // A stranger's draft would be out of reach for them once it is left.
    let may_save = app.mode() == Mode::Portal;
    let save = may_save.then(|| {
        view! {
            <button type="button" class="button" data-action="save-draft" aria-disabled=move || busy().then_some("true")
                on:click=move |_| app.save_draft()>
                {words.save_draft}
            </button>
        }
    });
    view! {
        <div class="columns">
            <form novalidate="" on:submit=move |event: SubmitEvent| { event.prevent_default(); go_on(false) }>
                <div tabindex="-1" node_ref=summary>{move || problems(app, all, UnsyncCallback::new(go_on))}</div>
                <p class="help">{hint}</p>
                {controls}
                <div class="actions">
                    <button type="submit" class="button primary" data-action="show-preview"
                        aria-disabled=move || busy().then_some("true")>
                        {move || if busy() { words.saving } else { words.show_preview }}
                    </button>
                    {save}
                </div>
                <div role="status">{outcome}</div>
            </form>
            {beside(app, &fields)}
        </div>
    }
    .into_any()
}

/// The id of the control of field number `index`.
fn id_of(index: usize) -> String {
    format!("field-{index}")
}

fn say(words: &Messages, field: &Field, problem: Problem) -> String {
    match problem {
        Problem::Missing if Role::of(field).is_image() => words.card.missing_image(&field.label),
        Problem::Missing => words.card.missing(&field.label),
        Problem::TooLong(length) => words.card.too_long(&length.to_string(), &TEXT_LIMIT.to_string()),
    }
}

/// What stops the card from being sent, on top of the form, each with a link to its field.
fn problems(app: App, all: &'static Messages, go_on: UnsyncCallback<bool>) -> AnyView {
    if !app.tried.get() {
        return ().into_any();
    }
    let list = app.draft.with(|draft| {
        draft.as_ref().map(|draft| (draft.fields(), draft.problems())).unwrap_or_else(|| (Arc::from([]), Vec::new()))
    });
    let (fields, problems) = list;
    if problems.is_empty() {
        return ().into_any();
    }
    let only_missing = problems.iter().all(|(_, problem)| *problem == Problem::Missing);
    let items = problems.into_iter().filter_map(|(index, problem)| {
        let text = say(all, fields.get(index)?, problem);
        Some(view! {
            <li>
                <button type="button" class="link" data-action="go-to-field" on:click=move |event| {
                    let target: Option<Node> = event.target().and_then(|target| target.dyn_into().ok());
                    let root = target.and_then(|target| target.get_root_node().dyn_into::<ShadowRoot>().ok());
                    let control = root.and_then(|root| root.get_element_by_id(&id_of(index)));
                    if let Some(control) = control {
                        // A control of the form takes the focus.
                        let _ = control.unchecked_into::<HtmlElement>().focus();
                    }
                }>{text}</button>
            </li>
        })
    });
    let items = items.collect::<Vec<_>>();
    let leave = only_missing.then(|| {
        view! {
            <button type="button" class="button" data-action="leave-empty" on:click=move |_| go_on.run(true)>
                {all.card.leave_empty}
            </button>
        }
    });
    view! {
        <div class="notice danger" role="alert" part="notice">
            <h2>{all.card.problems_title}</h2>
            <ul>{items}</ul>
            {leave}
        </div>
    }
    .into_any()
}

/// The problem of field number `index`, once it may be shown.
fn problem_of(app: App, index: usize) -> Option<Problem> {
    let may_show = app.tried.get() || app.touched.with(|touched| touched.contains(&index));
    let problem = app.draft.with(|draft| draft.as_ref().and_then(|draft| draft.problem(index)))?;
    // That something is missing is said when it is sent for, not to somebody who only passes by.
    (may_show && (problem != Problem::Missing || app.tried.get())).then_some(problem)
}

fn text(app: App, index: usize, field: &Field) -> AnyView {
    let all = words();
    let length = move || app.draft.with(|draft| draft.as_ref().map_or(0, |draft| draft.text(index).chars().count()));
    let error = {
        let field = field.clone();
        move || problem_of(app, index).map(|problem| say(all, &field, problem))
    };
    text_field(
        TextField {
            id: id_of(index),
            label: field.label.clone(),
            required: is_required(field),
            kind: "text",
            // A member's own card, in their own browser; elsewhere the browser's owner is somebody else.
            autocomplete: if app.mode() == Mode::Request { autocomplete(&field.label) } else { "off" },
            enter: "next",
            name: None,
            token: Some(field.token.clone()),
            value: app.draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.text(index)).unwrap_or_default()),
        },
        TextFieldWatch {
            input: UnsyncCallback::new(move |text: String| app.typed(index, &text)),
            left: UnsyncCallback::new(move |()| app.left(index)),
            error: Signal::derive_local(error),
            count: Some(Signal::derive_local(move || {
                let length = length();
                (length >= COUNT_FROM).then(|| all.card.count(&length.to_string(), &TEXT_LIMIT.to_string()))
            })),
        },
    )
}

/// An object URL of the picture in field number `index`.
fn picture_url(app: App, index: usize) -> RwSignal<Option<String>> {
    // Not the whole draft: decoding a photo at each letter typed would be felt.
    let value = Memo::new(move |_| app.draft.with(|draft| draft.as_ref().map(|draft| draft.value(index).clone())));
    let held = StoredValue::new_local(None::<BlobUrl>);
    let url = RwSignal::new(None);
    Effect::new(move |_| {
        let blob = match value.get() {
            Some(Value::Image(base64)) => BlobUrl::image_from_base64(&base64).ok(),
            _ => None,
        };
        url.set(blob.as_ref().map(|blob| blob.url().to_string()));
        // The last one's URL is revoked when nothing shows it any more.
        held.set_value(blob);
    });
    url
}

fn picture(app: App, index: usize, field: &Field) -> AnyView {
    let all = words();
    let ratio = ratio_of(field);
    let label_id = format!("{}-label", id_of(index));
    let error_id = format!("{}-error", id_of(index));
    let error = {
        let field = field.clone();
        move || problem_of(app, index).map(|problem| say(all, &field, problem))
    };
    let error = Memo::new(move |_| error());
    let described = {
        let error_id = error_id.clone();
        Signal::derive(move || if error.with(Option::is_some) { error_id.clone() } else { String::new() })
    };
    let url = picture_url(app, index);
    let mark = is_required(field).then(|| view! { <span class="mark" aria-hidden="true">"*"</span> });
    view! {
        <div class="field" part="field" id=id_of(index) tabindex="-1">
            <span class="label" id=label_id.clone()>{field.label.clone()}{mark}</span>
            <PhotoPicker token=field.token.clone() label=field.label.clone() label_id=label_id described_by=described
                shown=url ratio=ratio
                adjustable=Signal::derive(move || url.with(Option::is_some) && app.shot(index).is_some())
                on_picture=UnsyncCallback::new(move |picture| app.chose_picture(index, picture, ratio))
                on_adjust=UnsyncCallback::new(move |()| app.go(At::Photo(index))) />
            <div class="error" id=error_id hidden=move || error.with(Option::is_none)>
                {icon(icon::WARNING)}<span>{move || error.get()}</span>
            </div>
        </div>
    }
    .into_any()
}

/// The card beside the form: the last preview, or a sketch until there is one.
fn beside(app: App, fields: &Arc<[Field]>) -> impl IntoView + use<> {
    let words = &words().card;
    let photo = fields.iter().position(|field| Role::of(field) == Role::Photo);
    let texts: Vec<usize> = (0..fields.len()).filter(|index| Role::of(&fields[*index]) == Role::Text).take(4).collect();
    let url = photo.map(|index| picture_url(app, index));
    let name = app.draft.with_untracked(|draft| draft.as_ref().map(|draft| name_of(&draft.template))).unwrap_or_default();
    let face = move || match app.shown.get() {
        Shown::Ready(faces) => {
            let stale = app.draft.with(|draft| draft.as_ref().is_some_and(Draft::is_changed));
            view! {
                {front_of(&faces, &name)}
                <p class="caption">{stale.then_some(words.stale)}</p>
            }
            .into_any()
        }
        _ => {
            let lines = app.draft.with(|draft| {
                texts.iter().filter_map(|index| Some(draft.as_ref()?.text(*index).to_string())).collect::<Vec<_>>()
            });
            view! { {sketch(name.clone(), url.map(|url| url.get()), lines)}<p class="caption">{words.sketch}</p> }.into_any()
        }
    };
    view! { <aside class="aside">{face}</aside> }
}
