//! A call that changes something at the vendor, and what is told of it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::key::Key;
use super::operation::Operation;

/// One call, by the key that its client gave it.
#[derive(Clone)]
pub struct Call {
    /// Whose key it is: the same for all requests of one caller, also after a new token of theirs (a visitor; for staff the
    /// organization). A key of one caller is unknown to every other.
    pub caller: String,
    /// What only the caller has, and the store does not: the session's token. What is kept of an answer can be read with it
    /// and the key alone. After a new token the answer can no longer be read, though it is still known that there is one.
    pub secret: Vec<u8>,
    /// The client's `Idempotency-Key`.
    pub key: Key,
    /// Of what is asked for, by [`super::fingerprint()`]. Another one under the same key is refused.
    pub fingerprint: [u8; 32],
    /// What it does.
    pub operation: Operation,
    /// How the vendor's answers are read with the caller's rights.
    pub reader: Arc<dyn Reader>,
}

impl Call {
    /// A step of this call, which is several to the vendor: carried out once as well, by the same key. The same step of the
    /// same call has to have the same name.
    #[must_use]
    pub fn step(&self, name: &str, fingerprint: [u8; 32], operation: Operation) -> Self {
        Self { key: self.key.step(name), fingerprint, operation, ..self.clone() }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// Reads at the vendor: after a call of which no answer was heard, to see whether it was carried out.
pub trait Reader: Send + Sync {
    /// `GET path` below the vendor's base (`organizations/1/print_jobs/2`), with the rights of the caller, and with the gateway's
    /// repeats of reads. The answer is as the vendor gave it.
    fn read(&self, path: String) -> BoxFuture<'static, Result<Answer, Failed>>;
}

/// What is told to the caller.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Fields, those that are for the caller.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// A JSON body.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        Self { status, headers, body: body.into() }
    }

    /// Whether it was carried out.
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// No answer came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Failed {
    /// Nothing of the request can have reached the vendor: there was no connection to send it on.
    Unsent,
    /// Some of the request went out, or all of it, and no whole answer came back.
    Unheard,
}
