//! Accounts that others move at the same time.

use super::*;

/// What a colleague does.
#[derive(Clone, Copy, Debug)]
enum Other {
    /// Submits a job of this number, perhaps of the same cost.
    Submits(u64, i64),
    Pays(i64),
    /// Gets something back for another job.
    Refund(i64),
}

fn any_other() -> impl Strategy<Value = Other> {
    let cents = prop_oneof![Just(1400_i64), Just(2800), Just(700), 1_i64..5000];
    let money = prop_oneof![Just(5000_i64), Just(10_000), 1_i64..9000];
    prop_oneof![
        (13_u64..40, cents.clone()).prop_map(|(job, cents)| Other::Submits(job, cents)),
        money.prop_map(Other::Pays),
        cents.prop_map(Other::Refund),
    ]
}

/// How the server words a charge.
fn words(style: usize, job: u64) -> String {
    match style {
        0 => format!("Print job {job}"),
        1 => format!("Print Job #{job}: 12 cards x 2 copies at $14.00"),
        2 => format!("print_job_id: {job}, 2026-11-12"),
        3 => format!("Order {job}"),
        4 => "Print job".to_owned(),
        5 => "12 cards printed at $12.00".to_owned(),
        _ => String::new(),
    }
}

#[derive(Clone, Copy, Debug)]
struct Faults {
    no_ids: bool,
    same_ids: bool,
    no_balances: bool,
    no_times: bool,
    no_costs: bool,
}

fn any_faults() -> impl Strategy<Value = Faults> {
    let rarely = || prop::bool::weighted(0.25);
    (rarely(), rarely(), rarely(), rarely(), rarely()).prop_map(
        |(no_ids, same_ids, no_balances, no_times, no_costs)| Faults {
            no_ids,
            same_ids,
            no_balances,
            no_times,
            no_costs,
        },
    )
}

/// The job's charges at their places among what others do; a payment of ours among them.
fn build(others: &[Other], places: &[usize], pays: Option<usize>, style: usize, faults: Faults) -> World {
    let mut world = World::new();
    if faults.no_costs {
        world.costs.clear();
    }
    for at in 0..=others.len() {
        for _ in places.iter().filter(|place| **place % (others.len() + 1) == at) {
            world.submits(JOB, 1400, &words(style, 12));
        }
        if pays.is_some_and(|place| place % (others.len() + 1) == at) {
            world.moves(5000, "Funds added");
        }
        match others.get(at) {
            Some(Other::Submits(job, cents)) => {
                drop(world.submits(PrintJobId(*job), *cents, &words(style, *job)).id.clone())
            }
            Some(Other::Pays(cents)) => drop(world.moves(*cents, "Funds added").id.clone()),
            Some(Other::Refund(cents)) => drop(world.moves(*cents, "Refund of print job 3").id.clone()),
            None => {}
        }
    }
    let before = world.before.as_mut().unwrap().transactions.iter_mut();
    for movement in before.chain(&mut world.now.transactions) {
        if faults.no_ids {
            movement.id.clear();
        } else if faults.same_ids {
            movement.id = "1".to_owned();
        }
        if faults.no_balances {
            movement.balance = None;
        }
        if faults.no_times {
            movement.created_at = None;
        }
    }
    world
}

fn shuffled(world: &World, seed: usize) -> World {
    let mut world = world.clone();
    let before = &mut world.before.as_mut().unwrap().transactions;
    for list in [before, &mut world.now.transactions] {
        let count = list.len();
        for place in 0..count {
            list.swap(place, (place * 7 + seed) % count);
        }
    }
    world
}

proptest! {
    #[test]
    fn what_others_do_is_never_taken_for_a_second_charge(
        others in prop::collection::vec(any_other(), 0..8),
        place in 0_usize..8, pays in 0_usize..8, style in 0_usize..7, faults in any_faults(), seed in 0_usize..50,
    ) {
        let world = shuffled(&build(&others, &[place], Some(pays), style, faults), seed);
        let job = world.audit(&[Charge::Job(JOB)]).remove(0);
        prop_assert!(!matches!(job, Verdict::Twice { .. }), "{job:?}");
        let payment = world.audit(&[Charge::Payment(Money::usd(5000))]).remove(0);
        prop_assert!(!matches!(payment, Verdict::Twice { .. }), "{payment:?}");
        let alike = others.iter().filter(|other| matches!(other, Other::Pays(5000))).count();
        prop_assert_eq!(short(&payment), i32::from(alike == 0), "{:?}", payment);
        // Where each charge says whose it is, there is not even a doubt.
        if style < 4 {
            prop_assert_eq!(job, Verdict::Once);
        }
    }

    #[test]
    fn what_is_charged_by_its_number_more_than_once_is_always_found(
        others in prop::collection::vec(any_other(), 0..8),
        places in prop::collection::vec(0_usize..8, 2..6), style in 0_usize..4, faults in any_faults(), seed in 0_usize..50,
    ) {
        let world = shuffled(&build(&others, &places, None, style, faults), seed);
        let job = world.audit(&[Charge::Job(JOB)]).remove(0);
        let is_found = matches!(job, Verdict::Twice { entries, amount, .. } if entries == places.len() && amount == COST);
        prop_assert!(is_found, "{job:?}");
    }

    #[test]
    fn the_order_of_the_movements_says_nothing(
        others in prop::collection::vec(any_other(), 0..8),
        places in prop::collection::vec(0_usize..8, 0..4), pays in prop::option::of(0_usize..8),
        style in 0_usize..7, faults in any_faults(), seed in 0_usize..50,
    ) {
        let world = build(&others, &places, pays, style, faults);
        for charge in [Charge::Job(JOB), Charge::Payment(Money::usd(5000))] {
            prop_assert_eq!(world.audit(&[charge]), shuffled(&world, seed).audit(&[charge]));
        }
    }

    #[test]
    fn any_account_is_compared_without_a_hitch(
        rows in prop::collection::vec((".{0,6}", "\\$?[0-9]{0,3}(\\.[0-9]{2})?|.{0,4}", "\\(?\\$[0-9]{1,20}\\)?", ".{0,12}"), 0..6),
        split in 0_usize..6,
    ) {
        let mut world = World::new();
        for (id, credit, debit, description) in rows {
            let movement = world.moves(1, &description);
            movement.id = id;
            movement.credit = Some(Amount(credit));
            movement.debit = Some(Amount(debit.clone()));
            movement.balance = Some(Amount(debit));
        }
        let split = split.min(world.now.transactions.len());
        world.before.as_mut().unwrap().transactions = world.now.transactions[..split].to_vec();
        prop_assert_eq!(world.audit(&[Charge::Job(JOB), Charge::Job(PrintJobId(1)), Charge::Payment(COST)]).len(), 3);
    }
}
