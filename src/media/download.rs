//! A text as a file of the person's own.

use js_sys::Array;
use web_sys::{Blob, BlobPropertyBag};

use super::blob_url::BlobUrl;

/// Gives the person `text` as a file called `name`, of the type `mime`, by a click on `link`, an anchor made for it. False
/// when the browser keeps no such file.
pub(crate) fn download(link: &web_sys::HtmlElement, name: &str, text: &str, mime: &str) -> bool {
    offer(link, name, text, mime).is_some()
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
