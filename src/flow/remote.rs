//! What is read from the server.

use crate::api::Error;

/// Something that is read from the server.
#[derive(Clone, Debug)]
pub enum Remote<T> {
    /// It is on its way.
    Loading,
    /// It is there.
    Ready(T),
    /// It could not be read.
    Failed(Error),
}

impl<T> Remote<T> {
    /// What was read, once it is there.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Remote::Ready(value) => Some(value),
            _ => None,
        }
    }

    /// Whether it is there.
    pub fn is_ready(&self) -> bool {
        self.ready().is_some()
    }
}
