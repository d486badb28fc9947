//! The ground under everything that changes: a signal that is compiled once for all types. See [`Var`].

mod var;

pub use var::Var;
