//! Paths, methods, heads and forms that mean something else to somebody else.

use super::{counted, scene};
use crate::common::{Call, O, ROOMY};
use serde_json::json;

#[tokio::test]
async fn tricks_with_paths_and_methods_find_nothing() {
    let scene = scene(ROOMY).await;
    let token = scene.token(json!({})).await;
    let card = scene.card(&token).await;
    let before = scene.asked().await.len();
    for path in [
        format!("{O}/cards/{card}/../../balance"),
        format!("{O}/cards/{card}/..%2f..%2fbalance"),
        format!("{O}/cards/{card}%2fpreview"),
        format!("{O}/cards/%2e%2e/balance"),
        format!("{O}//cards/{card}"),
        format!("/{O}/cards/{card}"),
        format!("{O}/cards/{card}/"),
        format!("{O}/cards/{card};/balance"),
        format!("{O}/cards/0{card}"),
        format!("{O}/cards/{card}%00"),
        "/api/v2/profile/me".to_owned(),
        "/__sandbox/state".to_owned(),
        "/metrics".to_owned(),
        "/".to_owned(),
    ] {
        let reply = scene.call(Call::new("GET", path.clone()).bearer(&token)).await;
        assert_eq!((reply.status, reply.error().as_str()), (404, "Page not found"), "{path}");
    }
    assert_eq!(counted(&scene, "path").await, 14);
    for method in ["PUT", "HEAD", "TRACE", "CONNECT2", "get", "OPTIONS"] {
        let reply = scene.call(Call::new(method, format!("{O}/cards/{card}")).bearer(&token)).await;
        assert_eq!(reply.status, 404, "{method}");
    }
    assert_eq!(counted(&scene, "method").await, 6);
    assert_eq!(scene.asked().await.len(), before);
}

#[tokio::test]
async fn heads_that_two_servers_may_understand_differently_are_refused_and_the_connection_is_closed() {
    let scene = scene(ROOMY).await;
    let token = scene.token(json!({})).await;
    let card = scene.card(&token).await;
    let before = scene.asked().await.len();
    let bearer = format!("authorization: bearer {token}\r\n");
    let inside = format!("GET {O}/cards/{card} HTTP/1.1\r\nhost: a\r\n{bearer}\r\n");
    let long = inside.len();
    let post = format!("POST {O}/cards HTTP/1.1\r\nhost: a\r\n{bearer}");
    for (name, request) in [
        (
            "both lengths",
            format!("{post}content-length: {long}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n{inside}"),
        ),
        (
            "both lengths the other way",
            format!("{post}transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n{inside}"),
        ),
        ("chunked", format!("{post}transfer-encoding: chunked\r\n\r\n0\r\n\r\n{inside}")),
        ("a strange encoding", format!("{post}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n{inside}")),
        ("two lengths", format!("{post}content-length: 0\r\ncontent-length: {long}\r\n\r\n{inside}")),
        ("a length with a sign", format!("{post}content-length: +{long}\r\n\r\n{inside}")),
        ("a space before the colon", format!("{post}content-length : {long}\r\n\r\n{inside}")),
        ("a folded line", format!("{post}x: a\r\n content-length: {long}\r\n\r\n{inside}")),
        ("two hosts", format!("GET /profile/me HTTP/1.1\r\nhost: a\r\nhost: b\r\n{bearer}\r\n{inside}")),
        ("two tokens", format!("GET /profile/me HTTP/1.1\r\nhost: a\r\n{bearer}{bearer}\r\n{inside}")),
        (
            "an absolute address",
            format!("GET http://vendor.example/profile/me HTTP/1.1\r\nhost: a\r\n{bearer}\r\n{inside}"),
        ),
        (
            "another host's address",
            format!("GET //vendor.example/profile/me HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{bearer}\r\n"),
        ),
        ("a tunnel", "CONNECT vendor.example:443 HTTP/1.1\r\nhost: vendor.example\r\n\r\n".to_owned()),
        ("another method inside", format!("{post}x-http-method-override: DELETE\r\ncontent-length: 0\r\n\r\n{inside}")),
        (
            "another path inside",
            format!("GET /healthz HTTP/1.1\r\nhost: a\r\nx-original-url: {O}/balance\r\n\r\n{inside}"),
        ),
        (
            "another protocol",
            format!("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n{inside}"),
        ),
    ] {
        let answer = scene.raw(request.as_bytes()).await;
        let answers = answer.matches("HTTP/1.1 ").count();
        assert!(answers <= 1 && !answer.contains("HTTP/1.1 200"), "{name}: {answer}");
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{name}: {answer}");
    }
    assert_eq!(scene.asked().await.len(), before, "something inside was carried out");
    assert!(counted(&scene, "transfer-encoding").await >= 3);
    assert_eq!((counted(&scene, "target-form").await, counted(&scene, "header-twice").await), (2, 2));
}

#[tokio::test]
async fn forms_with_more_than_they_have_are_refused() {
    let scene = scene(ROOMY).await;
    let token = scene.token(json!({"cards": 20})).await;
    let create = |parts: &[(&str, &str)]| Call::new("POST", format!("{O}/cards")).bearer(&token).form(parts);
    let before = scene.asked().await.len();
    for parts in [
        &[("card[card_template_id]", "5802"), ("card[data]", "[]"), ("card[organization_id]", "1")][..],
        &[("card[card_template_id]", "5802"), ("card[card_template_id]", "5801"), ("card[data]", "[]")],
        &[("card[card_template_id]", "5802\r\nx"), ("card[data]", "[]")],
        &[("card[card_template_id]", "5802")],
        &[("card[data]", "[]")],
    ] {
        assert_eq!(scene.call(create(parts)).await.status, 400, "{parts:?}");
    }
    let json =
        Call::new("POST", format!("{O}/cards")).bearer(&token).header("content-type", "application/json").body("{}");
    assert_eq!(scene.call(json).await.status, 400);
    let query = Call::new("GET", "/profile/me?card[data]=x").bearer(&token);
    assert_eq!(scene.call(query).await.status, 400);
    let long = scene.call(Call::new("GET", format!("/healthz?{}", "x".repeat(5000)))).await;
    assert_eq!((long.status, long.error().as_str()), (400, "The query is too long"));
    assert_eq!(scene.asked().await.len(), before);
}
