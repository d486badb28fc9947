//! What requests and answers have in common, whichever of the browser's ways they go.

use wasm_bindgen::JsValue;
use web_sys::FormData;

use crate::world::Method;

/// The browser writes the multipart body and its boundary.
pub(super) fn form_data(form: &[(&'static str, String)]) -> Result<FormData, JsValue> {
    let data = FormData::new()?;
    for (name, value) in form {
        data.append_with_str(name, value)?;
    }
    Ok(data)
}

pub(super) fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}

/// `Retry-After`: seconds, or a date.
pub(super) fn seconds(said: &str) -> Option<u32> {
    let said = said.trim();
    let count = || (js_sys::Date::parse(said) - js_sys::Date::now()) / 1000.0;
    // What is no date is no number either, and so not positive.
    said.parse().ok().or_else(|| Some(count()).filter(|count| *count > 0.0).map(|count| count.ceil() as u32))
}
