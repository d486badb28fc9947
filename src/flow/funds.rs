//! Adding funds: a payment under way. It goes on when the person goes to another screen.

use super::account::Account;
use super::audits::Audits;
use super::context::Context;
use super::host::HostEvent;
use super::places;
use super::wording::{Worded, worded_asked, worded_gone};
use crate::api::{Client, Error, OrganizationId, Payment};
use crate::domain::money::Money;
use crate::domain::top_up::{Effect, Event, Fate, TopUp, Why};
use crate::reactive::{Row, state};

/// How many fields the form has.
pub const FIELDS: usize = 11;

/// What is typed, by the number of its field; nothing for those that are not kept.
pub type Typed = [String; FIELDS];

state! {
    /// Adding funds. Copied freely: it is a handle.
    pub struct Funds from places::FUNDS, places::ROOM; {
        /// What is typed into the form, but for the payment card.
        pub typed: Typed = blank();
        /// The last payment.
        pub payment: Option<TopUp> = None;
        /// Whether the person has seen how it ended.
        pub is_seen: bool = false;
        /// Why the page has not let the payment be made.
        pub refused: Option<String> = None;
        /// How often something was added.
        pub times: u32 = 0;
        /// Who is signed in: what comes in for somebody else is not told.
        turn: u32 = 0;
    }
}

impl Funds {
    /// No payment yet.
    pub(super) fn new(cx: Context) -> Funds {
        let funds = Funds(cx.row());
        funds.begin();
        funds
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Funds {
        Funds(row)
    }

    /// What is known of the account.
    pub fn account(self) -> Account {
        Account::of(self.0)
    }

    fn audits(self) -> Audits {
        Audits::of(self.0)
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.typed().set(blank());
        self.payment().set(None);
        self.is_seen().set(false);
        self.refused().set(None);
        self.turn().update(|turn| *turn += 1);
    }

    /// Whether a payment is under way.
    pub fn is_under_way(self) -> bool {
        self.payment().with_untracked(|payment| payment.as_ref().is_some_and(TopUp::is_busy))
    }

    /// Whether anything of what is typed would be lost with the page. Follows.
    pub fn is_unsaved(self) -> bool {
        let is_typed = self.typed().with(|typed| *typed != blank());
        // The address stays for the next payment.
        let is_next = self.payment().with(Option::is_some);
        is_typed && (!is_next || self.typed().with(|typed| typed.first().is_some_and(|amount| !amount.is_empty())))
    }

    /// Whether this way to the server may carry a payment card.
    pub fn takes_payments(self) -> bool {
        self.cx().client().map_or(true, |(client, _)| client.takes_payments())
    }

    /// The form goes, and with it what it said of the last payment, if that is over.
    pub fn has_been_seen(self) {
        self.refused().set(None);
        let is_over = |payment: &Option<TopUp>| {
            payment.as_ref().is_some_and(|payment| match payment.fate() {
                Fate::Stopped(why) => why.is_certain(),
                fate => fate == &Fate::Added,
            })
        };
        if self.payment().try_with_untracked(is_over) == Some(true) {
            self.is_seen().set(true);
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

impl Funds {
    /// Pays once, unless there is a payment of which it is not known yet what became.
    pub fn pay(self, amount: Money, payment: Payment) {
        let is_open = |last: &TopUp| last.is_busy() || matches!(last.fate(), Fate::Stopped(why) if !why.is_certain());
        if self.payment().with_untracked(|last| last.as_ref().is_some_and(is_open)) {
            return;
        }
        let why = self.cx().refusal(added(amount), self.cx().words().funds().refused_by_page);
        let is_refused = why.is_some();
        self.refused().set(why);
        if is_refused {
            return self.is_seen().set(true);
        }
        let next = self.payment().with_untracked(|last| TopUp::new(amount, last.as_ref()));
        self.is_seen().set(false);
        self.payment().set(Some(next));
        self.go_on(Some(payment));
    }

    /// Looks for a payment of which it is not known what became.
    pub fn check_again(self) {
        let may = |last: &TopUp| !last.is_busy();
        if self.payment().with_untracked(|last| last.as_ref().is_some_and(may)) {
            self.is_seen().set(false);
            self.payment().update(|last| last.iter_mut().for_each(TopUp::resume));
            self.go_on(None);
        }
    }

    /// Asks what there is to ask, with whoever is signed in now.
    fn go_on(self, mut payment: Option<Payment>) {
        let turn = self.turn().get_untracked();
        let access = self.cx().client();
        self.cx().spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the payment.
            let held = self.cx().hold_page();
            while let Some(effect) = self.payment().with_untracked(|last| last.as_ref().and_then(TopUp::effect)) {
                let event = match &access {
                    Ok((client, organization)) => self.perform(client, *organization, effect, &mut payment).await,
                    Err(error) => failed(effect, error),
                };
                if self.turn().get_untracked() != turn {
                    return;
                }
                self.payment().update(|last| {
                    if let Some(last) = last {
                        last.on(event);
                    }
                });
            }
            drop(held);
            self.tell_payment();
            // A browser may have sent more than was asked of it.
            if let Some(audit) = self.payment().with_untracked(|last| last.as_ref().and_then(TopUp::audit)) {
                self.audits().compare(audit);
            }
        }));
    }

    /// It is over, or nothing more can be done for now: tells the page, and brings what is shown up to date.
    fn tell_payment(self) {
        let Some((fate, amount)) =
            self.payment().with_untracked(|last| last.as_ref().map(|last| (last.fate().clone(), last.amount())))
        else {
            return;
        };
        let words = self.cx().words().funds();
        match fate {
            Fate::Added => {
                // What it was is not what it is.
                self.account().balance().forget();
                self.account().read_balance();
                self.typed().update(|typed| typed.iter_mut().take(1).for_each(String::clear));
                self.cx().tell(added(amount));
                self.times().update(|times| *times += 1);
            }
            Fate::Stopped(Why::Failed(error) | Why::Refused(error)) => self.cx().tell_error(&error),
            Fate::Stopped(Why::NothingHappened(lost)) => {
                self.cx().tell_gate(lost.as_ref());
                let message = words.nothing_happened.to_string();
                self.cx().tell(HostEvent::Error { code: "payment-lost", message });
            }
            Fate::Stopped(Why::Unknown(error)) => {
                self.cx().tell_gate(error.as_ref());
                let message = words.unknown(&amount.to_string());
                self.cx().tell(HostEvent::Error { code: "payment-unknown", message });
            }
            Fate::Preparing | Fate::Paying | Fate::LookingUp => {}
        }
    }

    /// Why it stopped with nothing charged, in words; none where that is not known.
    pub fn words(self, why: &Why) -> Option<Worded> {
        let all = self.cx().words();
        let words = all.funds();
        let not_charged = |worded: Worded| Worded { what: [&worded.what, " ", words.not_charged].concat(), ..worded };
        Some(match why {
            Why::Failed(error) => not_charged(worded_asked(all, error)),
            // A refusal of the processor's, mostly, whose words say why.
            Why::Refused(error @ (Error::Refused { .. } | Error::NotAcceptable { .. })) => {
                Worded { said: error.words().to_vec(), ..Worded::of(words.refused, words.refused_next) }
            }
            // The payment card stands nowhere any more once it was sent.
            Why::Refused(error) | Why::NothingHappened(Some(error @ Error::Gate { .. })) => {
                let worded = not_charged(worded_gone(all, error));
                Worded { next: [&worded.next, " ", words.card_again].concat(), ..worded }
            }
            Why::NothingHappened(_) => Worded::of(words.nothing_happened, words.nothing_happened_next),
            Why::Unknown(_) => return None,
        })
    }

    /// Does one thing, and says what came of it.
    async fn perform(
        self,
        client: &Client,
        organization: OrganizationId,
        effect: Effect,
        payment: &mut Option<Payment>,
    ) -> Event {
        match effect {
            Effect::Transactions => Event::Transactions(client.financial_transactions(organization).await),
            Effect::Balance => Event::Balance(client.balance(organization).await),
            Effect::Pay => match payment.take() {
                Some(card) => {
                    let paid = client.add_funds(organization, &card).await;
                    // Where only the token was refused it is sent once more, and kept no longer otherwise.
                    *payment = matches!(paid, Err(Error::Unauthorized { .. })).then_some(card);
                    Event::Paid(paid)
                }
                // It is asked for once.
                None => failed(effect, &Error::SignInDismissed),
            },
            Effect::Pause(milliseconds) => {
                self.cx().sleep(milliseconds).await;
                Event::Rested
            }
        }
    }
}

/// What the page hears of it.
fn added(amount: Money) -> HostEvent {
    HostEvent::FundsAdded { cents: amount.cents(), currency: "USD" }
}

fn failed(effect: Effect, error: &Error) -> Event {
    match effect {
        Effect::Transactions => Event::Transactions(Err(error.clone())),
        Effect::Balance => Event::Balance(Err(error.clone())),
        Effect::Pay => Event::Paid(Err(error.clone())),
        Effect::Pause(_) => Event::Rested,
    }
}
