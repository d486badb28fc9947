//! Finding one of the organization's cards, to put it into the cart.

use std::rc::Rc;

use super::trouble::trouble;
use crate::api::CardId;
use crate::flow::cart::{CartFlow, Search};
use crate::flow::{Listing, worded};
use crate::reactive::Var;
use crate::ui::button::{blank, button, submit};
use crate::ui::dom::{El, el};
use crate::ui::keyed::keyed;
use crate::ui::notice::{cart_in_doubt, left_out, nothing_in, notice};
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;
use crate::view::face::{named, thumbnail};

/// A search, with what can be done with what it finds.
pub(super) fn add_a_card(cart: CartFlow) -> El {
    let all = words();
    let words = all.cart();
    let (term, search) = (Var::new(String::new()), Search::new(cart));
    let (found, busy) = (search.found, search.busy);
    let first = move || term.with_untracked(|term| search.look_for(term));
    let field = text_field(TextField {
        id: "search-term",
        label: words.search_label,
        required: false,
        kind: "text",
        autocomplete: "off",
        enter: "search",
        name: Some("term"),
        token: None,
        value: "",
        input: Box::new(move |text| term.set(text)),
        left: Box::new(|| {}),
        error: Rc::new(|| None),
        count: None,
    });
    let text = move || if busy.get() { words.searching } else { words.search };
    let form = el("form")
        .class("search")
        .attr("role", "search")
        .attr("novalidate", "")
        .on("submit", move |event| {
            event.prevent_default();
            first();
        })
        .child(field)
        .child(submit("search-cards", text, move || busy.get()).class("button"));
    let cards = move || -> Vec<u64> {
        found.with(|found| {
            found.as_ref().map(|found| found.cards.iter().map(|card| card.0).collect()).unwrap_or_default()
        })
    };
    let rows = el("ul").class("rows").attr("aria-label", words.results);
    let rows = keyed(rows, cards, move |card| result(cart, CardId(card))).hidden(move || cards().is_empty());
    let nothing = move || {
        let list = found.get().filter(|list| list.cards.is_empty() && !busy.get())?;
        let text = if list.term.is_empty() { words.no_cards.to_string() } else { words.found_none(&list.term) };
        Some(el("p").class("help").text(nothing_in(cart.cx().left_out(Listing::Found), &text)))
    };
    let waiting = move || busy.get().then(|| el("div").class("search-wait").child(el("div").class("skeleton input")));
    let trouble = move || {
        let (error, _) = search.failed.get()?;
        Some(notice(worded(all, &error), Some(Rc::new(move || search.retry()))))
    };
    let more = button("button", "show-more", words.more, move || search.more());
    let more = more
        .live_true("aria-disabled", move || busy.get())
        .hidden(move || !found.with(|found| found.as_ref().is_some_and(|found| found.more)));
    el("section")
        .class("add-a-card")
        .attr("aria-labelledby", "add-a-card")
        .child(el("h2").attr("id", "add-a-card").text(words.search_title))
        .live(move || cart_in_doubt(cart.cx()))
        .child(form)
        .child(rows)
        .live(move || left_out(cart.cx().left_out(Listing::Found)))
        .child(el("div").attr("role", "status").live(nothing).live(waiting))
        .live(trouble)
        .child(more)
}

/// A card that was found, and the way into the cart.
fn result(cart: CartFlow, card: CardId) -> El {
    let all = words();
    let words = all.cart();
    let is_in = move || cart.copies_there(card) > 0;
    let wish = move || cart.wish_for(card).filter(|wish| wish.failed.is_none()).map(|wish| wish.copies);
    // As it is wanted, which is how it will be in a moment.
    let there = move || wish().map_or_else(is_in, |copies| copies > 0);
    let add = blank("button", "add-to-cart", move || {
        if !there() {
            cart.wish(&[(card, 1)]);
        }
    });
    let text = move || match (there(), wish()) {
        (true, Some(_)) => words.adding,
        (true, None) => words.in_cart,
        _ => words.add_to_cart,
    };
    let add = add
        .live_text(move || text().to_string())
        .live_true("aria-disabled", there)
        .live_attr("aria-label", move || (!there()).then(|| words.add_of(&cart.faces().title(card))));
    let failed = move || if is_in() { None } else { trouble(cart, all, card) };
    el("li")
        .class("row")
        .attr("data-card", &card.to_string())
        .child(thumbnail(cart.faces(), card))
        .child(named(cart.faces(), card))
        .child(add)
        .live(failed)
}
