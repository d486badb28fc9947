//! A vendor in trouble.

use super::scene;
use crate::common::{Call, O, ROOMY};
use serde_json::json;

#[tokio::test]
async fn the_vendor_in_trouble_is_told_as_that_and_no_page_of_its_goes_through() {
    let scene = scene(ROOMY).await;
    let token = scene.token(json!({"cards": 50})).await;
    let card = scene.card(&token).await;
    for (action, status) in [
        (json!("html_502"), 502),
        (json!("empty_503"), 502),
        (json!("drop_before"), 502),
        (json!({"status": 302, "body": {}, "headers": {"location": "https://evil.example/"}}), 502),
        (json!({"status": 200, "body": "<script>alert(1)</script>"}), 502),
        (json!({"status": 400, "body": {"error": "no"}, "headers": {"set-cookie": "a=b"}}), 400),
    ] {
        let rule = json!({"rules": [{"match": {"method": "GET", "path_contains": "/cards/"}, "action": action}]});
        scene.sandbox("PUT", "faults", &rule).await;
        let reply = scene.call(Call::new("GET", format!("{O}/cards/{card}")).bearer(&token)).await;
        assert_eq!(reply.status, status, "{action}");
        assert!(
            !reply.error().is_empty() && reply.header("location").is_empty() && reply.header("set-cookie").is_empty()
        );
        assert_eq!(reply.header("content-type"), "application/json");
    }
}
