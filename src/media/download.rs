//! A text as a file of the person's own.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlDocument};

use super::blob_url::BlobUrl;

/// Gives the person `text` as a file called `name`, of the type `mime`, by a click on `link`, an anchor made for it. False
/// when the browser keeps no such file. It does not tell when it has not saved it.
pub(crate) fn download(link: &web_sys::HtmlElement, name: &str, text: &str, mime: &str) -> bool {
    offer(link, name, text, mime).is_some()
}

/// Whether a download may come to nothing without a word: a page in a frame cannot see whether the frame allows it.
pub(crate) fn is_framed() -> bool {
    let Some(window) = web_sys::window() else { return false };
    window.top().ok().flatten().is_none_or(|top| top != window)
}

/// Puts the text of `area` on the clipboard. It stays selected: where this is false, the person can still copy it.
pub(crate) fn copy(area: &web_sys::HtmlTextAreaElement) -> bool {
    area.select();
    // Not the newer `navigator.clipboard`, which frames are mostly not allowed.
    let page = web_sys::window().and_then(|window| window.document()).map(JsCast::unchecked_into::<HtmlDocument>);
    page.is_some_and(|page| page.exec_command("copy").unwrap_or(false))
}

fn offer(link: &web_sys::HtmlElement, name: &str, text: &str, mime: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    // Of whatever the parts are: a text becomes UTF-8. (One function more would be paid by every visitor.)
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    // Given back a moment after this, when the browser has begun to save it.
    let url = BlobUrl::of(blob).ok()?;
    link.set_attribute("href", url.url()).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    Some(())
}
