//! Ordering the same again: all of an order's cards into the cart.

use std::rc::Rc;

use crate::api::{CardId, Error, PrintJob};
use crate::domain::cart::Cart;
use crate::domain::orders::distinct;
use crate::flow::orders::{Again, Orders, copies_in};
use crate::flow::{Context, DeskPage, Screen, Worded, worded};
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el, watch};
use crate::ui::notice::{cart_in_doubt, notice};
use crate::ui::words;

/// So many cards that are left out are named.
const NAMED: usize = 10;

/// The button, how far it is, and what is left to say when it is done.
pub(super) fn again(orders: Orders, job: &Rc<PrintJob>) -> El {
    let all = words();
    let words = all.orders();
    let (again, id) = (orders.again(), job.id);
    let cards: Rc<[CardId]> = distinct(&job.card_ids).into();
    let count = cards.len();
    let outcome = Var::new(Again::None);
    // `Some(false)` while the cart is looked at, before anything is wished for.
    let is_on = move || again.get().filter(|(job, _)| *job == id).map(|(_, is_wished)| is_wished);
    let order: Rc<dyn Fn()> = {
        let job = job.clone();
        Rc::new(move || orders.order_again(&job, outcome))
    };
    let ours = job.clone();
    // What was over before the screen was come back to is told, but leads nowhere.
    let mut is_waited_for = false;
    watch(Box::new(move || {
        if is_on() == Some(true) {
            orders.finish_again(&ours, outcome, is_waited_for);
        }
        is_waited_for = true;
    }));
    let ours = job.clone();
    let progress = move || match is_on() {
        None => String::new(),
        Some(false) => words.again_starts.to_string(),
        Some(true) => {
            let done = orders.cart().cart().with(|cart| {
                let is_in = |cart: &Cart, card: CardId| cart.copies(card) >= copies_in(&ours);
                cart.ready().map_or(0, |cart| cards.iter().filter(|card| is_in(cart, **card)).count())
            });
            words.again_goes(&done.to_string(), &count.to_string())
        }
    };
    let is_empty = job.card_ids.is_empty();
    // How many others are in the cart, while one is asked whether these are to go with them.
    let asks = Var::new(0_usize);
    let (press, ours) = (order.clone(), job.clone());
    let press = blank("button primary", "order-again", move || {
        let others = orders.others_in_cart(&ours);
        if is_empty || is_on().is_some() {
        } else if others > 0 {
            asks.set(others);
        } else {
            press();
        }
    })
    .live_true("aria-disabled", move || is_empty || is_on().is_some())
    .text(words.again);
    let (sure, way_back) = (order.clone(), press.clone());
    let question =
        move |others: u64| (others > 0).then(|| question(orders, others, asks, sure.clone(), way_back.clone()));
    let told = move || match outcome.get() {
        Again::None => None,
        Again::Failed(error) => Some(notice(worded(all, &error), Some(order.clone()))),
        Again::Without(cards) => Some(without(orders, all, &cards, count, order.clone())),
    };
    el("div")
        .class("order-again")
        .live(move || cart_in_doubt(orders.cx()))
        .child(press)
        .switch(move || asks.get() as u64, question)
        .child(el("p").class("help").attr("role", "status").live_text(progress))
        .live(told)
}

/// There are other cards in the cart: whether these are to be ordered with them.
fn question(orders: Orders, others: u64, asks: Var<usize>, sure: Rc<dyn Fn()>, way_back: El) -> El {
    let all = words();
    let words = all.orders();
    let what = match others {
        1 => words.one_other.to_owned(),
        count => words.others(&count.to_string()),
    };
    let answered = move || {
        asks.set(0);
        way_back.focus_soon();
    };
    let stays = answered.clone();
    let add = button("button", "confirm", words.add_to_others, move || {
        answered();
        sure();
    });
    let box_ = el("div").class("notice").attr("role", "alert").attr("tabindex", "-1");
    box_.focus_soon();
    box_.child(el("p").child(el("strong").text(&what))).child(el("p").text(words.others_next)).child(
        el("div").class("buttons").child(add).child(to_cart(orders.cx(), all)).child(button(
            "button quiet",
            "cancel",
            all.common().cancel,
            stays,
        )),
    )
}

/// Which cards are not in the cart, and why.
fn without(orders: Orders, all: Messages, cards: &[(CardId, Error)], of: usize, again: Rc<dyn Fn()>) -> El {
    let words = all.orders();
    let is_refused = |error: &Error| matches!(error, Error::Refused { .. } | Error::NotFound { .. });
    let shown = match cards.iter().find(|(_, error)| !is_refused(error)) {
        Some((_, error)) => {
            let why = worded(all, error);
            notice(Worded { what: [words.again_failed, " ", &why.what].concat(), ..why }, Some(again))
        }
        None => {
            let what = match cards.len() {
                1 => words.one_left_out.to_string(),
                count => words.left_out(&count.to_string()),
            };
            let next = if cards.len() < of { words.left_out_next } else { words.all_left_out_next };
            let said = cards.first().map(|(_, error)| error.words().to_vec()).unwrap_or_default();
            notice(Worded { said, ..Worded::of(&what, next) }, None)
        }
    };
    let names = cards.iter().take(NAMED).map(|(card, _)| el("li").text(&orders.cart().faces().title(*card)));
    let more = (cards.len() > NAMED).then(|| el("li").text(&words.and_more(&(cards.len() - NAMED).to_string())));
    let cart = (cards.len() < of).then(|| to_cart(orders.cx(), all));
    shown.child(el("ul").class("left-out").children(names).children(more)).children(cart)
}

fn to_cart(cx: Context, all: Messages) -> El {
    button("button", "open-cart", all.cart().open_cart, move || cx.go(Screen::Desk(DeskPage::Cart)))
}
