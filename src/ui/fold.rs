//! The same for capitals and small letters: the browser knows how to, and Unicode's tables would be kilobytes of WASM.

use js_sys::JsString;

/// `text` in small letters.
pub(crate) fn fold(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
