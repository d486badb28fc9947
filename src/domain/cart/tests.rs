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
            job.cards.extend(cards);
            job.cards.sort_unstable();
            job.cards.dedup();
        }
        Step::Remove { job, card } => cart.removed(*job, *card),
    }
}

fn copies(cart: &Cart) -> BTreeMap<CardId, u32> {
    cart.entries().into_iter().map(|entry| (entry.card, entry.copies)).collect()
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

fn any_cart() -> impl Strategy<Value = Cart> {
    let cards = prop::collection::btree_set(1_u64..12, 0..6);
    prop::collection::vec((1_u32..5, cards), 0..5).prop_map(|jobs| {
        let jobs = jobs.into_iter().zip(1..);
        let jobs: Vec<_> =
            jobs.map(|((copies, cards), id)| job(id, copies, &cards.into_iter().collect::<Vec<_>>())).collect();
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
}
