//! A JSON document as one small tree, and the way through it that knows where it is.
//!
//! One tree for all answers instead of a `Deserialize` per type: the code that each derive would add is paid by every
//! visitor. [`Node`] reads leniently (an id as a number or as digits, a missing member as none) and names the place of
//! what it cannot read.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::form::number;

/// A JSON value. Members keep their order; of members with one name the first counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A number's digits. A fraction keeps three of them, which is more than money and dimensions need, and spares the
    /// code that writes floats.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The tree of a document; `None` when it is not JSON. A character that JSON does not allow in a text takes nothing with it.
pub(super) fn parse(document: &str) -> Option<Json> {
    read(document).or_else(|| read(&mended(document)))
}

fn read(document: &str) -> Option<Json> {
    serde_json::from_str(document).ok()
}

/// The document with the replacement mark for what is no character: half of a surrogate pair, a control character as it
/// is, an escape that there is not. Raw tabs and line ends are what they are meant to be.
fn mended(document: &str) -> String {
    const MARK: char = '\u{fffd}';
    let mut out = String::with_capacity(document.len() + 16);
    let mut is_text = false;
    let mut rest = document;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        let mut kept = rest.get(..length).unwrap_or_default();
        if is_text && c == '\\' {
            length = escape(rest);
            kept = rest.get(..length).unwrap_or_default();
        } else if is_text && c < ' ' {
            kept = match c {
                '\t' => "\\t",
                '\n' => "\\n",
                '\r' => "\\r",
                _ => "",
            };
        }
        if kept.is_empty() {
            out.push(MARK);
            // A code unit by itself goes as a whole; of what is no escape at all the backslash.
            length = if code_unit(rest).is_some() { 6 } else { 1 };
        } else if c == '"' {
            is_text = !is_text;
        }
        out.push_str(kept);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// How long the escape is that `text` begins with; 0 where it is none.
fn escape(text: &str) -> usize {
    match (text.as_bytes().get(1), code_unit(text)) {
        (Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't'), _) => 2,
        (_, Some(0xd800..0xdc00)) => {
            let second = text.get(6..).and_then(code_unit);
            if second.is_some_and(|unit| (0xdc00..0xe000).contains(&unit)) { 12 } else { 0 }
        }
        (_, Some(0xdc00..0xe000) | None) => 0,
        (_, Some(_)) => 6,
    }
}

/// The UTF-16 code unit whose escape `text` begins with.
fn code_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.as_bytes().get(..4)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit * 16 + char::from(*digit).to_digit(16)?))
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(Builder)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(number(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(signed(value < 0, number(value.unsigned_abs()))))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        // Saturates; nothing that the API counts comes near.
        let thousandths = (value.abs() * 1000.0 + 0.5) as u64;
        let mut text = number(thousandths / 1000);
        let fraction = number(1000 + thousandths % 1000);
        let fraction = fraction.get(1..).unwrap_or_default().trim_end_matches('0');
        if !fraction.is_empty() {
            text.push('.');
            text.push_str(fraction);
        }
        Ok(Json::Number(signed(value < 0.0, text)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(name) = members.next_key()? {
            object.push((name, members.next_value()?));
        }
        Ok(Json::Object(object))
    }
}

fn signed(negative: bool, mut text: String) -> String {
    if negative {
        text.insert(0, '-');
    }
    text
}

impl Json {
    /// A member of an object; null when there is none, and of anything else.
    pub(super) fn get(&self, name: &str) -> &Json {
        match self {
            Json::Object(members) => {
                members.iter().find(|(member, _)| member == name).map_or(&Json::Null, |(_, value)| value)
            }
            _ => &Json::Null,
        }
    }

    /// The items of a list; of anything else none.
    pub(super) fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// A text, a number's digits, or a truth value's word; `None` for anything else, and for null.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) | Json::Number(text) => Some(text),
            Json::Bool(true) => Some("true"),
            Json::Bool(false) => Some("false"),
            _ => None,
        }
    }

    /// A whole number, as a number or as digits.
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Json::Text(text) | Json::Number(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// A truth value, also as its word or as 0 and 1.
    pub(super) fn truth(&self) -> Option<bool> {
        match self.text()?.trim() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
}

/// What could not be read: the place within the answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flaw(pub(super) String);

/// A value and the way to it.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    pub(super) json: &'a Json,
    way: Way<'a>,
}

#[derive(Clone, Copy)]
enum Way<'a> {
    Root,
    Member(&'a Node<'a>, &'a str),
    Item(&'a Node<'a>, usize),
}

impl<'a> Node<'a> {
    pub(super) fn root(json: &'a Json) -> Node<'a> {
        Node { json, way: Way::Root }
    }

    /// A member, which may be missing: then it is null.
    pub(super) fn member(&'a self, name: &'a str) -> Node<'a> {
        Node { json: self.json.get(name), way: Way::Member(self, name) }
    }

    /// The first of several spellings of one member that is there.
    pub(super) fn spelled(&'a self, names: &[&'a str]) -> Node<'a> {
        let name = names.iter().find(|name| *self.json.get(name) != Json::Null).or(names.first());
        self.member(name.copied().unwrap_or_default())
    }

    /// That this cannot be read.
    pub(super) fn flaw(&self) -> Flaw {
        let mut path = String::new();
        self.write_path(&mut path);
        Flaw(if path.is_empty() { "body".to_owned() } else { path })
    }

    fn write_path(&self, path: &mut String) {
        match self.way {
            Way::Root => {}
            Way::Member(parent, name) => {
                parent.write_path(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Way::Item(parent, index) => {
                parent.write_path(path);
                path.push('[');
                path.push_str(&number(index as u64));
                path.push(']');
            }
        }
    }

    /// An id, an amount of things: a number that has to be there.
    pub(super) fn number(&self) -> Result<u64, Flaw> {
        self.json.number().ok_or_else(|| self.flaw())
    }

    /// A text that has to be there; a number passes for its digits.
    pub(super) fn text(&self) -> Result<String, Flaw> {
        self.maybe_text().ok_or_else(|| self.flaw())
    }

    /// A text, or none where it is missing or null.
    pub(super) fn maybe_text(&self) -> Option<String> {
        self.json.text().map(str::to_owned)
    }

    /// A text, empty where it is missing or null.
    pub(super) fn text_or_empty(&self) -> String {
        self.maybe_text().unwrap_or_default()
    }

    /// A truth value that has to be there.
    pub(super) fn truth(&self) -> Result<bool, Flaw> {
        self.json.truth().ok_or_else(|| self.flaw())
    }

    /// That this is an object, so that its members may be missing, but not all of it.
    pub(super) fn object(&self) -> Result<&Self, Flaw> {
        if matches!(self.json, Json::Object(_)) { Ok(self) } else { Err(self.flaw()) }
    }

    /// Every item of a list that has to be there; one that cannot be read makes the list unreadable.
    pub(super) fn each<T>(&self, read: fn(&Node<'_>) -> Result<T, Flaw>) -> Result<Vec<T>, Flaw> {
        let items = self.list()?;
        let mut found = Vec::with_capacity(items.len());
        for (index, json) in items.iter().enumerate() {
            found.push(read(&Node { json, way: Way::Item(self, index) })?);
        }
        Ok(found)
    }

    /// The items of a list that has to be there.
    pub(super) fn list(&self) -> Result<&'a [Json], Flaw> {
        if let Json::List(items) = self.json { Ok(items) } else { Err(self.flaw()) }
    }
}

/// Appends `text` as a JSON string.
pub(super) fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\u{0}'..'\u{20}' => {
                out.push_str("\\u00");
                out.push(if c < '\u{10}' { '0' } else { '1' });
                out.push(char::from(b"0123456789abcdef"[c as usize & 15]));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}
