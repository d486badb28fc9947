//! Points in time and days of the calendar, in whole numbers.

/// As far as a browser's dates go, in days to either side of 1970.
const MOST_DAYS: i64 = 100_000_000;

const SECONDS_OF_DAY: i64 = 24 * 60 * 60;

/// A point in time, in seconds since the start of 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub i64);

/// When something was, as a server says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On a day, and nothing is known of the time: it is that day wherever one is.
    On(Day),
    /// At a point in time.
    At(Instant),
}

impl When {
    /// Reads ISO 8601 as servers write it: `2026-11-24T05:37:13Z`, with fractions of a second (ignored), with an offset
    /// (`+01:00`, `-0500`, `+01`), with a space for the `T`, with `UTC` for the `Z`; or a day by itself, `2026-11-24`.
    ///
    /// | what | fact | |
    /// | --- | --- | --- |
    /// | a time without a zone | the vendor's own, US Eastern: its note on the cut-off counts by it ("4PM EST") | G |
    /// | a day without a time | that day, by every clock | G |
    ///
    /// `None` for days and times that there are not, and for all else.
    pub fn parse(text: &str) -> Option<When> {
        let mut rest = Rest(text.trim().as_bytes());
        let day = rest.day()?;
        if rest.0.is_empty() {
            return Some(When::On(day));
        }
        rest.one_of(b"Tt ")?;
        let hour = rest.number(2, 23)?;
        rest.one_of(b":")?;
        let minute = rest.number(2, 59)?;
        let mut second = 0;
        if rest.one_of(b":").is_some() {
            second = rest.number(2, 59)?;
            if rest.one_of(b".,").is_some() {
                rest.number(1, 9)?;
                while rest.number(1, 9).is_some() {}
            }
        }
        let second = (hour * 60 + minute) * 60 + second;
        let at = match rest.offset()? {
            Some(offset) => day.at(second, offset),
            // By either offset one is on the same side of the change of the clocks, but for the hour that there is twice.
            None => day.at(second, eastern(day.at(second, EASTERN_STANDARD))),
        };
        rest.0.is_empty().then_some(When::At(at))
    }

    /// The day that it is where it is so many minutes east of UTC at an instant.
    pub fn day(self, offset_minutes: impl Fn(Instant) -> i32) -> Day {
        match self {
            When::On(day) => day,
            When::At(at) => Day::of(at, offset_minutes(at)),
        }
    }

    /// Where it stands among others: a day by itself begins by the vendor's clock.
    pub fn order(self) -> i64 {
        match self {
            When::On(day) => day.at(0, EASTERN_STANDARD).0,
            When::At(at) => at.0,
        }
    }
}

impl Instant {
    /// The point in time that a server says; none where it says a day only. See [`When::parse`].
    pub fn parse(text: &str) -> Option<Instant> {
        match When::parse(text)? {
            When::At(at) => Some(at),
            When::On(_) => None,
        }
    }
}

/// US Eastern time in winter, in minutes east of UTC.
pub const EASTERN_STANDARD: i32 = -5 * 60;

/// The same in summer.
const EASTERN_DAYLIGHT: i32 = -4 * 60;

/// US Eastern time at `instant`, in minutes east of UTC: daylight time from the second Sunday of March to the first
/// Sunday of November, at 2 AM by the clock that is changed (15 U.S.C. § 260a, since 2007).
pub fn eastern(instant: Instant) -> i32 {
    const TWO_AM: u32 = 2 * 60 * 60;
    let year = Day::of(instant, EASTERN_STANDARD).year;
    let starts = sunday_from(Day { year, month: 3, day: 8 }).at(TWO_AM, EASTERN_STANDARD);
    let ends = sunday_from(Day { year, month: 11, day: 1 }).at(TWO_AM, EASTERN_DAYLIGHT);
    if starts <= instant && instant < ends { EASTERN_DAYLIGHT } else { EASTERN_STANDARD }
}

/// `day`, or the first Sunday after it.
fn sunday_from(day: Day) -> Day {
    Day { day: day.day + (7 - day.weekday()) % 7, ..day }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
}

impl Day {
    /// The day, where there is such a day.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let wanted = Day { year, month, day };
        // The 30th of February is a day of March.
        (Day::from_days(wanted.days()) == wanted).then_some(wanted)
    }

    /// The day on which `instant` falls, so many minutes east of UTC. (JavaScript's `getTimezoneOffset` counts west.)
    /// It is the offset of that instant, which may be another than today's.
    pub fn of(instant: Instant, offset_minutes: i32) -> Day {
        let local = instant.0.saturating_add(i64::from(offset_minutes) * 60);
        Day::from_days(local.div_euclid(SECONDS_OF_DAY))
    }

    /// Reads `2026-11-24`, as `<input type=date>` gives it; `None` for a day that there is not.
    pub fn parse(text: &str) -> Option<Day> {
        let mut rest = Rest(text.trim().as_bytes());
        rest.day().filter(|_| rest.0.is_empty())
    }

    /// `2026-11-24`, as `<input type=date>` takes it.
    pub fn iso(self) -> String {
        let padded = |number: u32, width: usize| {
            let digits = number.to_string();
            ["0000".get(digits.len().min(width)..width).unwrap_or_default(), &digits].concat()
        };
        let sign = if self.year < 0 { "-" } else { "" };
        let year = padded(self.year.unsigned_abs(), 4);
        [sign, &year, "-", &padded(self.month.into(), 2), "-", &padded(self.day.into(), 2)].concat()
    }

    /// The instant so many seconds after the day's start, so many minutes east of UTC.
    pub fn at(self, seconds: u32, offset_minutes: i32) -> Instant {
        Instant(self.days() * SECONDS_OF_DAY + i64::from(seconds) - i64::from(offset_minutes) * 60)
    }

    /// Days since the start of 1970. Days of months that there are not count on from those that there are.
    pub fn days(self) -> i64 {
        // The year begins in March, so that a leap day is its last; 400 years are always the same number of days.
        let (month, year) = (i64::from(self.month), i64::from(self.year));
        let (month, year) = if month > 2 { (month - 3, year) } else { (month + 9, year - 1) };
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * DAYS_OF_ERA + year * 365 + year / 4 - year / 100 + day_of_year - DAYS_TO_1970
    }

    /// The day so many days after the start of 1970; at most as far from it as a browser's dates go.
    pub fn from_days(days: i64) -> Day {
        let days = days.clamp(-MOST_DAYS, MOST_DAYS) + DAYS_TO_1970;
        let (era, day) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (year * 365 + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        Day { year: (era * 400 + year + next) as i32, month: month as u8, day: day as u8 }
    }

    /// The day of the week: 0 is Sunday and 6 is Saturday, as JavaScript's `getDay` has it.
    pub fn weekday(self) -> u8 {
        // 1970 began on a Thursday.
        (self.days() + 4).rem_euclid(7) as u8
    }

    /// The day after it.
    pub fn next(self) -> Day {
        Day::from_days(self.days() + 1)
    }
}

/// 400 years.
const DAYS_OF_ERA: i64 = 146_097;

/// From the 1st of March of the year 0.
const DAYS_TO_1970: i64 = 719_468;

/// What has not been read yet.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// The next byte, if it is one of these.
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    /// A number of so many digits, and not larger than `most`.
    fn number(&mut self, digits: usize, most: u32) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(digits)?;
        let value = digits
            .iter()
            .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0')))?;
        (value <= most).then(|| {
            self.0 = rest;
            value
        })
    }

    fn day(&mut self) -> Option<Day> {
        let year = self.number(4, 9999)?;
        self.one_of(b"-")?;
        let month = self.number(2, 12)?;
        self.one_of(b"-")?;
        let day = self.number(2, 31)?;
        Day::new(year as i32, month as u8, day as u8)
    }

    /// Minutes east of UTC, or nothing at all.
    fn offset(&mut self) -> Option<Option<i32>> {
        self.one_of(b" ");
        match self.0 {
            [] => return Some(None),
            b"Z" | b"z" | b"UTC" => {
                self.0 = &[];
                return Some(Some(0));
            }
            _ => {}
        }
        let sign = if self.one_of(b"+-")? == b'-' { -1 } else { 1 };
        let hours = self.number(2, 23)?;
        let minutes = match (self.one_of(b":"), self.0) {
            (None, []) => 0,
            _ => self.number(2, 59)?,
        };
        Some(Some(sign * (hours * 60 + minutes) as i32))
    }
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    proptest! {
        #[test]
        fn days_both_ways(days in -MOST_DAYS..MOST_DAYS) {
            let day = Day::from_days(days);
            prop_assert_eq!(day.days(), days);
            prop_assert!((1..=12).contains(&day.month) && (1..=31).contains(&day.day));
            prop_assert_eq!(Day::new(day.year, day.month, day.day), Some(day));
            let next = day.next();
            prop_assert_eq!(next.days(), days + 1);
            prop_assert!(next > day);
            prop_assert!(next.day == 1 || (next.day == day.day + 1 && next.month == day.month));
            prop_assert_eq!(next.weekday(), (day.weekday() + 1) % 7);
        }

        #[test]
        fn the_days_that_there_are(year in 0..=9999, month in any::<u8>(), number in any::<u8>()) {
            let is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
            let length = match month {
                2 => 28 + u8::from(is_leap),
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => 0,
            };
            let expected = (1..=length).contains(&number);
            prop_assert_eq!(Day::new(year, month, number).is_some(), expected);
            let text = format!("{year:04}-{month:02}-{number:02}");
            let parsed = Day::parse(&text);
            prop_assert_eq!(parsed.is_some(), expected);
            prop_assert!(parsed.is_none_or(|day| day.iso() == text));
        }

        #[test]
        fn what_is_written_is_read_back(
            seconds in -62_167_132_800_i64..253_402_214_400, offset in -1439..1440_i32, fraction in "([.,][0-9]{1,9})?",
        ) {
            let local = seconds + i64::from(offset) * 60;
            let date = Day::of(Instant(seconds), offset).iso();
            let of_day = local.rem_euclid(SECONDS_OF_DAY);
            let time = format!("{:02}:{:02}:{:02}{fraction}", of_day / 3600, of_day / 60 % 60, of_day % 60);
            let (sign, minutes) = (if offset < 0 { '-' } else { '+' }, offset.abs());
            for (separator, colon) in [('T', ":"), (' ', "")] {
                let text = format!("{date}{separator}{time}{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60);
                prop_assert_eq!(Instant::parse(&text), Some(Instant(seconds)), "{}", text);
            }
            if offset == 0 {
                prop_assert_eq!(Instant::parse(&format!("{date}T{time}Z")), Some(Instant(seconds)));
            }
            prop_assert_eq!(Day::parse(&date).unwrap().at(of_day as u32, offset), Instant(seconds));
        }

        #[test]
        fn anything_may_stand_there(
            text in any::<String>(), near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]?[0-9:.,+Z -]{0,16}",
        ) {
            let _ = (Instant::parse(&text), Day::parse(&text), Day::parse(&near));
            if let Some(instant) = Instant::parse(&near) {
                prop_assert!(Day::of(instant, 0).days().abs_diff(Day::parse(&near[..10]).unwrap().days()) <= 1);
            }
        }

        #[test]
        fn no_instant_is_too_far(seconds: i64, offset: i32, year: i32, month: u8, number: u8) {
            let day = Day::of(Instant(seconds), offset);
            prop_assert!(day.days().abs() <= MOST_DAYS);
            let _ = Day { year, month, day: number }.at(u32::MAX, offset);
            let _ = Day { year, month, day: number }.iso();
        }
    }

    #[test]
    fn known_days() {
        assert_eq!(day(1970, 1, 1).days(), 0);
        assert_eq!(day(2000, 2, 29).days(), 11_016);
        assert_eq!(day(1970, 1, 1).weekday(), 4);
        assert_eq!(day(2026, 11, 24).weekday(), 2, "a Tuesday");
        assert_eq!(Day::of(Instant(-1), 0), day(1969, 12, 31));
        assert_eq!(Day::of(Instant(-1), 1), day(1970, 1, 1));
        assert_eq!(Day::of(Instant(0), -1), day(1969, 12, 31));
        assert_eq!(day(800, 1, 2).iso(), "0800-01-02");
        assert!(day(2026, 9, 30) < day(2026, 10, 1) && day(2025, 12, 31) < day(2026, 1, 1));
    }

    #[test]
    fn instants_as_servers_write_them() {
        let at = Instant(1_795_498_633);
        for text in [
            "2026-11-24T05:37:13Z",
            "2026-11-24t05:37:13z",
            "2026-11-24 05:37:13 UTC",
            "2026-11-24T05:37:13.999999Z",
            " 2026-11-24T06:37:13+01:00 ",
            "2026-11-24 00:37:13 -0500",
            "2026-11-24T00:37:13.000-05",
            "2026-11-23T23:37:13-06:00",
        ] {
            assert_eq!(Instant::parse(text), Some(at), "{text}");
        }
        assert_eq!(Instant::parse("2026-11-24T05:37Z"), Some(Instant(at.0 - 13)));
    }

    #[test]
    fn a_day_by_itself_is_that_day_everywhere() {
        for offset in [-12 * 60, -5 * 60, 0, 14 * 60] {
            assert_eq!(When::parse("2026-11-01").map(|when| when.day(|_| offset)), Some(day(2026, 11, 1)));
        }
        assert_eq!(When::parse("2026-11-01T00:30:00Z").map(|when| when.day(|_| -300)), Some(day(2026, 10, 31)));
        assert_eq!(Instant::parse("2026-11-01"), None, "it is no point in time");
    }

    #[test]
    fn a_time_without_a_zone_is_the_vendors() {
        for (text, same) in [
            ("2026-11-24 09:30:00", "2026-11-24T09:30:00-05:00"),
            ("2026-07-01T09:30:00", "2026-07-01T09:30:00-04:00"),
            ("2026-07-01 09:30:00.123", "2026-07-01T09:30:00-04:00"),
            // The clocks change: on the 8th of March at 2, on the 1st of November at 2 by the summer's.
            ("2026-03-08 01:59", "2026-03-08T01:59:00-05:00"),
            ("2026-03-08 03:00", "2026-03-08T03:00:00-04:00"),
            ("2026-11-01 00:59", "2026-11-01T00:59:00-04:00"),
            ("2026-11-01 02:00", "2026-11-01T02:00:00-05:00"),
        ] {
            assert_eq!(Instant::parse(text), Instant::parse(same), "{text}");
            assert!(Instant::parse(text).is_some(), "{text}");
        }
    }

    #[test]
    fn what_is_no_instant() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2026-4-1",
            "2026-11-24T",
            "2026-11-24T24:00:00Z",
            "2026-11-24T05:60:00Z",
            "2026-11-24T05:37:60Z",
            "2026-11-24T05:37:13.Z",
            "2026-11-24T05:37:13ZZ",
            "2026-11-24T05:37:13+24:00",
            "2026-11-24T05:37:13+1",
            "2026-11-24T05:37:13+01:",
            "2026-11-24T05:37:13 EST",
            "24/11/2026",
            "+002026-11-24",
            "２０２６-11-24",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
