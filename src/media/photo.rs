//! A photo's way from a file to the JPEG that is sent.

use std::cell::{Cell, OnceCell};
use std::fmt;
use std::rc::Rc;

use js_sys::{Promise, Uint8Array};
use vision::{Detector, Face, Gray, Lean};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, ImageBitmapOptions, ImageOrientation, ResizeQuality, Window,
};

use super::canvas::{Canvas, draw_edited, smooth_context};
use super::header::upright_size;
use super::image_bytes::{EndFinder, ImageFormat, sniff};
use super::readback::reads;
use super::unended;
use crate::domain::crop::Crop;
use crate::domain::edit::Edit;

/// The largest file that is read. A 100-megapixel JPEG has some 30 MB.
pub const MAX_FILE_BYTES: f64 = 40.0 * 1024.0 * 1024.0;

/// The most pixels that are decoded: 480 MB, for a moment, in the browser's memory.
pub const MAX_PIXELS: u64 = 120_000_000;

/// The most pixels that are kept for cropping: 64 MB. What phones and cameras take as a rule is kept as it is, since making
/// it smaller holds the page up for longer than drawing from it.
pub const KEPT_PIXELS: u64 = 16_000_000;

/// The longest side of what is kept of larger pictures. Twice what is ever sent, so that one can crop to half of it and still
/// send 1200 pixels.
pub const WORKING_SIDE: u32 = 2400;

/// The longest side of what the screen's picture is drawn from, while one turns it.
const SMALL_SIDE: u32 = 1600;

/// The longest Base64 text that is made.
pub const MAX_BASE64: usize = 400_000;

/// As many bytes as become that: Base64 makes four characters of three.
pub const MAX_BYTES: usize = MAX_BASE64 / 4 * 3;

/// The longest side at which a face is looked for, in pixels.
pub const FACE_SIDE: u32 = 360;

/// As much of a file as its format and size are in.
const HEAD: f64 = 256.0 * 1024.0;

/// As much as is looked through for its size where that comes late.
const LONG_HEAD: f64 = 1024.0 * 1024.0;

/// As much of a file as is read at once.
const PIECE: f64 = 4.0 * 1024.0 * 1024.0;

/// As much of it as is in the WASM memory at once, which only ever grows.
const SPOON: usize = 256 * 1024;

/// Why there is no photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// The file has no bytes.
    Empty,
    /// The browser could not read the file (it was moved, or is on a drive that is gone).
    Unreadable,
    /// It is no picture, whatever its name says.
    NotAnImage,
    /// It is a picture of a format that this browser does not know.
    Unsupported(ImageFormat),
    /// The end of the file is missing.
    Truncated,
    /// The browser could not decode it though it knows the format.
    Damaged,
    /// It has more than [`MAX_FILE_BYTES`].
    FileTooLarge,
    /// It has more than [`MAX_PIXELS`], or more than this device can decode.
    TooManyPixels,
    /// The browser could not draw or encode the crop.
    NotEncoded,
    /// The browser scrambles what is read of a drawn picture, and there is no other way.
    Scrambled,
}

/// A decoded picture, upright. The last clone that is dropped frees it.
#[derive(Clone)]
pub struct Picture(Rc<Pixels>);

struct Pixels {
    bitmap: ImageBitmap,
    /// The file itself, where it is a small JPEG.
    file: OnceCell<Blob>,
    /// The face on it that was found best, if it was looked for; and how many there are.
    face: Cell<(Option<Face>, usize)>,
    /// All of it, no larger than a screen needs.
    small: OnceCell<Option<Canvas>>,
}

impl Drop for Pixels {
    fn drop(&mut self) {
        self.bitmap.close();
    }
}

impl crate::world::Picture for Picture {}

impl Picture {
    pub(super) fn bitmap(&self) -> &ImageBitmap {
        &self.0.bitmap
    }

    /// Across, in pixels.
    pub fn width(&self) -> u32 {
        self.bitmap().width()
    }

    /// Down, in pixels.
    pub fn height(&self) -> u32 {
        self.bitmap().height()
    }

    /// The file that it came in, where that is a small JPEG.
    pub(super) fn file(&self) -> Option<&Blob> {
        self.0.file.get()
    }

    /// What `video` shows now.
    pub(super) async fn of_video(video: &HtmlVideoElement) -> Result<Picture, JsValue> {
        bitmap(|window| window.create_image_bitmap_with_html_video_element(video)).await
    }

    /// Draws it as `edit` has it on `canvas`, which takes the proportions of that and no side longer than `long_side`.
    /// Brightness and contrast are left to the style sheet, whose filters need no drawing.
    pub fn draw(&self, canvas: &HtmlCanvasElement, long_side: u32, edit: &Edit) -> Option<()> {
        let edited = edit.size_of((self.width(), self.height()));
        let (width, height) = fit(edited, long_side);
        canvas.set_width(width);
        canvas.set_height(height);
        let context = smooth_context(canvas)?;
        context.scale(f64::from(width) / f64::from(edited.0), f64::from(height) / f64::from(edited.1)).ok()?;
        let size = (self.width(), self.height());
        let small = self.0.small.get_or_init(|| {
            let smaller = fit(size, SMALL_SIDE);
            let whole = Crop { x: 0.0, y: 0.0, width: size.0.into(), height: size.1.into() };
            let make = || Canvas::scaled(self.bitmap(), &Edit::default(), whole, smaller, false);
            (smaller != size).then(make).flatten()
        });
        match small {
            Some(small) => small.draw_edited(&context, size, edit),
            None => draw_edited(&context, self.bitmap(), edit),
        }
    }

    /// How light `crop` of it is, pixel by pixel, made smaller until no side is longer than `long_side`.
    pub fn look(&self, edit: &Edit, crop: Crop, long_side: u32) -> Option<Gray> {
        // Where it is not told what was drawn there is nothing to see.
        if !reads() {
            return None;
        }
        let size = fit(((crop.width as u32).max(1), (crop.height as u32).max(1)), long_side);
        let canvas = Canvas::scaled(self.bitmap(), edit, crop, size, true)?;
        match edit.tone() {
            Some(tone) => canvas.toned(&tone)?.gray(),
            None => canvas.gray(),
        }
    }

    /// Looks for a face on it, which [`Picture::face`] then tells. Nothing leaves the device.
    pub async fn find_face(&self) {
        let whole = Crop { x: 0.0, y: 0.0, width: self.width().into(), height: self.height().into() };
        let Some(gray) = self.look(&Edit::default(), whole, FACE_SIDE) else { return };
        let scale = f64::from(self.width()) / gray.width() as f64;
        let faces = find_faces(&gray).await;
        self.0.face.set((faces.first().map(|face| face.scaled(scale)), faces.len()));
    }

    /// The face that was found on it, the best if there are several.
    pub fn face(&self) -> Option<Face> {
        self.0.face.get().0
    }

    /// How many faces were found on it.
    pub fn faces(&self) -> usize {
        self.0.face.get().1
    }
}

/// The faces in a picture. The page can go on between one way to hold a head and the next.
pub async fn find_faces(gray: &Gray) -> Vec<Face> {
    let detector = Detector::new();
    for lean in Lean::ALL {
        let turn = Promise::new(&mut |resolve, _| {
            if let Some(window) = web_sys::window() {
                // Without a timer it goes on at once.
                let _ = window.set_timeout_with_callback(&resolve);
            }
        });
        let _ = JsFuture::from(turn).await;
        let faces = detector.faces(gray, lean);
        if !faces.is_empty() {
            return faces;
        }
    }
    Vec::new()
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Picture")
    }
}

/// Opens a file as a picture: upright, and no larger than is useful here.
pub async fn open(file: &Blob) -> Result<Picture, PhotoError> {
    let size = file.size();
    if size == 0.0 {
        return Err(PhotoError::Empty);
    }
    if size > MAX_FILE_BYTES {
        return Err(PhotoError::FileTooLarge);
    }
    // Not more than is needed before the browser can begin: reading takes as long as decoding some megapixels.
    let head = read(file, 0.0, HEAD).await?.to_vec();
    let format = sniff(&head).ok_or(PhotoError::NotAnImage)?;
    let mut upright = upright_size(format, &head);
    if upright.is_none() && size > HEAD {
        // Behind a thumbnail, or a colour profile of a megabyte.
        upright = upright_size(format, &read(file, 0.0, LONG_HEAD).await?.to_vec());
    }
    if upright.is_some_and(too_many) {
        return Err(PhotoError::TooManyPixels);
    }
    // The type that the file was given (from its name) may be wrong, and a browser may go by it.
    let typed =
        file.slice_with_f64_and_f64_and_content_type(0.0, size, format.mime()).map_err(|_| PhotoError::Unreadable)?;
    // The browser decodes on a thread of its own, while the file is read to its end here.
    // It is listened to at once: what is refused while nobody listens, the page is told as a mistake of its own.
    let decoding = decode(&typed).map(JsFuture::from);
    let whole = is_whole(file, format).await;
    // Whatever came of the reading, its answer is waited for: a picture that nobody takes is closed by that.
    let mut decoded = match decoding {
        Ok(answer) => taken(answer).await,
        Err(error) => Err(error),
    };
    if !whole? {
        drop(decoded);
        if format != ImageFormat::Jpeg || !is_whole_without_end(&typed, &head).await.unwrap_or(false) {
            return Err(PhotoError::Truncated);
        }
        decoded = bitmap(|_| decode(&unended::ended(&typed)?)).await;
    }
    let decoded = decoded.map_err(|_| match upright {
        _ if !format.is_universal() => PhotoError::Unsupported(format),
        // The file is whole, so what fails with a large one is memory.
        Some((width, height)) if u64::from(width) * u64::from(height) > MAX_PIXELS / 4 => PhotoError::TooManyPixels,
        _ => PhotoError::Damaged,
    })?;
    if too_many((decoded.width(), decoded.height())) {
        return Err(PhotoError::TooManyPixels);
    }
    if format == ImageFormat::Jpeg && size <= MAX_BYTES as f64 {
        // It cannot be there already: the picture is new.
        let _ = decoded.0.file.set(typed);
    }
    Ok(shrunk(decoded).await)
}

/// Whether the picture of a JPEG without its end marker is all there. `head` is its beginning.
async fn is_whole_without_end(file: &Blob, head: &[u8]) -> Option<bool> {
    // A file that is shorter than what is read of its head is cut there.
    let head = head.get(..head.len().min((file.size() - unended::LITTLE) as usize))?;
    let all = bitmap(|_| decode(&unended::to_compare(file, head, 0.0)?)).await.ok()?;
    // Twice so many pixels as are kept of a picture are too much for most devices.
    if !reads() || u64::from(all.width()) * u64::from(all.height()) > KEPT_PIXELS {
        return None;
    }
    let less = bitmap(|_| decode(&unended::to_compare(file, head, unended::LITTLE)?)).await.ok()?;
    unended::is_whole(all.bitmap(), less.bitmap())
}

/// Whether the end of the file is there.
async fn is_whole(file: &Blob, format: ImageFormat) -> Result<bool, PhotoError> {
    let mut end = EndFinder::new(format);
    let mut at = 0.0;
    while at < file.size() {
        let piece = read(file, at, PIECE).await?;
        if feed(&mut end, &piece) {
            return Ok(true);
        }
        at += PIECE;
    }
    Ok(false)
}

/// Feeds what was read, little by little: the WASM memory only ever grows.
fn feed(end: &mut EndFinder, bytes: &Uint8Array) -> bool {
    let length = bytes.length();
    (0..length).step_by(SPOON).any(|at| {
        let to = length.min(at.saturating_add(SPOON as u32));
        end.feed(&bytes.subarray(at, to).to_vec())
    })
}

/// Begins to decode, upright.
fn decode(file: &Blob) -> Result<Promise, JsValue> {
    let options = ImageBitmapOptions::new();
    options.set_image_orientation(ImageOrientation::FromImage);
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    window.create_image_bitmap_with_blob_and_image_bitmap_options(file, &options)
}

/// `picture` at the working size, if it is larger than what is kept.
async fn shrunk(picture: Picture) -> Picture {
    let (width, height) = (picture.width(), picture.height());
    if u64::from(width) * u64::from(height) <= KEPT_PIXELS {
        return picture;
    }
    let options = ImageBitmapOptions::new();
    // No less is seen in what is made smaller, and "high" takes twice as long.
    options.set_resize_quality(ResizeQuality::Medium);
    if width > height {
        options.set_resize_width(WORKING_SIDE);
    } else {
        options.set_resize_height(WORKING_SIDE);
    }
    let pixels = picture.bitmap();
    let smaller =
        bitmap(|window| window.create_image_bitmap_with_image_bitmap_and_image_bitmap_options(pixels, &options)).await;
    // A picture that is larger than it need be is still a picture.
    smaller.unwrap_or(picture)
}

pub(super) async fn bitmap(start: impl FnOnce(Window) -> Result<Promise, JsValue>) -> Result<Picture, JsValue> {
    taken(start(web_sys::window().ok_or(JsValue::NULL)?)?.into()).await
}

async fn taken(answer: JsFuture) -> Result<Picture, JsValue> {
    let bitmap: ImageBitmap = answer.await?.dyn_into()?;
    Ok(Picture(Rc::new(Pixels { bitmap, file: OnceCell::new(), face: Cell::new((None, 0)), small: OnceCell::new() })))
}

fn too_many((width, height): (u32, u32)) -> bool {
    u64::from(width) * u64::from(height) > MAX_PIXELS
}

/// `size` in its proportions, with no side longer than `long_side`.
fn fit((width, height): (u32, u32), long_side: u32) -> (u32, u32) {
    let long = width.max(height);
    if long <= long_side {
        return (width, height);
    }
    let side = |side: u32| (side * long_side / long).max(1);
    (side(width), side(height))
}

/// The bytes of `file` from `offset` on, at most so many.
pub(super) async fn read(file: &Blob, offset: f64, most: f64) -> Result<Uint8Array, PhotoError> {
    let unreadable = |_: JsValue| PhotoError::Unreadable;
    let slice = file.slice_with_f64_and_f64(offset, offset + most).map_err(unreadable)?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(unreadable)?;
    Ok(Uint8Array::new(&buffer))
}
