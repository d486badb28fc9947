//! Strangers who have their card mailed to them, or handed in: what was sent is found out, whoever is there by then.

pub(super) mod gateway;

use super::*;
use crate::domain::address::{AddressForm, Entry, Part};
use crate::flow::ending::{Ending, Outcome, Progress};

/// The print jobs of a server, and what goes wrong with them.
#[derive(Default)]
pub(super) struct Jobs {
    /// The cards of each, and whether it was submitted.
    jobs: RefCell<Vec<(Vec<u64>, bool)>>,
    /// No answer comes to what submits a job; true where it is done all the same.
    is_lost: Cell<Option<bool>>,
    /// Once it was asked to submit one, a job cannot be read.
    is_unreadable: Cell<bool>,
    /// There is no way to the print jobs.
    is_away: Cell<bool>,
    /// Once there is one, so many answers to who asks for all of them are nothing.
    lists_lost: Cell<u32>,
    /// So many times it says that a card was taken out of one that is there still.
    lies: Cell<u32>,
    prints: Cell<u32>,
}

impl Jobs {
    pub(super) fn answer(&self, request: &WireRequest) -> Option<Step> {
        let path = request.url.split_once("organizations/7/").map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        let ok = |body: &str| Some(Step::Answer(200, body.to_owned()));
        match path {
            "shipping_providers" => return ok(r#"[{"id": 13, "name": "Post"}]"#),
            "financial_transactions" => return ok("[]"),
            "balance" => return ok(r#"{"balance": "$500.00"}"#),
            _ => {}
        }
        let rest = path.strip_prefix("print_jobs")?;
        if self.is_away.get() {
            return Some(Step::Fail);
        }
        let mut parts = rest.split('/').skip(1);
        let number = parts.next().and_then(|number| number.parse::<usize>().ok());
        let Some(number) = number else {
            if request.method == Method::Post {
                self.jobs.borrow_mut().push((cards_in(request), false));
                return ok(&self.job(self.jobs.borrow().len()));
            }
            if self.lists_lost.get() > 0 && !self.jobs.borrow().is_empty() {
                self.lists_lost.set(self.lists_lost.get() - 1);
                return ok("");
            }
            let open = (1..=self.jobs.borrow().len()).filter(|number| !self.jobs.borrow()[number - 1].1);
            return ok(&format!("[{}]", open.map(|number| self.job(number)).collect::<Vec<_>>().join(",")));
        };
        match (request.method, parts.next()) {
            (Method::Post, Some("print")) => {
                self.prints.set(self.prints.get() + 1);
                let lost = self.is_lost.get();
                self.jobs.borrow_mut()[number - 1].1 |= lost != Some(false);
                if lost.is_some() { Some(Step::Fail) } else { ok(&self.job(number)) }
            }
            (Method::Post, Some("add_cards")) => {
                self.jobs.borrow_mut()[number - 1].0.extend(cards_in(request));
                ok(&self.job(number))
            }
            (Method::Delete, Some("remove_cards")) => {
                match self.lies.get() {
                    0 => drop(self.jobs.borrow_mut()[number - 1].0.pop()),
                    lies => self.lies.set(lies - 1),
                }
                ok("true")
            }
            (Method::Get, Some("check_balance")) => ok("true"),
            (Method::Get, Some("charge_details")) => {
                ok(r#"{"items": [], "job_total_cost": "$5.00", "has_balance": true}"#)
            }
            (Method::Get, None) if self.is_unreadable.get() && self.prints.get() > 0 => {
                Some(Step::Answer(502, String::new()))
            }
            _ => ok(&self.job(number)),
        }
    }

    fn job(&self, number: usize) -> String {
        let (cards, is_submitted) = self.jobs.borrow()[number - 1].clone();
        let status = u8::from(is_submitted);
        format!(
            r#"{{"id": {number}, "status": {status}, "card_ids": {cards:?}, "number_of_copies": 1, "shipping_provider_id": 13}}"#
        )
    }
}

/// The cards that a request names.
fn cards_in(request: &WireRequest) -> Vec<u64> {
    let form = request.form.iter().flatten().map(|(_, value)| value.as_str()).collect::<String>();
    (1..9).filter(|card| form.contains(&format!("[{card}]"))).collect()
}

impl Stage {
    fn ending(&self) -> Ending {
        self.app.ending()
    }

    /// Somebody comes to the end of their journey.
    fn comes_to_the_end(&self, name: &str) -> Traces {
        self.begins(0);
        let traces = self.enters(name);
        self.previews();
        self.app.card().finalize();
        self.pass(0);
        assert_eq!(self.screen(), Screen::Ending);
        // What the screen does when it is drawn.
        self.ending().enter();
        traces
    }

    /// Somebody comes as far as "Order my card".
    fn orders(&self, name: &str) -> Traces {
        let traces = self.comes_to_the_end(name);
        for (part, text) in [
            (Part::FullName, name),
            (Part::Address1, "7 Market Street"),
            (Part::City, "Albany"),
            (Part::State, "NY"),
            (Part::ZipCode, "12207"),
        ] {
            self.ending().entered(Entry::Text(part, text.to_owned()));
        }
        self.ending().go_on();
        self.seconds(1);
        traces
    }

    fn comes_to_know_nothing(&self) {
        let is_unknown = || self.ending().progress().with_untracked(|how| matches!(how, Progress::Unknown(_)));
        (0..60).find(|_| {
            self.kiosk().still_here();
            self.kiosk().heard();
            self.seconds(1);
            is_unknown()
        });
        assert!(is_unknown());
        self.seconds(2);
    }

    pub(super) fn codes(&self) -> Vec<&'static str> {
        let code = |event: &HostEvent| match event {
            HostEvent::Error { code, .. } => Some(*code),
            HostEvent::OrderSubmitted { .. } => Some("submitted"),
            _ => None,
        };
        self.told.borrow().iter().filter_map(code).collect()
    }

    fn nothing_of_the_ending(&self) {
        let ending = self.ending();
        assert!(ending.form().with_untracked(|form| *form == AddressForm::default()));
        assert!(ending.sent_to().is_none() && ending.card().get_untracked().is_none());
        assert!(ending.outcome().get_untracked().is_none());
        assert!(ending.progress().with_untracked(|progress| matches!(progress, Progress::Nothing)));
    }
}

fn stage() -> Stage {
    let stage = Stage::with(Some("T1"), EndsWith::Order);
    stage.seconds(1);
    assert!(stage.app.ending_is_there());
    stage
}

#[test]
fn a_card_is_ordered_once_and_nothing_of_it_is_there_for_the_next_one() {
    let stage = stage();
    let traces = stage.orders("Ana");
    assert_eq!(stage.ending().outcome().get_untracked(), Some(Outcome::Ordered));
    stage.seconds(12);
    stage.pass(0);
    stage.is_as_new("the order");
    traces.are_gone();
    stage.nothing_of_the_ending();
    assert_eq!((stage.server.desk.prints.get(), stage.codes()), (1, vec!["submitted"]));
}

#[test]
fn what_became_of_an_order_is_found_out_when_its_person_is_gone() {
    for (is_done, expected) in [(true, vec!["submitted", "order-late"]), (false, vec!["order-lost"])] {
        let stage = stage();
        let desk = &stage.server.desk;
        desk.is_lost.set(Some(is_done));
        desk.is_unreadable.set(true);
        let traces = stage.orders("Ana");
        stage.comes_to_know_nothing();
        assert!(stage.kiosk().tries_again(), "the person sees that it is looked for");
        stage.seconds(300);
        stage.pass(0);
        stage.is_as_new("no answer");
        traces.are_gone();
        stage.nothing_of_the_ending();
        assert_eq!(stage.codes(), ["order-unknown"], "once");
        assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 0, abandoned: 1 }, "not taken for done");
        assert_eq!((stage.ending().unsettled(), stage.kiosk().door()), (1, Door::Open));
        // Another one is there by then, and hears nothing of it.
        desk.is_unreadable.set(false);
        stage.begins(1);
        for _ in 0..20 {
            stage.kiosk().heard();
            stage.seconds(40);
        }
        assert_eq!(stage.codes()[1..], expected);
        assert_eq!((stage.screen(), stage.ending().unsettled()), (Screen::CardForm, 0));
        assert_eq!(desk.prints.get(), 1, "and nothing is sent again");
    }
}

#[test]
fn an_order_that_is_found_while_its_person_is_there_is_shown_to_them() {
    let stage = stage();
    stage.server.desk.is_lost.set(Some(true));
    stage.server.desk.is_unreadable.set(true);
    stage.orders("Ana");
    stage.comes_to_know_nothing();
    stage.server.desk.is_unreadable.set(false);
    stage.kiosk().heard();
    stage.seconds(15);
    assert_eq!(stage.screen(), Screen::Done, "nobody has touched anything");
    assert_eq!((stage.server.desk.prints.get(), stage.codes()), (1, vec!["order-unknown", "submitted"]));
}

#[test]
fn what_was_not_sent_yet_is_tried_again_by_itself_and_what_was_is_not() {
    let away = stage();
    away.server.desk.is_away.set(true);
    away.orders("Ana");
    away.seconds(20);
    assert!(away.ending().progress().with_untracked(|how| matches!(how, Progress::Failed(_))));
    away.server.desk.is_away.set(false);
    away.kiosk().heard();
    away.seconds(20);
    assert_eq!((away.server.desk.prints.get(), away.server.desk.jobs.borrow().len()), (1, 1));
    assert!(away.codes().contains(&"submitted"));

    let lost = stage();
    lost.server.desk.is_lost.set(Some(false));
    lost.orders("Ana");
    lost.seconds(40);
    assert!(!lost.kiosk().tries_again(), "it is the person's to say that it be sent again");
    assert_eq!((lost.server.desk.prints.get(), lost.codes()), (1, vec!["unreachable", "order-lost"]));
}

#[test]
fn a_card_that_is_finalized_stays_whatever_is_said_of_finalizing_it_once_more() {
    let stage = stage();
    stage.server.desk.is_away.set(true);
    stage.orders("Ana");
    stage.seconds(5);
    assert_eq!(stage.server.cards(), [(1, true)]);
    // It is not as it stands in the form by now, so that it is sent once more; and the token is good for nothing any more.
    stage.app.card().typed(0, "Ana María");
    stage.server.finalize_status.set(Some(401));
    stage.ending().go_on();
    stage.seconds(1);
    stage.seconds(75);
    stage.pass(0);
    stage.is_as_new("the token is refused");
    stage.server.finalize_status.set(None);
    stage.server.desk.is_away.set(false);
    stage.seconds(60);
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (vec![(1, true)], 0));
}

#[test]
fn what_came_about_since_the_cart_was_read_is_seen_when_a_card_is_handed_in_once_more() {
    let stage = Stage::with(Some("T1"), EndsWith::Cart);
    stage.seconds(1);
    let desk = &stage.server.desk;
    desk.lists_lost.set(1);
    stage.comes_to_the_end("Ana");
    stage.seconds(5);
    assert!(stage.ending().progress().with_untracked(|how| matches!(how, Progress::Failed(_))));
    // As when a browser sends twice that it be taken out.
    desk.jobs.borrow_mut().iter_mut().for_each(|(cards, _)| cards.clear());
    stage.kiosk().heard();
    stage.ending().go_on();
    stage.seconds(10);
    assert_eq!(stage.ending().outcome().get_untracked(), Some(Outcome::InCart));
    let cards: Vec<u64> = desk.jobs.borrow().iter().flat_map(|(cards, _)| cards.clone()).collect();
    assert_eq!(cards, [1], "and it is there");
}

#[test]
fn that_a_card_is_in_the_cart_once_too_often_is_seen_to_until_it_is_not() {
    let stage = Stage::with(Some("T1"), EndsWith::Cart);
    stage.seconds(1);
    stage.comes_to_the_end("Ana");
    stage.seconds(20);
    stage.pass(0);
    stage.is_as_new("the end");
    // As when what was given up comes about late.
    let desk = &stage.server.desk;
    desk.jobs.borrow_mut()[0].0.push(1);
    desk.lies.set(1);
    stage.seconds(80);
    assert_eq!((desk.lies.get(), desk.jobs.borrow()[0].0.len()), (0, 2));
    stage.seconds(80);
    assert_eq!(desk.jobs.borrow()[0].0, [1]);
}
