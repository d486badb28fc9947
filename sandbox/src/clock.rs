//! The time: the machine's, or one that whoever holds the world sets; and how the API spells it, without a calendar
//! library.

use std::time::{SystemTime, UNIX_EPOCH};

/// Where a world's time comes from. In milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// The machine's.
    Real,
    /// So many milliseconds after the machine's: it goes on as time does, from a day that somebody has set.
    Moved(i64),
    /// It stands still until it is moved, so that the same requests have the same answers on any day.
    Virtual(u64),
}

impl Clock {
    /// Now.
    pub(crate) fn now_ms(self) -> u64 {
        match self {
            Self::Virtual(now) => now,
            Self::Real => SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(u64::MAX)),
            Self::Moved(by) => Self::Real.now_ms().saturating_add_signed(by),
        }
    }

    /// One that says this now, and goes on from there; the machine's where nothing is said.
    pub(crate) fn from(now_ms: Option<u64>) -> Self {
        let by = |now: u64| i64::try_from(i128::from(now) - i128::from(Self::Real.now_ms())).unwrap_or(0);
        now_ms.map_or(Self::Real, |now| Self::Moved(by(now)))
    }
}

/// A time as ISO 8601.
pub(crate) fn iso(ms: u64) -> String {
    let seconds = ms / 1000;
    let (year, month, day) = date(seconds / 86_400);
    let of_day = seconds % 86_400;
    let mut text = *b"0000-00-00T00:00:00.000Z";
    let mut put = |from: usize, digits: usize, mut number: u64| {
        for place in text[from..from + digits].iter_mut().rev() {
            *place = b'0' + u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
        }
    };
    put(0, 4, year);
    put(5, 2, month);
    put(8, 2, day);
    put(11, 2, of_day / 3600);
    put(14, 2, of_day / 60 % 60);
    put(17, 2, of_day % 60);
    put(20, 3, ms % 1000);
    String::from_utf8_lossy(&text).into_owned()
}

/// The year and month of a time.
pub(crate) fn month(ms: u64) -> (u64, u64) {
    let (year, month, _) = date(ms / 86_400_000);
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
    use super::Clock;

    #[test]
    fn a_clock_that_was_set_goes_on_from_there() {
        let then = 1_600_000_000_000;
        let later = Clock::from(Some(then)).now_ms();
        assert!((then..then + 60_000).contains(&later), "{later}");
        assert_eq!(Clock::from(None), Clock::Real);
    }

    #[test]
    fn known_dates() {
        assert_eq!(super::iso(0), "1970-01-01T00:00:00.000Z");
        assert_eq!(super::iso(951_827_696_007), "2000-02-29T12:34:56.007Z");
        assert_eq!(super::iso(1_798_761_599_999), "2026-12-31T23:59:59.999Z");
        assert_eq!(super::month(1_798_761_599_999), (2026, 12));
    }
}
