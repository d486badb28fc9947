//! A photo that is on a card already, made smaller for a line that does not let it through.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

use super::photo::{encode, open};
use crate::domain::crop::Crop;
use crate::domain::edit::Edit;
use crate::world::Shrink;

/// Six tenths as wide and as high are about a third of the bytes.
const TENTHS: u32 = 6;

/// Makes photos smaller with a canvas.
#[derive(Clone, Copy, Debug)]
pub struct Smaller;

impl Shrink for Smaller {
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>> {
        let bytes = STANDARD.decode(base64);
        Box::pin(async move {
            let parts = Array::of1(&Uint8Array::from(&bytes.ok()?[..]));
            let picture = open(&Blob::new_with_u8_array_sequence(&parts).ok()?).await.ok()?;
            let (width, height) = (picture.width(), picture.height());
            let whole = Crop { x: 0.0, y: 0.0, width: width.into(), height: height.into() };
            let size = ((width * TENTHS / 10).max(1), (height * TENTHS / 10).max(1));
            Some(encode(&picture, &Edit::default(), whole, size).await.ok()?.base64.to_string())
        })
    }
}
