//! A card into the cart, or ordered: once, whatever is asked how often, and whatever answers are lost.

use crate::common::{Call, O, ROOMY, Scene};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const ORDERS: &str = "[orders]\nshipping_provider_id = 11\n";

const ADDRESS: [(&str, &str); 6] = [
    ("address[contact][full_name]", "Ana Núñez"),
    ("address[address_1]", "418 Highland Rd."),
    ("address[city]", "Feasterville"),
    ("address[state]", "PA"),
    ("address[zip_code]", "19053"),
    ("address[country]", "US"),
];

fn key() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("\"a key of the test {:06}\"", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn order(token: &str, card: u64, key: &str) -> Call {
    let card = card.to_string();
    let mut parts = vec![("card_id", card.as_str())];
    parts.extend(ADDRESS);
    Call::new("POST", "/session/order").bearer(token).header("idempotency-key", key).form(&parts)
}

fn cart(token: &str, card: u64) -> Call {
    let card = card.to_string();
    Call::new("POST", "/session/cart").bearer(token).header("idempotency-key", key()).form(&[("card_id", &card)])
}

async fn to_order(more: &[&str]) -> (Scene, String, u64) {
    let scene = Scene::new(more, &format!("{ORDERS}{ROOMY}")).await;
    let token = scene.token(json!({"ends_with": "order"})).await;
    let card = scene.finalized(&token).await;
    (scene, token, card)
}

/// Charges and jobs, as the sandbox has them.
async fn state(scene: &Scene) -> (usize, Vec<Value>) {
    let state = scene.sandbox("GET", "state", &Value::Null).await;
    (state["audit"]["charges"].as_array().unwrap().len(), state["print_jobs"].as_array().unwrap().clone())
}

#[tokio::test]
async fn an_ordered_card_is_charged_once_whatever_is_asked_how_often() {
    let (scene, token, card) = to_order(&[]).await;
    let first = key();
    assert_eq!(scene.ok(order(&token, card, &first)).await, json!({"result": "done"}));
    let repeated = scene.call(order(&token, card, &first)).await;
    assert_eq!((repeated.json(), repeated.header("idempotent-replayed")), (json!({"result": "done"}), "true"));
    assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "already"}));
    let (charges, jobs) = state(&scene).await;
    assert_eq!((charges, jobs.len()), (1, 1));
    assert_eq!(
        (&jobs[0]["submitted"], &jobs[0]["shipping_provider_id"], &jobs[0]["card_ids"]),
        (&json!(true), &json!(11), &json!([card]))
    );
    assert!(jobs[0]["ship_to"].as_str().unwrap().contains("Feasterville"));
    let data = json!([{"token": "FULL_NAME", "value": "Bo"}]).to_string();
    let changed = Call::new("PATCH", format!("{O}/cards/{card}")).bearer(&token).form(&[("card[data]", &data)]);
    assert_eq!(scene.call(changed).await.status, 400);
}

#[tokio::test]
async fn many_orders_of_one_card_at_once_are_one() {
    let (scene, token, card) = to_order(&["--latency", "20"]).await;
    let calls: Vec<Call> = (0..8).map(|_| order(&token, card, &key())).collect();
    let replies = futures_util::future::join_all(calls.into_iter().map(|call| scene.ok(call))).await;
    assert_eq!(replies.iter().filter(|reply| reply["result"] == "done").count(), 1, "{replies:?}");
    assert!(replies.iter().all(|reply| reply["result"] == "done" || reply["result"] == "already"), "{replies:?}");
    let (charges, jobs) = state(&scene).await;
    assert_eq!((charges, jobs.len()), (1, 1));
}

#[tokio::test]
async fn lost_answers_are_looked_up_and_nothing_is_charged_twice() {
    let places =
        [("POST", "print_jobs", 0), ("POST", "print_jobs/", 0), ("GET", "check_balance", 0), ("GET", "print_jobs/", 1)];
    for (method, path, skip) in places {
        for action in ["drop_after", "drop_before", "cut_after", "html_502"] {
            let (scene, token, card) = to_order(&[]).await;
            let of = json!({"method": method, "path_contains": path});
            let rule = json!({"rules": [{"match": of, "skip": skip, "times": 1, "action": action}]});
            scene.sandbox("PUT", "faults", &rule).await;
            let key = key();
            let mut result = Value::Null;
            for _ in 0..4 {
                let reply = scene.call(order(&token, card, &key)).await;
                result = reply.json()["result"].clone();
                if result == "done" {
                    break;
                }
                tokio::time::sleep(scene.settle()).await;
            }
            let (charges, jobs) = state(&scene).await;
            assert!(charges <= 1, "{method} {path} {action}: {charges} charges");
            assert!(jobs.len() <= 1, "{method} {path} {action}: {} jobs", jobs.len());
            assert_eq!((result, charges), (json!("done"), 1), "{method} {path} {action}");
        }
    }
}

#[tokio::test]
async fn without_the_money_the_card_waits_in_a_job_and_is_ordered_when_there_is_some() {
    for dialect in ["check_balance=honest", "check_balance=always_true"] {
        let (scene, token, card) = to_order(&["--balance", "100", "--dialect", dialect]).await;
        assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "balance-low"}), "{dialect}");
        assert_eq!(state(&scene).await.0, 0);
        scene.sandbox("PUT", "balance", &json!({"cents": 50_000})).await;
        assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "done"}), "{dialect}");
        let (charges, jobs) = state(&scene).await;
        assert_eq!((charges, jobs.len()), (1, 1), "{dialect}");
    }
}

#[tokio::test]
async fn what_became_of_an_order_can_be_asked_for_and_nothing_is_sent_for_it() {
    let (scene, token, card) = to_order(&[]).await;
    let look = |token: &str| Call::new("GET", format!("/session/order/{card}")).bearer(token);
    assert_eq!(scene.ok(look(&token)).await, json!({"result": "open"}));
    let rules = json!({"rules": [
        {"match": {"method": "POST", "path_contains": "/print"}, "skip": 1, "times": 1, "action": "drop_after"},
        {"match": {"method": "GET", "path_contains": "/print_jobs/"}, "skip": 2, "times": 100, "action": "drop_before"},
    ]});
    scene.sandbox("PUT", "faults", &rules).await;
    let reply = scene.call(order(&token, card, &key())).await;
    assert_ne!(reply.json()["result"], "done", "{:?}", reply.bytes);
    assert_eq!(scene.call(look(&token)).await.status, 502);
    scene.sandbox("PUT", "faults", &json!({"rules": []})).await;
    let asked = scene.asked().await.len();
    assert_eq!(scene.ok(look(&token)).await, json!({"result": "done"}));
    assert_eq!(scene.asked().await.len(), asked + 1, "it reads the job");
    assert_eq!(scene.ok(look(&token)).await, json!({"result": "done"}));
    assert_eq!(state(&scene).await.0, 1);
    // Somebody else's does not exist.
    for ends_with in ["order", "cart"] {
        let other = scene.token(json!({"ends_with": ends_with})).await;
        assert_eq!(scene.call(look(&other)).await.status, 404);
    }
}

#[tokio::test]
async fn nobody_is_told_that_it_is_not_ordered_as_long_as_it_may_come_to_be() {
    // Longer than three calls take on any machine.
    let settle = Duration::from_secs(3);
    let scene = Scene::settling(&["--dialect", "check_balance=honest"], &format!("{ORDERS}{ROOMY}"), settle).await;
    let token = scene.token(json!({"ends_with": "order"})).await;
    let card = scene.finalized(&token).await;
    let look = || Call::new("GET", format!("/session/order/{card}")).bearer(&token);
    let of = json!({"method": "POST", "path_contains": "/print"});
    let rule = json!({"rules": [{"match": of, "skip": 1, "times": 1, "action": "drop_before"}]});
    scene.sandbox("PUT", "faults", &rule).await;
    assert_ne!(scene.call(order(&token, card, &key())).await.json()["result"], "done");
    // It would be refused now; what was sent before may have been in time.
    scene.sandbox("PUT", "balance", &json!({"cents": 0})).await;
    assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "unknown"}));
    assert_eq!(scene.ok(look()).await, json!({"result": "unknown"}));
    tokio::time::sleep(settle).await;
    assert_eq!(scene.ok(look()).await, json!({"result": "open"}));
    assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "balance-low"}));
    scene.sandbox("PUT", "balance", &json!({"cents": 50_000})).await;
    assert_eq!(scene.ok(order(&token, card, &key())).await, json!({"result": "done"}));
    let (charges, jobs) = state(&scene).await;
    assert_eq!((charges, jobs.len()), (1, 1));
}

#[tokio::test]
async fn what_a_session_may_not_end_with_it_cannot() {
    let (scene, token, card) = to_order(&[]).await;
    assert_eq!(scene.call(cart(&token, card)).await.status, 404);
    let without_key = order(&token, card, "").without("idempotency-key");
    assert_eq!(scene.call(without_key).await.error(), "Missing header 'Idempotency-Key'");
    let finalized = scene.token(json!({"ends_with": "finalized"})).await;
    let theirs = scene.finalized(&finalized).await;
    assert_eq!(scene.call(order(&finalized, theirs, &key())).await.status, 404);
    let other = scene.token(json!({"ends_with": "order"})).await;
    assert_eq!(scene.call(order(&other, card, &key())).await.error(), "Card not found");
    let draft = scene.card(&other).await;
    // The gateway says so itself, and does not leave it to the vendor.
    assert_eq!(scene.call(order(&other, draft, &key())).await.error(), "The card must be finalized first");
    assert_eq!(state(&scene).await, (0, Vec::new()));
}

#[tokio::test]
async fn a_card_is_in_the_cart_once_in_every_dialect() {
    for dialects in [
        &["add_cards=doubles", "job_cards=cards"][..],
        &["add_cards=once", "job_extras=extract", "list_order=unordered"],
        &["create_job=requires", "job_status=number", "status_filter=ignored"],
    ] {
        let arguments: Vec<&str> = dialects.iter().flat_map(|dialect| ["--dialect", dialect]).collect();
        let scene = Scene::new(&arguments, ROOMY).await;
        let mut cards = Vec::new();
        for _ in 0..3 {
            let token = scene.token(json!({"ends_with": "cart"})).await;
            let card = scene.finalized(&token).await;
            assert_eq!(scene.ok(cart(&token, card)).await, json!({"result": "done"}), "{dialects:?}");
            assert_eq!(scene.ok(cart(&token, card)).await, json!({"result": "already"}), "{dialects:?}");
            cards.push(json!(card));
        }
        let (charges, jobs) = state(&scene).await;
        assert_eq!((charges, jobs.len(), &jobs[0]["card_ids"]), (0, 1, &json!(cards)), "{dialects:?}");
    }
}

#[tokio::test]
async fn the_cart_is_not_somebodys_order_and_lost_answers_leave_a_card_in_it_once() {
    let (scene, buyer, theirs) = to_order(&["--balance", "100"]).await;
    assert_eq!(scene.ok(order(&buyer, theirs, &key())).await, json!({"result": "balance-low"}));
    for (path, action) in [("print_jobs", "drop_after"), ("add_cards", "drop_after"), ("add_cards", "html_502")] {
        let token = scene.token(json!({"ends_with": "cart"})).await;
        let card = scene.finalized(&token).await;
        let of = json!({"method": "POST", "path_contains": path});
        let rule = json!({"rules": [{"match": of, "times": 1, "action": action}]});
        scene.sandbox("PUT", "faults", &rule).await;
        let reply = scene.ok(cart(&token, card)).await;
        scene.sandbox("PUT", "faults", &json!({"rules": []})).await;
        let (_, jobs) = state(&scene).await;
        let places =
            jobs.iter().flat_map(|job| job["card_ids"].as_array().unwrap()).filter(|id| **id == json!(card)).count();
        assert_eq!(places, usize::from(reply["result"] == "done"), "{path} {action}: {reply} {jobs:?}");
        assert!(jobs.iter().any(|job| job["card_ids"] == json!([theirs])), "{jobs:?}");
    }
}

#[tokio::test]
async fn what_was_charged_is_compared_and_a_second_charge_is_told() {
    let more = format!("{ORDERS}{ROOMY}\n[watch]\nmetrics = \"127.0.0.1:0\"\n");
    let scene = Scene::new(&[], &more).await;
    let token = scene.token(json!({"ends_with": "order"})).await;
    let card = scene.finalized(&token).await;
    scene.ok(order(&token, card, &key())).await;
    // Somebody else submits the job once more, as a careless server lets them.
    let (_, jobs) = state(&scene).await;
    let vendor = scene.sandbox("POST", "token", &Value::Null).await["token"].as_str().unwrap().to_owned();
    let print = Call::new("POST", format!("/api/v2{O}/print_jobs/{}/print", jobs[0]["id"])).bearer(&vendor);
    crate::common::send(scene.sandbox.address(), print).await.unwrap();
    assert_eq!(state(&scene).await.0, 2);
    for _ in 0..60 {
        if scene.refusals().await.contains("verdict=\"charged-twice\"} 1") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("nothing was told: {}", scene.refusals().await);
}
