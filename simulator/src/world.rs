//! The world that a walk begins with: the server's dialect, its cards and its money, and what is in the cart already.

use sandbox::door::{Door, DoorOptions, DoorRequest};
use serde::Serialize;

use crate::dice::Dice;

/// A world as a seed has it; `asks_for_shipping` where the server wants to know at once where a print job goes.
pub(crate) fn world(dice: &mut Dice, asks_for_shipping: bool) -> Result<Door, String> {
    let mut dialect = Vec::new();
    if dice.percent(75) {
        for point in sandbox::POINTS {
            let value = dice.pick(point.values).copied().unwrap_or_default();
            // That one is drawn by others.
            if dice.percent(35) && value != "requires" {
                dialect.push((point.key.to_owned(), value.to_owned()));
            }
        }
    }
    if asks_for_shipping {
        dialect.push(("create_job".to_owned(), "requires".to_owned()));
    }
    let options = DoorOptions {
        seed: dice.next(),
        cards: dice.below(9) + 4,
        balance_cents: if dice.percent(30) { i64::try_from(dice.below(3_000)).unwrap_or_default() } else { 500_000 },
        token_ttl_ms: dice.percent(10).then(|| dice.between(20_000, 120_000)),
        preview_unavailable_times: if dice.percent(20) { dice.between(1, 3) } else { 0 },
        dialect,
        ..DoorOptions::default()
    };
    let mut door = Door::new(&options)?;
    if dice.percent(60) {
        let jobs = jobs(&door, dice);
        fill(&mut door, &jobs);
    }
    Ok(door)
}

/// A print job that is there at the start.
#[derive(Debug, Serialize)]
pub(crate) struct Job {
    cards: Vec<u64>,
    copies: u64,
    /// Whether it says where it goes, and who carries it.
    has_shipping: bool,
    /// Whether it was submitted already.
    is_submitted: bool,
}

fn jobs(door: &Door, dice: &mut Dice) -> Vec<Job> {
    let cards: Vec<u64> = door.cards().filter(|card| card.finalized).map(|card| card.id).collect();
    let count = dice.below(2);
    let job = |number: usize| {
        let cards: Vec<u64> = cards.iter().copied().skip(number * 3).take(1 + dice.below(3)).collect();
        Job { cards, copies: dice.between(1, 3), has_shipping: dice.percent(60), is_submitted: false }
    };
    (0..=count).map(job).collect()
}

/// Puts them into the cart.
fn fill(door: &mut Door, jobs: &[Job]) {
    let token = door.issue_token();
    for job in jobs {
        let (ids, copies) = (format!("{:?}", job.cards), job.copies.to_string());
        let mut form = vec![("print_job[card_ids]", ids.as_str()), ("print_job[number_of_copies]", copies.as_str())];
        if job.has_shipping {
            form.push(("print_job[address_id]", "9301"));
            form.push(("print_job[shipping_provider_id]", "13"));
        }
        let path = "/api/v2/organizations/20003827/print_jobs";
        let post = |path, form| DoorRequest { method: "POST", path_and_query: path, bearer: Some(&token), form };
        door.request(post(path, Some(&form)));
        if job.is_submitted {
            let last = door.jobs().next_back().map(|job| job.id).unwrap_or_default();
            door.request(post(&format!("{path}/{last}/print"), None));
        }
    }
}

/// What a sandbox is started with, so that its world is the same.
#[derive(Debug, Serialize)]
pub(crate) struct Start {
    cards: usize,
    balance_cents: i64,
    dialect: Vec<String>,
    /// What is put into the cart before anybody comes.
    jobs: Vec<Job>,
}

/// A world that a sandbox can be started with from its command line.
pub(crate) fn plain(dice: &mut Dice) -> Result<(Start, Door), String> {
    let may_differ = dice.percent(50);
    let other = sandbox::POINTS.iter().filter_map(|point| {
        let value = dice.pick(point.values).copied().unwrap_or_default();
        (may_differ && dice.percent(20) && value != "requires").then(|| (point.key.to_owned(), value.to_owned()))
    });
    let dialect: Vec<(String, String)> = other.collect();
    let options = DoorOptions {
        seed: dice.next(),
        cards: dice.below(9) + 6,
        balance_cents: if dice.percent(30) { i64::try_from(dice.below(3_000)).unwrap_or_default() } else { 500_000 },
        dialect,
        ..DoorOptions::default()
    };
    let mut door = Door::new(&options)?;
    let mut jobs = if dice.percent(80) { jobs(&door, dice) } else { Vec::new() };
    // So that there is an order to look at.
    if let Some(job) = jobs.first_mut().filter(|_| dice.percent(60)) {
        (job.has_shipping, job.is_submitted) = (true, true);
    }
    fill(&mut door, &jobs);
    let dialect = options.dialect.iter().map(|(key, value)| format!("{key}={value}")).collect();
    Ok((Start { cards: options.cards, balance_cents: options.balance_cents, dialect, jobs }, door))
}
