//! Answers as they go over a connection: whole, broken off in the middle, or not at all.

use crate::response::Response;
use bytes::Bytes;
use http_body_util::{Either, Full};
use hyper::body::{Body, Frame};
use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// What goes over a connection: a whole body, or the beginning of one.
pub(crate) type Sent = Either<Full<Bytes>, Cut>;

/// The connection is to be closed without an answer. hyper does that when a service fails.
#[derive(Debug)]
pub(crate) struct Dropped;

impl std::fmt::Display for Dropped {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("dropped on request")
    }
}

impl std::error::Error for Dropped {}

/// What becomes of a request in the end.
pub(crate) type Outgoing = Result<hyper::Response<Sent>, Dropped>;

/// The whole answer.
pub(crate) fn whole(response: Response) -> Outgoing {
    Ok(response.map(|body| Either::Left(Full::new(body))))
}

/// The status, the headers and the first half of the body, in chunks of which the last never comes; then the connection
/// closes. Without chunks it would take a length that is too large, which Firefox lets pass.
pub(crate) fn cut_short(response: Response) -> Outgoing {
    Ok(response.map(|body| Either::Right(Cut::new(body.slice(..body.len().div_ceil(2))))))
}

/// The beginning of a body, and then an error, at which the connection is closed.
#[derive(Debug)]
pub(crate) struct Cut {
    beginning: Option<Bytes>,
    wait: Pin<Box<Sleep>>,
}

impl Cut {
    fn new(beginning: Bytes) -> Self {
        // What is to be sent is on its way by then; an error at once would take it back.
        Self { beginning: Some(beginning), wait: Box::pin(tokio::time::sleep(Duration::from_millis(30))) }
    }
}

impl Body for Cut {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(beginning) = self.beginning.take() {
            return Poll::Ready(Some(Ok(Frame::data(beginning))));
        }
        let broken = || Some(Err(io::ErrorKind::ConnectionAborted.into()));
        self.wait.as_mut().poll(context).map(|()| broken())
    }
}
