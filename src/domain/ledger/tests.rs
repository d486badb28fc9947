use proptest::prelude::*;

use super::*;
use crate::api::ChargeItem;

fn movement(description: &str, credit: &str, debit: &str, balance: &str) -> Transaction {
    let amount = |text: &str| (!text.is_empty()).then(|| Amount(text.to_owned()));
    Transaction {
        id: String::new(),
        kind: None,
        sub_type: None,
        description: Some(description.to_owned()),
        credit: amount(credit),
        debit: amount(debit),
        balance: amount(balance),
        created_at: None,
        receipt: None,
        items: Vec::new(),
    }
}

#[test]
fn an_amount_is_read_from_either_column() {
    let usd = |cents| Change::By(Money::usd(cents));
    for (credit, debit, change) in [
        ("$5.50", "", usd(550)),
        ("$5.50", "$0.00", usd(550)),
        ("", "$5.50", usd(-550)),
        ("$0.00", "$5.50", usd(-550)),
        ("$0.00", "($5.50)", usd(-550)),
        ("($5.50)", "", usd(-550)),
        ("$0.00", "$0.00", usd(0)),
        ("", "", Change::Unknown),
        (" ", "", Change::Unknown),
        ("€5.50", "", Change::More),
        ("€5.50", "$0.00", Change::More),
        ("", "5,50", Change::Less),
        ("$1.00", "$2.00", Change::Unknown),
        ("€5.50", "$2.00", Change::Unknown),
        ("", "($92233720368547758.08)", usd(i64::MIN)),
    ] {
        assert_eq!(Change::of(&movement("", credit, debit, "")), change, "{credit:?} {debit:?}");
    }
}

#[test]
fn a_job_is_named_by_its_number_and_by_nothing_that_looks_like_it() {
    use Owner::{Job, Nobody, Number, Others};
    let (seven, twelve) = (PrintJobId(7), PrintJobId(12));
    for (description, owner) in [
        ("Print job 12", Job(twelve)),
        ("Print Job #12", Job(twelve)),
        ("print_job_id: 12", Job(twelve)),
        ("PRINTJOB-12", Job(twelve)),
        ("Job12", Job(twelve)),
        ("Charge for job no. 12.", Job(twelve)),
        ("Print job 12, 7 cards at $7.00", Job(twelve)),
        ("Print job 12 (order 7)", Job(twelve)),
        ("Order 12 (print job 99)", Others),
        ("Print job 99, 12 cards", Others),
        ("Print jobs 98, 99 and 100", Others),
        ("Print jobs 7, 12", Nobody),
        ("Print jobs 7 and 99", Nobody),
        ("12", Number(twelve)),
        ("Order #12", Number(twelve)),
        ("Order 12 of 2026-11-25 at 07:12, 7 cards", Number(twelve)),
        ("Order 12 / 7", Nobody),
        ("12 cards", Nobody),
        ("Print job (12 cards)", Nobody),
        ("$12", Nobody),
        ("$7.12", Nobody),
        ("Print job 2026-11-12", Nobody),
        ("Print job 112", Others),
        ("Print job 12a", Nobody),
        ("Print job 12.5", Nobody),
        ("ch_a12", Nobody),
        ("job\n12 7", Nobody),
        ("Cards", Nobody),
        ("", Nobody),
        ("n\u{ba} 12", Number(twelve)),
    ] {
        assert_eq!(Owner::of(&movement(description, "", "", ""), &[seven, twelve]), owner, "{description:?}");
    }
}

#[test]
fn a_job_is_named_by_a_receipt_or_an_item_too() {
    let job = PrintJobId(12);
    let mut receipt = movement("Cards", "", "", "");
    receipt.receipt = Some("12".to_owned());
    assert_eq!(Owner::of(&receipt, &[job]), Owner::Number(job));
    receipt.description = Some("Order 5".to_owned());
    assert_eq!(Owner::of(&receipt, &[job]), Owner::Nobody, "a receipt has a number of its own");
    receipt.receipt = Some("Print job 12".to_owned());
    assert_eq!(Owner::of(&receipt, &[job]), Owner::Job(job));
    let item = |name: &str, value: &str| {
        let mut movement = movement("Cards", "", "", "");
        movement.items = vec![ChargeItem { members: vec![(name.to_owned(), value.to_owned())] }];
        Owner::of(&movement, &[job])
    };
    assert_eq!(item("print_job_id", "12"), Owner::Job(job));
    assert_eq!(item("description", "Print job 12"), Owner::Job(job));
    assert_eq!(item("quantity", "12"), Owner::Nobody);
    assert_eq!(item("print_job_id", "13"), Owner::Others);
}

#[test]
fn what_is_new_is_found_without_numbers_and_in_any_order() {
    let plain = movement("Print job 1", "", "$5.50", "$1.00");
    let other = movement("Funds", "$5.50", "", "$6.50");
    let before = Account { transactions: vec![plain.clone(), other.clone()], left_out: 0, balance: None };
    assert!(before.news(&[other.clone(), plain.clone()]).is_empty());
    assert_eq!(before.news(&[plain.clone(), other.clone(), plain.clone()]), [&plain]);
    // The older ones are no longer shown.
    assert!(before.news(std::slice::from_ref(&other)).is_empty());
    // A receipt has come since. Without a number and a time it may as well be another movement.
    let mut with_receipt = other.clone();
    with_receipt.receipt = Some("R-1".to_owned());
    assert_eq!(before.news(&[plain.clone(), with_receipt.clone()]), [&with_receipt]);
    let mut timed = before.clone();
    timed.transactions[1].created_at = Some("2026-11-25T20:00:00Z".to_owned());
    with_receipt.created_at = timed.transactions[1].created_at.clone();
    assert!(timed.news(&[plain, with_receipt.clone()]).is_empty());
    assert_eq!(timed.news(&[timed.transactions[1].clone(), with_receipt.clone()]), [&with_receipt]);
}

#[test]
fn the_balances_are_a_chain_or_they_are_not() {
    let closed = |movements: &[Transaction], now: i64| {
        is_closed(Money::usd(10_000), &movements.iter().collect::<Vec<_>>(), Money::usd(now))
    };
    let (first, second) = (movement("", "", "$5.00", "$95.00"), movement("", "", "$5.00", "$90.00"));
    assert!(closed(&[], 10_000));
    assert!(!closed(&[], 9000));
    assert!(closed(&[second.clone(), first.clone()], 9000));
    assert!(!closed(&[second.clone(), first.clone()], 9500));
    assert!(!closed(&[first.clone(), first.clone()], 9000), "two that were written at the same time");
    assert!(!closed(std::slice::from_ref(&second), 9000));
    assert!(!closed(&[movement("", "", "€5.00", "$95.00")], 9500));
    assert!(!closed(&[movement("", "", "$5.00", "")], 9500));
    // There and back, and on.
    let back = movement("", "$5.00", "", "$100.00");
    assert!(closed(&[first.clone(), back, second, first], 9000));
}

proptest! {
    #[test]
    fn a_chain_is_one_where_there_is_an_order_that_fits(
        legs in prop::collection::vec((0_i64..4, -2_i64..3), 0..5), before in 0_i64..4, now in 0_i64..4,
    ) {
        fn fits(at: i64, left: &[(i64, i64)], now: i64) -> bool {
            (left.is_empty() && at == now)
                || (0..left.len()).any(|one| {
                    let mut rest = left.to_vec();
                    let (from, change) = rest.swap_remove(one);
                    from == at && fits(from + change, &rest, now)
                })
        }
        let text = |cents: i64| Money::usd(cents).to_string();
        let movements: Vec<Transaction> = legs.iter().map(|(from, change)| {
            let (credit, debit) = if *change < 0 { (String::new(), text(-change)) } else { (text(*change), String::new()) };
            movement("", &credit, &debit, &text(from + change))
        }).collect();
        let chain = is_closed(Money::usd(before), &movements.iter().collect::<Vec<_>>(), Money::usd(now));
        prop_assert_eq!(chain, fits(before, &legs, now));
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), more in "[jJ]ob[s]?[ #:.,/-]{0,2}[0-9]{1,3}[ ,.a-z$]{0,4}[0-9]{0,2}") {
        for text in [&text, &more] {
            let _ = Owner::of(&movement(text, text, text, text), &[PrintJobId(1)]);
        }
    }
}
