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
const LITTLE: f64 = 64.0;

/// The last block's side: half of the largest there is, and no more, since smoothing reaches into it from the one before.
const BLOCK: u32 = 8;

/// So many rows are compared at once.
const ROWS: u32 = 256;

/// `file` with the marker behind it.
pub(super) fn ended(file: &Blob) -> Result<Blob, JsValue> {
    joined(&[file.into(), Uint8Array::from(&END[..]).into()])
}

/// Two pictures to be compared, as they lie in the file: `file` with the marker, and with a little less of it. `head` is the
/// file's beginning.
pub(super) fn to_compare(file: &Blob, head: &[u8]) -> Result<[Blob; 2], JsValue> {
    let mut head = head.to_vec();
    // Without its orientation the last rows are at the bottom.
    if let Some(exif) = head.windows(6).position(|bytes| bytes == b"Exif\0\0").and_then(|at| at.checked_sub(3))
        && let Some(marker @ 0xe1) = head.get_mut(exif)
    {
        // A segment that nobody reads.
        *marker = 0xef;
    }
    let part = |to: f64| {
        let rest = file.slice_with_f64_and_f64(head.len() as f64, to.max(head.len() as f64))?;
        let start = head.get(..(to as usize).min(head.len())).unwrap_or_default();
        joined(&[Uint8Array::from(start).into(), rest.into(), Uint8Array::from(&END[..]).into()])
    };
    Ok([part(file.size())?, part(file.size() - LITTLE)?])
}

fn joined(parts: &[JsValue]) -> Result<Blob, JsValue> {
    Blob::new_with_blob_sequence(&parts.iter().collect::<Array>())
}

/// Whether the picture of which these were made is whole. None where that cannot be seen.
pub(super) fn is_whole(all: &ImageBitmap, less: &ImageBitmap) -> Option<bool> {
    let (width, height) = (all.width(), all.height());
    let (left, top) = (width.saturating_sub(BLOCK), height.saturating_sub(BLOCK));
    if Canvas::differ(all, less, (left, top), (BLOCK, BLOCK))? {
        return Some(true);
    }
    for top in (0..height).step_by(ROWS as usize) {
        if Canvas::differ(all, less, (0, top), (width, ROWS))? {
            return Some(false);
        }
    }
    Some(true)
}
