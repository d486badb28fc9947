//! Pictures that came as Base64, as something that an `<img>` can show.

use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use js_sys::{Array, Uint8Array};
use leptos::prelude::set_timeout;
use wasm_bindgen::JsValue;
use web_sys::{Blob, BlobPropertyBag, Url};

use super::image_bytes::sniff;
use crate::api::cut;
use crate::world::{PictureUrl, Pictures};

/// Padding is left off by some servers.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

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
        // Some encoders break their lines (Ruby's `encode64` does).
        let payload: Vec<u8> = payload.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let bytes = BASE64.decode(payload).map_err(|_| ImageError::NotBase64)?;
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

/// Shows what a server sends as pictures by object URLs.
#[derive(Clone, Copy, Debug)]
pub struct BlobUrls;

impl Pictures for BlobUrls {
    fn show(&self, base64: &str) -> Option<Rc<dyn PictureUrl>> {
        Some(Rc::new(BlobUrl::image_from_base64(base64).ok()?))
    }
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
