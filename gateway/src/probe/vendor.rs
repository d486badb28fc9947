//! The vendor's server, as the probe sees it: every answer whole, with its headers and its time.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use std::time::{Duration, Instant};
use url::Url;

/// A preview may take 40 seconds.
const PATIENCE: Duration = Duration::from_secs(90);
const LARGEST: usize = 64 << 20;
const BOUNDARY: &str = "instant-card-probe-7f1c0a52";

/// The server, and who is signed in there.
pub(super) struct Vendor {
    http: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    base: String,
    token: String,
    organization: String,
}

/// An answer.
#[derive(Debug, Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    pub(super) took: Duration,
}

impl Reply {
    /// The body as JSON; null where it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(super) fn is_ok(&self) -> bool {
        self.status == 200
    }
}

/// What is sent, but for the path.
#[derive(Debug, Default)]
pub(super) struct Ask<'a> {
    pub(super) form: Option<&'a [(&'a str, &'a str)]>,
    pub(super) headers: &'a [(&'a str, &'a str)],
    pub(super) anonymous: bool,
}

impl Vendor {
    pub(super) fn new(base: &Url) -> Result<Vendor, String> {
        let here = matches!(base.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if base.scheme() != "https" && !here {
            return Err("the API's address has to be https: a password goes there".to_owned());
        }
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        let https = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(tcp);
        let http = Client::builder(TokioExecutor::new())
            // Nothing is sent twice, and no connection is kept that could close meanwhile.
            .retry_canceled_requests(false)
            .pool_max_idle_per_host(0)
            .build(https);
        let base = format!("{}/", base.as_str().trim_end_matches('/'));
        Ok(Vendor { http, base, token: String::new(), organization: String::new() })
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    pub(super) fn signed_in(&mut self, token: &str) {
        token.clone_into(&mut self.token);
    }

    pub(super) fn is_of(&mut self, organization: &str) {
        organization.clone_into(&mut self.organization);
    }

    /// A read of something of the organization's; `""` is the organization itself.
    pub(super) async fn get(&self, path: &str) -> Result<Reply, String> {
        self.send(Method::GET, &self.of_organization(path), &Ask::default()).await
    }

    /// The path of something of the organization's.
    pub(super) fn of_organization(&self, path: &str) -> String {
        let slash = if path.is_empty() || path.starts_with('?') { "" } else { "/" };
        format!("organizations/{}{slash}{path}", self.organization)
    }

    pub(super) async fn send(&self, method: Method, path: &str, ask: &Ask<'_>) -> Result<Reply, String> {
        let uri: Uri = format!("{}{path}", self.base).parse().map_err(|error| format!("{path}: {error}"))?;
        let mut request = Request::builder().method(&method).uri(uri).header("accept", "application/json");
        if !ask.anonymous {
            request = request.header("authorization", format!("bearer {}", self.token));
        }
        for (name, value) in ask.headers {
            request = request.header(*name, *value);
        }
        let mut body = String::new();
        if let Some(form) = ask.form {
            request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
            for (name, value) in form {
                body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            }
            body += &format!("--{BOUNDARY}--\r\n");
        }
        let request = request.body(Full::from(body)).map_err(|error| format!("{path}: {error}"))?;
        let began = Instant::now();
        let answer = async {
            let (head, body) = self.http.request(request).await.map_err(|error| reason(&error))?.into_parts();
            let body = Limited::new(body, LARGEST).collect().await.map_err(|error| reason(&*error))?;
            Ok((head, body.to_bytes()))
        };
        let answer: Result<_, String> =
            tokio::time::timeout(PATIENCE, answer).await.map_err(|_| format!("no answer in {PATIENCE:?}"))?;
        let (head, body) = answer.map_err(|error| format!("{method} {path}: {error}"))?;
        Ok(Reply { status: head.status.as_u16(), headers: head.headers, body, took: began.elapsed() })
    }
}

/// An error with what is behind it: the first line says little.
fn reason(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut behind = error.source();
    while let Some(error) = behind {
        words = format!("{words}: {error}");
        behind = error.source();
    }
    words
}
