#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;

use super::*;
use crate::domain::audit::{self, Verdict};

const FIFTY: Money = Money::usd(5000);

fn refused() -> Error {
    Error::Refused { status: 400, words: vec!["Your card was declined.".to_owned()] }
}

/// The worst server there is: it charges whatever it is asked to, as often as it is asked.
#[derive(Default)]
struct Server {
    movements: Vec<Transaction>,
    cents: i64,
    charges: usize,
    /// How many of its movements nobody can read: those that came in last.
    garbled: usize,
    /// How many movements nobody can read that were there long before.
    old_garbled: u32,
    /// A payment that it has taken but not carried out, and after how many pauses it will.
    at_it: Option<(u32, Money)>,
}

impl Server {
    fn new() -> Server {
        let mut server = Server::default();
        // An earlier payment of the same amount is not this one.
        server.book(5000);
        server
    }

    fn book(&mut self, cents: i64) {
        self.cents += cents;
        let text = |cents: i64| Some(Amount(Money::usd(cents).to_string()));
        self.movements.push(Transaction {
            id: (88_001 + self.movements.len()).to_string(),
            kind: None,
            sub_type: None,
            description: None,
            credit: if cents >= 0 { text(cents) } else { None },
            debit: if cents < 0 { text(-cents) } else { None },
            balance: text(self.cents),
            created_at: None,
            receipt: None,
            items: Vec::new(),
        });
    }

    /// Its movements, as far as they can be read.
    fn read(&self) -> Entries<Transaction> {
        let readable = self.movements.len() - self.garbled;
        let left_out = self.garbled as u32 + self.old_garbled;
        Entries { items: self.movements[..readable].to_vec(), left_out }
    }

    fn charge(&mut self, amount: Money) {
        self.charges += 1;
        self.book(amount.cents());
    }

    fn answer(&mut self, effect: Effect, amount: Money) -> Event {
        match effect {
            Effect::Transactions => Event::Transactions(Ok(self.read())),
            Effect::Balance => Event::Balance(Ok(Amount(Money::usd(self.cents).to_string()))),
            Effect::Pay => {
                self.charge(amount);
                Event::Paid(Ok(()))
            }
            Effect::Pause(_) => {
                match self.at_it.take() {
                    Some((0 | 1, amount)) => self.charge(amount),
                    Some((pauses, amount)) => self.at_it = Some((pauses - 1, amount)),
                    None => {}
                }
                Event::Rested
            }
        }
    }
}

/// Puts an error in place of an answer.
fn lost(effect: Effect, error: Error) -> Event {
    match effect {
        Effect::Transactions => Event::Transactions(Err(error)),
        Effect::Balance => Event::Balance(Err(error)),
        Effect::Pay => Event::Paid(Err(error)),
        Effect::Pause(_) => Event::Rested,
    }
}

/// Asks the server all there is to effect; `answer` may put something else in an answer's place. Returns what was asked.
fn run(top_up: &mut TopUp, server: &mut Server, answer: impl Fn(Effect, &mut Server) -> Option<Event>) -> Vec<Effect> {
    let mut asked = Vec::new();
    while let Some(effect) = top_up.effect() {
        asked.push(effect);
        let event = answer(effect, server).unwrap_or_else(|| server.answer(effect, top_up.amount()));
        top_up.on(event);
    }
    asked
}

#[test]
fn the_account_is_read_and_then_it_is_paid() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    assert_eq!(top_up.fate(), &Fate::Preparing);
    let asked = run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(asked, [Effect::Transactions, Effect::Balance, Effect::Pay]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
    assert!(!top_up.is_late());
}

/// What the comparison after the payment says.
fn audit(top_up: &TopUp, server: &Server) -> Verdict {
    let mut audit = top_up.audit().unwrap();
    while let Some(effect) = audit.effect() {
        audit.on(match effect {
            audit::Effect::Transactions => audit::Event::Transactions(Ok(server.read())),
            audit::Effect::Balance => audit::Event::Balance(Ok(Amount(Money::usd(server.cents).to_string()))),
            audit::Effect::Pause(_) => audit::Event::Rested,
            effect => panic!("{effect:?} has nothing to do with a payment"),
        });
    }
    assert_eq!(audit.findings()[0].charge, Charge::Payment(top_up.amount()));
    audit.findings()[0].verdict.clone()
}

#[test]
fn what_the_browser_pays_twice_is_told_and_not_claimed() {
    for is_lost in [false, true] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, server| {
            if effect != Effect::Pay {
                return None;
            }
            server.charge(FIFTY);
            is_lost.then(|| lost(effect, Error::Unreachable))
        });
        assert_eq!(top_up.fate(), &Fate::Added);
        // A colleague may have paid the other one, as far as the account says.
        let unclear =
            Verdict::Unclear { entries: 2, amount: Some(FIFTY), transactions: vec!["88002".into(), "88003".into()] };
        let expected = if is_lost { Verdict::Once } else { unclear };
        assert_eq!(audit(&top_up, &server), expected);
    }
}

#[test]
fn an_entry_that_cannot_be_read_stops_no_payment() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    server.old_garbled = 2;
    run(&mut top_up, &mut server, |_, _| None);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
    assert_eq!(audit(&top_up, &server), Verdict::Once, "as many as before: they are the same");
    // Nor does it keep a lost answer from being looked up.
    for is_taken in [false, true] {
        let mut again = TopUp::new(FIFTY, None);
        run(&mut again, &mut server, |effect, server| {
            (effect == Effect::Pay).then(|| {
                if is_taken {
                    server.charge(FIFTY);
                }
                lost(effect, Error::Unreachable)
            })
        });
        let expected =
            if is_taken { Fate::Added } else { Fate::Stopped(Why::NothingHappened(Some(Error::Unreachable))) };
        assert_eq!(again.fate(), &expected);
    }
}

#[test]
fn what_may_be_the_payment_and_cannot_be_read_leaves_it_unknown() {
    // A lost answer, after which there is one entry more that nobody can read, and the balance says nothing or is another one.
    let unreadable = Fate::Stopped(Why::Unknown(Some(ledger::unreadable())));
    for (cents, refusal) in [(700, Error::Unreachable), (0, Error::Unreachable), (0, expired())] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, server| {
            (effect == Effect::Pay).then(|| {
                server.book(cents);
                server.garbled = 1;
                lost(effect, refusal.clone())
            })
        });
        assert_eq!(top_up.fate(), &unreadable);
        assert_eq!(server.movements.len(), 2, "and it is not paid again");
        server.garbled = 0;
        top_up.resume();
        run(&mut top_up, &mut server, |_, _| None);
        assert!(matches!(top_up.fate(), Fate::Stopped(Why::Unknown(None) | Why::NothingHappened(_))));
    }
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    server.garbled = 1;
    run(&mut top_up, &mut server, |effect, server| {
        (effect == Effect::Pay).then(|| {
            server.garbled = 0;
            lost(effect, Error::Unreachable)
        })
    });
    assert_eq!(top_up.fate(), &unreadable, "an old payment is not taken for this one");
}

#[test]
fn what_cannot_be_read_is_the_payment_where_the_balance_says_so() {
    // After it there is an entry more that nobody can read, or before it there were some that are gone.
    for (garbled, old_garbled) in [(1, 0), (0, 2)] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        server.old_garbled = old_garbled;
        run(&mut top_up, &mut server, |effect, server| {
            (effect == Effect::Pay).then(|| {
                server.charge(FIFTY);
                (server.garbled, server.old_garbled) = (garbled, 0);
                lost(effect, Error::Unreachable)
            })
        });
        assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
    }
}

#[test]
fn an_earlier_payment_that_may_have_come_in_unreadable_is_not_paid_again() {
    for (cents, expected) in [(5000, false), (0, true)] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, Error::Unreachable)));
        server.book(cents);
        server.garbled = 1;
        let mut again = TopUp::new(Money::usd(6000), Some(&top_up));
        run(&mut again, &mut server, |effect, server| {
            (effect == Effect::Pay).then(|| {
                server.charges += 1;
                Event::Paid(Ok(()))
            })
        });
        let is_paid = again.fate() == &Fate::Added;
        assert_eq!((is_paid, server.charges), (expected, usize::from(expected)));
        assert!(is_paid || (again.is_late(), again.amount()) == (true, FIFTY));
    }
}

#[test]
fn a_second_payment_that_cannot_be_read_is_not_taken_for_none() {
    let garbled = |cents: i64| {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        server.old_garbled = 1;
        run(&mut top_up, &mut server, |_, _| None);
        server.book(cents);
        server.garbled = 1;
        audit(&top_up, &server).code()
    };
    assert_eq!(garbled(5000), Some("charge-unclear"), "the balance has moved by as much once more");
    assert_eq!(garbled(700), Some("charge-not-checked"));
    assert_eq!(garbled(0), None, "the balance says that it is none");
}

#[test]
fn an_earlier_payment_that_comes_in_late_is_compared_with_what_was_before_it() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, Error::Unreachable)));
    assert!(top_up.audit().is_none(), "nothing was charged");
    server.charge(FIFTY);
    let mut again = TopUp::new(Money::usd(6000), Some(&top_up));
    run(&mut again, &mut server, |_, _| None);
    assert!(again.is_late());
    assert_eq!(audit(&again, &server), Verdict::Once);
    server.charge(FIFTY);
    assert_eq!(audit(&again, &server).code(), Some("charge-unclear"));
}

#[test]
fn a_refund_is_no_payment() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    run(&mut top_up, &mut server, |effect, server| {
        (effect == Effect::Pay).then(|| {
            server.book(5000);
            server.movements.last_mut().unwrap().description = Some("Refund of print job 7".to_owned());
            lost(effect, Error::Unreachable)
        })
    });
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::Unknown(None)));
}

#[test]
fn an_account_that_cannot_be_read_is_not_paid_into() {
    for unread in [Effect::Transactions, Effect::Balance] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, _| (effect == unread).then(|| lost(effect, Error::Unreachable)));
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Failed(Error::Unreachable)));
        assert!(!top_up.is_sent());
        assert_eq!(server.charges, 0);
    }
}

#[test]
fn an_account_that_would_prove_nothing_is_not_paid_into() {
    // Entries that cannot be read, and a balance that says nothing: a lost answer would stay unknown for ever.
    for (old_garbled, expected) in [(2, Fate::Stopped(Why::Failed(ledger::unreadable()))), (0, Fate::Added)] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        server.old_garbled = old_garbled;
        let cut =
            |effect, _: &mut Server| (effect == Effect::Balance).then(|| Event::Balance(Ok(Amount("$5{".into()))));
        run(&mut top_up, &mut server, cut);
        assert_eq!((top_up.fate(), server.charges), (&expected, usize::from(old_garbled == 0)));
        let mut again = TopUp::new(FIFTY, Some(&top_up));
        run(&mut again, &mut server, |_, _| None);
        assert_eq!(again.fate(), &Fate::Added, "once one of the two can be read");
    }
}

#[test]
fn a_refusal_is_told_with_the_processors_words() {
    for error in [refused(), Error::SignInDismissed, Error::PaymentThroughProxy] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, error.clone())));
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Refused(error)));
        assert!(top_up.is_sent());
        assert_eq!(server.charges, 0);
    }
}

fn expired() -> Error {
    Error::Unauthorized { words: Vec::new() }
}

/// A browser sends twice: the first copy is taken, the token runs out, the second is refused.
#[test]
fn a_refused_token_says_nothing_of_an_earlier_copy() {
    for is_taken in [false, true] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        let refusals = std::cell::Cell::new(0);
        let asked = run(&mut top_up, &mut server, |effect, server| {
            (effect == Effect::Pay && refusals.replace(1) == 0).then(|| {
                if is_taken {
                    server.answer(effect, FIFTY);
                }
                lost(effect, expired())
            })
        });
        assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
        let looks = [Effect::Balance, Effect::Transactions];
        assert_eq!(asked[3..5], looks);
        assert_eq!(asked[5..], [Effect::Pay][usize::from(is_taken)..]);
    }
}

#[test]
fn a_token_that_is_refused_twice_is_a_refusal() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, expired())));
    assert_eq!((top_up.fate(), server.charges), (&Fate::Stopped(Why::Refused(expired())), 0));
}

#[test]
fn a_second_refusal_says_nothing_of_an_earlier_copy_either() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let refusals = std::cell::Cell::new(0);
    run(&mut top_up, &mut server, |effect, server| {
        (effect == Effect::Pay).then(|| {
            if refusals.replace(refusals.get() + 1) == 1 {
                server.answer(effect, FIFTY);
            }
            lost(effect, expired())
        })
    });
    assert_eq!((top_up.fate(), server.charges, refusals.get()), (&Fate::Added, 1, 2));
}

#[test]
fn whoever_does_not_sign_in_again_is_asked_once_and_not_told_that_nothing_was_charged() {
    for unread in [Effect::Balance, Effect::Transactions] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        let is_paid = std::cell::Cell::new(false);
        let asked = run(&mut top_up, &mut server, |effect, _| match effect {
            Effect::Pay => {
                is_paid.set(true);
                Some(lost(effect, expired()))
            }
            effect if is_paid.get() && effect == unread => Some(lost(effect, Error::SignInDismissed)),
            _ => None,
        });
        assert_eq!(asked.iter().filter(|effect| **effect == unread).count(), 2, "before, and once after");
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Unknown(Some(Error::SignInDismissed))));
        top_up.resume();
        let asked = run(&mut top_up, &mut server, |_, _| None);
        assert!(!asked.contains(&Effect::Pay), "what is unknown is only looked for");
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened(None)));
    }
}

#[test]
fn a_lost_answer_is_looked_up_and_not_sent_again() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let asked = run(&mut top_up, &mut server, |effect, server| {
        (effect == Effect::Pay).then(|| {
            server.answer(effect, FIFTY);
            lost(effect, Error::Unreachable)
        })
    });
    assert_eq!(asked[3..], [Effect::Pause(500), Effect::Transactions]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn an_answer_that_is_not_true_is_a_lost_one() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let garbled = Error::Undecodable { operation: "organization.add_funds", field: "body".to_owned() };
    run(&mut top_up, &mut server, |effect, server| {
        (effect == Effect::Pay).then(|| {
            server.answer(effect, FIFTY);
            lost(effect, garbled.clone())
        })
    });
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn that_nothing_happened_is_said_after_several_looks_and_a_look_at_the_balance() {
    for (error, rested) in
        [(Error::Unreachable, 7500), (Error::Gate { status: 403 }, 7500), (Error::TimedOut { seconds: 60 }, 31_500)]
    {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        let asked =
            run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, error.clone())));
        let pauses = asked.iter().map(|effect| if let Effect::Pause(pause) = effect { *pause } else { 0 });
        assert_eq!(pauses.sum::<u32>(), rested);
        assert_eq!(asked[asked.len() - 2..], [Effect::Balance, Effect::Transactions], "the movements are seen last");
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened(Some(error))), "with what it was lost to");
        // Another try is another payment.
        let mut again = TopUp::new(FIFTY, Some(&top_up));
        run(&mut again, &mut server, |_, _| None);
        assert_eq!((again.fate(), again.is_late(), server.charges), (&Fate::Added, false, 1));
    }
}

#[test]
fn what_comes_in_after_all_is_not_paid_again() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    run(&mut top_up, &mut server, |effect, _| (effect == Effect::Pay).then(|| lost(effect, Error::Unreachable)));
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened(Some(Error::Unreachable))));
    let declined = |effect, _: &mut Server| (effect == Effect::Pay).then(|| lost(effect, refused()));
    let mut second = TopUp::new(Money::usd(6000), Some(&top_up));
    run(&mut second, &mut server, declined);
    server.charge(FIFTY);
    let mut third = TopUp::new(Money::usd(7000), Some(&second));
    let asked = run(&mut third, &mut server, |_, _| None);
    assert_eq!(asked, [Effect::Transactions]);
    assert_eq!((third.fate(), third.is_late(), third.amount()), (&Fate::Added, true, FIFTY));
    assert_eq!(server.charges, 1);
    // That is settled.
    let mut fourth = TopUp::new(FIFTY, Some(&third));
    run(&mut fourth, &mut server, |_, _| None);
    assert_eq!((fourth.is_late(), server.charges), (false, 2));
}

#[test]
fn what_cannot_be_read_is_unknown_and_only_looked_for_from_then_on() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let mut sent = false;
    while let Some(effect) = top_up.effect() {
        let answer = server.answer(effect, FIFTY);
        sent |= effect == Effect::Pay;
        top_up.on(if sent { lost(effect, Error::Unreachable) } else { answer });
    }
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::Unknown(Some(Error::Unreachable))));
    top_up.resume();
    assert_eq!((top_up.fate(), top_up.is_resumed()), (&Fate::LookingUp, true));
    let asked = run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(asked, [Effect::Pause(500), Effect::Transactions]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn a_balance_that_cannot_be_read_leaves_it_unknown() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let mut sent = false;
    while let Some(effect) = top_up.effect() {
        sent |= effect == Effect::Pay;
        let is_lost = effect == Effect::Pay || (sent && effect == Effect::Balance);
        let event = if is_lost { lost(effect, Error::Unreachable) } else { server.answer(effect, FIFTY) };
        top_up.on(event);
    }
    assert!(matches!(top_up.fate(), Fate::Stopped(why) if !why.is_certain()));
    top_up.resume();
    run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened(Some(Error::Unreachable))));
}

#[test]
fn another_balance_without_a_fitting_movement_is_unknown() {
    // What came in was less, or somebody else has moved something meanwhile: it is not known which.
    for cents in [4850, -550] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |effect, server| {
            (effect == Effect::Pay).then(|| {
                server.book(cents);
                lost(effect, Error::Unreachable)
            })
        });
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Unknown(None)));
    }
}

#[test]
fn a_balance_that_is_only_written_in_another_way_is_the_same() {
    let amount = |text: &str| Amount(text.to_owned());
    assert!(is_same(&amount("$1,234.50"), &amount("1234.5")));
    assert!(is_same(&amount("a lot"), &amount("a lot")));
    assert!(!is_same(&amount("a lot"), &amount("more")));
    assert!(!is_same(&amount("$5.50"), &amount("($5.50)")));
}

/// What becomes of one call.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    LostBefore,
    LostAfter,
    /// Lost, and carried out only so many pauses later.
    Later(u32),
    Refused,
    Expired,
    Slow,
    /// The token has run out; whether an earlier copy of the call was taken before it did.
    Unauthorized(bool),
    /// Somebody else moves so much, which is not what is paid here.
    Colleague(i64),
}

fn any_luck() -> impl Strategy<Value = Vec<Luck>> {
    use Luck::*;
    let one = prop_oneof![
        6 => Just(Good), 2 => Just(LostBefore), 2 => Just(LostAfter), 2 => (1_u32..=4).prop_map(Later),
        1 => Just(Refused), 1 => Just(Expired), 1 => any::<bool>().prop_map(Unauthorized), 1 => Just(Slow),
        1 => (-9_i64..9).prop_map(|tens| Colleague(tens * 10 + 1)),
    ];
    prop::collection::vec(one, 0..120)
}

proptest! {
    #[test]
    fn each_payment_is_charged_once_or_not_at_all_as_is_said(luck in any_luck(), tries in 1_usize..6) {
        let mut server = Server::new();
        let mut luck = luck.into_iter();
        let mut top_up = TopUp::new(FIFTY, None);
        let mut charged_before = 0;
        let mut has_colleague = false;
        for _ in 0..tries {
            let is_resumed = top_up.is_resumed();
            while let Some(effect) = top_up.effect() {
                prop_assert!(!(is_resumed && effect == Effect::Pay), "what is unknown is only looked for");
                let luck = if matches!(effect, Effect::Pause(_)) { None } else { luck.next() };
                let event = match luck.unwrap_or(Luck::Good) {
                    Luck::Good => server.answer(effect, FIFTY),
                    Luck::LostBefore => lost(effect, Error::Unreachable),
                    Luck::LostAfter => {
                        server.answer(effect, FIFTY);
                        lost(effect, Error::Server { status: 502, words: Vec::new() })
                    }
                    Luck::Later(pauses) => {
                        match effect {
                            Effect::Pay => server.at_it = Some((pauses, FIFTY)),
                            _ => drop(server.answer(effect, FIFTY)),
                        }
                        lost(effect, Error::Unreachable)
                    }
                    Luck::Refused => lost(effect, refused()),
                    Luck::Expired => lost(effect, Error::SignInDismissed),
                    Luck::Unauthorized(is_taken) => {
                        if is_taken {
                            server.answer(effect, FIFTY);
                        }
                        lost(effect, expired())
                    }
                    Luck::Slow => {
                        server.answer(effect, FIFTY);
                        lost(effect, Error::TimedOut { seconds: 60 })
                    }
                    Luck::Colleague(cents) => {
                        has_colleague = true;
                        server.book(cents);
                        server.answer(effect, FIFTY)
                    }
                };
                top_up.on(event);
            }
            let charged = server.charges - charged_before;
            prop_assert!(charged <= 1, "charged {} times: {:?}", charged, top_up);
            match top_up.fate() {
                Fate::Added => {
                    prop_assert_eq!(charged, 1, "{:?}", top_up);
                    prop_assert!(!top_up.is_late(), "nothing comes in after it was said that nothing happened");
                }
                Fate::Stopped(why) if why.is_certain() => prop_assert_eq!(charged, 0, "{:?}", top_up),
                Fate::Stopped(_) => {}
                _ => prop_assert!(false, "{:?} while nothing is asked", top_up),
            }
            if matches!(top_up.fate(), Fate::Stopped(Why::Unknown(_))) {
                top_up.resume();
            } else {
                charged_before = server.charges;
                top_up = TopUp::new(FIFTY, Some(&top_up));
            }
        }
        // With no more bad luck it ends well.
        run(&mut top_up, &mut server, |_, _| None);
        if !has_colleague && matches!(top_up.fate(), Fate::Stopped(_)) {
            prop_assert!(matches!(top_up.fate(), Fate::Stopped(Why::NothingHappened(_))), "{:?}", top_up);
            top_up = TopUp::new(FIFTY, Some(&top_up));
            run(&mut top_up, &mut server, |_, _| None);
        }
        prop_assert!(has_colleague || top_up.fate() == &Fate::Added, "{:?}", top_up);
        prop_assert!(server.charges - charged_before <= 1);
    }
}
