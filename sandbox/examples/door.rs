//! What a request through the door costs: `cargo run -p sandbox --release --example door`.

use sandbox::door::{Door, DoorOptions, DoorRequest};
use std::fmt::Write as _;
use std::time::Instant;

const O: &str = "/api/v2/organizations/20003827";
const TIMES: u32 = 100_000;

/// A world of 12 cards and 5 print jobs with 4 cards each, and a token.
fn world() -> Result<(Door, String), String> {
    let mut door = Door::new(&DoorOptions { cards: 12, balance_cents: 1_000_000_000, ..DoorOptions::default() })?;
    let token = door.issue_token();
    for _ in 0..5 {
        let form = [
            ("print_job[address_id]", "9301"),
            ("print_job[shipping_provider_id]", "13"),
            ("print_job[card_ids]", "[264501,264502,264503,264505]"),
        ];
        let path = format!("{O}/print_jobs");
        let request = DoorRequest { method: "POST", path_and_query: &path, bearer: Some(&token), form: Some(&form) };
        let answer = door.request(request);
        if answer.status != 200 {
            return Err(answer.body);
        }
    }
    Ok((door, token))
}

fn main() -> Result<(), String> {
    let (seeded, token) = world()?;
    let two_cards = [("print_job[card_ids]", "[264501,264502]")];
    let mut report = format!("{TIMES} requests each, 12 cards, 5 print jobs\n");
    for (method, path, form) in [
        ("GET", "/balance", None),
        ("GET", "/print_jobs/71201", None),
        ("GET", "/print_jobs", None),
        ("GET", "/cards", None),
        ("GET", "/cards/264501", None),
        ("GET", "/addresses", None),
        ("GET", "/financial_transactions", None),
        ("GET", "/cards/264501/preview", None),
        ("PATCH", "/print_jobs/71201?print_job%5Bshipping_provider_id%5D=12&print_job%5Bnumber_of_copies%5D=2", None),
        ("POST", "/print_jobs/71205/print", Some(&[][..])),
        // The one that makes the job larger each time: it begins anew now and then.
        ("POST", "/print_jobs/71204/add_cards", Some(&two_cards[..])),
    ] {
        let path = format!("{O}{path}");
        let (mut door, mut bytes) = (seeded.clone(), 0);
        let began = Instant::now();
        for time in 0..TIMES {
            if time % 20 == 0 {
                door = seeded.clone();
            }
            let answer = door.request(DoorRequest { method, path_and_query: &path, bearer: Some(&token), form });
            if answer.status != 200 {
                return Err(answer.body);
            }
            bytes += answer.body.len();
        }
        let each = began.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES);
        let _ = writeln!(
            report,
            "{each:7.2} us  {:5} bytes  {method} {}",
            bytes / TIMES as usize,
            path.trim_start_matches(O).split('?').next().unwrap_or_default()
        );
    }
    let began = Instant::now();
    let copies = (0..TIMES).map(|_| seeded.clone().jobs().count()).sum::<usize>();
    let each = began.elapsed().as_secs_f64() * 1e6 / f64::from(TIMES);
    let _ = writeln!(report, "{each:7.2} us  a copy of the world ({} jobs)", copies / TIMES as usize);
    print!("{report}");
    Ok(())
}
