#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;

use super::*;
use crate::api::{AddressId, JobStatus};

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

    fn answer(&mut self, ask: Ask) -> Heard {
        match ask {
            Ask::Read(id) => Heard::Job(Ok(Box::new(self.job(id).clone()))),
            Ask::Apply(id) => {
                self.job(id).shipping_provider_id = Some(PROVIDER);
                Heard::Job(Ok(Box::new(self.job(id).clone())))
            }
            Ask::CheckBalance(_) => Heard::Covered(Ok(self.charges.len() < self.balance)),
            Ask::Submit(id) => {
                self.charges.push(id);
                self.job(id).status = JobStatus::Submitted;
                Heard::Job(Ok(Box::new(self.job(id).clone())))
            }
            Ask::Pause(_) => Heard::Rested,
        }
    }

    fn charged(&self, id: PrintJobId) -> usize {
        self.charges.iter().filter(|charged| **charged == id).count()
    }
}

/// Puts an error in place of an answer.
fn lost(ask: Ask, error: Error) -> Heard {
    match ask {
        Ask::CheckBalance(_) => Heard::Covered(Err(error)),
        Ask::Pause(_) => Heard::Rested,
        _ => Heard::Job(Err(error)),
    }
}

#[test]
fn each_job_is_read_prepared_checked_and_submitted() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    let mut asked = Vec::new();
    while let Some(ask) = order.ask() {
        asked.push(ask);
        order.hear(server.answer(ask));
    }
    let of = |id| [Ask::Read(id), Ask::Apply(id), Ask::CheckBalance(id), Ask::Submit(id)];
    assert_eq!(asked, [of(PrintJobId(1)), of(PrintJobId(2))].concat());
    assert!(order.is_complete());
    assert_eq!(server.charges, [PrintJobId(1), PrintJobId(2)]);
}

#[test]
fn a_lost_answer_is_looked_up_and_not_sent_again() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    let mut reads = 0;
    while let Some(ask) = order.ask() {
        let answer = server.answer(ask);
        reads += u32::from(matches!(ask, Ask::Read(_)));
        order.hear(match ask {
            Ask::Submit(_) => lost(ask, Error::Unreachable),
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
    while let Some(ask) = order.ask() {
        if let Ask::Pause(milliseconds) = ask {
            rested += milliseconds;
        }
        let answer = if matches!(ask, Ask::Submit(_)) { lost(ask, Error::Unreachable) } else { server.answer(ask) };
        order.hear(answer);
    }
    let (line, why) = order.stopped().unwrap();
    assert_eq!((line.job, why, rested), (PrintJobId(1), &Why::NothingHappened, 7500));
    assert_eq!(order.lines()[1].fate, Fate::Waiting);
    order.resume();
    while let Some(ask) = order.ask() {
        order.hear(server.answer(ask));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges, [PrintJobId(1), PrintJobId(2)]);
}

#[test]
fn a_job_that_cannot_be_read_is_unknown_and_is_looked_up_first_when_one_goes_on() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    let mut submitted = false;
    while let Some(ask) = order.ask() {
        let answer = server.answer(ask);
        submitted |= matches!(ask, Ask::Submit(_));
        order.hear(if submitted { lost(ask, Error::TimedOut { seconds: 60 }) } else { answer });
    }
    let why = order.stopped().unwrap().1;
    assert!(!why.is_certain(), "{why:?}");
    order.resume();
    assert_eq!(order.lines()[0].fate, Fate::LookingUp);
    while let Some(ask) = order.ask() {
        assert!(matches!(ask, Ask::Pause(_) | Ask::Read(_)), "{ask:?}");
        order.hear(server.answer(ask));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn what_a_colleague_has_submitted_is_not_submitted_again() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    server.answer(Ask::Submit(PrintJobId(1)));
    while let Some(ask) = order.ask() {
        assert_eq!(ask, Ask::Read(PrintJobId(1)));
        order.hear(server.answer(ask));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn a_job_that_was_changed_since_the_review_stops_the_order() {
    let (mut order, mut server) = (order(2), Server::new(2, 9));
    server.job(PrintJobId(2)).card_ids.push(CardId(999));
    while let Some(ask) = order.ask() {
        order.hear(server.answer(ask));
    }
    assert_eq!(order.submitted().map(|line| line.job).collect::<Vec<_>>(), [PrintJobId(1)]);
    assert_eq!(order.stopped().unwrap().1, &Why::Changed);
    assert_eq!(server.charges, [PrintJobId(1)]);
}

#[test]
fn too_little_money_stops_before_the_submission() {
    let (mut order, mut server) = (order(3), Server::new(3, 1));
    while let Some(ask) = order.ask() {
        order.hear(server.answer(ask));
    }
    assert_eq!(order.stopped().map(|(line, why)| (line.job, why)), Some((PrintJobId(2), &Why::NotCovered)));
    server.balance = 9;
    order.resume();
    while let Some(ask) = order.ask() {
        order.hear(server.answer(ask));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 3);
}

#[test]
fn a_refusal_is_told_with_the_servers_words() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    while let Some(ask) = order.ask() {
        let answer = if matches!(ask, Ask::Submit(_)) { lost(ask, refused()) } else { server.answer(ask) };
        order.hear(answer);
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Refused(refused()));
    assert!(server.charges.is_empty());
}

#[test]
fn a_refusal_is_no_proof_that_nothing_was_charged_while_the_job_cannot_be_read() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    // Somebody else submits it after it was looked at, so that the server refuses to change it; and then nothing is heard.
    let mut refusals = 0;
    while let Some(ask) = order.ask() {
        let answer = match ask {
            Ask::Apply(id) => {
                server.answer(Ask::Submit(id));
                refusals += 1;
                lost(ask, refused())
            }
            _ if refusals > 0 => lost(ask, Error::Unreachable),
            _ => server.answer(ask),
        };
        order.hear(answer);
    }
    assert_eq!(order.stopped().unwrap().1, &Why::Unknown(refused()));
    order.resume();
    while let Some(ask) = order.ask() {
        order.hear(server.answer(ask));
    }
    assert!(order.is_complete());
    assert_eq!(server.charges.len(), 1);
}

#[test]
fn a_job_whose_provider_the_server_did_not_keep_is_not_submitted() {
    let (mut order, mut server) = (order(1), Server::new(1, 9));
    while let Some(ask) = order.ask() {
        let answer = server.answer(ask);
        server.job(PrintJobId(1)).shipping_provider_id = None;
        order.hear(if matches!(ask, Ask::Apply(_)) {
            Heard::Job(Ok(Box::new(server.jobs[0].clone())))
        } else {
            answer
        });
    }
    assert!(matches!(order.stopped().unwrap().1, Why::Failed(Error::Undecodable { .. })));
    assert!(server.charges.is_empty());
}

/// What becomes of one call.
#[derive(Clone, Copy, Debug)]
enum Luck {
    Good,
    LostBefore,
    LostAfter,
    Refused,
    Expired,
    Slow,
}

fn any_luck() -> impl Strategy<Value = Vec<Luck>> {
    use Luck::*;
    let one = prop_oneof![
        6 => Just(Good), 2 => Just(LostBefore), 2 => Just(LostAfter), 1 => Just(Refused), 1 => Just(Expired), 1 => Just(Slow),
    ];
    prop::collection::vec(one, 0..120)
}

proptest! {
    #[test]
    fn each_job_is_charged_once_or_not_at_all_as_the_lines_say(luck in any_luck(), jobs in 1_u64..4, tries in 1_usize..5) {
        let (mut order, mut server) = (order(jobs), Server::new(jobs, 99));
        let mut luck = luck.into_iter();
        for _ in 0..tries {
            while let Some(ask) = order.ask() {
                let heard = match luck.next().unwrap_or(Luck::Good) {
                    Luck::Good => server.answer(ask),
                    Luck::LostBefore => lost(ask, Error::Unreachable),
                    Luck::LostAfter => {
                        server.answer(ask);
                        lost(ask, Error::Server { status: 502, words: Vec::new() })
                    }
                    Luck::Refused => lost(ask, refused()),
                    Luck::Expired => lost(ask, Error::SignInDismissed),
                    Luck::Slow => {
                        server.answer(ask);
                        lost(ask, Error::TimedOut { seconds: 60 })
                    }
                };
                order.hear(heard);
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
        while let Some(ask) = order.ask() {
            order.hear(server.answer(ask));
        }
        order.resume();
        while let Some(ask) = order.ask() {
            order.hear(server.answer(ask));
        }
        prop_assert!(order.is_complete(), "{:?}", order.lines());
        prop_assert_eq!(server.charges.len() as u64, jobs);
    }
}
