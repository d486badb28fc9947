//! The field `Idempotency-Key`, as the IETF's draft has it: an Item of Structured Fields (RFC 8941) whose value is a String.

use std::fmt;

/// The name of the field.
pub const FIELD: &str = "idempotency-key";

/// A key has at least so many characters: a counter is none.
pub const SHORTEST: usize = 16;

/// And at most so many.
pub const LONGEST: usize = 128;

/// What a client named one carrying out by. Whoever has it, and the caller's secret, can read the answer: it is shown in no log.
#[derive(Clone, Eq, PartialEq)]
pub struct Key(String);

impl Key {
    /// Reads the field's value. Parameters behind it are passed over, as the draft knows none; two fields in one request are
    /// for the caller of this to refuse.
    ///
    /// # Errors
    /// It is not of that form, too short or too long.
    pub fn parse(value: &[u8]) -> Result<Self, Malformed> {
        let (text, rest) = string(trim(value))?;
        parameters(rest)?;
        if (SHORTEST..=LONGEST).contains(&text.len()) { Ok(Self(text)) } else { Err(Malformed) }
    }

    /// A key of the gateway's own for a step of what this key stands for.
    pub(super) fn step(&self, name: &str) -> Self {
        // What a client sends has no line's end, so it can name none of these.
        Self(format!("{}\n{name}", self.0))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

/// The field's value is no key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Idempotency-Key must be a quoted text of {SHORTEST} to {LONGEST} characters")
    }
}

impl std::error::Error for Malformed {}

fn trim(mut value: &[u8]) -> &[u8] {
    while let Some(rest) = value.strip_prefix(b" ") {
        value = rest;
    }
    while let Some(rest) = value.strip_suffix(b" ") {
        value = rest;
    }
    value
}

/// A String, and what comes after it.
fn string(value: &[u8]) -> Result<(String, &[u8]), Malformed> {
    let mut rest = value.strip_prefix(b"\"").ok_or(Malformed)?;
    let mut text = String::new();
    loop {
        let (&byte, after) = rest.split_first().ok_or(Malformed)?;
        rest = after;
        match byte {
            b'"' => return Ok((text, rest)),
            b'\\' => {
                let (&escaped, after) = rest.split_first().ok_or(Malformed)?;
                if !matches!(escaped, b'"' | b'\\') {
                    return Err(Malformed);
                }
                text.push(char::from(escaped));
                rest = after;
            }
            b' '..=b'~' => text.push(char::from(byte)),
            _ => return Err(Malformed),
        }
    }
}

/// `;name=value`, as often as it comes.
fn parameters(mut rest: &[u8]) -> Result<(), Malformed> {
    while !rest.is_empty() {
        rest = trim(rest.strip_prefix(b";").ok_or(Malformed)?);
        if !matches!(rest.first(), Some(b'a'..=b'z' | b'*')) {
            return Err(Malformed);
        }
        rest = skip(rest, |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'*'));
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        rest = match value.first() {
            Some(b'"') => string(value)?.1,
            Some(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'*' | b'?' | b':') => {
                skip(value, |byte| matches!(byte, b'!'..=b'~') && !matches!(byte, b'"' | b';' | b','))
            }
            _ => return Err(Malformed),
        };
    }
    Ok(())
}

fn skip(value: &[u8], passes: impl Fn(u8) -> bool) -> &[u8] {
    let length = value.iter().take_while(|byte| passes(**byte)).count();
    value.get(length..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(value: &str) -> Option<String> {
        Key::parse(value.as_bytes()).ok().map(|key| key.0)
    }

    #[test]
    fn a_quoted_text_is_a_key() {
        let uuid = "8e03978e-40d5-43dd-bc93-6894a57f9324";
        for value in [
            format!("\"{uuid}\""),
            format!("  \"{uuid}\" "),
            format!("\"{uuid}\";a=1"),
            format!("\"{uuid}\"; a ;b=\"x\\\"y\";c=?1").replace(" ;", ";"),
        ] {
            assert_eq!(text(&value).as_deref(), Some(uuid), "{value}");
        }
        assert_eq!(text(r#""0123456789\"\\abcdef""#).as_deref(), Some(r#"0123456789"\abcdef"#));
    }

    #[test]
    fn anything_else_is_none() {
        let long = format!("\"{}\"", "a".repeat(LONGEST + 1));
        for value in [
            "",
            "\"\"",
            "8e03978e-40d5-43dd-bc93-6894a57f9324",
            "\"1\"",
            "\"0123456789abcde\"",
            "\"0123456789abcdef",
            "\"0123456789abcdef\\\"",
            "\"0123456789abcdef\\n\"",
            "\"0123456789abcdef\u{e9}\"",
            "\"0123456789abcdef\n\"",
            "\"0123456789abcdef\"\"",
            "\"0123456789abcdef\", \"0123456789abcdef\"",
            "\"0123456789abcdef\";",
            "\"0123456789abcdef\";A=1",
            "\"0123456789abcdef\";a=",
            "(\"0123456789abcdef\")",
            ":MDEyMzQ1Njc4OWFiY2RlZg==:",
            &long,
        ] {
            assert_eq!(text(value), None, "{value}");
        }
    }

    #[test]
    fn it_is_not_shown() {
        let key = Key::parse(b"\"0123456789abcdef\"").unwrap();
        assert!(!format!("{key:?}").contains("0123"));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_a_key_or_refused(value in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(key) = Key::parse(&value) {
                prop_assert!((SHORTEST..=LONGEST).contains(&key.0.len()));
                prop_assert!(key.0.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
            }
        }

        #[test]
        fn what_is_written_is_read(text in "[ -~]{16,128}", parameters in "(;[a-z][a-z0-9]{0,5}(=[0-9]{1,3})?){0,3}") {
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            let key = Key::parse(format!("\"{escaped}\"{parameters}").as_bytes()).unwrap();
            prop_assert_eq!(key.0, text);
        }

        #[test]
        fn a_step_is_no_key_that_a_client_can_send(text in "[ -~]{16,100}", other in proptest::collection::vec(any::<u8>(), 0..150)) {
            let step = Key(text).step("print");
            prop_assert!(Key::parse(&other).map_or(true, |key| key != step));
        }
    }
}
