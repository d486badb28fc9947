//! The ground under everything that changes: a signal that is compiled once for all types. See [`Var`].

mod place;
mod var;

pub use crate::state;
#[cfg(not(target_family = "wasm"))]
pub use place::changes;
pub use var::{Lasting, Row, Var};
