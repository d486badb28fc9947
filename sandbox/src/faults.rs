//! Misbehaviour on request: what a real network and a real gateway do now and then, at the moment a test wants it.

use crate::random::Random;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Everything that can be wrong at once.
#[derive(Debug, Clone)]
pub(crate) struct Faults {
    /// Added before every answer of the API.
    pub(crate) latency_ms: u64,
    /// Added before a preview, for the server's slow renderer.
    pub(crate) preview_delay_ms: u64,
    /// So many previews still answer "not available".
    pub(crate) preview_unavailable_times: u64,
    /// How long a token is good for; for ever when not set.
    pub(crate) token_ttl_seconds: Option<f64>,
    /// Whether the API sends CORS headers.
    pub(crate) cors: bool,
    /// Whether a print job that was submitted already can be submitted and charged again.
    pub(crate) careless_print: bool,
    /// The first that fires decides.
    pub(crate) rules: Vec<Rule>,
    /// What strikes where no rule does.
    pub(crate) random: Option<Random>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            latency_ms: 0,
            preview_delay_ms: 0,
            preview_unavailable_times: 0,
            token_ttl_seconds: None,
            cors: true,
            careless_print: false,
            rules: Vec::new(),
            random: None,
        }
    }
}

/// One rule: which requests, how many of them, and what happens to them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    #[serde(default, rename = "match")]
    matches: Match,
    /// So many fire, then no more; all when not set.
    #[serde(default)]
    times: Option<u64>,
    /// So many go through first.
    #[serde(default)]
    skip: u64,
    /// Count separately for each method and path.
    #[serde(default)]
    per_path: bool,
    /// Whether the faulty answer still carries CORS headers; a gateway's error page often does not.
    #[serde(default = "yes")]
    pub(crate) cors: bool,
    /// It takes so much longer: half of it before it is carried out, half of it after.
    #[serde(default)]
    pub(crate) slow_ms: u64,
    pub(crate) action: Action,
    /// How many matching requests were seen, by what is counted.
    #[serde(skip)]
    seen: HashMap<String, u64>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Match {
    method: Option<String>,
    path_contains: Option<String>,
}

/// What happens to a request.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", untagged)]
pub(crate) enum Action {
    /// One of the named ones.
    Named(Named),
    /// Any answer at all; a text goes out as it is, anything else as JSON.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The body.
        #[serde(default)]
        body: Value,
    },
}

/// The faults with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Named {
    /// 502 with a gateway's HTML page.
    #[serde(rename = "html_502")]
    Html502,
    /// 503 with nothing.
    #[serde(rename = "empty_503")]
    Empty503,
    /// 500 with a worded error.
    #[serde(rename = "json_500")]
    Json500,
    /// 400 with a list of errors.
    #[serde(rename = "error_400_list")]
    Error400List,
    /// The connection closes before the server has done anything.
    DropBefore,
    /// The server does what was asked, then the connection closes without an answer.
    DropAfter,
    /// No answer, ever.
    Hang,
    /// 200 with JSON that is cut off.
    GarbageJson,
    /// The token that the request brings is no longer good: 401.
    Expire,
    /// Nothing goes wrong; `slow_ms` says how long it takes.
    Slow,
}

impl Action {
    /// What it is called in counts.
    pub(crate) fn name(&self) -> &'static str {
        let Action::Named(named) = self else { return "answer" };
        match named {
            Named::Html502 => "html_502",
            Named::Empty503 => "empty_503",
            Named::Json500 => "json_500",
            Named::Error400List => "error_400_list",
            Named::DropBefore => "drop_before",
            Named::DropAfter => "drop_after",
            Named::Hang => "hang",
            Named::GarbageJson => "garbage_json",
            Named::Expire => "expire",
            Named::Slow => "slow",
        }
    }
}

impl Faults {
    /// The rule that this request falls under, if any. Counts the request.
    pub(crate) fn strike(&mut self, method: &str, path: &str) -> Option<Rule> {
        let mut struck = None;
        for rule in &mut self.rules {
            if struck.is_none() && rule.fires(method, path) {
                struck = Some(rule.clone());
            }
        }
        struck.or_else(|| self.random.as_mut()?.strike(method, path))
    }

    /// Sets the members that `change` names and leaves the others.
    pub(crate) fn merge(&mut self, change: &Value) -> Result<(), String> {
        let members = change.as_object().ok_or("the body must be a JSON object")?;
        for (name, value) in members {
            let wrong = || format!("'{name}' has an unusable value: {value}");
            match name.as_str() {
                "latency_ms" => self.latency_ms = value.as_u64().ok_or_else(wrong)?,
                "preview_delay_ms" => self.preview_delay_ms = value.as_u64().ok_or_else(wrong)?,
                "preview_unavailable_times" => {
                    self.preview_unavailable_times = value.as_u64().ok_or_else(wrong)?;
                }
                "token_ttl_seconds" if value.is_null() => self.token_ttl_seconds = None,
                "token_ttl_seconds" => {
                    self.token_ttl_seconds = Some(value.as_f64().ok_or_else(wrong)?);
                }
                "cors" => {
                    self.cors = match value.as_str() {
                        Some("on") => true,
                        Some("off") => false,
                        _ => value.as_bool().ok_or_else(wrong)?,
                    };
                }
                "careless_print" => self.careless_print = value.as_bool().ok_or_else(wrong)?,
                "random" if value.is_null() => self.random = None,
                "random" => {
                    let random = Deserialize::deserialize(value).map_err(|error| format!("{}: {error}", wrong()))?;
                    self.random = Some(random);
                }
                "rules" => {
                    self.rules = Deserialize::deserialize(value).map_err(|error| format!("{}: {error}", wrong()))?;
                }
                "dialect" | "replace" => {}
                _ => return Err(format!("unknown fault '{name}'")),
            }
        }
        Ok(())
    }

    /// The settings, without the counters.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "latency_ms": self.latency_ms,
            "preview_delay_ms": self.preview_delay_ms,
            "preview_unavailable_times": self.preview_unavailable_times,
            "token_ttl_seconds": self.token_ttl_seconds,
            "cors": self.cors,
            "careless_print": self.careless_print,
            "random": self.random.is_some(),
            "rules": self.rules.iter().map(|rule| format!("{rule:?}")).collect::<Vec<_>>(),
        })
    }
}

impl Rule {
    /// Every request, always.
    pub(crate) fn of(action: Action, slow_ms: u64) -> Self {
        let (matches, seen) = (Match::default(), HashMap::new());
        Self { matches, times: None, skip: 0, per_path: false, cors: true, slow_ms, action, seen }
    }

    /// Reads a rule of the command line: JSON, or `ACTION [method=GET] [path=/fields] [times=1] [skip=0] [per_path]
    /// [no_cors] [slow_ms=0]`.
    pub(crate) fn from_text(text: &str) -> Result<Self, String> {
        if text.trim_start().starts_with('{') {
            return serde_json::from_str(text).map_err(|error| error.to_string());
        }
        let mut words = text.split_whitespace();
        let action = words.next().ok_or("a fault begins with its action")?;
        let mut rule = json!({ "action": action, "match": {} });
        for word in words {
            let number = |text: &str| text.parse::<u64>().map_err(|_| format!("'{word}' needs a number"));
            match word.split_once('=') {
                Some(("method", method)) => rule["match"]["method"] = json!(method),
                Some(("path", part)) => rule["match"]["path_contains"] = json!(part),
                Some(("times", times)) => rule["times"] = json!(number(times)?),
                Some(("slow_ms", slow)) => rule["slow_ms"] = json!(number(slow)?),
                Some(("skip", skip)) => rule["skip"] = json!(number(skip)?),
                None if word == "per_path" => rule["per_path"] = json!(true),
                None if word == "no_cors" => rule["cors"] = json!(false),
                _ => return Err(format!("'{word}' is not understood in a fault")),
            }
        }
        serde_json::from_value(rule).map_err(|error| format!("'{action}': {error}"))
    }

    fn fires(&mut self, method: &str, path: &str) -> bool {
        let Match { method: wanted_method, path_contains } = &self.matches;
        if wanted_method.as_ref().is_some_and(|wanted| !wanted.eq_ignore_ascii_case(method))
            || path_contains.as_ref().is_some_and(|part| !path.contains(part.as_str()))
        {
            return false;
        }
        let counted = if self.per_path { format!("{method} {path}") } else { String::new() };
        let seen = self.seen.entry(counted).or_default();
        *seen += 1;
        *seen > self.skip && self.times.is_none_or(|times| *seen <= self.skip + times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(rule: &str) -> Faults {
        Faults { rules: vec![Rule::from_text(rule).unwrap()], ..Faults::default() }
    }

    #[test]
    fn a_rule_skips_and_then_fires_so_many_times() {
        let mut faults = faults("html_502 method=get path=/fields times=2 skip=1");
        let mut hits = |method, path| (0..4).map(|_| faults.strike(method, path).is_some()).collect::<Vec<_>>();
        assert_eq!(hits("POST", "/fields"), [false; 4]);
        assert_eq!(hits("GET", "/cards"), [false; 4]);
        assert_eq!(hits("GET", "/x/fields"), [false, true, true, false]);
    }

    #[test]
    fn per_path_counts_each_url_alone() {
        let mut faults = faults("empty_503 method=GET times=1 per_path");
        let hits: Vec<_> = ["/a", "/b", "/a", "/b"].map(|path| faults.strike("GET", path).is_some()).into();
        assert_eq!(hits, [true, true, false, false]);
    }

    #[test]
    fn mistakes_are_worded() {
        assert!(Rule::from_text("explode").unwrap_err().contains("explode"));
        assert!(Rule::from_text("hang times=x").unwrap_err().contains("times=x"));
        assert!(Faults::default().merge(&json!({"latencyms": 1})).unwrap_err().contains("latencyms"));
        assert!(Rule::from_text(r#"{"action":{"status":418,"body":"tea"}}"#).is_ok());
    }
}
