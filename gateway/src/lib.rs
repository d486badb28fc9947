//! The server that a site runs beside its own: it keeps an organization's key, gives each visitor a session that opens their
//! own card and no more, and carries each call that changes something out once.
//!
//! From top to bottom; imports point down only:
//!
//! ```text
//! server      listens, bounds how long a head may take, stops gracefully
//! in_process  the same without a socket
//! patience    a connection whose other end has to read
//! probe/      `probe`: which reading of what the vendor's text leaves open the server follows; by itself
//! reception   one request from its head to its answer: the guard, the caller, the operation, the log
//! carrying    what changes something, once where its caller names it by a key
//! opening, cards, ending/, devices, staff    what a caller may do
//! check       `--check`: the configuration, and the way to the vendor
//! house       what all of these share: configuration, store, the vendor, limits, metrics
//! session/    who may do what: sessions by the hash of their token, and whose card is whose
//! statement/  what a site's backend, or a kiosk's device, says of a visitor, signed (JWT)
//! upstream/   the vendor: the one door to it, and the account that signs in there
//! guard/      operations and paths by list, CORS, limits
//! watch/      log, audit trail, metrics
//! config/     the file, and the secrets from the environment
//! once/       each call that changes something, carried out once by its client's Idempotency-Key
//! store/      what has to outlive a restart, by spaces of keys with an end: in memory, SQLite, Valkey
//! answer, form, tokens, clock, workers    what these are made of
//! mutant      mistakes on purpose, for the simulator to find
//! ```

mod answer;
mod cards;
mod carrying;
#[cfg(feature = "serving")]
mod check;
mod clock;
pub mod config;
mod devices;
mod ending;
mod form;
mod guard;
mod house;
mod in_process;
#[cfg(feature = "mutants")]
pub mod mutant;
#[cfg(not(feature = "mutants"))]
mod mutant;
pub mod once;
mod opening;
#[cfg(feature = "serving")]
mod patience;
#[cfg(feature = "serving")]
pub mod probe;
mod reception;
#[cfg(feature = "serving")]
mod server;
mod session;
mod staff;
mod statement;
pub mod store;
mod tokens;
mod upstream;
mod watch;
#[cfg(feature = "serving")]
mod workers;

#[cfg(feature = "serving")]
pub use check::check;
pub use clock::Clock;
pub use in_process::InProcess;
#[cfg(feature = "serving")]
pub use server::{Gateway, open, start};
pub use upstream::{Transport, TransportError};
#[cfg(feature = "serving")]
pub use watch::log::Log;

/// Begins to log, as the configuration wants it, until what it gives is dropped.
#[cfg(feature = "serving")]
pub fn log(config: &config::Config) -> Log {
    watch::log::begin(config.watch.plain)
}
