//! The cart's screen, and what a card that was just finalized has to do with it.

use std::rc::Rc;

use super::copies::Steppers;
use super::search;
use super::trouble::trouble;
use super::twins;
use crate::api::CardId;
use crate::domain::cart::Cart;
use crate::flow::cart::CartFlow;
use crate::flow::{App, DeskPage, Listing, Remote, Worded, worded};
use crate::i18n::Messages;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::{focus_title, heading};
use crate::ui::icon::{self, again, icon};
use crate::ui::later::later;
use crate::ui::long_list::long_rows;
use crate::ui::notice::{cart_in_doubt, left_out, loading, nothing_in, notice};
use crate::ui::words;
use crate::view::face::{at_rest, named, small};

/// The cart.
pub(super) fn screen(app: App) -> El {
    let desk = app.desk();
    let cart = desk.cart();
    let words = words().cart();
    // What is known comes first, and then whether it is still so.
    let is_known = cart.cart().with_untracked(Remote::is_ready);
    if !is_known {
        cart.load();
    }
    let content = move |shown| match shown {
        0 => Some(skeleton()),
        1 => Some(failed(cart)),
        2 => Some(full(app, cart)),
        shown => Some(empty(app, shown as u32 - 3)),
    };
    let shown = move || match cart.cart().get() {
        Remote::Loading => 0,
        Remote::Failed(_) => 1,
        Remote::Ready(_) if cart.listed().is_empty() => 3 + u64::from(app.cx().left_out(Listing::Cart)),
        Remote::Ready(_) => 2,
    };
    let head = heading(words.title, words.hint, app.cx().moved().get_untracked());
    later(el("section").class("desk").attr("data-screen", "cart").child(head), move |screen| {
        screen
            .live(move || desk.checkout().unseen().get().then(|| submitted(app)))
            .child(undo(cart))
            .live(move || left_out(app.cx().left_out(Listing::Cart)))
            .switch(shown, content)
            .child(search::add_a_card(cart));
        if is_known {
            cart.load();
        }
    })
}

fn skeleton() -> El {
    let rows = (0..3).map(|_| el("li").class("row").child(el("div").class("thumbnail card-face skeleton")));
    el("div").child(loading()).child(el("ul").class("rows").attr("aria-hidden", "true").children(rows))
}

/// Why there is no cart to be seen.
pub(super) fn failed(cart: CartFlow) -> El {
    let all = words();
    let error =
        cart.cart().with_untracked(|cart| if let Remote::Failed(error) = cart { Some(error.clone()) } else { None });
    let why = error.map_or(Worded::of("", ""), |error| worded(all, &error));
    notice(why, Some(Rc::new(move || cart.load())))
}

fn empty(app: App, left_out: u32) -> El {
    let all = words();
    let words = all.cart();
    el("div")
        .class("nothing")
        .child(icon(icon::CART))
        .child(el("p").child(el("strong").text(nothing_in(left_out, words.empty))))
        .child(el("p").text(words.empty_next))
        .child(button("button primary", "new-card", all.places().make_card, move || app.templates().to_card()))
}

fn full(app: App, cart: CartFlow) -> El {
    let all = words();
    let words = all.cart();
    let list = el("ul").attr("aria-label", words.list);
    let (steppers, remove) = (Steppers::of(cart), icon(icon::REMOVE));
    let item = move |card| row(cart, CardId(card), &steppers, &remove);
    let list = long_rows(list, move || cart.listed(), item, at_rest(cart.faces()));
    let summary = el("p").class("summary").attr("role", "status").live_text(move || {
        let wanted = cart.wanted();
        summed_up(all, wanted.len(), wanted.iter().map(|entry| u64::from(entry.copies)).sum())
    });
    let checkout =
        button("button primary", "checkout", words.checkout, move || app.desk().checkout().begin_from_cart());
    el("div").child(list).child(el("div").class("total").child(summary).child(checkout))
}

/// How much there is, in words.
pub(super) fn summary_of(words: Messages, cart: &Cart) -> String {
    summed_up(words, cart.len(), cart.total_copies())
}

fn summed_up(words: Messages, cards: usize, copies: u64) -> String {
    let words = words.cart();
    let cards = match cards {
        1 => words.one_card.to_string(),
        count => words.cards(&count.to_string()),
    };
    let copies = match copies {
        1 => words.one_copy.to_string(),
        count => words.copies(&count.to_string()),
    };
    words.summary(&cards, &copies)
}

fn row(cart: CartFlow, card: CardId, steppers: &Steppers, sign: &El) -> El {
    let all = words();
    let words = all.cart();
    let place = el("li");
    let here = place.clone();
    let take_out = move || {
        // With the last one goes the list: whoever goes on by keyboard goes on from the title.
        if cart.listed().len() == 1 {
            focus_title(&here);
        }
        cart.take_out(card);
    };
    let remove = blank("button quiet", "remove-from-cart", take_out)
        .live_attr("aria-label", move || Some(words.remove_of(&cart.faces().title(card))))
        .child(again(sign))
        .child(el("span").class("wide-only").text(words.remove));
    place
        .class("row")
        .attr("data-card", &card.to_string())
        .child(small(cart.faces(), card))
        .child(named(cart.faces(), card).child(progress(cart, card)))
        .child(steppers.for_card(card))
        .child(remove)
        .live(move || trouble(cart, all, card))
        .live(move || twins::beside(cart, all, card))
}

/// What is happening to a card's copies right now.
fn progress(cart: CartFlow, card: CardId) -> El {
    let text = words().cart().saving;
    let busy = move || cart.wish_for(card).is_some_and(|wish| wish.failed.is_none());
    el("span").class("help").attr("role", "status").live_text(move || if busy() { text } else { "" }.to_string())
}

/// An order was submitted while one looked at something else.
fn submitted(app: App) -> El {
    // Drawn later than the screen, where the language is known all the same.
    let words = app.cx().words().checkout();
    let open = button("button", "see-order", words.see_order, move || app.go_to_desk(DeskPage::OrderDone));
    el("div").class("notice").attr("role", "status").child(el("p").text(words.done_title)).child(open)
}

/// What was taken out last, and the way back. It stays, with the focus that may be on it, while the change is on its way.
fn undo(cart: CartFlow) -> El {
    let words = words().cart();
    let shown = move || match cart.taken_out().get() {
        Some((card, _)) if cart.wish_for(card).is_none_or(|wish| wish.failed.is_none()) => card.0.wrapping_add(1),
        _ => 0,
    };
    let content = move |shown: u64| {
        let card = CardId(shown.checked_sub(1)?);
        let text = el("p").live_text(move || words.removed(&cart.faces().title(card)));
        Some(el("div").class("notice").child(text).child(button("button", "undo", words.undo, move || cart.undo())))
    };
    el("div").attr("role", "status").switch(shown, content)
}

/// What comes next for a card that has just been finalized: into the cart, and on to it.
pub(super) fn finished(app: App, card: CardId) -> El {
    let cart = app.desk().cart();
    let all = words();
    let words = all.cart();
    let is_in = move || cart.copies_there(card) > 0;
    let busy = move || cart.wish_for(card).is_some_and(|wish| wish.failed.is_none());
    let add = move || {
        if !busy() {
            cart.wish(&[(card, 1)]);
        }
    };
    let next = move |there| {
        Some(if there == 1 {
            let open = button("button primary", "open-cart", words.open_cart, move || app.go_to_desk(DeskPage::Cart));
            el("div").child(el("p").text(words.is_in_cart)).child(open)
        } else {
            let text = move || if busy() { words.adding } else { words.add_to_cart }.to_string();
            let add = blank("button primary", "add-to-cart", add).live_true("aria-disabled", busy).live_text(text);
            let doubt = move || cart_in_doubt(app.cx());
            el("div").live(doubt).child(add).live(move || trouble(cart, all, card))
        })
    };
    let next = el("div").class("next").attr("role", "status").switch(move || u64::from(is_in()), next);
    el("div").child(next).child(twins::notices(cart))
}
