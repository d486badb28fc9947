//! Texts as they go on cards and parcels: [`crate::domain::text`], with the browser's knowledge of accents.

use js_sys::JsString;

use crate::domain::text;

/// A text that was typed, without what nobody sees, and each letter with its accent as one character (NFC).
pub(crate) fn clean(text: &str) -> String {
    JsString::from(text::clean(text)).normalize("NFC").into()
}
