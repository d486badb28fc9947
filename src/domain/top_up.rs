//! Adding funds: one payment, so that the payment card is charged once or not at all, and the person knows which.
//!
//! `add_funds` is not idempotent at the server, and its answer can get lost. So what is in the account is read before
//! anything is paid, and after a lost answer it is read again, until the payment is seen there or has gone on not being
//! seen. Nothing is paid twice on a guess: one of these pays once at most. A browser may send twice by itself: whether it
//! did, [`TopUp::audit`] finds out. This is the plan alone, in plain Rust: [`TopUp::effect`] says what to do next,
//! [`TopUp::on`] takes what came of it.

use super::audit::{Audit, Charge};
use super::ledger::{self, Account};
use super::money::Money;
use crate::api::{Amount, Entries, Error, Transaction};

/// How a payment stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The account is read as it is before. Nothing has been sent yet.
    Preparing,
    /// It is on its way.
    Paying,
    /// Its answer was lost: it is being looked up.
    LookingUp,
    /// It was added, and charged: how often, the [`Audit`] says.
    Added,
    /// It stopped.
    Stopped(Why),
}

/// Why a payment stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The account cannot be read. Nothing was sent, and nothing charged.
    Failed(Error),
    /// The server, or the processor of payment cards, said no. Nothing was charged.
    Refused(Error),
    /// The answer was lost, by what is said here where that is known, and the account has gone on being as it was before:
    /// nothing was charged.
    NothingHappened(Option<Error>),
    /// The answer was lost, and it cannot be found out what became of it: it may have been charged. Without an error
    /// the balance is another one, and no movement explains it.
    Unknown(Option<Error>),
}

impl Why {
    /// Whether it is certain that nothing was charged.
    pub fn is_certain(&self) -> bool {
        !matches!(self, Why::Unknown(_))
    }
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read the account's movements.
    Transactions,
    /// Read the account's balance.
    Balance,
    /// Charge the payment card.
    Pay,
    /// Wait so many milliseconds.
    Pause(u32),
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Event {
    /// The movements.
    Transactions(Result<Entries<Transaction>, Error>),
    /// The balance.
    Balance(Result<Amount, Error>),
    /// Whether the payment was made.
    Paid(Result<(), Error>),
    /// The pause is over.
    Rested,
}

/// A payment whose answer was lost, and that had not come in when it was last looked for.
#[derive(Clone, Debug)]
struct Doubt {
    amount: Money,
    before: Account,
}

/// How far a payment is.
#[derive(Clone, Debug)]
enum Phase {
    ReadMovements,
    ReadBalance,
    Pay,
    /// The answer was lost: the pause before look number so and so.
    Rest(u32),
    /// The last look begins with the balance, so that the movements are what was seen last.
    LookAtBalance(u32),
    LookAtMovements(u32),
    Over,
}

/// How often the server has refused the token that the payment came with. Each time that may have been a repetition by the
/// browser whose first copy was taken, so the account is looked at before it is paid with the next token, or given up.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Refused {
    Never,
    Once,
    Twice(Error),
}

/// A payment on its way.
#[derive(Clone, Debug)]
pub struct TopUp {
    amount: Money,
    fate: Fate,
    phase: Phase,
    /// The account before it.
    before: Account,
    doubts: Vec<Doubt>,
    /// What the last look says of the balance: that it is as before, another one, or that it cannot be read.
    balance: Result<bool, Error>,
    /// The balance itself.
    seen: Option<Amount>,
    /// How often the account is looked at before it is believed that nothing happened.
    looks: u32,
    refused: Refused,
    /// What came in place of the answer that was lost.
    lost: Option<Error>,
    resumed: bool,
    is_late: bool,
}

/// The first pause before a look, in milliseconds; each further one is twice as long.
const PAUSE: u32 = 500;
/// How often the account is looked at after a lost answer: over 7.5 seconds.
const LOOKS: u32 = 4;
/// The same where the server may still be at it, having kept us waiting until the time limit: over 31.5 seconds.
const LOOKS_AFTER_WAITING: u32 = 6;

impl TopUp {
    /// A payment of `amount`. `earlier` is the one before, if there was one: what was lost of it may have come in since.
    pub fn new(amount: Money, earlier: Option<&TopUp>) -> TopUp {
        TopUp {
            amount,
            fate: Fate::Preparing,
            phase: Phase::ReadMovements,
            before: Account::default(),
            doubts: earlier.map(TopUp::doubts).unwrap_or_default(),
            balance: Ok(true),
            seen: None,
            looks: LOOKS,
            refused: Refused::Never,
            lost: None,
            resumed: false,
            is_late: false,
        }
    }

    /// How much is paid; or was, where an earlier payment has come in late.
    pub fn amount(&self) -> Money {
        self.amount
    }

    /// How it stands.
    pub fn fate(&self) -> &Fate {
        &self.fate
    }

    /// Whether something is still to be asked.
    pub fn is_busy(&self) -> bool {
        self.effect().is_some()
    }

    /// Whether the payment has been sent.
    pub fn is_sent(&self) -> bool {
        !matches!(self.fate, Fate::Preparing | Fate::Stopped(Why::Failed(_)))
    }

    /// Whether it goes on after it was unknown.
    pub fn is_resumed(&self) -> bool {
        self.resumed
    }

    /// Whether an earlier payment, of which it was said that nothing happened, has come in after all. Then this one was
    /// not sent.
    pub fn is_late(&self) -> bool {
        self.is_late
    }

    /// What to do next; `None` when it is over.
    pub fn effect(&self) -> Option<Effect> {
        Some(match self.phase {
            Phase::ReadMovements | Phase::LookAtMovements(_) => Effect::Transactions,
            Phase::ReadBalance | Phase::LookAtBalance(_) => Effect::Balance,
            Phase::Pay => Effect::Pay,
            Phase::Rest(look) => Effect::Pause(PAUSE << look),
            Phase::Over => return None,
        })
    }

    /// Takes what came of the last effect.
    pub fn on(&mut self, event: Event) {
        match (self.phase.clone(), event) {
            (Phase::ReadMovements, Event::Transactions(Ok(movements))) => {
                let is_late = |doubt: &&Doubt| is_in(&movements, &doubt.before, doubt.amount) == Some(true);
                if let Some(doubt) = self.doubts.iter().find(is_late).cloned() {
                    return self.is_about(doubt, Fate::Added);
                }
                self.before = Account::of(movements);
                self.phase = Phase::ReadBalance;
            }
            (Phase::ReadBalance, Event::Balance(Ok(balance))) => {
                // Where an earlier payment may be what cannot be read, the balance says whether it is.
                let may_be = |doubt: &&Doubt| {
                    let now = Entries { items: self.before.transactions.clone(), left_out: self.before.left_out };
                    let is_as_before = doubt.before.balance.as_ref().is_some_and(|before| is_same(before, &balance));
                    !is_as_before && is_in(&now, &doubt.before, doubt.amount).is_none()
                };
                if let Some(doubt) = self.doubts.iter().find(may_be).cloned() {
                    return self.is_about(doubt, Fate::Stopped(Why::Unknown(Some(ledger::unreadable()))));
                }
                // Movements that cannot be read leave a lost answer to the balance: without that, nothing would ever say what
                // became of it.
                if self.before.left_out > 0 && Money::of(&balance).is_none() {
                    return self.settle(Fate::Stopped(Why::Failed(ledger::unreadable())));
                }
                self.before.balance = Some(balance);
                self.phase = Phase::Pay;
                self.fate = Fate::Paying;
            }
            (Phase::ReadMovements, Event::Transactions(Err(error)))
            | (Phase::ReadBalance, Event::Balance(Err(error))) => self.settle(Fate::Stopped(Why::Failed(error))),

            (Phase::Pay, Event::Paid(Ok(()))) => self.settle(Fate::Added),
            (Phase::Pay, Event::Paid(Err(error))) if error.is_outcome_unknown() => {
                let waited = matches!(error, Error::TimedOut { .. });
                self.looks = if waited { LOOKS_AFTER_WAITING } else { LOOKS };
                self.lost = Some(error);
                self.look_up(0);
            }
            (Phase::Pay, Event::Paid(Err(error @ Error::Unauthorized { .. }))) => {
                self.refused = if self.refused == Refused::Never { Refused::Once } else { Refused::Twice(error) };
                self.looks = 1;
                self.phase = Phase::LookAtBalance(0);
            }
            (Phase::Pay, Event::Paid(Err(error))) => self.settle(Fate::Stopped(Why::Refused(error))),

            // Somebody who does not want to sign in is not asked with every look.
            (Phase::LookAtBalance(_), Event::Balance(Err(error)))
            | (Phase::LookAtMovements(_), Event::Transactions(Err(error)))
                if error.is_about_signing_in() =>
            {
                self.settle(Fate::Stopped(Why::Unknown(Some(error))));
            }

            (Phase::Rest(look), Event::Rested) if look + 1 < self.looks => self.phase = Phase::LookAtMovements(look),
            (Phase::Rest(look), Event::Rested) => self.phase = Phase::LookAtBalance(look),
            (Phase::LookAtBalance(look), Event::Balance(read)) => {
                self.seen = read.as_ref().ok().cloned();
                self.balance = read.map(|now| self.before.balance.as_ref().is_some_and(|before| is_same(before, &now)));
                self.phase = Phase::LookAtMovements(look);
            }
            (Phase::LookAtMovements(look), Event::Transactions(read)) => match (read, self.balance.clone()) {
                (Ok(movements), _) if is_in(&movements, &self.before, self.amount) == Some(true) => {
                    self.settle(Fate::Added);
                }
                _ if look + 1 < self.looks => self.look_up(look + 1),
                (Ok(movements), _) if is_in(&movements, &self.before, self.amount).is_none() => {
                    let is_proven = balance_proves(&movements, &self.before, self.seen.as_ref(), self.amount);
                    let unknown = Fate::Stopped(Why::Unknown(Some(ledger::unreadable())));
                    self.settle(if is_proven { Fate::Added } else { unknown });
                }
                (Ok(_), Ok(true)) if self.fate == Fate::Paying => match self.refused.clone() {
                    Refused::Twice(error) => self.settle(Fate::Stopped(Why::Refused(error))),
                    _ => self.phase = Phase::Pay,
                },
                (Ok(_), Ok(true)) => self.settle(Fate::Stopped(Why::NothingHappened(self.lost.clone()))),
                (Ok(_), Ok(false)) => self.settle(Fate::Stopped(Why::Unknown(None))),
                (Err(error), _) | (Ok(_), Err(error)) => self.settle(Fate::Stopped(Why::Unknown(Some(error)))),
            },
            // An answer to something else: it is asked again.
            _ => {}
        }
    }

    /// Looks again for a payment whose fate is unknown. It only looks: nothing is paid.
    pub fn resume(&mut self) {
        if let Fate::Stopped(Why::Unknown(_)) = self.fate {
            self.resumed = true;
            self.looks = LOOKS;
            self.look_up(0);
        }
    }

    /// The comparison of what was charged with what was asked for, where it was added.
    pub fn audit(&self) -> Option<Audit> {
        let charge = Charge::Payment(self.amount);
        (self.fate == Fate::Added).then(|| Audit::new(Ok(self.before.clone()), [charge]))
    }

    /// What is found out is about an earlier payment. This one is not sent.
    fn is_about(&mut self, doubt: Doubt, fate: Fate) {
        self.amount = doubt.amount;
        self.before = doubt.before;
        self.is_late = true;
        self.settle(fate);
    }

    fn look_up(&mut self, look: u32) {
        self.fate = Fate::LookingUp;
        self.phase = Phase::Rest(look);
    }

    fn settle(&mut self, fate: Fate) {
        self.fate = fate;
        self.phase = Phase::Over;
    }

    /// What the next payment has to look for before it pays.
    fn doubts(&self) -> Vec<Doubt> {
        let mut doubts = self.doubts.clone();
        match self.fate {
            Fate::Added => doubts.clear(),
            Fate::Stopped(Why::NothingHappened(_)) => {
                doubts.push(Doubt { amount: self.amount, before: self.before.clone() });
            }
            _ => {}
        }
        doubts
    }
}

/// Whether there is a credit of `amount` that was not there `before`; `None` where it may be what cannot be read. One that a
/// colleague has paid at the same time looks the same: then it is rather believed than paid again.
fn is_in(movements: &Entries<Transaction>, before: &Account, amount: Money) -> Option<bool> {
    let found = ledger::payments(&before.news(&movements.items), amount).len();
    let blur = before.blur(movements.left_out);
    if found > blur.regained as usize {
        return Some(true);
    }
    (found == 0 && blur.hidden == 0).then_some(false)
}

/// Whether the balance `now` says that a payment of `amount` has come in that [`is_in`] leaves open: that all new movements are
/// new, or that the one that cannot be read is as much. That nothing came in it does not say: it was read before them.
fn balance_proves(movements: &Entries<Transaction>, before: &Account, now: Option<&Amount>, amount: Money) -> bool {
    let news = before.news(&movements.items);
    let blur = before.blur(movements.left_out);
    match (before.unexplained(&news, now), blur.hidden) {
        (Some(rest), 0) => rest == Money::usd(0) && !ledger::payments(&news, amount).is_empty(),
        (Some(rest), 1) => rest == amount,
        _ => false,
    }
}

fn is_same(before: &Amount, now: &Amount) -> bool {
    before == now || Money::of(before).is_some_and(|before| Some(before) == Money::of(now))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
