//! How many copies of each card.

use std::rc::Rc;

use super::super::super::app::Load;
use super::super::cart::{summary_of, trouble};
use super::super::copies::{is_number_of_copies, stepper};
use super::super::face::{named, thumbnail};
use super::super::state::State;
use super::go_on;
use super::state::Step;
use crate::api::CardId;
use crate::domain::cart::{MOST_COPIES, Wish};
use crate::reactive::Var;
use crate::ui::button::submit;
use crate::ui::dom::{El, el};
use crate::ui::keyed::keyed;
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;

/// How much it is, once the step is done.
pub(super) fn said(state: State) -> Option<El> {
    let all = words();
    let text = move || {
        state.cart.with(|cart| if let Load::Ready(cart) = cart { summary_of(all, cart) } else { String::new() })
    };
    Some(el("p").live_text(text))
}

/// The step itself.
pub(super) fn open(state: State) -> El {
    let all = words();
    let cards = move || {
        state.cart.with(|cart| match cart {
            Load::Ready(cart) => cart.entries().iter().map(|entry| entry.card.0).collect(),
            _ => Vec::new(),
        })
    };
    let row = move |card: u64| {
        let card = CardId(card);
        el("li")
            .class("row")
            .attr("data-card", &card.to_string())
            .child(thumbnail(state, card))
            .child(named(state, card))
            .child(stepper(state, card))
            .live(move || trouble(state, all, card))
    };
    let list = keyed(el("ul").class("rows").attr("aria-label", all.cart().list), cards, row);
    el("div")
        .children((cards().len() > 1).then(|| for_all(state)))
        .child(list)
        .child(go_on(move || state.open_step(Step::Copies.next())))
}

/// The same number for all cards.
fn for_all(state: State) -> El {
    let all = words();
    let words = all.checkout();
    let typed = Var::new(String::new());
    let wrong = Var::new(false);
    let field = text_field(TextField {
        id: "copies-of-all",
        label: words.all_cards,
        required: false,
        kind: "text",
        autocomplete: "off",
        enter: "done",
        name: Some("copies_of_all"),
        token: None,
        value: "",
        input: Box::new(move |text| typed.set(text)),
        left: Box::new(|| {}),
        error: Rc::new(move || wrong.get().then(|| all.cart().wrong_copies(&MOST_COPIES.to_string()))),
        count: None,
    });
    let apply = move || {
        let copies = is_number_of_copies(&typed.get_untracked());
        wrong.set(copies.is_none());
        let (Some(copies), Some(cart)) = (copies, state.known_cart()) else { return };
        let wishes: Vec<Wish> = cart.entries().iter().map(|entry| (entry.card, copies)).collect();
        state.wish(&wishes);
    };
    el("form")
        .class("for-all")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            apply();
        })
        .child(field)
        .child(submit("apply-to-all", move || words.apply_to_all, || false).class("button"))
}
