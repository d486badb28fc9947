//! The control of a field where the page may have a say in it.

use std::rc::Rc;

use crate::api::Field;
use crate::domain::draft::Draft;
use crate::domain::field::{Hold, Role};
use crate::flow::CardFlow;
use crate::i18n::Messages;
use crate::ui::dom::{El, el};
use crate::ui::text_field::error_line;
use crate::ui::words;
use crate::view::form_field::{id_of, shown};
use crate::view::photo::picker::slot;
use crate::view::photo_step::ratio_of;

/// The control: the `usual` one, one that cannot be changed, or none. It is drawn anew where the page replaces what is in it.
pub(super) fn control(card: CardFlow, index: usize, field: Field, usual: Rc<dyn Fn() -> El>) -> El {
    let (all, gifts) = (words(), card.gifts());
    let hold = move || card.draft().with(|draft| draft.as_ref().map(|draft| draft.hold(index)).unwrap_or_default());
    let state = move || {
        let turn = gifts.turns().with(|turns| turns.get(index).copied().unwrap_or_default());
        u64::from(turn) * 4 + hold() as u64
    };
    let error_id = [&id_of(index), "-given"].concat();
    let trouble = error_line(&error_id, Rc::new(move || gifts.trouble(index))).attr("role", "alert");
    el("div")
        .class("given")
        .switch(state, move |state| match state % 4 {
            state if state == Hold::Locked as u64 => Some(locked(card, all, index, &field)),
            state if state == Hold::Hidden as u64 => None,
            _ => Some(usual()),
        })
        .child(trouble)
        .child(el("p").class("help").text(all.given().there).hidden(move || !gifts.is_there(index)))
}

/// A field that is shown, and cannot be changed.
fn locked(card: CardFlow, all: Messages, index: usize, field: &Field) -> El {
    let id = id_of(index);
    let (label_id, help_id) = ([&id, "-label"].concat(), [&id, "-help"].concat());
    let is_blank =
        card.draft().with_untracked(|draft| draft.as_ref().is_none_or(|draft| draft.value(index).is_blank()));
    let words = all.given();
    let help = el("div").class("help").attr("id", &help_id).text(if is_blank { words.empty } else { words.filled_in });
    let label = |tag: &str| el(tag).class("label").attr("id", &label_id).text(&field.label);
    let whole = el("div").class("field").attr("part", "field");
    if Role::of(field) == Role::Text {
        let text = card.draft().with_untracked(|draft| draft.as_ref().map(|draft: &Draft| draft.text(index)));
        let input = el("input")
            .class("input")
            .attr("part", "input")
            .attr("id", &id)
            .attr("data-token", &field.token)
            .attr("readonly", "")
            .attr("autocomplete", "off")
            .attr("dir", "auto")
            .attr("aria-describedby", &help_id)
            .value(&text.unwrap_or_default());
        return whole.child(label("label").attr("for", &id)).child(input).child(help);
    }
    let seen = shown(card, index);
    let picture = el("div")
        .class("photo-picker locked")
        .attr("part", "photo-picker")
        .attr("role", "group")
        .attr("data-token", &field.token)
        .attr("aria-labelledby", &label_id)
        .attr("aria-describedby", &help_id)
        .child(slot(&field.label, Role::of(field) == Role::Signature, ratio_of(field), Rc::new(move || seen.get())))
        .child(el("div").class("photo-choices").child(help));
    whole.child(label("span")).child(picture)
}
