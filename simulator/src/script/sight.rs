//! What is to be seen at a tab when all is quiet, as far as a person acts on it: what `tests/faults/sight.mjs` reads off a
//! real screen, member by member.

use instant_card::api::{CardId, JobFilter, PrintJobId};
use instant_card::domain::address::{Part, Use};
use instant_card::domain::charges::readable_amount;
use instant_card::domain::draft::Draft;
use instant_card::domain::field::Role;
use instant_card::domain::money::Money;
use instant_card::domain::submission::{Fate, Why};
use instant_card::domain::top_up::{self, TopUp};
use instant_card::flow::card::{PreviewState, SaveState};
use instant_card::flow::cart::CartFlow;
use instant_card::flow::checkout::{Checkout, Chosen, Review, Step, Way};
use instant_card::flow::orders::{Again, Known};
use instant_card::flow::{App, DeskPage, Remote, Screen};
use serde_json::{Value, json};

use crate::tab::Tab;

/// Everything.
pub(super) fn of(tab: &Tab) -> Value {
    let app = tab.app;
    let screen = app.cx().screen().get_untracked();
    let (name, detail) = match screen {
        Screen::SignIn | Screen::NoAccess => ("sign-in", Value::Null),
        Screen::Starting | Screen::NotStarted => ("start", Value::Null),
        Screen::Attract => ("attract", Value::Null),
        Screen::Templates => ("templates", templates(app)),
        Screen::CardForm => ("card-form", form(app)),
        Screen::Photo(_) => ("photo", Value::Null),
        Screen::Camera(_) => ("camera", Value::Null),
        Screen::Signature(_) => ("signature", Value::Null),
        Screen::Preview => ("preview", preview(app)),
        // Scripts are of staff.
        Screen::Ending => ("checkout", Value::Null),
        Screen::Done => ("done", done(app)),
        Screen::Desk(DeskPage::Cart) => ("cart", cart(tab)),
        Screen::Desk(DeskPage::Checkout) => ("checkout", checkout(app)),
        Screen::Desk(DeskPage::OrderDone) => ("order-done", order_done(tab)),
        Screen::Desk(DeskPage::Orders) => ("orders", orders(app)),
        Screen::Desk(DeskPage::Order(job)) => ("order", order(tab, job)),
        Screen::Desk(DeskPage::Account) => ("account", account(app)),
        Screen::Desk(DeskPage::Cards) => ("cards", Value::Null),
        Screen::Desk(DeskPage::Card(_)) => ("card", Value::Null),
        // Nobody in a script goes there.
        Screen::Desk(DeskPage::Addresses | DeskPage::Address(_)) => ("addresses", Value::Null),
        Screen::Desk(DeskPage::Contacts | DeskPage::Contact(_)) => ("contacts", Value::Null),
    };
    let is_at_desk = matches!(screen, Screen::Desk(_)) && app.desk_is_there();
    let findings: Vec<&str> = if is_at_desk {
        let findings = app.desk().audits().findings().get_untracked();
        findings.iter().filter_map(|told| told.finding.verdict.code()).collect()
    } else {
        Vec::new()
    };
    let has_bar = app.cx().organization().get_untracked().is_some();
    let in_cart = has_bar.then(|| app.cx().in_cart().get_untracked().unwrap_or_default());
    json!({ "screen": name, "asked": tab.is_asked(), "in_cart": in_cart, "findings": findings, "detail": detail })
}

fn templates(app: App) -> Value {
    match app.templates().list().get_untracked() {
        Remote::Loading => json!("loading"),
        Remote::Failed(_) => json!("failed"),
        Remote::Ready(list) => list.iter().map(|template| template.id.0).collect(),
    }
}

fn form(app: App) -> Value {
    let card = app.card();
    let Some(draft) = card.draft().get_untracked() else {
        let has_failed = matches!(card.opening().get_untracked(), Some((_, Remote::Failed(_))));
        return json!(if has_failed { "failed" } else { "loading" });
    };
    let fields = draft.fields();
    let texts = fields.iter().enumerate().filter(|(_, field)| !Role::of(field).is_image());
    let texts: Vec<Value> = texts.map(|(index, _)| json!(&*draft.text(index))).collect();
    let save = match card.save_state().get_untracked() {
        SaveState::Idle => "",
        SaveState::Saving => "saving",
        SaveState::Saved => "saved",
        SaveState::Failed(_) => "failed",
    };
    json!({ "texts": texts, "save": save })
}

fn preview(app: App) -> Value {
    let card = app.card();
    let shown = match card.preview().get_untracked() {
        PreviewState::Nothing | PreviewState::Rendering => "drawing",
        PreviewState::Ready(_) => "ready",
        _ => "failed",
    };
    let has_failed = matches!(card.save_state().get_untracked(), SaveState::Failed(_));
    json!({ "preview": shown, "finalizing_failed": has_failed })
}

fn done(app: App) -> Value {
    let Some(card) = app.card().draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card)) else {
        return Value::Null;
    };
    let cart = app.desk().cart();
    let is_in = cart.copies_there(card) > 0;
    json!({ "card": card.0, "in_cart": is_in, "trouble": !is_in && is_in_trouble(cart, card) })
}

fn is_in_trouble(cart: CartFlow, card: CardId) -> bool {
    cart.wish_for(card).is_some_and(|wish| wish.failed.is_some())
}

/// Cards with their copies, and whether what was wanted of them did not come about.
fn rows(cart: CartFlow, cards: impl IntoIterator<Item = u64>) -> Value {
    let row = |card| json!([card, cart.copies(CardId(card)), is_in_trouble(cart, CardId(card))]);
    cards.into_iter().map(row).collect()
}

fn cart(tab: &Tab) -> Value {
    let desk = tab.app.desk();
    let cart = desk.cart();
    let known = match cart.cart().get_untracked() {
        Remote::Loading => json!("loading"),
        Remote::Failed(_) => json!("failed"),
        Remote::Ready(_) => rows(cart, cart.listed()),
    };
    let found = tab.search.get().and_then(|search| search.found.get_untracked()).unwrap_or_default();
    let result = |card: &CardId| {
        let is_in = cart.copies_there(*card) > 0;
        let is_wished = cart.wish_for(*card).filter(|wish| wish.failed.is_none()).map(|wish| wish.copies > 0);
        json!([card.0, is_wished.unwrap_or(is_in), !is_in && is_in_trouble(cart, *card)])
    };
    let search_failed = tab.search.get().is_some_and(|search| search.failed.with_untracked(Option::is_some));
    let taken_out = cart.taken_out().get_untracked().map(|(card, _)| card);
    let can_undo = taken_out.is_some_and(|card| !is_in_trouble(cart, card));
    json!({
        "rows": known,
        "undo": can_undo,
        "found": found.cards.iter().map(result).collect::<Value>(),
        "more": found.more,
        "search_failed": search_failed,
        "unseen": desk.checkout().unseen().get_untracked(),
    })
}

fn checkout(app: App) -> Value {
    let checkout = app.desk().checkout();
    if checkout.order().with_untracked(Option::is_some) {
        return on_the_way(app, checkout);
    }
    match checkout.cart().cart().get_untracked() {
        Remote::Loading => return json!("loading"),
        Remote::Failed(_) => return json!("failed"),
        Remote::Ready(cart) if cart.is_empty() => return json!("empty"),
        Remote::Ready(_) => {}
    }
    match checkout.step().get_untracked() {
        Step::Address => json!({ "step": "address", "shown": address(checkout) }),
        Step::Shipping => {
            let shown = match checkout.providers().get_untracked() {
                Remote::Loading => json!("loading"),
                Remote::Failed(_) => json!("failed"),
                Remote::Ready(_) => json!(checkout.provider().get_untracked().map(|provider| provider.id.0)),
            };
            json!({ "step": "shipping", "shown": shown })
        }
        Step::Copies => {
            let cart = checkout.cart();
            let entries = cart.known().map(|cart| cart.entries()).unwrap_or_default();
            json!({ "step": "copies", "shown": rows(cart, entries.iter().map(|entry| entry.card.0)) })
        }
        Step::Review => {
            let shown = match checkout.review().get_untracked() {
                Remote::Loading => json!("loading"),
                Remote::Failed(_) => json!("failed"),
                Remote::Ready(review) => reviewed(checkout, &review),
            };
            let funds = if checkout.short().get_untracked() { funds(app) } else { Value::Null };
            json!({ "step": "review", "shown": shown, "funds": funds })
        }
    }
}

fn address(checkout: Checkout) -> Value {
    let way = checkout.way().get_untracked();
    if way == Way::Saved {
        return match checkout.addresses().get_untracked() {
            Remote::Loading => json!("loading"),
            Remote::Failed(_) => json!("failed"),
            Remote::Ready(_) => match checkout.chosen().get_untracked() {
                Some(Chosen::Saved(address)) => json!({ "saved": address.id.0 }),
                _ => json!({ "saved": null }),
            },
        };
    }
    let is_new = way == Way::New;
    let of = if is_new { Use::Saved } else { Use::OneOff };
    let parts = Part::ALL.into_iter().filter(|part| part.is_in(of));
    let texts = checkout.form().with_untracked(|form| parts.map(|part| json!(form.get(part))).collect::<Value>());
    json!({ "is_new": is_new, "texts": texts })
}

fn reviewed(checkout: Checkout, review: &Review) -> Value {
    let entries = review.cart.entries();
    let cards: Value = entries.iter().map(|entry| json!([entry.card.0, entry.copies])).collect();
    let lines = checkout.chosen().get_untracked().map(|chosen| chosen.lines()).unwrap_or_default();
    let provider = checkout.provider().get_untracked().map(|provider| provider.name).unwrap_or_default();
    json!({
        "cards": cards,
        "lines": lines,
        "provider": provider.trim(),
        "balance": review.balance.map(|balance| balance.to_string()),
        "covered": !review.covered.contains(&false),
    })
}

fn on_the_way(app: App, checkout: Checkout) -> Value {
    let order = checkout.order().get_untracked();
    let Some(order) = order else { return Value::Null };
    let said = |fate: &Fate| match fate {
        Fate::Waiting => "waiting",
        Fate::Working | Fate::LookingUp => "working",
        Fate::Submitted => "submitted",
        Fate::Stopped(why) if why.is_certain() => "not submitted",
        Fate::Stopped(_) => "not known",
    };
    let fates: Value = order.lines().iter().map(|line| json!([line.job.0, said(&line.fate)])).collect();
    let why = order.stopped().map(|(_, why)| why.clone());
    let way_on = why.as_ref().map(|why| match why {
        Why::NotCovered => "resume",
        Why::Unknown(_) => "check-again",
        Why::Changed => "review-again",
        _ => "retry",
    });
    let funds = if why == Some(Why::NotCovered) { funds(app) } else { Value::Null };
    json!({ "fates": fates, "way_on": way_on, "funds": funds })
}

/// The form for adding money, or what became of it.
fn funds(app: App) -> Value {
    let funds = app.books().funds();
    let payment = funds.payment().get_untracked();
    let is_seen = funds.is_seen().get_untracked();
    let is_resumed = payment.as_ref().is_some_and(TopUp::is_resumed);
    json!(match payment.as_ref().map(TopUp::fate) {
        Some(top_up::Fate::Added) if !is_seen => "added",
        Some(top_up::Fate::LookingUp) if is_resumed => "not known",
        Some(top_up::Fate::Stopped(top_up::Why::Unknown(_))) => "not known",
        Some(top_up::Fate::Stopped(_)) if !is_seen => "form, with trouble",
        _ => "form",
    })
}

fn order_done(tab: &Tab) -> Value {
    let done = tab.app.desk().checkout().done().get_untracked();
    let lines = done.map(|done| done.lines).unwrap_or_default();
    let charges = tab.charged.borrow();
    let charge = |place: usize| match charges.get(place)?.get_untracked() {
        Remote::Ready(Some(details)) => Some(Money::of(&details.job_total_cost?)?.to_string()),
        _ => None,
    };
    lines.iter().enumerate().map(|(place, line)| json!([line.job.0, charge(place)])).collect()
}

fn orders(app: App) -> Value {
    let orders = app.books().orders();
    let which = orders.which().get_untracked();
    let list = orders.list(which).get_untracked();
    let known = list.known.as_ref().map(|known| known.entries().iter().map(|entry| entry.job.id.0).collect::<Value>());
    let has_more = list.failed.is_none() && list.known.as_ref().is_some_and(|known| known.more());
    json!({
        "open": which == JobFilter::Open,
        "orders": known.unwrap_or_else(|| json!([])),
        "failed": list.failed.is_some(),
        "more": has_more,
    })
}

fn order(tab: &Tab, job: PrintJobId) -> Value {
    let Some((order, outcome)) = tab.order.get() else { return Value::Null };
    let known = match order.known.get_untracked() {
        Known::Nothing => json!("nothing"),
        Known::Gone => json!("gone"),
        Known::Order(job, _) => {
            let mut cards: Vec<u64> = Vec::new();
            job.card_ids.iter().map(|card| card.0).for_each(|card| {
                if !cards.contains(&card) {
                    cards.push(card);
                }
            });
            json!({ "submitted": job.status.is_submitted(), "cards": cards })
        }
    };
    let again = match outcome.get_untracked() {
        Again::None => false,
        Again::Failed(_) | Again::Without(_) => true,
    };
    let has_failed = order.failed.with_untracked(Option::is_some);
    json!({ "order": job.0, "known": known, "failed": has_failed, "again_failed": again })
}

fn account(app: App) -> Value {
    let account = app.desk().account();
    let balance = match account.balance().now().get_untracked() {
        Remote::Loading => json!("loading"),
        Remote::Failed(_) => json!("failed"),
        Remote::Ready(amount) => json!(readable_amount(&amount)),
    };
    let movements = match account.transactions().now().get_untracked() {
        Remote::Loading => json!("loading"),
        Remote::Failed(_) => json!("failed"),
        Remote::Ready(list) => json!(list.len()),
    };
    let is_adding = account.is_adding().get_untracked();
    json!({ "balance": balance, "movements": movements, "funds": if is_adding { funds(app) } else { Value::Null } })
}
