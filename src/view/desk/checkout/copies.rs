//! How many copies of each card.

use std::rc::Rc;

use super::super::cart::summary_of;
use super::super::copies::Steppers;
use super::super::trouble::trouble;
use super::next::go_on;
use crate::api::CardId;
use crate::domain::cart::{Cart, MOST_COPIES, Wish, copies_typed};
use crate::flow::cart::CartFlow;
use crate::flow::checkout::{Checkout, Step};
use crate::reactive::Var;
use crate::ui::button::submit;
use crate::ui::dom::{El, el};
use crate::ui::long_list::long_rows;
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::words;
use crate::view::face::{at_rest, named, small};

/// How much it is, once the step is done.
pub(super) fn said(checkout: Checkout) -> Option<El> {
    let all = words();
    let text =
        move || checkout.cart().cart().with(|cart| cart.ready().map(|cart| summary_of(all, cart)).unwrap_or_default());
    Some(el("p").live_text(text))
}

/// The step itself.
pub(super) fn open(checkout: Checkout) -> El {
    let cart = checkout.cart();
    let all = words();
    let cards = move || {
        cart.cart().with(|cart| {
            let cards = |cart: &Cart| cart.entries().iter().map(|entry| entry.card.0).collect();
            cart.ready().map(cards).unwrap_or_default()
        })
    };
    let steppers = Steppers::of(cart);
    let row = move |card: u64| {
        let card = CardId(card);
        el("li")
            .class("row")
            .attr("data-card", &card.to_string())
            .child(small(cart.faces(), card))
            .child(named(cart.faces(), card))
            .child(steppers.for_card(card))
            .live(move || trouble(cart, all, card))
    };
    let list = long_rows(el("ul").attr("aria-label", all.cart().list), cards, row, at_rest(cart.faces()));
    el("div")
        .children((cards().len() > 1).then(|| for_all(cart)))
        .child(list)
        .child(go_on(move || checkout.open_step(Step::Copies.next())))
}

/// The same number for all cards.
fn for_all(cart: CartFlow) -> El {
    let all = words();
    let words = all.checkout();
    let typed = Var::new(String::new());
    let wrong = Var::new(false);
    let field = TextField {
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
    };
    let (field, input) = text_field_with(field, "");
    input.attr("dir", "ltr").attr("inputmode", "numeric");
    let apply = move || {
        let copies = copies_typed(&typed.get_untracked());
        wrong.set(copies.is_none());
        let (Some(copies), Some(known)) = (copies, cart.known()) else { return };
        let wishes: Vec<Wish> = known.entries().iter().map(|entry| (entry.card, copies)).collect();
        cart.wish(&wishes);
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
