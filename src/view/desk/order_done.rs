//! The order is submitted: what was charged for it, and where to find it.

use super::checkout::name_of;
use crate::api::{CardId, ChargeDetails};
use crate::domain::audit::Charge;
use crate::domain::cutoff::{CutOff, cut_off};
use crate::domain::money::Money;
use crate::domain::submission::Line;
use crate::flow::checkout::JobCharge;
use crate::flow::{App, DeskPage, Remote, Screen};
use crate::i18n::Messages;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::when::{Show, now, when};
use crate::ui::words;
use crate::view::face::thumbnail;

/// So many places there are for the cards of an order.
const FACES: usize = 5;

/// The last screen of an order.
pub(super) fn screen(app: App) -> El {
    let desk = app.desk();
    let all = words();
    let words = all.checkout();
    let lines = desk.checkout().done().with_untracked(|done| done.as_ref().map(|done| done.lines.clone()));
    let lines = lines.unwrap_or_default();
    desk.checkout().unseen().set(false);
    let charges = desk.checkout().charges();
    let items = lines.iter().zip(&charges).map(|(line, charge)| item(app, all, line, *charge));
    let list = el("ul").class("charges").children(items.collect::<Vec<_>>());
    let now = desk.checkout().balance_now();
    let balance = move || now.get().map(|amount| all.funds().balance_now(&amount)).unwrap_or_default();
    // Where it may have been charged otherwise, this is what it costs, and the notice says the rest.
    let (doubted, jobs) = (desk.audits().doubted(), lines.iter().map(|line| line.job).collect::<Vec<_>>());
    let is_ours = move |charge: &Charge| matches!(charge, Charge::Job(job) if jobs.contains(job));
    let title = move || {
        let is_doubted = doubted.with(|doubted| doubted.iter().any(&is_ours));
        if is_doubted { words.costs } else { words.charged }.to_string()
    };
    let total = (lines.len() > 1).then(|| total(all, charges));
    let cards: Vec<CardId> = lines.iter().flat_map(|line| line.cards.iter().copied()).collect();
    el("section")
        .class("finished order-done")
        .attr("data-screen", "order-done")
        .child(el("div").class("tick").child(icon(icon::TICK)))
        .child(heading(words.done_title, words.done_hint, app.cx().moved().get_untracked()))
        .child(faces(app, &cards))
        .children(whither(app, all))
        .child(el("div").class("charged").child(el("h2").live_text(title)).child(list).children(total))
        .child(el("p").class("help").attr("role", "status").live_text(balance))
        .child(button("button primary", "new-card", all.card().new_card, move || app.templates().new_card()))
}

/// The first of the cards, small.
fn faces(app: App, cards: &[CardId]) -> El {
    let shown = if cards.len() > FACES { FACES - 1 } else { cards.len() };
    let left = cards.len() - shown;
    let more = (left > 0).then(|| {
        let count = ["+", &left.to_string()].concat();
        el("div").class("thumbnail").child(el("div").class("card-face blank more").text(&count))
    });
    let faces = cards.iter().take(shown).map(|card| thumbnail(app.desk().faces(), *card));
    el("div").class("done-faces").attr("aria-hidden", "true").children(faces.collect::<Vec<_>>()).children(more)
}

/// Where it goes, who carries it, and when it is shipped by the vendor's rule.
fn whither(app: App, all: Messages) -> Option<El> {
    let words = all.checkout();
    let done = app.desk().checkout().done();
    if done.with_untracked(|done| done.as_ref().is_some_and(|done| done.at.is_none())) {
        done.update(|done| done.iter_mut().for_each(|done| done.at = Some(now())));
    }
    let (to, by, at) = done.with_untracked(|done| {
        let done = done.as_ref()?;
        Some((done.to.clone(), done.by.as_ref().map(name_of), done.at?))
    })?;
    let ships = match cut_off(at) {
        CutOff::Today { .. } => words.ships_same_day.to_owned(),
        CutOff::Next { at } => words.ships_with(&when(at, app.cx().locale(), Show::Weekday)),
    };
    let lines = to.iter().map(|line| el("div").text(line));
    let fact = |name: &str, value: El| el("div").child(el("dt").text(name)).child(value);
    Some(
        el("dl")
            .class("whither")
            .children((!to.is_empty()).then(|| fact(words.address, el("dd").children(lines.collect::<Vec<_>>()))))
            .children(by.map(|by| fact(words.provider, el("dd").text(&by))))
            .child(fact(words.ships, el("dd").text(&ships))),
    )
}

fn item(app: App, all: Messages, line: &Line, charge: JobCharge) -> El {
    let words = all.checkout();
    let job = line.job;
    let open = button("link", "open-order", &words.open_order(&job.to_string()), move || {
        app.cx().go(Screen::Desk(DeskPage::Order(job)));
    });
    let amount = move || {
        Some(match charge.get() {
            Remote::Ready(Some(details)) => charged(all, &details),
            Remote::Ready(None) | Remote::Failed(_) => el("span").class("help").text(words.charge_unknown),
            Remote::Loading => {
                el("span").class("skeleton charge").attr("role", "status").attr("aria-label", all.common().loading)
            }
        })
    };
    el("li").attr("data-job", &job.to_string()).child(open).live(amount)
}

fn charged(all: Messages, details: &ChargeDetails) -> El {
    let words = all.checkout();
    let shown =
        |amount: &crate::api::Amount| Money::of(amount).map_or(amount.0.clone(), |money| money.in_words(all.locale()));
    let total = details.job_total_cost.as_ref().map(|total| el("strong").class("amount").text(&shown(total)));
    let shipping = details
        .shipping_cost
        .as_ref()
        .map(|cost| el("span").class("help").text(&[words.of_which_shipping, " ", &shown(cost)].concat()));
    el("span").class("charge").children(total).children(shipping)
}

/// The sum, once every part of it is known.
fn total(all: Messages, charges: Vec<JobCharge>) -> El {
    let sum = move || {
        let each = charges.iter().map(|charge| match charge.get() {
            Remote::Ready(details) => details.and_then(|details| Money::of(&details.job_total_cost?)),
            _ => None,
        });
        each.collect::<Option<Vec<Money>>>()?.into_iter().try_fold(Money::usd(0), Money::checked_add)
    };
    let line = move || {
        let sum = sum()?;
        let name = el("span").text(all.checkout().total);
        Some(
            el("p")
                .class("charge-total")
                .child(name)
                .child(el("strong").class("amount").text(&sum.in_words(all.locale()))),
        )
    };
    el("div").live(line)
}
