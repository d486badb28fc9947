//! A photo that is on a card already, made smaller for a line that does not let it through.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Uint8Array};
use web_sys::Blob;

use super::canvas::Canvas;
use super::photo::{open, read};
use crate::domain::crop::Crop;
use crate::domain::edit::Edit;
use crate::world::Shrink;

/// Six tenths as wide and as high, at a quality that prints well all the same, is about a fifth of the bytes.
const TENTHS: u32 = 6;
const QUALITY: f64 = 0.75;

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
            let canvas = Canvas::scaled(picture.bitmap(), &Edit::default(), whole, size, false)?;
            let blob = canvas.to_jpeg(QUALITY).await?;
            Some(STANDARD.encode(read(&blob, 0.0, blob.size()).await.ok()?.to_vec()))
        })
    }
}
