//! Ordering the same again: all of an order's cards into the cart.

use std::rc::Rc;

use super::super::super::app::{App, DeskPage, Load};
use super::super::state::State;
use crate::api::{CardId, Error, PrintJob};
use crate::domain::cart::Wish;
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el, watch};
use crate::ui::notice::{Worded, notice, worded};
use crate::ui::words;

/// So many cards that are left out are named.
const NAMED: usize = 10;

/// What came of it.
#[derive(Clone)]
enum Outcome {
    None,
    /// The cart could not be read.
    Failed(Error),
    /// These are not in the cart.
    Without(Rc<[(CardId, Error)]>),
}

/// The button, how far it is, and what is left to say when it is done.
pub(super) fn again(state: State, job: &Rc<PrintJob>) -> El {
    let all = words();
    let words = all.orders();
    let (again, id) = (state.orders.again, job.id);
    let outcome = Var::new(Outcome::None);
    // `Some(false)` while the cart is looked at, before anything is wished for.
    let is_on = move || again.get().filter(|(job, _)| *job == id).map(|(_, is_wished)| is_wished);
    let order: Rc<dyn Fn()> = {
        let job = job.clone();
        Rc::new(move || {
            if again.get_untracked().is_none_or(|(job, _)| job != id) {
                start(state, &job, outcome);
            }
        })
    };
    let ours = job.clone();
    // What was over before the screen was come back to is told, but leads nowhere.
    let mut is_waited_for = false;
    watch(Box::new(move || {
        if is_on() == Some(true) && finish(state, &ours, outcome) && is_waited_for {
            state.app.go_to_desk(DeskPage::Cart);
        }
        is_waited_for = true;
    }));
    let ours = job.clone();
    let progress = move || match is_on() {
        None => String::new(),
        Some(false) => words.again_starts.to_string(),
        Some(true) => {
            let done = state.cart.with(|cart| match cart {
                Load::Ready(cart) => {
                    ours.card_ids.iter().filter(|card| cart.copies(**card) >= copies_in(&ours)).count()
                }
                _ => 0,
            });
            words.again_goes(&done.to_string(), &ours.card_ids.len().to_string())
        }
    };
    let is_empty = job.card_ids.is_empty();
    let press = order.clone();
    let press = blank("button primary", "order-again", move || press())
        .live_true("aria-disabled", move || is_empty || is_on().is_some())
        .text(words.again);
    let count = job.card_ids.len();
    let told = move || match outcome.get() {
        Outcome::None => None,
        Outcome::Failed(error) => Some(notice(worded(all, &error), Some(order.clone()))),
        Outcome::Without(cards) => Some(without(state, all, &cards, count, order.clone())),
    };
    el("div")
        .class("order-again")
        .child(press)
        .child(el("p").class("help").attr("role", "status").live_text(progress))
        .live(told)
}

/// Wants in the cart what is not there yet. Never fewer copies than there are.
fn start(state: State, job: &Rc<PrintJob>, outcome: Var<Outcome>) {
    let (again, job) = (state.orders.again, job.clone());
    outcome.set(Outcome::None);
    again.set(Some((job.id, false)));
    state.app.spawn(Box::pin(async move {
        let cart = match state.read_cart().await {
            Ok(cart) => cart,
            Err(error) => {
                state.app.tell_error(&error);
                if again.get_untracked() == Some((job.id, false)) {
                    again.set(None);
                }
                outcome.set(Outcome::Failed(error));
                return;
            }
        };
        let copies = copies_in(&job);
        let missing = job.card_ids.iter().filter(|card| cart.copies(**card) < copies);
        let wishes: Vec<Wish> = missing.map(|card| (*card, copies)).collect();
        state.wish(&wishes);
        if again.get_untracked() == Some((job.id, false)) {
            again.set(Some((job.id, true)));
        }
    }));
}

/// How many copies of each card there were; the cart counts one where the server does not say.
fn copies_in(job: &PrintJob) -> u32 {
    job.number_of_copies.unwrap_or(1).max(1)
}

/// Looks whether it is over, and whether it is so that there is nothing more to tell.
fn finish(state: State, job: &PrintJob, outcome: Var<Outcome>) -> bool {
    let mut failed = Vec::new();
    let is_over = state.wishes.with(|wishes| {
        wishes.iter().filter(|wish| job.card_ids.contains(&wish.card)).all(|wish| {
            failed.extend(wish.failed.clone().map(|error| (wish.card, error)));
            wish.failed.is_some()
        })
    });
    if !is_over {
        return false;
    }
    state.orders.again.set(None);
    if failed.is_empty() {
        return true;
    }
    // They are told here, and not once more in the cart.
    failed.iter().for_each(|(card, _)| state.drop_wish(*card));
    outcome.set(Outcome::Without(failed.into()));
    false
}

/// Which cards are not in the cart, and why.
fn without(state: State, all: Messages, cards: &[(CardId, Error)], of: usize, again: Rc<dyn Fn()>) -> El {
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
    let names = cards.iter().take(NAMED).map(|(card, _)| el("li").text(&state.title(*card)));
    let more = (cards.len() > NAMED).then(|| el("li").text(&words.and_more(&(cards.len() - NAMED).to_string())));
    let cart = (cards.len() < of).then(|| to_cart(state.app, all));
    shown.child(el("ul").class("left-out").children(names).children(more)).children(cart)
}

fn to_cart(app: App, all: Messages) -> El {
    button("button", "open-cart", all.cart().open_cart, move || app.go_to_desk(DeskPage::Cart))
}
