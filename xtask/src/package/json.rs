//! JSON, written.

use std::fmt::Write;

/// A value. What is `Skip` is left out of its object.
#[derive(Debug, Clone)]
pub(super) enum Json {
    Skip,
    True,
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn text(text: &str) -> Json {
        Json::Text(text.to_owned())
    }

    pub(super) fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A list of what is made of each; nothing where there is none.
    pub(super) fn list<T>(of: &[T], make: impl Fn(&T) -> Json) -> Json {
        if of.is_empty() { Json::Skip } else { Json::List(of.iter().map(make).collect()) }
    }

    /// As a file.
    pub(super) fn file(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text.push('\n');
        text
    }

    fn write(&self, into: &mut String, depth: usize) {
        match self {
            Json::Skip => {}
            Json::True => into.push_str("true"),
            Json::Number(number) => into.push_str(&number.to_string()),
            Json::Text(text) => quote(text, into),
            Json::List(values) => within(into, depth, ['[', ']'], values, |value, into| value.write(into, depth + 1)),
            Json::Object(members) => {
                let there: Vec<_> = members.iter().filter(|(_, value)| !matches!(value, Json::Skip)).collect();
                within(into, depth, ['{', '}'], &there, |(name, value), into| {
                    quote(name, into);
                    into.push_str(": ");
                    value.write(into, depth + 1);
                });
            }
        }
    }
}

fn within<T>(into: &mut String, depth: usize, [open, close]: [char; 2], all: &[T], write: impl Fn(&T, &mut String)) {
    into.push(open);
    for (place, one) in all.iter().enumerate() {
        into.push_str(if place == 0 { "\n" } else { ",\n" });
        into.extend(std::iter::repeat_n("  ", depth + 1));
        write(one, into);
    }
    if !all.is_empty() {
        into.push('\n');
        into.extend(std::iter::repeat_n("  ", depth));
    }
    into.push(close);
}

fn quote(text: &str, into: &mut String) {
    into.push('"');
    for letter in text.chars() {
        match letter {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            // Writing into a text does not fail.
            control if control.is_control() => {
                let _ = write!(into, "\\u{:04x}", control as u32);
            }
            other => into.push(other),
        }
    }
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn it_is_json() {
        let value = Json::object([
            ("a \"name\"", Json::text("line\nof\ttext \\")),
            ("skipped", Json::Skip),
            ("list", Json::list(&[1, 2], |number| Json::text(&number.to_string()))),
            ("none", Json::list(&[0; 0], |_| Json::True)),
            ("empty", Json::Object(Vec::new())),
        ]);
        let expected = "{\n  \"a \\\"name\\\"\": \"line\\nof\\u0009text \\\\\",\n  \"list\": [\n    \"1\",\n    \"2\"\n  ],\n  \"empty\": {}\n}\n";
        assert_eq!(value.file(), expected);
    }
}
