//! How many copies of a card: a number to type, and a step up and down.

use std::rc::Rc;

use crate::api::CardId;
use crate::domain::cart::{MOST_COPIES, copies_typed};
use crate::flow::cart::CartFlow;
use crate::reactive::Var;
use crate::ui::button::blank;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{MINUS, PLUS, again, icon};
use crate::ui::text_field::error_line;
use crate::ui::words;

/// What the steppers of a list have in common, drawn once.
pub(super) struct Steppers {
    cart: CartFlow,
    control: El,
    minus: El,
    plus: El,
}

impl Steppers {
    /// Those of a list.
    pub(super) fn of(cart: CartFlow) -> Steppers {
        let control = el("input")
            .class("input")
            .attr("part", "input")
            .attr("name", "copies")
            .attr("dir", "ltr")
            .attr("inputmode", "numeric")
            .attr("autocomplete", "off")
            .attr("enterkeyhint", "done")
            .attr("maxlength", "3");
        Steppers { cart, control, minus: icon(MINUS), plus: icon(PLUS) }
    }

    /// The number of copies of `card`.
    pub(super) fn for_card(&self, card: CardId) -> El {
        stepper(self, card)
    }
}

fn stepper(drawn: &Steppers, card: CardId) -> El {
    let cart = drawn.cart;
    let words = words().cart();
    let wrong = Var::new(false);
    let error_id = ["copies-", &card.to_string(), "-error"].concat();
    let described_by = error_id.clone();
    let control = again(&drawn.control)
        .live_attr("aria-label", move || Some(words.copies_of(&cart.faces().title(card))))
        .live_true("aria-invalid", move || wrong.get())
        .live_attr("aria-describedby", move || wrong.get().then(|| described_by.clone()));
    let shown = control.clone();
    // What is being typed stays until it is meant, also when the server says meanwhile that the number before is saved.
    let mut last = None;
    let show: Box<dyn FnMut()> = Box::new(move || {
        let copies = cart.copies(card);
        if last.replace(copies) == Some(copies) {
            return;
        }
        let copies = copies.to_string();
        if shown.input().value() != copies {
            shown.input().set_value(&copies);
        }
    });
    watch(show);
    let typed = control.clone();
    let take = move || {
        let copies = copies_typed(&typed.input().value());
        wrong.set(copies.is_none());
        if let Some(copies) = copies {
            set(cart, card, copies);
        }
    };
    let control = control.on("change", move |_| take());
    let step = |action: &'static str, sign: &El, by: i64, name: Box<dyn Fn() -> String>| {
        let next = move || u32::try_from(i64::from(cart.copies(card)) + by).unwrap_or(0);
        let may = move || (1..=MOST_COPIES).contains(&next());
        blank("button step-button", action, move || {
            if may() {
                wrong.set(false);
                set(cart, card, next());
            }
        })
        .live_attr("aria-label", move || Some(name()))
        .live_true("aria-disabled", move || !may())
        .child(again(sign))
    };
    // Not there where nothing is wrong, which is in all rows but one.
    let error = move |is_wrong: u64| {
        let told = move || wrong.get().then(|| words.wrong_copies(&MOST_COPIES.to_string()));
        (is_wrong == 1).then(|| error_line(&error_id, Rc::new(told)))
    };
    el("div")
        .class("copies")
        .child(step("fewer-copies", &drawn.minus, -1, Box::new(move || words.fewer_of(&cart.faces().title(card)))))
        .child(control)
        .child(step("more-copies", &drawn.plus, 1, Box::new(move || words.more_of(&cart.faces().title(card)))))
        .switch(move || u64::from(wrong.get()), error)
}

fn set(cart: CartFlow, card: CardId, copies: u32) {
    if cart.copies(card) != copies {
        cart.wish(&[(card, copies)]);
    }
}
