//! Too much, too many, too slow.

use super::{counted, scene};
use crate::common::{Call, Line, O, ROOMY, Scene, pass, statement};
use serde_json::json;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn bodies_are_as_large_as_their_operation_needs() {
    let scene = scene(ROOMY).await;
    let token = scene.token(json!({"ends_with": "cart"})).await;
    let large = vec![b'a'; 10 * 1024 * 1024];
    let card = scene.card(&token).await;
    for call in [
        pass(&token, "Ana").body(large.clone()),
        Call::new("PATCH", format!("{O}/cards/{card}")).bearer(&token).body(large.clone()),
        Call::new("POST", "/session").bearer(&statement(json!({}))).body(large.clone()),
        Call::new("POST", "/session/cart").bearer(&token).body(vec![b'a'; 40_000]),
        Call::new("GET", "/profile/me").bearer(&token).body("{}"),
        Call::new("DELETE", format!("{O}/cards/{card}")).bearer(&token).body("x"),
    ] {
        let shown = format!("{call:.80?}");
        // Or it is closed while the rest is still being sent.
        if let Ok(reply) = crate::common::send(scene.gateway.address(), call).await {
            assert_eq!((reply.status, reply.error().as_str()), (413, "The request is too large"), "{shown}");
        }
    }
    assert_eq!(counted(&scene, "body-too-large").await, 6);
}

#[tokio::test]
async fn who_sends_a_byte_a_second_is_not_waited_for() {
    let more = format!("{ROOMY}\nhead_seconds = 1\nbody_seconds = 1\n");
    let scene = scene(&more).await;
    let token = scene.token(json!({})).await;
    let started = std::time::Instant::now();
    let slow = async |head: String| {
        let mut stream = TcpStream::connect(scene.gateway.address()).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let (mut read, mut write) = stream.split();
        let reading = read.read_to_string(&mut answer);
        let writing = async {
            loop {
                tokio::time::sleep(Duration::from_millis(400)).await;
                if write.write_all(b"x").await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! { _ = reading => {}, () = writing => {} }
        answer
    };
    let head = slow("GET /healthz HTTP/1.1\r\nhost: a\r\nx-slow: ".to_owned());
    let body = slow(format!(
        "POST {O}/cards HTTP/1.1\r\nhost: a\r\nauthorization: bearer {token}\r\ncontent-length: 100\r\n\r\n"
    ));
    let both = async { tokio::join!(head, body) };
    let (head, body) = tokio::time::timeout(Duration::from_secs(20), both).await.unwrap();
    assert!(!head.contains(" 200 "), "{head}");
    assert!(body.starts_with("HTTP/1.1 408"), "{body}");
    assert!(started.elapsed() < Duration::from_secs(6));
    assert_eq!(counted(&scene, "body-too-slow").await, 1);
    assert_eq!(scene.call(Call::new("GET", "/healthz")).await.status, 200);
}

#[tokio::test]
async fn who_does_not_read_is_not_waited_for() {
    let scene = scene(&format!("{ROOMY}\nreading_seconds = 1\n")).await;
    let mut stream = TcpStream::connect(scene.gateway.address()).await.unwrap();
    let request = "GET /openapi.json HTTP/1.1\r\nhost: a\r\n\r\n".repeat(50);
    // More answers than the system takes in for who does not read them.
    let asking = async { while stream.write_all(request.as_bytes()).await.is_ok() {} };
    assert!(tokio::time::timeout(Duration::from_secs(60), asking).await.is_ok(), "it goes on listening");
}

#[tokio::test]
async fn one_address_and_the_pages_of_one_origin_may_ask_so_often_and_no_more() {
    let few = "{ burst = 3, per_minute = 1 }";
    for (limit, reason) in [("address", "too-many-from-address"), ("origin", "too-many-from-origin")] {
        let more = ROOMY.lines().filter(|line| !line.trim().starts_with(limit)).collect::<Vec<_>>().join("\n");
        let scene = scene(&format!("{more}\n{limit} = {few}\n")).await;
        let health = || Call::new("GET", "/healthz");
        for _ in 0..3 {
            assert_eq!(scene.call(health()).await.status, 200);
        }
        let refused = scene.call(health()).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, "60"), "{reason}");
        assert_eq!(counted(&scene, reason).await, 1);
        // Whoever comes from no page is no page's crowd.
        let status = scene.call(health().without("origin")).await.status;
        assert_eq!(status, if limit == "origin" { 200 } else { 429 });
    }
}

#[tokio::test]
async fn ten_thousand_sessions_are_too_many_for_one_address_and_no_burden_otherwise() {
    let few = scene("[limits]\nsigning_in = { burst = 30, per_minute = 30 }\n").await;
    let begin = async |scene: &Scene, times: usize| {
        let line = async || {
            let mut line = Line::open(scene.gateway.address()).await.unwrap();
            let mut begun = 0;
            for _ in 0..times / 50 {
                let begin = Call::new("POST", "/session").bearer(&statement(json!({})));
                begun += usize::from(line.send(begin).await.unwrap().status == 200);
            }
            begun
        };
        futures_util::future::join_all((0..50).map(|_| line())).await.into_iter().sum::<usize>()
    };
    let begun = begin(&few, 200).await;
    assert!((30..40).contains(&begun), "{begun}");
    let many = scene(ROOMY).await;
    assert_eq!(begin(&many, 10_000).await, 10_000);
    let token = many.token(json!({})).await;
    assert_eq!(many.call(pass(&token, "Ana")).await.status, 200);
}
