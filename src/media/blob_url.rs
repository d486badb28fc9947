//! Pictures that came as Base64, as something that an `<img>` can show.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::{set_timeout, window};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, HtmlImageElement, Url};

use super::image_bytes::sniff;
use crate::api::cut;
use crate::world::{PictureUrl, Pictures, Seen, Unseen};

/// For how long a URL outlives its last user.
const GRACE: Duration = Duration::from_secs(1);

/// Why a text is not shown as a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageError {
    /// It is not Base64.
    NotBase64,
    /// Its bytes are not those of a PNG, JPEG, WebP or GIF.
    NotAnImage,
    /// The browser refused to keep it.
    Refused,
}

/// An object URL of a picture, given back to the browser a moment after its last clone is dropped.
#[derive(Clone)]
pub struct BlobUrl(Rc<Inner>);

struct Inner {
    url: String,
    blob: Blob,
}

impl BlobUrl {
    /// Makes the picture that `text`, bare Base64 or a `data:` URI, holds.
    ///
    /// The type comes from the bytes and never from the text, and is one of four that cannot carry a script: whatever a
    /// server sends, it is shown as pixels or not at all.
    pub fn image_from_base64(text: &str) -> Result<BlobUrl, ImageError> {
        let payload = match text.trim_start().strip_prefix("data:") {
            Some(uri) => cut(uri, ";base64,").ok_or(ImageError::NotBase64)?.1,
            None => text,
        };
        let bytes = from_base64(payload).ok_or(ImageError::NotBase64)?;
        let format = sniff(&bytes).filter(|format| format.is_universal()).ok_or(ImageError::NotAnImage)?;
        let parts = Array::of1(&Uint8Array::from(&bytes[..]));
        let options = BlobPropertyBag::new();
        options.set_type(format.mime());
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).map_err(refused)?;
        BlobUrl::of(blob)
    }

    /// A URL of `blob`, whose type the caller has seen to.
    pub(super) fn of(blob: Blob) -> Result<BlobUrl, ImageError> {
        let url = Url::create_object_url_with_blob(&blob).map_err(refused)?;
        Ok(BlobUrl(Rc::new(Inner { url, blob })))
    }

    /// The URL. It is good for as long as a clone of this lives.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// The picture's bytes, for example to crop it anew with [`super::photo::open`].
    pub fn blob(&self) -> &Blob {
        &self.0.blob
    }
}

impl PictureUrl for BlobUrl {
    fn url(&self) -> &str {
        self.url()
    }
}

/// The file that a `data:` URI in Base64 holds, whatever it is: for whoever looks into it.
pub fn blob_of_data_uri(text: &str) -> Option<Blob> {
    let bytes = from_base64(cut(text, ";base64,")?.1)?;
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(&bytes[..]))).ok()
}

/// The bytes that `text` stands for. The browser knows how: a decoder of our own would be a kilobyte for every visitor. It
/// allows for broken lines, as Ruby's `encode64` makes them, and for padding that was left off.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    // A letter for each byte.
    Some(window().atob(text).ok()?.chars().map(|letter| letter as u8).collect())
}

/// Shows what a server sends as pictures by object URLs, or by `data:` URIs where the page does not let it.
#[derive(Clone, Copy, Debug)]
pub struct BlobUrls;

impl Pictures for BlobUrls {
    fn show(&self, base64: &str) -> LocalBoxFuture<'static, Seen> {
        let picture = BlobUrl::image_from_base64(base64);
        let base64 = base64.to_owned();
        Box::pin(async move {
            let picture = picture.map_err(|_| Unseen::NoPicture)?;
            let data = || {
                ["data:", &picture.blob().type_(), ";base64,", base64.rsplit(',').next().unwrap_or_default()].concat()
            };
            let mut step = match WAY.get() {
                Way::Object => Step::Object,
                Way::Data => Step::Data,
                Way::None => return Err(Unseen::Blocked),
            };
            loop {
                let trying = match step {
                    Step::Object => loading(picture.url()),
                    Step::Bytes => {
                        web_sys::window().and_then(|window| window.create_image_bitmap_with_blob(picture.blob()).ok())
                    }
                    Step::Pixel => loading(PIXEL),
                    Step::Data => loading(&data()),
                };
                let Some(trying) = trying else { return Err(Unseen::NoPicture) };
                let shown = JsFuture::from(trying).await.is_ok();
                step = match (step, shown) {
                    (Step::Object, true) => {
                        let picture: Rc<dyn PictureUrl> = Rc::new(picture);
                        return Ok(picture);
                    }
                    // What begins as a picture may go on as noise.
                    (Step::Object, false) => Step::Bytes,
                    // It is one, and was not shown: the page's policy has no `blob:` among its `img-src`. For what else it
                    // has a pixel is tried, since what a policy refuses stands in the console.
                    (Step::Bytes, true) => Step::Pixel,
                    (Step::Pixel, shown) => {
                        WAY.set(if shown { Way::Data } else { Way::None });
                        if !shown {
                            return Err(Unseen::Blocked);
                        }
                        Step::Data
                    }
                    (Step::Data, true) => return Ok(Rc::new(DataUrl(data()))),
                    (Step::Bytes | Step::Data, false) => return Err(Unseen::NoPicture),
                };
            }
        })
    }
}

/// What is tried, one after the other, until it is known whether a picture is to be seen.
#[derive(Clone, Copy)]
enum Step {
    /// Its object URL.
    Object,
    /// Whether the browser can make a picture of its bytes, whatever the page lets it show.
    Bytes,
    /// Whether the page shows `data:` URIs.
    Pixel,
    /// Its own.
    Data,
}

/// How the page lets pictures be shown: its policy is the same for as long as it lives.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Object,
    Data,
    None,
}

thread_local! {
    static WAY: Cell<Way> = const { Cell::new(Way::Object) };
}

/// A picture of one pixel; a browser sees by itself of which type it is.
const PIXEL: &str = "data:;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACADs=";

/// A picture in its address.
struct DataUrl(String);

impl PictureUrl for DataUrl {
    fn url(&self) -> &str {
        &self.0
    }
}

/// Loads all of what is at `url`, as the page shows it.
fn loading(url: &str) -> Option<Promise> {
    let image = HtmlImageElement::new().ok()?;
    image.set_src(url);
    Some(image.decode())
}

fn refused(_: JsValue) -> ImageError {
    ImageError::Refused
}

impl fmt::Debug for BlobUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlobUrl")
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        // Not at once: an image that was shown a moment ago may still be on its way to the blob.
        let url = std::mem::take(&mut self.url);
        set_timeout(
            move || {
                // It fails for a URL that is no blob's only.
                let _ = Url::revoke_object_url(&url);
            },
            GRACE,
        );
    }
}
