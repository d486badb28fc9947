//! What stands before the server while something is paid or submitted, and entries of the account that cannot be read: flows by
//! themselves, at the virtual clock.

use instant_card::api::{CardId, Payment};
use instant_card::domain::config::Mode;
use instant_card::domain::money::Money;
use instant_card::domain::{submission, top_up};
use instant_card::flow::checkout::{Chosen, Step};
use instant_card::flow::{DeskPage, HostEvent, Remote};
use instant_card::world::{Method, WireResponse};

use crate::bench::{Bench, Gate, bench, with_token};

const FIFTY: Money = Money::usd(5000);

fn gate(method: Method, path: &'static str, status: u16) -> Gate {
    Gate { method, path, answer: WireResponse::new(status, "<html><title>Somebody else's page</title></html>") }
}

fn portal() -> Bench {
    let bench = bench(Mode::Portal, &[], with_token);
    bench.run(30);
    bench
}

impl Bench {
    fn pay(&self) {
        self.tab.app.go_to_desk(DeskPage::Account);
        self.run(30);
        let text = |text: &str| text.to_owned();
        let payment = Payment {
            amount: FIFTY.plain(),
            number: text("4242424242424242"),
            exp_month: text("06"),
            exp_year: text("2029"),
            cvc: text("424"),
            full_name: text("InstantCard API"),
            billing_address1: text("418 Highland Rd."),
            billing_address2: None,
            billing_country: text("USA"),
            billing_city: text("Feasterville"),
            billing_state: text("PA"),
            billing_zip_code: text("19053"),
        };
        self.tab.app.books().funds().pay(FIFTY, payment);
    }

    fn fate(&self) -> top_up::Fate {
        self.tab.app.books().funds().payment().with_untracked(|payment| payment.as_ref().unwrap().fate().clone())
    }

    /// One card on its way to a saved address, reviewed.
    fn review(&self) {
        let card = self.server.door.borrow().cards().find(|card| card.finalized).map(|card| card.id).unwrap();
        self.tab.app.go_to_desk(DeskPage::Cart);
        self.run(30);
        let desk = self.tab.app.desk();
        desk.cart().wish(&[(CardId(card), 1)]);
        self.run(30);
        self.tab.app.go_to_desk(DeskPage::Checkout);
        self.run(30);
        let checkout = desk.checkout();
        let Remote::Ready(addresses) = checkout.addresses().get_untracked() else { panic!("addresses") };
        checkout.chosen().set(addresses.first().cloned().map(Chosen::Saved));
        checkout.open_step(Step::Shipping);
        self.run(30);
        let Remote::Ready(providers) = checkout.providers().get_untracked() else { panic!("providers") };
        checkout.provider().set(providers.first().cloned());
        checkout.open_step(Step::Review);
        self.run(30);
        assert!(checkout.review().with_untracked(Remote::is_ready));
    }

    fn submit(&self) {
        self.review();
        self.tab.app.desk().checkout().submit();
    }

    /// How many movements the account has.
    fn charges(&self) -> usize {
        self.server.door.borrow().ledger().count()
    }

    /// The codes that the page has heard, and what was said with the last.
    fn heard(&self) -> (Vec<&'static str>, String) {
        let told = self.tab.told.borrow();
        let errors = told.iter().filter_map(|event| match event {
            HostEvent::Error { code, message } => Some((*code, message.clone())),
            _ => None,
        });
        let errors: Vec<(&str, String)> = errors.collect();
        (
            errors.iter().map(|(code, _)| *code).collect(),
            errors.last().map(|(_, said)| said.clone()).unwrap_or_default(),
        )
    }
}

#[test]
fn a_gate_at_paying_is_told_once_it_is_known_that_nothing_was_charged() {
    for (status, code, said) in [
        (WireResponse::REDIRECT, "sign-in-page", "sign in there"),
        (401, "sign-in-page", "sign in there"),
        (403, "gate", "tell the site's owner."),
    ] {
        let bench = portal();
        let charges = bench.charges();
        bench.stand(&[gate(Method::Post, "/add_funds", status)]);
        bench.pay();
        bench.run(60);
        let top_up::Fate::Stopped(why @ top_up::Why::NothingHappened(_)) = bench.fate() else { panic!("{status}") };
        let words = bench.tab.app.books().funds().words(&why).unwrap();
        assert!(
            words.what.ends_with("Nothing was charged.") && words.what.contains("between this page"),
            "{}",
            words.what
        );
        assert!(
            words.next.contains(said) && words.next.ends_with("enter the payment card once more."),
            "{}",
            words.next
        );
        assert_eq!(words.what.contains(&format!("status {status}")), status != WireResponse::REDIRECT);
        assert!(!words.next.contains("status"), "{}", words.next);
        assert_eq!(bench.heard().0, [code, "payment-lost"]);
        assert_eq!(bench.charges(), charges);
    }
}

#[test]
fn a_gate_at_submitting_is_told_once_it_is_known_that_nothing_was_charged() {
    for (status, code) in [(WireResponse::REDIRECT, "sign-in-page"), (403, "gate")] {
        let bench = portal();
        let charges = bench.charges();
        bench.stand(&[gate(Method::Post, "/print", status)]);
        bench.submit();
        bench.run(60);
        let checkout = bench.tab.app.desk().checkout();
        let why = checkout.order().with_untracked(|order| order.as_ref().unwrap().stopped().unwrap().1.clone());
        assert!(matches!(why, submission::Why::NothingHappened(Some(_))), "{why:?}");
        let words = checkout.stopped_words(&why);
        assert!(words.what.contains("not charged") && words.what.contains("between this page"), "{}", words.what);
        assert!(words.next.contains("site's owner"), "{}", words.next);
        assert_eq!(bench.heard().0, [code, "order-lost"]);
        assert_eq!(bench.charges(), charges);
    }
}

#[test]
fn what_was_sent_and_refused_is_not_said_to_be_there_still() {
    for status in [413, 429] {
        let bench = portal();
        bench.stand(&[gate(Method::Post, "/add_funds", status)]);
        bench.pay();
        bench.run(60);
        let top_up::Fate::Stopped(why @ top_up::Why::Refused(_)) = bench.fate() else { panic!("{status}") };
        let next = bench.tab.app.books().funds().words(&why).unwrap().next;
        assert!(!next.contains("still here") && !next.contains("KB"), "{next}");
        assert!(next.ends_with("enter the payment card once more."), "{next}");
    }
    let bench = portal();
    bench.stand(&[gate(Method::Post, "/print", 429)]);
    bench.submit();
    bench.run(60);
    let checkout = bench.tab.app.desk().checkout();
    let why = checkout.order().with_untracked(|order| order.as_ref().unwrap().stopped().unwrap().1.clone());
    assert!(!checkout.stopped_words(&why).next.contains("still here"));
}

/// The account's movements with an entry among them that is none, always the same.
fn garbled(bench: &Bench) -> Gate {
    let entries: Vec<String> = bench
        .server
        .door
        .borrow()
        .ledger()
        .map(|entry| format!(r#"{{"id": {}, "credit": "", "debit": "", "description": ""}}"#, entry.id))
        .collect();
    let body = format!("[null, {{}}, {}]", entries.join(","));
    Gate { method: Method::Get, path: "/financial_transactions", answer: WireResponse::new(200, body) }
}

#[test]
fn an_entry_that_cannot_be_read_stops_neither_a_payment_nor_an_order() {
    let bench = portal();
    let charges = bench.charges();
    bench.stand(&[garbled(&bench)]);
    bench.pay();
    bench.run(60);
    assert_eq!((bench.fate(), bench.charges()), (top_up::Fate::Added, charges + 1));
    bench.submit();
    bench.run(60);
    assert!(bench.tab.app.desk().checkout().done().with_untracked(Option::is_some));
}

#[test]
fn a_charge_that_cannot_be_checked_is_told_soon_and_taken_back_once_it_can() {
    let bench = portal();
    bench.review();
    bench.stand(&[Gate { method: Method::Get, path: "/financial_transactions", answer: WireResponse::new(500, "") }]);
    bench.tab.app.desk().checkout().submit();
    bench.run(15);
    let audits = bench.tab.app.desk().audits();
    assert!(bench.tab.app.desk().checkout().done().with_untracked(Option::is_some));
    assert!(audits.findings().with_untracked(Vec::is_empty));
    bench.run(15);
    let (codes, said) = bench.heard();
    assert_eq!(codes.iter().filter(|code| **code == "charge-not-checked").count(), 1, "{codes:?}");
    assert!(said.contains("could not be checked yet") && said.contains("looked at again"), "{said}");
    let told = audits.findings().get_untracked();
    assert!(told.len() == 1 && audits.goes_on(&told[0]));
    assert_eq!(audits.doubted().with_untracked(Vec::len), 1);
    // It is found out that the account was not known before.
    bench.run(400);
    assert_eq!(bench.heard().0, codes, "and not told again");
    assert!(!audits.goes_on(&audits.findings().get_untracked()[0]), "it has given up");

    let bench = portal();
    bench.review();
    let audits = bench.tab.app.desk().audits();
    bench.tab.app.desk().checkout().submit();
    bench.run(1);
    bench.stand(&[Gate { method: Method::Get, path: "/financial_transactions", answer: WireResponse::new(500, "") }]);
    bench.run(29);
    assert_eq!(audits.findings().with_untracked(Vec::len), 1);
    bench.stand(&[]);
    bench.run(100);
    assert!(audits.findings().with_untracked(Vec::is_empty), "it was charged once");
    assert!(audits.doubted().with_untracked(Vec::is_empty));
}
