//! The orders: the organization's submitted print jobs, and those that are still in the cart.

use std::rc::Rc;

use super::super::app::{App, DeskPage, Load};
use super::face::thumbnail;
use super::state::State;
use crate::api::{CardId, Error, JobFilter, JobStatus, Page, PrintJob, PrintJobId, ShippingProvider};
use crate::domain::orders::{Listed, last_change, place};
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::keyed::keyed;
use crate::ui::notice::{loading, notice, worded};
use crate::ui::when::{Show, when_said};
use crate::ui::words;

/// So many pages are looked through at a time for an order that belongs to the list.
const MOST_PAGES: u32 = 50;
/// So many places there are for the cards of an order.
const FACES: usize = 4;

/// What is known of the orders.
#[derive(Clone, Copy)]
pub(super) struct Orders {
    /// Which list is looked at.
    which: Var<JobFilter>,
    submitted: Var<List>,
    open: Var<List>,
    /// The order in the list that takes the focus when it is drawn.
    focus: Var<Option<PrintJobId>>,
    /// The order that is being ordered again, and whether its cards are on their way into the cart.
    pub(super) again: Var<Option<(PrintJobId, bool)>>,
    /// Who carries orders; none before it was asked for.
    pub(super) providers: Var<Option<Load<Rc<[ShippingProvider]>>>>,
}

/// A list, and what is asked for it.
#[derive(Clone, Default)]
struct List {
    /// `None` before there was an answer.
    known: Option<Listed>,
    busy: bool,
    failed: Option<Error>,
    /// Whether it was further pages that were asked for last, and not all of it again.
    is_on: bool,
    /// Of two reads under way the last one counts.
    turn: u32,
}

impl Orders {
    pub(super) fn new() -> Orders {
        Orders {
            which: Var::new(JobFilter::Submitted),
            submitted: Var::new(List::default()),
            open: Var::new(List::default()),
            focus: Var::new(None),
            again: Var::new(None),
            providers: Var::new(None),
        }
    }

    /// Nothing of this is for the next person.
    pub(super) fn forget(self) {
        self.which.set(JobFilter::Submitted);
        for list in [self.submitted, self.open] {
            // What is under way is for nobody.
            list.update(|list| *list = List { turn: list.turn.wrapping_add(1), ..List::default() });
        }
        self.focus.set(None);
        self.again.set(None);
        self.providers.set(None);
    }

    fn list(self, which: JobFilter) -> Var<List> {
        match which {
            JobFilter::Submitted => self.submitted,
            JobFilter::Open => self.open,
        }
    }

    /// An order, as one of the lists had it.
    pub(super) fn known(self, job: PrintJobId) -> Option<PrintJob> {
        let find = |list: Var<List>| list.with_untracked(|list| list.known.as_ref()?.job(job).cloned());
        find(self.submitted).or_else(|| find(self.open))
    }

    /// Goes back to the list, to where `job` stands in it.
    pub(super) fn back_from(self, app: App, job: PrintJobId) {
        self.focus.set(Some(job));
        app.go_to_desk(DeskPage::Orders);
    }
}

/// The orders.
pub(super) fn screen(app: App) -> El {
    let state = app.desk();
    let orders = state.orders;
    let words = words().orders();
    // What is known stays in sight while it is read again.
    read_again(state, orders.which.get_untracked());
    let is_there = |job| {
        let list = orders.list(orders.which.get_untracked());
        list.with_untracked(|list| list.known.as_ref().is_some_and(|known| known.job(job).is_some()))
    };
    let comes_back = orders.focus.get_untracked().is_some_and(is_there);
    if !comes_back {
        orders.focus.set(None);
    }
    let choice = |which: JobFilter, action, text: &'static str| {
        let is_chosen = move || orders.which.get() == which;
        button("order-view", action, text, move || {
            if orders.which.get_untracked() != which {
                orders.which.set(which);
                read_again(state, which);
            }
        })
        .live_bool("aria-pressed", is_chosen)
    };
    let choices = el("div")
        .class("order-views")
        .attr("role", "group")
        .attr("aria-label", words.which)
        .child(choice(JobFilter::Submitted, "show-submitted", words.submitted))
        .child(choice(JobFilter::Open, "show-open", words.in_the_cart));
    let view = move |open| Some(view(state, if open == 1 { JobFilter::Open } else { JobFilter::Submitted }));
    el("section")
        .class("desk")
        .attr("data-screen", "orders")
        .child(heading(words.title, words.hint, app.moved.get_untracked() && !comes_back))
        .child(choices)
        .switch(move || u64::from(orders.which.get() == JobFilter::Open), view)
}

/// Reads a list from its start, as far as it was known.
fn read_again(state: State, which: JobFilter) {
    let known = state.orders.list(which).with_untracked(|list| list.known.clone()).unwrap_or_default();
    let pages = known.pages().max(1);
    let finish = Box::new(move |list: Listed| list.after(&known));
    read(state, which, Listed::default(), pages, finish, Box::new(|| false), false);
}

/// Reads on. Who presses this with a keyboard goes on with what it brought.
fn read_on(state: State, which: JobFilter, has_focus: Box<dyn Fn() -> bool>) {
    let Some(known) = state.orders.list(which).with_untracked(|list| list.known.clone()) else { return };
    let pages = known.pages() + 1;
    read(state, which, known, pages, Box::new(|list| list), has_focus, true);
}

/// Reads so many pages, and on until there is something new to show, or no more.
fn read(
    state: State,
    which: JobFilter,
    mut list: Listed,
    pages: u32,
    finish: Box<dyn FnOnce(Listed) -> Listed>,
    has_focus: Box<dyn Fn() -> bool>,
    is_on: bool,
) {
    let var = state.orders.list(which);
    let turn = var.with_untracked(|list| list.turn.wrapping_add(1));
    var.update(|list| {
        (list.busy, list.turn, list.failed, list.is_on) = (true, turn, None, is_on);
    });
    let before = list.entries().len();
    state.app.spawn(Box::pin(async move {
        let failed = read_pages(state.app, which, &mut list, pages).await.err();
        if var.with_untracked(|list| list.turn) != turn {
            return;
        }
        if let Some(error) = &failed {
            state.app.tell_error(error);
        } else if let Some(first) = list.entries().get(before)
            && has_focus()
        {
            state.orders.focus.set(Some(first.job.id));
        }
        let is_read = failed.is_none();
        var.update(|now| {
            (now.busy, now.failed) = (false, failed);
            if is_read {
                now.known = Some(finish(list));
            }
        });
    }));
}

async fn read_pages(app: App, which: JobFilter, list: &mut Listed, pages: u32) -> Result<(), Error> {
    let (client, organization) = app.client()?;
    let size = app.config.with_untracked(|config| config.as_ref().map_or(20, |config| config.page_size));
    let before = list.entries().len();
    let last = pages.max(list.pages() + MOST_PAGES);
    loop {
        let page = Page { number: list.pages() + 1, size };
        let mut found = client.print_jobs(organization, Some(page), Some(which)).await?;
        // One whose cards were all taken out is still at the server, and nothing to anybody.
        found.items.retain(|job| which == JobFilter::Submitted || !job.card_ids.is_empty());
        list.take(found);
        let has_new = list.entries().len() > before;
        if !list.more() || list.pages() >= last || (has_new && list.pages() >= pages) {
            return Ok(());
        }
    }
}

/// One of the two lists.
fn view(state: State, which: JobFilter) -> El {
    let all = words();
    let list = state.orders.list(which);
    let is_empty = |list: &List| list.known.as_ref().is_some_and(|known| known.entries().is_empty());
    let content = move |shown| match shown {
        0 => Some(skeleton()),
        1 => Some(empty(state.app, which)),
        2 => Some(full(state, which)),
        _ => None,
    };
    let shown = move || {
        list.with(|list| match &list.known {
            Some(known) if known.entries().is_empty() && !known.more() => 1,
            Some(known) if !known.entries().is_empty() => 2,
            None if list.failed.is_none() => 0,
            _ => 3,
        })
    };
    let failed = move || {
        let error = list.with(|list| list.failed.clone())?;
        let again = move || match list.with_untracked(|list| list.is_on) {
            true => read_on(state, which, Box::new(|| false)),
            false => read_again(state, which),
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
    let more = move |there| (there == 1).then(|| more(state, which));
    let has_more = move || list.with(|list| list.failed.is_none() && list.known.as_ref().is_some_and(Listed::more));
    el("div")
        .class("orders-view")
        .switch(shown, content)
        .live(none_so_far)
        .live(failed)
        .switch(move || u64::from(has_more()), more)
}

fn more(state: State, which: JobFilter) -> El {
    let all = words();
    let list = state.orders.list(which);
    let busy = move || list.with(|list| list.busy);
    let text = move || if busy() { all.common().loading } else { all.cart().more }.to_string();
    let el = blank("button", "show-more", || {});
    let this = el.element().clone();
    el.on("click", move |_| {
        if !list.with_untracked(|list| list.busy) {
            let this = this.clone();
            read_on(state, which, Box::new(move || this.matches(":focus").unwrap_or(false)));
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

fn empty(app: App, which: JobFilter) -> El {
    let all = words();
    let words = all.orders();
    let (what, next) = match which {
        JobFilter::Submitted => (words.empty, words.empty_next),
        JobFilter::Open => (words.empty_cart, words.empty_cart_next),
    };
    el("div")
        .class("nothing")
        .child(icon(icon::CARD))
        .child(el("p").child(el("strong").text(what)))
        .child(el("p").text(next))
        .child(button("button", "open-cart", all.cart().open_cart, move || app.go_to_desk(DeskPage::Cart)))
}

fn full(state: State, which: JobFilter) -> El {
    let words = words().orders();
    let name = if which == JobFilter::Open { words.in_the_cart } else { words.submitted };
    let list = state.orders.list(which);
    let keys = move || {
        let keys = |known: &Listed| known.entries().iter().map(|entry| entry.key).collect();
        list.with(|list| list.known.as_ref().map(keys).unwrap_or_default())
    };
    let entry = move |key| {
        let job = list.with_untracked(|list| {
            let entries = list.known.as_ref()?.entries();
            entries.iter().find(|entry| entry.key == key).map(|entry| entry.job.clone())
        });
        job.map_or_else(|| el("li"), |job| entry(state, &job))
    };
    keyed(el("ul").class("rows").attr("aria-label", name), keys, entry)
}

/// An order: its cards, and what became of it.
fn entry(state: State, job: &PrintJob) -> El {
    let all = words();
    let words = all.orders();
    let (app, id) = (state.app, job.id);
    let open = button("order-name", "open-order", &words.order(&id.to_string()), move || {
        app.go_to_desk(DeskPage::Order(id));
    });
    if state.orders.focus.get_untracked() == Some(id) {
        state.orders.focus.set(None);
        open.focus_soon();
    }
    let date = last_change(job).map(|text| time(app, text, Show::Day));
    let state_line = el("p").class("order-state").child(status(all, job)).children(date);
    let address = job.address.as_ref().and_then(place);
    let to = address.map(|place| el("p").class("help").text(&words.goes_to(place)));
    let what = el("div")
        .class("order-text")
        .child(el("h2").child(open))
        .child(state_line)
        .child(el("p").text(&amounts(all, job)))
        .children(to);
    el("li").class("order").attr("data-order", &id.to_string()).child(faces(state, &job.card_ids)).child(what)
}

/// The first cards of an order, small.
fn faces(state: State, cards: &[CardId]) -> El {
    let shown = if cards.len() > FACES { FACES - 1 } else { cards.len() };
    let left = cards.len() - shown;
    let more = (left > 0).then(|| {
        let count = ["+", &left.to_string()].concat();
        el("div").class("thumbnail").child(el("div").class("card-face blank more").text(&count))
    });
    let faces = cards.iter().take(shown).map(|card| thumbnail(state, *card));
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
    let count = job.card_ids.len();
    let cards = if count == 1 { words.one_card.to_string() } else { words.cards(&count.to_string()) };
    let copies = match job.number_of_copies {
        None => return cards,
        Some(1) => words.one_copy.to_string(),
        Some(copies) => words.copies(&copies.to_string()),
    };
    match count {
        0 | 1 => [&cards, ", ", &copies].concat(),
        _ => all.orders().of_each(&cards, &copies),
    }
}

/// A moment as the server wrote it, in the person's words.
pub(super) fn time(app: App, text: &str, show: Show) -> El {
    el("time").attr("datetime", text).text(&when_said(text, app.locale.get_untracked(), show))
}
