//! How many copies of a card: a number to type, and a step up and down.

use std::rc::Rc;

use crate::api::CardId;
use crate::domain::cart::{MOST_COPIES, copies_typed};
use crate::flow::cart::CartFlow;
use crate::reactive::Var;
use crate::ui::button::blank;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{Icon, MINUS, PLUS, icon};
use crate::ui::text_field::error_line;
use crate::ui::words;

/// The number of copies of `card`.
pub(super) fn stepper(cart: CartFlow, card: CardId) -> El {
    let words = words().cart();
    let wrong = Var::new(false);
    let error_id = ["copies-", &card.to_string(), "-error"].concat();
    let control = el("input")
        .class("input")
        .attr("part", "input")
        .attr("name", "copies")
        .attr("dir", "ltr")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "done")
        .attr("maxlength", "3")
        .live_attr("aria-label", move || Some(words.copies_of(&cart.faces().title(card))))
        .live_true("aria-invalid", move || wrong.get())
        .attr("aria-describedby", &error_id);
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
    let step = |action: &'static str, sign: Icon, by: i64, name: Box<dyn Fn() -> String>| {
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
        .child(icon(sign))
    };
    let error = Rc::new(move || wrong.get().then(|| words.wrong_copies(&MOST_COPIES.to_string())));
    el("div")
        .class("copies")
        .child(step("fewer-copies", MINUS, -1, Box::new(move || words.fewer_of(&cart.faces().title(card)))))
        .child(control)
        .child(step("more-copies", PLUS, 1, Box::new(move || words.more_of(&cart.faces().title(card)))))
        .child(error_line(&error_id, error))
}

fn set(cart: CartFlow, card: CardId, copies: u32) {
    if cart.copies(card) != copies {
        cart.wish(&[(card, copies)]);
    }
}
