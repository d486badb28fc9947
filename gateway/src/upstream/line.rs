//! A connection to the vendor, for one request after the other. Whoever sends a request drives the connection as well: it has no task
//! of its own, since to wake that for each request, and to be woken by it, costs more than most requests.

use super::transport::{TransportError, chain};
use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Body as _, Incoming};
use hyper::client::conn::http1::{Builder, Connection, SendRequest};
use hyper_rustls::MaybeHttpsStream;
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;
use tokio::net::TcpStream;
use tokio::time::Instant;

/// A preview of two sides is a few megabytes.
const LARGEST_ANSWER: usize = 32 * 1024 * 1024;
const USUAL_ANSWER: usize = 4 * 1024 * 1024;
/// What is read of an answer at a time; a connection holds on to as much.
const PIECE: usize = 64 * 1024;

/// What goes to and fro, with TLS or on this machine without.
pub(super) type Stream = MaybeHttpsStream<TokioIo<TcpStream>>;

/// A connection.
pub(super) struct Line {
    sender: SendRequest<Full<Bytes>>,
    /// None once it is closed.
    connection: Option<Box<Connection<Stream, Full<Bytes>>>>,
    /// Since when nobody has used it.
    pub(super) rests_since: Instant,
}

/// Why there is no answer.
pub(super) enum Failed {
    /// The connection was closed before anything was written. Here is the request again.
    Untouched(Box<Request<Full<Bytes>>>),
    /// Something may have been written.
    Lost(TransportError),
}

fn lost(error: &hyper::Error) -> Failed {
    Failed::Lost(TransportError::Lost(chain(error)))
}

impl Line {
    pub(super) async fn begin(stream: Stream) -> Result<Line, hyper::Error> {
        let (sender, connection) = Builder::new().max_buf_size(PIECE).handshake(stream).await?;
        Ok(Line { sender, connection: Some(Box::new(connection)), rests_since: Instant::now() })
    }

    /// Sends it, and reads its answer to the end.
    pub(super) async fn exchange(&mut self, request: Request<Full<Bytes>>) -> Result<Response<Bytes>, Failed> {
        if !self.is_ready().await {
            return Err(Failed::Untouched(Box::new(request)));
        }
        let answer = self.sender.try_send_request(request);
        let response = self.beside(answer).await.map_err(|mut error| match error.take_message() {
            Some(request) => Failed::Untouched(Box::new(request)),
            None => lost(error.error()),
        })?;
        let (head, body) = response.into_parts();
        Ok(Response::from_parts(head, self.read(body).await?))
    }

    /// Whether another request may go out on it.
    pub(super) fn is_open(&self) -> bool {
        self.connection.is_some() && !self.sender.is_closed()
    }

    /// Whether it takes a request now. The other end may have closed it while it rested.
    async fn is_ready(&mut self) -> bool {
        poll_fn(|cx| {
            let Some(connection) = &mut self.connection else { return Poll::Ready(false) };
            if Pin::new(&mut **connection).poll(cx).is_ready() {
                self.connection = None;
                return Poll::Ready(false);
            }
            self.sender.poll_ready(cx).map(|ready| ready.is_ok())
        })
        .await
    }

    /// What comes of it, while the connection goes on.
    async fn beside<F: Future>(&mut self, future: F) -> F::Output {
        let mut future = pin!(future);
        poll_fn(|cx| {
            if let Poll::Ready(output) = future.as_mut().poll(cx) {
                return Poll::Ready(output);
            }
            if let Some(connection) = &mut self.connection
                && Pin::new(&mut **connection).poll(cx).is_ready()
            {
                // With it goes its end of what is waited for.
                self.connection = None;
            }
            future.as_mut().poll(cx)
        })
        .await
    }

    /// An answer's body. Each piece is put in its place as it comes, so that it is there once, and not twice in the end.
    async fn read(&mut self, mut body: Incoming) -> Result<Bytes, Failed> {
        let mut whole = BytesMut::new();
        while let Some(frame) = self.beside(body.frame()).await {
            let Ok(piece) = frame.map_err(|error| lost(&error))?.into_data() else { continue };
            if whole.is_empty() && body.is_end_stream() {
                return Ok(piece);
            }
            if whole.len() + piece.len() > LARGEST_ANSWER {
                return Err(Failed::Lost(TransportError::Lost("it is too large".to_owned())));
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
}
