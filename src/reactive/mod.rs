//! The ground under everything that changes: a signal that is compiled once for all types. See [`Var`].

mod place;
mod var;

pub use crate::state;
pub use var::{Row, Var};
