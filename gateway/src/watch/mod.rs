//! What the gateway says of itself: a log without anything of anybody's ([`log`]), who did what with which card ([`audit`]), and
//! numbers ([`metrics`]).

pub(crate) mod audit;
#[cfg(feature = "serving")]
mod json;
pub(crate) mod line;
#[cfg(feature = "serving")]
pub(crate) mod log;
pub(crate) mod metrics;
