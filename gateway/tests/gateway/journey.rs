//! What a session may do, from the statement to the finalized card.

use crate::common::{Call, O, Scene, pass};
use serde_json::json;

#[tokio::test]
async fn a_visitor_makes_a_card_looks_at_it_corrects_it_and_finalizes_it() {
    let scene = Scene::new(&[], "").await;
    let begun = scene.session(json!({"sub": "ana", "template_id": 5802, "prefill": {"HOST": "Bo"}})).await;
    assert_eq!(begun["organization_id"], 20_003_827);
    assert_eq!(
        (&begun["mode"], &begun["ends_with"], &begun["cards"]),
        (&json!("request"), &json!("finalized"), &json!(1))
    );
    assert_eq!(begun["prefill"], json!({"HOST": "Bo"}));
    let token = begun["token"].as_str().unwrap();

    let profile = scene.ok(Call::new("GET", "/profile/me").bearer(token)).await;
    assert_eq!(profile["organization"]["id"], 20_003_827);
    assert!(!profile.to_string().contains('@'), "the account is nobody's to see: {profile}");
    let templates = scene.ok(Call::new("GET", format!("{O}/card_templates")).bearer(token)).await;
    assert_eq!(templates.as_array().unwrap().len(), 1);
    let fields = scene.ok(Call::new("GET", format!("{O}/card_templates/5802/fields")).bearer(token)).await;
    assert_eq!(fields[0]["token"], "FULL_NAME");

    let card = scene.card(token).await;
    let path = format!("{O}/cards/{card}");
    let data = json!([{"token": "FULL_NAME", "value": "Ana Núñez"}]).to_string();
    scene.ok(Call::new("PATCH", path.clone()).bearer(token).form(&[("card[data]", &data)])).await;
    let shown = scene.ok(Call::new("GET", path.clone()).bearer(token)).await;
    assert_eq!(shown["data"][0]["value"], "Ana Núñez");
    let preview = scene.ok(Call::new("GET", format!("{path}/preview")).bearer(token)).await;
    assert_eq!(preview["preview_available"], true);
    scene.ok(Call::new("PATCH", format!("{path}/finalize")).bearer(token)).await;

    let once_more = scene.call(pass(token, "Bo")).await;
    assert_eq!((once_more.status, once_more.error()), (400, "No more cards can be made here".to_owned()));
}

#[tokio::test]
async fn a_draft_that_is_deleted_does_not_count_and_a_finalized_card_is_not_deleted() {
    let scene = Scene::new(&[], "").await;
    let token = scene.token(json!({})).await;
    let card = scene.card(&token).await;
    scene.ok(Call::new("DELETE", format!("{O}/cards/{card}")).bearer(&token)).await;
    let card = scene.finalized(&token).await;
    let refused = scene.call(Call::new("DELETE", format!("{O}/cards/{card}")).bearer(&token)).await;
    assert_eq!((refused.status, refused.error()), (404, "Card not found".to_owned()));
}

#[tokio::test]
async fn what_is_to_stay_a_draft_is_not_finalized() {
    let scene = Scene::new(&[], "").await;
    let token = scene.token(json!({"ends_with": "draft"})).await;
    let card = scene.card(&token).await;
    let finalize = Call::new("PATCH", format!("{O}/cards/{card}/finalize")).bearer(&token);
    assert_eq!(scene.call(finalize).await.status, 404);
    let state = scene.sandbox("GET", "state", &json!(null)).await;
    assert_eq!(state["cards"][0]["finalized"], false);
}

#[tokio::test]
async fn a_new_statement_of_the_same_visitor_opens_their_cards_and_counts_them() {
    let scene = Scene::new(&[], "").await;
    let first = scene.token(json!({"sub": "ana"})).await;
    let card = scene.card(&first).await;
    let second = scene.token(json!({"sub": "ana"})).await;
    scene.ok(Call::new("GET", format!("{O}/cards/{card}")).bearer(&second)).await;
    assert_eq!(scene.call(pass(&second, "Ana")).await.status, 400);
    let other = scene.token(json!({"sub": "bo"})).await;
    assert_eq!(scene.call(Call::new("GET", format!("{O}/cards/{card}")).bearer(&other)).await.status, 404);
}

#[tokio::test]
async fn locked_values_are_the_sites_whatever_the_browser_sends() {
    let scene = Scene::new(&[], "").await;
    let token = scene.token(json!({"locked": {"COMPANY": "Example Ltd"}})).await;
    let data = json!([{"token": "FULL_NAME", "value": "Ana"}, {"token": "COMPANY", "value": "Evil Inc"}]).to_string();
    let parts = [("card[card_template_id]", "5802"), ("card[data]", data.as_str())];
    let card = scene.ok(Call::new("POST", format!("{O}/cards")).bearer(&token).form(&parts)).await;
    assert_eq!(card["data"][1]["value"], "Example Ltd");
    let path = format!("{O}/cards/{}", card["id"]);
    let changed = scene.ok(Call::new("PATCH", path).bearer(&token).form(&[("card[data]", &data)])).await;
    assert_eq!(changed["data"][1]["value"], "Example Ltd");
}

#[tokio::test]
async fn a_card_that_the_site_names_is_theirs_to_correct_and_not_to_delete() {
    let scene = Scene::new(&["--cards", "3"], "").await;
    let state = scene.sandbox("GET", "state", &json!(null)).await;
    let card = state["cards"][0]["id"].as_u64().unwrap();
    let token = scene.token(json!({"card_id": card, "cards": 1})).await;
    let path = format!("{O}/cards/{card}");
    let data = json!([{"token": "FULL_NAME", "value": "Renamed"}]).to_string();
    scene.ok(Call::new("PATCH", path.clone()).bearer(&token).form(&[("card[data]", &data)])).await;
    assert_eq!(scene.call(Call::new("DELETE", path).bearer(&token)).await.status, 404);
}

#[tokio::test]
async fn the_account_is_signed_in_once_for_many_who_wait_and_again_when_its_token_is_refused() {
    let scene = Scene::new(&["--latency", "50"], crate::common::ROOMY).await;
    let mut tokens = Vec::new();
    for _ in 0..20 {
        tokens.push(scene.token(json!({})).await);
    }
    let signed_in = async || {
        let state = scene.sandbox("GET", "state", &json!(null)).await;
        let requests = state["requests"].as_array().unwrap().clone();
        requests.iter().filter(|request| request["path"] == "/api/v2/authenticate").count()
    };
    let make = || futures_util::future::join_all(tokens.iter().map(|token| scene.call(pass(token, "Ana"))));
    assert!(make().await.iter().all(|reply| reply.status == 200));
    assert_eq!(signed_in().await, 1);
    scene.sandbox("POST", "expire_tokens", &json!(null)).await;
    let reads = tokens.iter().map(|token| scene.call(Call::new("GET", "/profile/me").bearer(token)));
    assert!(futures_util::future::join_all(reads).await.iter().all(|reply| reply.status == 200));
    // What is remembered asks nobody: a write does.
    let delete = scene.call(pass(&scene.token(json!({})).await, "Bo")).await;
    assert_eq!(delete.status, 200);
    assert_eq!(signed_in().await, 2);
}

#[tokio::test]
async fn health_readiness_and_metrics_are_told() {
    let scene = Scene::new(&[], "[watch]\nmetrics = \"127.0.0.1:0\"").await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(scene.ok(Call::new("GET", path).without("origin")).await, json!({"ok": true}));
    }
    let described = scene.ok(Call::new("GET", "/openapi.json").without("origin")).await;
    assert_eq!(described["openapi"], "3.1.0");
    let metrics = scene.refusals().await;
    assert!(metrics.contains("instant_card_gateway_requests_total{operation=\"ready\",status=\"200\"} 1"), "{metrics}");
    scene.sandbox.stop();
}
