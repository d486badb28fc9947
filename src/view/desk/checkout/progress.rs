//! The order on its way: how each of its print jobs stands, and what to do where it has stopped.

use std::rc::Rc;

use crate::domain::submission::{Fate, Line, Why};
use crate::flow::Desk;
use crate::i18n::Messages;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::words;
use crate::view::books;

/// How the order stands.
pub(super) fn progress(desk: Desk) -> El {
    let checkout = desk.checkout();
    let all = words();
    let words = all.checkout();
    let list = move || {
        let order = checkout.order().get()?;
        Some(el("ul").class("fates").children(order.lines().iter().map(|line| fate(all, line))))
    };
    let running = move || checkout.running().get();
    let under_way = el("p").class("help").hidden(move || !running()).text(words.under_way);
    // Drawn anew for each stop only: a form for funds is not to go away while it is being filled in.
    let stopped = move |stopped| (stopped == 1).then(|| stop(desk, all)).flatten();
    let is_stopped = move || {
        let has_stopped = checkout.order().with(|order| order.as_ref().is_some_and(|order| order.stopped().is_some()));
        u64::from(has_stopped && !running())
    };
    el("div")
        .class("progress")
        .child(el("div").attr("role", "status").child(under_way).live(list))
        .switch(is_stopped, stopped)
}

fn fate(all: Messages, line: &Line) -> El {
    let words = all.checkout();
    let (class, text) = match &line.fate {
        Fate::Waiting => ("waiting-line", words.fate_waiting),
        Fate::Working => ("working", words.fate_working),
        Fate::LookingUp => ("working", words.fate_looking_up),
        Fate::Submitted => ("covered", words.fate_submitted),
        Fate::Stopped(why) if why.is_certain() => ("not-covered", words.fate_stopped),
        Fate::Stopped(_) => ("not-covered", words.fate_unknown),
    };
    let count = line.cards.len();
    let cards = if count == 1 { all.cart().one_card.to_owned() } else { all.cart().cards(&count.to_string()) };
    let what = [&cards, " ", &words.times(&line.copies.to_string())].concat();
    let spins = matches!(line.fate, Fate::Working | Fate::LookingUp);
    el("li")
        .class("fate")
        .attr("data-job", &line.job.to_string())
        .child(el("strong").text(&words.job(&line.job.to_string())))
        .child(el("span").class("help").text(&what))
        .child(el("span").class(class).children(spins.then(|| el("span").class("spinner"))).text(text))
}

/// Why it stopped, and the way on.
fn stop(desk: Desk, all: Messages) -> Option<El> {
    let checkout = desk.checkout();
    let words = all.checkout();
    let why = checkout.order().with_untracked(|order| Some(order.as_ref()?.stopped()?.1.clone()))?;
    let told = checkout.stopped_words(&why);
    // The button that was pressed is gone: whoever goes on by keyboard goes on from here.
    let mut box_ = el("div").class("notice danger").attr("role", "alert").attr("part", "notice").attr("tabindex", "-1");
    box_.focus_soon();
    box_ = box_.child(el("p").child(el("strong").text(&told.what))).child(el("p").text(&told.next));
    if !told.said.is_empty() {
        let list = el("ul").children(told.said.iter().map(|said| el("li").text(said)));
        box_ = box_.child(el("div").class("said").child(el("span").text(all.common().server_said)).child(list));
    }
    let funds = matches!(why, Why::NotCovered).then(|| books::funds_form(desk.app(), Rc::new(|| {}))).flatten();
    let (action, text): (&str, &str) = match why {
        Why::NotCovered => ("resume", words.resume),
        Why::Unknown(_) => ("check-again", words.check_again),
        Why::Changed => ("review-again", words.review_again),
        _ => ("retry", all.common().retry),
    };
    let is_changed = why == Why::Changed;
    let kind = if why == Why::NotCovered { "button" } else { "button primary" };
    let go = button(kind, action, text, move || {
        if is_changed {
            checkout.review_again();
        } else {
            checkout.resume();
        }
    });
    // Where something may still be charged, the only way is to find out.
    let again = (why.is_certain() && !is_changed)
        .then(|| button("button", "review-again", words.review_again, move || checkout.review_again()));
    let actions = el("div").class("actions").child(go).children(again);
    Some(el("div").class("stopped").child(box_).children(funds).child(actions))
}
