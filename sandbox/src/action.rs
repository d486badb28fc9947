//! A fault: which requests it strikes, how many of them, and what happens to them.

use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

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
    /// The path with its query, to the letter.
    target: Option<String>,
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
        /// What stands over it, e.g. `Location` or `Retry-After`.
        #[serde(default)]
        headers: BTreeMap<String, String>,
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
    /// The connection closes before the server has done anything, and before the first byte of an answer. Browsers
    /// repeat such a request by themselves, a POST too, when the connection was used before.
    DropBefore,
    /// The server does what was asked, then the connection closes before the first byte of an answer. What browsers
    /// repeat by themselves is then done twice.
    DropAfter,
    /// The server does nothing, begins an answer, and the connection closes in the middle of it: nobody repeats that,
    /// and the page learns that the call failed.
    CutBefore,
    /// The server does what was asked, begins to say so, and the connection closes in the middle of it.
    CutAfter,
    /// No answer, ever.
    Hang,
    /// 200 with JSON that is cut off.
    GarbageJson,
    /// A text in the answer with half an emoji, a raw tab and a raw control character in it.
    BadCharacters,
    /// A list in the answer with entries that are none: null, and one that has no number.
    BadEntries,
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
            Named::CutBefore => "cut_before",
            Named::CutAfter => "cut_after",
            Named::Hang => "hang",
            Named::GarbageJson => "garbage_json",
            Named::BadCharacters => "bad_characters",
            Named::BadEntries => "bad_entries",
            Named::Expire => "expire",
            Named::Slow => "slow",
        }
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

    /// Whether the request to `target`, a path with its query, is struck. Counts it.
    pub(crate) fn fires(&mut self, method: &str, target: &str) -> bool {
        let Match { method: wanted_method, path_contains, target: wanted_target } = &self.matches;
        let path = target.split_once('?').map_or(target, |(path, _)| path);
        if wanted_method.as_ref().is_some_and(|wanted| !wanted.eq_ignore_ascii_case(method))
            || path_contains.as_ref().is_some_and(|part| !path.contains(part.as_str()))
            || wanted_target.as_ref().is_some_and(|wanted| wanted != target)
        {
            return false;
        }
        let counted = if self.per_path { format!("{method} {path}") } else { String::new() };
        let seen = self.seen.entry(counted).or_default();
        *seen += 1;
        *seen > self.skip && self.times.is_none_or(|times| *seen <= self.skip + times)
    }
}
