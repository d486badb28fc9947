//! When a card was printed, asked for when its row comes into sight.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::super::super::app::Load;
use super::super::state::State;
use crate::api::{CardId, Error, PrintRecord};
use crate::domain::orders::newest_first;
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::in_view::once_seen;
use crate::ui::notice::worded;
use crate::ui::when::{Show, when_said};
use crate::ui::words;

/// So many are asked for at a time.
const AT_A_TIME: u32 = 3;
/// So many printings of a card are named.
const SHOWN: usize = 3;

type Told = Var<Load<Rc<[PrintRecord]>>>;

/// The cards whose printings are asked for, in their order.
pub(super) struct Printings {
    state: State,
    waiting: RefCell<VecDeque<(CardId, Told)>>,
    asking: Cell<u32>,
}

impl Printings {
    pub(super) fn new(state: State) -> Rc<Printings> {
        Rc::new(Printings { state, waiting: RefCell::default(), asking: Cell::new(0) })
    }

    fn ask(self: &Rc<Printings>, card: CardId, told: Told) {
        told.set(Load::Busy);
        self.waiting.borrow_mut().push_back((card, told));
        self.ask_on();
    }

    fn ask_on(self: &Rc<Printings>) {
        while self.asking.get() < AT_A_TIME {
            let Some((card, told)) = self.waiting.borrow_mut().pop_front() else { return };
            // The screen was left in the meantime.
            if told.is_gone() {
                continue;
            }
            self.asking.set(self.asking.get() + 1);
            let this = self.clone();
            self.state.app.spawn(Box::pin(async move {
                let answer = match this.state.app.client() {
                    Ok((client, organization)) => client.print_history(organization, card).await,
                    Err(error) => Err(error),
                };
                told.set(answer.map_or_else(Load::Failed, |records| Load::Ready(newest_first(records).into())));
                this.asking.set(this.asking.get().saturating_sub(1));
                this.ask_on();
            }));
        }
    }

    /// What is known of a card's printings.
    pub(super) fn of(self: &Rc<Printings>, card: CardId) -> El {
        let all = words();
        let words = all.orders();
        let locale = self.state.app.locale.get_untracked();
        let told: Told = Var::new(Load::Busy);
        let this = self.clone();
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
                Load::Busy => el("div").class("skeleton line"),
                Load::Ready(records) => list(&records),
                Load::Failed(Error::NotFound { .. }) => el("div").class("error").text(all.cart().gone),
                Load::Failed(error) => {
                    let why = [words.history_failed, " ", &worded(all, &error).what].concat();
                    let this = this.clone();
                    let again = button("link", "retry", all.common().retry, move || this.ask(card, told));
                    el("div").child(el("div").class("error").text(&why)).child(again)
                }
            })
        };
        let shown = el("div").class("printings").live(content);
        let this = self.clone();
        once_seen(&shown, move || this.ask(card, told));
        shown
    }
}
