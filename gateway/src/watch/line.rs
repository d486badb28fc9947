//! A line of the log for each request.

use std::net::IpAddr;
use std::time::Duration;

/// Where these lines are from, as the log has it: those of what went well are gathered.
pub(super) const TARGET: &str = "request";

/// A request that was answered.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The operation's name; none for what does not exist.
    pub(crate) operation: Option<&'static str>,
    pub(crate) method: &'a str,
    pub(crate) status: u16,
    pub(crate) took: Duration,
    pub(crate) address: IpAddr,
    pub(crate) origin: Option<&'a str>,
    /// The caller's hash, shortened.
    pub(crate) who: Option<&'a str>,
    /// Why it was refused.
    pub(crate) why: Option<&'static str>,
}

impl Line<'_> {
    /// Writes it down.
    pub(crate) fn write(&self) {
        let operation = self.operation.unwrap_or("none");
        // Methods are a caller's to write.
        let method =
            if matches!(self.method, "GET" | "POST" | "PATCH" | "DELETE" | "OPTIONS") { self.method } else { "other" };
        let (status, took) = (self.status, u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX));
        let (origin, who) = (self.origin.unwrap_or("-"), self.who.unwrap_or("-"));
        match self.why {
            Some(why) => {
                tracing::warn!(target: TARGET, operation, method, status, took, address = %self.address, origin, who, why, "refused");
            }
            None => {
                tracing::info!(target: TARGET, operation, method, status, took, address = %self.address, origin, who, "answered")
            }
        }
    }
}
