//! HTTPS to the vendor, with connections that each worker has for itself.

use super::transport::{Transport, TransportError};
use crate::workers;
use bytes::{Bytes, BytesMut};
use futures_util::future::BoxFuture;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::time::Duration;

/// A preview of two sides is a few megabytes.
const LARGEST_ANSWER: usize = 32 * 1024 * 1024;
const USUAL_ANSWER: usize = 4 * 1024 * 1024;
/// What is read of an answer at a time; a connection holds on to as much.
const PIECE: usize = 64 * 1024;
const CONNECTING: Duration = Duration::from_secs(5);
/// Shorter than servers keep a connection, so that seldom one is used that is about to close.
const IDLE: Duration = Duration::from_secs(20);

/// The connections of one worker.
type Pool = legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// Connections to the vendor, by the number of the worker.
pub(crate) struct Https(Vec<Pool>);

impl Https {
    pub(crate) fn new() -> Https {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECTING));
        // That http is for this machine alone, the configuration has seen to.
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(connector);
        let pool = |_| {
            legacy::Client::builder(TokioExecutor::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(IDLE)
                // A request that was written to a connection that closed may have been carried out all the same.
                .retry_canceled_requests(false)
                .http1_max_buf_size(PIECE)
                .build(connector.clone())
        };
        Https((0..=workers::count()).map(pool).collect())
    }

    /// The connections of this worker; those of nobody, where it is none.
    fn pool(&self) -> &Pool {
        self.0.get(workers::number()).unwrap_or(&self.0[0])
    }
}

impl Transport for Https {
    fn exchange(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Result<Response<Bytes>, TransportError>> {
        let answer = self.pool().request(request);
        Box::pin(async move {
            let response = answer.await.map_err(|error| {
                let why = chain(&error);
                if error.is_connect() { TransportError::NotSent(why) } else { TransportError::Lost(why) }
            })?;
            let (head, body) = response.into_parts();
            Ok(Response::from_parts(head, read(body).await?))
        })
    }
}

/// An answer's body. Each piece is put in its place as it comes, so that it is there once, and not twice in the end.
async fn read(mut body: Incoming) -> Result<Bytes, TransportError> {
    let lost = |error: hyper::Error| TransportError::Lost(error.to_string());
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let Ok(piece) = frame.map_err(lost)?.into_data() else { continue };
        if whole.is_empty() && body.is_end_stream() {
            return Ok(piece);
        }
        if whole.len() + piece.len() > LARGEST_ANSWER {
            return Err(TransportError::Lost("it is too large".to_owned()));
        }
        if whole.is_empty() {
            // What the vendor says of its length is believed as far as a preview goes.
            let said = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX).min(USUAL_ANSWER);
            whole.reserve(piece.len() + said);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// An error with what caused it. It names addresses at most, never what was sent.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}
