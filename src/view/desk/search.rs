//! Finding one of the organization's cards, to put it into the cart.

use std::cell::Cell;
use std::rc::Rc;

use super::super::app::Load;
use super::cart::trouble;
use super::face::{named, thumbnail};
use super::state::State;
use crate::api::{CardId, Error, Page};
use crate::reactive::Var;
use crate::ui::button::{blank, button, submit};
use crate::ui::dom::{El, el, watch};
use crate::ui::keyed::keyed;
use crate::ui::notice::{notice, worded};
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;

/// What was found so far.
#[derive(Clone, Default)]
struct Found {
    term: String,
    cards: Vec<CardId>,
    page: u32,
    more: bool,
}

/// A search, with what can be done with what it finds.
pub(super) fn add_a_card(state: State) -> El {
    let all = words();
    let words = all.cart();
    let (term, found) = (Var::new(String::new()), Var::new(None::<Found>));
    // The page that is asked for: on its way, or why it did not come. What was found before stays in sight.
    let (busy, failed) = (Var::new(false), Var::new(None::<(Error, Found)>));
    // What could not be added is told beside the card that was found; elsewhere when that is no longer on the screen.
    watch(Box::new(move || {
        let shown = found.with(|found| found.as_ref().map(|found| found.cards.clone()).unwrap_or_default());
        state.found.set(shown);
    }));
    let page_size = state.app.config.with_untracked(|config| config.as_ref().map_or(20, |config| config.page_size));
    // Of two searches under way the last one counts.
    let turn = Rc::new(Cell::new(0_u32));
    let look: Rc<dyn Fn(Found)> = Rc::new(move |so_far: Found| {
        turn.set(turn.get().wrapping_add(1));
        let (now, turn) = (turn.get(), turn.clone());
        busy.set(true);
        failed.set(None);
        if so_far.page == 0 {
            found.set(None);
        }
        state.app.spawn(Box::pin(async move {
            let page = Page { number: so_far.page + 1, size: page_size };
            let answer = match state.app.client() {
                Ok((client, organization)) if so_far.term.is_empty() => client.cards(organization, Some(page)).await,
                Ok((client, organization)) => client.search_cards(organization, &so_far.term, Some(page)).await,
                Err(error) => Err(error),
            };
            if found.is_gone() || turn.get() != now {
                return;
            }
            busy.set(false);
            match answer {
                Ok(list) => {
                    list.items.iter().for_each(|card| state.has_seen(card));
                    let mut next = Found { page: page.number, more: list.more, ..so_far };
                    let new = list.items.iter().map(|card| card.id).filter(|card| !next.cards.contains(card));
                    let new: Vec<CardId> = new.collect();
                    next.cards.extend(new);
                    found.set(Some(next));
                }
                Err(error) => {
                    state.app.tell_error(&error);
                    failed.set(Some((error, so_far)));
                }
            }
        }));
    });
    let first = {
        let look = look.clone();
        move || look(Found { term: term.get_untracked().trim().to_string(), ..Found::default() })
    };
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
    let rows = keyed(rows, cards, move |card| result(state, CardId(card))).hidden(move || cards().is_empty());
    let nothing = move || {
        let list = found.get().filter(|list| list.cards.is_empty() && !busy.get())?;
        let text = if list.term.is_empty() { words.no_cards.to_string() } else { words.found_none(&list.term) };
        Some(el("p").class("help").text(&text))
    };
    let waiting = move || busy.get().then(|| el("div").class("search-wait").child(el("div").class("skeleton input")));
    let trouble = {
        let look = look.clone();
        move || {
            let (error, so_far) = failed.get()?;
            let look = look.clone();
            Some(notice(worded(all, &error), Some(Rc::new(move || look(so_far.clone())))))
        }
    };
    let more = button("button", "show-more", words.more, move || {
        if let Some(list) = found.get_untracked().filter(|_| !busy.get_untracked()) {
            look(list);
        }
    });
    let more = more
        .live_true("aria-disabled", move || busy.get())
        .hidden(move || !found.with(|found| found.as_ref().is_some_and(|found| found.more)));
    el("section")
        .class("add-a-card")
        .attr("aria-labelledby", "add-a-card")
        .child(el("h2").attr("id", "add-a-card").text(words.search_title))
        .child(form)
        .child(rows)
        .child(el("div").attr("role", "status").live(nothing).live(waiting))
        .live(trouble)
        .child(more)
}

/// A card that was found, and the way into the cart.
fn result(state: State, card: CardId) -> El {
    let all = words();
    let words = all.cart();
    let is_in = move || state.cart.with(|cart| matches!(cart, Load::Ready(cart) if cart.copies(card) > 0));
    let wish = move || state.wish_for(card).filter(|wish| wish.failed.is_none()).map(|wish| wish.copies);
    // As it is wanted, which is how it will be in a moment.
    let there = move || wish().map_or_else(is_in, |copies| copies > 0);
    let add = blank("button", "add-to-cart", move || {
        if !there() {
            state.wish(&[(card, 1)]);
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
        .live_attr("aria-label", move || (!there()).then(|| words.add_of(&state.title(card))));
    let failed = move || if is_in() { None } else { trouble(state, all, card) };
    el("li")
        .class("row")
        .attr("data-card", &card.to_string())
        .child(thumbnail(state, card))
        .child(named(state, card))
        .child(add)
        .live(failed)
}
