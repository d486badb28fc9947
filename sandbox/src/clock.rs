//! The time of day as the API spells it, from the machine's clock and without a calendar library.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time in seconds since 1970.
pub(crate) fn now_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Now, as ISO 8601.
pub(crate) fn now_iso() -> String {
    iso(now_seconds())
}

/// A time in seconds since 1970 as ISO 8601.
pub(crate) fn iso(seconds: u64) -> String {
    let (year, month, day) = date(seconds / 86_400);
    let of_day = seconds % 86_400;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.000Z", of_day / 3600, of_day / 60 % 60, of_day % 60)
}

/// The year and month of today.
pub(crate) fn this_month() -> (u64, u64) {
    let (year, month, _) = date(now_seconds() / 86_400);
    (year, month)
}

/// Days since 1970-01-01 to a calendar date (Howard Hinnant's `civil_from_days`, for days after 1970 only).
fn date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    #[test]
    fn known_dates() {
        assert_eq!(super::iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(super::iso(951_827_696), "2000-02-29T12:34:56.000Z");
        assert_eq!(super::iso(1_798_761_599), "2026-12-31T23:59:59.000Z");
    }
}
