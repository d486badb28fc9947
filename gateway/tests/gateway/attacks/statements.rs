//! Statements and sessions that do not hold, and pages of other origins.

use super::{counted, scene};
use crate::common::{Call, O, ORIGIN, ROOMY, SECRET, claims, now, signed, statement};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn statements_that_do_not_hold_begin_no_session() {
    let scene = scene(ROOMY).await;
    let begin = |statement: &str| Call::new("POST", "/session").bearer(statement);
    let head = json!({"alg": "HS256", "kid": "one"});
    let unsigned = |alg: &str| {
        let token = signed(&json!({"alg": alg, "kid": "one"}), &claims(json!({})), SECRET);
        format!("{}.", token.rsplit_once('.').unwrap().0)
    };
    for (statement, reason) in [
        (statement(json!({"exp": now() - 100, "iat": now() - 160})), "statement-expired"),
        (statement(json!({"iat": now() + 100, "exp": now() + 160})), "statement-future"),
        (statement(json!({"exp": now() + 100_000})), "statement-too-long"),
        (unsigned("none"), "statement-algorithm"),
        (unsigned("HS256"), "statement-signature"),
        (signed(&head, &claims(json!({})), "a wrong secret of thirty-two characters"), "statement-signature"),
        (signed(&json!({"alg": "HS256", "kid": "two"}), &claims(json!({})), SECRET), "statement-signature"),
        (signed(&json!({"alg": "HS256", "kid": "three"}), &claims(json!({})), SECRET), "statement-unknown-key"),
        (signed(&json!({"alg": "HS256"}), &claims(json!({})), SECRET), "statement-unknown-key"),
        (statement(json!({"origin": "https://evil.example"})), "statement-origin"),
        (statement(json!({"origin": null})), "statement-claim"),
        (statement(json!({"aud": "another"})), "statement-audience"),
        (statement(json!({"iss": "another"})), "statement-issuer"),
        (statement(json!({"jti": null})), "statement-claim"),
        (statement(json!({"mode": "portal"})), "statement-claim"),
        ("nonsense".to_owned(), "statement-malformed"),
        ("a.b.c".to_owned(), "statement-malformed"),
    ] {
        let was = counted(&scene, reason).await;
        assert_eq!(scene.call(begin(&statement)).await.status, 401, "{reason}");
        assert_eq!(counted(&scene, reason).await, was + 1, "{reason}");
    }
    let good = statement(json!({}));
    // A page of another allowed origin brings it, or one that says nothing of itself.
    let elsewhere = begin(&good).header("origin", "https://kiosk.example.org");
    assert_eq!(scene.call(elsewhere).await.status, 401);
    assert_eq!(scene.call(begin(&good).without("origin")).await.status, 401);
    assert_eq!(scene.call(begin(&good)).await.status, 200);
    assert_eq!(scene.call(begin(&good)).await.error(), "The statement was used before");
    let rotated = signed(&json!({"alg": "HS256", "kid": "two"}), &claims(json!({})), &format!("another {SECRET}"));
    assert_eq!(scene.call(begin(&rotated)).await.status, 200);
    assert_eq!(scene.call(Call::new("POST", "/session")).await.status, 401);
    assert_eq!(scene.asked().await, Vec::<String>::new());
}

#[tokio::test]
async fn sessions_that_are_not_are_nothing_and_one_is_of_one_origin() {
    let scene = scene("[sessions]\nlifetime_seconds = 3\n").await;
    let token = scene.token(json!({})).await;
    let profile = |token: &str| Call::new("GET", "/profile/me").bearer(token);
    assert_eq!(scene.call(profile(&token)).await.status, 200);
    assert_eq!(scene.call(profile(&token).header("origin", "https://kiosk.example.org")).await.status, 401);
    // One in sixteen ends with an A itself.
    let (rest, last) = token.split_at(token.len() - 1);
    let other = if last == "A" { "E" } else { "A" };
    assert_eq!(scene.call(profile(&format!("{rest}{other}"))).await.status, 401);
    assert_eq!(scene.call(profile("icg_")).await.status, 401);
    assert_eq!(scene.call(Call::new("GET", "/profile/me")).await.status, 401);
    tokio::time::sleep(Duration::from_millis(4100)).await;
    assert_eq!(scene.call(profile(&token)).await.status, 401);
}

#[tokio::test]
async fn pages_of_other_origins_are_refused_and_those_of_the_sites_own_hear_when_to_come_back() {
    let more = "[limits]\nsession = { burst = 3, per_minute = 6 }\n";
    let scene = scene(more).await;
    let token = scene.token(json!({})).await;
    for origin in ["https://evil.example", "null", "https://www.example.org.evil.example", "http://www.example.org"] {
        let reply = scene.call(Call::new("GET", "/profile/me").bearer(&token).header("origin", origin)).await;
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (403, ""), "{origin}");
        let asks = Call::new("OPTIONS", format!("{O}/cards")).header("origin", origin);
        let reply = scene.call(asks.header("access-control-request-method", "POST")).await;
        assert_eq!((reply.status, reply.header("access-control-allow-origin")), (403, ""), "{origin}");
    }
    assert_eq!(counted(&scene, "origin").await, 8);
    let preflight = Call::new("OPTIONS", format!("{O}/cards")).header("access-control-request-method", "POST");
    let reply = scene.call(preflight).await;
    assert_eq!((reply.status, reply.header("access-control-allow-origin")), (204, ORIGIN));
    assert_eq!(reply.header("access-control-allow-headers"), "authorization, content-type, idempotency-key");
    assert_eq!(
        (reply.header("access-control-max-age"), reply.header("access-control-allow-credentials")),
        ("7200", "")
    );
    let mut last = None;
    for _ in 0..4 {
        last = Some(scene.call(Call::new("GET", "/profile/me").bearer(&token)).await);
    }
    let reply = last.unwrap();
    assert_eq!((reply.status, reply.header("retry-after"), reply.error().as_str()), (429, "10", "Too many requests"));
    assert_eq!(reply.header("access-control-expose-headers"), "retry-after");
    assert_eq!((reply.header("cache-control"), reply.header("vary")), ("no-store", "origin"));
    assert_eq!(counted(&scene, "too-many-from-session").await, 1);
}
