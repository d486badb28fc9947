//! What the server says by headers, and how long it takes.

use super::evidence::Evidence;
use super::report::Report;
use super::vendor::Reply;
use std::time::Duration;

/// Headers that say nothing of anybody.
const TOLD: [&str; 12] = [
    "server",
    "via",
    "cache-control",
    "vary",
    "allow",
    "retry-after",
    "keep-alive",
    "connection",
    "content-encoding",
    "strict-transport-security",
    "x-frame-options",
    "content-security-policy",
];

/// Tells of CORS, of limits and of times.
pub(super) fn read(seen: &Evidence, report: &mut Report) {
    let (preflight, refused, read) =
        (seen.of("preflight").next(), seen.of("without a token").next(), seen.of("profile").next());
    let cors = match (allowed(preflight), allowed(read)) {
        (Some(_), Some(_)) => "allowed: a browser may call it from there",
        (None, None) => "not allowed: a page needs a proxy or the gateway",
        _ => "half allowed: a browser may not call it",
    };
    report.seen("cors", "whether a page of another origin may use it", read.map(|_| cors));
    let of_refusals =
        allowed(refused).map_or("without CORS headers: a browser cannot read why", |_| "with CORS headers");
    report.seen("cors_of_refusals", "refusals, as a page sees them", refused.map(|_| of_refusals));
    for (what, reply) in [("preflight", preflight), ("without a token", refused), ("an answer", read)] {
        for (name, value) in reply.into_iter().flat_map(|reply| &reply.headers) {
            let name = name.as_str();
            let is_told = TOLD.contains(&name) || name.starts_with("access-control-") || name.contains("ratelimit");
            if let (true, Ok(value)) = (is_told, value.to_str()) {
                report.network.push((format!("{what}: {name}"), value.to_owned()));
            }
        }
        if let Some(reply) = reply {
            report.network.push((format!("{what}: status"), reply.status.to_string()));
        }
    }
    let mut slowest: Vec<(&str, Duration)> = Vec::new();
    for (what, reply) in seen.all() {
        match slowest.iter_mut().find(|(known, _)| known == what) {
            Some((_, took)) => *took = reply.took.max(*took),
            None => slowest.push((what, reply.took)),
        }
    }
    for (what, took) in slowest {
        report.network.push((format!("time: {what}"), format!("{:.2} s", took.as_secs_f64())));
    }
    let busy = seen.all().iter().filter(|(_, reply)| reply.status == 429).count();
    report.network.push(("calls, and of these with 429".to_owned(), format!("{}, {busy}", seen.all().len())));
    for photo in seen.of("draft, with a picture of 400 KB") {
        report.network.push(("a picture of 400 KB in Base64: status".to_owned(), photo.status.to_string()));
    }
}

/// The origin that an answer is for.
fn allowed(reply: Option<&Reply>) -> Option<&str> {
    reply?.headers.get("access-control-allow-origin")?.to_str().ok()
}
