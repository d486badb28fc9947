//! What an order cost, line by line.

use std::rc::Rc;

use crate::api::{ChargeDetails, PrintJobId};
use crate::domain::charges::{Line, Name, amount_in_words, lines};
use crate::domain::money::Money;
use crate::flow::orders::{Charges, Orders};
use crate::flow::{Remote, worded};
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::notice::{loading, notice};
use crate::ui::words;

/// So many lines are shown at first.
const SHOWN: usize = 12;

/// The charges of a submitted order.
pub(super) fn charges(orders: Orders, job: PrintJobId) -> El {
    let all = words();
    let charges = Charges::new(orders, job);
    let content = move || {
        Some(match charges.now.get() {
            Remote::Loading => el("div").child(loading()).child(el("div").class("skeleton table")),
            Remote::Failed(error) => notice(worded(all, &error), Some(Rc::new(move || charges.read()))),
            Remote::Ready(details) => table(&details),
        })
    };
    el("section")
        .class("order-charges")
        .attr("aria-labelledby", "order-charges")
        .child(el("h2").attr("id", "order-charges").text(all.orders().charges))
        .live(content)
}

fn table(details: &ChargeDetails) -> El {
    let (words, locale) = (words().orders(), words().locale());
    let lines = lines(&details.items);
    let (first, rest) = lines.split_at(lines.len().min(SHOWN));
    let is_open = Var::new(rest.is_empty());
    let column = |text: &str| el("th").attr("scope", "col").text(text);
    let head = el("tr").child(column(words.item)).child(column(words.amount));
    let sum = |name: &str, amount: &str| {
        let name = el("th").attr("scope", "row").text(name);
        el("tr").child(name).child(el("td").text(amount))
    };
    let shipping = details.shipping_cost.as_ref().map(|cost| sum(words.shipping, &amount_in_words(cost, locale)));
    let total =
        details.job_total_cost.as_ref().map(|cost| sum(words.total, &amount_in_words(cost, locale)).class("sum"));
    let rest_of_it = el("tbody").children(rest.iter().map(row)).hidden(move || !is_open.get());
    let table = el("table")
        .attr("aria-labelledby", "order-charges")
        .child(el("thead").child(head))
        .child(el("tbody").children(first.iter().map(row)))
        .child(rest_of_it)
        .child(el("tfoot").children(shipping).children(total));
    let count = lines.len().to_string();
    let open = move |closed| {
        (closed == 1)
            .then(|| button("button quiet", "show-all-lines", &words.all_lines(&count), move || is_open.set(true)))
    };
    el("div").child(table).switch(move || u64::from(!is_open.get()), open)
}

fn row(line: &Line) -> El {
    let (words, locale) = (words().orders(), words().locale());
    let what = line.what.as_deref().unwrap_or(words.item);
    let what = match line.count {
        1 => what.to_owned(),
        count => [&count.to_string(), " × ", what].concat(),
    };
    let mut details: Vec<String> = line.details.iter().map(|(name, value)| detail(name, value)).collect();
    let each = line.each.map(|each| each.in_words(locale)).filter(|_| line.count > 1);
    // Not where the price of a piece has said so.
    details.extend(each.filter(|each| line.details.iter().all(|(_, said)| said != each)).map(|each| words.each(&each)));
    let details: Vec<&str> = details.iter().map(String::as_str).collect();
    let details = (!details.is_empty()).then(|| el("div").class("help").text(&details.join(", ")));
    let amount = line.total.map(|total| total.in_words(locale)).unwrap_or_default();
    let name = el("th").attr("scope", "row").child(el("div").text(&what)).children(details);
    el("tr").child(name).child(el("td").text(&amount))
}

fn detail(name: &Name, value: &str) -> String {
    let (words, locale) = (words().orders(), words().locale());
    // The server's notation was made one already.
    let value = &Money::parse(value).filter(|_| value.contains('$')).map_or(value.to_owned(), |it| it.in_words(locale));
    let name = match name {
        Name::Quantity => words.quantity,
        Name::Price => return words.per_piece(value),
        Name::Other(name) => name,
    };
    if name.is_empty() { value.clone() } else { [name, ": ", value].concat() }
}
