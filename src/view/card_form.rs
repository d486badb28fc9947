//! The form of a card: one control for each of the template's fields, and the card beside it.

use std::rc::Rc;
use std::sync::Arc;

use super::form_field::{id_of, shown};
use super::given;
use super::photo::{Picker, photo_picker};
use super::photo_step::ratio_of;
use super::preview::{front_of, sent_smaller, template_name};
use super::{studio, terms, trail};
use crate::api::{Field, OnTheWay};
use crate::domain::config::Mode;
use crate::domain::draft::{Draft, Problem};
use crate::domain::field::{Hold, Role, TEXT_LIMIT, autocomplete, is_required};
use crate::flow::card::{PreviewState, SaveState};
use crate::flow::{CardFlow, Remote, Screen, worded};
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{button, submit};
use crate::ui::card_face::sketch;
use crate::ui::clean::clean;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::notice::{left_out, loading, notice};
use crate::ui::text_field::{TextField, error_line, text_field};
use crate::ui::words;

/// The form screen; its fields may still be on their way.
pub(super) fn screen(card: CardFlow) -> El {
    let focus = card.cx().moved().get_untracked();
    // Only another template makes another form, or a card that was put back into work, or the page that has a say in it; what is
    // typed into this one does not.
    let made_for = move || {
        let (is_dressed, count) = (u64::from(card.is_dressed().get()), u64::from(card.put_back_count().get()));
        card.fields().get().map_or(0, |(template, _)| (count << 40) + template.0 * 2 + 2 + is_dressed)
    };
    let all = words();
    let name = move || card.fields().get().map(|_| template_name(card, all)).unwrap_or_default();
    el("section")
        .attr("data-screen", "card-form")
        .child(heading(words().card().details_title, "", focus).child(el("p").live_text(name)))
        .switch(made_for, move |number| Some(if number == 0 { waiting(card) } else { form(card) }))
}

/// The fields are on their way, or did not come.
fn waiting(card: CardFlow) -> El {
    let all = words();
    let content = move || match card.opening().get() {
        Some((template, Remote::Failed(error))) => {
            Some(notice(worded(all, &error), Some(Rc::new(move || card.open(template.clone())))))
        }
        _ => {
            let lines = (0..4).map(|_| el("div").class("field").child(el("div").class("skeleton input")));
            Some(el("div").class("narrow").child(loading()).children(lines))
        }
    };
    el("div").live(content)
}

fn form(card: CardFlow) -> El {
    let all = words();
    let words = all.card();
    let fields = card.draft().with_untracked(|draft| draft.as_ref().map(Draft::fields)).unwrap_or_default();
    let unread = card.draft().with_untracked(|draft| draft.as_ref().map_or(0, |draft| draft.left_out));
    let nothing = (fields.is_empty() && unread == 0).then(|| el("p").class("hint").text(words.no_fields));
    let controls = (0..fields.len()).map(|index| {
        let all_fields = fields.clone();
        let usual = move || match &all_fields[index] {
            field if Role::of(field) == Role::Text => text(card, all, index, field),
            field => picture(card, all, index, field),
        };
        given::dressed(card, index, &fields[index], Rc::new(usual))
    });
    let controls: Vec<El> = controls.collect();

    // What was pressed last: the same is tried again.
    let is_draft = Var::new(false);
    let summary = el("div").attr("tabindex", "-1");
    let go_on: Rc<dyn Fn(bool)> = {
        let summary = summary.clone();
        Rc::new(move |leave_empty| {
            if card.check(leave_empty) {
                is_draft.set(false);
                card.show_preview();
            } else {
                // It names what is missing, and links there.
                summary.focus_soon();
            }
        })
    };
    let summary = {
        let (go_on, controls) = (go_on.clone(), controls.clone());
        summary.live(move || problems(card, all, &controls, &go_on))
    };

    let busy = move || card.save_state().with(|state| matches!(state, SaveState::Saving));
    let text = move || if busy() { words.saving } else { words.show_preview };
    // A stranger's draft would be out of reach for them once it is left.
    let save = (card.cx().mode() == Mode::Portal).then(|| {
        let save = move || {
            is_draft.set(true);
            card.save_draft();
        };
        button("button", "save-draft", words.save_draft, save).live_true("aria-disabled", busy)
    });
    let on_the_way = card.cx().session().on_the_way();
    // For the eye: that it is being saved was announced.
    let sending = move || match on_the_way.get() {
        OnTheWay::Sending { percent } if busy() => words.sending(&percent.to_string()),
        _ => String::new(),
    };
    let sending = el("span").class("status").attr("aria-hidden", "true").live_text(sending);
    let actions = el("div").class("actions").child(submit("show-preview", text, busy)).children(save).child(sending);
    let outcome = move || match card.save_state().get() {
        SaveState::Failed(error) => {
            let again = move || if is_draft.get_untracked() { card.save_draft() } else { card.show_preview() };
            Some(notice(worded(all, &error), Some(Rc::new(again))))
        }
        SaveState::Saved => Some(el("span").class("status").text(words.draft_saved)),
        SaveState::Idle | SaveState::Saving => None,
    };
    let form = el("form")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            go_on(false);
        })
        .on("keydown", {
            let controls = controls.clone();
            move |event| {
                if let Some(next) = trail::next_empty(card, &controls, &event) {
                    event.prevent_default();
                    controls.get(next).into_iter().for_each(focus_in);
                }
            }
        })
        .child(summary)
        .children(nothing)
        .children(left_out(unread))
        .children(controls)
        .child(actions)
        .child(el("div").attr("role", "status").live(outcome).live(move || sent_smaller(card)));
    el("div").class("columns").child(form).child(beside(card, all, &fields))
}

/// The focus goes to what a field is filled in with.
fn focus_in(control: &El) {
    if let Ok(Some(input)) = control.element().query_selector("input:not([hidden]), button") {
        El::from(input).focus_soon();
    }
}

fn say(words: Messages, field: &Field, problem: Problem) -> String {
    match problem {
        Problem::Missing if Role::of(field).is_image() => words.card().missing_image(&field.label),
        Problem::Missing => words.card().missing(&field.label),
        Problem::TooLong(length) => words.card().too_long(&length.to_string(), &TEXT_LIMIT.to_string()),
    }
}

/// What stops the card from being sent, on top of the form, each with a link to its field.
fn problems(card: CardFlow, all: Messages, controls: &[El], go_on: &Rc<dyn Fn(bool)>) -> Option<El> {
    if !card.tried().get() {
        return None;
    }
    let (fields, problems) =
        card.draft().with(|draft| draft.as_ref().map(|draft| (draft.fields(), draft.problems())))?;
    if problems.is_empty() {
        return None;
    }
    let only_missing = problems.iter().all(|(_, problem)| *problem == Problem::Missing);
    let items = problems.into_iter().filter_map(|(index, problem)| {
        let control = controls.get(index)?.clone();
        let text = say(all, fields.get(index)?, problem);
        Some(el("li").child(button("link", "go-to-field", &text, move || focus_in(&control))))
    });
    let list = el("ul").children(items);
    let leave = only_missing.then(|| {
        let go_on = go_on.clone();
        button("button quiet", "leave-empty", all.card().leave_empty, move || go_on(true))
    });
    let title = el("h2").text(all.card().problems_title);
    let notice = el("div").class("notice danger").attr("role", "alert").attr("part", "notice");
    Some(notice.child(title).child(list).children(leave))
}

/// What is wrong with field number `index`, once it may be said.
fn error_of(card: CardFlow, all: Messages, index: usize, field: &Field) -> Rc<dyn Fn() -> Option<String>> {
    let field = field.clone();
    Rc::new(move || {
        let tried = card.tried().get();
        let may_say = tried || card.touched().with(|touched| touched.contains(&index));
        let problem = card.draft().with(|draft| draft.as_ref().and_then(|draft| draft.problem(index)))?;
        // That something is missing is said when it is sent for, not to somebody who only passes by.
        (may_say && (problem != Problem::Missing || tried)).then(|| say(all, &field, problem))
    })
}

fn text(card: CardFlow, all: Messages, index: usize, field: &Field) -> El {
    let value = card.draft().with_untracked(|draft| draft.as_ref().map(|draft| draft.text(index))).unwrap_or_default();
    text_field(TextField {
        id: &id_of(index),
        label: &field.label,
        required: is_required(field),
        kind: "text",
        // A member's own card, in their own browser; elsewhere the browser's owner is somebody else.
        autocomplete: if card.cx().mode() == Mode::Request { autocomplete(&field.label) } else { "off" },
        enter: "next",
        name: None,
        token: Some(&field.token),
        value: &value,
        input: Box::new(move |text| card.typed(index, &clean(&text))),
        left: Box::new(move || card.left(index)),
        error: error_of(card, all, index, field),
        count: Some(Rc::new(move || trail::beside(card, index))),
    })
}

fn picture(card: CardFlow, all: Messages, index: usize, field: &Field) -> El {
    let (ratio, role) = (ratio_of(field), Role::of(field));
    let (is_photo, is_signature) = (role == Role::Photo, role == Role::Signature);
    let (label_id, error_id) = ([&id_of(index), "-label"].concat(), [&id_of(index), "-error"].concat());
    let error = error_of(card, all, index, field);
    let seen = shown(card, index);
    let label = el("span").class("label").attr("id", &label_id).text(&field.label);
    // What is there already was agreed to.
    let is_closed = move || is_photo && seen.with(Option::is_none) && card.is_photo_closed();
    let picker = photo_picker(Picker {
        token: &field.token,
        label: &field.label,
        is_photo,
        label_id: &label_id,
        described_by: {
            let (error, error_id) = (error.clone(), error_id.clone());
            Box::new(move || error().map(|_| error_id.clone()).unwrap_or_default())
        },
        shown: Rc::new(move || seen.get()),
        files: card.takes_files(),
        ratio,
        adjustable: Box::new(move || card.shot(index).is_some()),
        open: studio::opener(card, all),
        on_picture: Rc::new(move |picture| studio::chose(card, index, picture, ratio, false)),
        on_camera: is_photo.then(|| -> Box<dyn Fn()> { Box::new(move || card.cx().go(Screen::Camera(index))) }),
        on_sign: is_signature.then(|| -> Box<dyn Fn()> { Box::new(move || card.cx().go(Screen::Signature(index))) }),
        on_adjust: Box::new(move || card.cx().go(Screen::Photo(index))),
    });
    el("div")
        .class("field")
        .attr("part", "field")
        .child(label)
        .children(is_photo.then(|| terms::before(card, terms::Place::Form)))
        .child(picker.hidden(is_closed))
        .child(error_line(&error_id, error))
}

/// The card beside the form: the last preview, or a sketch until there is one.
fn beside(card: CardFlow, all: Messages, fields: &Arc<[Field]>) -> El {
    // What the page hides is not seen here either.
    let is_seen = |index: usize| {
        card.draft().with_untracked(|draft| draft.as_ref().is_some_and(|draft| draft.hold(index) != Hold::Hidden))
    };
    let roles: Vec<Option<Role>> =
        fields.iter().enumerate().map(|(index, field)| is_seen(index).then(|| Role::of(field))).collect();
    let is_drawn = move || card.preview().with(|preview| u64::from(matches!(preview, PreviewState::Ready(_))));
    let face = move |_| {
        let name = template_name(card, all);
        if let PreviewState::Ready(faces) = card.preview().get_untracked() {
            let is_stale = move || card.draft().with(|draft| draft.as_ref().is_some_and(Draft::is_changed));
            let caption = el("p").class("caption").text(all.card().stale).hidden(move || !is_stale());
            return Some(el("div").child(front_of(&faces, all, &name)).child(caption));
        }
        let photo = roles.iter().position(|role| *role == Some(Role::Photo)).map(|index| shown(card, index));
        let texts = roles.iter().enumerate().filter(|(_, role)| **role == Some(Role::Text)).take(4);
        let lines = texts.map(|(index, _)| -> Box<dyn Fn() -> String> {
            Box::new(move || {
                card.draft().with(|draft| draft.as_ref().map_or("".into(), |draft| draft.text(index))).to_string()
            })
        });
        let sketch = sketch(&name, photo, lines.collect());
        Some(el("div").child(sketch).child(el("p").class("caption").text(all.card().sketch)))
    };
    el("aside").class("aside").switch(is_drawn, face)
}
