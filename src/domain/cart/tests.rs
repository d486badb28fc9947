#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::api::JobStatus;

fn job(id: u64, copies: u32, cards: &[u64]) -> PrintJob {
    PrintJob {
        id: PrintJobId(id),
        status: JobStatus::Created,
        address_id: None,
        address: None,
        shipping_provider_id: None,
        number_of_copies: Some(copies),
        card_ids: cards.iter().copied().map(CardId).collect(),
        created_at: None,
        updated_at: None,
    }
}

fn cart(jobs: &[PrintJob]) -> Cart {
    Cart::of(jobs)
}

fn ids(cards: &[u64]) -> Vec<CardId> {
    cards.iter().copied().map(CardId).collect()
}

/// What the vendor's server does with a step.
fn serve(cart: &mut Cart, step: &Step) {
    match step {
        Step::Create { copies, cards } => {
            let next = cart.jobs.iter().map(|job| job.id.0).max().unwrap_or(0) + 1;
            let mut cards = cards.clone();
            cards.sort_unstable();
            cart.put(OpenJob { id: PrintJobId(next), copies: *copies, cards });
        }
        Step::SetCopies { job, copies } => cart.job_mut(*job).unwrap().copies = *copies,
        Step::Add { job, cards } => {
            let job = cart.job_mut(*job).unwrap();
            // As it is there already, today's server leaves it; an older one puts it in once more.
            job.cards.extend(cards);
            job.cards.sort_unstable();
        }
        Step::Remove { job, card } => cart.removed(*job, *card),
    }
}

fn copies(cart: &Cart) -> BTreeMap<CardId, u32> {
    cart.entries().into_iter().map(|entry| (entry.card, entry.copies)).collect()
}

#[test]
fn what_somebody_else_has_changed_is_seen_in_an_answer() {
    let then = Cart { jobs: vec![OpenJob { id: PrintJobId(1), copies: 5, cards: vec![CardId(7)] }] };
    let set = Step::SetCopies { job: PrintJobId(1), copies: 7 };
    let mut now = then.clone();
    now.jobs[0].copies = 7;
    assert!(now.is_as_expected(&then, &set));
    now.jobs[0].cards.clear();
    assert!(!now.is_as_expected(&then, &set), "its card is elsewhere by now");
    let add = Step::Add { job: PrintJobId(1), cards: vec![CardId(3)] };
    let mut now = then.clone();
    now.jobs[0].cards = vec![CardId(3), CardId(7)];
    assert!(now.is_as_expected(&then, &add));
    now.jobs[0].cards = vec![CardId(3), CardId(3), CardId(7)];
    assert!(!now.is_as_expected(&then, &add), "the browser has sent it twice");
}

#[test]
fn the_first_card_makes_the_job() {
    let steps = Cart::default().steps(&[(CardId(7), 1)]);
    assert_eq!(steps, [Step::Create { copies: 1, cards: ids(&[7]) }]);
}

#[test]
fn a_card_joins_those_with_as_many_copies() {
    let steps = cart(&[job(1, 1, &[7]), job(2, 3, &[8])]).steps(&[(CardId(9), 1)]);
    assert_eq!(steps, [Step::Add { job: PrintJobId(1), cards: ids(&[9]) }]);
}

#[test]
fn another_number_of_copies_is_another_job_and_the_card_is_put_there_before_it_leaves() {
    let steps = cart(&[job(1, 1, &[7, 8, 9])]).steps(&[(CardId(8), 3)]);
    let remove = Step::Remove { job: PrintJobId(1), card: CardId(8) };
    assert_eq!(steps, [Step::Create { copies: 3, cards: ids(&[8]) }, remove.clone()]);
    let steps = cart(&[job(1, 1, &[7, 8, 9]), job(2, 3, &[5])]).steps(&[(CardId(8), 3)]);
    assert_eq!(steps, [Step::Add { job: PrintJobId(2), cards: ids(&[8]) }, remove]);
}

#[test]
fn a_job_whose_cards_all_change_is_changed_itself() {
    let steps = cart(&[job(1, 1, &[7])]).steps(&[(CardId(7), 2)]);
    assert_eq!(steps, [Step::SetCopies { job: PrintJobId(1), copies: 2 }]);
    let steps = cart(&[job(1, 1, &[7, 8])]).steps(&[(CardId(7), 2), (CardId(8), 2)]);
    assert_eq!(steps, [Step::SetCopies { job: PrintJobId(1), copies: 2 }]);
}

#[test]
fn an_empty_job_is_used_again() {
    let steps = cart(&[job(1, 4, &[])]).steps(&[(CardId(7), 1)]);
    let expected =
        [Step::SetCopies { job: PrintJobId(1), copies: 1 }, Step::Add { job: PrintJobId(1), cards: ids(&[7]) }];
    assert_eq!(steps, expected);
}

#[test]
fn a_card_that_stands_in_two_jobs_counts_with_both_and_is_brought_into_one() {
    let both = cart(&[job(1, 1, &[7, 8]), job(2, 3, &[7])]);
    assert_eq!(both.copies(CardId(7)), 4);
    assert_eq!((both.len(), both.total_copies()), (2, 5));
    assert_eq!(both.steps(&[(CardId(7), 3)]), [Step::Remove { job: PrintJobId(1), card: CardId(7) }]);
    // Four copies, as they are printed now, are one job's matter from now on.
    let steps = both.steps(&[(CardId(7), 4)]);
    assert_eq!(
        steps,
        [Step::SetCopies { job: PrintJobId(2), copies: 4 }, Step::Remove { job: PrintJobId(1), card: CardId(7) }]
    );
}

#[test]
fn what_is_so_already_takes_no_step() {
    let there = cart(&[job(1, 1, &[7])]);
    assert_eq!(there.steps(&[(CardId(7), 1)]), []);
    assert_eq!(there.steps(&[(CardId(9), 0)]), []);
}

#[test]
fn a_submitted_job_is_no_part_of_the_cart() {
    let mut submitted = job(1, 1, &[7]);
    submitted.status = JobStatus::Submitted;
    assert!(cart(&[submitted.clone()]).is_empty());
    let mut open = cart(&[job(1, 1, &[7])]);
    open.learn(&submitted);
    assert_eq!(open, Cart::default());
}

#[test]
fn a_job_without_a_number_prints_one_copy() {
    let mut unsaid = job(1, 1, &[7]);
    unsaid.number_of_copies = None;
    assert_eq!(cart(&[unsaid]).copies(CardId(7)), 1);
}

#[test]
fn a_card_that_stands_in_a_job_twice_is_printed_twice_and_taken_out_once() {
    let doubled = cart(&[job(1, 2, &[7, 7, 8])]);
    assert_eq!(doubled.jobs()[0].cards, ids(&[7, 7, 8]));
    assert_eq!((doubled.copies(CardId(7)), doubled.copies(CardId(8))), (4, 2));
    assert_eq!((doubled.len(), doubled.total_copies()), (2, 6));
    let remove = Step::Remove { job: PrintJobId(1), card: CardId(7) };
    assert_eq!(doubled.steps(&[(CardId(7), 2)]), std::slice::from_ref(&remove));
    assert_eq!(doubled.steps(&[(CardId(7), 0)]), [remove.clone(), remove.clone()]);
    assert_eq!(doubled.steps(&[(CardId(8), 2)]), [], "it is somebody's, until something is wished of it");
    assert!(doubled.hides_repetition(&remove));
    let mut single = doubled;
    single.removed(PrintJobId(1), CardId(7));
    assert_eq!(single.copies(CardId(7)), 2);
    assert!(!single.hides_repetition(&remove));
}

#[test]
fn a_second_job_with_the_same_cards_is_emptied_and_taken_for_the_next_ones() {
    let mut spare = cart(&[job(1, 1, &[7, 8]), job(2, 1, &[7, 8])]);
    assert_eq!((spare.copies(CardId(7)), spare.len()), (2, 2));
    let wishes = [(CardId(7), 1), (CardId(8), 1)];
    let steps = spare.steps(&wishes);
    assert_eq!(steps, [7, 8].map(|card| Step::Remove { job: PrintJobId(2), card: CardId(card) }));
    steps.iter().for_each(|step| serve(&mut spare, step));
    assert_eq!((spare.entries().len(), spare.total_copies()), (2, 2));
    let step = Step::SetCopies { job: PrintJobId(2), copies: 5 };
    assert_eq!(spare.steps(&[(CardId(9), 5)]).first(), Some(&step));
}

/// Also one in which cards stand twice.
fn any_cart() -> impl Strategy<Value = Cart> {
    let cards = prop::collection::vec(1_u64..12, 0..6);
    prop::collection::vec((1_u32..5, cards), 0..5).prop_map(|jobs| {
        let jobs = jobs.into_iter().zip(1..);
        let jobs: Vec<_> = jobs.map(|((copies, cards), id)| job(id, copies, &cards)).collect();
        Cart::of(&jobs)
    })
}

/// A cart as this program keeps it: a job for each number of copies, a card in one job.
fn kept_cart() -> impl Strategy<Value = Cart> {
    prop::collection::btree_map(1_u64..30, 1_u32..6, 0..20).prop_map(|wishes| {
        let wishes: Vec<Wish> = wishes.into_iter().map(|(card, copies)| (CardId(card), copies)).collect();
        let mut cart = Cart::default();
        cart.steps(&wishes).iter().for_each(|step| serve(&mut cart, step));
        cart
    })
}

fn any_wishes() -> impl Strategy<Value = Vec<Wish>> {
    prop::collection::vec((1_u64..14, 0_u32..6), 1..8)
        .prop_map(|wishes| wishes.into_iter().map(|(card, copies)| (CardId(card), copies)).collect())
}

fn wanted(before: &Cart, wishes: &[Wish]) -> BTreeMap<CardId, u32> {
    let mut wanted = copies(before);
    wanted.extend(wishes.iter().copied());
    wanted.retain(|_, copies| *copies > 0);
    wanted
}

proptest! {
    #[test]
    fn every_wish_is_met_and_nothing_else_changes(before in any_cart(), wishes in any_wishes()) {
        let mut cart = before.clone();
        before.steps(&wishes).iter().for_each(|step| serve(&mut cart, step));
        prop_assert_eq!(copies(&cart), wanted(&before, &wishes));
        prop_assert_eq!(cart.steps(&wishes), vec![], "there is nothing left to do");
    }

    #[test]
    fn a_card_that_stays_is_in_a_job_at_every_moment(before in any_cart(), wishes in any_wishes()) {
        let mut cart = before.clone();
        let wanted = wanted(&before, &wishes);
        let stay: Vec<CardId> = copies(&before).into_keys().filter(|card| wanted.contains_key(card)).collect();
        for step in before.steps(&wishes) {
            serve(&mut cart, &step);
            for card in &stay {
                prop_assert!(cart.copies(*card) > 0, "{card} after {step:?}");
            }
        }
    }

    #[test]
    fn from_wherever_it_stopped_the_rest_of_the_way_leads_there(
        before in any_cart(), wishes in any_wishes(), stop in 0_usize..6,
    ) {
        let mut cart = before.clone();
        before.steps(&wishes).iter().take(stop).for_each(|step| serve(&mut cart, step));
        let rest = cart.steps(&wishes);
        rest.iter().for_each(|step| serve(&mut cart, step));
        prop_assert_eq!(copies(&cart), wanted(&before, &wishes));
    }

    #[test]
    fn one_job_for_each_number_of_copies(before in kept_cart(), wishes in any_wishes()) {
        let mut cart = before.clone();
        before.steps(&wishes).iter().for_each(|step| serve(&mut cart, step));
        let mut numbers: Vec<u32> =
            cart.jobs().iter().filter(|job| !job.cards.is_empty()).map(|job| job.copies).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        prop_assert_eq!(numbers.len(), all, "{:?}", cart);
        let cards: usize = cart.jobs().iter().map(|job| job.cards.len()).sum();
        prop_assert_eq!(cards, cart.len(), "a card is in one job");
    }

    #[test]
    fn the_list_says_what_would_be_printed(cart in any_cart()) {
        let listed: u64 = cart.entries().iter().map(|entry| u64::from(entry.copies)).sum();
        prop_assert_eq!(listed, cart.total_copies());
    }

    #[test]
    fn whatever_the_browser_repeats_each_wish_is_met_and_no_card_is_doubled_or_lost(
        before in any_cart(),
        wishes in any_wishes(),
        repeats in prop_oneof![Just(vec![true; 400]), prop::collection::vec(any::<bool>(), 0..40)],
        repeats_removals in 0_usize..4,
        is_old in any::<bool>(),
    ) {
        let (mut server, mut known) = (before.clone(), before.clone());
        let (mut repeats, mut repeats_removals) = (repeats.into_iter(), repeats_removals);
        let mut taken = 0;
        // As the view goes: one step, what the server says of it, and the rest of the way from there.
        while let Some(step) = known.steps(&wishes).into_iter().next() {
            let hides = known.hides_repetition(&step);
            let times = match &step {
                Step::Create { .. } | Step::Add { .. } => 1 + usize::from(repeats.next().unwrap_or(false)),
                Step::Remove { .. } if repeats_removals > 0 => {
                    repeats_removals -= 1;
                    2
                }
                _ => 1,
            };
            for _ in 0..times {
                match &step {
                    Step::Add { job, cards } if !is_old => {
                        let there = server.job_mut(*job).unwrap();
                        let cards = cards.iter().copied().filter(|card| !there.has(*card)).collect();
                        serve(&mut server, &Step::Add { job: *job, cards });
                    }
                    step => serve(&mut server, step),
                }
            }
            match &step {
                _ if hides => known = server.clone(),
                Step::SetCopies { job, .. } | Step::Add { job, .. } => {
                    known.put(server.jobs().iter().find(|one| one.id == *job).unwrap().clone());
                }
                step => serve(&mut known, step),
            }
            taken += 1;
            prop_assert!(taken < 200, "{step:?} and no end");
        }
        prop_assert_eq!(&known, &server);
        prop_assert_eq!(copies(&server), wanted(&before, &wishes));
        let is_wished = |card: &CardId| wishes.iter().any(|(wished, _)| wished == card);
        for (card, _) in &wishes {
            prop_assert!(server.jobs().iter().map(|job| job.times(*card)).sum::<usize>() <= 1, "{card} in {server:?}");
        }
        // What nobody has wished anything of is where it was.
        for was in before.jobs() {
            let others = |job: &OpenJob| job.cards.iter().copied().filter(|card| !is_wished(card)).collect::<Vec<_>>();
            let is = server.jobs().iter().find(|job| job.id == was.id).unwrap();
            prop_assert_eq!(others(is), others(was));
            prop_assert!(others(was).is_empty() || is.copies == was.copies);
        }
    }
}

#[test]
fn copies_are_typed_on_any_keyboard() {
    for (typed, copies) in [("7", Some(7)), (" 12 ", Some(12)), ("１２", Some(12)), ("٣", Some(3)), ("۱۲", Some(12))]
    {
        assert_eq!(copies_typed(typed), copies, "{typed}");
    }
    for typed in ["", "0", "٠", "-1", "1.5", "two", "99999999999", "1 2"] {
        assert_eq!(copies_typed(typed), None, "{typed}");
    }
}
