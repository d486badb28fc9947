//! Where the order goes: to a saved address, to a new one that is saved, or to one for this order alone.

use std::rc::Rc;

use super::next::go_on;
use crate::api::Address;
use crate::domain::address::{Use, lines_of, matches};
use crate::flow::checkout::{Checkout, Chosen, Saving, Step, Way};
use crate::flow::{Listing, Remote, worded};
use crate::i18n::{Messages, push_isolated};
use crate::reactive::Var;
use crate::ui::choice::{choice, choices};
use crate::ui::clean::clean;
use crate::ui::dom::{El, el};
use crate::ui::fold::fold;
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::text_field::{TextField, error_line, text_field};
use crate::ui::words;
use crate::view::address_form::{self, Purpose};

/// So many addresses are shown at most; more are found by searching.
const MOST_SHOWN: usize = 24;
/// From so many on there is a search.
const SEARCH_FROM: usize = 6;

/// The address in short, once the step is done.
pub(super) fn said(checkout: Checkout) -> Option<El> {
    let chosen = checkout.chosen().get_untracked()?;
    let words = words().checkout();
    let twice = move || {
        let twin = checkout.saved_twice().get()?;
        let is_it = checkout.chosen().with(|chosen| matches!(chosen, Some(Chosen::Saved(it)) if it.id == twin));
        is_it.then(|| el("p").class("help").attr("role", "status").text(words.saved_twice))
    };
    Some(el("div").child(lines(&chosen.lines())).live(twice))
}

/// An address, line by line.
fn lines(lines: &[String]) -> El {
    el("p").class("address-lines").children(lines.iter().map(|line| el("span").text(line)))
}

/// The step itself.
pub(super) fn open(checkout: Checkout) -> El {
    let words = words().checkout();
    let way = checkout.way();
    let option = |value: &str, text: &str, which: Way| {
        let name = el("span").text(text);
        choice("address_way", value, name, move || way.get() == which, move || way.set(which))
    };
    let ways = choices(
        words.ways,
        [
            option("saved", words.way_saved, Way::Saved),
            option("new", words.way_new, Way::New),
            option("one-off", words.way_one_off, Way::OneOff),
        ],
    )
    .class("choices ways");
    let content = move |number| {
        Some(match number {
            0 => saved(checkout),
            1 => form(checkout, true),
            _ => form(checkout, false),
        })
    };
    let unread = move || checkout.cx().left_out(Listing::Addresses);
    // Whoever enters a new one may find it among those.
    el("div").live(move || left_out(unread())).child(ways).switch(move || way.get() as u64, content)
}

/// A new address, to be saved with its contact, or one for this order alone.
fn form(checkout: Checkout, saved: bool) -> El {
    let all = words();
    let words = all.checkout();
    let saving = Saving::new();
    let Saving { busy, failed } = saving;
    let send: Rc<dyn Fn()> =
        Rc::new(move || if saved { checkout.save_address(saving) } else { checkout.use_one_off() });
    let again = send.clone();
    address_form::form(Purpose {
        of: if saved { Use::Saved } else { Use::OneOff },
        directory: saved.then(|| checkout.directory()),
        form: checkout.form(),
        entered: Rc::new(move |entry| checkout.entered(entry)),
        send,
        busy: Rc::new(move || busy.get()),
        text: Rc::new(move || match (saved, busy.get()) {
            (true, true) => words.saving,
            (true, false) => words.save_and_go_on,
            (false, _) => words.go_on,
        }),
        action: "continue",
        trouble: Box::new(move || failed.get().map(|error| notice(worded(all, &error), Some(again.clone())))),
        beside: None,
    })
}

fn saved(checkout: Checkout) -> El {
    let all = words();
    let missing = Var::new(false);
    let term = Var::new(String::new());
    let kept = checkout.addresses();
    let unread = move || checkout.cx().left_out(Listing::Addresses);
    let which = move || match kept.get() {
        Remote::Loading => 0,
        Remote::Failed(_) => 1,
        Remote::Ready(list) => 2 + list.len() as u64,
    };
    let content = move |number| {
        Some(match number {
            0 => el("div").child(loading()).child(el("div").class("skeleton starting")),
            1 => failed(checkout, all),
            2 => el("p").class("help").text(nothing_in(unread(), all.checkout().no_addresses)),
            _ => list(checkout, all, term),
        })
    };
    let error_id = "address-error";
    let go = move || {
        let is_saved = checkout.chosen().with_untracked(|chosen| matches!(chosen, Some(Chosen::Saved(_))));
        missing.set(!is_saved);
        if is_saved {
            checkout.open_step(Step::Address.next());
        }
    };
    let is_chosen = move || checkout.chosen().with(|chosen| matches!(chosen, Some(Chosen::Saved(_))));
    let error = Rc::new(move || (missing.get() && !is_chosen()).then(|| all.checkout().choose_address.to_string()));
    el("div").switch(which, content).child(error_line(error_id, error).attr("role", "alert")).child(go_on(go))
}

fn failed(checkout: Checkout, all: Messages) -> El {
    let error = checkout.addresses().with_untracked(|list| match list {
        Remote::Failed(error) => Some(worded(all, error)),
        _ => None,
    });
    let retry = Rc::new(move || checkout.load_addresses());
    error.map_or_else(|| el("div"), |why| notice(why, Some(retry)))
}

fn list(checkout: Checkout, all: Messages, term: Var<String>) -> El {
    let words = all.checkout();
    let addresses = match checkout.addresses().get_untracked() {
        Remote::Ready(list) => list,
        _ => return el("div"),
    };
    let search = (addresses.len() >= SEARCH_FROM).then(|| {
        text_field(TextField {
            id: "address-search",
            label: words.search_addresses,
            required: false,
            kind: "text",
            autocomplete: "off",
            enter: "search",
            name: Some("address_search"),
            token: None,
            value: &term.get_untracked(),
            input: Box::new(move |text| term.set(clean(&text))),
            left: Box::new(|| {}),
            error: Rc::new(|| None),
            count: None,
        })
    });
    let found = move || {
        let term = term.get();
        let found: Vec<&Address> = addresses.iter().filter(|address| matches(address, &term, fold)).collect();
        if found.is_empty() {
            let none = nothing_in(checkout.cx().left_out(Listing::Addresses), words.no_match);
            return Some(el("p").class("help").attr("role", "status").text(none));
        }
        let more = found.len().saturating_sub(MOST_SHOWN);
        let more = (more > 0).then(|| el("p").class("help").text(&words.more_addresses(&more.to_string())));
        let options = found.into_iter().take(MOST_SHOWN).map(|address| option(checkout, all, address));
        Some(el("div").child(choices(words.addresses, options)).children(more))
    };
    el("div").class("addresses").children(search).live(found)
}

fn option(checkout: Checkout, all: Messages, address: &Address) -> El {
    let all_lines = lines_of(address);
    let label = address.label.as_deref().map(str::trim).filter(|label| !label.is_empty());
    let title = label.or(all_lines.first().map(String::as_str)).unwrap_or_default();
    let primary = address.primary.then(|| el("span").class("badge").text(all.checkout().primary));
    let head = el("strong").text(title);
    let rest = if label.is_some() { &all_lines[..] } else { all_lines.get(1..).unwrap_or_default() };
    let mut joined = String::new();
    for line in rest {
        joined.push_str(if joined.is_empty() { "" } else { " · " });
        push_isolated(&mut joined, line);
    }
    let rest = el("span").class("help").text(&joined);
    let content = el("span").class("choice-text").child(el("span").child(head).children(primary)).child(rest);
    let id = address.id;
    let is_chosen =
        move || checkout.chosen().with(|chosen| matches!(chosen, Some(Chosen::Saved(address)) if address.id == id));
    let address = address.clone();
    let choose = move || checkout.chosen().set(Some(Chosen::Saved(address.clone())));
    choice("address_id", &id.to_string(), content, is_chosen, choose)
}
