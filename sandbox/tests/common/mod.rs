//! A client for the tests: plain HTTP over hyper, which shows a dropped connection as the error that it is.
#![allow(dead_code, reason = "each test binary uses its own part of this")]

use base64::Engine as _;
use bytes::Bytes;
use clap::Parser as _;
use http_body_util::{BodyExt as _, Full};
use hyper::{HeaderMap, Method, Request};
use hyper_util::rt::TokioIo;
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};

/// The paths of the vendor's test organization begin with this.
pub(crate) const O: &str = "/organizations/20003827";

/// A running sandbox and, once signed in, a token.
pub(crate) struct Client {
    pub(crate) sandbox: Sandbox,
    pub(crate) token: Option<String>,
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

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request for [`Client::call`], below `/api/v2`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) form: Option<Vec<(String, String)>>,
    pub(crate) anonymous: bool,
}

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn owned(pairs: Pairs<'_>) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Call {
    pub(crate) fn new(method: &str, path: impl Into<String>) -> Self {
        Self { method: method.parse().unwrap(), path: path.into(), ..Self::default() }
    }

    pub(crate) fn query(mut self, pairs: Pairs<'_>) -> Self {
        self.query = owned(pairs);
        self
    }

    pub(crate) fn form(mut self, pairs: Pairs<'_>) -> Self {
        self.form = Some(owned(pairs));
        self
    }

    pub(crate) fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }
}

impl Client {
    /// Starts a sandbox on a free port, with more arguments if need be.
    pub(crate) async fn start(arguments: &[&str]) -> Self {
        let all = ["sandbox", "--port", "0"].iter().chain(arguments);
        let sandbox = sandbox::start(Options::parse_from(all)).await.unwrap();
        Self { sandbox, token: None }
    }

    /// Starts a sandbox and signs in.
    pub(crate) async fn signed_in(arguments: &[&str]) -> Self {
        let mut client = Self::start(arguments).await;
        client.sign_in().await;
        client
    }

    pub(crate) async fn sign_in(&mut self) {
        let form = [("email", "api@instantcard.net"), ("password", "instantcardapi")];
        let reply = self.call(&Call::new("POST", "/authenticate").form(&form)).await.unwrap().json();
        let token = reply["auth_token"].as_str().or(reply["token"].as_str());
        self.token = Some(token.unwrap().to_owned());
    }

    /// Any request at all.
    pub(crate) async fn send(&self, request: Request<Full<Bytes>>) -> Result<Reply, hyper::Error> {
        let stream = tokio::net::TcpStream::connect(self.sandbox.address()).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let bytes = body.collect().await?.to_bytes();
        Ok(Reply { status: parts.status.as_u16(), headers: parts.headers, bytes })
    }

    /// A request of the API.
    pub(crate) async fn call(&self, call: &Call) -> Result<Reply, hyper::Error> {
        let mut uri = format!("/api/v2{}", call.path);
        if !call.query.is_empty() {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&call.query).finish();
            uri = format!("{uri}?{query}");
        }
        let mut request = Request::builder().method(&call.method).uri(uri).header("host", "localhost");
        if let Some(token) = self.token.as_ref().filter(|_| !call.anonymous) {
            request = request.header("authorization", format!("bearer {token}"));
        }
        let mut body = String::new();
        if let Some(form) = &call.form {
            request = request.header("content-type", "multipart/form-data; boundary=edge");
            for (name, value) in form {
                body += &format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            }
            body += "--edge--\r\n";
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    /// A request that must succeed; its JSON.
    pub(crate) async fn ok(&self, call: Call) -> Value {
        let reply = self.call(&call).await.unwrap();
        assert_eq!(reply.status, 200, "{call:?}: {:?}", reply.bytes);
        reply.json()
    }

    /// A request that must be refused; the words.
    pub(crate) async fn refused(&self, status: u16, call: Call) -> String {
        let reply = self.call(&call).await.unwrap();
        assert_eq!(reply.status, status, "{call:?}: {:?}", reply.bytes);
        reply.json()["error"].as_str().unwrap().to_owned()
    }

    /// A request of the admin path.
    pub(crate) async fn admin(&self, method: &str, command: &str, body: Value) -> Value {
        let request =
            Request::builder().method(method).uri(format!("/__sandbox/{command}")).header("host", "localhost");
        let reply = self.send(request.body(body.to_string().into()).unwrap()).await.unwrap();
        assert_eq!(reply.status, 200, "{command}: {:?}", reply.bytes);
        reply.json()
    }

    pub(crate) async fn faults(&self, faults: Value) {
        self.admin("PUT", "faults", faults).await;
    }

    pub(crate) async fn state(&self) -> Value {
        self.admin("GET", "state", Value::Null).await
    }

    /// A card of a template, with data by token.
    pub(crate) async fn card(&self, template: &str, data: &[(&str, &str)], finalized: bool) -> u64 {
        let card = self.ok(create_card(template, data)).await;
        let id = number(&card["id"]);
        if finalized {
            self.ok(Call::new("PATCH", format!("{O}/cards/{id}/finalize"))).await;
        }
        id
    }

    /// A print job.
    pub(crate) async fn job(&self, form: Pairs<'_>) -> u64 {
        number(&self.ok(Call::new("POST", format!("{O}/print_jobs")).form(form)).await["id"])
    }
}

pub(crate) fn create_card(template: &str, data: &[(&str, &str)]) -> Call {
    let data: Vec<_> = data
        .iter()
        .map(|(token, value)| json!({"token": token, "label": "", "type": "text", "value": value}))
        .collect();
    Call::new("POST", format!("{O}/cards"))
        .form(&[("card[card_template_id]", template), ("card[data]", &json!(data).to_string())])
}

/// An id, whichever way it is spelled.
pub(crate) fn number(value: &Value) -> u64 {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).unwrap_or_else(|| panic!("{value} is no id"))
}

/// The size of a PNG in Base64.
pub(crate) fn png_size(picture: &Value) -> (u32, u32) {
    let bytes = base64::engine::general_purpose::STANDARD.decode(picture.as_str().unwrap()).unwrap();
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

/// A PNG of one red pixel.
pub(crate) const RED_PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/// The vendor's test payment card.
pub(crate) fn payment<'a>(change: Pairs<'a>) -> Vec<(&'a str, &'a str)> {
    let card = [
        ("amount", "17,000.37"),
        ("number", "4242424242424242"),
        ("exp_month", "06"),
        ("exp_year", "2029"),
        ("cvc", "424"),
        ("full_name", "InstantCard API"),
        ("billing_address1", "418 Highland Rd."),
        ("billing_address2", ""),
        ("billing_country", "USA"),
        ("billing_city", "Feasterville"),
        ("billing_state", "PA"),
        ("billing_zip_code", "19053"),
    ];
    let changed = |name: &str| change.iter().find(|(changed, _)| *changed == name).map(|(_, value)| *value);
    card.into_iter().map(|(name, value)| (name, changed(name).unwrap_or(value))).collect()
}
