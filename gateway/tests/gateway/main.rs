//! The gateway in front of the sandbox: what it lets through, what it keeps out, and what it charges.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's helper fails by panicking")]

mod attacks;
mod common;
mod configuration;
mod ending;
mod journey;
mod killed;
mod process;
mod seen;
mod staff;
