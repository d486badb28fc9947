//! The token's life, against a server that refuses it.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{join, join3};

use super::{Provider, Session};
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, Error, OrganizationId};
use crate::world::{Transport, WireRequest};

const O: OrganizationId = OrganizationId(7);

fn ok(body: &str) -> Step {
    Step::Answer(200, body.to_string())
}

/// Accepts the token `good`, and gives it to whoever signs in with the password `right`.
fn server() -> Fake {
    Fake::new(|request: &WireRequest| {
        if request.url.ends_with("/authenticate") {
            let password = request.form.iter().flatten().find(|(name, _)| *name == "password");
            return match password {
                Some((_, password)) if password == "right" => ok(r#"{"auth_token":"good"}"#),
                _ => Step::Answer(401, r#"{"error":"Wrong"}"#.to_string()),
            };
        }
        match request.bearer.as_ref().map(|token| token.as_str()) {
            Some("good") => ok("[]"),
            _ => Step::Answer(401, r#"{"error":"Unauthorized"}"#.to_string()),
        }
    })
}

fn session(fake: &Fake) -> Session {
    let session = Session::new();
    session.connect(Rc::new(fake.clone()));
    session.set_endpoint(Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap());
    session.set_by_form(true);
    session
}

/// Waits until calls wait for the form, then does `act`.
async fn when_asked<T>(session: &Session, act: impl Future<Output = T>) -> T {
    let asking = session.asking();
    std::future::poll_fn(|_| if asking.get() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }).await;
    act.await
}

#[test]
fn one_form_for_all_calls_that_were_refused_and_all_are_made_again() {
    let fake = server();
    let session = session(&fake);
    session.set_token(Some("stale".to_string()));
    let client = session.client().unwrap();
    let calls = join3(client.card_templates(O), client.shipping_providers(O), client.cards(O, None));
    let ((one, two, three), signed_in) = fake.run(join(calls, when_asked(&session, session.sign_in("a@b.c", "right"))));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert!(signed_in.is_ok());
    assert!(!session.asking().get(), "the form goes");
    let signs_in = fake.sent().iter().filter(|sent| sent.url.ends_with("/authenticate")).count();
    assert_eq!(signs_in, 1);
}

#[test]
fn a_wrong_password_leaves_the_calls_waiting() {
    let fake = server();
    let session = session(&fake);
    session.set_token(Some("stale".to_string()));
    let client = session.client().unwrap();
    let twice = async {
        let wrong = session.sign_in("a@b.c", "wrong").await;
        assert!(matches!(wrong, Err(Error::Unauthorized { .. })));
        assert!(session.asking().get(), "the form stays");
        session.sign_in("a@b.c", "right").await
    };
    let (answer, _) = fake.run(join(client.card_templates(O), when_asked(&session, twice)));
    assert!(answer.is_ok());
}

#[test]
fn whoever_dismisses_the_form_is_told_and_can_try_again() {
    let fake = server();
    let session = session(&fake);
    session.set_token(Some("stale".to_string()));
    let client = session.client().unwrap();
    let (answer, ()) = fake.run(join(client.card_templates(O), when_asked(&session, async { session.dismiss() })));
    assert_eq!(answer, Err(Error::SignInDismissed));
    let (answer, _) = fake.run(join(client.card_templates(O), when_asked(&session, session.sign_in("a@b.c", "right"))));
    assert!(answer.is_ok());
}

fn provider(gives: &'static str) -> (Provider, Rc<Cell<u32>>) {
    let asked = Rc::new(Cell::new(0));
    let counted = asked.clone();
    let provider: Provider = Rc::new(move || {
        counted.set(counted.get() + 1);
        Box::pin(async move { (!gives.is_empty()).then(|| gives.to_string()) })
    });
    (provider, asked)
}

#[test]
fn the_pages_provider_is_asked_once_for_all_and_the_form_is_not() {
    let fake = server();
    let session = session(&fake);
    let (provider, asked) = provider("good");
    session.set_provider(Some(provider));
    assert!(session.has_access());
    let client = session.client().unwrap();
    let (one, two) = fake.run(join(client.card_templates(O), client.shipping_providers(O)));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(asked.get(), 1);
    assert!(!session.asking().get());
}

#[test]
fn where_there_is_no_form_a_provider_without_a_token_is_the_end() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    let (provider, _) = provider("");
    session.set_provider(Some(provider));
    let client = session.client().unwrap();
    assert!(matches!(fake.run(client.card_templates(O)), Err(Error::NoToken)));
    assert!(!session.asking().get());
}

#[test]
fn a_token_never_reaches_another_server() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    session.set_token(Some("good".to_string()));
    let elsewhere = Endpoint::new("https://other.test/v2/", None, "https://page.test").unwrap();
    assert!(session.set_endpoint(elsewhere.clone()));
    assert!(!session.set_endpoint(elsewhere), "the same one again is no move");
    assert!(!session.has_access());
    let client = session.client().unwrap();
    assert!(fake.run(client.card_templates(O)).is_err());
    assert!(fake.sent().iter().all(|sent| sent.bearer.is_none()));
}

/// Answers with the token `good` after so many milliseconds, or never.
fn slow_provider(fake: &Fake, after: Option<u32>) -> (Provider, Rc<Cell<u32>>) {
    let asked = Rc::new(Cell::new(0));
    let (counted, fake) = (asked.clone(), fake.clone());
    let provider: Provider = Rc::new(move || {
        counted.set(counted.get() + 1);
        let pause = after.map(|after| fake.sleep(after));
        Box::pin(async move {
            match pause {
                Some(pause) => pause.await,
                None => std::future::pending().await,
            }
            Some("good".to_string())
        })
    });
    (provider, asked)
}

#[test]
fn a_provider_that_never_answers_is_told_within_half_a_minute_and_asked_again_on_retry() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    let (provider, asked) = slow_provider(&fake, None);
    session.set_provider(Some(provider));
    let client = session.client().unwrap();
    assert_eq!(fake.run(client.card_templates(O)), Err(Error::ProviderSilent { seconds: 25 }));
    assert!(fake.now() < 30_000, "{}", fake.now());
    assert!(fake.run(client.card_templates(O)).is_err());
    assert_eq!(asked.get(), 2);
}

#[test]
fn a_provider_set_anew_is_asked_at_once_and_the_one_before_counts_no_more() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    let (silent, _) = slow_provider(&fake, Some(2_000));
    session.set_provider(Some(silent));
    let client = session.client().unwrap();
    let (good, asked) = slow_provider(&fake, Some(3_000));
    let anew = async {
        fake.sleep(1_000).await;
        session.set_provider(Some(good));
    };
    let (answer, ()) = fake.run(join(client.card_templates(O), anew));
    assert!(answer.is_ok());
    assert_eq!((fake.now(), asked.get()), (4_000, 1));
}

#[test]
fn what_the_page_answers_late_counts_once() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    let (provider, asked) = slow_provider(&fake, Some(40_000));
    session.set_provider(Some(provider));
    let client = session.client().unwrap();
    assert!(fake.run(client.card_templates(O)).is_err());
    // Asked again before the first answer is there: the one that comes first counts for both.
    assert!(fake.run(client.card_templates(O)).is_ok());
    assert_eq!((fake.now(), asked.get()), (40_000, 2));
    assert!(!fake.run(session.late_token()), "nothing is left of the other one");

    session.set_token(Some("stale".to_string()));
    assert!(fake.run(client.card_templates(O)).is_err());
    fake.run(fake.sleep(20_000));
    assert!(fake.run(client.card_templates(O)).is_ok(), "it has come meanwhile");
    assert_eq!(asked.get(), 3, "and the page is not asked once more");
}

#[test]
fn what_the_page_answers_late_signs_nobody_in_who_has_left() {
    let fake = server();
    let session = session(&fake);
    session.set_by_form(false);
    let (provider, _) = slow_provider(&fake, Some(40_000));
    session.set_provider(Some(provider));
    let client = session.client().unwrap();
    assert!(fake.run(client.card_templates(O)).is_err());
    session.forget();
    assert!(!fake.run(session.late_token()));
}

#[test]
fn where_the_page_is_silent_the_form_comes_up_and_a_late_answer_takes_it_away() {
    let fake = server();
    let session = session(&fake);
    let (provider, _) = slow_provider(&fake, Some(40_000));
    session.set_provider(Some(provider));
    let client = session.client().unwrap();
    let seen = async {
        fake.sleep(26_000).await;
        session.asking().get()
    };
    let (answer, was_asked) = fake.run(join(client.card_templates(O), seen));
    assert!(answer.is_ok() && was_asked && !session.asking().get());
    assert_eq!(fake.now(), 40_000);
}

#[test]
fn a_page_without_a_token_that_can_be_used_is_told_as_that_and_not_as_the_servers_refusal() {
    let answers = [None, Some(""), Some("good\nMore: x"), Some("gööd"), Some("Bearer good"), Some("good\r")];
    for answer in answers {
        let fake = server();
        let session = session(&fake);
        session.set_by_form(false);
        let given = Rc::new(Cell::new(answer));
        let gives = given.clone();
        session.set_provider(Some(Rc::new(move || Box::pin(std::future::ready(gives.get().map(str::to_owned))))));
        let client = session.client().unwrap();
        assert_eq!(fake.run(client.card_templates(O)), Err(Error::NoToken), "{answer:?}");
        assert!(fake.sent().iter().all(|sent| sent.bearer.is_none()), "{answer:?}");
        // The next try asks anew.
        given.set(Some("good"));
        assert!(fake.run(client.card_templates(O)).is_ok(), "{answer:?}");
        // Where there is a form, it is the way on.
        given.set(answer);
        session.set_token(answer.map(str::to_owned));
        session.set_by_form(true);
        let signed_in = when_asked(&session, session.sign_in("a@b.c", "right"));
        assert!(fake.run(join(client.card_templates(O), signed_in)).0.is_ok(), "{answer:?}");
    }
}
