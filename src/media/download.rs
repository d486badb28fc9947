//! A text as a file of the person's own.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement};

use super::blob_url::BlobUrl;

/// Gives the person `text` as a file called `name`, of the type `mime`. False when the browser keeps no such file.
pub(crate) fn download(name: &str, text: &str, mime: &str) -> bool {
    offer(name, text, mime).is_some()
}

fn offer(name: &str, text: &str, mime: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    // Given back a moment after this, when the browser has begun to save it.
    let url = BlobUrl::of(blob).ok()?;
    let anchor = web_sys::window()?.document()?.create_element("a").ok()?;
    let anchor: &HtmlAnchorElement = anchor.unchecked_ref();
    anchor.set_href(url.url());
    anchor.set_download(name);
    anchor.click();
    Some(())
}
