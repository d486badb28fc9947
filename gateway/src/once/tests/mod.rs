//! On a vendor whose books are counted, in time that a test makes.

mod runs;
mod stores;
mod vendor;

use std::sync::Arc;
use std::time::Duration;

use super::{Answer, Call, Key, Once, Operation, Timing};
use crate::clock::Clock;
use crate::store::{Memory, Store};
use vendor::{Vendor, Way};

const PRINT: Operation = Operation::Print { organization: 1, job: 7 };

fn store() -> Arc<Store> {
    Arc::new(Store::Memory(Memory::default()))
}

/// An instance whose time is the test's.
async fn instance(store: &Arc<Store>) -> Once {
    let clock = Clock(|| {
        static BEGAN: std::sync::OnceLock<tokio::time::Instant> = std::sync::OnceLock::new();
        // Far from 0, as some runtime's time is behind the first one's.
        tokio::time::Instant::now() + Duration::from_secs(1_000_000) - *BEGAN.get_or_init(tokio::time::Instant::now)
    });
    Once::start(Arc::clone(store), Timing::default(), clock).await.unwrap()
}

fn call(vendor: &Vendor, key: &str, operation: Operation) -> Call {
    Call {
        caller: "visitor".to_owned(),
        secret: b"token".to_vec(),
        key: Key::parse(format!("\"key-of-a-client-{key}\"").as_bytes()).unwrap(),
        fingerprint: [1; 32],
        operation,
        reader: Arc::new(vendor.clone()),
    }
}

/// One request of a client, which goes this way if it is sent.
async fn ask(once: &Once, vendor: &Vendor, key: &str, operation: Operation, way: Way) -> Answer {
    let sends = vendor.clone().send(operation.clone(), way);
    once.carry_out(call(vendor, key, operation), move || sends).await
}

fn replayed(answer: &Answer) -> bool {
    answer.headers.iter().any(|(name, _)| name == "idempotent-replayed")
}

#[tokio::test(start_paused = true)]
async fn a_repeat_gets_the_first_answer() {
    let vendor = Vendor::default().with_job(7, &[1]);
    let store = store();
    let (one, other) = (instance(&store).await, instance(&store).await);
    let first = ask(&one, &vendor, "a", PRINT, Way::Fine).await;
    assert!(first.status == 200 && !replayed(&first), "{first:?}");
    for once in [&one, &other] {
        let repeat = ask(once, &vendor, "a", PRINT, Way::Fine).await;
        assert_eq!((repeat.status, &repeat.body), (200, &first.body));
        assert!(replayed(&repeat));
    }
    assert_eq!(vendor.books().jobs[&7].charges, 1);
}

#[tokio::test(start_paused = true)]
async fn a_repeat_while_it_is_under_way_waits() {
    let vendor = Vendor::default().with_job(7, &[1]);
    let store = store();
    let (one, other) = (instance(&store).await, instance(&store).await);
    let asks: Vec<_> =
        (0..20).map(|at| ask(if at % 2 == 0 { &one } else { &other }, &vendor, "a", PRINT, Way::Fine)).collect();
    let answers = futures_util::future::join_all(asks).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| !replayed(answer)).count(), 1);
    assert_eq!(vendor.books().done.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn another_request_with_the_same_key_is_refused() {
    let vendor = Vendor::default().with_job(7, &[1]);
    let store = store();
    let (one, other) = (instance(&store).await, instance(&store).await);
    let with_other_body = |once: Once| {
        let sends = vendor.clone().send(PRINT, Way::Fine);
        let call = Call { fingerprint: [2; 32], ..call(&vendor, "a", PRINT) };
        async move { once.carry_out(call, move || sends).await }
    };
    let (first, meanwhile, there) = tokio::join!(
        ask(&one, &vendor, "a", PRINT, Way::Fine),
        with_other_body(one.clone()),
        with_other_body(other.clone())
    );
    assert_eq!((first.status, meanwhile.status, there.status), (200, 422, 422));
    assert_eq!(with_other_body(other).await.status, 422);
    assert_eq!(vendor.books().done.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_key_is_its_callers_own() {
    let vendor = Vendor::default();
    let once = instance(&store()).await;
    let card = Operation::CreateCard { organization: 1 };
    let first = ask(&once, &vendor, "a", card.clone(), Way::Fine).await;
    let sends = vendor.clone().send(card.clone(), Way::Fine);
    let stranger = Call { caller: "stranger".to_owned(), ..call(&vendor, "a", card.clone()) };
    assert_ne!(once.carry_out(stranger, move || sends).await.body, first.body);
    // The same one with a new token cannot read what was kept, which is read again where it can be.
    let newly = Call { secret: b"new".to_vec(), ..call(&vendor, "a", card) };
    let answer = once.carry_out(newly, || async { unreachable!() }).await;
    assert!(answer.status == 502 && String::from_utf8_lossy(&answer.body).contains("was carried out"), "{answer:?}");
}

#[tokio::test(start_paused = true)]
async fn a_key_ends_after_a_day() {
    let vendor = Vendor::default();
    let once = instance(&store()).await;
    let card = Operation::CreateCard { organization: 1 };
    let first = ask(&once, &vendor, "a", card.clone(), Way::Fine).await;
    tokio::time::sleep(Duration::from_secs(86_000)).await;
    assert_eq!(ask(&once, &vendor, "a", card.clone(), Way::Fine).await.body, first.body);
    tokio::time::sleep(Duration::from_secs(600)).await;
    assert_ne!(ask(&once, &vendor, "a", card, Way::Fine).await.body, first.body);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_hangs_up_changes_nothing() {
    let vendor = Vendor::default().with_job(7, &[1]);
    let once = instance(&store()).await;
    let asking = ask(&once, &vendor, "a", PRINT, Way::Fine);
    assert!(tokio::time::timeout(Duration::from_millis(4), asking).await.is_err());
    once.idle().await;
    assert_eq!(vendor.books().jobs[&7].charges, 1);
    assert_eq!(ask(&once, &vendor, "a", PRINT, Way::Fine).await.status, 200);
    assert_eq!(vendor.books().jobs[&7].charges, 1);
}
