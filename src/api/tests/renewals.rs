//! Tokens that expire: one renewal for all, and every call that waited is made again.

use std::cell::{Cell, RefCell};
use std::future::{pending, poll_fn, ready};
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::{LocalBoxFuture, join_all, select};
use futures_util::task::{ArcWake, waker};

use super::*;

/// A server that takes one token, and counts those that it refuses.
fn server(valid: &'static str) -> Fake {
    Fake::new(move |request| match &request.bearer {
        Some(token) if token.as_str() == valid => Step::Late(10, 200, "[]".into()),
        _ => Step::Late(10, 401, r#"{"error": "expired"}"#.into()),
    })
}

/// A renewal that takes `milliseconds`, and how often it was begun.
fn renewal(
    fake: &Fake,
    token: Option<&str>,
    milliseconds: u32,
    result: Result<&'static str, Error>,
) -> (Renewal, Rc<Cell<u32>>) {
    let begun = Rc::new(Cell::new(0));
    let renewal = Renewal::new(token.map(Token::new), {
        let (fake, begun) = (fake.clone(), begun.clone());
        move || {
            begun.set(begun.get() + 1);
            let (sleep, result) = (fake.sleep(milliseconds), result.clone().map(Token::new));
            Box::pin(async move {
                sleep.await;
                result
            })
        }
    });
    (renewal, begun)
}

#[test]
fn a_refused_call_is_made_again() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 5, Ok("T2"));
    let client = fake.client_as(Rc::new(renewal.clone()));
    assert_eq!(fake.run(client.card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
    let bearers: Vec<_> = fake.sent().into_iter().map(|sent| sent.bearer.unwrap()).collect();
    assert_eq!(bearers, ["T1", "T2"]);
    assert_eq!(begun.get(), 1);
    assert_eq!(renewal.token(), Some(Token::new("T2")));
    // The next call has the new token at once.
    assert_eq!(fake.run(client.card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
    assert_eq!(fake.sent().len(), 3);
}

#[test]
fn a_change_is_made_again_whole() {
    let fake = Fake::script([Step::Answer(401, String::new()), Step::Answer(200, r#"{"id": 3}"#.into())]);
    let (renewal, _) = renewal(&fake, Some("T1"), 5, Ok("T2"));
    let values = [FieldValue { token: "t".into(), label: "l".into(), kind: FieldKind::Text, value: "kept".into() }];
    let call = fake.client_as(Rc::new(renewal)).create_card(ORG, TemplateId(4), &values);
    assert!(fake.run(call).is_ok());
    let sent = fake.sent();
    assert_eq!(sent[0].names(), ["card[card_template_id]", "card[data]"]);
    assert_eq!(sent[0].form, sent[1].form);
    assert!(sent[1].value("card[data]").unwrap().contains("kept"));
}

/// The refusal may be that of a repetition by the browser, whose first copy was taken.
#[test]
fn what_charges_is_not_made_again_with_a_new_token() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 5, Ok("T2"));
    let client = fake.client_as(Rc::new(renewal));
    let refused = |error: Option<Error>| matches!(error, Some(Error::Unauthorized { .. }));
    assert!(refused(fake.run(client.submit_print_job(ORG, PrintJobId(3))).err()));
    assert!(refused(fake.run(client.add_funds(ORG, &super::operations::payment())).err()));
    assert_eq!((fake.sent().len(), begun.get()), (2, 0));
}

#[test]
fn many_calls_one_renewal() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 500, Ok("T2"));
    let client = fake.client_as(Rc::new(renewal));
    let answers = fake.run(join_all((0..50).map(|_| client.card_templates(ORG))));
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(begun.get(), 1);
    assert_eq!(fake.sent().len(), 100);
}

#[test]
fn a_call_refused_with_a_replaced_token_is_only_made_again() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 5, Ok("T3"));
    let client = fake.client_as(Rc::new(renewal.clone()));
    let mut call = Box::pin(client.card_templates(ORG));
    fake.run(poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        // While the first answer is on its way, somebody signs in.
        renewal.set(Some(Token::new("T2")));
        Poll::Ready(())
    }));
    assert_eq!(fake.run(call).and_then(Entries::whole), Ok(vec![]));
    assert_eq!(begun.get(), 0);
}

#[test]
fn without_a_token_one_is_got_first() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, None, 5, Ok("T2"));
    let client = fake.client_as(Rc::new(renewal));
    assert_eq!(fake.run(client.card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
    assert_eq!((fake.sent().len(), begun.get()), (1, 1));
}

#[test]
fn a_second_refusal_is_final() {
    let unauthorized = Error::Unauthorized { words: vec!["expired".into()] };
    for token in [Some("T1"), None] {
        let fake = server("never");
        let (renewal, begun) = renewal(&fake, token, 5, Ok("T2"));
        let call = fake.client_as(Rc::new(renewal)).card_templates(ORG);
        assert_eq!(fake.run(call), Err(unauthorized.clone()));
        assert_eq!(begun.get(), 1);
    }
}

#[test]
fn a_failed_renewal_reaches_all() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 500, Err(Error::Unreachable));
    let client = fake.client_as(Rc::new(renewal.clone()));
    let answers = fake.run(join_all((0..20).map(|_| client.card_templates(ORG))));
    assert!(answers.iter().all(|answer| *answer == Err(Error::Unreachable)));
    assert_eq!((begun.get(), fake.sent().len()), (1, 20));
    assert!(!renewal.is_under_way());
    // The next one tries anew.
    assert!(fake.run(client.card_templates(ORG)).is_err());
    assert_eq!(begun.get(), 2);
}

#[test]
fn a_dismissed_renewal_reaches_all() {
    let fake = server("T2");
    let renewal = Renewal::new(Some(Token::new("T1")), || Box::pin(pending()));
    let client = fake.client_as(Rc::new(renewal.clone()));
    let calls = join_all((0..20).map(|_| client.card_templates(ORG)));
    let dismissing = async {
        fake.sleep(100).await;
        assert!(renewal.is_under_way());
        renewal.dismiss(Error::SignInDismissed);
        pending::<()>().await
    };
    let futures_util::future::Either::Left((answers, _)) = fake.run(select(calls, Box::pin(dismissing))) else {
        panic!("never ends")
    };
    assert!(answers.iter().all(|answer| *answer == Err(Error::SignInDismissed)));
}

#[test]
fn a_token_from_outside_ends_a_renewal() {
    let fake = server("T2");
    let renewal = Renewal::new(Some(Token::new("T1")), || Box::pin(pending()));
    let client = fake.client_as(Rc::new(renewal.clone()));
    let calls = join_all((0..20).map(|_| client.card_templates(ORG)));
    // A person takes an hour to sign in: no time limit runs meanwhile.
    let signing_in = async {
        fake.sleep(3_600_000).await;
        renewal.set(Some(Token::new("T2")));
        pending::<()>().await
    };
    let futures_util::future::Either::Left((answers, _)) = fake.run(select(calls, Box::pin(signing_in))) else {
        panic!("never ends")
    };
    assert!(answers.iter().all(Result::is_ok));
}

#[test]
fn work_that_sets_the_token_itself() {
    let fake = server("T2");
    let own: Rc<RefCell<Option<Renewal>>> = Rc::default();
    let renewal = Renewal::new(Some(Token::new("T1")), {
        let own = own.clone();
        move || -> LocalBoxFuture<'static, Result<Token, Error>> {
            let renewal = own.borrow().clone().unwrap();
            Box::pin(async move {
                renewal.set(Some(Token::new("T2")));
                pending().await
            })
        }
    });
    own.replace(Some(renewal.clone()));
    let client = fake.client_as(Rc::new(renewal));
    let answers = fake.run(join_all((0..3).map(|_| client.card_templates(ORG))));
    assert!(answers.iter().all(Result::is_ok));
    own.replace(None);
}

#[test]
fn signing_in_never_renews() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, Some("T1"), 5, Ok("T2"));
    let call = fake.client_as(Rc::new(renewal)).authenticate("a@b.c", "wrong");
    assert_eq!(fake.run(call), Err(Error::Unauthorized { words: vec!["expired".into()] }));
    assert_eq!((begun.get(), fake.sent()[0].bearer.clone()), (0, None));
}

#[test]
fn a_token_that_no_header_carries_counts_as_refused() {
    for token in ["", "a b", "a\nb", "é"] {
        let fake = server("T2");
        let (renewal, begun) = renewal(&fake, Some(token), 5, Ok("T2"));
        let client = fake.client_as(Rc::new(renewal));
        assert_eq!(fake.run(client.card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
        assert_eq!((fake.sent().len(), begun.get()), (1, 1));
    }
}

/// Counts how often it is woken.
struct Bell(std::sync::atomic::AtomicU32);

impl ArcWake for Bell {
    fn wake_by_ref(bell: &std::sync::Arc<Self>) {
        bell.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
}

#[test]
fn when_the_one_that_drives_is_dropped_another_takes_over() {
    let renewal = Renewal::new(None, || Box::pin(pending()));
    let bells = [0, 0, 0].map(|_| std::sync::Arc::new(Bell(0.into())));
    let mut waiting: Vec<_> = bells.iter().map(|_| renewal.renew(None)).collect();
    let woken = |index: usize| bells[index].0.swap(0, std::sync::atomic::Ordering::SeqCst);
    let poll = |waiting: &mut LocalBoxFuture<'static, _>, index: usize| {
        let waker = waker(bells[index].clone());
        waiting.as_mut().poll(&mut Context::from_waker(&waker))
    };
    for (index, one) in waiting.iter_mut().enumerate() {
        assert!(poll(one, index).is_pending());
    }
    drop(waiting.remove(2));
    assert_eq!([woken(0), woken(1), woken(2)], [1, 1, 0]);
    assert!(poll(&mut waiting[0], 0).is_pending());
    assert!(poll(&mut waiting[1], 1).is_pending());
    renewal.set(Some(Token::new("T2")));
    assert_eq!([woken(0), woken(1), woken(2)], [1, 1, 0]);
    for (index, one) in waiting.iter_mut().enumerate() {
        assert_eq!(poll(one, index), Poll::Ready(Ok(Token::new("T2"))));
    }
}

#[test]
fn a_renewal_outlives_the_calls_that_asked_for_it() {
    let fake = server("T2");
    let (renewal, begun) = renewal(&fake, None, 500, Ok("T2"));
    let client = fake.client_as(Rc::new(renewal.clone()));
    let mut call = Box::pin(client.card_templates(ORG));
    fake.run(poll_fn(|cx| {
        assert!(call.as_mut().poll(cx).is_pending());
        Poll::Ready(())
    }));
    drop(call);
    // A person may be typing: the next call joins them.
    assert!(renewal.is_under_way());
    assert_eq!(fake.run(client.card_templates(ORG)).and_then(Entries::whole), Ok(vec![]));
    assert_eq!(begun.get(), 1);
    fake.run(ready(()));
}
