//! Writes an answer's JSON, straight into its text: a simulator asks millions of times, and a tree of values in between
//! would cost more than all the rules together. What is the same for every answer, the spelling of ids and of missing
//! values, is decided here.

use crate::dialect::Dialect;
use std::fmt::Write as _;

/// A JSON text in the making.
#[derive(Debug)]
pub(crate) struct Json {
    text: String,
    ids_as_texts: bool,
    without_nulls: bool,
}

impl Json {
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self {
            text: String::with_capacity(512),
            ids_as_texts: dialect.is("ids", "strings"),
            without_nulls: dialect.is("nulls", "absent"),
        }
    }

    /// The finished text.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// Forgets what was written, for an operation that is refused after all.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
    }

    fn comma(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }

    /// The name of an object's next member; its value is to follow.
    pub(crate) fn member(&mut self, name: &'static str) -> &mut Self {
        self.comma();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self
    }

    /// The same, for a name that somebody else has given.
    pub(crate) fn given_member(&mut self, name: &str) -> &mut Self {
        self.text(name);
        self.text.push(':');
        self
    }

    pub(crate) fn object(&mut self, fill: impl FnOnce(&mut Self)) {
        self.comma();
        self.text.push('{');
        fill(self);
        self.text.push('}');
    }

    pub(crate) fn list<T>(&mut self, items: impl IntoIterator<Item = T>, mut each: impl FnMut(&mut Self, T)) {
        self.comma();
        self.text.push('[');
        items.into_iter().for_each(|item| each(self, item));
        self.text.push(']');
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.comma();
        self.text.push('"');
        if has_special(text.as_bytes()) {
            for letter in text.chars() {
                match letter {
                    '"' | '\\' => self.text.extend(['\\', letter]),
                    '\n' => self.text.push_str("\\n"),
                    letter if letter < ' ' => drop(write!(self.text, "\\u{:04x}", u32::from(letter))),
                    letter => self.text.push(letter),
                }
            }
        } else {
            self.text.push_str(text);
        }
        self.text.push('"');
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.comma();
        self.digits(number);
    }

    fn digits(&mut self, mut number: u64) {
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + u8::try_from(number % 10).unwrap_or(0);
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.text.push_str(std::str::from_utf8(&digits[at..]).unwrap_or("0"));
    }

    /// A number, or a text of digits where ids are spelled so.
    pub(crate) fn id(&mut self, id: u64) {
        self.comma();
        if self.ids_as_texts {
            self.text.push('"');
            self.digits(id);
            self.text.push('"');
        } else {
            self.digits(id);
        }
    }

    pub(crate) fn flag(&mut self, flag: bool) {
        self.comma();
        self.text.push_str(if flag { "true" } else { "false" });
    }

    /// A member without a value: null, or left out.
    pub(crate) fn no(&mut self, name: &'static str) {
        if !self.without_nulls {
            self.member(name).text.push_str("null");
        }
    }

    pub(crate) fn optional_id(&mut self, name: &'static str, id: Option<u64>) {
        match id {
            Some(id) => self.member(name).id(id),
            None => self.no(name),
        }
    }

    pub(crate) fn optional_text(&mut self, name: &'static str, text: Option<&str>) {
        match text {
            Some(text) => self.member(name).text(text),
            None => self.no(name),
        }
    }

    /// A text that is none when it is empty.
    pub(crate) fn unless_empty(&mut self, name: &'static str, text: &str) {
        self.optional_text(name, (!text.is_empty()).then_some(text));
    }
}

/// Whether a text has anything that JSON does not take as it is. Most have not, and this is what an answer costs most, so
/// eight bytes are looked at together: a byte is zero, or below 0x20, where taking one or 0x20 off borrows.
fn has_special(text: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGHS;
    text.chunks(8).any(|chunk| {
        let mut eight = [b' '; 8];
        eight[..chunk.len()].copy_from_slice(chunk);
        let word = u64::from_ne_bytes(eight);
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        below(word, 0x20) | is(b'"') | is(b'\\') != 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_json_and_speaks_the_dialect() {
        let mut dialect = Dialect::default();
        let written = |dialect: Dialect| {
            let mut out = Json::new(dialect);
            out.object(|out| {
                out.member("id").id(70);
                out.optional_text("a", None);
                out.member("list").list([1, 2], Json::number);
                out.member("none").list([0; 0], Json::number);
                out.member("b").text("\"\\\u{1}\nü{");
                out.member("c").object(|_| ());
                out.member("d").flag(true);
            });
            out.finish()
        };
        assert_eq!(
            written(dialect),
            r#"{"id":70,"a":null,"list":[1,2],"none":[],"b":"\"\\\u0001\nü{","c":{},"d":true}"#
        );
        serde_json::from_str::<serde_json::Value>(&written(dialect)).unwrap();
        dialect.set("ids", "strings").unwrap();
        dialect.set("nulls", "absent").unwrap();
        assert!(written(dialect).starts_with(r#"{"id":"70","list":[1,2]"#));
    }

    #[test]
    fn everything_special_is_seen_wherever_it_stands() {
        for byte in 0..=127_u8 {
            let special = byte < 0x20 || byte == b'"' || byte == b'\\';
            for at in 0..11 {
                let mut text = "äbcdéfgh~\u{7f} ".as_bytes().to_vec();
                text[at] = byte;
                assert_eq!(has_special(&text), special, "{byte} at {at}");
            }
        }
    }
}
