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

/// `Retry-After`: seconds, or a date. Of a date it is asked what the answer's own `Date` is, where the page is let see it:
/// the device's clock may be another one than the server's.
pub(super) fn seconds(said: &str, date: Option<String>) -> Option<u32> {
    let said = said.trim();
    said.parse().ok().or_else(|| {
        let until = js_sys::Date::parse(said);
        let now = date.map_or_else(js_sys::Date::now, |date| js_sys::Date::parse(&date));
        let count = (until - now) / 1000.0;
        // What is no date is no number either. One that is over is soon.
        (!count.is_nan()).then(|| count.ceil().max(1.0) as u32)
    })
}
