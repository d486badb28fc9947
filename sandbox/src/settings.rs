//! Everything about a running sandbox that can be set, as the admin path names it.

use crate::dialect::Dialect;
use crate::faults::Faults;
use crate::world::Habits;
use serde::Deserialize;
use serde_json::{Value, json};

/// What can be set, together.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) faults: Faults,
    pub(crate) habits: Habits,
    pub(crate) dialect: Dialect,
}

/// A number of seconds, perhaps a fraction, in milliseconds.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float stops at the ends")]
pub(crate) fn milliseconds(seconds: f64) -> u64 {
    (seconds * 1000.0) as u64
}

impl Settings {
    /// Sets the members that `change` names and leaves the others.
    pub(crate) fn merge(&mut self, change: &Value) -> Result<(), String> {
        let members = change.as_object().ok_or("the body must be a JSON object")?;
        for (name, value) in members {
            let wrong = || format!("'{name}' has an unusable value: {value}");
            match name.as_str() {
                "latency_ms" => self.faults.latency_ms = value.as_u64().ok_or_else(wrong)?,
                "preview_delay_ms" => self.faults.preview_delay_ms = value.as_u64().ok_or_else(wrong)?,
                "read_bytes_per_second" if value.is_null() => self.faults.read_bytes_per_second = None,
                "read_bytes_per_second" => {
                    let pace = value.as_u64().filter(|pace| *pace > 0).ok_or_else(wrong)?;
                    self.faults.read_bytes_per_second = Some(pace);
                }
                "preview_unavailable_times" => {
                    self.habits.preview_unavailable_times = value.as_u64().ok_or_else(wrong)?;
                }
                "token_ttl_seconds" if value.is_null() => self.habits.token_ttl_ms = None,
                "token_ttl_seconds" => {
                    self.habits.token_ttl_ms = Some(milliseconds(value.as_f64().ok_or_else(wrong)?));
                }
                "cors" => {
                    self.faults.cors = match value.as_str() {
                        Some("on") => true,
                        Some("off") => false,
                        _ => value.as_bool().ok_or_else(wrong)?,
                    };
                }
                "careless_print" => {
                    let manners = if value.as_bool().ok_or_else(wrong)? { "again" } else { "once" };
                    self.dialect.set("print", manners)?;
                }
                "random" if value.is_null() => self.faults.random = None,
                "random" => {
                    let random = Deserialize::deserialize(value).map_err(|error| format!("{}: {error}", wrong()))?;
                    self.faults.random = Some(random);
                }
                "rules" => {
                    self.faults.rules =
                        Deserialize::deserialize(value).map_err(|error| format!("{}: {error}", wrong()))?;
                }
                "dialect" => {
                    for (key, value) in value.as_object().into_iter().flatten() {
                        self.dialect.set(key, value.as_str().unwrap_or_default())?;
                    }
                }
                "replace" => {}
                _ => return Err(format!("unknown fault '{name}'")),
            }
        }
        Ok(())
    }

    /// The settings but the dialect, without the counters.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "latency_ms": self.faults.latency_ms,
            "preview_delay_ms": self.faults.preview_delay_ms,
            "read_bytes_per_second": self.faults.read_bytes_per_second,
            "preview_unavailable_times": self.habits.preview_unavailable_times,
            "token_ttl_seconds": self.habits.token_ttl_ms.map(|ms| ms as f64 / 1000.0),
            "cors": self.faults.cors,
            "careless_print": !self.dialect.is("print", "once"),
            "random": self.faults.random.is_some(),
            "rules": self.faults.rules.iter().map(|rule| format!("{rule:?}")).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_worded_and_careless_print_is_the_dialects_print() {
        let (faults, habits, dialect) = (Faults::default(), Habits::default(), Dialect::default());
        let mut settings = Settings { faults, habits, dialect };
        assert!(settings.merge(&json!({"latencyms": 1})).unwrap_err().contains("latencyms"));
        assert!(settings.merge(&json!({"dialect": {"print": "never"}})).unwrap_err().contains("asks_nothing"));
        for (careless, manners) in [(false, "once"), (true, "again")] {
            settings.merge(&json!({"careless_print": careless, "token_ttl_seconds": 0.25})).unwrap();
            assert!(settings.dialect.is("print", manners));
        }
        assert_eq!(settings.to_json()["token_ttl_seconds"], 0.25);
    }
}
