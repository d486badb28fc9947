//! In real time, on every store: two instances, one of which is killed, and clients that ask both.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, sleep};

use super::super::{Answer, Once, Operation, Timing};
use super::vendor::{Vendor, Way};
use super::{call, replayed};
use crate::clock::Clock;
use crate::store::tests::Place;

const JOBS: std::ops::Range<u64> = 100..116;

/// Long enough for a busy machine.
const TIMING: Timing = Timing {
    patience: Duration::from_secs(20),
    lease: Duration::from_secs(4),
    limit: Duration::from_secs(10),
    settle: Duration::from_secs(2),
    life: Duration::from_secs(600),
};

/// How the first request for each job goes.
const WAYS: [Way; 8] = [
    Way::Fine,
    Way::LostBack,
    Way::Fine,
    Way::Unsent,
    Way::LostThere,
    Way::Done5xx,
    Way::Fine,
    Way::Late(Duration::from_millis(300)),
];

type Ways = Arc<Mutex<BTreeMap<u64, Way>>>;

async fn ask(once: Once, vendor: Vendor, ways: Ways, job: u64) -> Answer {
    let operation = Operation::Print { organization: 1, job };
    let call = call(&vendor, &format!("of job {job}"), operation.clone());
    let send = move || async move {
        let way = ways.lock().unwrap().remove(&job).unwrap_or(Way::Fine);
        vendor.send(operation, way).await
    };
    once.carry_out(call, send).await
}

async fn charges_are_made_once_on(place: &Place) {
    let vendor = JOBS.fold(Vendor::default(), |vendor, job| vendor.with_job(job, &[1]));
    let ways: Ways = Arc::new(Mutex::new(JOBS.zip(WAYS.into_iter().cycle()).collect()));
    let dead = Once::start(place.open().await, TIMING, Clock::default()).await.unwrap();
    let alive = Once::start(place.open().await, TIMING, Clock::default()).await.unwrap();
    let first = JOBS.flat_map(|job| [(job, dead.clone()), (job, alive.clone())]);
    let first = tokio::spawn(join_all(first.map(|(job, once)| ask(once, vendor.clone(), Arc::clone(&ways), job))));
    sleep(Duration::from_millis(9)).await;
    dead.running.kill();
    drop(dead);
    // Those who waited there for an answer hear that it is not known.
    first.await.unwrap();
    let anew = Once::start(place.open().await, TIMING, Clock::default()).await.unwrap();
    let began = Instant::now();
    let told = join_all(JOBS.map(|job| {
        let (vendor, ways) = (vendor.clone(), Arc::clone(&ways));
        let instances = [alive.clone(), anew.clone()];
        async move {
            for attempt in 0.. {
                let answer = ask(instances[attempt % 2].clone(), vendor.clone(), Arc::clone(&ways), job).await;
                if answer.status == 200 {
                    let repeat = ask(instances[(attempt + 1) % 2].clone(), vendor, ways, job).await;
                    assert!(replayed(&repeat) && repeat.body == answer.body);
                    return;
                }
                assert!(began.elapsed() < Duration::from_secs(60), "{job}: {answer:?}");
                sleep(Duration::from_millis(100)).await;
            }
        }
    }));
    told.await;
    for (job, entry) in &vendor.books().jobs {
        assert_eq!(entry.charges, 1, "{job}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_every_store_each_charge_is_made_once() {
    let places = Place::all().await;
    join_all(places.iter().map(charges_are_made_once_on)).await;
}
