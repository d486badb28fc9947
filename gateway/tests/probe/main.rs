//! The probe against each dialect of the sandbox: its report tells which one it was.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod house;

use clap::Parser as _;
use house::{EMAIL, House, PASSWORD};
use instant_card_gateway::probe::{Known, Options, Report, probe_with};
use sandbox::POINTS;
use serde_json::json;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What nothing tells that neither costs anything nor leaves anything behind.
const NOT_TRIED: [&str; 3] = ["print", "create_job", "address_refusals"];

/// What previews tell of, or may have to do with.
const DRAWN: [&str; 7] = ["preview_back", "back_side", "orientation", "images", "card_image", "dimensions", "nulls"];

#[derive(Debug, clap::Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn options(base: &str, more: &[&str]) -> Options {
    let all = ["probe", "--api-base", base, "--email", EMAIL].into_iter().chain(more.iter().copied());
    Arguments::parse_from(all).options
}

async fn report(house: &House, more: &[&str]) -> Report {
    probe_with(&options(&house.base, more), PASSWORD).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_tells_each_dialect() {
    let turns = Arc::new(Semaphore::new(4));
    let all = POINTS.iter().flat_map(|point| point.values.iter().map(move |value| (point.key, *value)));
    let probes = all.map(|(key, value)| {
        let turns = Arc::clone(&turns);
        tokio::spawn(async move {
            let _turn = turns.acquire().await;
            let house = House::furnished(&["--dialect", &format!("{key}={value}")]).await;
            if !DRAWN.contains(&key) {
                // To draw them takes longer than all the rest, and they are the same.
                house.fault("GET", "/preview", json!({"status": 200, "body": {"preview_available": false}}));
            }
            (key, value, report(&house, &[]).await)
        })
    });
    for probe in probes.collect::<Vec<_>>() {
        let (key, value, report) = probe.await.unwrap();
        let finding = report.findings.iter().find(|finding| finding.point == key);
        let finding = finding.unwrap_or_else(|| panic!("{key} is not in the report"));
        match (key, value) {
            _ if NOT_TRIED.contains(&key) => assert_eq!(finding.known, Known::NotTried, "{key}={value}"),
            // That it never happened yet says nothing.
            ("add_cards", "once") => assert_eq!(finding.known, Known::NotShown, "{finding:?}"),
            _ => assert_eq!((finding.known, finding.reading.as_str()), (Known::Seen, value), "{key}={value}"),
        }
        assert_eq!(report.troubles, [""; 0], "{key}={value}");
        // One answer that differs is told as one.
        let differs = |other: &&sandbox::Point| {
            other.key != key && report.reading(other.key).is_some_and(|reading| reading != other.values[0])
        };
        let others: Vec<_> = POINTS.iter().filter(differs).map(|point| point.key).collect();
        assert_eq!(others, [""; 0], "{key}={value}: {}", report.to_markdown());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_write_it_changes_nothing_and_with_it_one_draft_comes_and_goes() {
    let house = House::furnished(&[]).await;
    let (cards, before) = (house.state()["cards"].clone(), house.requests());
    let read = report(&house, &[]).await;
    let asked = house.requests().split_off(before.len());
    assert!(asked.iter().all(|call| call.starts_with("GET ") || call == "POST /api/v2/authenticate"), "{asked:?}");
    assert!(asked.len() > 25 && read.reading("update").is_none());

    let before = house.requests();
    let wrote = report(&house, &["--write"]).await;
    let asked = house.requests().split_off(before.len());
    let changes: Vec<_> =
        asked.iter().filter(|call| !call.starts_with("GET ")).map(|call| house::without_ids(call)).collect();
    let expected = ["POST authenticate", "POST O/cards", "PATCH O/cards/N", "PATCH O/cards/N", "DELETE O/cards/N"];
    assert_eq!(changes, expected);
    assert_eq!(house.state()["cards"], cards, "everything is as it was");
    assert_eq!((wrote.reading("update"), wrote.troubles.len()), (Some("stay as they were"), 0), "{:?}", wrote.troubles);
    assert!(wrote.to_markdown().contains("| a picture of 400 KB in Base64: status | 200 |"), "{}", wrote.to_markdown());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_anybody_is_in_the_report() {
    for dialect in ["card_data=array", "card_data=object", "card_image=url", "errors=list"] {
        let house = House::furnished(&["--dialect", dialect]).await;
        let report = report(&house, &["--write"]).await;
        let text = report.to_markdown() + &report.to_json().to_string();
        for secret in house.secrets() {
            assert!(!text.contains(&secret), "{dialect}: {secret} is in {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cors_and_refusals_are_told() {
    let house = House::furnished(&[]).await;
    assert!(report(&house, &[]).await.reading("cors").unwrap().starts_with("allowed"));
    let house = House::furnished(&["--no-cors"]).await;
    let report = report(&house, &[]).await;
    assert!(report.reading("cors").unwrap().starts_with("not allowed"));
    assert_eq!(report.reading("unknown_parameter"), Some("400"));
    assert_eq!(report.reading("no_such_card"), Some("404"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_is_told_and_a_draft_that_stays_is_named() {
    let house = House::furnished(&[]).await;
    house.fault("DELETE", "/cards", "html_502");
    let report = report(&house, &["--write"]).await;
    assert!(report.troubles.iter().any(|trouble| trouble.contains("please delete it")), "{:?}", report.troubles);

    let wrong = probe_with(&options(&house.base, &[]), "not it").await.unwrap_err();
    assert!(wrong.contains("lets nobody in: status 401"), "{wrong}");
    let plain = probe_with(&options("http://core.instantcard.net/api/v2/", &[]), PASSWORD).await.unwrap_err();
    assert!(plain.contains("https"), "{plain}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_comes_from_the_environment_or_a_line_and_the_report_is_printed() {
    let house = House::furnished(&[]).await;
    let json = std::env::temp_dir().join(format!("probe-{}.json", std::process::id()));
    let command = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_instant-card-gateway"));
        command.args(["probe", "--api-base", &house.base, "--email", EMAIL, "--json"]).arg(&json);
        command.env_remove("INSTANT_CARD_PASSWORD").stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let from_environment = command().env("INSTANT_CARD_PASSWORD", PASSWORD).stdin(Stdio::null()).output().unwrap();
    assert!(String::from_utf8(from_environment.stdout).unwrap().contains("| `auth` |"));
    let mut child = command().stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    std::fs::remove_file(&json).unwrap();
    assert_eq!(report["findings"][0]["reading"], "auth_token");
    let without = command().stdin(Stdio::null()).output().unwrap();
    assert!(!without.status.success() && String::from_utf8(without.stderr).unwrap().contains("there is no password"));
}
