//! Connections: that they are kept, and the ways in which they end. Read as bytes, since a client would hide most of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helper fails by panicking")]

mod common;

use common::{Call, Client, O};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// A connection that stays.
struct Wire(TcpStream);

impl Wire {
    async fn open(client: &Client) -> Self {
        Self(TcpStream::connect(client.sandbox.address()).await.unwrap())
    }

    async fn send(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.unwrap();
    }

    /// Head and body of an answer, as long as its `content-length` says.
    async fn answer(&mut self) -> (String, String) {
        let mut read = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&read).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n")
                && body.len() == length(head)
            {
                return (head.to_owned(), body.to_owned());
            }
            assert_ne!(self.0.read_buf(&mut read).await.unwrap(), 0, "closed after {text:?}");
        }
    }

    /// Everything until the connection closes.
    async fn rest(&mut self) -> String {
        let mut read = Vec::new();
        self.0.read_to_end(&mut read).await.unwrap();
        String::from_utf8(read).unwrap()
    }
}

fn length(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    line.unwrap_or_else(|| panic!("no length in {head}")).parse().unwrap()
}

fn get(client: &Client, path: &str) -> String {
    let token = client.token.as_deref().unwrap();
    format!("GET /api/v2{O}{path} HTTP/1.1\r\nhost: localhost\r\nauthorization: bearer {token}\r\n\r\n")
}

/// A POST that makes a contact.
fn post(client: &Client) -> String {
    let token = client.token.as_deref().unwrap();
    let mut body = String::new();
    for (name, value) in [("contact[full_name]", "Ana"), ("contact[email]", "a@b.c")] {
        body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--edge--\r\n";
    format!(
        "POST /api/v2{O}/contacts HTTP/1.1\r\nhost: localhost\r\nauthorization: bearer {token}\r\ncontent-type: \
        multipart/form-data; boundary=edge\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn contacts(client: &Client) -> usize {
    client.state().await["contacts"].as_array().unwrap().len()
}

async fn strike(client: &Client, action: &str) {
    let rule = json!({"match": {"path_contains": "/contacts"}, "times": 1, "action": action});
    client.faults(json!({"rules": [rule]})).await;
}

#[tokio::test]
async fn one_connection_carries_many_requests() {
    let client = Client::signed_in(&[]).await;
    let mut wire = Wire::open(&client).await;
    for path in ["/balance", "/card_templates", "/nothing", "/balance"] {
        wire.send(&get(&client, path)).await;
        let (head, body) = wire.answer().await;
        assert!(head.starts_with(if path == "/nothing" { "HTTP/1.1 404" } else { "HTTP/1.1 200" }), "{head}");
        assert!(!head.contains("connection: close"));
        serde_json::from_str::<Value>(&body).unwrap();
    }
    wire.send("GET /__sandbox/health HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert_eq!(wire.answer().await.1, r#"{"ok":true}"#);
    client.sandbox.stop();
    assert_eq!(wire.rest().await, "", "the end of the sandbox is the connection's");
}

#[tokio::test]
async fn what_is_dropped_ends_without_a_byte() {
    let client = Client::signed_in(&[]).await;
    for (action, made) in [("drop_before", 0), ("drop_after", 1)] {
        strike(&client, action).await;
        let before = contacts(&client).await;
        let mut wire = Wire::open(&client).await;
        wire.send(&get(&client, "/balance")).await;
        wire.answer().await;
        wire.send(&post(&client)).await;
        assert_eq!(wire.rest().await, "", "{action}");
        assert_eq!(contacts(&client).await - before, made, "{action}");
    }
}

#[tokio::test]
async fn what_is_cut_ends_in_the_middle_of_its_answer() {
    let client = Client::signed_in(&[]).await;
    for (action, made) in [("cut_before", 0), ("cut_after", 1)] {
        strike(&client, action).await;
        let before = contacts(&client).await;
        let mut wire = Wire::open(&client).await;
        wire.send(&get(&client, "/balance")).await;
        wire.answer().await;
        wire.send(&post(&client)).await;
        let rest = wire.rest().await;
        let (head, body) = rest.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200") && head.contains("access-control-allow-origin: *"), "{head}");
        assert!(head.contains("transfer-encoding: chunked") && body.contains('{'), "{action}: {rest}");
        assert!(!body.contains("0\r\n\r\n"), "the end never comes: {rest}");
        assert_eq!(contacts(&client).await - before, made, "{action}");
        // A client sees a call that failed.
        strike(&client, action).await;
        assert!(client.call(&Call::new("GET", format!("{O}/contacts"))).await.is_err());
    }
    client.faults(json!({"cors": "off", "rules": [{"action": "cut_after"}]})).await;
    let mut wire = Wire::open(&client).await;
    wire.send(&get(&client, "/balance")).await;
    assert!(!wire.rest().await.contains("access-control"));
    let log = client.state().await["requests"].clone();
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((&last["status"], &last["fault"]), (&Value::Null, &json!("Named(CutAfter)")));
}

#[tokio::test]
async fn repeats_to_the_letter_are_counted() {
    let client = Client::signed_in(&[]).await;
    let mut wire = Wire::open(&client).await;
    let again = post(&client);
    // Answered, so that sending it again is the client's own wish.
    wire.send(&again).await;
    wire.answer().await;
    strike(&client, "drop_after").await;
    wire.send(&again).await;
    assert_eq!(wire.rest().await, "");
    assert_eq!(client.state().await["audit"]["repeats"], json!({}));
    let mut wire = Wire::open(&client).await;
    for _ in 0..2 {
        wire.send(&again).await;
        wire.answer().await;
    }
    let path = format!("POST /api/v2{O}/contacts");
    assert_eq!(client.state().await["audit"]["repeats"], json!({ path: 1 }));
}

#[tokio::test]
async fn a_method_that_a_path_does_not_take_is_told_which_it_takes() {
    let client = Client::signed_in(&[]).await;
    let reply = client.call(&Call::new("PUT", format!("{O}/cards"))).await.unwrap();
    assert_eq!((reply.status, reply.header("allow")), (405, "POST, GET"));
}
