//! Through a gateway: what became of an order is asked for with the session of whoever has ordered, and with nothing else of theirs.

use super::*;
use crate::session::Provider;

/// A gateway's part of the server.
#[derive(Default)]
pub(in super::super) struct Orders {
    /// What it says to who orders; nobody hears anything where that is nothing.
    says: Cell<&'static str>,
    /// What it says to who looks.
    looks: Cell<&'static str>,
    /// Whose session has ordered, and to whom the card goes.
    asked: RefCell<Vec<(String, String)>>,
    /// Whose session has looked.
    looked: RefCell<Vec<String>>,
}

impl Orders {
    pub(in super::super) fn answer(&self, request: &WireRequest) -> Option<Step> {
        let (_, path) = request.url.split_once("/v2/")?;
        let bearer = request.bearer.as_ref().map_or("", Token::as_str).to_owned();
        let says = |word: &str| match word {
            "" => Step::Fail,
            "over" => Step::Answer(401, r#"{"error": "Unauthorized"}"#.to_owned()),
            word => Step::Answer(200, format!(r#"{{"result": "{word}"}}"#)),
        };
        match path {
            "session" => Some(Step::Answer(200, format!(r#"{{"token": "session-of-{bearer}"}}"#))),
            "session/order" => {
                let name = |(name, _): &&(&str, String)| *name == "address[contact][full_name]";
                let name = request.form.iter().flatten().find(name).map_or(String::new(), |(_, value)| value.clone());
                self.asked.borrow_mut().push((bearer, name));
                Some(says(self.says.get()))
            }
            path if path.starts_with("session/order/") => {
                self.looked.borrow_mut().push(bearer);
                Some(says(self.looks.get()))
            }
            _ => None,
        }
    }
}

/// A kiosk of a page that gives another statement for each person.
fn stage() -> Stage {
    let endpoint = Endpoint::by_gateway("https://api.test/v2/", true, "https://page.test").unwrap();
    let config = Config { endpoint, shipping_provider: None, ..config(EndsWith::Order) };
    let stage = Stage::of(config, None, None);
    let next = Cell::new(0);
    let provider: Provider = Rc::new(move || {
        next.set(next.get() + 1);
        let statement = format!("statement-{}", next.get());
        Box::pin(ready(Some(statement)))
    });
    stage.app.set_provider(Some(provider));
    stage.app.access_changed();
    stage.seconds(2);
    assert_eq!(stage.kiosk().door(), Door::Open);
    // Before the page gave any there was no statement.
    stage.told.borrow_mut().clear();
    stage.server.orders.says.set("unknown");
    stage.server.orders.looks.set("unknown");
    stage
}

/// Another one is there for a while.
fn goes_on(stage: &Stage) {
    stage.begins(1);
    for _ in 0..20 {
        stage.kiosk().heard();
        stage.seconds(40);
    }
    assert_eq!(stage.screen(), Screen::CardForm);
}

#[test]
fn what_became_of_an_order_is_asked_for_with_the_session_of_who_has_left() {
    let cases = [("done", vec!["submitted", "order-late"]), ("open", vec!["order-lost"]), ("over", vec![])];
    for (looks, expected) in cases {
        let stage = stage();
        let orders = &stage.server.orders;
        let traces = stage.orders("Ana");
        stage.comes_to_know_nothing();
        stage.seconds(300);
        stage.pass(0);
        stage.is_as_new("no answer");
        traces.are_gone();
        stage.nothing_of_the_ending();
        assert_eq!((stage.codes(), stage.ending().unsettled()), (vec!["order-unknown"], 1));
        let asked = orders.asked.borrow().clone();
        orders.looks.set(looks);
        goes_on(&stage);
        assert_eq!((&stage.codes()[1..], stage.ending().unsettled()), (&expected[..], 0));
        assert_eq!(*orders.asked.borrow(), asked, "nothing is sent again");
        let first = asked[0].clone();
        assert!(asked.iter().all(|one| *one == first) && first.1 == "Ana", "{asked:?}");
        assert!(orders.looked.borrow().iter().all(|session| *session == first.0), "{:?}", orders.looked.borrow());
    }
}

#[test]
fn who_leaves_while_no_answer_comes_is_followed_and_the_order_is_not_sent_for_the_next_one() {
    let stage = stage();
    let orders = &stage.server.orders;
    orders.says.set("");
    stage.orders("Ana");
    stage.kiosk().leave();
    stage.seconds(90);
    stage.pass(0);
    stage.is_as_new("she has left");
    let asked = orders.asked.borrow().clone();
    orders.says.set("done");
    orders.looks.set("done");
    goes_on(&stage);
    assert_eq!(*orders.asked.borrow(), asked);
    assert!(asked.iter().all(|(_, name)| name == "Ana"), "{asked:?}");
    assert!(stage.codes().ends_with(&["submitted", "order-late"]), "{:?}", stage.codes());
}

#[test]
fn that_there_is_no_session_any_more_does_not_say_that_nothing_was_ordered() {
    let stage = stage();
    stage.server.orders.says.set("");
    stage.orders("Ana");
    // By now it may be ordered.
    stage.app.set_provider(Some(Rc::new(|| Box::pin(ready(None)))));
    stage.server.orders.says.set("over");
    for _ in 0..10 {
        stage.kiosk().heard();
        stage.seconds(5);
    }
    assert!(stage.ending().progress().with_untracked(|how| matches!(how, Progress::Unknown(_))));
}
