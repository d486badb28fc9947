//! Whether what is read of a canvas is what was drawn on it.
//!
//! To keep people from being told apart by how their machines draw, some browsers and extensions scramble what a page reads of
//! a canvas: its pixels, the files made of it, or both. Nothing fails by that, and a card would be printed with stripes for a
//! face. So a picture of known colours is drawn once for each page, and read again.

use std::cell::Cell;

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlCanvasElement, ImageBitmap};

use super::canvas::Canvas;

/// The known picture's side, in pixels: four squares of a colour each.
const SIDE: u32 = 128;

/// The colours, and how a style sheet says them.
const COLOURS: [([u8; 3], &str); 4] =
    [([200, 30, 90], "#c81e5a"), ([20, 160, 60], "#14a03c"), ([40, 60, 210], "#283cd2"), ([240, 240, 240], "#f0f0f0")];

/// How far a value may be off: JPEG, and the few steps by which some scramble what nobody sees.
const NEAR: u8 = 24;

/// So many pixels at the edges of a square are not looked at: JPEG mixes them with their neighbours.
const EDGE: u32 = 4;

/// How a picture on a canvas becomes a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The browser makes it.
    Browser,
    /// The pixels are read, and the file is made here.
    Pixels,
    /// The pixels are read as those of a frame of a video, and the file is made here.
    Frame,
    /// There is none.
    None,
}

thread_local! {
    // What was found out once holds for as long as the page lives.
    static READS: Cell<Option<bool>> = const { Cell::new(None) };
    static WAY: Cell<Option<Way>> = const { Cell::new(None) };
}

/// Whether the pixels of a canvas can be read.
pub(super) fn reads() -> bool {
    READS.get().unwrap_or_else(|| {
        let reads = known().and_then(|canvas| canvas.pixels()).is_some_and(|pixels| is_known(&pixels));
        READS.set(Some(reads));
        reads
    })
}

/// How a picture on a canvas becomes a file in this browser.
pub(super) async fn way() -> Way {
    if let Some(way) = WAY.get() {
        return way;
    }
    // Firefox asks the person when a page that has just been clicked wants to read a canvas: what was refused may be allowed
    // by now.
    READS.set(None);
    let way = find().await;
    WAY.set((way != Way::None).then_some(way));
    way
}

async fn find() -> Way {
    if reads() {
        return if writes().await == Some(true) { Way::Browser } else { Way::Pixels };
    }
    let frame = match known() {
        Some(canvas) => frame_pixels(canvas.element()).await,
        None => None,
    };
    if frame.is_some_and(|pixels| is_known(&pixels)) { Way::Frame } else { Way::None }
}

/// Whether a file of the known picture is one of it. The pixels of a canvas can be read.
async fn writes() -> Option<bool> {
    let file = known()?.to_jpeg(0.92).await?;
    let promise = web_sys::window()?.create_image_bitmap_with_blob(&file).ok()?;
    let bitmap: ImageBitmap = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let again = Canvas::drawn((SIDE, SIDE), true, |context| {
        // What is not drawn is not known.
        let _ = context.draw_image_with_image_bitmap(&bitmap, 0.0, 0.0);
    })?;
    Some(is_known(&again.pixels()?))
}

/// The known picture.
fn known() -> Option<Canvas> {
    let half = f64::from(SIDE / 2);
    Canvas::drawn((SIDE, SIDE), true, |context| {
        for (at, (_, colour)) in (0..4u8).zip(COLOURS) {
            context.set_fill_style_str(colour);
            context.fill_rect(f64::from(at % 2) * half, f64::from(at / 2) * half, half, half);
        }
    })
}

fn is_known(pixels: &[u8]) -> bool {
    let half = SIDE / 2;
    for (at, pixel) in (0..SIDE * SIDE).zip(pixels.chunks_exact(4)) {
        let (x, y) = (at % SIDE, at / SIDE);
        let (left, top) = (x % half, y % half);
        if left.min(top) < EDGE || left.max(top) >= half - EDGE {
            continue;
        }
        let Some((colour, _)) = COLOURS.get((x / half + y / half * 2) as usize) else { return false };
        for (known, read) in colour.iter().zip(pixel) {
            if known.abs_diff(*read) > NEAR {
                return false;
            }
        }
    }
    pixels.len() == (SIDE * SIDE * 4) as usize
}

#[wasm_bindgen]
extern "C" {
    /// web-sys has it for those only who want what is not stable yet.
    type VideoFrame;
    #[wasm_bindgen(constructor, catch)]
    fn new(of: &HtmlCanvasElement, init: &Object) -> Result<VideoFrame, JsValue>;
    #[wasm_bindgen(method, catch, js_name = copyTo)]
    fn copy_to(this: &VideoFrame, to: &Uint8Array, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &VideoFrame);
}

/// The pixels of `canvas` as those of a frame of a video: red, green, blue, opacity.
pub(super) async fn frame_pixels(canvas: &HtmlCanvasElement) -> Option<Vec<u8>> {
    let options = Object::new();
    Reflect::set(&options, &"timestamp".into(), &0.into()).ok()?;
    Reflect::set(&options, &"format".into(), &"RGBA".into()).ok()?;
    let pixels = Uint8Array::new_with_length(canvas.width() * canvas.height() * 4);
    let frame = VideoFrame::new(canvas, &options).ok()?;
    let copied = match frame.copy_to(&pixels, &options) {
        Ok(copying) => JsFuture::from(copying).await,
        Err(error) => Err(error),
    };
    frame.close();
    copied.is_ok().then(|| pixels.to_vec())
}
