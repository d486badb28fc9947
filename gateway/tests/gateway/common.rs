//! A sandbox with a gateway before it, a site that signs statements, and a client that can be as rude as it likes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use clap::Parser as _;
use http::{HeaderMap, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use instant_card_gateway::config::Config;
use instant_card_gateway::once::Timing;
use instant_card_gateway::store::{Memory, Store};
use instant_card_gateway::{Gateway, start};
use ring::hmac;
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The paths of the vendor's test organization begin with this.
pub(crate) const O: &str = "/organizations/20003827";
/// The pages of the site.
pub(crate) const ORIGIN: &str = "https://www.example.org";
pub(crate) const SECRET: &str = "a secret of at least thirty-two characters";

/// A payment that the sandbox takes.
pub(crate) const FUNDS: [(&str, &str); 11] = [
    ("amount", "17.37"),
    ("number", "4242424242424242"),
    ("exp_month", "06"),
    ("exp_year", "2029"),
    ("cvc", "424"),
    ("full_name", "InstantCard API"),
    ("billing_address1", "418 Highland Rd."),
    ("billing_country", "USA"),
    ("billing_city", "Feasterville"),
    ("billing_state", "PA"),
    ("billing_zip_code", "19053"),
];

const SETTLE: Duration = Duration::from_millis(300);

/// What a test's configuration adds to what all have.
pub(crate) const ROOMY: &str = "
    [limits]
    session = { burst = 100000, per_minute = 100000 }
    address = { burst = 100000, per_minute = 100000 }
    origin = { burst = 100000, per_minute = 100000 }
    signing_in = { burst = 100000, per_minute = 100000 }
";

/// A gateway in front of a sandbox.
pub(crate) struct Scene {
    pub(crate) sandbox: Sandbox,
    pub(crate) gateway: Gateway,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Bytes,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {:?}", self.bytes))
    }

    pub(crate) fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_else(|| panic!("no error: {:?}", self.bytes)).to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request, built up.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Bytes,
}

impl Call {
    pub(crate) fn new(method: &str, path: impl Into<String>) -> Call {
        let headers = vec![("host".to_owned(), "gateway".to_owned()), ("origin".to_owned(), ORIGIN.to_owned())];
        Call { method: method.to_owned(), path: path.into(), headers, body: Bytes::new() }
    }

    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn header(mut self, name: &str, value: impl Into<String>) -> Call {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Call {
        self.headers.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Call {
        self.header("authorization", format!("bearer {token}"))
    }

    pub(crate) fn form(self, parts: &[(&str, &str)]) -> Call {
        let part = |(name, value): &(&str, &str)| {
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let body = format!("{}--edge--\r\n", parts.iter().map(part).collect::<String>());
        self.header("content-type", "multipart/form-data; boundary=edge").body(body)
    }

    pub(crate) fn body(mut self, body: impl Into<Bytes>) -> Call {
        self.body = body.into();
        self
    }
}

fn arguments(more: &[&str]) -> Options {
    Options::parse_from(["sandbox", "--port", "0"].iter().chain(more))
}

/// The configuration of a test, `more` at its end.
pub(crate) fn config(vendor: &str, more: &str) -> Config {
    let text = format!(
        "listen = \"127.0.0.1:0\"
        origins = [\"{ORIGIN}\", \"https://kiosk.example.org\"]
        [vendor]
        base = \"{vendor}api/v2/\"
        organization_id = 20003827
        email = \"api@instantcard.net\"
        [statements]
        audience = \"gateway\"
        [[statements.keys]]
        issuer = \"site\"
        kid = \"one\"
        algorithm = \"HS256\"
        [[statements.keys]]
        issuer = \"site\"
        kid = \"two\"
        algorithm = \"HS256\"
        {more}"
    );
    let environment = |name: &str| match name {
        "INSTANT_CARD_PASSWORD" => Some("instantcardapi".to_owned()),
        "INSTANT_CARD_KEY_ONE" => Some(SECRET.to_owned()),
        "INSTANT_CARD_KEY_TWO" => Some(format!("another {SECRET}")),
        _ => None,
    };
    let mut config = Config::read(&text, &environment).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    // A test has no minute for a vendor to end what it has begun.
    config.timing = Timing { patience: Duration::from_millis(500), settle: SETTLE, ..Timing::default() };
    config
}

impl Scene {
    pub(crate) async fn new(sandbox: &[&str], more: &str) -> Scene {
        Scene::settling(sandbox, more, SETTLE).await
    }

    /// With a vendor that may go on for so long with what was not heard of.
    pub(crate) async fn settling(sandbox: &[&str], more: &str, settle: Duration) -> Scene {
        let sandbox = sandbox::start(arguments(sandbox)).await.unwrap();
        let store = Arc::new(Store::Memory(Memory::default()));
        let mut config = config(&sandbox.url(), more);
        config.timing.settle = settle;
        let gateway = start(config, store).await.unwrap();
        Scene { sandbox, gateway }
    }

    /// How long the vendor may go on with what was not heard of.
    pub(crate) fn settle(&self) -> Duration {
        SETTLE
    }

    /// A request of the gateway.
    pub(crate) async fn call(&self, call: Call) -> Reply {
        send(self.gateway.address(), call).await.unwrap()
    }

    /// The same; it must succeed.
    pub(crate) async fn ok(&self, call: Call) -> Value {
        let said = format!("{} {}", call.method, call.path);
        let reply = self.call(call).await;
        assert_eq!(reply.status, 200, "{said}: {:?}", reply.bytes);
        reply.json()
    }

    /// A session for a statement with these claims beside those that all have.
    pub(crate) async fn session(&self, claims: Value) -> Value {
        self.ok(Call::new("POST", "/session").bearer(&statement(claims))).await
    }

    /// Its token.
    pub(crate) async fn token(&self, claims: Value) -> String {
        self.session(claims).await["token"].as_str().unwrap().to_owned()
    }

    /// A visitor's pass, made in this session.
    pub(crate) async fn card(&self, token: &str) -> u64 {
        self.ok(pass(token, "Ana")).await["id"].as_u64().unwrap()
    }

    /// The same, finalized.
    pub(crate) async fn finalized(&self, token: &str) -> u64 {
        let card = self.card(token).await;
        self.ok(Call::new("PATCH", format!("{O}/cards/{card}/finalize")).bearer(token)).await;
        card
    }

    /// A command of the sandbox's own.
    pub(crate) async fn sandbox(&self, method: &str, command: &str, body: &Value) -> Value {
        let call = Call::new(method, format!("/__sandbox/{command}")).body(body.to_string());
        send(self.sandbox.address(), call).await.unwrap().json()
    }

    /// What the vendor was asked: methods and paths, without signing in.
    pub(crate) async fn asked(&self) -> Vec<String> {
        let state = self.sandbox("GET", "state", &Value::Null).await;
        let requests =
            state["requests"].as_array().unwrap().iter().map(|request| {
                format!("{} {}", request["method"].as_str().unwrap(), request["path"].as_str().unwrap())
            });
        requests.filter(|request| !request.ends_with("/authenticate")).collect()
    }

    /// Bytes as they are, and what comes back until the connection closes.
    pub(crate) async fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.gateway.address()).await.unwrap();
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The gateway's log is the process's, and its numbers its own: what was refused for which reason.
    pub(crate) async fn refusals(&self) -> String {
        let metrics = self.gateway.metrics().unwrap();
        let text = send(metrics, Call::new("GET", "/metrics")).await.unwrap();
        String::from_utf8_lossy(&text.bytes).into_owned()
    }
}

/// Creates a visitor's pass.
pub(crate) fn pass(token: &str, name: &str) -> Call {
    let data = json!([{"token": "FULL_NAME", "label": "Full name", "type": "text", "value": name}]).to_string();
    let parts = [("card[card_template_id]", "5802"), ("card[data]", data.as_str())];
    Call::new("POST", format!("{O}/cards")).bearer(token).form(&parts)
}

/// On a connection of its own.
pub(crate) async fn send(address: SocketAddr, call: Call) -> io::Result<Reply> {
    Line::open(address).await?.send(call).await
}

/// A connection for one call after the other.
pub(crate) struct Line(SendRequest<Full<Bytes>>);

impl Line {
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Line> {
        let stream = TokioIo::new(TcpStream::connect(address).await?);
        let (sender, connection) = hyper::client::conn::http1::handshake(stream).await.map_err(io::Error::other)?;
        tokio::spawn(connection);
        Ok(Line(sender))
    }

    pub(crate) async fn send(&mut self, call: Call) -> io::Result<Reply> {
        self.0.ready().await.map_err(io::Error::other)?;
        let mut request = Request::builder().method(call.method.as_str()).uri(&call.path);
        for (name, value) in &call.headers {
            request = request.header(name, value);
        }
        let answer = self.0.send_request(request.body(Full::new(call.body)).unwrap()).await;
        let (parts, body) = answer.map_err(io::Error::other)?.into_parts();
        let bytes = body.collect().await.map_err(io::Error::other)?.to_bytes();
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, bytes })
    }
}

pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

/// The claims that all statements have, changed: a null takes one out.
pub(crate) fn claims(changes: Value) -> Value {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let id = NEXT.fetch_add(1, Ordering::Relaxed).to_string();
    let mut claims = json!({
        "iss": "site", "aud": "gateway", "origin": ORIGIN, "iat": now(), "exp": now() + 60, "jti": id
    });
    for (name, value) in changes.as_object().cloned().unwrap_or_default() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(&name)),
            value => claims[name] = value,
        }
    }
    claims
}

/// A statement as the site signs it.
pub(crate) fn statement(changes: Value) -> String {
    signed(&json!({"alg": "HS256", "kid": "one", "typ": "JWT"}), &claims(changes), SECRET)
}

/// A token with this head and these claims.
pub(crate) fn signed(head: &Value, claims: &Value, secret: &str) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(head), part(claims));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag))
}
