//! When a card was printed, asked for when its row comes into sight.

use std::rc::Rc;

use crate::api::{CardId, Error, PrintRecord};
use crate::flow::orders::{Printings, Told};
use crate::flow::{Remote, when_back, worded};
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::in_view::once_seen;
use crate::ui::when::{Show, when_said};
use crate::ui::words;

/// So many printings of a card are named.
const SHOWN: usize = 3;

/// What is known of a card's printings.
pub(super) fn of(printings: &Rc<Printings>, card: CardId) -> El {
    let all = words();
    let words = all.orders();
    let locale = printings.cx.locale();
    let told: Told = Var::new(Remote::Loading);
    let this = printings.clone();
    let line = move |text: &str, class: &str| el("div").class(class).text(text);
    let printed = move |record: &PrintRecord| {
        let date = record.processed_at.as_deref().map(|at| when_said(at, locale, Show::Day));
        let text = date.map_or_else(|| words.printed_once.to_string(), |date| words.printed(&date));
        line(&text, "printed")
    };
    // Those that are still to come, which are the first, then the others.
    let list = move |records: &[PrintRecord]| {
        let open = records.iter().filter(|record| !record.printed).count();
        let (_, done) = records.split_at(open);
        let open = match open {
            0 if !done.is_empty() => None,
            0 | 1 => Some(words.not_printed.to_string()),
            count => Some(words.not_printed_of(&count.to_string())),
        };
        let earlier = match done.len().saturating_sub(SHOWN) {
            0 => None,
            1 => Some(words.one_earlier.to_string()),
            count => Some(words.earlier(&count.to_string())),
        };
        el("div")
            .children(open.map(|text| line(&text, "help")))
            .children(done.iter().take(SHOWN).map(printed))
            .children(earlier.map(|text| line(&text, "help")))
    };
    let content = move || {
        Some(match told.get() {
            Remote::Loading => el("div").class("skeleton line"),
            Remote::Ready(records) => list(&records),
            Remote::Failed(Error::NotFound { .. }) => el("div").class("error").text(all.cart().gone),
            Remote::Failed(error) => {
                let why = [words.history_failed, " ", &worded(all, &error).what].concat();
                let this = this.clone();
                let again = Rc::new(move || this.ask(card, told));
                when_back(again.clone());
                let again = button("link", "retry", all.common().retry, move || again());
                el("div").child(el("div").class("error").text(&why)).child(again)
            }
        })
    };
    let shown = el("div").class("printings").live(content);
    let this = printings.clone();
    once_seen(&shown, move || this.ask(card, told));
    shown
}
