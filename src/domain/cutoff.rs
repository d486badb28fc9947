//! Until when an order is printed and shipped the same day.
//!
//! The vendor's note to "Submit a Print Job": "Print Jobs submitted before 4PM EST are printed and shipped same day."
//! That is read as 4 PM by the clocks in New York. In summer this is an hour earlier than 4 PM by EST to the letter:
//! whoever is in time by the earlier of the two is in time by both. The note says nothing of weekends and holidays, so
//! nothing is promised for weekends, and a holiday is not known here.

use super::instant::{Day, EASTERN_STANDARD, Instant, eastern};

/// 4 PM, in seconds since midnight.
const FOUR_PM: u32 = 16 * 60 * 60;

/// The end of the time in which an order is shipped the same day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CutOff {
    /// It is a working day before 4 PM: what is submitted now is shipped today, by the vendor's note.
    Today {
        /// 4 PM.
        at: Instant,
        /// Seconds until then, at least 1.
        left: u32,
    },
    /// It is evening or weekend. What is submitted now is in time for this one, on the next day from Monday to Friday;
    /// whether that is a holiday is not known.
    Next {
        /// 4 PM of that day.
        at: Instant,
    },
}

/// The cut-off that is next at `now`. At 4 PM to the second it is no longer before 4 PM.
pub fn cut_off(now: Instant) -> CutOff {
    let mut day = Day::of(now, eastern(now));
    let at = four_pm(day);
    if is_working(day) && now < at {
        let left = at.0.saturating_sub(now.0);
        return CutOff::Today { at, left: u32::try_from(left).unwrap_or(u32::MAX) };
    }
    // Saturday and Sunday are two.
    for _ in 0..3 {
        day = day.next();
        if is_working(day) {
            break;
        }
    }
    CutOff::Next { at: four_pm(day) }
}

/// Hours and minutes that so many seconds are, the last minute counted as a whole one: while there is time left, it is
/// never said that there is none.
pub fn hours_and_minutes(left: u32) -> (u32, u32) {
    let minutes = left.div_ceil(60);
    (minutes / 60, minutes % 60)
}

/// Monday to Friday.
fn is_working(day: Day) -> bool {
    (1..=5).contains(&day.weekday())
}

fn four_pm(day: Day) -> Instant {
    // The clocks are changed early in the morning: in the afternoon either offset says which one it is.
    day.at(FOUR_PM, eastern(day.at(FOUR_PM, EASTERN_STANDARD)))
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STANDARD: i32 = EASTERN_STANDARD;
    const DAYLIGHT: i32 = STANDARD + 60;

    /// The second Sunday of March and the first of November, from the calendar.
    const CHANGES: [(i32, u8, u8); 8] = [
        (2007, 11, 4),
        (2024, 10, 3),
        (2025, 9, 2),
        (2026, 8, 1),
        (2027, 14, 7),
        (2028, 12, 5),
        (2030, 10, 3),
        (2032, 14, 7),
    ];

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap_or(Instant(0))
    }

    fn today(now: &str, left: u32) {
        let now = at(now);
        assert_eq!(cut_off(now), CutOff::Today { at: Instant(now.0 + i64::from(left)), left });
    }

    fn next(now: &str, expected: &str) {
        assert_eq!(cut_off(at(now)), CutOff::Next { at: at(expected) }, "{now}");
    }

    #[test]
    fn a_working_day_ends_at_four_to_the_second() {
        today("2026-11-24T00:00:00-05:00", 16 * 3600);
        today("2026-11-24T05:37:13Z", 55_367);
        today("2026-11-24T15:59:59-05:00", 1);
        next("2026-11-24T16:00:00-05:00", "2026-11-25T16:00:00-05:00");
        next("2026-11-24T23:59:59-05:00", "2026-11-25T16:00:00-05:00");
        // Summer.
        today("2026-07-01T15:59:59-04:00", 1);
        next("2026-07-01T16:00:00-04:00", "2026-07-02T16:00:00-04:00");
    }

    #[test]
    fn the_day_is_that_of_new_york() {
        // Sunday in New York, Monday in Madrid.
        next("2026-11-23T05:30:00+01:00", "2026-11-23T16:00:00-05:00");
        // Friday evening in New York, Saturday in Madrid.
        next("2026-11-21T04:00:00+01:00", "2026-11-23T16:00:00-05:00");
        // Still Friday morning in New York, Saturday in Auckland.
        today("2026-11-21T01:00:00+13:00", 9 * 3600);
    }

    #[test]
    fn nothing_is_promised_for_weekends() {
        next("2026-11-20T16:00:00-05:00", "2026-11-23T16:00:00-05:00");
        next("2026-11-21T09:00:00-05:00", "2026-11-23T16:00:00-05:00");
        next("2026-11-22T23:59:59-05:00", "2026-11-23T16:00:00-05:00");
        today("2026-11-23T00:00:00-05:00", 16 * 3600);
    }

    #[test]
    fn the_clocks_change_at_two() {
        for (year, march, november) in CHANGES {
            let spring = at(&format!("{year}-03-{march:02}T02:00:00-05:00"));
            assert_eq!((eastern(Instant(spring.0 - 1)), eastern(spring)), (STANDARD, DAYLIGHT), "{year}");
            let autumn = at(&format!("{year}-11-{november:02}T02:00:00-04:00"));
            assert_eq!((eastern(Instant(autumn.0 - 1)), eastern(autumn)), (DAYLIGHT, STANDARD), "{year}");
            // The hour that there is twice, the second time.
            assert_eq!(eastern(at(&format!("{year}-11-{november:02}T01:30:00-05:00"))), STANDARD, "{year}");
        }
        assert_eq!(eastern(at("2026-12-31T23:59:59-05:00")), STANDARD);
        assert_eq!(eastern(at("2027-01-01T00:00:00-05:00")), STANDARD);
    }

    #[test]
    fn across_the_change_of_the_clocks() {
        for (year, march, november) in CHANGES {
            for (month, sunday, before, after) in [(3, march, "-05:00", "-04:00"), (11, november, "-04:00", "-05:00")] {
                let sunday = Day::new(year, month, sunday).unwrap();
                let day = |ahead: i64| Day::from_days(sunday.days() + ahead).iso();
                let (friday, saturday, monday) = (day(-2), day(-1), day(1));
                let four = [&monday, "T16:00:00", after].concat();
                for now in [
                    [&friday, "T16:00:00", before].concat(),
                    [&friday, "T23:59:59", before].concat(),
                    [&saturday, "T12:00:00", before].concat(),
                    [&day(0), "T00:00:00", before].concat(),
                    [&day(0), "T01:59:59", before].concat(),
                    [&day(0), "T03:00:00", after].concat(),
                    [&day(0), "T15:59:59", after].concat(),
                    [&day(0), "T23:59:59", after].concat(),
                ] {
                    next(&now, &four);
                }
                today(&[&friday, "T15:58:00", before].concat(), 120);
                today(&[&monday, "T00:00:00", after].concat(), 16 * 3600);
                today(&[&monday, "T15:58:00", after].concat(), 120);
                // From Friday evening on, the weekend is an hour shorter in spring and an hour longer in autumn.
                let weekend = at(&four).0 - at(&[&friday, "T16:00:00", before].concat()).0;
                assert_eq!(weekend, (72 + if month == 3 { -1 } else { 1 }) * 3600);
            }
        }
    }

    #[test]
    fn the_last_minute_is_a_whole_one() {
        for (left, expected) in [
            (0, (0, 0)),
            (1, (0, 1)),
            (60, (0, 1)),
            (61, (0, 2)),
            (3600, (1, 0)),
            (55_367, (15, 23)),
            (57_600, (16, 0)),
        ] {
            assert_eq!(hours_and_minutes(left), expected);
        }
        assert_eq!(hours_and_minutes(u32::MAX), (1_193_046, 29));
    }

    proptest! {
        #[test]
        fn it_is_always_four_on_a_working_day(seconds in 1_100_000_000_i64..7_000_000_000) {
            let now = Instant(seconds);
            let here = Day::of(now, eastern(now));
            let at = match cut_off(now) {
                CutOff::Today { at, left } => {
                    prop_assert!((1..=FOUR_PM).contains(&left));
                    prop_assert_eq!(at.0 - now.0, i64::from(left));
                    prop_assert_eq!(Day::of(at, eastern(at)), here);
                    at
                }
                CutOff::Next { at } => {
                    prop_assert!(at > now && at.0 - now.0 <= 73 * 3600);
                    prop_assert!(Day::of(at, eastern(at)) > here);
                    at
                }
            };
            let day = Day::of(at, eastern(at));
            prop_assert!((1..=5).contains(&day.weekday()));
            prop_assert_eq!(day.at(0, eastern(at)).0 + 16 * 3600, at.0);
            // Nothing that is nearer is 4 PM on a working day.
            let earlier = Day::from_days(day.days() - 1);
            let skipped = four_pm(earlier);
            prop_assert!(skipped <= now || !(1..=5).contains(&earlier.weekday()));
        }

        #[test]
        fn any_clock_is_answered(seconds in any::<i64>()) {
            let _ = cut_off(Instant(seconds));
        }
    }
}
