//! What a file really is, told from its bytes: its name and its declared type are whatever somebody called it.

/// The kinds of picture that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// WebP.
    Webp,
    /// GIF.
    Gif,
    /// AVIF.
    Avif,
    /// HEIC or HEIF, what iPhones take; most browsers cannot show it.
    Heic,
    /// Windows bitmap.
    Bmp,
}

impl ImageFormat {
    /// Its media type.
    pub fn mime(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "image/jpeg",
            ImageFormat::Png => "image/png",
            ImageFormat::Webp => "image/webp",
            ImageFormat::Gif => "image/gif",
            ImageFormat::Avif => "image/avif",
            ImageFormat::Heic => "image/heic",
            ImageFormat::Bmp => "image/bmp",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ImageFormat::Jpeg => "JPEG",
            ImageFormat::Png => "PNG",
            ImageFormat::Webp => "WebP",
            ImageFormat::Gif => "GIF",
            ImageFormat::Avif => "AVIF",
            ImageFormat::Heic => "HEIC",
            ImageFormat::Bmp => "BMP",
        }
    }

    /// Whether every browser that runs the widget can show it.
    pub fn is_universal(self) -> bool {
        matches!(self, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Webp | ImageFormat::Gif)
    }
}

/// The first bytes of every PNG file.
pub(super) const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What the first bytes of a file say it is. Anything that can carry a script (SVG, HTML, PDF) is `None`, like any other
/// file.
pub fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..offset + magic.len()) == Some(magic);
    if at(0, &[0xff, 0xd8, 0xff]) {
        return Some(ImageFormat::Jpeg);
    }
    if at(0, PNG_SIGNATURE) {
        return Some(ImageFormat::Png);
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some(ImageFormat::Webp);
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Some(ImageFormat::Gif);
    }
    if at(4, b"ftyp") {
        // The brand of an ISO media file; `mif1` and `msf1` are any HEIF, which in the wild is an iPhone's.
        return match bytes.get(8..12)? {
            b"avif" | b"avis" => Some(ImageFormat::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some(ImageFormat::Heic),
            _ => None,
        };
    }
    // "BM" alone begins many a text; the four reserved bytes of a bitmap are zero.
    if at(0, b"BM") && at(6, &[0; 4]) {
        return Some(ImageFormat::Bmp);
    }
    None
}

/// Whether a whole JPEG is there, up to its end marker. What follows that marker does not matter.
pub fn jpeg_is_complete(bytes: &[u8]) -> bool {
    let mut end = EndFinder::new(ImageFormat::Jpeg);
    end.feed(bytes)
}

/// Looks for the end of a picture in a file that comes in pieces.
///
/// Browsers draw what there is of a truncated photo and leave the rest grey, without an error. That is how a card with half
/// a face gets printed, so the file's structure is walked to its end before it is decoded.
#[derive(Debug)]
pub struct EndFinder {
    format: ImageFormat,
    state: State,
    /// The last four bytes outside of what is skipped, for a length or a chunk's name.
    recent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Passing over so many bytes.
    Skip(u32),
    /// JPEG: looking for the byte that a marker begins with, between segments or in the picture's data.
    Search,
    /// JPEG: at the byte that says which marker it is.
    Marker,
    /// Reading a length (and in a PNG the chunk's name): so many bytes to go.
    Read(u8, u32),
    End,
}

impl EndFinder {
    /// At the beginning of a file of `format`; formats other than JPEG and PNG are not looked into and are at their end.
    pub fn new(format: ImageFormat) -> EndFinder {
        let state = match format {
            ImageFormat::Jpeg => State::Search,
            ImageFormat::Png => State::Skip(PNG_SIGNATURE.len() as u32),
            _ => State::End,
        };
        EndFinder { format, state, recent: 0 }
    }

    /// Reads the next piece; true as soon as the end has been seen.
    pub fn feed(&mut self, mut bytes: &[u8]) -> bool {
        while self.state != State::End {
            // Most of a photo is passed over here, not byte by byte.
            match self.state {
                State::Skip(count) => {
                    let skipped = bytes.len().min(count as usize);
                    bytes = &bytes[skipped..];
                    let left = count - skipped as u32;
                    if left > 0 {
                        self.state = State::Skip(left);
                        return false;
                    }
                    self.state = if self.format == ImageFormat::Png { State::Read(8, 0) } else { State::Search };
                }
                State::Search => match bytes.iter().position(|byte| *byte == 0xff) {
                    Some(at) => {
                        bytes = &bytes[at + 1..];
                        self.state = State::Marker;
                    }
                    None => return false,
                },
                _ => {
                    let Some((byte, rest)) = bytes.split_first() else { return false };
                    bytes = rest;
                    self.step(*byte);
                }
            }
        }
        true
    }

    fn step(&mut self, byte: u8) {
        self.state = match self.state {
            State::Marker => match byte {
                0xff => State::Marker,
                0xd9 => State::End,
                // A stuffed byte, a restart or another marker without a length; what follows is data or the next marker.
                0x00 | 0x01 | 0xd0..=0xd8 => State::Search,
                _ => State::Read(2, 0),
            },
            State::Read(left, length) => {
                self.recent = self.recent << 8 | u32::from(byte);
                match (left - 1, self.format) {
                    // A JPEG's length counts itself.
                    (0, ImageFormat::Jpeg) => State::Skip((self.recent & 0xffff).saturating_sub(2)),
                    (0, _) if self.recent == u32::from_be_bytes(*b"IEND") => State::End,
                    // A PNG's does not count the checksum.
                    (0, _) => State::Skip(length.saturating_add(4)),
                    (4, _) => State::Read(4, self.recent),
                    (left, _) => State::Read(left, length),
                }
            }
            other => other,
        };
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{EndFinder, ImageFormat, jpeg_is_complete, sniff};
    use proptest::prelude::*;

    /// A thumbnail with its own end marker inside an APP1 segment, a restart marker and a stuffed byte in the data.
    const JPEG: &[u8] = &[
        0xff, 0xd8, 0xff, 0xe1, 0, 8, 0xff, 0xd8, 1, 2, 0xff, 0xd9, 0xff, 0xff, 0xda, 0, 3, 1, 7, 0xff, 0, 9, 0xff,
        0xd0, 3, 0xff, 0xd9,
    ];

    fn png(tail: &[u8]) -> Vec<u8> {
        let mut file = super::PNG_SIGNATURE.to_vec();
        for (name, data) in [(b"IHDR", &[1u8; 13] as &[u8]), (b"IDAT", b"..IEND..")] {
            file.extend((data.len() as u32).to_be_bytes());
            file.extend(name);
            file.extend(data);
            file.extend([0; 4]);
        }
        file.extend(tail);
        file
    }

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        assert_eq!(sniff(&[0xff, 0xd8, 0xff, 0xe0]), Some(ImageFormat::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some(ImageFormat::Png));
        assert_eq!(sniff(b"RIFF\x10\0\0\0WEBPVP8 "), Some(ImageFormat::Webp));
        assert_eq!(sniff(b"GIF89a...."), Some(ImageFormat::Gif));
        assert_eq!(sniff(b"\0\0\0\x1cftypavif...."), Some(ImageFormat::Avif));
        assert_eq!(sniff(b"\0\0\0\x1cftypheic...."), Some(ImageFormat::Heic));
        assert_eq!(sniff(b"\0\0\0\x1cftypmif1...."), Some(ImageFormat::Heic));
        assert_eq!(sniff(b"BM\x10\0\0\0\0\0\0\0...."), Some(ImageFormat::Bmp));
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for other in [
            &b""[..],
            b"BMW drivers are welcome",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html>",
            b"%PDF-1.7",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\0\0\0\x1cftypmp42",
            b"\0\0\0\x1cftyp",
            b"\xff\xd8",
        ] {
            assert_eq!(sniff(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_jpeg_is_complete_at_its_own_end_marker() {
        assert!(jpeg_is_complete(JPEG));
        assert!(jpeg_is_complete(&[JPEG, b"and a video after it"].concat()));
        for length in 0..JPEG.len() {
            assert!(!jpeg_is_complete(&JPEG[..length]), "cut to {length}");
        }
    }

    #[test]
    fn a_png_is_complete_at_its_last_chunk() {
        let mut end = EndFinder::new(ImageFormat::Png);
        assert!(end.feed(&png(b"\0\0\0\0IEND\xae\x42\x60\x82")));
        let mut end = EndFinder::new(ImageFormat::Png);
        assert!(!end.feed(&png(b"")), "the name inside of the data does not count");
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(bytes: Vec<u8>) {
            let _ = sniff(&bytes);
            let _ = jpeg_is_complete(&bytes);
            let _ = EndFinder::new(ImageFormat::Png).feed(&bytes);
        }

        #[test]
        fn pieces_make_no_difference(tail in proptest::collection::vec(prop_oneof![Just(0xffu8), any::<u8>()], 0..200),
                                     size in 1usize..9) {
            for (format, file) in [
                (ImageFormat::Jpeg, [JPEG.split_last().unwrap().1, &tail].concat()),
                (ImageFormat::Png, png(&tail)),
            ] {
                let mut end = EndFinder::new(format);
                let mut pieces = false;
                for piece in file.chunks(size) {
                    pieces = end.feed(piece);
                }
                prop_assert_eq!(pieces, EndFinder::new(format).feed(&file));
            }
        }
    }
}
