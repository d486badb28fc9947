//! Listens, reads requests, and passes them on: to the API (`exchange`), to `admin`, or to the files beside them.

use crate::action::{Action, Named};
use crate::cut::{Dropped, Outgoing, cut_short, whole};
use crate::exchange::{self, Before, before};
use crate::multipart::BODY_LIMIT;
use crate::options::Options;
use crate::response::{empty, with_cors};
use crate::state::Shared;
use crate::{admin, files, site};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Limited};
use hyper::body::Incoming;
use hyper::header::ORIGIN;
use hyper::http::request::Parts;
use hyper::service::service_fn;
use hyper::{Method, StatusCode};
use hyper_util::rt::TokioIo;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

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

    /// Stops listening, and closes the connections that clients keep.
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
    let app = Arc::new(Shared::new(options));
    let task = tokio::spawn(async move {
        // They end with this task.
        let mut connections = JoinSet::new();
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(connections.spawn(serve(stream, Arc::clone(&app)))),
                // Out of file descriptors, for example: it passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
            while connections.try_join_next().is_some() {}
        }
    });
    Ok(Sandbox { address, task })
}

/// Serves a connection for as long as the client keeps it, as real servers do: what browsers do by themselves with a kept
/// connection that closes is then seen here too.
async fn serve(stream: TcpStream, app: Arc<Shared>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let app = Arc::clone(&app);
        async move {
            let (mut parts, body) = request.into_parts();
            let is_api = parts.uri.path().starts_with("/api/");
            let pace = app.state().faults.read_bytes_per_second.filter(|_| is_api);
            let Some(body) = read(body, pace).await else {
                return whole(empty(StatusCode::PAYLOAD_TOO_LARGE));
            };
            // hyper leaves the body of the answer out by itself.
            if parts.method == Method::HEAD {
                parts.method = Method::GET;
            }
            // In a task of its own: a server goes on with what it has begun when the client goes away.
            let work = tokio::spawn(async move { respond(&app, parts, body).await });
            work.await.unwrap_or(Err(Dropped))
        }
    });
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

/// A request's body; none where it is too large. At a `pace`, no more than so many bytes a second.
async fn read(body: Incoming, pace: Option<u64>) -> Option<Bytes> {
    let mut body = Limited::new(body, BODY_LIMIT);
    let mut whole = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.ok()?.into_data() else { continue };
        if let Some(pace) = pace {
            tokio::time::sleep(Duration::from_millis(data.len() as u64 * 1000 / pace)).await;
        }
        whole.extend_from_slice(&data);
    }
    Some(whole.into())
}

async fn respond(app: &Shared, parts: Parts, body: Bytes) -> Outgoing {
    let path = parts.uri.path();
    if let Some(command) = path.strip_prefix("/__sandbox/") {
        return whole(with_cors(match parts.method {
            Method::OPTIONS => empty(StatusCode::NO_CONTENT),
            ref method => {
                let origin = parts.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
                admin::respond(app, method.as_str(), command, origin.unwrap_or_default(), &body)
            }
        }));
    }
    if path.starts_with(site::PATH) {
        return whole(site::forward(app.site(), parts, body).await);
    }
    if path.starts_with("/api/") || path.starts_with("/files/") {
        return exchange::respond(app, &parts, body).await;
    }
    let rule = app.state().faults.strike(parts.method.as_str(), exchange::target(&parts.uri));
    match rule.as_ref().map_or(Before::Nothing, |rule| before(&rule.action)) {
        Before::Drop => return Err(Dropped),
        Before::Hang => return std::future::pending().await,
        Before::Answer(response) => return whole(response),
        Before::Nothing | Before::Cut(_) => {}
    }
    let file = files::respond(&app.options, &parts.method, path, &parts.headers).await;
    match rule.map(|rule| rule.action) {
        Some(Action::Named(Named::CutBefore | Named::CutAfter)) => cut_short(file),
        _ => whole(file),
    }
}
