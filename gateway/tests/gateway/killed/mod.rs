//! The gateway, killed at every point between the first byte of a charge and the last of its answer: alone and started anew, and
//! as one of two on one store, by seed. Each charge is made once.

mod program;
mod relay;
mod store;

use crate::common::{Call, FUNDS, O, send};
use futures_util::future::join_all;
use program::{Program, Stand};
use relay::Relay;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use store::{Kept, Place};
use tokio::sync::Semaphore;

/// Where a charge is when the gateway is killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Point {
    /// The vendor has none of it.
    BeforeTheFirstByte,
    /// The vendor has half of it.
    HalfSent,
    /// The vendor has all of it, and is about to carry it out.
    Sent,
    /// The vendor has carried it out, and nothing has come back.
    BeforeTheAnswer,
    /// Half of the answer has come back.
    HalfAnswered,
    /// All of the answer has come back.
    Answered,
}

const POINTS: [Point; 6] = [
    Point::BeforeTheFirstByte,
    Point::HalfSent,
    Point::Sent,
    Point::BeforeTheAnswer,
    Point::HalfAnswered,
    Point::Answered,
];

impl Point {
    fn is_done(self) -> bool {
        !matches!(self, Point::BeforeTheFirstByte | Point::HalfSent)
    }
}

/// What may cost twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charge {
    Print,
    AddFunds,
}

const CHARGES: [Charge; 2] = [Charge::Print, Charge::AddFunds];

/// One run.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Its name: no other has it.
    seed: u64,
    charge: Charge,
    point: Point,
    kept: Kept,
    /// Another instance on the same store.
    beside: bool,
    /// It is asked for the same while the first is at it.
    at_once: bool,
    /// The store's server is killed as well, and started anew.
    store_too: bool,
}

impl Run {
    fn alone(charge: Charge, point: Point) -> Run {
        let seed = CHARGES.len() as u64 * point as u64 + charge as u64;
        Run { seed, charge, point, kept: Kept::File, beside: false, at_once: false, store_too: false }
    }

    fn of(seed: u64) -> Run {
        let bits = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let is = |bit: u32| bits >> (40 + bit) & 1 == 1;
        Run {
            seed: 1000 + seed,
            charge: CHARGES[usize::from(is(0))],
            // In turn, so that a few runs have all.
            point: POINTS[seed as usize % POINTS.len()],
            kept: if is(1) && is(2) { Kept::File } else { Kept::Server },
            beside: true,
            at_once: is(3),
            store_too: is(4) && !(is(1) && is(2)),
        }
    }
}

async fn admin(vendor: SocketAddr, method: &str, command: &str) -> Value {
    send(vendor, Call::new(method, format!("/__sandbox/{command}"))).await.unwrap().json()
}

/// An open print job with a card of the sandbox's, and where it goes.
async fn job(vendor: SocketAddr, token: &str) -> u64 {
    let state = admin(vendor, "GET", "state").await;
    let card = state["cards"].as_array().unwrap().iter().find(|card| card["finalized"] == true).unwrap()["id"].clone();
    let parts = [
        ("print_job[card_ids]", &*format!("[{card}]")),
        ("print_job[shipping_provider_id]", "11"),
        ("print_job[address][contact][full_name]", "Ana Lee"),
        ("print_job[address][address_1]", "418 Highland Rd."),
        ("print_job[address][city]", "Feasterville"),
        ("print_job[address][state]", "PA"),
        ("print_job[address][zip_code]", "19053"),
        ("print_job[address][country]", "US"),
    ];
    let make = Call::new("POST", format!("/api/v2{O}/print_jobs")).bearer(token).form(&parts);
    send(vendor, make).await.unwrap().json()["id"].as_u64().unwrap()
}

/// Asks until it is known what became of it.
async fn until_known(address: SocketAddr, call: Call, told: &str) -> (u16, Value) {
    let began = Instant::now();
    loop {
        let reply = send(address, call.clone()).await.unwrap();
        if reply.status != 503 {
            return (reply.status, reply.json());
        }
        assert!(began.elapsed() < Duration::from_secs(120), "{told}: {reply:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Kills whoever is at the charge at the point; then asks whoever there is for the same until it is known.
async fn killed(run: Run) {
    let told = format!("{run:?}");
    let sandbox = sandbox::start(clap::Parser::parse_from(["sandbox", "--port", "0", "--cards", "4"])).await.unwrap();
    let vendor = sandbox.address();
    let token = admin(vendor, "POST", "token").await["token"].as_str().unwrap().to_owned();
    let charge = match run.charge {
        Charge::Print => Call::new("POST", format!("{O}/print_jobs/{}/print", job(vendor, &token).await)).form(&[]),
        Charge::AddFunds => Call::new("POST", format!("{O}/add_funds")).form(&FUNDS),
    };
    let charge = charge.bearer(&token).header("idempotency-key", "\"one charge of this test\"");

    let mut place = Place::new(&format!("killed-{}", run.seed), run.kept);
    let mut relay = Relay::new(vendor, format!("{} ", charge.path()), run.point);
    let mut stands = Vec::new();
    for number in 0..=usize::from(run.beside) {
        stands.push(Stand::new(&place, number, relay.begin(number).await));
    }
    let mut programs: Vec<Program> = stands.iter().map(Stand::start).collect();
    let asks = programs.iter().take(1 + usize::from(run.at_once));
    let asked: Vec<_> = asks.map(|program| tokio::spawn(send(program.address, charge.clone()))).collect();
    let carrier = relay.reached().await.unwrap_or_else(|| panic!("{told}: it does not come to that"));
    drop(programs.remove(carrier));
    if run.store_too {
        place.restart();
    }
    programs.insert(carrier, stands[carrier].start());
    let known = join_all(programs.iter().map(|program| until_known(program.address, charge.clone(), &told))).await;
    for (number, heard) in asked.into_iter().enumerate() {
        // Who asked the one that was killed hears nothing, unless all was over.
        let heard = heard.await.unwrap();
        assert!(number != carrier || heard.is_err() || run.point == Point::Answered, "{told}: {heard:?}");
    }
    drop(programs);

    let state = admin(vendor, "GET", "state").await;
    let charges = state["audit"]["charges"].as_array().unwrap().len();
    let payments = state["ledger"].as_array().unwrap().iter().filter(|entry| entry["cents"] == 1737).count();
    for last in known {
        match (run.charge, run.point.is_done()) {
            (Charge::Print, _) => assert_eq!((last.0, charges), (200, 1), "{told}: {last:?}"),
            (Charge::AddFunds, true) => assert_eq!((&last.1, payments), (&json!(true), 1), "{told}: {last:?}"),
            // It is not known that it was not made, so it is not made again.
            (Charge::AddFunds, false) => assert_eq!((last.0, payments), (502, 0), "{told}: {last:?}"),
        }
    }
    sandbox.stop();
}

/// So many at a time: each has programs that want to be started.
async fn all(runs: impl Iterator<Item = Run>) {
    let turns = Semaphore::new(12);
    let turn = async |run| {
        let _turn = turns.acquire().await;
        killed(run).await;
    };
    join_all(runs.map(turn)).await;
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_is_made_once_whenever_the_gateway_is_killed() {
    all(CHARGES.iter().flat_map(|charge| POINTS.iter().map(|point| Run::alone(*charge, *point)))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_is_made_once_whichever_of_two_gateways_is_killed() {
    // A hundredth of those that go without processes.
    let runs = number("ONCE_RUNS").map_or(POINTS.len() as u64, |runs| runs / 100);
    let first = number("ONCE_SEED").unwrap_or(1);
    all((first..first + runs).map(Run::of)).await;
}
