//! What can be known of a picture without decoding it, and pictures' texts: bare Base64 and `data:` URIs.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hasher as _};

/// A picture as somebody sent it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Picture {
    /// Its Base64, without a `data:` prefix.
    pub(crate) base64: String,
}

/// What the first bytes of a picture say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) mime: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

impl Picture {
    /// Takes a value of `card[data]`: Base64, with or without the `data:` prefix, perhaps broken into lines.
    pub(crate) fn from_text(text: &str) -> Self {
        let text = text.trim();
        let bare = match text.split_once(',') {
            Some((head, rest)) if head.starts_with("data:") => rest,
            _ => text,
        };
        Self { base64: bare.split_ascii_whitespace().collect() }
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Self {
        Self { base64: STANDARD.encode(bytes) }
    }

    /// The picture's bytes; nothing when the text is not Base64.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.base64).ok()
    }

    /// Its format, as the first bytes say. The size is read from a start long enough for the metadata that cameras add.
    pub(crate) fn header(&self) -> Option<Header> {
        let start = self.base64.len().min(256 * 1024) / 4 * 4;
        header(&STANDARD.decode(self.base64.get(..start)?).ok()?)
    }

    /// As a `data:` URI.
    pub(crate) fn data_uri(&self) -> String {
        let mime = self.header().map_or("image/jpeg", |header| header.mime);
        format!("data:{mime};base64,{}", self.base64)
    }

    /// For logs and dumps, in place of the picture.
    pub(crate) fn summary(&self) -> Value {
        let bytes = self.bytes();
        let header = bytes.as_deref().and_then(header);
        let mut hasher = DefaultHasher::new();
        hasher.write(self.base64.as_bytes());
        let first = |bytes: &[u8]| bytes.iter().take(8).map(|byte| format!("{byte:02x}")).collect::<String>();
        json!({
            "bytes": bytes.as_ref().map(Vec::len),
            "first_bytes": bytes.as_deref().map(first),
            "hash": format!("{:016x}", hasher.finish()),
            "mime": header.map(|header| header.mime),
            "width": header.map(|header| header.width),
            "height": header.map(|header| header.height),
        })
    }
}

fn header(bytes: &[u8]) -> Option<Header> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        return Some(Header { mime: "image/png", width: number(16)?, height: number(20)? });
    }
    bytes.starts_with(&[0xff, 0xd8, 0xff]).then(|| jpeg_header(bytes)).flatten()
}

/// Walks the segments of a JPEG to the one with its size.
fn jpeg_header(bytes: &[u8]) -> Option<Header> {
    let mut at = 2;
    loop {
        let (marker, length) = match *bytes.get(at..at + 4)? {
            [0xff, 0xff, ..] => {
                at += 1;
                continue;
            }
            [0xff, marker, high, low] => (marker, usize::from(high) << 8 | usize::from(low)),
            _ => return None,
        };
        // Every start-of-frame marker; C4, C8 and CC are tables.
        if (0xc0..=0xcf).contains(&marker) && ![0xc4, 0xc8, 0xcc].contains(&marker) {
            let number = |at: usize| Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at + 1)?));
            return Some(Header { mime: "image/jpeg", height: number(at + 5)?, width: number(at + 7)? });
        }
        at += 2 + length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_line_breaks_are_taken_off() {
        assert_eq!(Picture::from_text("data:image/png;base64,iVBO\nRw0K").base64, "iVBORw0K");
        assert_eq!(Picture::from_text(" iVBO ").base64, "iVBO");
    }

    #[test]
    fn sizes_are_read_from_the_header() {
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, 0x01, 0x78, 0x01, 0x1a, 1, 1, 0x11, 0];
        assert_eq!(header(&jpeg), Some(Header { mime: "image/jpeg", width: 0x11a, height: 0x178 }));
        assert_eq!(header(b"GIF89a"), None);
        assert_eq!(header(&[0xff, 0xd8, 0xff]), None);
    }
}
