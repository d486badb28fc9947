#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;

use super::*;
use crate::api::{AddressId, JobStatus};
use crate::domain::audit::{self, Verdict};
use crate::domain::money::Money;

const PROVIDER: ShippingProviderId = ShippingProviderId(11);

fn shipping() -> Shipping {
    Shipping { destination: Destination::Saved(AddressId(5)), provider: PROVIDER }
}

fn open(id: u64) -> OpenJob {
    OpenJob { id: PrintJobId(id), copies: 1, cards: vec![CardId(id * 10)] }
}

fn order(jobs: u64) -> Submission {
    Submission::new(shipping(), &(1..=jobs).map(open).collect::<Vec<_>>())
}

fn refused() -> Error {
    Error::Refused { status: 400, words: vec!["no".to_owned()] }
}

/// The worst server there is: it submits and charges whatever it is asked to, as often as it is asked.
struct Server {
    jobs: Vec<PrintJob>,
    charges: Vec<PrintJobId>,
    balance: usize,
}

impl Server {
    fn new(jobs: u64, balance: usize) -> Server {
        let job = |id| PrintJob {
            id: PrintJobId(id),
            status: JobStatus::Created,
            address_id: None,
            address: None,
            shipping_provider_id: None,
            number_of_copies: Some(1),
            card_ids: vec![CardId(id * 10)],
            created_at: None,
            updated_at: None,
        };
        Server { jobs: (1..=jobs).map(job).collect(), charges: Vec::new(), balance }
    }

    fn job(&mut self, id: PrintJobId) -> &mut PrintJob {
        self.jobs.iter_mut().find(|job| job.id == id).unwrap()
    }

    fn answer(&mut self, effect: Effect) -> Event {
        match effect {
            Effect::Read(id) => Event::Job(Ok(Box::new(self.job(id).clone()))),
            Effect::Apply(id) => {
                self.job(id).shipping_provider_id = Some(PROVIDER);
                Event::Job(Ok(Box::new(self.job(id).clone())))
            }
            Effect::CheckBalance(_) => Event::Covered(Ok(self.charges.len() < self.balance)),
            Effect::Transactions => Event::Transactions(Ok(self.ledger().into())),
            Effect::Balance => Event::Balance(Ok(Amount("$100.00".to_owned()))),
            Effect::Submit(id) => {
                self.charges.push(id);
                self.job(id).status = JobStatus::Submitted;
                Event::Job(Ok(Box::new(self.job(id).clone())))
            }
            Effect::Pause(_) => Event::Rested,
        }
    }

    fn ledger(&self) -> Vec<Transaction> {
        let debit = |(place, job): (usize, &PrintJobId)| Transaction {
            id: place.to_string(),
            kind: None,
            sub_type: None,
            description: Some(format!("Print job {job}")),
            credit: None,
            debit: Some(Amount("$5.50".to_owned())),
            balance: None,
            created_at: None,
            receipt: None,
            items: Vec::new(),
        };
        self.charges.iter().enumerate().map(debit).collect()
    }

    /// What the comparison after the order says of each job.
    fn audit(&self, order: &Submission) -> Vec<(Charge, Verdict)> {
        let mut audit = order.audit().unwrap();
        while let Some(effect) = audit.effect() {
            audit.on(match effect {
                audit::Effect::Transactions => audit::Event::Transactions(Ok(self.ledger().into())),
                audit::Effect::Pause(_) => audit::Event::Rested,
                audit::Effect::Charges(_) => audit::Event::Charges(Err(refused())),
                audit::Effect::Balance => audit::Event::Balance(Err(refused())),
                audit::Effect::SubmittedJobs => audit::Event::SubmittedJobs(Err(refused())),
            });
        }
        audit.findings().iter().map(|finding| (finding.charge, finding.verdict.clone())).collect()
    }

    fn charged(&self, id: PrintJobId) -> usize {
        self.charges.iter().filter(|charged| **charged == id).count()
    }
}

/// Puts an error in place of an answer.
fn lost(effect: Effect, error: Error) -> Event {
    match effect {
        Effect::CheckBalance(_) => Event::Covered(Err(error)),
        Effect::Transactions => Event::Transactions(Err(error)),
        Effect::Balance => Event::Balance(Err(error)),
        Effect::Pause(_) => Event::Rested,
        _ => Event::Job(Err(error)),
    }
}

#[test]
fn each_job_is_read_prepared_checked_and_submitted() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    let mut asked = Vec::new();
    while let Some(effect) = order.effect() {
        asked.push(effect);
        order.on(server.answer(effect));
    }
    let of = |id| [Effect::Read(id), Effect::Apply(id), Effect::CheckBalance(id), Effect::Submit(id)];
    assert_eq!(asked[..2], [Effect::Transactions, Effect::Balance]);
    assert_eq!(asked[2..], [of(PrintJobId(1)), of(PrintJobId(2))].concat());
    assert!(order.is_complete());
    assert_eq!(server.charges, [PrintJobId(1), PrintJobId(2)]);
}

#[test]
fn a_lost_answer_is_looked_up_and_not_sent_again() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    let mut reads = 0;
    while let Some(effect) = order.effect() {
        let answer = server.answer(effect);
        reads += u32::from(matches!(effect, Effect::Read(_)));
        order.on(match effect {
            Effect::Submit(_) => lost(effect, Error::Unreachable),
            _ => answer,
        });
    }
    assert!(order.is_complete());
    assert_eq!((server.charges.len(), reads), (1, 2));
}

#[test]
fn when_nothing_happened_it_is_said_only_after_several_looks_and_can_be_tried_again() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    let mut rested = 0;
    while let Some(effect) = order.effect() {
        if let Effect::Pause(milliseconds) = effect {
            rested += milliseconds;
        }
        let answer =
            if matches!(effect, Effect::Submit(_)) { lost(effect, Error::Unreachable) } else { server.answer(effect) };
        order.on(answer);
    }
    let (line, why) = order.stopped().unwrap();
    assert_eq!((line.job, why, rested), (PrintJobId(1), &Why::NothingHappened(Some(Error::Unreachable)), 7500));
    assert_eq!(order.lines()[1].fate, Fate::Waiting);
    order.resume();
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges, [PrintJobId(1), PrintJobId(2)]);
}

#[test]
fn a_job_that_cannot_be_read_is_unknown_and_is_looked_up_first_when_one_goes_on() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    let mut submitted = false;
    while let Some(effect) = order.effect() {
        let answer = server.answer(effect);
        submitted |= matches!(effect, Effect::Submit(_));
        order.on(if submitted { lost(effect, Error::TimedOut { seconds: 60 }) } else { answer });
    }
    let why = order.stopped().unwrap().1;
    assert!(!why.is_certain(), "{why:?}");
    order.resume();
    assert_eq!(order.lines()[0].fate, Fate::LookingUp);
    while let Some(effect) = order.effect() {
        assert!(matches!(effect, Effect::Pause(_) | Effect::Read(_)), "{effect:?}");
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn what_a_colleague_has_submitted_is_not_submitted_again() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    server.answer(Effect::Submit(PrintJobId(1)));
    while let Some(effect) = order.effect() {
        let expected = [Effect::Transactions, Effect::Balance, Effect::Read(PrintJobId(1))];
        assert!(expected.contains(&effect), "{effect:?}");
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn a_job_that_was_changed_since_the_review_stops_the_order() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    server.job(PrintJobId(2)).card_ids.push(CardId(999));
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert_eq!(order.submitted().map(|line| line.job).collect::<Vec<_>>(), [PrintJobId(1)]);
    assert_eq!(order.stopped().unwrap().1, &Why::Changed);
    assert_eq!(server.charges, [PrintJobId(1)]);
}

#[test]
fn too_little_money_stops_before_the_submission() {
    let (mut order, mut server) = (order(3), Server::new(3, 1));
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert_eq!(order.stopped().map(|(line, why)| (line.job, why)), Some((PrintJobId(2), &Why::NotCovered)));
    server.balance = 9;
    order.resume();
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 3);
}

#[test]
fn a_refusal_is_told_with_the_servers_words() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    while let Some(effect) = order.effect() {
        let answer = if matches!(effect, Effect::Submit(_)) { lost(effect, refused()) } else { server.answer(effect) };
        order.on(answer);
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Refused(refused()));
    assert!(server.charges.is_empty());
}

#[test]
fn a_refusal_is_no_proof_that_nothing_was_charged_while_the_job_cannot_be_read() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    // Somebody else submits it after it was looked at, so that the server refuses to change it; and then nothing is event.
    let mut refusals = 0;
    while let Some(effect) = order.effect() {
        let answer = match effect {
            Effect::Apply(id) => {
                server.answer(Effect::Submit(id));
                refusals += 1;
                lost(effect, refused())
            }
            _ if refusals > 0 => lost(effect, Error::Unreachable),
            _ => server.answer(effect),
        };
        order.on(answer);
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Unknown(refused()));
    order.resume();
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn a_job_whose_provider_the_server_did_not_keep_is_not_submitted() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    while let Some(effect) = order.effect() {
        let answer = server.answer(effect);
        server.job(PrintJobId(1)).shipping_provider_id = None;
        order.on(if matches!(effect, Effect::Apply(_)) {
            Event::Job(Ok(Box::new(server.jobs[0].clone())))
        } else {
            answer
        });
    }
    assert!(matches!(order.stopped().unwrap().1, Why::Failed(Error::Undecodable { .. })));
    assert!(server.charges.is_empty());
}

#[test]
fn what_the_browser_submits_twice_is_found() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    assert!(order.audit().is_none());
    while let Some(effect) = order.effect() {
        if effect == Effect::Submit(PrintJobId(2)) {
            server.answer(effect);
        }
        order.on(server.answer(effect));
    }
    assert!(order.is_complete());
    let twice = Verdict::Twice { entries: 2, amount: Money::usd(550), transactions: vec!["1".into(), "2".into()] };
    let expected = [(Charge::Job(PrintJobId(1)), Verdict::Once), (Charge::Job(PrintJobId(2)), twice)];
    assert_eq!(server.audit(&order), expected);
}

#[test]
fn an_account_that_cannot_be_read_keeps_no_order_up() {
    for unread in [Effect::Transactions, Effect::Balance] {
        let (mut order, mut server) = (order(1), Server::new(1, 9));
        while let Some(effect) = order.effect() {
            let event = if effect == unread { lost(effect, Error::Unreachable) } else { server.answer(effect) };
            order.on(event);
        }
        assert!(order.is_complete());
        assert_eq!(server.audit(&order), [(Charge::Job(PrintJobId(1)), Verdict::Once)], "its number says enough");
    }
}

#[test]
fn only_what_was_sent_is_compared() {
    // It stops before anything was sent.
    let (mut first, mut server) = (order(1), Server::new(1, 0));
    while let Some(effect) = first.effect() {
        let event = if effect == Effect::Transactions { lost(effect, refused()) } else { server.answer(effect) };
        first.on(event);
    }
    assert_eq!(first.stopped().unwrap().1, &Why::NotCovered);
    assert!(first.audit().is_none());
    first.resume();
    assert_eq!(first.effect(), Some(Effect::Transactions), "it is not too late for that");
    // It stops behind the first job; and at one whose answer is lost.
    let (mut second, mut server) = (order(3), Server::new(3, 1));
    while let Some(effect) = second.effect() {
        second.on(server.answer(effect));
    }
    assert_eq!(server.audit(&second), [(Charge::Job(PrintJobId(1)), Verdict::Once)]);
    server.balance = 9;
    second.resume();
    assert_eq!(second.effect(), Some(Effect::Read(PrintJobId(2))), "the account is known as it was before");
    while let Some(effect) = second.effect() {
        let event =
            if matches!(effect, Effect::Submit(_)) { lost(effect, Error::Unreachable) } else { server.answer(effect) };
        second.on(event);
    }
    assert_eq!(second.stopped().unwrap().1, &Why::NothingHappened(Some(Error::Unreachable)));
    assert_eq!(server.audit(&second)[1], (Charge::Job(PrintJobId(2)), Verdict::Once), "nothing is what is expected");
}

#[test]
fn a_card_that_has_come_in_twice_since_the_review_is_a_change() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    server.job(PrintJobId(1)).card_ids.push(CardId(10));
    while let Some(effect) = order.effect() {
        order.on(server.answer(effect));
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Changed);
    assert!(server.charges.is_empty());
}

fn expired() -> Error {
    Error::Unauthorized { words: Vec::new() }
}

/// A browser sends twice: the first copy is taken, the token runs out, the second is refused.
#[test]
fn a_refused_token_says_nothing_of_an_earlier_copy() {
    for is_taken in [false, true] {
        let (mut order, mut server) = (order(1), Server::new(1, 9));
        let mut submits = 0;
        let mut asked = Vec::new();
        while let Some(effect) = order.effect() {
            asked.push(effect);
            let is_submit = matches!(effect, Effect::Submit(_));
            submits += u32::from(is_submit);
            let answer = if is_submit && submits == 1 && !is_taken { None } else { Some(server.answer(effect)) };
            order.on(answer.filter(|_| !is_submit || submits > 1).unwrap_or_else(|| lost(effect, expired())));
        }
        assert!(order.is_complete());
        assert_eq!((server.charges.len(), submits), (1, if is_taken { 1 } else { 2 }));
        assert_eq!(asked[6], Effect::Read(PrintJobId(1)), "it is read before it is submitted again");
    }
}

#[test]
fn a_token_that_is_refused_twice_is_a_refusal() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    while let Some(effect) = order.effect() {
        let is_submit = matches!(effect, Effect::Submit(_));
        order.on(if is_submit { lost(effect, expired()) } else { server.answer(effect) });
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Refused(expired()));
}

#[test]
fn whoever_does_not_sign_in_again_is_asked_once_and_not_told_that_nothing_was_charged() {
    for is_lost in [false, true] {
        let (mut order, mut server) = (order(1), Server::new(1, 9));
        let mut looks = None;
        while let Some(effect) = order.effect() {
            let event = match (effect, &mut looks) {
                (Effect::Submit(_), _) => {
                    looks = Some(0);
                    lost(effect, if is_lost { Error::Unreachable } else { expired() })
                }
                (Effect::Read(_), Some(looks)) => {
                    *looks += 1;
                    lost(effect, Error::SignInDismissed)
                }
                _ => server.answer(effect),
            };
            order.on(event);
        }
        assert_eq!(looks, Some(1));
        assert_eq!(order.stopped().unwrap().1, &Why::Unknown(Error::SignInDismissed));
    }
}

/// What becomes of one call.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    LostBefore,
    LostAfter,
    Refused,
    Expired,
    /// The token has run out; whether an earlier copy of the call was taken before it did.
    Unauthorized(bool),
    Slow,
}

fn any_luck() -> impl Strategy<Value = Vec<Luck>> {
    use Luck::*;
    let one = prop_oneof![
        6 => Just(Good), 2 => Just(LostBefore), 2 => Just(LostAfter), 1 => Just(Refused), 1 => Just(Expired),
        1 => any::<bool>().prop_map(Unauthorized), 1 => Just(Slow),
    ];
    prop::collection::vec(one, 0..120)
}

proptest! {
    #[test]
    fn each_job_is_charged_once_or_not_at_all_as_the_lines_say(luck in any_luck(), jobs in 1_u64..4, tries in 1_usize..5) {
        let (mut order, mut server) = (order(jobs), Server::new(jobs, 99));
        let mut luck = luck.into_iter();
        for _ in 0..tries {
            while let Some(effect) = order.effect() {
                let event = match luck.next().unwrap_or(Luck::Good) {
                    Luck::Good => server.answer(effect),
                    Luck::LostBefore => lost(effect, Error::Unreachable),
                    Luck::LostAfter => {
                        server.answer(effect);
                        lost(effect, Error::Server { status: 502, words: Vec::new() })
                    }
                    Luck::Refused => lost(effect, refused()),
                    Luck::Expired => lost(effect, Error::SignInDismissed),
                    Luck::Unauthorized(is_taken) => {
                        if is_taken {
                            server.answer(effect);
                        }
                        lost(effect, expired())
                    }
                    Luck::Slow => {
                        server.answer(effect);
                        lost(effect, Error::TimedOut { seconds: 60 })
                    }
                };
                order.on(event);
            }
            for line in order.lines() {
                let charged = server.charged(line.job);
                prop_assert!(charged <= 1, "{:?} was charged {} times", line, charged);
                match &line.fate {
                    Fate::Submitted => prop_assert_eq!(charged, 1, "{:?}", line),
                    Fate::Stopped(why) if why.is_certain() => prop_assert_eq!(charged, 0, "{:?}", line),
                    Fate::Waiting => prop_assert_eq!(charged, 0, "{:?}", line),
                    Fate::Stopped(_) => {}
                    Fate::Working | Fate::LookingUp => prop_assert!(false, "{:?} while nothing is asked", line),
                }
            }
            order.resume();
        }
        // With no more bad luck it ends well.
        while let Some(effect) = order.effect() {
            order.on(server.answer(effect));
        }
        order.resume();
        while let Some(effect) = order.effect() {
            order.on(server.answer(effect));
        }
        prop_assert!(order.is_complete(), "{:?}", order.lines());
        prop_assert_eq!(server.charges.len() as u64, jobs);
    }
}
