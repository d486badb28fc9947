//! A line of the log in JSON. Its values are written as they come, and none is put together before: of what a small request takes,
//! the log was the largest part that is not the network's.

use std::fmt::{self, Debug, Write as _};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

/// The time, the level, what the event has to say, and where it is from.
#[derive(Debug)]
pub(super) struct Json;

impl<S, N> FormatEvent<S, N> for Json
where
    S: Subscriber + for<'lookup> LookupSpan<'lookup>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut line: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        line.write_str("{\"timestamp\":\"")?;
        SystemTime.format_time(&mut line)?;
        write!(line, "\",\"level\":\"{}\"", event.metadata().level().as_str())?;
        let mut fields = Fields { line: &mut line, written: Ok(()) };
        event.record(&mut fields);
        fields.written?;
        line.write_str(",\"target\":")?;
        text(&mut line, |line| line.write_str(event.metadata().target()))?;
        line.write_str("}\n")
    }
}

/// The event's own fields.
struct Fields<'a, W> {
    line: &'a mut W,
    written: fmt::Result,
}

impl<W: fmt::Write> Fields<'_, W> {
    fn write(&mut self, field: &Field, value: impl FnOnce(&mut W) -> fmt::Result) {
        if self.written.is_ok() {
            // Names are ours, and have nothing to escape.
            self.written = write!(self.line, ",\"{}\":", field.name()).and_then(|()| value(self.line));
        }
    }
}

impl<W: fmt::Write> Visit for Fields<'_, W> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.write(field, |line| text(line, |escaped| write!(escaped, "{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.write(field, |line| text(line, |escaped| escaped.write_str(value)));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.write(field, |line| write!(line, "{value}"));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.write(field, |line| write!(line, "{value}"));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.write(field, |line| write!(line, "{value}"));
    }
}

/// A text with its quotes.
fn text<W: fmt::Write>(line: &mut W, value: impl FnOnce(&mut Escaped<'_, W>) -> fmt::Result) -> fmt::Result {
    line.write_char('"')?;
    value(&mut Escaped(line))?;
    line.write_char('"')
}

/// Writes what JSON does not let stand in a text as it has to be (RFC 8259, 7).
struct Escaped<'a, W>(&'a mut W);

impl<W: fmt::Write> fmt::Write for Escaped<'_, W> {
    fn write_str(&mut self, mut text: &str) -> fmt::Result {
        let is_special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        while let Some(at) = text.bytes().position(is_special) {
            self.0.write_str(&text[..at])?;
            match text.as_bytes()[at] {
                byte @ (b'"' | b'\\') => write!(self.0, "\\{}", char::from(byte))?,
                b'\n' => self.0.write_str("\\n")?,
                byte => write!(self.0, "\\u{byte:04x}")?,
            }
            text = &text[at + 1..];
        }
        self.0.write_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_stands_in_a_line_is_read_again(value in "\\PC{0,40}|[\"\\\\\\x00-\\x1f\\x7fa\u{e9}]{0,40}") {
            let mut line = String::new();
            text(&mut line, |line| line.write_str(&value)).unwrap();
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), value);
        }
    }

    #[test]
    fn a_line_has_the_time_the_level_the_fields_and_where_it_is_from() {
        use std::sync::{Arc, Mutex, PoisonError};
        #[derive(Clone, Default)]
        struct Kept(Arc<Mutex<Vec<u8>>>);
        impl std::io::Write for Kept {
            fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
                self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(line);
                Ok(line.len())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let kept = Kept::default();
        let there = kept.clone();
        let log = tracing_subscriber::fmt().event_format(Json).with_writer(move || there.clone()).finish();
        tracing::subscriber::with_default(log, || {
            let deed = "{\"card\":7}";
            tracing::warn!(target: "audit", deed, status = 404_u16, difference = -1, is = true, address = %"::1", "refused");
        });
        let line = kept.0.lock().unwrap().clone();
        let json: serde_json::Value = serde_json::from_slice(&line).unwrap();
        assert!(json["timestamp"].as_str().unwrap().ends_with('Z'));
        let rest = ["level", "target", "deed", "message", "address"].map(|name| json[name].as_str().unwrap());
        assert_eq!(rest, ["WARN", "audit", "{\"card\":7}", "refused", "::1"]);
        assert_eq!((&json["status"], &json["difference"], &json["is"]), (&404.into(), &(-1).into(), &true.into()));
        assert_eq!(line.iter().filter(|byte| **byte == b'\n').count(), 1);
    }
}
