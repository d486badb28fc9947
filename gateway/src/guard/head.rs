//! Whether a request's head is what a browser, or an honest server in between, would send. What is not is refused before anything of
//! it is used, and the connection is closed: two servers that understand a head differently are how requests are smuggled.

use crate::answer::Refusal;
use crate::once::{self, Key};
use http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, ORIGIN, TRANSFER_ENCODING, UPGRADE};
use http::request::Parts;
use http::{HeaderMap, HeaderName, StatusCode};
use std::net::IpAddr;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
/// Of these there is one or none; two mean two things to two readers.
const ONCE: [HeaderName; 5] = [AUTHORIZATION, CONTENT_LENGTH, HOST, ORIGIN, HeaderName::from_static("idempotency-key")];
/// They ask a server to take another path or another method than the one that was checked.
const REWRITING: [HeaderName; 5] = [
    HeaderName::from_static("x-http-method-override"),
    HeaderName::from_static("x-http-method"),
    HeaderName::from_static("x-method-override"),
    HeaderName::from_static("x-original-url"),
    HeaderName::from_static("x-rewrite-url"),
];

/// Refuses a head that is not sound.
pub(crate) fn check(parts: &Parts) -> Result<(), Refusal> {
    let wrong = |why, text: &'static str| Err(Refusal::bad_request(why, text).closing());
    if parts.uri.scheme().is_some() || parts.uri.authority().is_some() || !parts.uri.path().starts_with('/') {
        return wrong("target-form", "The request's target must be a path");
    }
    if parts.headers.contains_key(TRANSFER_ENCODING) {
        let text = "The request must say how long it is";
        return Err(Refusal::new(StatusCode::LENGTH_REQUIRED, "transfer-encoding", text).closing());
    }
    if let Some(name) = ONCE.iter().find(|name| parts.headers.get_all(*name).iter().nth(1).is_some()) {
        return wrong("header-twice", if *name == HOST { "Two hosts" } else { "A header was sent twice" });
    }
    if parts.headers.contains_key(UPGRADE) || REWRITING.iter().any(|name| parts.headers.contains_key(name)) {
        return wrong("header", "A header was sent that is not understood here");
    }
    if parts.uri.query().is_some_and(|query| query.len() > 4096) {
        return wrong("query", "The query is too long");
    }
    Ok(())
}

/// The one value of a header, if it is text.
pub(crate) fn text(headers: &HeaderMap, name: impl http::header::AsHeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The token of an `Authorization: bearer TOKEN`.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = text(headers, AUTHORIZATION)?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// Who asks: the other end of the connection, or who that says if it is a proxy of the site's own. The header grows from left to
/// right, so that the last address that no proxy of ours has is the one that was seen, and all before it is what somebody claims.
pub(crate) fn address(peer: IpAddr, headers: &HeaderMap, behind: &[IpAddr]) -> IpAddr {
    if !behind.contains(&peer.to_canonical()) {
        return peer.to_canonical();
    }
    let lines: Vec<&str> = headers.get_all(FORWARDED_FOR).iter().filter_map(|line| line.to_str().ok()).collect();
    let mut seen = peer;
    for entry in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Ok(address) = entry.trim().parse::<IpAddr>() else { break };
        seen = address;
        if !behind.contains(&address.to_canonical()) {
            break;
        }
    }
    seen.to_canonical()
}

/// The `Idempotency-Key`, if there is one.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<Key>, Refusal> {
    let Some(value) = headers.get(once::FIELD) else { return Ok(None) };
    Key::parse(value.as_bytes()).map(Some).map_err(|flaw| Refusal::bad_request("idempotency-key", flaw.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn forwarded(lines: &[&'static str]) -> HeaderMap {
        lines.iter().map(|line| (FORWARDED_FOR, HeaderValue::from_static(line))).collect()
    }

    #[test]
    fn only_a_proxy_of_the_sites_own_is_believed() {
        let behind: Vec<IpAddr> = vec!["127.0.0.1".parse().unwrap(), "10.0.0.2".parse().unwrap()];
        let see =
            |peer: &str, lines: &[&'static str]| address(peer.parse().unwrap(), &forwarded(lines), &behind).to_string();
        assert_eq!(see("203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(see("127.0.0.1", &[]), "127.0.0.1");
        assert_eq!(see("127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(see("127.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(see("127.0.0.1", &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(see("127.0.0.1", &["nonsense"]), "127.0.0.1");
        assert_eq!(see("::ffff:127.0.0.1", &["198.51.100.1"]), "198.51.100.1");
    }
}
