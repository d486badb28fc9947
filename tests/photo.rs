//! Photos in a real browser: opening, cropping, encoding; and in `screens`, the pieces of the page that do it.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, in its helpers too")]

#[path = "photo/editor.rs"]
mod editor;
#[path = "photo/page.rs"]
mod page;
#[path = "photo/screens.rs"]
mod screens;

use instant_card::domain::crop::{Crop, MAX_LONG_SIDE, Ratio, output_size};
use instant_card::domain::edit::Edit;
use instant_card::media::blob_url::{BlobUrl, ImageError};
use instant_card::media::encode::{Jpeg, encode};
use instant_card::media::image_bytes::ImageFormat;
use instant_card::media::photo::{self, KEPT_PIXELS, MAX_BASE64, PhotoError, Picture, WORKING_SIDE};
use leptos::prelude::document;
use page::{blob, bytes, corners, exists, file, half_transparent, noise, pause, pixel, spotted};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Blob, HtmlCanvasElement};

wasm_bindgen_test_configure!(run_in_browser);

pub(crate) const PORTRAIT: Option<Ratio> = Some(Ratio { width: 3, height: 4 });

/// The names of the colours in the middle of each quarter.
pub(crate) fn quarters(picture: &Picture) -> String {
    let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().unchecked_into();
    picture.draw(&canvas, 400, &Edit::default()).unwrap();
    let (width, height) = (canvas.width(), canvas.height());
    [(1, 1), (3, 1), (1, 3), (3, 3)]
        .map(|(x, y)| match pixel(&canvas, width * x / 4, height * y / 4).map_colour() {
            [true, false, false] => 'R',
            [false, true, false] => 'G',
            [false, false, true] => 'B',
            [true, true, true] => 'W',
            [false, false, false] => 'K',
            _ => '?',
        })
        .iter()
        .collect()
}

trait Colour {
    fn map_colour(&self) -> [bool; 3];
}

impl Colour for Vec<u32> {
    /// Which of red, green and blue are on; what is neither on nor off is a mistake in the test's picture.
    fn map_colour(&self) -> [bool; 3] {
        [0, 1, 2].map(|channel| {
            assert!(self[channel] < 60 || self[channel] > 195, "a blurred colour: {self:?}");
            self[channel] > 195
        })
    }
}

/// `jpeg` with an Exif segment that gives an orientation.
async fn oriented(jpeg: &Blob, orientation: u8) -> Blob {
    let exif = [
        &[0xff, 0xe1, 0, 34][..],
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0",
        &[orientation, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    let plain = bytes(jpeg).await;
    file(&[&plain[..2], &exif, &plain[2..]].concat())
}

pub(crate) async fn reopened(jpeg: &Jpeg) -> Picture {
    photo::open(BlobUrl::image_from_base64(&jpeg.base64).unwrap().blob()).await.unwrap()
}

#[wasm_bindgen_test]
async fn every_orientation_comes_upright() {
    // Small, kept as they are, and larger than what is kept.
    for (width, height, every) in [(96, 64, 1), (3000, 2000, 1), (5400, 3600, 5)] {
        let jpeg = blob(corners(width, height, "image/jpeg")).await;
        let laid = (1..).zip(["RGBW", "GRWB", "WBGR", "BWRG", "RBGW", "BRWG", "WGBR", "GWRB"]);
        for (orientation, expected) in laid.step_by(every) {
            let picture = photo::open(&oriented(&jpeg, orientation).await).await.unwrap();
            assert_eq!(quarters(&picture), expected, "orientation {orientation} of {width} x {height}");
            let long = if u64::from(width * height) > KEPT_PIXELS { WORKING_SIDE } else { width };
            let short = height * long / width;
            let size = if orientation < 5 { (long, short) } else { (short, long) };
            assert_eq!((picture.width(), picture.height()), size, "orientation {orientation}");
        }
    }
}

#[wasm_bindgen_test]
async fn other_formats_open() {
    for (kind, format) in [("image/png", ImageFormat::Png), ("image/webp", ImageFormat::Webp)] {
        let blob = blob(corners(3000, 300, kind)).await;
        assert_eq!(blob.type_(), format.mime());
        let picture = photo::open(&blob).await.unwrap();
        assert_eq!(quarters(&picture), "RGBW");
        assert_eq!((picture.width(), picture.height()), (3000, 300), "{kind}");
    }
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_a_file_is_told_apart() {
    let jpeg = bytes(&blob(corners(800, 600, "image/jpeg")).await).await;
    let png = bytes(&blob(corners(800, 600, "image/png")).await).await;
    // Its header and its end are there, what is between is not.
    let damaged = [&png[..33], &png[png.len() - 12..]].concat();
    let mut huge = png.clone();
    huge[16..24].copy_from_slice(&[0, 0, 64, 0, 0, 0, 64, 0]);
    for (what, bytes, expected) in [
        ("empty", &[][..], PhotoError::Empty),
        ("text named .jpg", b"Dear Sir or Madam", PhotoError::NotAnImage),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", PhotoError::NotAnImage),
        ("truncated JPEG", &jpeg[..jpeg.len() * 2 / 3], PhotoError::Truncated),
        ("JPEG cut after nine tenths", &jpeg[..jpeg.len() * 9 / 10], PhotoError::Truncated),
        ("truncated PNG", &png[..png.len() - 20], PhotoError::Truncated),
        ("damaged PNG", &damaged, PhotoError::Damaged),
        ("256 megapixels", &huge, PhotoError::TooManyPixels),
        ("HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", PhotoError::Unsupported(ImageFormat::Heic)),
    ] {
        assert_eq!(photo::open(&file(bytes)).await.unwrap_err(), expected, "{what}");
    }
    let large = vec![0; 41 << 20];
    assert_eq!(photo::open(&file(&large)).await.unwrap_err(), PhotoError::FileTooLarge);
}

#[wasm_bindgen_test]
async fn a_jpeg_without_its_end_marker_opens_if_its_picture_is_whole() {
    let trailer = [b"a film, or whatever a program puts behind the picture".repeat(40), vec![0; 90]].concat();
    for (width, height) in [(800, 600), (333, 111), (40, 30)] {
        for picture in [corners(width, height, "image/jpeg"), spotted(width, height)] {
            let jpeg = blob(picture).await;
            let plain = bytes(&jpeg).await;
            for orientation in [None, Some(1), Some(3), Some(6)] {
                let whole = match orientation {
                    None => plain.clone(),
                    Some(orientation) => bytes(&oriented(&jpeg, orientation).await).await,
                };
                let end = whole.len() - 2;
                assert_eq!(whole[end..], [0xff, 0xd9]);
                let what = format!("{width} x {height}, orientation {orientation:?}");
                for (missing, bytes) in [
                    ("its last byte", whole[..end + 1].to_vec()),
                    ("both bytes of its end", whole[..end].to_vec()),
                    ("its end, before something else", [&whole[..end], &trailer].concat()),
                ] {
                    let opened = photo::open(&file(&bytes)).await;
                    let size = opened.as_ref().map(|picture| (picture.width(), picture.height())).map_err(|why| *why);
                    let upright = if orientation == Some(6) { (height, width) } else { (width, height) };
                    assert_eq!(size, Ok(upright), "{what} without {missing}");
                }
                let head = whole.len() - plain.len();
                // Of the smallest, nine tenths have all but half of the last block.
                for parts in [5, 9].into_iter().take(if width > 100 { 2 } else { 1 }) {
                    let cut = head + (plain.len() - 600) * parts / 10 + 600;
                    let refused = photo::open(&file(&whole[..cut])).await.err();
                    assert_eq!(refused, Some(PhotoError::Truncated), "{what}, cut after {parts} tenths");
                }
            }
        }
    }
}

#[wasm_bindgen_test]
async fn a_photo_of_30_megapixels_opens() {
    let photo = photo::open(&blob(corners(6000, 5000, "image/jpeg")).await).await.unwrap();
    assert_eq!((photo.width(), photo.height()), (2400, 2000));
    assert_eq!(quarters(&photo), "RGBW");
    let crop = Crop::centred(photo.width(), photo.height(), PORTRAIT);
    let jpeg = encode(&photo, &Edit::default(), crop, output_size(crop, PORTRAIT, MAX_LONG_SIDE)).await.unwrap();
    assert_eq!((jpeg.width, jpeg.height), (900, 1200));
    assert!(jpeg.base64.starts_with("/9j/"));
    assert!(jpeg.base64.len() < MAX_BASE64);
    assert_eq!(format!("{jpeg:?} {photo:?}"), "Jpeg Picture");
}

#[wasm_bindgen_test]
async fn the_crop_is_what_is_encoded() {
    let photo = photo::open(&blob(corners(800, 600, "image/png")).await).await.unwrap();
    // A quarter of the green and one of the white, small enough that it takes three steps.
    let crop = Crop { x: 500.0, y: 150.0, width: 225.0, height: 300.0 };
    let jpeg = encode(&photo, &Edit::default(), crop, (30, 40)).await.unwrap();
    let cut = reopened(&jpeg).await;
    assert_eq!((cut.width(), cut.height()), (30, 40));
    assert_eq!(quarters(&cut), "GGWW");
    let whole = Crop { x: 0.0, y: 0.0, width: 800.0, height: 600.0 };
    assert_eq!(quarters(&reopened(&encode(&photo, &Edit::default(), whole, (800, 600)).await.unwrap()).await), "RGBW");
}

#[wasm_bindgen_test]
async fn what_is_transparent_becomes_white() {
    let photo = photo::open(&blob(half_transparent(200, 100)).await).await.unwrap();
    let whole = Crop { x: 0.0, y: 0.0, width: 200.0, height: 100.0 };
    for size in [(200, 100), (40, 20)] {
        let jpeg = encode(&photo, &Edit::default(), whole, size).await.unwrap();
        assert_eq!(quarters(&reopened(&jpeg).await), "WKWK");
    }
}

#[wasm_bindgen_test]
async fn even_noise_is_short_enough() {
    let photo = photo::open(&blob(noise(1600, 1600)).await).await.unwrap();
    let crop = Crop { x: 200.0, y: 200.0, width: 1200.0, height: 1200.0 };
    let jpeg = encode(&photo, &Edit::default(), crop, (1200, 1200)).await.unwrap();
    assert!(jpeg.base64.len() <= MAX_BASE64, "{}", jpeg.base64.len());
    assert!(jpeg.base64.len() > MAX_BASE64 / 3, "{}", jpeg.base64.len());
    assert_eq!(jpeg.width, jpeg.height);
}

#[wasm_bindgen_test]
async fn only_pictures_get_a_url() {
    let svg = "data:image/png;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";
    assert_eq!(BlobUrl::image_from_base64(svg).unwrap_err(), ImageError::NotAnImage);
    assert_eq!(BlobUrl::image_from_base64("data:image/svg+xml,<svg/>").unwrap_err(), ImageError::NotBase64);
    assert_eq!(BlobUrl::image_from_base64("PGh0bWw+").unwrap_err(), ImageError::NotAnImage);
    assert_eq!(BlobUrl::image_from_base64("image").unwrap_err(), ImageError::NotBase64);
    assert_eq!(BlobUrl::image_from_base64("").unwrap_err(), ImageError::NotAnImage);
    assert_eq!(BlobUrl::image_from_base64("-!-").unwrap_err(), ImageError::NotBase64);
}

#[wasm_bindgen_test]
async fn a_url_lives_as_long_as_its_last_clone() {
    // One transparent pixel, its lines broken and its padding off, under a type that it does not have.
    let gif = "data:text/html;base64,R0lGODlhAQABAIAAAAAAAP\n///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    let url = BlobUrl::image_from_base64(gif).unwrap();
    assert_eq!(url.blob().type_(), "image/gif");
    let text = url.url().to_owned();
    let clone = url.clone();
    drop(url);
    assert_eq!(JsFuture::from(exists(&text)).await.unwrap(), true);
    drop(clone);
    // An image that was shown a moment ago still finds it; after that it is gone.
    assert_eq!(JsFuture::from(exists(&text)).await.unwrap(), true);
    let mut tries = 0;
    while JsFuture::from(exists(&text)).await.unwrap() == true {
        tries += 1;
        assert!(tries < 100, "the URL is never given back");
        pause(50).await;
    }
}
