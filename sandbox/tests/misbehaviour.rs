//! Misbehaviour on request, and what a test can see of the requests; and the files beside the API.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helper fails by panicking")]

mod common;

use bytes::Bytes;
use common::{Call, Client, O, RED_PIXEL, create_card};
use http_body_util::Full;
use hyper::Request;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn get(path: &str) -> Call {
    Call::new("GET", format!("{O}{path}"))
}

fn post(path: &str) -> Call {
    Call::new("POST", format!("{O}{path}"))
}

async fn balance(client: &Client) -> String {
    client.ok(get("/balance")).await["balance"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn rules_strike_and_connections_drop() {
    let client = Client::signed_in(&[]).await;
    let rule = |action: &str, path: &str| json!({"match": {"path_contains": path}, "times": 1, "action": action});
    client.faults(json!({"rules": [rule("drop_before", "/cards"), rule("drop_after", "/contacts"), rule("html_502", "/balance"), rule("garbage_json", "/card_templates")]})).await;

    let create = create_card("5802", &[]);
    assert!(client.call(&create).await.is_err());
    assert_eq!(client.state().await["cards"], json!([]), "dropped before anything was done");
    client.ok(create).await;

    let contact = post("/contacts").form(&[("contact[full_name]", "Ana"), ("contact[email]", "a@b.c")]);
    assert!(client.call(&contact).await.is_err());
    assert_eq!(client.state().await["contacts"].as_array().unwrap().len(), 3, "done, though nobody was told");

    let gateway = client.call(&get("/balance")).await.unwrap();
    assert_eq!((gateway.status, gateway.header("content-type")), (502, "text/html"));
    balance(&client).await;
    let garbage = client.call(&get("/card_templates")).await.unwrap();
    assert!(serde_json::from_slice::<Value>(&garbage.bytes).is_err());

    client
        .faults(json!({"rules": [{"match": {"method": "GET"}, "times": 1, "per_path": true, "action": "empty_503"}]}))
        .await;
    for path in ["/balance", "/contacts"] {
        assert_eq!(client.call(&get(path)).await.unwrap().status, 503);
        assert_eq!(client.call(&get(path)).await.unwrap().status, 200);
    }
    client.faults(json!({"rules": [{"action": {"status": 418, "body": {"error": "tea"}}}, {"action": "hang"}]})).await;
    assert_eq!(client.refused(418, get("/balance")).await, "tea");
    client.faults(json!({"rules": [{"action": "hang"}]})).await;
    assert!(tokio::time::timeout(Duration::from_millis(150), client.call(&get("/balance"))).await.is_err());
    client.faults(json!({"replace": true, "latency_ms": 60})).await;
    let before = Instant::now();
    balance(&client).await;
    assert!(before.elapsed() >= Duration::from_millis(60));
}

#[tokio::test]
async fn tokens_run_out() {
    let mut client = Client::signed_in(&["--token-ttl", "0.2"]).await;
    balance(&client).await;
    tokio::time::sleep(Duration::from_millis(220)).await;
    assert_eq!(client.refused(401, get("/balance")).await, "Unauthorized");
    client.faults(json!({"token_ttl_seconds": null})).await;
    client.sign_in().await;
    balance(&client).await;
    client.admin("POST", "expire_tokens", Value::Null).await;
    client.refused(401, get("/balance")).await;
}

#[tokio::test]
async fn faults_strike_at_random_and_are_counted() {
    let client = Client::signed_in(&[]).await;
    let strike = json!({"seed": 5, "share": 0.5, "kinds": ["drop_before", "json_500"], "path_contains": "/balance"});
    let statuses = async || {
        client.faults(json!({"random": strike})).await;
        let mut statuses = Vec::new();
        for _ in 0..20 {
            statuses.push(client.call(&get("/balance")).await.ok().map(|reply| reply.status));
        }
        statuses
    };
    let first = statuses().await;
    for status in [None, Some(200), Some(500)] {
        assert!(first.contains(&status), "{first:?}");
    }
    assert_eq!(statuses().await, first, "the same seed, the same luck");
    client.ok(get("/contacts")).await;
    let preflight = Call::new("OPTIONS", format!("{O}/balance"));
    for _ in 0..20 {
        assert_eq!(client.call(&preflight).await.unwrap().status, 204);
    }
    let audit = client.state().await["audit"].clone();
    let count = |status| first.iter().filter(|seen| **seen == status).count() * 2;
    assert_eq!(audit["faults"], json!({"drop_before": count(None), "json_500": count(Some(500))}));
    assert_eq!(audit["under_way"], 0);
    client.faults(json!({"random": null})).await;
    for _ in 0..20 {
        balance(&client).await;
    }
}

#[tokio::test]
async fn one_token_expires_and_slow_answers_come() {
    let mut client = Client::signed_in(&[]).await;
    client.faults(json!({"rules": [{"times": 1, "action": "expire"}]})).await;
    assert_eq!(client.refused(401, get("/balance")).await, "Unauthorized");
    client.refused(401, get("/balance")).await;
    client.sign_in().await;
    client.faults(json!({"rules": [{"slow_ms": 80, "action": "slow"}]})).await;
    let before = Instant::now();
    balance(&client).await;
    assert!(before.elapsed() >= Duration::from_millis(80));
}

#[tokio::test]
async fn what_was_begun_is_done_though_the_client_goes_away() {
    let client = Client::signed_in(&[]).await;
    client.faults(json!({"rules": [{"slow_ms": 200, "action": "slow"}]})).await;
    let contact = post("/contacts").form(&[("contact[full_name]", "Ana"), ("contact[email]", "a@b.c")]);
    assert!(tokio::time::timeout(Duration::from_millis(30), client.call(&contact)).await.is_err());
    assert_eq!(client.state().await["audit"]["under_way"], 1);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let state = client.state().await;
    assert_eq!(state["contacts"].as_array().unwrap().len(), 3);
    assert_eq!(state["audit"]["under_way"], 0);
}

#[tokio::test]
async fn the_audit_sees_lost_providers_and_second_charges() {
    let client = Client::signed_in(&["--careless-print"]).await;
    let card = client.card("5802", &[("FULL_NAME", "A")], true).await.to_string();
    let job = client.job(&[("print_job[card_ids]", &format!("[{card}]"))]).await;
    let path = format!("/print_jobs/{job}");
    let patch = |query: &[(&str, &str)]| Call::new("PATCH", format!("{O}{path}")).query(query);
    let provider = ("print_job[shipping_provider_id]", "13");
    client.ok(patch(&[("print_job[number_of_copies]", "2")])).await;
    client.ok(patch(&[("print_job[address_id]", "9301"), provider])).await;
    client.ok(patch(&[provider])).await;
    let audit = client.state().await["audit"].clone();
    assert_eq!((&audit["patches"], &audit["lost_providers"]), (&json!(3), &json!([])), "it had none before");
    client.ok(patch(&[("print_job[number_of_copies]", "1")])).await;
    client.ok(patch(&[provider])).await;

    for _ in 0..2 {
        client.ok(post(&format!("{path}/print"))).await;
    }
    let state = client.state().await;
    let charge = json!({"job": job, "cents": 550 + 1250});
    assert_eq!(state["audit"]["lost_providers"], json!([{"job": job, "shipping_provider_id": 13}]));
    assert_eq!(state["audit"]["charges"], json!([charge, charge]));
    assert_eq!(state["balance_cents"], 25_000 - 2 * 1800);
    client.faults(json!({"careless_print": false})).await;
    assert_eq!(client.refused(400, post(&format!("{path}/print"))).await, "Print job was already submitted");
}

#[tokio::test]
async fn the_log_tells_what_was_sent() {
    let client = Client::signed_in(&[]).await;
    client.card("5801", &[("FULL_NAME", "Ana"), ("PHOTO", &RED_PIXEL.repeat(20))], false).await;
    let requests = client.state().await["requests"].clone();
    let sign_in = &requests[0];
    assert_eq!((&sign_in["had_auth"], &sign_in["status"]), (&json!(false), &json!(200)));
    assert_eq!(sign_in["parts"][1], json!({"name": "password", "value": "[not logged]"}));
    let data = &requests[1]["parts"][1]["value"];
    assert_eq!(data[0]["value"], "Ana");
    assert!(data[1]["value"]["hash"].is_string(), "{data}");
}

#[tokio::test]
async fn cors_is_on_or_off() {
    let client = Client::signed_in(&[]).await;
    let preflight = async || client.call(&Call::new("OPTIONS", format!("{O}/cards"))).await.unwrap();
    let allowed = preflight().await;
    assert_eq!(allowed.header("access-control-allow-origin"), "*");
    assert!(allowed.header("access-control-allow-headers").contains("Authorization"));
    assert!(allowed.header("access-control-allow-methods").contains("PATCH"));
    assert_eq!(client.call(&get("/balance")).await.unwrap().header("access-control-allow-origin"), "*");
    client.faults(json!({"cors": "off"})).await;
    assert!(!preflight().await.headers.contains_key("access-control-allow-origin"));
    assert!(!client.call(&get("/balance")).await.unwrap().headers.contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn files_are_served_as_a_good_host_would() {
    let directory = std::env::temp_dir().join(format!("sandbox-files-{}", std::process::id()));
    let fixtures = directory.join("fixtures");
    std::fs::create_dir_all(&fixtures).unwrap();
    for (name, text) in [("index.html", "<p>page"), ("app.js", "plain"), ("app.js.br", "small"), ("app.wasm", "")] {
        std::fs::write(directory.join(name), text).unwrap();
    }
    std::fs::write(fixtures.join("host.html"), "<p>host").unwrap();
    let site = directory.to_str().unwrap();
    let mounted = format!("/pages={site}/fixtures");
    let client = Client::start(&["--static", site, "--static", &mounted]).await;
    let fetch = async |path: &str, header: (&str, &str)| {
        let request = Request::get(path).header("host", "localhost").header(header.0, header.1);
        client.send(request.body(Full::new(Bytes::new())).unwrap()).await.unwrap()
    };
    let none = ("accept", "*/*");

    let page = fetch("/", none).await;
    assert_eq!((&page.bytes[..], page.header("content-type")), (&b"<p>page"[..], "text/html; charset=utf-8"));
    assert!(page.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval'"));
    assert_eq!(fetch("/", ("if-none-match", page.header("etag"))).await.status, 304);
    assert_eq!(fetch("/app.wasm", none).await.header("content-type"), "application/wasm");
    assert_eq!(&fetch("/app.js", none).await.bytes[..], b"plain");
    let small = fetch("/app.js", ("accept-encoding", "gzip, br")).await;
    assert_eq!((&small.bytes[..], small.header("content-encoding")), (&b"small"[..], "br"));
    assert_eq!(small.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(&fetch("/pages/host.html", none).await.bytes[..], b"<p>host");
    assert_eq!(fetch("/..%2fetc/passwd", none).await.status, 404);
    std::fs::remove_dir_all(&directory).unwrap();
}

#[tokio::test]
async fn what_stands_before_the_server_and_what_is_wrong_with_its_answers() {
    let client = Client::signed_in(&[]).await;
    let rule = |action: Value, path: &str| json!({"match": {"path_contains": path}, "times": 1, "action": action});
    let page =
        |status: u16, name: &str, value: &str| json!({"status": status, "body": "<html>", "headers": {name: value}});
    let rules = [
        rule(page(302, "Location", "/login.html"), "/balance"),
        rule(page(429, "Retry-After", "7"), "/contacts"),
        rule(json!("bad_characters"), "/card_templates"),
        rule(json!("bad_entries"), "/addresses"),
    ];
    client.faults(json!({"rules": rules})).await;
    let redirect = client.call(&get("/balance")).await.unwrap();
    assert_eq!((redirect.status, redirect.header("location")), (302, "/login.html"));
    let busy = client.call(&get("/contacts")).await.unwrap();
    assert_eq!((busy.status, busy.header("retry-after"), busy.header("content-type")), (429, "7", "text/html"));
    let templates = client.call(&get("/card_templates")).await.unwrap();
    assert!(serde_json::from_slice::<Value>(&templates.bytes).is_err());
    assert!(std::str::from_utf8(&templates.bytes).is_err());
    let addresses = client.ok(get("/addresses")).await;
    let count = client.ok(get("/addresses")).await.as_array().unwrap().len();
    assert_eq!(addresses.as_array().unwrap().len(), count + 2);
}

#[tokio::test]
async fn a_slow_uplink() {
    let client = Client::signed_in(&[]).await;
    client.faults(json!({"read_bytes_per_second": 20_000})).await;
    let before = Instant::now();
    client.ok(create_card("5802", &[("FULL_NAME", &"A".repeat(4_000))])).await;
    assert!(before.elapsed() >= Duration::from_millis(190));
}
