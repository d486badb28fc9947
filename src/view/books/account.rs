//! The account: whose it is, what is in it, and what moved on it.

mod transactions;

use std::cell::Cell;
use std::rc::Rc;

use super::funds;
use crate::domain::charges::{amount_in_words, readable_amount};
use crate::domain::money::Money;
use crate::flow::account::Account;
use crate::flow::{App, Books, Remote, worded};
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::notice;
use crate::ui::words;

/// The screen.
pub(super) fn screen(app: App) -> El {
    let books = app.books();
    let account = books.account();
    account.read_profile();
    account.read_organization();
    account.read_balance();
    account.read_transactions();
    let words = words().account();
    let (toggle, panel) = add_funds(books);
    el("section")
        .class("desk account")
        .attr("data-screen", "account")
        .child(heading(words.title, "", app.cx().moved().get_untracked()))
        .child(el("div").class("overview").child(whose(app, account)).child(balance(account).child(toggle)))
        .child(panel)
        .child(transactions::section(account))
}

/// Whose account it is. Its details are an ornament: without them there are the name and the number that are known.
fn whose(app: App, account: Account) -> El {
    let all = words();
    let words = all.account();
    let known = account.organization().now();
    let name = move || {
        let read = known.with(|known| known.ready().map(|read| read.name.clone()));
        let name = read.filter(|name| !name.is_empty()).or_else(|| app.organization_name().get());
        name.unwrap_or_else(|| all.common().your_account.to_string())
    };
    let number = move || app.cx().organization().get().map(|id| words.number(&id.to_string())).unwrap_or_default();
    let totals = move || {
        let (cards, templates) = known.with(|known| match known {
            Remote::Ready(read) => (read.total_cards, read.total_templates),
            _ => (None, None),
        });
        let cards = cards.map(|count| if count == 1 { words.one_card.into() } else { words.cards(&count.to_string()) });
        let templates = templates
            .map(|count| if count == 1 { words.one_template.into() } else { words.templates(&count.to_string()) });
        let items = cards.into_iter().chain(templates).map(|text: String| el("li").text(&text));
        Some(el("ul").class("totals").children(items))
    };
    // Who that is, is an ornament too.
    let person = move || {
        let (name, email) = account.profile().now().with(|profile| {
            let profile = profile.ready()?;
            Some((profile.full_name.clone().unwrap_or_default(), profile.email.clone().unwrap_or_default()))
        })?;
        let parts: Vec<&str> = [name.trim(), email.trim()].into_iter().filter(|text| !text.is_empty()).collect();
        let person = el("p").class("help").text(&words.signed_in_as(&parts.join(" · ")));
        (!parts.is_empty()).then_some(person)
    };
    el("div")
        .class("whose")
        .child(el("h2").live_text(name))
        .child(el("p").class("help").live_text(number))
        .live(totals)
        .child(el("div").class("person").live(person))
}

fn balance(account: Account) -> El {
    let all = words();
    let words = all.account();
    let content = move || {
        Some(match account.balance().now().get() {
            Remote::Loading => el("div").class("skeleton sum").attr("aria-hidden", "true"),
            Remote::Failed(error) => notice(worded(all, &error), Some(Rc::new(move || account.read_balance()))),
            Remote::Ready(amount) => {
                let (said, notation) = (amount_in_words(&amount, all.locale()), readable_amount(&amount));
                let sum = el("p").class("sum").text(&said);
                let notation =
                    (said != notation).then(|| el("p").class("help notation").text(&words.as_instantcard(&notation)));
                let is_negative = Money::of(&amount).is_some_and(Money::is_negative);
                let owed = is_negative
                    .then(|| el("p").class("error").child(icon(icon::WARNING)).child(el("span").text(words.overdrawn)));
                el("div").class(if is_negative { "negative" } else { "" }).child(sum).children(notation).children(owed)
            }
        })
    };
    el("div").class("balance").child(el("h3").text(words.balance)).live(content)
}

/// The button that opens and closes the form, and the place of the form.
fn add_funds(books: Books) -> (El, El) {
    let all = words();
    let is_open = books.account().is_adding();
    // Whoever opens the form goes on in it.
    let is_asked = Rc::new(Cell::new(false));
    let asked = is_asked.clone();
    let toggle = blank("button", "add-funds-open", move || {
        is_open.update(|open| *open = !*open);
        asked.set(is_open.get_untracked());
    });
    let title = all.funds().title;
    let toggle = toggle
        .text(title)
        .live_class("primary", move || !is_open.get())
        .live_bool("aria-expanded", move || is_open.get());
    let way_back = toggle.clone();
    let panel = move || {
        let back = way_back.clone();
        let close = button("button quiet", "close-funds", all.account().close_funds, move || {
            is_open.set(false);
            back.focus_soon();
        });
        let title = el("h2").attr("id", "add-funds").text(title);
        let title = el("div").class("panel-head").child(title).child(close);
        let form = funds::form(books.funds(), Rc::new(move || books.account().read_transactions()));
        if is_asked.take()
            && let Ok(Some(input)) = form.element().query_selector("input")
        {
            El::from(input).focus_soon();
        }
        el("section").class("panel").attr("aria-labelledby", "add-funds").child(title).child(form)
    };
    (toggle, el("div").switch(move || u64::from(is_open.get()), move |is_open| (is_open == 1).then(&panel)))
}
