//! A request of the API over HTTP: what the network does to it on its way in and out, what is written down about it, and
//! the previews, which are drawn where nobody waits for the world.

use crate::action::{Action, Named, Rule};
use crate::api::{self, Reply, Request};
use crate::cut::{Dropped, Outgoing, cut_short, whole};
use crate::response::{JSON, Response, empty, json_response, json_text, with_body, with_cors};
use crate::state::Shared;
use crate::traffic::sameness;
use crate::{multipart, render};
use bytes::Bytes;
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode, Uri};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// Answers a request of the API, or what the network makes of it.
pub(crate) async fn respond(app: &Shared, parts: &Parts, body: Bytes) -> Outgoing {
    if parts.method == Method::OPTIONS {
        let response = empty(StatusCode::NO_CONTENT);
        return whole(if app.state().faults.cors { with_cors(response) } else { response });
    }
    let (method, path) = (parts.method.as_str(), parts.uri.path());
    let sameness = sameness(method, &parts.uri.to_string(), &body);
    let query = parts.uri.query().unwrap_or_default();
    let mut params = multipart::read(query, text(&parts.headers, header::CONTENT_TYPE), body).await;
    params.base = format!("http://{}", text(&parts.headers, header::HOST)).into();

    let (number, rule, latency, cors) = {
        let state = &mut *app.state();
        let had_auth = parts.headers.contains_key(header::AUTHORIZATION);
        let number = state.journal.begin(method, path, had_auth, &params);
        let rule = state.faults.strike(method, target(&parts.uri));
        state.traffic.begin(method, path, sameness);
        rule.iter().for_each(|rule| state.traffic.struck(&rule.action));
        (number, rule, state.faults.latency_ms, state.faults.cors)
    };
    let cors = cors && rule.as_ref().is_none_or(|rule| rule.cors);
    let allow_cors = |response| if cors { with_cors(response) } else { response };
    let fault = rule.as_ref().map(|rule| format!("{:?}", rule.action));
    let half = Duration::from_millis(rule.as_ref().map_or(0, |rule| rule.slow_ms) / 2);
    sleep(Duration::from_millis(latency) + half).await;
    let done = |status: Option<StatusCode>| {
        let state = &mut *app.state();
        state.journal.done(number, status.map(|status| status.as_u16()), fault.clone());
        state.traffic.end(sameness, status.is_some());
    };

    let response = match rule.as_ref().map_or(Before::Nothing, |rule| before(&rule.action)) {
        Before::Drop => {
            done(None);
            return Err(Dropped);
        }
        Before::Cut(response) => {
            done(None);
            return cut_short(allow_cors(response));
        }
        Before::Hang => {
            done(None);
            std::future::pending().await
        }
        Before::Answer(response) => response,
        Before::Nothing => {
            let token = bearer(&parts.headers);
            if let (Some(token), Some(Named::Expire)) = (token, named(rule.as_ref())) {
                app.state().world.tokens.remove(token);
            }
            answer(app, &Request { method, path, token, params: &params }).await
        }
    };
    sleep(half).await;
    let response = match named(rule.as_ref()) {
        Some(Named::DropAfter) => {
            done(None);
            return Err(Dropped);
        }
        Some(Named::CutAfter) => {
            done(None);
            return cut_short(allow_cors(response));
        }
        Some(Named::GarbageJson) => garbage(&response),
        Some(named @ (Named::BadCharacters | Named::BadEntries)) => spoilt(named, &response),
        _ => response,
    };
    done(Some(response.status()));
    whole(allow_cors(response))
}

/// What a request asks for: the path with its query.
pub(crate) fn target(uri: &Uri) -> &str {
    uri.path_and_query().map_or("", |target| target.as_str())
}

async fn sleep(time: Duration) {
    if !time.is_zero() {
        tokio::time::sleep(time).await;
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn named(rule: Option<&Rule>) -> Option<Named> {
    match rule?.action {
        Action::Named(named) => Some(named),
        Action::Answer { .. } => None,
    }
}

/// The token that a request brings.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Carries the request out.
async fn answer(app: &Shared, request: &Request<'_>) -> Response {
    let reply = api::answer(&mut app.state().world, request);
    match reply {
        Reply::Json { status, body } => {
            let mut response = json_text(StatusCode::from_u16(status).unwrap_or_default(), body);
            if let (405, Ok(allowed)) = (status, HeaderValue::from_str(&api::allowed(request.path))) {
                response.headers_mut().insert(header::ALLOW, allowed);
            }
            response
        }
        Reply::Picture { mime, bytes } => with_body(StatusCode::OK, mime, bytes),
        Reply::Draw(drawing) => {
            let delay = app.state().faults.preview_delay_ms;
            sleep(Duration::from_millis(delay)).await;
            let sides = match &drawing.template {
                Some(template) if drawing.available => {
                    let (card, template) = (Arc::clone(&drawing.card), Arc::clone(template));
                    let draw = move || render::preview(&card, &template);
                    tokio::task::spawn_blocking(draw).await.ok().flatten()
                }
                _ => None,
            };
            let sides = sides.as_ref().map(|(front, back)| (front.as_str(), back.as_str()));
            let body = api::drawn(&app.state().world, &drawing, sides);
            json_text(StatusCode::OK, body)
        }
    }
}

/// What a fault does before the API is asked.
pub(crate) enum Before {
    Nothing,
    Drop,
    Hang,
    Cut(Response),
    Answer(Response),
}

pub(crate) fn before(action: &Action) -> Before {
    const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
        <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    const HTML: &str = "text/html";
    Before::Answer(match action {
        Action::Named(
            Named::DropAfter
            | Named::CutAfter
            | Named::GarbageJson
            | Named::BadCharacters
            | Named::BadEntries
            | Named::Expire
            | Named::Slow,
        ) => {
            return Before::Nothing;
        }
        Action::Named(Named::DropBefore) => return Before::Drop,
        // What it would have been, nobody learns.
        Action::Named(Named::CutBefore) => return Before::Cut(json_response(StatusCode::OK, &json!({"id": 0}))),
        Action::Named(Named::Hang) => return Before::Hang,
        Action::Named(Named::Html502) => with_body(StatusCode::BAD_GATEWAY, HTML, GATEWAY_PAGE),
        Action::Named(Named::Empty503) => empty(StatusCode::SERVICE_UNAVAILABLE),
        Action::Named(Named::Json500) => {
            json_response(StatusCode::INTERNAL_SERVER_ERROR, &json!({"error": "Internal Server Error"}))
        }
        Action::Named(Named::Error400List) => json_response(
            StatusCode::BAD_REQUEST,
            &json!({"error": ["The request was refused", "by a fault of the sandbox"]}),
        ),
        Action::Answer { status, body, headers } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let mut response = match body {
                Value::Null => empty(status),
                Value::String(text) => with_body(status, HTML, text.clone()),
                json => json_response(status, json),
            };
            for (name, value) in headers {
                if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
    })
}

/// Puts what is wrong with it into an answer that is otherwise as it was.
fn spoilt(how: Named, response: &Response) -> Response {
    let mut body = response.body().to_vec();
    let find = |mark: &str| body.windows(mark.len()).position(|part| part == mark.as_bytes()).map(|at| at + mark.len());
    match how {
        Named::BadCharacters => {
            let names = ["\"name\":\"", "\"value\":\"", "\"description\":\"", "\"label\":\"", "\"full_name\":\""];
            if let Some(at) = names.iter().find_map(|name| find(name)) {
                body.splice(at..at, *b"\\ud83d\t\x01\xff");
            }
        }
        _ if body.starts_with(b"[") => {
            let entries: &[u8] = if body == b"[]" { b"null" } else { b"null,{\"name\":\"nobody\"}," };
            body.splice(1..1, entries.iter().copied());
        }
        _ => {}
    }
    with_body(response.status(), JSON, body)
}

/// Leaves the first half of an answer, and never something that is JSON after all.
fn garbage(response: &Response) -> Response {
    let body = response.body();
    let mut half = body.slice(..body.len() / 2).to_vec();
    half.extend_from_slice(b"{\"");
    with_body(StatusCode::OK, JSON, half)
}
