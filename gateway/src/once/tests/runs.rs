//! Clients, instances and a vendor by seed: connections are lost at every point, clients hang up, instances are killed and started
//! anew. Then the vendor's books are counted.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{sleep, timeout};

use super::super::{Answer, Failed, Once, Operation};
use super::vendor::{Vendor, Way};
use super::{call, instance};
use crate::store::{Memory, Store};

/// Runs of the test, or as many as the environment asks for.
const RUNS: u64 = 400;

const AMOUNT: &str = "1,250.00";

struct Dice(u64);

impl Dice {
    /// Below `end`.
    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn one_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    fn milliseconds(&mut self, end: u64) -> Duration {
        Duration::from_millis(self.below(end))
    }

    fn way(&mut self) -> Way {
        match self.below(10) {
            0 => Way::Unsent,
            1 => Way::LostThere,
            2 | 3 => Way::LostBack,
            4 => Way::Refused5xx,
            5 => Way::Done5xx,
            6 => Way::Unauthorized,
            7 => Way::HangsThere,
            8 => Way::HangsBack,
            // The vendor ends what it has begun while it may.
            _ => Way::Late(self.milliseconds(50_000)),
        }
    }

    fn operation(&mut self) -> Operation {
        let organization = 1;
        match self.below(10) {
            0..3 => Operation::Print { organization, job: 7 },
            3 => Operation::AddFunds { organization, amount: AMOUNT.to_owned() },
            4 => Operation::CreateJob { organization, cards: vec![5, 6] },
            5 => Operation::AddCards { organization, job: 7, cards: vec![5, 6] },
            6 => Operation::RemoveCard { organization, job: 7, card: 1 },
            7 => Operation::CreateCard { organization },
            8 => Operation::Delete,
            _ => Operation::Steps,
        }
    }
}

/// What all in a run share.
#[derive(Clone)]
struct World {
    vendor: Vendor,
    /// How the next requests to the vendor go; all others go well.
    ways: Arc<Mutex<VecDeque<Way>>>,
}

impl World {
    async fn send(self, operation: Operation) -> Result<Answer, Failed> {
        let way = self.ways.lock().unwrap().pop_front().unwrap_or(Way::Fine);
        self.vendor.send(operation, way).await
    }

    /// One request of a client.
    async fn ask(self, once: Once, key: &str, operation: Operation) -> Answer {
        let call = call(&self.vendor, key, operation.clone());
        if operation != Operation::Steps {
            return once.carry_out(call, move || self.send(operation)).await;
        }
        let (steps, of) = (once.clone(), call.clone());
        once.carry_out(call, move || async move {
            let create = Operation::CreateJob { organization: 1, cards: vec![9] };
            let sends = self.clone().send(create.clone());
            let made = steps.carry_out(of.step("job", [2; 32], create), move || sends).await;
            if made.status != 200 {
                return Ok(made);
            }
            let made: serde_json::Value = serde_json::from_slice(&made.body).unwrap();
            let print = Operation::Print { organization: 1, job: made["id"].as_u64().unwrap() };
            let sends = self.send(print.clone());
            Ok(steps.carry_out(of.step("print", [3; 32], print), move || sends).await)
        })
        .await
    }
}

/// One run; what is wrong with it, if anything is.
async fn run(seed: u64) -> Result<(), String> {
    let mut dice = Dice(seed);
    let memory = Memory::default();
    memory.slow.set(dice.milliseconds(4)).unwrap();
    let store = Arc::new(Store::Memory(memory));
    let operation = dice.operation();
    let twice_in_it = dice.one_in(2);
    let faults = dice.below(5);
    let ways: VecDeque<_> = (0..faults).map(|_| dice.way()).collect();
    let told = format!("seed {seed}, {operation:?}, {ways:?}");
    let vendor = Vendor::default().with_job(7, if twice_in_it { &[1, 2, 1] } else { &[1, 2] });
    vendor.books().credits = vec![125_000, 700];
    vendor.books().cards.insert(3, 0);
    vendor.books().deaf = if dice.one_in(3) { dice.below(5) as usize } else { 0 };
    let world = World { vendor: vendor.clone(), ways: Arc::new(Mutex::new(ways)) };
    let mut instances = [instance(&store).await, instance(&store).await];
    let mut kills = dice.below(4);
    let rival = matches!(operation, Operation::Print { .. }) && dice.one_in(3);

    let mut successes: Vec<Answer> = Vec::new();
    for attempt in 0..40 {
        let clients = 1 + dice.below(3);
        let asks: Vec<_> = (0..clients)
            .map(|_| {
                let once = instances[dice.below(2) as usize].clone();
                let hangs_up = if dice.one_in(3) { dice.milliseconds(30) } else { Duration::from_secs(400) };
                let (world, operation, begins) = (world.clone(), operation.clone(), dice.milliseconds(15));
                async move {
                    sleep(begins).await;
                    timeout(hangs_up, world.ask(once, "a", operation)).await.ok()
                }
            })
            .collect();
        let other = (rival && attempt == 0).then(|| {
            let (world, once, operation) = (world.clone(), instances[1].clone(), operation.clone());
            tokio::spawn(async move { world.ask(once, "of another person", operation).await })
        });
        let killed = (kills > 0 && dice.one_in(2)).then(|| (dice.below(2) as usize, dice.milliseconds(40)));
        let asks = tokio::spawn(join_all(asks));
        if let Some((which, after)) = killed {
            kills -= 1;
            sleep(after).await;
            instances[which].running.kill();
            instances[which] = instance(&store).await;
        }
        let answers: Vec<_> = asks.await.unwrap().into_iter().flatten().collect();
        if let Some(other) = other {
            let answer = other.await.unwrap();
            if !matches!(answer.status, 200 | 400 | 401 | 502 | 503 | 504) {
                return Err(format!("{told}: the other person is told {answer:?}"));
            }
        }
        for answer in answers {
            match answer.status {
                200 => successes.push(answer),
                401 | 502 | 503 | 504 => {}
                // Somebody else had it submitted.
                400 if rival => {}
                _ => return Err(format!("{told}: {answer:?}")),
            }
        }
        if successes.len() > 3 {
            break;
        }
        // In the end as long as anything is held by somebody who is dead.
        let most = if dice.one_in(3) { 90_000 } else { 500 };
        sleep(if attempt < 30 { dice.milliseconds(most) } else { Duration::from_secs(30) }).await;
    }
    // What the vendor has still to do.
    sleep(Duration::from_secs(60)).await;
    counted(&operation, &vendor, &successes, twice_in_it, rival, faults).map_err(|what| format!("{told}: {what}"))
}

/// Whether the books are as they should be.
fn counted(
    operation: &Operation,
    vendor: &Vendor,
    successes: &[Answer],
    twice_in_it: bool,
    rival: bool,
    faults: u64,
) -> Result<(), String> {
    let books = vendor.books();
    let is_told = !successes.is_empty();
    if successes.windows(2).any(|two| two[0].body != two[1].body) {
        return Err(format!("one key has several answers: {successes:?}"));
    }
    let in_job = |card: u64| books.jobs[&7].cards.iter().filter(|one| **one == card).count();
    let exactly_once = match operation {
        Operation::Print { .. } => books.jobs[&7].charges == 1 && (is_told || rival),
        Operation::AddFunds { .. } => match books.credits.iter().filter(|cents| **cents == 125_000).count() - 1 {
            0 => !is_told,
            1 => true,
            _ => false,
        },
        Operation::CreateJob { .. } => books.jobs.values().filter(|job| job.cards == [5, 6]).count() == 1 && is_told,
        Operation::AddCards { .. } => in_job(5) == 1 && in_job(6) == 1 && is_told,
        Operation::RemoveCard { .. } => match 1 + usize::from(twice_in_it) - in_job(1) {
            0 => !is_told,
            1 => true,
            _ => false,
        },
        // A draft too many does no harm.
        Operation::CreateCard { .. } => is_told && books.cards.len() as u64 <= 2 + faults + 4,
        Operation::Delete => books.cards.is_empty() && is_told,
        Operation::Steps => {
            let jobs: Vec<_> = books.jobs.values().filter(|job| job.cards == [9]).collect();
            jobs.len() == 1 && jobs[0].charges == 1 && is_told
        }
        Operation::Set { .. } | Operation::Create { .. } => true,
    };
    if exactly_once { Ok(()) } else { Err(format!("told {successes:?}, and the books say {books:?}")) }
}

#[test]
fn whatever_goes_wrong_each_charge_is_made_once() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let runs = number("ONCE_RUNS").unwrap_or(RUNS);
    let first = number("ONCE_SEED").unwrap_or(1);
    let failed: Vec<_> = (first..first + runs)
        .filter_map(|seed| {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
            runtime.block_on(run(seed)).err()
        })
        .collect();
    assert!(failed.is_empty(), "{} of {runs} runs:\n{}", failed.len(), failed[..failed.len().min(5)].join("\n"));
}
