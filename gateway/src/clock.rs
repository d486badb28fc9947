//! The time, as statements and answers spell it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What time it is, the same for all instances on one store: since 1970. What is waited for is tokio's, whose clock a runtime may
/// hold in its own hands as well.
#[derive(Clone, Copy, Debug)]
pub struct Clock(pub fn() -> Duration);

impl Default for Clock {
    /// The system's.
    fn default() -> Self {
        Self(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
    }
}

impl Clock {
    /// In seconds.
    pub(crate) fn seconds(self) -> u64 {
        (self.0)().as_secs()
    }

    /// In milliseconds.
    pub(crate) fn milliseconds(self) -> u64 {
        u64::try_from((self.0)().as_millis()).unwrap_or(u64::MAX)
    }
}

/// Seconds since 1970 as ISO 8601 in UTC, `2026-11-26T12:00:00Z`.
pub(crate) fn iso(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = date(days);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// The date of a day since 1970. Counted in eras of 400 years that begin in March, so that a leap day is the last of its year.
fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_spelled_as_iso_8601_has_it() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_798_761_599, "2026-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(iso(seconds), text);
        }
    }
}
