//! A site's own backend, as the examples' pages have it: it says who a visitor is, in a statement that it signs for the gateway, and
//! has the gateway behind a path of its own (`/gateway/`).

use crate::clock::Clock;
use crate::response::{Response, json_response};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use hmac::{Hmac, Mac};
use http_body_util::{BodyExt, Full};
use hyper::StatusCode;
use hyper::header::{self, HeaderValue};
use hyper::http::request::Parts;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use sha2::Sha256;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpStream;

/// The path under which the gateway is.
pub(crate) const PATH: &str = "/gateway/";

/// How long a statement is good, in seconds.
const LIFETIME: u64 = 120;

/// The gateway that the site's visitors have, and the key that it knows the site by.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    gateway: String,
    issuer: String,
    audience: String,
    kid: String,
    secret: String,
}

impl Site {
    /// From what `PUT /__sandbox/site` brings: the gateway as `host:port`, and whose key is which.
    pub(crate) fn read(json: &Value) -> Result<Site, String> {
        let text = |name: &str| json[name].as_str().map(str::to_owned).ok_or(format!("{name} must be a text"));
        Ok(Site {
            gateway: text("gateway")?,
            issuer: text("issuer")?,
            audience: text("audience")?,
            kid: text("kid")?,
            secret: text("secret")?,
        })
    }

    /// A statement with these `claims` for a page of `origin`.
    pub(crate) fn statement(&self, claims: &Value, origin: &str) -> Result<Value, String> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let (now, number) = (Clock::Real.now_ms() / 1000, NUMBER.fetch_add(1, Ordering::Relaxed));
        let mut all: Map<String, Value> = claims.as_object().cloned().unwrap_or_default();
        let own = json!({
            "iss": self.issuer, "aud": self.audience, "origin": origin, "iat": now, "exp": now + LIFETIME,
            "jti": format!("{}-{now}-{number}", std::process::id()),
        });
        all.extend(own.as_object().cloned().unwrap_or_default());
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let head = json!({"alg": "HS256", "typ": "JWT", "kid": self.kid});
        let text = format!("{}.{}", encode(&head), encode(&Value::Object(all)));
        let mut signer = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).map_err(|error| error.to_string())?;
        signer.update(text.as_bytes());
        let signature = BASE64_URL_SAFE_NO_PAD.encode(signer.finalize().into_bytes());
        Ok(json!({"statement": format!("{text}.{signature}")}))
    }
}

/// Hands a request below [`PATH`] on to the gateway.
pub(crate) async fn forward(site: Option<Site>, parts: Parts, body: Bytes) -> Response {
    let answer = match site {
        Some(site) => pass(&site, parts, body).await,
        None => Err("the gateway is not there yet".to_owned()),
    };
    // As a site's own server says it. Why is for whoever has started the sandbox.
    answer.unwrap_or_else(|error| {
        eprintln!("the gateway: {error}");
        json_response(StatusCode::BAD_GATEWAY, &json!({"error": "The gateway does not answer"}))
    })
}

async fn pass(site: &Site, mut parts: Parts, body: Bytes) -> Result<Response, String> {
    let said = |error: &dyn std::error::Error| error.to_string();
    let stream = TcpStream::connect(&site.gateway).await.map_err(|error| said(&error))?;
    let (mut client, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.map_err(|error| said(&error))?;
    tokio::spawn(connection);
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let target = format!("/{}", target.strip_prefix(PATH).unwrap_or_default());
    parts.uri = target.parse().map_err(|_| "not an address".to_owned())?;
    parts.headers.remove(header::CONNECTION);
    parts.headers.remove(header::TRANSFER_ENCODING);
    parts.headers.remove(header::COOKIE);
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    let request = hyper::Request::from_parts(parts, Full::new(body));
    let (mut parts, body) = client.send_request(request).await.map_err(|error| said(&error))?.into_parts();
    let body = body.collect().await.map_err(|error| said(&error))?.to_bytes();
    parts.headers.remove(header::TRANSFER_ENCODING);
    Ok(Response::from_parts(parts, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_has_the_sites_claims_whatever_the_page_wants() {
        let site = json!({"gateway": "127.0.0.1:1", "issuer": "site", "audience": "cards", "kid": "k", "secret": "s"});
        let site = Site::read(&site).expect("it has all");
        let claims = json!({"iss": "somebody", "exp": 1, "cards": 1});
        let signed = site.statement(&claims, "http://127.0.0.1:8").expect("it can be signed");
        let text = signed["statement"].as_str().expect("a text");
        let body = BASE64_URL_SAFE_NO_PAD.decode(text.split('.').nth(1).expect("three parts")).expect("Base64");
        let body: Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!((&body["iss"], &body["aud"], &body["cards"]), (&json!("site"), &json!("cards"), &json!(1)));
        assert!(body["exp"].as_u64() > body["iat"].as_u64() && body["origin"] == "http://127.0.0.1:8");
        assert!(Site::read(&json!({"gateway": "127.0.0.1:1"})).is_err());
    }
}
