//! A photo that is on a card already, made smaller for a line that does not let it through.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

use super::blob_url::from_base64;
use super::encode::whole_at;
use super::photo::open;
use crate::world::Shrink;

/// Six tenths as wide and as high, at a quality that prints well all the same, is about a fifth of the bytes.
const TENTHS: u32 = 6;
const QUALITY: u32 = 75;

/// Makes photos smaller with a canvas, where that can be trusted.
#[derive(Clone, Copy, Debug)]
pub struct Smaller;

impl Shrink for Smaller {
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>> {
        let bytes = from_base64(base64);
        Box::pin(async move {
            let parts = Array::of1(&Uint8Array::from(&bytes?[..]));
            let picture = open(&Blob::new_with_u8_array_sequence(&parts).ok()?).await.ok()?;
            let (width, height) = (picture.width(), picture.height());
            let size = ((width * TENTHS / 10).max(1), (height * TENTHS / 10).max(1));
            Some(STANDARD.encode(whole_at(&picture, size, QUALITY).await?))
        })
    }
}
