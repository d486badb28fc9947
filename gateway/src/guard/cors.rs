//! Which pages may talk to the gateway: those of the origins in the configuration, exactly. Nothing of what a page says is repeated
//! unless it is one of them, and no cookie is ever asked for.

use crate::answer::{Answer, Refusal};
use bytes::Bytes;
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue, VARY};
use http::{HeaderMap, StatusCode};

/// How long a browser may remember what a preflight was answered; Chromium keeps no more than two hours.
const REMEMBERED: &str = "7200";
const METHODS: &str = "GET, POST, PATCH, DELETE";
const HEADERS: &str = "authorization, content-type, idempotency-key";

/// The page's origin, where the browser names it: one of the configuration's, or the request is refused. Browsers name none for
/// reads on the page's own origin.
pub(crate) fn origin<'a>(headers: &HeaderMap, origins: &'a [String]) -> Result<Option<&'a str>, Refusal> {
    let Some(given) = headers.get(http::header::ORIGIN) else { return Ok(None) };
    let known = origins.iter().find(|origin| origin.as_bytes() == given.as_bytes());
    let refused = || Refusal::new(StatusCode::FORBIDDEN, "origin", "This page may not use the gateway");
    known.map(|origin| Some(origin.as_str())).ok_or_else(refused)
}

/// The answer to a preflight. It is the same for every path, so that it tells nothing.
pub(crate) fn preflight() -> Answer {
    let headers = [
        ("access-control-allow-methods", METHODS),
        ("access-control-allow-headers", HEADERS),
        ("access-control-max-age", REMEMBERED),
    ];
    let headers = headers.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Answer { status: 204, headers, body: Bytes::new() }
}

/// Lets a page of this origin read the answer, and when it may come back.
pub(crate) fn allow(headers: &mut HeaderMap, origin: Option<&str>) {
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_one_of_the_list_to_the_letter() {
        let origins = vec!["https://www.example.org".to_owned()];
        let ask = |given: &'static str| {
            let headers = [(http::header::ORIGIN, HeaderValue::from_static(given))].into_iter().collect();
            origin(&headers, &origins)
                .map(|origin| origin.map(str::to_owned))
                .map_err(|refusal| refusal.status.as_u16())
        };
        assert_eq!(ask("https://www.example.org"), Ok(Some(origins[0].clone())));
        for other in [
            "https://www.example.org.evil.example",
            "https://example.org",
            "http://www.example.org",
            "https://www.example.org:8443",
            "https://WWW.example.org",
            "null",
            "*",
            "",
        ] {
            assert_eq!(ask(other), Err(403), "{other}");
        }
        assert_eq!(origin(&HeaderMap::new(), &origins).ok(), Some(None));
    }
}
