//! What is somebody else's, another template, another caller's key.

use super::{counted, scene};
use crate::common::{Call, O, ROOMY, pass};
use serde_json::{Value, json};

#[tokio::test]
async fn what_is_somebody_elses_does_not_exist() {
    let scene = scene(ROOMY).await;
    let mine = scene.token(json!({"sub": "ana"})).await;
    let theirs = scene.token(json!({"sub": "bo"})).await;
    let their_card = scene.card(&theirs).await;
    let state = scene.sandbox("GET", "state", &Value::Null).await;
    let staffs = state["cards"][0]["id"].as_u64().unwrap();
    let data = [("card[data]", "[]")];
    for card in [their_card, staffs, 99_999_999] {
        let path = format!("{O}/cards/{card}");
        for call in [
            Call::new("GET", path.clone()),
            Call::new("GET", format!("{path}/preview")),
            Call::new("PATCH", path.clone()).form(&data),
            Call::new("PATCH", format!("{path}/finalize")),
            Call::new("DELETE", path.clone()),
        ] {
            let reply = scene.call(call.clone().bearer(&mine)).await;
            assert_eq!((reply.status, reply.error().as_str()), (404, "Card not found"), "{call:?}");
        }
    }
    assert_eq!(counted(&scene, "card-of-somebody-else").await, 15);
    for path in [
        format!("{O}/cards"),
        format!("{O}/cards?page=1&page_size=100"),
        format!("{O}/cards/search?term=a"),
        format!("{O}/cards/{their_card}/print_history"),
        O.to_owned(),
        format!("{O}/balance"),
        format!("{O}/financial_transactions"),
        format!("{O}/print_jobs"),
        format!("{O}/print_jobs/73001"),
        format!("{O}/print_jobs/73001/charge_details"),
        format!("{O}/shipping_providers"),
        format!("{O}/addresses"),
        format!("{O}/contacts"),
    ] {
        let reply = scene.call(Call::new("GET", path.clone()).bearer(&mine)).await;
        assert_eq!((reply.status, reply.error().as_str()), (404, "Page not found"), "{path}");
    }
    for (method, path) in [
        ("POST", format!("{O}/add_funds")),
        ("POST", format!("{O}/print_jobs")),
        ("POST", format!("{O}/print_jobs/73001/print")),
        ("POST", format!("{O}/print_jobs/73001/add_cards")),
        ("POST", format!("{O}/addresses")),
        ("DELETE", format!("{O}/contacts/1")),
    ] {
        assert_eq!(scene.call(Call::new(method, path.clone()).bearer(&mine)).await.status, 404, "{path}");
    }
    assert_eq!(counted(&scene, "not-a-sessions").await, 19);
    for path in [
        "/organizations/20003828/card_templates",
        "/organizations/1/cards/1",
        "/organizations/1/card_templates/5802/fields",
    ] {
        let reply = scene.call(Call::new("GET", path).bearer(&mine)).await;
        assert_eq!((reply.status, reply.error().as_str()), (404, "Organization not found"), "{path}");
    }
    let asked = scene.asked().await;
    let own: Vec<_> = asked.iter().filter(|asked| !asked.ends_with("/cards") && !asked.ends_with("/fields")).collect();
    assert!(own.is_empty(), "the vendor was asked: {own:?}");
    assert!(asked.iter().all(|asked| asked != &format!("GET /api/v2{O}/cards")), "{asked:?}");
}

#[tokio::test]
async fn another_template_than_the_statements_is_not_there() {
    let scene = scene("").await;
    let token = scene.token(json!({"template_id": 5802})).await;
    let fields = Call::new("GET", format!("{O}/card_templates/5801/fields")).bearer(&token);
    assert_eq!(scene.call(fields).await.status, 404);
    let parts = [("card[card_template_id]", "5801"), ("card[data]", "[]")];
    let reply = scene.call(Call::new("POST", format!("{O}/cards")).bearer(&token).form(&parts)).await;
    assert_eq!((reply.status, reply.error().as_str()), (400, "Card template not found"));
}

#[tokio::test]
async fn keys_that_are_none_and_keys_of_others_are_of_no_use() {
    let scene = scene(ROOMY).await;
    let [mine, theirs] = [scene.token(json!({"cards": 5})).await, scene.token(json!({"cards": 5})).await];
    let key = "\"the key of somebody else\"";
    let first = scene.ok(pass(&theirs, "Secret name").header("idempotency-key", key)).await;
    // The same key of another caller is another key: it tells nothing of theirs.
    let forged = scene.ok(pass(&mine, "Secret name").header("idempotency-key", key)).await;
    assert_ne!(first["id"], forged["id"]);
    assert_eq!(scene.call(pass(&mine, "Another").header("idempotency-key", key)).await.status, 422);
    for wrong in ["\"short\"", "", "\"unended key of enough signs", "\"a key of the test\"; \"x\"", &"x".repeat(9000)] {
        let reply = scene.call(pass(&mine, "Ana").header("idempotency-key", wrong)).await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
}
