//! Times as a person reads them: absolute until here, shown in their own time zone and language.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::domain::instant::{Instant, When};
use crate::i18n::Locale;

/// What is shown of a moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// `Nov 24, 2026`
    Day,
    /// `Nov 24, 2026, 3:04 PM`
    DayAndTime,
    /// `Friday, 3:04 PM CST`: for a moment of the next few days.
    Weekday,
}

/// A moment in words.
pub(crate) fn when(at: Instant, locale: Locale, show: Show) -> String {
    shown(at, locale, show, None)
}

fn shown(at: Instant, locale: Locale, show: Show, zone: Option<&str>) -> String {
    let options = Object::new();
    let set = |name: &str, value: &str| {
        // Setting a member of a plain object of our own does not fail.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    };
    if let Some(zone) = zone {
        set("timeZone", zone);
    }
    match show {
        Show::Day => set("dateStyle", "medium"),
        Show::DayAndTime => {
            set("dateStyle", "medium");
            set("timeStyle", "short");
        }
        Show::Weekday => {
            for (name, value) in
                [("weekday", "long"), ("hour", "numeric"), ("minute", "2-digit"), ("timeZoneName", "short")]
            {
                set(name, value);
            }
        }
    }
    date(at).to_locale_string(locale.tag(), &options).into()
}

/// The server's text for a moment, in words; the text itself where it cannot be read. Of a day by itself no time is made up.
pub(crate) fn when_said(text: &str, locale: Locale, show: Show) -> String {
    match When::parse(text) {
        Some(When::At(at)) => when(at, locale, show),
        Some(When::On(day)) => shown(day.at(0, 0), locale, Show::Day, Some("UTC")),
        None => text.to_owned(),
    }
}

/// Now.
pub(crate) fn now() -> Instant {
    Instant((Date::now() / 1000.0) as i64)
}

/// How many minutes east of UTC the person's clock stood at a moment.
pub(crate) fn offset_minutes(at: Instant) -> i32 {
    -(date(at).get_timezone_offset() as i32)
}

fn date(at: Instant) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64 * 1000.0))
}
