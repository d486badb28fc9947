//! A picture's way to the JPEG that is sent.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use web_sys::{CanvasRenderingContext2d, ImageBitmapOptions, ResizeQuality};

use super::canvas::{Canvas, smooths};
use super::header::without_metadata;
use super::image_bytes::{ImageFormat, sniff};
use super::jpeg;
use super::photo::{MAX_BYTES, PhotoError, Picture, bitmap, read};
use super::readback::{Way, frame_pixels, way};
use crate::domain::crop::Crop;
use crate::domain::edit::Edit;

/// What is tried, in order, until the text is short enough.
const QUALITIES: [u32; 5] = [92, 85, 75, 62, 50];

/// A photo as the server wants it.
#[derive(Clone, PartialEq)]
pub struct Jpeg {
    /// Its bytes in Base64, without a `data:` prefix.
    pub base64: Arc<str>,
    /// Across, in pixels.
    pub width: u32,
    /// Down, in pixels.
    pub height: u32,
}

impl fmt::Debug for Jpeg {
    /// Without the photo: what is debugged ends up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Jpeg")
    }
}

impl Jpeg {
    fn of(bytes: &[u8], (width, height): (u32, u32)) -> Jpeg {
        Jpeg { base64: STANDARD.encode(bytes).into(), width, height }
    }
}

/// Whether `crop` of `picture` as `edit` has it can be encoded by this browser.
pub async fn can_encode(picture: &Picture, edit: &Edit, crop: Crop) -> bool {
    way().await != Way::None || as_it_came(picture, edit, crop).await.is_some()
}

/// Cuts `crop` out of `picture` as `edit` has it, and encodes it at `size`, on a white ground.
///
/// The quality goes down until the Base64 is under [`MAX_BASE64`](super::photo::MAX_BASE64); if that is not enough (noise, a newspaper), so does the
/// size.
///
/// # Errors
/// [`PhotoError::NotEncoded`] when the browser could not, [`PhotoError::Scrambled`] when it would not.
pub async fn encode(picture: &Picture, edit: &Edit, crop: Crop, size: (u32, u32)) -> Result<Jpeg, PhotoError> {
    let (mut width, mut height) = size;
    let tone = edit.tone();
    let way = way().await;
    if way == Way::None {
        let bytes = as_it_came(picture, edit, crop).await.ok_or(PhotoError::Scrambled)?;
        return Ok(Jpeg::of(&bytes, (picture.width(), picture.height())));
    }
    let is_read = tone.is_some() || way == Way::Pixels;
    loop {
        let cut =
            if edit.shape() == Edit::default().shape() { cut(picture, crop, (width, height)).await } else { None };
        let scaled = match &cut {
            Some((small, whole)) => Canvas::scaled(small.bitmap(), edit, *whole, (width, height), is_read),
            None => Canvas::scaled(picture.bitmap(), edit, crop, (width, height), is_read),
        };
        let toned = match &tone {
            Some(tone) if way == Way::Browser => scaled.and_then(|canvas| canvas.toned(tone)),
            _ => scaled,
        };
        let canvas = toned.ok_or(PhotoError::NotEncoded)?;
        let file = Source::of(canvas, way, tone.as_ref()).await?;
        for quality in QUALITIES {
            if let Some(bytes) = file.encoded(quality, (width, height)).await? {
                return Ok(Jpeg::of(&bytes, (width, height)));
            }
        }
        if width.max(height) < 64 {
            return Err(PhotoError::NotEncoded);
        }
        (width, height) = ((width * 3 / 4).max(1), (height * 3 / 4).max(1));
    }
}

/// All of `picture` at `size` and `quality`, in percent; none where the browser does not tell what it drew.
pub(super) async fn whole_at(picture: &Picture, size: (u32, u32), quality: u32) -> Option<Vec<u8>> {
    let whole = Crop { x: 0.0, y: 0.0, width: picture.width().into(), height: picture.height().into() };
    let way = way().await;
    let canvas = Canvas::scaled(picture.bitmap(), &Edit::default(), whole, size, way == Way::Pixels)?;
    Source::of(canvas, way, None).await.ok()?.encoded(quality, size).await.ok()?
}

/// What a file is made of.
enum Source {
    Canvas(Canvas),
    /// Red, green, blue, opacity.
    Pixels(Vec<u8>),
}

impl Source {
    /// What is on `canvas`; `tone` is still to be seen to where the pixels are read.
    async fn of(canvas: Canvas, way: Way, tone: Option<&[u8; 256]>) -> Result<Source, PhotoError> {
        let pixels = match way {
            Way::Browser => return Ok(Source::Canvas(canvas)),
            Way::Pixels => canvas.pixels(),
            Way::Frame => frame_pixels(canvas.element()).await,
            Way::None => return Err(PhotoError::Scrambled),
        };
        let mut pixels = pixels.ok_or(PhotoError::NotEncoded)?;
        if let Some(tone) = tone {
            vision::toned(&mut pixels, tone);
        }
        Ok(Source::Pixels(pixels))
    }

    /// A JPEG of it; none where that would be too large.
    async fn encoded(&self, quality: u32, size: (u32, u32)) -> Result<Option<Vec<u8>>, PhotoError> {
        let bytes = match self {
            Source::Pixels(pixels) => {
                let pixel = |x: u32, y: u32| {
                    let at = ((y * size.0 + x) * 4) as usize;
                    pixels.get(at..at + 3).and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
                };
                jpeg::encode(size, quality, &pixel)
            }
            Source::Canvas(canvas) => {
                let blob = canvas.to_jpeg(f64::from(quality) / 100.0).await.ok_or(PhotoError::NotEncoded)?;
                if blob.size() > MAX_BYTES as f64 {
                    return Ok(None);
                }
                read(&blob, 0.0, blob.size()).await?.to_vec()
            }
        };
        match sniff(&bytes) {
            Some(ImageFormat::Jpeg) => Ok((bytes.len() <= MAX_BYTES).then_some(bytes)),
            _ => Err(PhotoError::NotEncoded),
        }
    }
}

/// The file that `picture` came in, where that is what is wanted: a small JPEG of the crop's own proportions, upright.
async fn as_it_came(picture: &Picture, edit: &Edit, crop: Crop) -> Option<Vec<u8>> {
    let is_whole = f64::from(picture.width()) - crop.width < 1.0 && f64::from(picture.height()) - crop.height < 1.0;
    let file = picture.file().filter(|_| *edit == Edit::default() && is_whole)?;
    without_metadata(&read(file, 0.0, file.size()).await.ok()?.to_vec())
}

/// `crop` of `picture` made smaller by the browser itself, and all of that; none where a canvas does it better, or has to.
async fn cut(picture: &Picture, crop: Crop, (width, height): (u32, u32)) -> Option<(Picture, Crop)> {
    if crop.width <= f64::from(width) || !smooths() {
        return None;
    }
    let options = ImageBitmapOptions::new();
    options.set_resize_quality(ResizeQuality::High);
    options.set_resize_width(width);
    options.set_resize_height(height);
    // Whole pixels are all that it takes; half of one in so many is not seen.
    let (x, y) = (crop.x as i32, crop.y as i32);
    let across = (crop.width.round() as i32).min((picture.width() as i32).saturating_sub(x));
    let down = (crop.height.round() as i32).min((picture.height() as i32).saturating_sub(y));
    let pixels = picture.bitmap();
    let smaller = bitmap(|window| {
        window.create_image_bitmap_with_image_bitmap_and_a_sx_and_a_sy_and_a_sw_and_a_sh_and_a_options(
            pixels, x, y, across, down, &options,
        )
    });
    let smaller = smaller.await.ok()?;
    (smaller.width() == width && smaller.height() == height)
        .then(|| (smaller, Crop { x: 0.0, y: 0.0, width: width.into(), height: height.into() }))
}

/// Encodes what `draw` draws on a white ground of `size` pixels. Where the browser does not tell what was drawn, `dark` tells
/// of each pixel how dark it is, if it can, and it is made of this `ink`.
///
/// # Errors
/// [`PhotoError::NotEncoded`] when the browser could not; also when it is so much that it would be over [`MAX_BASE64`](super::photo::MAX_BASE64).
/// [`PhotoError::Scrambled`] when it would not.
pub async fn encode_drawing(
    size: (u32, u32),
    draw: impl FnOnce(&CanvasRenderingContext2d),
    ink: [u8; 3],
    dark: impl FnOnce() -> Option<Vec<u8>>,
) -> Result<Jpeg, PhotoError> {
    let way = way().await;
    let bytes = match if way == Way::Browser { None } else { dark() } {
        Some(dark) => {
            let pixel = |x: u32, y: u32| {
                let dark = u32::from(dark.get((y * size.0 + x) as usize).copied().unwrap_or_default());
                ink.map(|part| (255 - (255 - u32::from(part)) * dark / 255) as u8)
            };
            Some(jpeg::encode(size, QUALITIES[0], &pixel)).filter(|bytes| bytes.len() <= MAX_BYTES)
        }
        None => {
            let canvas = Canvas::drawn(size, way == Way::Pixels, draw).ok_or(PhotoError::NotEncoded)?;
            Source::of(canvas, way, None).await?.encoded(QUALITIES[0], size).await?
        }
    };
    Ok(Jpeg::of(&bytes.ok_or(PhotoError::NotEncoded)?, size))
}
