//! The account: whose it is, what is in it, and what moved on it.

mod transactions;

use std::cell::Cell;
use std::rc::Rc;

use super::super::app::{App, Load};
use super::funds::{self, FundsState};
use super::state::State;
use crate::api::{Amount, Call, Client, Error, Organization, OrganizationId, Transaction};
use crate::domain::money::Money;
use crate::domain::statement::Period;
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::{Worded, notice, worded};
use crate::ui::words;

/// What is known of the account.
#[derive(Clone, Copy)]
pub(super) struct AccountState {
    pub(super) balance: Reading<Amount>,
    pub(super) funds: FundsState,
    organization: Reading<Organization>,
    movements: Reading<Vec<Transaction>>,
    period: Var<Period>,
    /// Whether there is the form for adding funds.
    is_open: Var<bool>,
}

/// Something of the account, and which attempt to read it is the last one.
pub(super) struct Reading<T> {
    pub(super) now: Var<Load<T>>,
    /// How often it was read.
    times: Var<u64>,
    turn: Var<u64>,
}

impl<T> Clone for Reading<T> {
    fn clone(&self) -> Reading<T> {
        *self
    }
}

impl<T> Copy for Reading<T> {}

impl<T: Clone + 'static> Reading<T> {
    fn new() -> Reading<T> {
        Reading { now: Var::new(Load::Busy), times: Var::new(0), turn: Var::new(0) }
    }

    /// What is known stays, and what is on its way is for nobody any more.
    fn next_turn(self) -> u64 {
        let turn = self.turn.get_untracked().wrapping_add(1);
        self.turn.set(turn);
        turn
    }

    /// It is not known any more.
    pub(super) fn forget(self) {
        self.next_turn();
        self.now.set(Load::Busy);
    }

    /// Reads it; what was known of it stays until then.
    pub(super) fn read(self, app: App, ask: fn(&Client, OrganizationId) -> Call<T>) {
        let turn = self.next_turn();
        if self.now.with_untracked(|now| matches!(now, Load::Failed(_))) {
            self.now.set(Load::Busy);
        }
        app.spawn(Box::pin(async move {
            let answer = match app.client() {
                Ok((client, organization)) => ask(&client, organization).await,
                Err(error) => Err(error),
            };
            if self.turn.get_untracked() != turn {
                return;
            }
            self.times.update(|times| *times += 1);
            self.now.set(match answer {
                Ok(read) => Load::Ready(read),
                Err(error) => {
                    app.tell_error(&error);
                    Load::Failed(error)
                }
            });
        }));
    }
}

impl AccountState {
    pub(super) fn new() -> AccountState {
        AccountState {
            balance: Reading::new(),
            funds: FundsState::new(),
            organization: Reading::new(),
            movements: Reading::new(),
            period: Var::new(Period::default()),
            is_open: Var::new(false),
        }
    }

    pub(super) fn forget(self) {
        self.balance.forget();
        self.funds.forget();
        self.organization.forget();
        self.movements.forget();
        self.period.set(Period::default());
        self.is_open.set(false);
    }
}

impl State {
    pub(super) fn read_balance(self) {
        self.account.balance.read(self.app, Client::balance);
    }

    fn read_organization(self) {
        self.account.organization.read(self.app, Client::organization);
    }

    fn read_movements(self) {
        self.account.movements.read(self.app, Client::financial_transactions);
    }
}

/// The screen.
pub(super) fn screen(app: App) -> El {
    let state = app.desk();
    state.read_organization();
    state.read_balance();
    state.read_movements();
    let words = words().account();
    let (toggle, panel) = add_funds(state);
    el("section")
        .class("desk account")
        .attr("data-screen", "account")
        .child(heading(words.title, "", app.moved.get_untracked()))
        .child(el("div").class("overview").child(whose(state)).child(balance(state).child(toggle)))
        .child(panel)
        .child(transactions::section(state))
}

/// Whose account it is. Its details are an ornament: without them there are the name and the number that are known.
fn whose(state: State) -> El {
    let all = words();
    let words = all.account();
    let app = state.app;
    let known = state.account.organization.now;
    let name = move || {
        let read = known.with(|known| if let Load::Ready(read) = known { Some(read.name.clone()) } else { None });
        let name = read.filter(|name| !name.is_empty()).or_else(|| app.organization_name.get());
        name.unwrap_or_else(|| all.common().your_account.to_string())
    };
    let number = move || app.organization.get().map(|id| words.number(&id.to_string())).unwrap_or_default();
    let totals = move || {
        let (cards, templates) = known.with(|known| match known {
            Load::Ready(read) => (read.total_cards, read.total_templates),
            _ => (None, None),
        });
        let cards = cards.map(|count| if count == 1 { words.one_card.into() } else { words.cards(&count.to_string()) });
        let templates = templates
            .map(|count| if count == 1 { words.one_template.into() } else { words.templates(&count.to_string()) });
        let items = cards.into_iter().chain(templates).map(|text: String| el("li").text(&text));
        Some(el("ul").class("totals").children(items))
    };
    el("div").class("whose").child(el("h2").live_text(name)).child(el("p").class("help").live_text(number)).live(totals)
}

fn balance(state: State) -> El {
    let all = words();
    let words = all.account();
    let content = move || {
        Some(match state.account.balance.now.get() {
            Load::Busy => el("div").class("skeleton sum").attr("aria-hidden", "true"),
            Load::Failed(error) => notice(worded(all, &error), Some(Rc::new(move || state.read_balance()))),
            Load::Ready(amount) => {
                let sum = el("p").class("sum").text(&written(&amount));
                let is_negative = Money::of(&amount).is_some_and(Money::is_negative);
                let owed = is_negative
                    .then(|| el("p").class("error").child(icon(icon::WARNING)).child(el("span").text(words.overdrawn)));
                el("div").class(if is_negative { "negative" } else { "" }).child(sum).children(owed)
            }
        })
    };
    el("div").class("balance").child(el("h3").text(words.balance)).live(content)
}

/// An amount as the vendor writes it; what cannot be read stays as the server wrote it.
pub(super) fn written(amount: &Amount) -> String {
    Money::of(amount).map_or_else(|| amount.0.clone(), |money| money.to_string())
}

/// The button that opens and closes the form, and the place of the form.
fn add_funds(state: State) -> (El, El) {
    let all = words();
    let is_open = state.account.is_open;
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
        let form = funds::form(state, Rc::new(move || state.read_movements()));
        if is_asked.take()
            && let Ok(Some(input)) = form.element().query_selector("input")
        {
            El::from(input).focus_soon();
        }
        el("section").class("panel").attr("aria-labelledby", "add-funds").child(title).child(form)
    };
    (toggle, el("div").switch(move || u64::from(is_open.get()), move |is_open| (is_open == 1).then(&panel)))
}

/// What failed, in words, with the way to try it again.
fn failed(all: Messages, error: Option<Error>, retry: impl Fn() + 'static) -> El {
    notice(error.map_or_else(|| Worded::of("", ""), |error| worded(all, &error)), Some(Rc::new(retry)))
}
