//! What moved on the account: of a time, a page at a time, and as a file.

use std::rc::Rc;

use wasm_bindgen::JsCast;

use crate::api::{Amount, Error, Transaction};
use crate::domain::charges::amount_in_words;
use crate::domain::instant::{Day, When};
use crate::domain::money::Money;
use crate::domain::statement::{Period, csv, is_link, newest_first};
use crate::flow::account::Account as AccountFlow;
use crate::flow::{Listing, Remote, Worded, worded};
use crate::i18n::account::Account;
use crate::i18n::{Locale, Messages};
use crate::media::download::{copy, download, is_framed};
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el, watch};
use crate::ui::keyed::keyed;
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::text_field::error_line;
use crate::ui::when::{Show, now, offset_minutes, when_said};
use crate::ui::words;

pub(super) fn section(account: AccountFlow) -> El {
    let all = words();
    let movements = account.transactions();
    // Drawn anew each time that they were read.
    let number = move || {
        let ready = movements.times().get() + 2;
        movements.now().with(|now| match now {
            Remote::Loading => 0,
            Remote::Failed(_) => 1,
            Remote::Ready(_) => ready,
        })
    };
    let content = move |number| {
        Some(match number {
            0 => skeleton(),
            1 => {
                let error = movements
                    .now()
                    .with_untracked(|now| if let Remote::Failed(error) = now { Some(error.clone()) } else { None });
                failed(all, error, move || account.read_transactions())
            }
            _ => {
                let list = movements
                    .now()
                    .with_untracked(|now| if let Remote::Ready(list) = now { newest_first(list) } else { Vec::new() });
                list_of(account, list.into())
            }
        })
    };
    el("section")
        .class("transactions")
        .attr("aria-labelledby", "transactions")
        .child(el("h2").attr("id", "transactions").text(all.account().transactions))
        .live(move || left_out(account.cx().left_out(Listing::Transactions)))
        .switch(number, content)
}

fn skeleton() -> El {
    let rows = (0..4).map(|_| el("div").class("skeleton input"));
    el("div").child(loading()).child(el("div").class("waiting").attr("aria-hidden", "true").children(rows))
}

fn at(movement: &Transaction) -> Option<When> {
    movement.created_at.as_deref().and_then(When::parse)
}

type List = Rc<[Transaction]>;

fn list_of(account: AccountFlow, list: List) -> El {
    let words = words().account();
    if list.is_empty() {
        let next = el("p").text(words.none_next);
        let none = nothing_in(account.cx().left_out(Listing::Transactions), words.none);
        return el("div").class("nothing").child(el("p").child(el("strong").text(none))).child(next);
    }
    let period = account.period();
    // Those of the period, by their places in the list.
    let within = Var::new(Rc::from([]));
    let pages = Var::new(1_usize);
    let all = list.clone();
    watch(Box::new(move || {
        let wanted = period.get();
        let is_in = |place: &u64| {
            let one = all.get(*place as usize).map(std::slice::from_ref).unwrap_or_default();
            !wanted.filter(one, offset_minutes).is_empty()
        };
        let places: Rc<[u64]> = (0..all.len() as u64).filter(is_in).collect();
        pages.set(1);
        within.set(places);
    }));
    let shown = move || {
        if period.get().is_backwards() { 0 } else { 1 + u64::from(within.with(|places| !places.is_empty())) }
    };
    let content = move |shown| match shown {
        // The filter says what is wrong.
        0 => None,
        1 => {
            let all = button("button", "show-all", words.show_all, move || period.set(Period::default()));
            Some(el("div").class("nothing").child(el("p").text(words.none_within)).child(all))
        }
        _ => Some(table(account, list.clone(), within, pages)),
    };
    el("div").class("listed").child(filter(period)).child(el("div").switch(shown, content))
}

/// Which days are shown.
fn filter(period: Var<Period>) -> El {
    let words = words().account();
    let today = Day::of(now(), offset_minutes(now()));
    let is_wrong = move || period.get().is_backwards();
    let day = |name: &'static str, label, get: fn(&mut Period) -> &mut Option<Day>| {
        let id = ["period-", name].concat();
        let input = el("input")
            .class("input")
            .attr("part", "input")
            .attr("id", &id)
            .attr("type", "date")
            .attr("name", name)
            .attr("max", "9999-12-31")
            .live_true("aria-invalid", is_wrong)
            .attr("aria-describedby", "period-error");
        let shown = input.clone();
        watch(Box::new(move || {
            let day = get(&mut period.get()).map(Day::iso).unwrap_or_default();
            // What is being typed has no value yet, and stays.
            if shown.input().value() != day {
                shown.input().set_value(&day);
            }
        }));
        let typed = input.clone();
        let input = input.on("change", move |_| {
            let day = Day::parse(&typed.input().value());
            if *get(&mut period.get_untracked()) != day {
                period.update(|period| *get(period) = day);
            }
        });
        let label = el("label").class("label").attr("for", &id).text(label);
        el("div").class("field").child(label).child(input)
    };
    let choice = |action, text, chosen: Period| {
        let choose = blank("button choice", action, move || period.set(chosen));
        choose.text(text).live_bool("aria-pressed", move || period.get() == chosen)
    };
    let choices = el("div")
        .class("choices")
        .child(choice("this-month", words.this_month, Period::month_of(today)))
        .child(choice("last-month", words.last_month, Period::month_before(today)))
        .child(choice("all-time", words.all, Period::default()));
    let days = el("div").class("days").child(day("from", words.from, |period| &mut period.from)).child(day(
        "to",
        words.to,
        |period| &mut period.to,
    ));
    let error = Rc::new(move || is_wrong().then(|| words.backwards.to_string()));
    el("div")
        .class("period")
        .attr("role", "group")
        .attr("aria-label", words.period)
        .child(choices)
        .child(days)
        .child(error_line("period-error", error).attr("role", "alert"))
}

/// The columns' hooks, which are their classes too.
const COLUMNS: [&str; 5] = ["date", "description", "credit", "debit", "balance"];

fn table(account: AccountFlow, list: List, within: Var<Rc<[u64]>>, pages: Var<usize>) -> El {
    let words = words().account();
    let locale = account.cx().locale();
    let page_size = account.cx().page_size();
    let most = move || pages.get().saturating_mul(page_size as usize);
    let heads = [words.date, words.description, words.credit, words.debit, words.balance];
    // A row that is laid out as something else is no row any more to some readers: the roles say that it is.
    let head = |(class, text): (&str, &str)| {
        el("th").class(class).attr("role", "columnheader").attr("scope", "col").text(text)
    };
    let head = el("tr").attr("role", "row").children(COLUMNS.into_iter().zip(heads).map(head));
    let rows = list.clone();
    let body = keyed(
        el("tbody").attr("role", "rowgroup"),
        move || within.with(|places| places.iter().take(most()).copied().collect()),
        move |place| match rows.get(place as usize) {
            Some(movement) => row(words, locale, movement),
            None => el("tr"),
        },
    );
    let table = el("table")
        .attr("role", "table")
        .attr("aria-labelledby", "transactions")
        .child(el("thead").attr("role", "rowgroup").child(head))
        .child(body);

    let count = el("p").class("summary").attr("role", "status").attr("tabindex", "-1").live_text(move || {
        let count = within.with(|places| places.len());
        match (count, most()) {
            (1, _) => words.one_shown.to_string(),
            (count, most) if most < count => words.some_shown(&most.to_string(), &count.to_string()),
            (count, _) => words.all_shown(&count.to_string()),
        }
    });
    let is_all = move || within.with(|places| places.len()) <= most();
    let told = count.clone();
    let more = button("button", "show-more", words.more, move || {
        pages.update(|pages| *pages += 1);
        // The button goes with the last page, and the focus would go with it.
        if is_all() {
            told.focus_soon();
        }
    })
    .hidden(is_all);
    let given = Var::new(None::<Given>);
    let save = button("button", "download-csv", words.download, move || {
        let places = within.get_untracked();
        let chosen: Vec<&Transaction> = places.iter().filter_map(|place| list.get(*place as usize)).collect();
        let name = file_name(account.period().get_untracked(), &chosen);
        let [date, description, credit, debit, balance] = heads;
        let heads = [date, words.kind, words.sub_type, description, credit, debit, balance];
        let text = csv(&chosen, &heads);
        let is_given = download(el("a").html(), &name, &text, "text/csv;charset=utf-8");
        given.set(Some((name.into(), text.into(), is_given)));
    });
    let told = el("p").class("help").attr("role", "status").live_text(move || {
        given.with(|given| match given {
            // In a frame nobody says whether the page lets it save files.
            Some((name, _, true)) if !is_framed() => words.given(name),
            _ => String::new(),
        })
    });
    let foot = el("div").class("total").child(count).child(el("div").class("actions").child(more).child(save));
    el("div").child(table).child(foot).child(told).live(move || given.get().map(|given| instead(words, given)))
}

/// A file that the person was given: its name, what is in it, and whether the browser has taken it.
type Given = (Rc<str>, Rc<str>, bool);

/// The same text to copy, since it is not known whether the file was saved.
fn instead(words: &'static Account, (name, text, is_given): Given) -> El {
    let is_copied = Var::new(None);
    let area = el("textarea")
        .class("input")
        .attr("part", "input")
        .attr("readonly", "")
        .attr("rows", "6")
        .attr("aria-label", &name)
        .text(&text);
    let copied = area.clone();
    let copy = button("button", "copy-text", words.copy, move || {
        is_copied.set(Some(copy(copied.element().unchecked_ref())));
    });
    let told = el("span").class("status").attr("role", "status").live_text(move || {
        match is_copied.get() {
            Some(true) => words.copied,
            Some(false) => words.copy_yourself,
            None => "",
        }
        .to_string()
    });
    el("details")
        .class("instead")
        .attr_opt("open", (!is_given || is_framed()).then_some(""))
        .child(el("summary").text(words.no_file))
        .child(el("p").class("help").text(words.no_file_next))
        .child(area)
        .child(el("div").class("actions").child(copy).child(told))
}

fn row(words: &'static Account, locale: Locale, movement: &Transaction) -> El {
    let cell = |class: &str| el("td").class(class).attr("role", "cell");
    let date = movement.created_at.as_deref().map(|at| when_said(at, locale, Show::DayAndTime)).unwrap_or_default();
    let sub_type = movement.sub_type.as_deref().map(|said| worded_kind(words, said));
    let kind = movement.kind.as_deref().map(|said| worded_kind(words, said));
    // Whether it came in or went out is said by its column, where there is an amount in it.
    let is_told = [&movement.credit, &movement.debit].into_iter().flatten().any(|amount| !amount.0.trim().is_empty());
    let kind = kind.filter(|_| !is_told);
    let parts = [movement.description.as_deref(), sub_type, kind];
    let mut parts = parts.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
    let what = parts.next().unwrap_or_default();
    // The server's description begins with it, mostly: once is enough.
    let is_news = |text: &&str| !begins_like(what, text);
    let rest: Vec<&str> = parts.filter(is_news).collect();
    let rest = (!rest.is_empty()).then(|| el("span").class("help").text(&rest.join(" · ")));
    let amount = |class, label: &str, amount: &Option<Amount>| {
        let amount = amount.as_ref().filter(|amount| Money::of(amount).is_none_or(|money| money.cents() != 0));
        let text = amount.map(|amount| amount_in_words(amount, locale)).unwrap_or_default();
        cell(class).attr("data-label", label).text(&text)
    };
    let said = |amount: &Amount| amount_in_words(amount, locale);
    let balance = movement.balance.as_ref();
    let is_negative = balance.and_then(Money::of).is_some_and(Money::is_negative);
    let class = if is_negative { "balance negative" } else { "balance" };
    let balance = cell(class).attr("data-label", words.balance).text(&balance.map(said).unwrap_or_default());
    el("tr")
        .attr("role", "row")
        .child(cell("date").text(&date))
        .child(cell("description").child(el("span").text(what)).children(rest).children(receipt(words, movement)))
        .child(amount("credit", words.credit, &movement.credit))
        .child(amount("debit", words.debit, &movement.debit))
        .child(balance)
}

/// One of the server's words for what a movement is, in ours where it is known.
fn worded_kind<'a>(words: &'static Account, said: &'a str) -> &'a str {
    let is = |name: &str| said.trim().eq_ignore_ascii_case(name);
    match said {
        _ if is("Credit") => words.credit,
        _ if is("Debit") => words.debit,
        _ if is("Funds Added") => words.funds_added,
        _ if is("Print Job") => words.print_job,
        _ if is("Adjustment") => words.adjustment,
        _ if is("Refund") => words.refund,
        said => said,
    }
}

/// Whether a text begins with this one, in small letters or in capitals.
fn begins_like(text: &str, with: &str) -> bool {
    text.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The receipt, where there is one: its number, or the way to it.
fn receipt(words: &'static Account, movement: &Transaction) -> Option<El> {
    let receipt = movement.receipt.as_deref().map(str::trim).filter(|receipt| !receipt.is_empty())?;
    let help = el("span").class("help");
    Some(if is_link(receipt) {
        let link = el("a").attr("href", receipt).attr("target", "_blank").attr("rel", "noopener noreferrer");
        help.child(link.text(words.open_receipt))
    } else {
        help.text(&words.receipt(receipt))
    })
}

/// What the file is called: by the period, or by what is in it where the period is open.
fn file_name(period: Period, movements: &[&Transaction]) -> String {
    let day = |at: When| at.day(offset_minutes);
    let today = day(When::At(now()));
    let oldest = movements.iter().filter_map(|movement| at(movement)).map(day).min();
    let from = period.from.unwrap_or_else(|| oldest.unwrap_or(today));
    let to = period.to.unwrap_or(today);
    ["instantcard-transactions-", &from.iso(), "-", &to.iso(), ".csv"].concat()
}

/// What failed, in words, with the way to try it again.
fn failed(all: Messages, error: Option<Error>, retry: impl Fn() + 'static) -> El {
    notice(error.map_or_else(|| Worded::of("", ""), |error| worded(all, &error)), Some(Rc::new(retry)))
}
