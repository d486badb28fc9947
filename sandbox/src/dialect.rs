//! The points that the vendor's text leaves open, and the answer this run of the sandbox gives to each. `wire-facts.md`
//! lists them as "G"; a client has to cope with every value here, whichever is the real one.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One open point.
#[derive(Debug)]
pub struct Point {
    /// Its name in `--dialect NAME=VALUE`.
    pub key: &'static str,
    /// Its possible values; the first is the default.
    pub values: &'static [&'static str],
    /// What it changes.
    pub about: &'static str,
}

/// Every open point.
pub const POINTS: &[Point] = &[
    Point {
        key: "auth",
        values: &["auth_token", "token"],
        about: "the member of the sign-in answer that holds the token",
    },
    Point { key: "profile", values: &["snake", "camel"], about: "spelling of the profile's members" },
    Point {
        key: "profile_org",
        values: &["id", "organization_id"],
        about: "the profile's member for the organization's id",
    },
    Point {
        key: "card_data",
        values: &["array", "pairs", "object"],
        about: "a card's data: [{token,label,type,value}], [{TOKEN: value}] or {TOKEN: value}",
    },
    Point {
        key: "card_image",
        values: &["base64", "data_uri", "url", "word"],
        about: "how a single card's image values are returned",
    },
    Point { key: "images", values: &["strings", "objects", "absent"], about: "a card's `images`" },
    Point { key: "ids", values: &["numbers", "strings"], about: "every id as a number or as a string of digits" },
    Point { key: "balance", values: &["object", "string"], about: "the balance as {balance} or as the bare text" },
    Point {
        key: "job_cards",
        values: &["user_datum", "cards", "top_cards", "card_ids"],
        about: "where a print job lists its cards",
    },
    Point { key: "job_status", values: &["word", "number"], about: "a print job's status" },
    Point {
        key: "job_extras",
        values: &["top", "extract"],
        about: "where a print job has number_of_copies and shipping_provider_id",
    },
    Point {
        key: "status_filter",
        values: &["honoured", "ignored"],
        about: "whether the list of print jobs heeds the status that is asked for",
    },
    Point { key: "dimensions", values: &["numbers", "strings", "absent"], about: "a template field's dimensions" },
    Point { key: "errors", values: &["string", "list"], about: "`error` as one text or as a list" },
    Point { key: "preview_back", values: &["empty", "absent"], about: "the back of a one-sided card's preview" },
    Point { key: "orientation", values: &["present", "absent"], about: "a preview's `orientation`" },
    Point {
        key: "nulls",
        values: &["present", "absent"],
        about: "whether a member without a value is null or left out",
    },
];

/// The chosen value of every point.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialect(BTreeMap<&'static str, &'static str>);

impl Dialect {
    /// Whether `key` is set to `value`, explicitly or by default.
    pub(crate) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == value
    }

    /// The value of `key`; "" for a key that does not exist.
    pub(crate) fn get(&self, key: &str) -> &'static str {
        let default = || POINTS.iter().find(|point| point.key == key).map_or("", |point| point.values[0]);
        self.0.get(key).copied().unwrap_or_else(default)
    }

    /// Sets one point, or says what would have been right.
    pub(crate) fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let Some(point) = POINTS.iter().find(|point| point.key == key) else {
            let known: Vec<_> = POINTS.iter().map(|point| point.key).collect();
            return Err(format!("unknown dialect '{key}'; there are: {}", known.join(", ")));
        };
        let Some(value) = point.values.iter().find(|known| **known == value) else {
            return Err(format!("dialect '{key}' is one of: {}", point.values.join(", ")));
        };
        self.0.insert(point.key, value);
        Ok(())
    }

    /// All points with their present values, for the state dump.
    pub(crate) fn to_json(&self) -> Value {
        POINTS.iter().map(|point| (point.key.to_owned(), json!(self.get(point.key)))).collect::<Map<_, _>>().into()
    }

    /// What is the same for every answer: the spelling of ids and of missing values.
    pub(crate) fn finish(&self, value: Value) -> Value {
        let value = if self.is("ids", "strings") { ids_as_strings(value, false) } else { value };
        if self.is("nulls", "absent") { without_nulls(value) } else { value }
    }

    /// The body of a refusal.
    pub(crate) fn error(&self, texts: &[String]) -> Value {
        if self.is("errors", "list") {
            json!({ "error": texts })
        } else {
            json!({ "error": texts.first().map_or("Bad Request", String::as_str) })
        }
    }
}

/// Turns the numbers of members called `id`, `…_id`, `…Id` or `…_ids` into texts. `inside` says that the value belongs
/// to such a member.
fn ids_as_strings(value: Value, inside: bool) -> Value {
    match value {
        Value::Number(number) if inside => Value::String(number.to_string()),
        Value::Array(items) => items.into_iter().map(|item| ids_as_strings(item, inside)).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| {
                let is_id = name == "id" || name.ends_with("_id") || name.ends_with("Id") || name.ends_with("_ids");
                let member = ids_as_strings(member, is_id);
                (name, member)
            })
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .map(|(name, member)| (name, without_nulls(member)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}
