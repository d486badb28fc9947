//! The photo's way from a file to what is sent, by itself: what `cargo xtask bench` measures.
#![cfg(target_arch = "wasm32")]
#![allow(unreachable_pub, reason = "JavaScript reaches it")]

use std::time::Duration;

use instant_card::domain::crop::{Crop, Ratio};
use instant_card::domain::edit::Edit;
use instant_card::media::encode::encode;
use instant_card::media::photo::open;
use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::Blob;

/// The middle of the photo in `file` at this size, as a JPEG in Base64.
///
/// # Errors
/// What is wrong with it, in the words of the program.
#[wasm_bindgen]
pub async fn crop(file: Blob, width: u32, height: u32) -> Result<String, JsValue> {
    let wrong = |error| JsValue::from_str(&format!("{error:?}"));
    let picture = open(&file).await.map_err(wrong)?;
    let middle = Crop::centred(picture.width(), picture.height(), Some(Ratio { width, height }));
    let jpeg = encode(&picture, &Edit::default(), middle, (width, height)).await.map_err(wrong)?;
    // The widget keeps the picture, so that it can be adjusted again.
    set_timeout(move || drop(picture), Duration::from_millis(100));
    Ok(jpeg.base64.to_string())
}
