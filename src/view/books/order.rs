//! One order: its cards, what became of them, where it goes and what it cost.

mod again;
mod charges;
mod printings;

use std::rc::Rc;

use js_sys::{Function, Reflect};
use wasm_bindgen::JsCast;

use super::orders::{status, time};
use crate::api::{CardId, JobStatus, PrintJob, PrintJobId};
use crate::domain::address::{lines_of_one_off, one_off_of};
use crate::domain::orders::{distinct, last_change, pieces};
use crate::flow::orders::{Known, Order, Orders, Printings};
use crate::flow::{App, Context, DeskPage, Remote, Screen, Worded, worded};
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::long_list::long_rows;
use crate::ui::notice::{loading, notice};
use crate::ui::when::Show;
use crate::ui::words;
use crate::view::face::{named, thumbnail};

/// The order `id`.
pub(super) fn screen(app: App, id: PrintJobId) -> El {
    let orders = app.books().orders();
    let all = words();
    let words = all.orders();
    let this = Order::new(orders, id);
    this.read();
    let (known, failed) = (this.known, this.failed);
    let back = blank("button quiet order-back", "back-to-orders", move || orders.back_from(id))
        .child(icon(icon::BACK))
        .child(el("span").text(words.back));
    let shown = move || {
        let failed = failed.with(Option::is_some);
        known.with(|known| match known {
            Known::Nothing if failed => 0,
            Known::Nothing => 1,
            Known::Gone => 2,
            Known::Order(_, number) => 3 + number,
        })
    };
    let content = move |shown| match (shown, known.get_untracked()) {
        (1, _) => Some(skeleton()),
        (2, _) => Some(notice(Worded::of(words.gone, words.gone_next), None)),
        (_, Known::Order(job, _)) => Some(order(orders, &job)),
        _ => None,
    };
    let trouble = move || {
        let error = failed.get()?;
        Some(notice(worded(all, &error), Some(Rc::new(move || this.read()))))
    };
    el("section")
        .class("desk order-page")
        .attr("data-screen", "order")
        .child(el("div").child(back))
        .child(heading(&words.order(&id.to_string()), "", app.cx().moved().get_untracked()))
        .live(trouble)
        .switch(shown, content)
}

fn skeleton() -> El {
    let rows = (0..3).map(|_| el("li").class("row").child(el("div").class("thumbnail card-face skeleton")));
    el("div").child(loading()).child(el("ul").class("rows").attr("aria-hidden", "true").children(rows))
}

fn order(orders: Orders, job: &Rc<PrintJob>) -> El {
    let next = if job.status.is_submitted() { again::again(orders, job) } else { not_submitted(orders.cx()) };
    let charges = job.status.is_submitted().then(|| charges::charges(orders, job.id));
    // What is on paper is what is on the screen, without what can be pressed.
    let print = job.status.is_submitted().then(|| {
        button("button", "print-order", words().orders().print, || {
            let window = leptos::prelude::window();
            // By its name: what is called by a method is in the page's first files. A frame that may not open dialogs prints
            // nothing, and says so itself.
            if let Ok(print) = Reflect::get(&window, &"print".into()) {
                let _ = print.unchecked_ref::<Function>().call0(&window);
            }
        })
    });
    let about = el("div").class("order-about").child(facts(orders, job)).children(print).child(next).children(charges);
    el("div").class("order-columns").child(about).child(cards(orders, job))
}

/// It is still a part of the cart.
fn not_submitted(cx: Context) -> El {
    let all = words();
    let words = all.orders();
    el("div")
        .class("notice")
        .child(el("p").child(el("strong").text(words.not_submitted)))
        .child(el("p").text(words.not_submitted_next))
        .child(button("button", "open-cart", all.cart().open_cart, move || cx.go(Screen::Desk(DeskPage::Cart))))
}

/// What there is to say of the order, name by name.
fn facts(orders: Orders, job: &PrintJob) -> El {
    let all = words();
    let words = all.orders();
    let fact = |name: &str, value: El| el("div").class("order-fact").child(el("dt").text(name)).child(value);
    let plain = |text: &str| el("dd").text(text);
    let moment = |text: &str| el("dd").child(time(orders.cx(), text, Show::DayAndTime));
    let mut facts = vec![fact(words.status, el("dd").child(status(all, job)))];
    facts.extend(job.created_at.as_deref().map(|at| fact(words.created_on, moment(at))));
    let is_new = job.status == JobStatus::Submitted;
    if let Some(at) = last_change(job).filter(|at| is_new || job.created_at.as_deref() != Some(at)) {
        facts.push(fact(if is_new { words.submitted_on } else { words.changed_on }, moment(at)));
    }
    facts.extend(job.number_of_copies.map(|copies| fact(words.copies, plain(&copies.to_string()))));
    let is_told = job.number_of_copies.is_some_and(|copies| copies > 1) && distinct(&job.card_ids).len() > 1;
    facts.extend(pieces(job).filter(|_| is_told).map(|pieces| fact(words.copies_in_all, plain(&pieces.to_string()))));
    facts.push(fact(words.provider, provider(orders, job)));
    let lines = job.address.as_ref().map(|address| lines_of_one_off(&one_off_of(address))).unwrap_or_default();
    let address = match (lines.is_empty(), job.address_id) {
        (true, Some(id)) => plain(&words.saved_address(&id.to_string())),
        (true, None) => plain(words.no_address),
        (false, _) => el("dd").children(lines.iter().map(|line| el("div").text(line))),
    };
    facts.push(fact(words.address, address));
    el("section").attr("aria-label", words.details).child(el("dl").class("order-facts").children(facts))
}

/// Who carries the order: by name, or by number where there is none.
fn provider(orders: Orders, job: &PrintJob) -> El {
    let words = words().orders();
    let Some(id) = job.shipping_provider_id else { return el("dd").text(words.no_provider) };
    let providers = orders.providers();
    orders.load_providers();
    let name = move || {
        providers.with(|providers| match providers {
            Some(Remote::Loading) => String::new(),
            Some(Remote::Ready(list)) => {
                let name = list.iter().find(|provider| provider.id == id).map(|provider| provider.name.as_str());
                let name = name.filter(|name| !name.trim().is_empty());
                name.map_or_else(|| words.provider_number(&id.to_string()), str::to_owned)
            }
            _ => words.provider_number(&id.to_string()),
        })
    };
    el("dd").live_text(name)
}

/// The cards, each with what became of it.
fn cards(orders: Orders, job: &Rc<PrintJob>) -> El {
    let all = words();
    let words = all.orders();
    let cards: Vec<u64> = distinct(&job.card_ids).into_iter().map(|card| card.0).collect();
    let title = el("h2").attr("id", "order-cards").text(words.cards);
    let list = el("section").class("order-cards").attr("aria-labelledby", "order-cards").child(title);
    if cards.is_empty() {
        return list.child(el("p").class("help").text(words.no_cards));
    }
    let printings = Printings::new(orders);
    let row = move |card| row(orders, CardId(card), &printings);
    list.child(long_rows(el("ul").attr("aria-labelledby", "order-cards"), move || cards.clone(), row, None))
}

fn row(orders: Orders, card: CardId, printings: &Rc<Printings>) -> El {
    el("li")
        .class("row")
        .attr("data-card", &card.to_string())
        .child(thumbnail(orders.cart().faces(), card))
        .child(named(orders.cart().faces(), card).child(printings::of(printings, card)))
}
