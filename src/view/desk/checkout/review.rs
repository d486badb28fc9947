//! The order as it would be submitted: the cards themselves, where they go, what is in the account, and when it ships.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{on_cleanup, set_interval_with_handle};

use super::super::cart::summary_of;
use crate::api::CardId;
use crate::domain::cutoff::{CutOff, cut_off, hours_and_minutes};
use crate::domain::money::Money;
use crate::flow::checkout::{Checkout, Review};
use crate::flow::{App, Desk, Remote, Worded, worded};
use crate::i18n::{Locale, Messages};
use crate::reactive::Var;
use crate::ui::button::blank;
use crate::ui::dom::{El, el};
use crate::ui::long_list::{Shape, long_list};
use crate::ui::notice::{cart_in_doubt, loading, notice};
use crate::ui::when::{Show, now, when};
use crate::ui::words;
use crate::view::books;
use crate::view::face::{at_rest, named, small};

/// From so many cards on they scroll in a place of their own.
const MANY: usize = 24;
const CARD: Shape = Shape { height: 175.0, narrowest: Some(160.0) };

/// The step itself.
pub(super) fn open(desk: Desk) -> El {
    let checkout = desk.checkout();
    let all = words();
    let content = move || {
        Some(match checkout.review().get() {
            Remote::Loading => {
                let text = el("p").attr("role", "status").text(all.checkout().preparing);
                el("div").child(loading()).child(text).child(el("div").class("skeleton starting"))
            }
            Remote::Failed(error) => notice(worded(all, &error), Some(Rc::new(move || checkout.prepare()))),
            Remote::Ready(review) => ready(desk.app(), checkout, all, &review),
        })
    };
    // The form outlives the review that asks for it, so that one reads in it what became of a payment.
    let add =
        move |short| (short == 1).then(|| books::funds_form(desk.app(), Rc::new(move || checkout.prepare()))).flatten();
    el("div").live(content).child(el("div").class("too-little").switch(move || u64::from(checkout.short().get()), add))
}

fn ready(app: App, checkout: Checkout, all: Messages, review: &Review) -> El {
    let words = all.checkout();
    let entries = review.cart.entries();
    let keys: Vec<u64> = entries.iter().map(|entry| entry.card.0).collect();
    let faces = checkout.cart().faces();
    let item = move |card: u64| {
        let copies = entries.iter().find(|entry| entry.card.0 == card).map_or(0, |entry| entry.copies);
        el("li")
            .class("review-card")
            .attr("data-card", &card.to_string())
            .child(small(faces, CardId(card)))
            .child(named(faces, CardId(card)))
            .children(checkout.is_new(CardId(card)).then(|| el("span").class("badge").text(words.new_card)))
            .child(el("span").class("times").text(&words.times(&copies.to_string())))
    };
    let class = if keys.len() > MANY { "review-cards many" } else { "review-cards" };
    let added = keys.iter().filter(|card| checkout.is_new(CardId(**card))).count();
    let added = (added > 0).then(|| {
        let text = if added == 1 { words.one_added.to_owned() } else { words.added(&added.to_string()) };
        el("p").class("notice").attr("role", "status").text(&text)
    });
    let list = el("ul").class("long-list").attr("aria-label", words.cards);
    let cards =
        el("div").class(class).child(long_list(list, CARD, move || keys.clone(), item, || None, at_rest(faces)));

    let balance = match review.balance {
        Some(balance) => el("p")
            .class("amount")
            .live_class("negative", move || balance.is_negative())
            .text(&balance.in_words(all.locale())),
        None => el("p").class("help").text(words.balance_unknown),
    };
    let fact = |name: &str, value: El| [el("dt").text(name), el("dd").child(value)];
    // Where it goes and who carries it stand above, each with its way to change it.
    let facts = el("dl")
        .class("facts")
        .children(fact(words.cards, el("p").text(&summary_of(all, &review.cart))))
        .children(fact(words.balance, el("div").child(balance).child(covers(all, review))));

    let is_covered = review.covered.iter().all(|covered| *covered);
    let too_little = (!is_covered).then(|| {
        let title = el("p").child(el("strong").text(words.not_covered_title));
        let told = el("div").class("notice danger").attr("role", "alert").attr("part", "notice");
        told.child(title).child(el("p").text(words.not_covered_next))
    });
    let busy = move || checkout.running().get();
    let submit = blank("button primary", "submit-order", move || {
        if is_covered {
            checkout.submit();
        }
    })
    .live_true("aria-disabled", move || !is_covered || busy())
    .live_text(move || if busy() { words.submitting } else { words.submit }.to_string());
    el("div")
        .class("review")
        .children(added)
        .child(cards)
        .child(facts)
        .child(ships(all, checkout.cx().locale()))
        .children(too_little)
        .live(move || cart_in_doubt(checkout.cx()))
        .child(el("p").class("help").text(words.price_hint))
        .children(books::estimate(app))
        .live(move || Some(notice(Worded::of(&checkout.refused().get()?, words.refused_next), None)))
        .child(el("div").class("actions").child(submit))
}

/// Whether the balance covers the order; job by job where there are several.
fn covers(all: Messages, review: &Review) -> El {
    let words = all.checkout();
    let jobs: Vec<_> = review.cart.jobs().iter().filter(|job| !job.cards.is_empty()).collect();
    let told = |covered: bool| {
        let (class, text) = if covered { ("covered", words.covered) } else { ("not-covered", words.not_covered) };
        el("span").class(class).text(text)
    };
    // Some servers cover everything: what the balance itself speaks against is not said.
    let is_overdrawn = review.balance.is_some_and(Money::is_negative);
    if is_overdrawn && review.covered.iter().all(|covered| *covered) {
        return el("p").child(el("span").class("not-covered").text(words.overdrawn));
    }
    if let [covered] = review.covered[..] {
        return el("p").child(told(covered));
    }
    let items = jobs.iter().zip(&review.covered).map(|(job, covered)| {
        let copies = words.times(&job.copies.to_string());
        let count = job.cards.len();
        let cards = if count == 1 { all.cart().one_card.to_owned() } else { all.cart().cards(&count.to_string()) };
        let name = [&words.job(&job.id.to_string()), ": ", &cards, " ", &copies, ". "].concat();
        el("li").text(&name).child(told(*covered))
    });
    let apart = review.covered.iter().all(|covered| *covered).then(|| el("p").class("help").text(words.covered_apart));
    let hint = el("p").class("help").text(words.jobs_hint);
    el("div").child(el("ul").class("jobs").children(items)).children(apart).child(hint)
}

/// When it ships: the time that is left until the vendor's cut-off, by the person's own clock.
fn ships(all: Messages, locale: Locale) -> El {
    let clock = Var::new(now());
    let tick = set_interval_with_handle(move || clock.set(now()), Duration::from_secs(10));
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    let words = all.checkout();
    let text = move || match cut_off(clock.get()) {
        CutOff::Today { at, left } => {
            let (hours, minutes) = hours_and_minutes(left);
            let left = match hours {
                0 => words.minutes(&minutes.to_string()),
                _ => words.hours_minutes(&hours.to_string(), &minutes.to_string()),
            };
            words.ships_today(&left, &when(at, locale, Show::Weekday))
        }
        CutOff::Next { at } => words.ships_later(&when(at, locale, Show::Weekday)),
    };
    el("p").class("cut-off").live_text(text)
}
