//! The orders: the organization's submitted print jobs, and those that are still in the cart.

use std::rc::Rc;

use crate::api::{CardId, JobFilter, JobStatus, PrintJob};
use crate::domain::orders::{Listed, distinct, last_change, pieces, place};
use crate::flow::orders::{List, Orders};
use crate::flow::{App, Context, DeskPage, Listing, Screen, worded};
use crate::i18n::Messages;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::long_list::{Shape, long_list};
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::when::{Show, when_said};
use crate::ui::words;
use crate::view::face::thumbnail;

/// So many places there are for the cards of an order.
const FACES: usize = 4;
/// An order in the list.
const ENTRY: Shape = Shape { height: 105.0, narrowest: None };

/// The orders.
pub(super) fn screen(app: App) -> El {
    let orders = app.books().orders();
    let words = words().orders();
    // What is known stays in sight while it is read again.
    orders.read_again(orders.which().get_untracked());
    let is_there = |job| {
        let list = orders.list(orders.which().get_untracked());
        list.with_untracked(|list| list.known.as_ref().is_some_and(|known| known.job(job).is_some()))
    };
    let comes_back = orders.focus().get_untracked().is_some_and(is_there);
    if !comes_back {
        orders.focus().set(None);
    }
    let choice = |which: JobFilter, action, text: &'static str| {
        let is_chosen = move || orders.which().get() == which;
        button("view", action, text, move || {
            if orders.which().get_untracked() != which {
                orders.which().set(which);
                orders.read_again(which);
            }
        })
        .live_bool("aria-pressed", is_chosen)
    };
    let choices = el("div")
        .class("views")
        .attr("role", "group")
        .attr("aria-label", words.which)
        .child(choice(JobFilter::Submitted, "show-submitted", words.submitted))
        .child(choice(JobFilter::Open, "show-open", words.in_the_cart));
    let view = move |open| Some(view(orders, if open == 1 { JobFilter::Open } else { JobFilter::Submitted }));
    el("section")
        .class("desk")
        .attr("data-screen", "orders")
        .child(heading(words.title, words.hint, app.cx().moved().get_untracked() && !comes_back))
        .child(choices)
        .switch(move || u64::from(orders.which().get() == JobFilter::Open), view)
}

/// One of the two lists.
fn view(orders: Orders, which: JobFilter) -> El {
    let all = words();
    let list = orders.list(which);
    let of = if which == JobFilter::Open { Listing::Open } else { Listing::Submitted };
    let is_empty = |list: &List| list.known.as_ref().is_some_and(|known| known.entries().is_empty());
    let content = move |shown| match shown {
        0 => Some(skeleton()),
        1 => Some(full(orders, which)),
        2 => None,
        shown => Some(empty(orders.cx(), which, shown as u32 - 3)),
    };
    let shown = move || {
        list.with(|list| match &list.known {
            Some(known) if known.entries().is_empty() && !known.more() => 3 + u64::from(known.left_out()),
            Some(known) if !known.entries().is_empty() => 1,
            None if list.failed.is_none() => 0,
            _ => 2,
        })
    };
    let failed = move || {
        let error = list.with(|list| list.failed.clone())?;
        let again = move || match list.with_untracked(|list| list.is_on) {
            true => orders.read_on(which, Box::new(|| false)),
            false => orders.read_again(which),
        };
        Some(notice(worded(all, &error), Some(Rc::new(again))))
    };
    // Many pages were looked through, and what is asked for was in none of them.
    let none_so_far = move || {
        let words = all.orders();
        let none = list.with(|list| is_empty(list) && list.known.as_ref().is_some_and(Listed::more));
        none.then(|| {
            let text = el("p").child(el("strong").text(words.none_so_far));
            el("div").class("notice").child(text).child(el("p").text(words.none_so_far_next))
        })
    };
    let more = move |there| (there == 1).then(|| more(orders, which));
    let has_more = move || list.with(|list| list.failed.is_none() && list.known.as_ref().is_some_and(Listed::more));
    el("div")
        .class("orders-view")
        .live(move || left_out(orders.cx().left_out(of)))
        .switch(shown, content)
        .live(none_so_far)
        .live(failed)
        .switch(move || u64::from(has_more()), more)
}

fn more(orders: Orders, which: JobFilter) -> El {
    let all = words();
    let list = orders.list(which);
    let busy = move || list.with(|list| list.busy);
    let text = move || if busy() { all.common().loading } else { all.cart().more }.to_string();
    let el = blank("button", "show-more", || {});
    let this = el.element().clone();
    el.on("click", move |_| {
        if !list.with_untracked(|list| list.busy) {
            let this = this.clone();
            orders.read_on(which, Box::new(move || this.matches(":focus").unwrap_or(false)));
        }
    })
    .live_true("aria-disabled", busy)
    .live_text(text)
}

fn skeleton() -> El {
    let faces = || (0..2).map(|_| el("div").class("thumbnail").child(el("div").class("card-face skeleton")));
    let rows = (0..3).map(|_| el("li").class("order").child(el("div").class("order-faces").children(faces())));
    el("div").child(loading()).child(el("ul").class("rows").attr("aria-hidden", "true").children(rows))
}

fn empty(cx: Context, which: JobFilter, left_out: u32) -> El {
    let all = words();
    let words = all.orders();
    let (what, next) = match which {
        JobFilter::Submitted => (words.empty, words.empty_next),
        JobFilter::Open => (words.empty_cart, words.empty_cart_next),
    };
    el("div")
        .class("nothing")
        .child(icon(icon::CARD))
        .child(el("p").child(el("strong").text(nothing_in(left_out, what))))
        .child(el("p").text(next))
        .child(button("button", "open-cart", all.cart().open_cart, move || cx.go(Screen::Desk(DeskPage::Cart))))
}

fn full(orders: Orders, which: JobFilter) -> El {
    let words = words().orders();
    let name = if which == JobFilter::Open { words.in_the_cart } else { words.submitted };
    let list = orders.list(which);
    let keys = move || {
        let keys = |known: &Listed| known.entries().iter().map(|entry| entry.key).collect();
        list.with(|list| list.known.as_ref().map(keys).unwrap_or_default())
    };
    let target = move || {
        let job = orders.focus().get()?;
        orders.focus().set(None);
        list.with_untracked(|list| {
            let entries = list.known.as_ref()?.entries();
            entries.iter().find(|entry| entry.job.id == job).map(|entry| entry.key)
        })
    };
    let entry = move |key| {
        let job = list.with_untracked(|list| {
            let entries = list.known.as_ref()?.entries();
            entries.iter().find(|entry| entry.key == key).map(|entry| entry.job.clone())
        });
        job.map_or_else(|| el("li"), |job| entry(orders, &job))
    };
    long_list(el("ul").class("long-list rows").attr("aria-label", name), ENTRY, keys, entry, target, None)
}

/// An order: its cards, and what became of it.
fn entry(orders: Orders, job: &PrintJob) -> El {
    let all = words();
    let words = all.orders();
    let (cx, id) = (orders.cx(), job.id);
    let open = button("order-name", "open-order", &words.order(&id.to_string()), move || {
        cx.go(Screen::Desk(DeskPage::Order(id)));
    });
    let date = last_change(job).map(|text| time(cx, text, Show::Day));
    let state_line = el("p").class("order-state").child(status(all, job)).children(date);
    let address = job.address.as_ref().and_then(place);
    let to = address.map(|place| el("p").class("help").text(&words.goes_to(place)));
    let cost = move || orders.cost(id).map(|sum| [" · ", &words.charged(&sum.in_words(cx.locale()))].concat());
    let cost = el("span").class("order-cost").live_text(move || cost().unwrap_or_default());
    let what = el("div")
        .class("order-text")
        .child(el("h2").child(open))
        .child(state_line)
        .child(el("p").text(&amounts(all, job)).child(cost))
        .children(to);
    el("li")
        .class("order")
        .attr("data-order", &id.to_string())
        .child(faces(orders, &distinct(&job.card_ids)))
        .child(what)
}

/// The first cards of an order, small.
fn faces(orders: Orders, cards: &[CardId]) -> El {
    let shown = if cards.len() > FACES { FACES - 1 } else { cards.len() };
    let left = cards.len() - shown;
    let more = (left > 0).then(|| {
        let count = ["+", &left.to_string()].concat();
        el("div").class("thumbnail").child(el("div").class("card-face blank more").text(&count))
    });
    let faces = cards.iter().take(shown).map(|card| thumbnail(orders.cart().faces(), *card));
    // How many there are is said beside them.
    el("div").class("order-faces").attr("aria-hidden", "true").children(faces).children(more)
}

/// How far an order is, in a word.
pub(super) fn status(all: Messages, job: &PrintJob) -> El {
    let words = all.orders();
    let (class, text) = match &job.status {
        JobStatus::Created => ("order-status", words.status_created),
        JobStatus::Submitted => ("order-status submitted", words.status_submitted),
        JobStatus::Other(word) => ("order-status submitted", word.as_str()),
    };
    el("span").class(class).text(text)
}

/// How many cards and copies, in words.
fn amounts(all: Messages, job: &PrintJob) -> String {
    let words = all.cart();
    let count = distinct(&job.card_ids).len();
    let cards = if count == 1 { words.one_card.to_string() } else { words.cards(&count.to_string()) };
    let copies = match job.number_of_copies {
        None => return cards,
        Some(1) => words.one_copy.to_string(),
        Some(copies) => words.copies(&copies.to_string()),
    };
    match count {
        0 | 1 => [&cards, ", ", &copies].concat(),
        _ => {
            let each = all.orders().of_each(&cards, &copies);
            match pieces(job) {
                Some(pieces) if job.number_of_copies != Some(1) => {
                    [&each, ", ", &all.orders().in_all(&pieces.to_string())].concat()
                }
                _ => each,
            }
        }
    }
}

/// A moment as the server wrote it, in the person's words.
pub(super) fn time(cx: Context, text: &str, show: Show) -> El {
    el("time").attr("datetime", text).text(&when_said(text, cx.locale(), show))
}
