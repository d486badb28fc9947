use proptest::prelude::*;

use super::*;

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

    fn charge(&mut self, amount: Money) {
        self.charges += 1;
        self.book(amount.cents());
    }

    fn answer(&mut self, ask: Ask, amount: Money) -> Heard {
        match ask {
            Ask::Transactions => Heard::Transactions(Ok(self.movements.clone())),
            Ask::Balance => Heard::Balance(Ok(Amount(Money::usd(self.cents).to_string()))),
            Ask::Pay => {
                self.charge(amount);
                Heard::Paid(Ok(()))
            }
            Ask::Pause(_) => {
                match self.at_it.take() {
                    Some((0 | 1, amount)) => self.charge(amount),
                    Some((pauses, amount)) => self.at_it = Some((pauses - 1, amount)),
                    None => {}
                }
                Heard::Rested
            }
        }
    }
}

/// Puts an error in place of an answer.
fn lost(ask: Ask, error: Error) -> Heard {
    match ask {
        Ask::Transactions => Heard::Transactions(Err(error)),
        Ask::Balance => Heard::Balance(Err(error)),
        Ask::Pay => Heard::Paid(Err(error)),
        Ask::Pause(_) => Heard::Rested,
    }
}

/// Asks the server all there is to ask; `answer` may put something else in an answer's place. Returns what was asked.
fn run(top_up: &mut TopUp, server: &mut Server, answer: impl Fn(Ask, &mut Server) -> Option<Heard>) -> Vec<Ask> {
    let mut asked = Vec::new();
    while let Some(ask) = top_up.ask() {
        asked.push(ask);
        let heard = answer(ask, server).unwrap_or_else(|| server.answer(ask, top_up.amount()));
        top_up.hear(heard);
    }
    asked
}

#[test]
fn the_account_is_read_and_then_it_is_paid() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    assert_eq!(top_up.fate(), &Fate::Preparing);
    let asked = run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(asked, [Ask::Transactions, Ask::Balance, Ask::Pay]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
    assert!(!top_up.is_late());
}

#[test]
fn an_account_that_cannot_be_read_is_not_paid_into() {
    for unread in [Ask::Transactions, Ask::Balance] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |ask, _| (ask == unread).then(|| lost(ask, Error::Unreachable)));
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Failed(Error::Unreachable)));
        assert!(!top_up.is_sent());
        assert_eq!(server.charges, 0);
    }
}

#[test]
fn a_refusal_is_told_with_the_processors_words() {
    for error in [refused(), Error::SignInDismissed, Error::PaymentThroughProxy] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |ask, _| (ask == Ask::Pay).then(|| lost(ask, error.clone())));
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::Refused(error)));
        assert!(top_up.is_sent());
        assert_eq!(server.charges, 0);
    }
}

#[test]
fn a_lost_answer_is_looked_up_and_not_sent_again() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let asked = run(&mut top_up, &mut server, |ask, server| {
        (ask == Ask::Pay).then(|| {
            server.answer(ask, FIFTY);
            lost(ask, Error::Unreachable)
        })
    });
    assert_eq!(asked[3..], [Ask::Pause(500), Ask::Transactions]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn an_answer_that_is_not_true_is_a_lost_one() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let garbled = Error::Undecodable { operation: "organization.add_funds", field: "body".to_owned() };
    run(&mut top_up, &mut server, |ask, server| {
        (ask == Ask::Pay).then(|| {
            server.answer(ask, FIFTY);
            lost(ask, garbled.clone())
        })
    });
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn that_nothing_happened_is_said_after_several_looks_and_a_look_at_the_balance() {
    for (error, rested) in [(Error::Unreachable, 7500), (Error::TimedOut { seconds: 60 }, 31_500)] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        let asked = run(&mut top_up, &mut server, |ask, _| (ask == Ask::Pay).then(|| lost(ask, error.clone())));
        let pauses = asked.iter().map(|ask| if let Ask::Pause(pause) = ask { *pause } else { 0 });
        assert_eq!(pauses.sum::<u32>(), rested);
        assert_eq!(asked[asked.len() - 2..], [Ask::Balance, Ask::Transactions], "the movements are seen last");
        assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened));
        // Another try is another payment.
        let mut again = TopUp::new(FIFTY, Some(&top_up));
        run(&mut again, &mut server, |_, _| None);
        assert_eq!((again.fate(), again.is_late(), server.charges), (&Fate::Added, false, 1));
    }
}

#[test]
fn what_comes_in_after_all_is_not_paid_again() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    run(&mut top_up, &mut server, |ask, _| (ask == Ask::Pay).then(|| lost(ask, Error::Unreachable)));
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened));
    let declined = |ask, _: &mut Server| (ask == Ask::Pay).then(|| lost(ask, refused()));
    let mut second = TopUp::new(Money::usd(6000), Some(&top_up));
    run(&mut second, &mut server, declined);
    server.charge(FIFTY);
    let mut third = TopUp::new(Money::usd(7000), Some(&second));
    let asked = run(&mut third, &mut server, |_, _| None);
    assert_eq!(asked, [Ask::Transactions]);
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
    while let Some(ask) = top_up.ask() {
        let answer = server.answer(ask, FIFTY);
        sent |= ask == Ask::Pay;
        top_up.hear(if sent { lost(ask, Error::Unreachable) } else { answer });
    }
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::Unknown(Some(Error::Unreachable))));
    top_up.resume();
    assert_eq!((top_up.fate(), top_up.is_resumed()), (&Fate::LookingUp, true));
    let asked = run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(asked, [Ask::Pause(500), Ask::Transactions]);
    assert_eq!((top_up.fate(), server.charges), (&Fate::Added, 1));
}

#[test]
fn a_balance_that_cannot_be_read_leaves_it_unknown() {
    let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
    let mut sent = false;
    while let Some(ask) = top_up.ask() {
        sent |= ask == Ask::Pay;
        let is_lost = ask == Ask::Pay || (sent && ask == Ask::Balance);
        let heard = if is_lost { lost(ask, Error::Unreachable) } else { server.answer(ask, FIFTY) };
        top_up.hear(heard);
    }
    assert!(matches!(top_up.fate(), Fate::Stopped(why) if !why.is_certain()));
    top_up.resume();
    run(&mut top_up, &mut server, |_, _| None);
    assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened));
}

#[test]
fn another_balance_without_a_fitting_movement_is_unknown() {
    // What came in was less, or somebody else has moved something meanwhile: it is not known which.
    for cents in [4850, -550] {
        let (mut top_up, mut server) = (TopUp::new(FIFTY, None), Server::new());
        run(&mut top_up, &mut server, |ask, server| {
            (ask == Ask::Pay).then(|| {
                server.book(cents);
                lost(ask, Error::Unreachable)
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
    /// Somebody else moves so much, which is not what is paid here.
    Colleague(i64),
}

fn any_luck() -> impl Strategy<Value = Vec<Luck>> {
    use Luck::*;
    let one = prop_oneof![
        6 => Just(Good), 2 => Just(LostBefore), 2 => Just(LostAfter), 2 => (1_u32..=4).prop_map(Later),
        1 => Just(Refused), 1 => Just(Expired), 1 => Just(Slow), 1 => (-9_i64..9).prop_map(|tens| Colleague(tens * 10 + 1)),
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
            while let Some(ask) = top_up.ask() {
                prop_assert!(!(is_resumed && ask == Ask::Pay), "what is unknown is only looked for");
                let luck = if matches!(ask, Ask::Pause(_)) { None } else { luck.next() };
                let heard = match luck.unwrap_or(Luck::Good) {
                    Luck::Good => server.answer(ask, FIFTY),
                    Luck::LostBefore => lost(ask, Error::Unreachable),
                    Luck::LostAfter => {
                        server.answer(ask, FIFTY);
                        lost(ask, Error::Server { status: 502, words: Vec::new() })
                    }
                    Luck::Later(pauses) => {
                        match ask {
                            Ask::Pay => server.at_it = Some((pauses, FIFTY)),
                            _ => drop(server.answer(ask, FIFTY)),
                        }
                        lost(ask, Error::Unreachable)
                    }
                    Luck::Refused => lost(ask, refused()),
                    Luck::Expired => lost(ask, Error::SignInDismissed),
                    Luck::Slow => {
                        server.answer(ask, FIFTY);
                        lost(ask, Error::TimedOut { seconds: 60 })
                    }
                    Luck::Colleague(cents) => {
                        has_colleague = true;
                        server.book(cents);
                        server.answer(ask, FIFTY)
                    }
                };
                top_up.hear(heard);
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
            prop_assert_eq!(top_up.fate(), &Fate::Stopped(Why::NothingHappened));
            top_up = TopUp::new(FIFTY, Some(&top_up));
            run(&mut top_up, &mut server, |_, _| None);
        }
        prop_assert!(has_colleague || top_up.fate() == &Fate::Added, "{:?}", top_up);
        prop_assert!(server.charges - charged_before <= 1);
    }
}
