//! Retries, time limits, cancellation: how a call goes when the network does not.

use std::future::poll_fn;
use std::task::Poll;

use super::*;

fn ok(body: &str) -> Step {
    Step::Answer(200, body.to_owned())
}

fn status(status: u16) -> Step {
    Step::Answer(status, "<html>".to_owned())
}

#[test]
fn a_read_is_repeated_with_growing_pauses() {
    for first in [Step::Fail, status(502), status(503), status(504)] {
        let fake = Fake::script([first, Step::Fail, ok("[]")]);
        assert_eq!(fake.run(fake.client().card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
        let at: Vec<u64> = fake.sent().iter().map(|sent| sent.at).collect();
        assert_eq!(at.len(), 3);
        assert!((250..=500).contains(&(at[1] - at[0])), "{at:?}");
        assert!((500..=1000).contains(&(at[2] - at[1])), "{at:?}");
        let sent = fake.sent();
        assert!(
            sent.iter().all(|sent| (sent.method, &sent.url, &sent.bearer) == (Method::Get, &sent.url, &sent.bearer))
        );
        assert_eq!(sent[0].url, sent[2].url);
    }
}

#[test]
fn a_read_is_given_up_after_three() {
    let fake = Fake::script([status(502), Step::Fail, Step::Fail]);
    assert_eq!(fake.run(fake.client().card_templates(ORG)), Err(Error::Unreachable));
    let fake = Fake::script([Step::Fail, Step::Fail, status(503)]);
    let error = Error::Server { status: 503, words: vec![] };
    assert_eq!(fake.run(fake.client().card_templates(ORG)), Err(error));
}

#[test]
fn what_a_repetition_would_not_change_is_not_repeated() {
    for code in [400, 403, 404, 406, 413, 429, 500, 501] {
        let fake = Fake::script([status(code)]);
        assert!(fake.run(fake.client().card_templates(ORG)).is_err());
        assert_eq!(fake.sent().len(), 1);
    }
}

#[test]
fn a_server_that_asks_for_patience_is_asked_again_when_it_said() {
    use std::cell::RefCell;
    use std::rc::Rc;
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = told.clone();
    let line = Line::new(move |now| heard.borrow_mut().push(now));
    let fake = Fake::script([Step::Later(429, 3), Step::Later(429, 30), ok(r#"{"id": 3}"#)]);
    let endpoint = Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap();
    let credentials = Rc::new(crate::api::fake::Fixed(Some("T")));
    let client = Client::new(endpoint, Rc::new(fake.clone()), credentials, Rc::new(line));
    assert!(fake.run(client.create_card(ORG, TemplateId(4), &[])).is_ok());
    assert_eq!(fake.sent().iter().map(|sent| sent.at).collect::<Vec<_>>(), [0, 3_000, 33_000]);
    let waiting = |seconds| OnTheWay::Waiting { seconds };
    let counted = |from: u32| (0..=from).rev().map(waiting).chain([OnTheWay::Nothing]);
    assert_eq!(*told.borrow(), counted(3).chain(counted(30)).collect::<Vec<_>>());

    // Not for as long as nobody would wait, and never for what charges.
    let fake = Fake::script([Step::Later(429, 3_600)]);
    assert_eq!(fake.run(fake.client().card_templates(ORG)), Err(Error::Busy { seconds: Some(3_600) }));
    let fake = Fake::script([Step::Later(429, 1)]);
    let submitted = fake.run(fake.client().submit_print_job(ORG, PrintJobId(5)));
    assert_eq!((submitted, fake.sent().len()), (Err(Error::Busy { seconds: Some(1) }), 1));
}

#[test]
fn what_charges_goes_apart_only_where_a_read_without_cookies_has_passed() {
    use std::rc::Rc;
    let charge = |base: &str, gate: bool| {
        let fake = Fake::new(move |request: &WireRequest| match request.apart && gate {
            true => Step::Answer(0, String::new()),
            false => ok(if request.method == Method::Get { "[]" } else { r#"{"id": 5, "status": 1}"# }),
        });
        let endpoint = Endpoint::new(base, None, "https://page.test").unwrap();
        let credentials = Rc::new(crate::api::fake::Fixed(Some("T")));
        let client = Client::new(endpoint, Rc::new(fake.clone()), credentials, Rc::default());
        assert!(fake.run(client.card_templates(ORG)).is_ok());
        assert!(fake.run(client.card_templates(ORG)).is_ok());
        assert!(fake.run(client.finalize_card(ORG, CardId(3))).is_ok());
        assert!(fake.run(client.submit_print_job(ORG, PrintJobId(5))).is_ok());
        fake.sent().iter().map(|sent| sent.apart).collect::<Vec<_>>()
    };
    assert_eq!(charge("/api/v2/", false), [true, false, false, true]);
    assert_eq!(charge("/api/v2/", true), [true, false, false, false, false], "the gate's cookie goes along");
    assert_eq!(charge("https://api.test/v2/", false), [false; 4]);
}

#[test]
fn changes_are_never_repeated() {
    for step in [|| Step::Fail, || status(502), || status(503), || status(504), || status(500)] {
        let once = |call: fn(&Client) -> Box<dyn Future<Output = bool>>| {
            let fake = Fake::script([step()]);
            assert!(fake.run(Box::into_pin(call(&fake.client()))), "failed");
            assert_eq!(fake.sent().len(), 1);
        };
        once(|client| {
            let call = client.submit_print_job(ORG, PrintJobId(5));
            Box::new(async { call.await.is_err() })
        });
        once(|client| {
            let call = client.add_funds(ORG, &operations::payment());
            Box::new(async { call.await.is_err() })
        });
        once(|client| {
            let call = client.finalize_card(ORG, CardId(3));
            Box::new(async { call.await.is_err() })
        });
        once(|client| {
            let call = client.delete_card(ORG, CardId(3));
            Box::new(async { call.await.is_err() })
        });
        once(|client| {
            let call = client.authenticate("a", "b");
            Box::new(async { call.await.is_err() })
        });
    }
}

#[test]
fn time_limits() {
    fn limit<T, F: Future<Output = Result<T, Error>>>(call: impl FnOnce(Client) -> F) -> (u32, u64, usize) {
        let fake = Fake::new(|_| Step::Hang);
        let error = fake.run(call(fake.client())).err();
        let Some(Error::TimedOut { seconds }) = error else { panic!("{error:?}") };
        assert_eq!(fake.cancelled(), 1, "the call goes on behind the error");
        (seconds, fake.now(), fake.sent().len())
    }
    assert_eq!(limit(|client| client.card_templates(ORG)), (20, 20_000, 1));
    assert_eq!(limit(|client| client.create_card(ORG, TemplateId(4), &[])), (30, 30_000, 1));
    assert_eq!(limit(|client| client.card_preview(ORG, CardId(3))), (60, 60_000, 1));
    assert_eq!(limit(|client| client.submit_print_job(ORG, PrintJobId(5))), (60, 60_000, 1));
    assert_eq!(limit(|client| client.add_funds(ORG, &operations::payment())), (60, 60_000, 1));
}

#[test]
fn bytes_that_go_out_are_never_cut_off_and_what_goes_out_is_told() {
    use std::cell::RefCell;
    use std::rc::Rc;
    let value = FieldValue { token: "t".into(), label: "l".into(), kind: FieldKind::Image, value: "A".repeat(545_000) };
    let create = |step: Step| {
        let told = Rc::new(RefCell::new(Vec::new()));
        let heard = told.clone();
        let fake = Fake::script([step]);
        let endpoint = Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap();
        let credentials = Rc::new(crate::api::fake::Fixed(Some("T")));
        let line = Rc::new(Line::new(move |now| heard.borrow_mut().push(now)));
        carry_photos(&line, Rc::new(fake.clone()), Rc::new(fake.clone()));
        let client = Client::new(endpoint, Rc::new(fake.clone()), credentials, line);
        let answer = fake.run(client.create_card(ORG, TemplateId(4), std::slice::from_ref(&value)));
        (answer.map(|card| card.id), fake.now(), told.take())
    };
    for pace in [20_000, 10_000, 2_000] {
        let (answer, now, told) = create(Step::Slowly(pace, 200, r#"{"id": 3}"#.into()));
        assert_eq!(answer, Ok(CardId(3)), "at {pace} bytes a second");
        assert!(now > 545_000_000 / pace);
        assert_eq!((told.first(), told.last()), (Some(&OnTheWay::Sending { percent: 0 }), Some(&OnTheWay::Nothing)));
        assert!(told.contains(&OnTheWay::Sending { percent: 100 }) && told.len() > 20);
    }
    // Also where what has gone out stands in a buffer for a minute.
    assert_eq!(create(Step::Late(60_000, 200, r#"{"id": 3}"#.into())).0, Ok(CardId(3)));
    let (answer, now, _) = create(Step::Hang);
    assert!(matches!(answer, Err(Error::TimedOut { .. })));
    assert!(now < 120_000, "{now}");
}

#[test]
fn an_answer_just_in_time() {
    let fake = Fake::script([Step::Late(59_999, 200, r#"{"front": "AAA="}"#.into())]);
    assert!(fake.run(fake.client().card_preview(ORG, CardId(3))).is_ok());
}

#[test]
fn the_time_limit_covers_the_repetitions() {
    let slow = || Step::Late(12_000, 504, String::new());
    let fake = Fake::script([slow(), slow()]);
    assert_eq!(fake.run(fake.client().card_templates(ORG)), Err(Error::TimedOut { seconds: 20 }));
    assert_eq!((fake.now(), fake.sent().len()), (20_000, 2));
}

#[test]
fn a_dropped_call_is_cancelled() {
    let fake = Fake::new(|_| Step::Hang);
    let client = fake.client();
    // Not even begun: nothing is sent.
    drop(client.card_templates(ORG));
    assert!(fake.sent().is_empty());
    let mut call = Box::pin(client.submit_print_job(ORG, PrintJobId(5)));
    fake.run(poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    }));
    assert_eq!((fake.sent().len(), fake.cancelled()), (1, 0));
    drop(call);
    assert_eq!(fake.cancelled(), 1);
}
