//! What an answer looks like, without what stands in it.

use serde_json::Value;

/// The kinds of a value and of what is in it, as in `{id: number, contact: {email: text, …}}`. Names of members are said where
/// they are names as a program has them; anything else might be somebody's.
pub(super) fn shape(value: &Value) -> String {
    describe(value, 3)
}

fn describe(value: &Value, depth: u8) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "true or false".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(text) => text_kind(text).to_owned(),
        Value::Array(items) => match items.first() {
            None => "[]".to_owned(),
            Some(_) if depth == 0 => "[…]".to_owned(),
            Some(first) => format!("[{}]", describe(first, depth - 1)),
        },
        Value::Object(_) if depth == 0 => "{…}".to_owned(),
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{}: {}", member(name), describe(value, depth - 1)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// What kind of text it is, as far as that matters for reading it.
pub(super) fn text_kind(text: &str) -> &'static str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let money = text.trim_matches(['(', ')']);
    match text {
        "" => "empty text",
        "image" => "the word `image`",
        _ if digits(text) => "digits",
        _ if money.starts_with('$') => "money",
        _ if text.len() >= 19 && digits(&text[..4.min(text.len())]) && text.as_bytes().get(10) == Some(&b'T') => "time",
        _ if text.starts_with("data:") => "data: URI",
        _ if text.starts_with("http://") || text.starts_with("https://") => "address",
        _ if is_picture(text) => "Base64 of a picture",
        _ => "text",
    }
}

/// JPEG, PNG, GIF, WebP, each in Base64.
fn is_picture(text: &str) -> bool {
    ["/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR"].iter().any(|begin| text.starts_with(begin))
}

/// The vendor's names are lower case, with or without capitals inside; a template's tokens are an organization's own.
fn member(name: &str) -> &str {
    let plain = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if plain && name.starts_with(|first: char| first.is_ascii_lowercase()) { name } else { "(a name)" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_are_told_and_nothing_that_stands_there() {
        let value = json!({
            "id": 7, "other": "7", "email": "ana@example.org", "balance": "($5.50)", "at": "2026-11-26T10:00:00Z",
            "data": [{"FULL_NAME": "Ana Núñez"}], "ana@example.org": null, "photo": "/9j/4AAQ", "none": [], "é": "é",
        });
        let told = shape(&value);
        for expected in ["id: number", "other: digits", "email: text", "balance: money", "at: time", "none: []"] {
            assert!(told.contains(expected), "{told}");
        }
        assert!(told.contains("data: [{(a name): text}]") && told.contains("photo: Base64 of a picture"), "{told}");
        assert!(!told.contains("Ana") && !told.contains("FULL_NAME") && !told.contains("ana@"), "{told}");
    }
}
