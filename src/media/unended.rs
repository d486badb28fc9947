//! JPEGs without their end marker.
//!
//! Some programs leave it off, or put a film in its place, and the picture is whole all the same. Of one that was cut off,
//! browsers draw what there is, without an error. The two are told apart by taking a little more away: where that changes the
//! last block of the picture, it came from the last bytes, and nothing is missing; where it changes others only, the last one
//! was never there. Where it changes nothing, what was taken away is no part of the picture.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use web_sys::{Blob, ImageBitmap};

use super::canvas::Canvas;

/// The marker.
const END: [u8; 2] = [0xff, 0xd9];

/// So much is taken away, in bytes: a few blocks of any picture.
pub(super) const LITTLE: f64 = 64.0;

/// The last block's side: half of the largest there is, and no more, since smoothing reaches into it from the one before.
const BLOCK: u32 = 8;

/// So many rows are compared at once.
const ROWS: u32 = 64;

/// `file` with the marker behind it.
pub(super) fn ended(file: &Blob) -> Result<Blob, JsValue> {
    Blob::new_with_blob_sequence(&Array::of2(file, &Uint8Array::from(&END[..])))
}

/// `file` as it lies, with or without its last bytes, and with the marker. `head` is its beginning.
pub(super) fn to_compare(file: &Blob, head: &[u8], missing: f64) -> Result<Blob, JsValue> {
    let start = Uint8Array::from(head);
    // Without its orientation the last rows are at the bottom: a segment of this kind is not read.
    if let Some(at) = head.windows(6).position(|bytes| bytes == b"Exif\0\0") {
        start.set_index((at as u32).saturating_sub(3), 0xef);
    }
    let rest =
        file.slice_with_f64_and_f64(start.length().into(), (file.size() - missing).max(start.length().into()))?;
    ended(&Blob::new_with_blob_sequence(&Array::of2(&start, &rest))?)
}

/// Whether the picture is whole that shows this with all of its bytes, and this with some less. None where that cannot be seen.
pub(super) fn is_whole(all: &ImageBitmap, less: &ImageBitmap) -> Option<bool> {
    let (width, height) = (all.width(), all.height());
    let is_same = |at, size| Some(Canvas::part(all, at, size)? == Canvas::part(less, at, size)?);
    if !is_same((width.saturating_sub(BLOCK), height.saturating_sub(BLOCK)), (BLOCK, BLOCK))? {
        return Some(true);
    }
    for top in (0..height).step_by(ROWS as usize) {
        if !is_same((0, top), (width, ROWS))? {
            return Some(false);
        }
    }
    Some(true)
}
