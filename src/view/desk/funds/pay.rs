//! A payment under way. It goes on when the person goes to another screen.

use super::super::super::app::HostEvent;
use super::super::state::State;
use super::fields::Typed;
use crate::api::{Client, Error, Fetch, OrganizationId, Payment, Transport};
use crate::domain::money::Money;
use crate::domain::top_up::{Effect, Event, Fate, TopUp, Why};
use crate::i18n::Messages;
use crate::ui::staying::Staying;
use crate::ui::var::Var;

/// Of adding funds, what survives a screen.
#[derive(Clone, Copy)]
pub(in crate::view::desk) struct FundsState {
    pub(super) typed: Var<Typed>,
    /// The last payment.
    pub(super) payment: Var<Option<TopUp>>,
    /// Whether the person has seen how it ended.
    pub(super) is_seen: Var<bool>,
    /// How often something was added.
    pub(super) times: Var<u32>,
    /// Who is signed in: what comes in for somebody else is not told.
    turn: Var<u32>,
}

impl FundsState {
    pub(in crate::view::desk) fn new() -> FundsState {
        FundsState {
            typed: Var::new(blank()),
            payment: Var::new(None),
            is_seen: Var::new(false),
            times: Var::new(0),
            turn: Var::new(0),
        }
    }

    pub(in crate::view::desk) fn forget(self) {
        self.typed.set(blank());
        self.payment.set(None);
        self.is_seen.set(false);
        self.turn.update(|turn| *turn += 1);
    }

    /// The form goes, and with it what it said of the last payment, if that is over.
    /// Whether a payment is under way.
    pub(in crate::view::desk) fn is_under_way(self) -> bool {
        self.payment.with_untracked(|payment| payment.as_ref().is_some_and(TopUp::is_busy))
    }

    pub(super) fn has_been_seen(self) {
        let is_over = |payment: &Option<TopUp>| {
            payment.as_ref().is_some_and(|payment| match payment.fate() {
                Fate::Stopped(why) => why.is_certain(),
                fate => fate == &Fate::Added,
            })
        };
        if self.payment.try_with_untracked(is_over) == Some(true) {
            self.is_seen.set(true);
        }
    }
}

fn blank() -> Typed {
    let mut typed = Typed::default();
    // As the vendor's own example has it ("Add Funds").
    if let Some(country) = typed.last_mut() {
        *country = "USA".to_string();
    }
    typed
}

impl State {
    /// Pays once, unless there is a payment of which it is not known yet what became.
    pub(super) fn pay(self, amount: Money, payment: Payment) {
        let funds = self.account.funds;
        let is_open = |last: &TopUp| last.is_busy() || matches!(last.fate(), Fate::Stopped(why) if !why.is_certain());
        if funds.payment.with_untracked(|last| last.as_ref().is_some_and(is_open)) {
            return;
        }
        let next = funds.payment.with_untracked(|last| TopUp::new(amount, last.as_ref()));
        funds.is_seen.set(false);
        funds.payment.set(Some(next));
        self.go_on(Some(payment));
    }

    /// Looks for a payment of which it is not known what became.
    pub(super) fn check_again(self) {
        let funds = self.account.funds;
        let may = |last: &TopUp| !last.is_busy();
        if funds.payment.with_untracked(|last| last.as_ref().is_some_and(may)) {
            funds.is_seen.set(false);
            funds.payment.update(|last| last.iter_mut().for_each(TopUp::resume));
            self.go_on(None);
        }
    }

    /// Asks what there is to ask, with whoever is signed in now.
    fn go_on(self, mut payment: Option<Payment>) {
        let funds = self.account.funds;
        let turn = funds.turn.get_untracked();
        let access = self.app.client();
        self.app.spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the payment.
            let staying = Staying::new();
            while let Some(effect) = funds.payment.with_untracked(|last| last.as_ref().and_then(TopUp::effect)) {
                let event = match &access {
                    Ok((client, organization)) => ask_server(client, *organization, effect, &mut payment).await,
                    Err(error) => failed(effect, error),
                };
                if funds.turn.get_untracked() != turn {
                    return;
                }
                funds.payment.update(|last| {
                    if let Some(last) = last {
                        last.on(event);
                    }
                });
            }
            drop(staying);
            self.tell_payment();
        }));
    }

    /// It is over, or nothing more can be done for now: tells the page, and brings what is shown up to date.
    fn tell_payment(self) {
        let funds = self.account.funds;
        let Some((fate, amount)) =
            funds.payment.with_untracked(|last| last.as_ref().map(|last| (last.fate().clone(), last.amount())))
        else {
            return;
        };
        let words = Messages::of(self.app.locale.get_untracked()).funds();
        match fate {
            Fate::Added => {
                // What it was is not what it is.
                self.account.balance.forget();
                self.read_balance();
                funds.typed.update(|typed| typed.iter_mut().take(1).for_each(String::clear));
                self.app.tell(HostEvent::FundsAdded { cents: amount.cents(), currency: "USD" });
                funds.times.update(|times| *times += 1);
            }
            Fate::Stopped(Why::Failed(error) | Why::Refused(error)) => self.app.tell_error(&error),
            Fate::Stopped(Why::NothingHappened) => {
                let message = words.nothing_happened.to_string();
                self.app.tell(HostEvent::Error { code: "payment-lost", message });
            }
            Fate::Stopped(Why::Unknown(_)) => {
                let message = words.unknown(&amount.to_string());
                self.app.tell(HostEvent::Error { code: "payment-unknown", message });
            }
            Fate::Preparing | Fate::Paying | Fate::LookingUp => {}
        }
    }
}

async fn ask_server(
    client: &Client,
    organization: OrganizationId,
    effect: Effect,
    payment: &mut Option<Payment>,
) -> Event {
    match effect {
        Effect::Transactions => Event::Transactions(client.financial_transactions(organization).await),
        Effect::Balance => Event::Balance(client.balance(organization).await),
        Effect::Pay => match payment.take() {
            Some(payment) => {
                let call = client.add_funds(organization, &payment);
                // From here on it is in the call alone.
                drop(payment);
                Event::Paid(call.await)
            }
            // It is asked for once.
            None => failed(effect, &Error::SignInDismissed),
        },
        Effect::Pause(milliseconds) => {
            Fetch::new().sleep(milliseconds).await;
            Event::Rested
        }
    }
}

fn failed(effect: Effect, error: &Error) -> Event {
    match effect {
        Effect::Transactions => Event::Transactions(Err(error.clone())),
        Effect::Balance => Event::Balance(Err(error.clone())),
        Effect::Pay => Event::Paid(Err(error.clone())),
        Effect::Pause(_) => Event::Rested,
    }
}
