#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use proptest::prelude::*;

use super::*;
use crate::api::JobStatus;

mod random;

const JOB: PrintJobId = PrintJobId(12);
const COST: Money = Money::usd(1400);

/// An account as it was before, what has moved it since, and what else the server knows.
#[derive(Clone, Debug)]
struct World {
    before: Result<Account, Error>,
    now: Account,
    cents: i64,
    costs: Vec<(PrintJobId, Money)>,
    jobs: Vec<PrintJob>,
    /// The server's clock.
    seconds: u32,
}

impl World {
    /// A hundred dollars from an earlier payment, and an earlier order.
    fn new() -> World {
        let mut world = World {
            before: Ok(Account::default()),
            now: Account::default(),
            cents: 0,
            costs: vec![(JOB, COST)],
            jobs: Vec::new(),
            seconds: 0,
        };
        world.moves(11_400, "Funds added");
        world.submits(PrintJobId(3), 1400, "Print job 3");
        world.seconds = 1000;
        world.before = Ok(world.now.clone());
        world
    }

    fn time(&self) -> Option<String> {
        Some(format!("2026-11-25T20:{:02}:{:02}Z", self.seconds / 60, self.seconds % 60))
    }

    fn moves(&mut self, cents: i64, description: &str) -> &mut Transaction {
        self.cents += cents;
        self.seconds += 1;
        let text = |cents: i64| Some(Amount(Money::usd(cents).to_string()));
        self.now.balance = text(self.cents);
        self.now.transactions.push(Transaction {
            id: (88_001 + self.now.transactions.len()).to_string(),
            kind: Some(if cents < 0 { "Debit" } else { "Credit" }.to_owned()),
            sub_type: None,
            description: Some(description.to_owned()),
            credit: text(cents.max(0)),
            debit: text((-cents).max(0)),
            balance: text(self.cents),
            created_at: self.time(),
            receipt: None,
            items: Vec::new(),
        });
        self.now.transactions.last_mut().unwrap()
    }

    /// The worst server there is: it charges as often as it is asked.
    fn submits(&mut self, id: PrintJobId, cents: i64, description: &str) -> &mut Transaction {
        self.jobs.retain(|job| job.id != id);
        self.seconds += 1;
        let updated_at = self.time();
        self.seconds -= 1;
        self.jobs.push(PrintJob {
            id,
            status: JobStatus::Submitted,
            address_id: None,
            address: None,
            shipping_provider_id: None,
            number_of_copies: None,
            card_ids: Vec::new(),
            created_at: None,
            updated_at,
        });
        self.moves(-cents, description)
    }

    fn answer(&self, effect: Effect) -> Event {
        match effect {
            Effect::Pause(_) => Event::Rested,
            Effect::Charges(id) => {
                let cost = self.costs.iter().find(|(job, _)| *job == id);
                Event::Charges(cost.map_or(Err(Error::Unreachable), |(_, cost)| {
                    let job_total_cost = Some(Amount(cost.to_string()));
                    Ok(ChargeDetails { items: Vec::new(), shipping_cost: None, job_total_cost, has_balance: None })
                }))
            }
            Effect::Balance => Event::Balance(self.now.balance.clone().ok_or(Error::Unreachable)),
            Effect::Transactions => {
                let (items, left_out) = (self.now.transactions.clone(), self.now.left_out);
                Event::Transactions(Ok(Entries { items, left_out }))
            }
            Effect::SubmittedJobs => Event::SubmittedJobs(Ok(self.jobs.clone())),
        }
    }

    fn audit(&self, charges: &[Charge]) -> Vec<Verdict> {
        let mut audit = Audit::new(self.before.clone(), charges.iter().copied());
        while let Some(effect) = audit.effect() {
            audit.on(self.answer(effect));
        }
        audit.findings().iter().map(|finding| finding.verdict.clone()).collect()
    }

    /// How often the job was charged: 0 where it is not clear, and -1 where it cannot be seen.
    fn job(&self) -> i32 {
        short(&self.audit(&[Charge::Job(JOB)])[0])
    }

    fn payment(&self, cents: i64) -> i32 {
        short(&self.audit(&[Charge::Payment(Money::usd(cents))])[0])
    }
}

fn short(verdict: &Verdict) -> i32 {
    match verdict {
        Verdict::Once => 1,
        Verdict::Twice { entries, .. } => i32::try_from(*entries).unwrap(),
        Verdict::Unclear { .. } | Verdict::Late { .. } => 0,
        Verdict::NotChecked(_) => -1,
    }
}

/// What becomes of a world in which this happens.
fn world(happens: impl FnOnce(&mut World)) -> World {
    let mut world = World::new();
    happens(&mut world);
    world
}

/// Some of these were charged for the job: how much, and by what words.
fn charged(charges: &[(i64, &str)]) -> World {
    world(|world| {
        for (cents, words) in charges {
            world.submits(JOB, *cents, words);
        }
    })
}

#[test]
fn movements_that_name_the_job() {
    let job = "Print job 12";
    type Row<'a> = (&'a [(i64, &'a str)], i32, &'a str);
    let table: &[Row<'_>] = &[
        (&[(1400, job)], 1, "as it was asked for"),
        (&[(1400, job), (1400, job)], 2, "twice"),
        (&[(1400, job), (1400, job), (1400, job), (1400, job)], 4, "four times"),
        (&[(1400, "Job 12, 20:01"), (1400, "Job 12, 20:02")], 2, "in other words each time"),
        (&[(1400, "Order 12"), (1400, "Order 12")], 2, "no other number"),
        (&[(1400, job), (1400, "Print job 13")], 1, "a colleague's of the same amount"),
        (&[(1400, job), (1400, "Cards")], 1, "who names nobody where ours is named is somebody else"),
        (&[(1450, job)], 1, "a tax that the cost has not"),
        (&[(1450, job), (1450, job)], 2, "twice with it"),
        (&[(1100, "Cards, job 12"), (300, "Shipping, job 12")], 1, "in two movements"),
        (
            &[(1100, "Cards, job 12"), (300, "Shipping, job 12"), (1100, "Cards, job 12"), (300, "Shipping, job 12")],
            2,
            "",
        ),
        (&[(700, job), (700, job)], 0, "two halves, or half of it twice"),
        (&[(2800, job)], 0, "as much as two"),
        (&[(4200, job)], 0, "as much as three"),
        (&[(1400, job), (2800, job)], 0, "the second is another"),
        (&[(1400, job), (-1400, "Refund of print job 12")], 1, "and back"),
        (&[(1400, job), (1400, job), (-1400, "Refund of print job 12")], 1, "one of two back"),
        (&[(1400, job), (1400, job), (-700, "Refund of print job 12")], 0, "half of one back"),
        (&[(1400, "Print jobs 11, 12 and 13")], 1, "together with others, by the balance"),
        (&[], -1, "not at all"),
    ];
    for (charges, verdict, what) in table {
        assert_eq!(charged(charges).job(), *verdict, "{what}: {charges:?}");
    }
}

#[test]
fn it_does_not_matter_whether_the_cost_can_be_read() {
    for (count, verdict) in [(1, 1), (2, 2), (3, 3)] {
        let mut world = charged(&vec![(1400, "Print job 12"); count]);
        world.costs.clear();
        assert_eq!(world.job(), verdict);
    }
    let mut parts = charged(&[(1100, "Cards, job 12"), (300, "Shipping, job 12")]);
    parts.costs.clear();
    assert_eq!(parts.job(), 0, "whether these are parts is not known");
}

#[test]
fn what_was_charged_before_counts() {
    let mut world = charged(&[(1400, "Print job 12")]);
    world.before = Ok(world.now.clone());
    world.submits(JOB, 1400, "Print job 12");
    assert_eq!(world.job(), 2);
    // By chance, an old movement has the same number.
    let mut world = charged(&[(1400, "Check 12")]);
    world.before = Ok(world.now.clone());
    world.submits(JOB, 1400, "Print job 12");
    assert_eq!(world.job(), 1);
}

#[test]
fn numbers_that_are_missing_or_stand_twice_and_any_order() {
    let mut world = charged(&[(1400, "Print job 12"), (1400, "Print job 12")]);
    for movement in &mut world.now.transactions {
        movement.id = String::new();
    }
    world.before.as_mut().unwrap().transactions.iter_mut().for_each(|movement| movement.id.clear());
    world.now.transactions.reverse();
    let twice = Verdict::Twice { entries: 2, amount: COST, transactions: Vec::new() };
    assert_eq!(world.audit(&[Charge::Job(JOB)]), [twice]);
    let last = world.now.transactions[0].clone();
    world.now.transactions[1] = last;
    assert_eq!(world.job(), 2, "the same to the letter");
}

#[test]
fn amounts_that_cannot_be_read_prove_nothing() {
    let euros = |movement: &mut Transaction| movement.debit = Some(Amount("€14.00".to_owned()));
    let one = world(|world| euros(world.submits(JOB, 1400, "Print job 12")));
    assert_eq!(one.job(), 1);
    let two = world(|world| {
        world.submits(JOB, 1400, "Print job 12");
        euros(world.submits(JOB, 1400, "Print job 12"));
    });
    assert_eq!(two.job(), 0);
    let nameless = world(|world| {
        world.submits(JOB, 1400, "Cards");
        euros(world.submits(JOB, 1400, "Cards"));
    });
    assert_eq!(nameless.job(), 0);
    let others = world(|world| {
        world.submits(JOB, 1400, "Print job 12");
        euros(world.submits(PrintJobId(13), 1400, "Print job 13"));
    });
    assert_eq!(others.job(), 1);
    let payments = world(|world| {
        world.moves(5000, "Funds added");
        world.moves(5000, "Funds added").credit = Some(Amount("50 EUR".to_owned()));
    });
    assert_eq!(payments.payment(5000), 0);
}

#[test]
fn movements_that_name_nobody_count_where_nobody_else_can_have_moved_the_account() {
    let once = charged(&[(1400, "Cards")]);
    assert_eq!(once.job(), 1);
    let twice = charged(&[(1400, "Cards"), (1400, "Cards")]);
    assert_eq!(twice.job(), 2);
    let mut unread = twice.clone();
    unread.costs.clear();
    assert_eq!(unread.job(), 2);
    assert_eq!(charged(&[(1400, "Cards"), (1400, "Shipping")]).job(), 0, "other words");
    assert_eq!(charged(&[(2800, "Cards")]).job(), 0, "as much as two");
    assert_eq!(charged(&[(1400, "Cards"), (500, "Fee")]).job(), 1, "another amount");

    let also = |happens: fn(&mut World)| {
        let mut world = twice.clone();
        happens(&mut world);
        world.job()
    };
    let colleague = |world: &mut World| drop(world.submits(PrintJobId(13), 1400, "Cards").id.clone());
    assert_eq!(also(|world| world.now.balance = None), 0, "no balance");
    assert_eq!(also(|world| world.now.balance = Some(Amount("$1.00".to_owned()))), 0, "another balance");
    assert_eq!(also(|world| world.now.transactions[3].balance = None), 0, "a gap");
    assert_eq!(also(|world| world.before.as_mut().unwrap().balance = None), 0, "no balance before");
    assert_eq!(also(colleague), 0, "a colleague has submitted another job meanwhile");
    assert_eq!(also(|world| world.jobs[0].updated_at = None), 0, "nobody knows when");
    assert_eq!(also(|world| world.jobs[1].updated_at = Some("2026-11-25T22:16:42Z".to_owned())), 0, "two clocks");
    assert_eq!(also(|world| drop(world.jobs.pop())), 0, "not all of the jobs");
    assert_eq!(also(|world| world.now.transactions[3].created_at = None), 0, "no time");
}

#[test]
fn several_jobs_have_a_verdict_each() {
    let other = PrintJobId(13);
    let both = [Charge::Job(JOB), Charge::Job(other)];
    let verdicts = |charges: &[(PrintJobId, i64, &str)], costs: &[(PrintJobId, Money)]| {
        let mut world = World::new();
        world.costs = costs.to_vec();
        for (job, cents, words) in charges {
            world.submits(*job, *cents, words);
        }
        world.audit(&both).iter().map(short).collect::<Vec<_>>()
    };
    let same = [(JOB, COST), (other, COST)];
    let differ = [(JOB, COST), (other, Money::usd(500))];
    let named = [(JOB, 1400, "Job 12"), (other, 1400, "Job 13"), (other, 1400, "Job 13")];
    assert_eq!(verdicts(&named, &same), [1, 2]);
    assert_eq!(verdicts(&[(JOB, 1400, ""), (other, 1400, "")], &same), [1, 1]);
    assert_eq!(verdicts(&[(JOB, 1400, ""), (other, 1400, "")], &[]), [1, 1]);
    assert_eq!(verdicts(&[(JOB, 1400, ""), (other, 1400, ""), (other, 1400, "")], &same), [0, 0], "one of them");
    assert_eq!(verdicts(&[(JOB, 1400, ""), (other, 500, ""), (other, 500, "")], &differ), [1, 2]);
    assert_eq!(verdicts(&[(JOB, 1400, "Job 12"), (other, 1400, "")], &same), [1, 1]);
    assert_eq!(verdicts(&[(JOB, 1400, "")], &differ), [1, -1]);
}

#[test]
fn what_was_refused_and_is_charged_all_the_same_is_told_and_is_no_rival_of_what_was_asked_for() {
    let refused = PrintJobId(77);
    let judge = |world: &World| {
        let mut audit = Audit::with_unexpected(world.before.clone(), [Charge::Job(JOB)], [refused]);
        while let Some(effect) = audit.effect() {
            audit.on(world.answer(effect));
        }
        audit.findings().iter().map(|finding| finding.verdict.clone()).collect::<Vec<_>>()
    };
    // The refused one is in nothing: two charges that name nobody are both of the other.
    let twice = world(|world| {
        world.submits(JOB, 1400, "Order");
        world.moves(-1400, "Order");
    });
    assert!(matches!(judge(&twice)[..], [Verdict::Twice { entries: 2, .. }, Verdict::Once]));
    let late = world(|world| {
        world.submits(JOB, 1400, "Print job 12");
        world.submits(refused, 900, "Print job 77");
    });
    assert!(matches!(judge(&late)[..], [Verdict::Once, Verdict::Late { .. }]));
}

#[test]
fn whoever_does_not_want_to_sign_in_is_asked_once() {
    for at in [Effect::Charges(JOB), Effect::Balance, Effect::Transactions] {
        let world = World::new();
        let mut audit = Audit::new(world.before.clone(), [Charge::Job(JOB)]);
        while let Some(effect) = audit.effect() {
            assert!(!audit.is_over());
            audit.on(match effect {
                effect if effect != at => world.answer(effect),
                Effect::Charges(_) => Event::Charges(Err(Error::SignInDismissed)),
                Effect::Balance => Event::Balance(Err(Error::SignInDismissed)),
                _ => Event::Transactions(Err(Error::SignInDismissed)),
            });
            if effect == at {
                break;
            }
        }
        assert!(audit.is_over() && audit.is_interrupted(), "{at:?}");
        // Once somebody is signed in again it goes on, and finds out what there is.
        let twice = charged(&[(1400, "Print job 12"), (1400, "Print job 12")]);
        audit.take_up();
        while let Some(effect) = audit.effect() {
            audit.on(twice.answer(effect));
        }
        assert_eq!(short(&audit.findings()[0].verdict), 2, "{at:?}");
        assert!(!audit.is_interrupted());
    }
}

#[test]
fn two_payments_of_the_same_amount_are_never_proof() {
    let paid = |words: &[&str]| world(|world| words.iter().for_each(|words| drop(world.moves(5000, words).id.clone())));
    assert_eq!(paid(&[]).payment(5000), -1);
    assert_eq!(paid(&["Funds"]).payment(5000), 1);
    assert_eq!(paid(&["Funds", "Funds"]).payment(5000), 0);
    assert_eq!(paid(&["Funds 17", "Funds 18"]).payment(5000), 0);
    assert_eq!(paid(&["Funds", "Refund of print job 3"]).payment(5000), 1);
    assert_eq!(paid(&["Refund of print job 3"]).payment(5000), -1);
    assert_eq!(paid(&["Funds"]).payment(2500), 0, "as much as two");
    assert_eq!(
        world(|world| drop((world.moves(5000, "Funds").id.clone(), world.moves(10_000, "Funds").id.clone())))
            .payment(5000),
        1
    );
}

#[test]
fn two_payments_of_the_same_amount_are_told_after_the_first_look() {
    let lasts = |words: &[&str]| {
        let paid = world(|world| words.iter().for_each(|words| drop(world.moves(5000, words).id.clone())));
        let mut audit = Audit::new(paid.before.clone(), [Charge::Payment(Money::usd(5000))]);
        audit.on(Event::Rested);
        for effect in [Effect::Balance, Effect::Transactions] {
            assert_eq!(audit.effect(), Some(effect));
            audit.on(paid.answer(effect));
        }
        (audit.is_over(), audit.findings()[0].is_lasting())
    };
    assert_eq!(lasts(&[]), (false, false));
    assert_eq!(lasts(&["Funds"]), (false, false));
    assert_eq!(lasts(&["Funds", "Funds"]), (false, true));
}

#[test]
fn what_no_movement_explains_may_be_another_charge() {
    let mut payment = world(|world| drop(world.moves(5000, "Funds").id.clone()));
    payment.now.balance = Some(Amount("$200.00".to_owned()));
    assert_eq!(payment.payment(5000), 0);
    payment.now.balance = Some(Amount("$201.00".to_owned()));
    assert_eq!(payment.payment(5000), 1, "whatever it is, it is not this");
    let mut job = charged(&[(1400, "Print job 12")]);
    job.now.balance = Some(Amount("$72.00".to_owned()));
    assert_eq!(job.job(), 0);
    job.now.transactions.pop();
    assert_eq!(job.job(), 0, "none of two is shown");
    job.now.balance = Some(Amount("$86.00".to_owned()));
    assert_eq!(job.job(), -1, "it is charged, and not shown yet");
}

/// Of these charges for the job, so many of the last cannot be read; one entry could not be read before.
fn garbled(charges: &[(i64, &str)], garbled: usize) -> World {
    let mut world = charged(charges);
    world.before.as_mut().unwrap().left_out = 1;
    world.now.left_out = 1 + garbled as u32;
    world.now.transactions.truncate(world.now.transactions.len() - garbled);
    world
}

#[test]
fn an_entry_that_cannot_be_read_ends_no_comparison() {
    let named = (1400, "Print job 12");
    assert_eq!(garbled(&[named], 0).job(), 1, "as many as before: they are the same");
    assert_eq!(garbled(&[named, named], 0).job(), 2);
    assert_eq!(garbled(&[(1400, "Cards"), (1400, "Cards")], 0).job(), 2, "the balances chain");
    assert_eq!(garbled(&[named, named, (700, "")], 1).job(), 2, "and what is proven stays so");
}

#[test]
fn an_entry_that_cannot_be_read_may_be_a_second_charge() {
    let named = (1400, "Print job 12");
    let code = |world: &World| world.audit(&[Charge::Job(JOB)])[0].code();
    assert_eq!(code(&garbled(&[named, named], 1)), Some("charge-unclear"), "the balance has moved by as much again");
    assert_eq!(code(&garbled(&[named, (700, "")], 1)), Some("charge-not-checked"));
    let mut blind = garbled(&[named, named], 1);
    blind.now.balance = None;
    assert_eq!(code(&blind), Some("charge-not-checked"));
    // The balance says that it is no charge, or that it is the only one.
    assert_eq!(garbled(&[named, (0, "")], 1).job(), 1);
    assert_eq!(code(&garbled(&[named], 1)), None);
    assert_eq!(code(&garbled(&[named, named], 2)), Some("charge-unclear"));
    let mut blind = garbled(&[named], 1);
    blind.costs.clear();
    assert_eq!(code(&blind), Some("charge-not-checked"));
    // What could not be read before may have had its number by chance.
    let mut regained = charged(&[(1400, "Cards, 12"), (1400, "Cards, 12")]);
    regained.before.as_mut().unwrap().left_out = 1;
    assert_eq!(code(&regained), Some("charge-unclear"));
}

#[test]
fn without_an_account_from_before_only_names_count() {
    let of = |words: &str, count: usize| {
        let mut world = charged(&vec![(1400, words); count]);
        world.before = Err(Error::Unreachable);
        world
    };
    assert_eq!((of("Print job 12", 1).job(), of("Print job 12", 2).job()), (1, 2));
    let unknown = Verdict::NotChecked(Some(Error::Unreachable));
    for count in 0..3 {
        assert_eq!(of("Cards", count).audit(&[Charge::Job(JOB)]), std::slice::from_ref(&unknown));
        assert_eq!(of("Order 12", count).audit(&[Charge::Job(JOB)]), std::slice::from_ref(&unknown));
    }
}

#[test]
fn it_looks_several_times_and_not_for_ever() {
    let (good, bad) = (charged(&[(1400, "Print job 12")]), charged(&[(1400, "Print job 12"), (1400, "Print job 12")]));
    let run = |at: &dyn Fn(usize) -> Option<World>, error: Error| {
        let mut audit = Audit::new(good.before.clone(), [Charge::Job(JOB)]);
        assert!(!audit.is_over());
        let mut pauses = 0;
        while let Some(effect) = audit.effect() {
            pauses += usize::from(matches!(effect, Effect::Pause(_)));
            let world = at(pauses);
            if !matches!(effect, Effect::Pause(_)) {
                audit.on(Event::Rested);
            }
            audit.on(match (&world, effect) {
                (None, Effect::Transactions) => Event::Transactions(Err(error.clone())),
                (None, _) => good.answer(effect),
                (Some(world), _) => world.answer(effect),
            });
            assert!(pauses < 9);
        }
        assert!(audit.is_over());
        (pauses, short(&audit.findings()[0].verdict), audit.findings()[0].verdict.code())
    };
    let (nothing, lost) = (World::new(), Error::Unreachable);
    assert_eq!(run(&|_| Some(bad.clone()), lost.clone()), (1, 2, Some("charged-twice")));
    assert_eq!(run(&|_| Some(good.clone()), lost.clone()), (2, 1, None), "the second one may come in late");
    assert_eq!(run(&|look| Some(if look < 2 { good.clone() } else { bad.clone() }), lost.clone()).1, 2);
    assert_eq!(
        run(&|look| Some(if look < 3 { nothing.clone() } else { bad.clone() }), lost.clone()),
        (3, 2, Some("charged-twice"))
    );
    assert_eq!(run(&|_| Some(nothing.clone()), lost.clone()), (3, -1, None));
    assert_eq!(run(&|_| None, lost.clone()), (5, -1, Some("charge-not-checked")), "what made it unreadable may last");
    assert_eq!(run(&|look| (look < 2).then(|| good.clone()), lost.clone()), (5, 1, None), "it was so when it was seen");
    assert_eq!(run(&|_| None, Error::SignInDismissed), (1, -1, None), "nobody is asked again");
}
