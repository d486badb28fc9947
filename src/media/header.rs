//! A picture's size, read from the head of its file before anything is decoded.
//!
//! A photo of a hundred megapixels takes 400 MB when it is decoded, so its size decides beforehand whether and how that is
//! done.

use super::image_bytes::ImageFormat;

/// The width and height that a JPEG or a PNG has when it stands upright. `None` when this part of the file does not say, or
/// the format is another.
pub fn upright_size(format: ImageFormat, head: &[u8]) -> Option<(u32, u32)> {
    match format {
        ImageFormat::Jpeg => jpeg_size(head),
        // The header comes first in every PNG: a length, a name, and then width and height.
        ImageFormat::Png => Some((be32(head, 16)?, be32(head, 20)?)),
        _ => None,
    }
}

fn jpeg_size(head: &[u8]) -> Option<(u32, u32)> {
    let mut lies_on_its_side = false;
    let mut at = 2;
    loop {
        if *head.get(at)? != 0xff {
            return None;
        }
        let marker = *head.get(at + 1)?;
        let body = at + 4;
        match marker {
            // A fill byte.
            0xff => {
                at += 1;
                continue;
            }
            0xe1 => {
                // Orientations 5 to 8 have rows and columns exchanged.
                if let Some(5..) = head.get(body..).and_then(exif_orientation) {
                    lies_on_its_side = true;
                }
            }
            // The frame headers; the three in between are tables.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (height, width) = (be16(head, body + 1)?, be16(head, body + 3)?);
                return Some(if lies_on_its_side { (height, width) } else { (width, height) });
            }
            0xda => return None,
            _ => {}
        }
        at += 2 + be16(head, at + 2)?.max(2) as usize;
    }
}

/// A JPEG without what tells of the camera, the place and the person who took it. None where that would turn it over, or it
/// is not one.
pub fn without_metadata(file: &[u8]) -> Option<Vec<u8>> {
    let mut out = file.get(..2)?.to_vec();
    let mut at = 2;
    loop {
        let marker = *file.get(at + 1)?;
        let next = match marker {
            // The picture itself begins here.
            0xda => file.len(),
            _ => at + 2 + be16(file, at + 2)? as usize,
        };
        let segment = file.get(at..next).filter(|segment| segment.starts_with(&[0xff]))?;
        if marker == 0xe1 && segment.get(4..).and_then(exif_orientation).is_some_and(|orientation| orientation > 1) {
            return None;
        }
        // Colours (2) and Adobe's word on them (14) belong to the picture; comments and all other notes do not.
        if !matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe) {
            out.extend_from_slice(segment);
        }
        if marker == 0xda {
            return Some(out);
        }
        at = next;
    }
}

/// The orientation, 1 to 8, that an Exif segment gives.
fn exif_orientation(segment: &[u8]) -> Option<u32> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let u16_at =
        |at: usize| be16(tiff, at).map(|value| if little { (value as u16).swap_bytes().into() } else { value });
    let u32_at = |at: usize| be32(tiff, at).map(|value| if little { value.swap_bytes() } else { value });
    let directory = u32_at(4)? as usize;
    let entries = u16_at(directory)? as usize;
    (0..entries)
        .map(|entry| directory.saturating_add(2 + 12 * entry))
        .find(|entry| u16_at(*entry) == Some(0x0112))
        .and_then(|entry| u16_at(entry.checked_add(8)?))
        .filter(|orientation| (1..=8).contains(orientation))
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(*bytes.get(at)?) << 8 | u32::from(*bytes.get(at.checked_add(1)?)?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(be16(bytes, at)? << 16 | be16(bytes, at.checked_add(2)?)?)
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{exif_orientation, upright_size, without_metadata};
    use crate::media::image_bytes::ImageFormat;
    use proptest::prelude::*;

    fn exif(little: bool, orientation: u16) -> Vec<u8> {
        let two = |value: u16| if little { value.to_le_bytes() } else { value.to_be_bytes() };
        let four = |value: u32| if little { value.to_le_bytes() } else { value.to_be_bytes() };
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend(if little { b"II" } else { b"MM" });
        segment.extend(two(42));
        segment.extend(four(8));
        segment.extend(two(2));
        for (tag, value) in [(0x0100, 7), (0x0112, orientation)] {
            segment.extend(two(tag));
            segment.extend(two(3));
            segment.extend(four(1));
            segment.extend(two(value));
            segment.extend([0, 0]);
        }
        segment
    }

    fn jpeg(segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8];
        for (marker, body) in segments {
            file.extend([0xff, 0xff, *marker]);
            file.extend((body.len() as u16 + 2).to_be_bytes());
            file.extend(body);
        }
        file
    }

    /// 8 bits a sample, 300 high, 400 wide.
    fn frame() -> (u8, Vec<u8>) {
        (0xc2, vec![8, 1, 44, 1, 144, 3])
    }

    #[test]
    fn the_orientation_decides_which_side_is_up() {
        for orientation in 1..=8 {
            for little in [true, false] {
                assert_eq!(exif_orientation(&exif(little, orientation)), Some(u32::from(orientation)));
                let file =
                    jpeg(&[(0xe0, vec![1; 14]), (0xe1, exif(little, orientation)), (0xc4, vec![0; 20]), frame()]);
                let expected = if orientation < 5 { (400, 300) } else { (300, 400) };
                assert_eq!(upright_size(ImageFormat::Jpeg, &file), Some(expected), "{orientation}");
            }
        }
    }

    #[test]
    fn what_tells_of_the_person_is_taken_out() {
        let tables = [(0xdb, vec![3; 65]), (0xc4, vec![4; 20])];
        let file = |notes: &[(u8, Vec<u8>)]| {
            let mut file = vec![0xff, 0xd8];
            for (marker, body) in notes.iter().chain(&tables) {
                file.extend([0xff, *marker]);
                file.extend((body.len() as u16 + 2).to_be_bytes());
                file.extend(body);
            }
            [&file[..], &[0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 9, 0xff, 0xd9]].concat()
        };
        let colours = [(0xe0, b"JFIF".to_vec()), (0xe2, b"ICC_PROFILE".to_vec()), (0xee, b"Adobe".to_vec())];
        let notes = [(0xe1, exif(true, 1)), (0xed, b"Photoshop".to_vec()), (0xfe, b"by Zoe".to_vec())];
        let noted = file(&[&colours[..], &notes].concat());
        assert_eq!(without_metadata(&noted), Some(file(&colours)));
        assert_eq!(without_metadata(&noted[..40]), None);
        assert_eq!(without_metadata(&file(&[(0xe1, exif(true, 6))])), None, "it lies on its side");
    }

    #[test]
    fn an_orientation_that_does_not_exist_is_none() {
        assert_eq!(exif_orientation(&exif(true, 0)), None);
        assert_eq!(exif_orientation(&exif(true, 9)), None);
        assert_eq!(upright_size(ImageFormat::Jpeg, &jpeg(&[(0xe1, exif(true, 9)), frame()])), Some((400, 300)));
    }

    #[test]
    fn a_png_says_its_size_first() {
        let file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x10\0\0\0\x08\0";
        assert_eq!(upright_size(ImageFormat::Png, file), Some((4096, 2048)));
        assert_eq!(upright_size(ImageFormat::Png, &file[..20]), None);
        assert_eq!(upright_size(ImageFormat::Webp, file), None);
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(bytes: Vec<u8>, exif: Vec<u8>) {
            let _ = upright_size(ImageFormat::Jpeg, &bytes);
            let _ = upright_size(ImageFormat::Png, &bytes);
            let _ = without_metadata(&bytes);
            let exif = [&b"Exif\0\0MM"[..], &exif].concat();
            let _ = exif_orientation(&exif);
            let _ = upright_size(ImageFormat::Jpeg, &jpeg(&[(0xe1, exif), frame()]));
        }
    }
}
