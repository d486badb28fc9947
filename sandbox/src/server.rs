//! The way of a request through the sandbox: who answers it, what goes wrong with it, what is written down about it.

use crate::cli::Options;
use crate::error::{Answer, ApiError};
use crate::faults::{Action, Named, Rule};
use crate::form::{BODY_LIMIT, Params};
use crate::store::World;
use crate::{admin, auth, files, router, seed};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tower::ServiceExt as _;

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// How the sandbox was started; a reset goes back to it.
    pub(crate) options: Options,
    world: Mutex<World>,
}

impl Shared {
    /// The state, for as long as the guard lives. Never held across an `await`.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The shared state as handlers get it.
pub(crate) type App = Arc<Shared>;

/// A running sandbox. Dropping it leaves it running; [`Sandbox::stop`] ends it.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Where it listens, e.g. `http://127.0.0.1:8787/`.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until the process ends.
    pub async fn run(self) {
        let _ = self.task.await;
    }

    /// Stops listening.
    pub fn stop(&self) {
        self.task.abort();
    }
}

/// Starts a sandbox in the background.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn start(options: Options) -> io::Result<Sandbox> {
    let listener = TcpListener::bind((options.host.as_str(), options.port)).await?;
    let address = listener.local_addr()?;
    let world = Mutex::new(seed::world(&options));
    let app = Arc::new(Shared { options, world });
    let routes = router::routes(Arc::clone(&app));
    let task = tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(serve(stream, Arc::clone(&app), routes.clone()))),
                // Out of file descriptors, for example: it passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    });
    Ok(Sandbox { address, task })
}

async fn serve(stream: TcpStream, app: App, routes: Router) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
        let (app, routes) = (Arc::clone(&app), routes.clone());
        async move {
            let (mut parts, body) = request.into_parts();
            let body = match Limited::new(body, BODY_LIMIT).collect().await {
                Ok(body) => body.to_bytes(),
                Err(_) => return Ok(StatusCode::PAYLOAD_TOO_LARGE.into_response()),
            };
            // hyper leaves the body of the answer out by itself.
            if parts.method == Method::HEAD {
                parts.method = Method::GET;
            }
            // In a task of its own: a server goes on with what it has begun when the client goes away.
            let work = tokio::spawn(async move { respond(&app, routes, parts, body).await });
            work.await.unwrap_or(Err(Dropped))
        }
    });
    // A browser repeats a request by itself when a connection that it used before closes without an answer. One
    // connection per request keeps a dropped request dropped.
    let connection =
        hyper::server::conn::http1::Builder::new().keep_alive(false).serve_connection(TokioIo::new(stream), service);
    let _ = connection.await;
}

/// The connection is to be closed without an answer. hyper does that when a service fails.
#[derive(Debug)]
struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped on request")
    }
}

impl std::error::Error for Dropped {}

async fn respond(app: &App, routes: Router, parts: Parts, body: Bytes) -> Result<Response, Dropped> {
    let path = parts.uri.path().to_owned();
    if let Some(command) = path.strip_prefix("/__sandbox/") {
        let response = match parts.method {
            Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
            ref method => admin::respond(app, method, command, &body),
        };
        return Ok(with_cors(response));
    }
    if path.starts_with("/api/") || path.starts_with("/files/") {
        return api(app, routes, parts, body, &path).await;
    }
    let rule = app.world().faults.strike(parts.method.as_str(), &path);
    match rule.as_ref().map(|rule| before(&rule.action)) {
        Some(Before::Drop) => Err(Dropped),
        Some(Before::Hang) => std::future::pending().await,
        Some(Before::Answer(response)) => Ok(response),
        _ => Ok(files::respond(&app.options, &parts.method, &path, &parts.headers).await),
    }
}

async fn api(app: &App, routes: Router, parts: Parts, body: Bytes, path: &str) -> Result<Response, Dropped> {
    if parts.method == Method::OPTIONS {
        let response = StatusCode::NO_CONTENT.into_response();
        return Ok(if app.world().faults.cors { with_cors(response) } else { response });
    }
    let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    let mut params = Params::read(parts.uri.query().unwrap_or_default(), text(header::CONTENT_TYPE), body).await;
    params.base = format!("http://{}", text(header::HOST));

    let method = parts.method.as_str();
    let (number, rule, latency, cors) = {
        let mut world = app.world();
        let had_auth = parts.headers.contains_key(header::AUTHORIZATION);
        let number = world.journal.begin(method, path, had_auth, &params);
        let rule = world.faults.strike(method, path);
        rule.iter().for_each(|rule| world.audit.struck(&rule.action));
        world.audit.under_way += 1;
        (number, rule, world.faults.latency_ms, world.faults.cors)
    };
    let fault = rule.as_ref().map(|rule| format!("{:?}", rule.action));
    let half = Duration::from_millis(rule.as_ref().map_or(0, |rule| rule.slow_ms) / 2);
    let wait = Duration::from_millis(latency) + half;
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    let done = |status: Option<StatusCode>| {
        let mut world = app.world();
        world.journal.done(number, status.map(|status| status.as_u16()), fault.clone());
        world.audit.under_way = world.audit.under_way.saturating_sub(1);
    };

    let struck = rule.as_ref().map_or(Before::Nothing, |rule| before(&rule.action));
    let response = match struck {
        Before::Drop => {
            done(None);
            return Err(Dropped);
        }
        Before::Hang => {
            done(None);
            std::future::pending().await
        }
        Before::Answer(response) => response,
        Before::Nothing => {
            if rule.as_ref().is_some_and(|rule| rule.action == Action::Named(Named::Expire)) {
                auth::expire(&mut app.world(), &parts.headers);
            }
            answer(app, routes, parts, params, path).await
        }
    };
    if !half.is_zero() {
        tokio::time::sleep(half).await;
    }
    let response = match rule.as_ref().map(|rule| &rule.action) {
        Some(Action::Named(Named::DropAfter)) => {
            done(None);
            return Err(Dropped);
        }
        Some(Action::Named(Named::GarbageJson)) => cut_off(response).await,
        _ => response,
    };
    done(Some(response.status()));
    let cors = cors && rule.is_none_or(|rule: Rule| rule.cors);
    Ok(if cors { with_cors(response) } else { response })
}

/// Carries the request out and words the result in the present dialect.
async fn answer(app: &App, routes: Router, parts: Parts, params: Params, path: &str) -> Response {
    let gate = auth::gate(&mut app.world(), &parts.headers, path);
    let mut response = match gate {
        Err(error) => error.into_response(),
        Ok(()) => {
            let mut request = Request::from_parts(parts, Body::empty());
            request.extensions_mut().insert(params);
            routes.oneshot(request).await.unwrap_or_else(|never| match never {})
        }
    };
    let dialect = &app.world().dialect;
    let json = match (response.extensions_mut().remove::<Answer>(), response.extensions_mut().remove::<ApiError>()) {
        (Some(Answer(value)), _) => dialect.finish(value),
        (_, Some(error)) => dialect.error(&error.texts),
        _ if response.status() == StatusCode::METHOD_NOT_ALLOWED => dialect.error(&["Method not allowed".to_owned()]),
        _ => return response,
    };
    json_response(response.status(), &json)
}

pub(crate) fn json_response(status: StatusCode, json: &Value) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, json.to_string()).into_response()
}

/// What a fault does before the API is asked.
enum Before {
    Nothing,
    Drop,
    Hang,
    Answer(Response),
}

fn before(action: &Action) -> Before {
    const GATEWAY_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
        <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    let html = [(header::CONTENT_TYPE, "text/html")];
    Before::Answer(match action {
        Action::Named(Named::DropAfter | Named::GarbageJson | Named::Expire | Named::Slow) => return Before::Nothing,
        Action::Named(Named::DropBefore) => return Before::Drop,
        Action::Named(Named::Hang) => return Before::Hang,
        Action::Named(Named::Html502) => (StatusCode::BAD_GATEWAY, html, GATEWAY_PAGE).into_response(),
        Action::Named(Named::Empty503) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Action::Named(Named::Json500) => {
            json_response(StatusCode::INTERNAL_SERVER_ERROR, &json!({"error": "Internal Server Error"}))
        }
        Action::Named(Named::Error400List) => json_response(
            StatusCode::BAD_REQUEST,
            &json!({"error": ["The request was refused", "by a fault of the sandbox"]}),
        ),
        Action::Answer { status, body } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            match body {
                Value::Null => status.into_response(),
                Value::String(text) => (status, html, text.clone()).into_response(),
                json => json_response(status, json),
            }
        }
    })
}

/// Leaves the first half of an answer, and never something that is JSON after all.
async fn cut_off(response: Response) -> Response {
    let bytes = response.into_body().collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let mut half = bytes.slice(..bytes.len() / 2).to_vec();
    half.extend_from_slice(b"{\"");
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], half).into_response()
}

/// Lets every page on every origin read the answer.
fn with_cors(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if response.status() == StatusCode::NO_CONTENT {
        let headers = response.headers_mut();
        let methods = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE, OPTIONS");
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Authorization, Content-Type"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    }
    response
}
