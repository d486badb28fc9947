//! How well faces are found: on 60 pictures of one, in good and bad light, straight and askew, near and far, and on 36
//! pictures of none. `cargo test -p instant-card-vision --release --test faces -- --nocapture` prints the figures that `docs/face.md` gives;
//! without `--release` it looks at a quarter of them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test fails by panicking, and prints what it measured")]

use std::time::{Duration, Instant};

use vision::{Detector, Face, Gray, Lean};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

const IS_SLOW: bool = cfg!(debug_assertions);

/// The longer side at which faces are looked for.
const SIDE: usize = 360;

struct Photo {
    width: usize,
    height: usize,
    luma: Vec<u8>,
}

fn open(name: &str) -> Photo {
    let file = std::fs::read(format!("{}/../tests/faces/{name}.jpg", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    let luma = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    Photo { width, height, luma }
}

/// A look at a photo: its middle at a place of it, turned, mirrored, lit.
#[derive(Clone, Copy, Debug)]
struct Look {
    middle: (f64, f64),
    /// How many of the photo's pixels are one here.
    scale: f64,
    degrees: f64,
    is_mirrored: bool,
    /// Over 1 is darker.
    gamma: f64,
}

/// What one sees; four by three, and with the grain of a cheap camera.
fn seen(photo: &Photo, look: Look) -> Gray {
    let (width, height) = (SIDE, SIDE * 3 / 4);
    let (sin, cos) = look.degrees.to_radians().sin_cos();
    let mut gray = Gray::new(width as u32);
    let mut seed = 1u32;
    for y in 0..height {
        for x in 0..width {
            let (dx, dy) = (x as f64 - width as f64 / 2.0, y as f64 - height as f64 / 2.0);
            let dx = if look.is_mirrored { -dx } else { dx };
            let at = |dx: f64, dy: f64| {
                let x = look.middle.0 + (dx * cos + dy * sin) * look.scale;
                let y = look.middle.1 + (dy * cos - dx * sin) * look.scale;
                let (x, y) = (x.clamp(0.0, photo.width as f64 - 1.0), y.clamp(0.0, photo.height as f64 - 1.0));
                f64::from(photo.luma[y as usize * photo.width + x as usize])
            };
            let mean = (at(dx, dy) + at(dx + 0.5, dy) + at(dx, dy + 0.5) + at(dx + 0.5, dy + 0.5)) / 4.0;
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = f64::from(seed >> 24) / 32.0 - 4.0;
            let luma = ((mean / 255.0).powf(look.gamma) * 255.0 + grain).clamp(0.0, 255.0) as u8;
            gray.push(&[luma, luma, luma, 255]);
        }
    }
    gray
}

fn faces(detector: &Detector, gray: &Gray) -> (Vec<Face>, Duration) {
    let start = Instant::now();
    let found = Lean::ALL.iter().map(|lean| detector.faces(gray, *lean)).find(|faces| !faces.is_empty());
    (found.unwrap_or_default(), start.elapsed())
}

#[test]
fn faces_are_found_where_they_are_and_nowhere_else() {
    let detector = Detector::new();
    let (mut hits, mut pictures, mut time) = (0, 0, Duration::ZERO);
    // The middle of the face, and the scales at which the whole head is to be seen.
    for (name, middle, scale) in [("good", (320.0, 225.0), 1.9), ("far", (320.0, 215.0), 1.7)] {
        let photo = open(name);
        for degrees in [-12.0, -6.0, 0.0, 6.0, 12.0] {
            for gamma in if IS_SLOW { &[1.0][..] } else { &[0.5, 1.0, 1.8] } {
                for is_mirrored in if IS_SLOW { &[false][..] } else { &[false, true] } {
                    let (gamma, is_mirrored) = (*gamma, *is_mirrored);
                    let gray = seen(&photo, Look { middle, scale, degrees, is_mirrored, gamma });
                    let (found, took) = faces(&detector, &gray);
                    time += took;
                    pictures += 1;
                    let is_there = |face: &Face| {
                        let (x, y) = (face.x + face.side / 2.0, face.y + face.side / 2.0);
                        let reach = face.side / 5.0;
                        (x - gray.width() as f64 / 2.0).abs() < reach && (y - gray.height() as f64 / 2.0).abs() < reach
                    };
                    match found.as_slice() {
                        [face] if is_there(face) => hits += 1,
                        other => println!("{name} {degrees} {gamma} {is_mirrored}: {other:?}"),
                    }
                }
            }
        }
    }
    println!("{hits} of {pictures} faces, {:.1} ms each", time.as_secs_f64() * 1000.0 / f64::from(pictures));
    let (mut alarms, mut others, mut time) = (0, 0, Duration::ZERO);
    for name in ["coffee", "chelsea", "rocket"] {
        let photo = open(name);
        for (across, down, scale) in [(0.5, 0.5, 1.4), (0.3, 0.4, 0.8), (0.7, 0.6, 0.8), (0.35, 0.65, 0.6)] {
            let middle = (photo.width as f64 * across, photo.height as f64 * down);
            for (degrees, gamma) in if IS_SLOW { &[(0.0, 1.0)][..] } else { &[(0.0, 1.0), (20.0, 0.6), (180.0, 1.5)] } {
                let (degrees, gamma) = (*degrees, *gamma);
                let (found, took) =
                    faces(&detector, &seen(&photo, Look { middle, scale, degrees, is_mirrored: false, gamma }));
                time += took;
                others += 1;
                if !found.is_empty() {
                    alarms += 1;
                    println!("{name} {across} {scale} {degrees}: {found:?}");
                }
            }
        }
    }
    println!("{alarms} false alarms on {others}, {:.1} ms each", time.as_secs_f64() * 1000.0 / f64::from(others));
    assert!(hits >= pictures - 1, "{hits} of {pictures}");
    // A cup of coffee and a cat's ear.
    assert!(alarms <= 2, "{alarms} of {others}");
}

#[test]
fn two_people_are_two_faces() {
    let photo = open("two");
    let look = Look { middle: (320.0, 240.0), scale: 1.78, degrees: 0.0, is_mirrored: false, gamma: 1.0 };
    let (found, _) = faces(&Detector::new(), &seen(&photo, look));
    assert_eq!(found.len(), 2, "{found:?}");
}
