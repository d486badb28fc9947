//! What may be wrong with a photo, told from its pixels: help for whoever takes it, never a reason to refuse it.
//!
//! The thresholds err on the side of silence. A warning that is wrong once is not read the second time.

use vision::Gray;

use super::crop::{Crop, Ratio};

/// The longest side at which a photo is looked at, in pixels: about what 300 dpi print of a portrait on a card. Blur that
/// is finer than this is not seen on the card.
pub const LOOK_SIDE: u32 = 480;

/// What a photo should have across where the template does not say: 25 mm, the usual width of a portrait on a card of
/// 85.60 x 53.98 mm, at 300 dpi.
const USUAL_WIDTH: u32 = 300;

/// How much of the fine differences between neighbours may be missing. 0.3 is a sharp portrait, and with 0.6 one begins to
/// see that it is soft.
const MAX_BLUR: f64 = 0.6;

/// The brightest tenth of a face, its surroundings and clothes is darker than this only where there was no light. Not the
/// average, which says as much about somebody's skin as about the light.
const MIN_LIGHT: u8 = 80;

/// Burnt out: no detail is left in such pixels.
const BURNT: u8 = 250;

/// How much of the middle may be burnt out. A white shirt and a lit forehead stay well under that.
const MAX_BURNT: f64 = 0.4;

/// Something that may spoil the print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The part that is kept has fewer pixels than its field prints.
    TooSmall {
        /// What it has across.
        has: u32,
        /// What it should have.
        needs: u32,
    },
    /// It was moved while it was taken, or is out of focus.
    Blurred,
    /// There was too little light.
    TooDark,
    /// There was too much light.
    TooBright,
    /// No face was found on what is kept.
    NoFace,
    /// More than one was.
    SeveralFaces,
}

impl Doubt {
    /// Whether it is the light that is wrong.
    pub fn is_of_light(&self) -> bool {
        matches!(self, Doubt::TooDark | Doubt::TooBright)
    }
}

/// What is doubtful about a photo that looks like `gray`, where that can be seen, and of which `crop` is kept. A signature is dark on white and has no
/// face in its middle: `is_portrait` says whether light is looked at.
pub fn doubts(gray: Option<&Gray>, crop: Crop, field: Option<Ratio>, is_portrait: bool) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let needs = field.map_or(USUAL_WIDTH, |field| field.width);
    let has = crop.width.round() as u32;
    if has < needs {
        doubts.push(Doubt::TooSmall { has, needs });
    }
    let Some(gray) = gray.filter(|_| is_portrait) else { return doubts };
    let (counts, all) = gray.middle();
    let share = |range: std::ops::RangeInclusive<usize>| {
        counts.get(range).map_or(0.0, |counts| counts.iter().sum::<usize>() as f64 / all.max(1) as f64)
    };
    let is_dark = all > 0 && share(usize::from(MIN_LIGHT)..=255) < 0.1;
    let is_bright = share(usize::from(BURNT)..=255) > MAX_BURNT;
    if is_dark {
        doubts.push(Doubt::TooDark);
    } else if is_bright {
        doubts.push(Doubt::TooBright);
    }
    // Of a picture with few pixels, or none to be seen, it is not the focus that is wrong.
    if has >= needs && !is_dark && !is_bright && gray.blur() > MAX_BLUR {
        doubts.push(Doubt::Blurred);
    }
    doubts
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FIELD: Option<Ratio> = Some(Ratio { width: 320, height: 400 });
    const LARGE: Crop = Crop { x: 0.0, y: 0.0, width: 640.0, height: 800.0 };

    fn gray(luma: impl Fn(u32, u32) -> u8) -> Gray {
        let mut gray = Gray::new(384);
        for y in 0..480 {
            let row: Vec<u8> = (0..384).map(|x| luma(x, y)).flat_map(|luma| [luma, luma, luma, 255]).collect();
            gray.push(&row);
        }
        gray
    }

    /// A head with features and some grain before a wall, `light` times as bright as in good light.
    fn head(light: f64) -> Gray {
        gray(|x, y| {
            let inside = |cx: f64, cy: f64, rx: f64, ry: f64| {
                ((f64::from(x) - cx) / rx).powi(2) + ((f64::from(y) - cy) / ry).powi(2) <= 1.0
            };
            let grain = f64::from((x * 7919 + y * 104_729) % 13) - 6.0;
            let luma = if inside(150.0, 200.0, 14.0, 8.0) || inside(234.0, 200.0, 14.0, 8.0) {
                40.0
            } else if inside(192.0, 210.0, 100.0, 130.0) {
                150.0
            } else {
                210.0
            };
            ((luma + grain) * light).clamp(0.0, 255.0) as u8
        })
    }

    /// As a lens that is out of focus by so many pixels to each side would have it.
    fn blurred(gray: &Gray, reach: i32) -> Gray {
        let (width, height) = (gray.width() as i32, gray.height() as i32);
        let mut now = gray.luma().to_vec();
        for (dx, dy) in [(1, 0), (0, 1), (1, 0), (0, 1)] {
            let from = now.clone();
            for y in 0..height {
                for x in 0..width {
                    let at = |i: i32| {
                        let (x, y) = ((x + i * dx).clamp(0, width - 1), (y + i * dy).clamp(0, height - 1));
                        u32::from(from[(y * width + x) as usize])
                    };
                    now[(y * width + x) as usize] =
                        ((-reach..=reach).map(at).sum::<u32>() / (2 * reach as u32 + 1)) as u8;
                }
            }
        }
        let mut blurred = Gray::new(width as u32);
        blurred.push(&now.into_iter().flat_map(|luma| [luma, luma, luma, 255]).collect::<Vec<u8>>());
        blurred
    }

    #[test]
    fn a_good_photo_is_not_doubted() {
        assert_eq!(doubts(Some(&head(1.0)), LARGE, FIELD, true), []);
        // Not for its light either, within what a webcam in an office does.
        for light in [0.6, 0.8, 1.2] {
            assert_eq!(doubts(Some(&head(light)), LARGE, FIELD, true), [], "{light}");
        }
    }

    #[test]
    fn light_is_told_apart() {
        assert_eq!(doubts(Some(&head(0.3)), LARGE, FIELD, true), [Doubt::TooDark]);
        assert_eq!(doubts(Some(&head(1.9)), LARGE, FIELD, true), [Doubt::TooBright]);
        // A signature is dark on white.
        assert_eq!(doubts(Some(&head(1.9)), LARGE, FIELD, false), []);
    }

    #[test]
    fn blur_is_seen() {
        let sharp = head(1.0);
        let (a_little, much) = (blurred(&sharp, 1), blurred(&sharp, 4));
        assert!(sharp.blur() < 0.35, "{}", sharp.blur());
        assert!(a_little.blur() > sharp.blur() && a_little.blur() < much.blur());
        assert_eq!(doubts(Some(&much), LARGE, FIELD, true), [Doubt::Blurred], "{}", much.blur());
        assert_eq!(doubts(Some(&much), LARGE, FIELD, false), []);
    }

    #[test]
    fn pixels_are_counted() {
        let small = Crop { width: 199.6, height: 249.5, ..LARGE };
        assert_eq!(doubts(Some(&head(1.0)), small, FIELD, true), [Doubt::TooSmall { has: 200, needs: 320 }]);
        assert_eq!(doubts(Some(&head(1.0)), small, None, false), [Doubt::TooSmall { has: 200, needs: 300 }]);
        assert_eq!(doubts(None, small, FIELD, true), [Doubt::TooSmall { has: 200, needs: 320 }], "not to be seen");
        // That it is soft, too, says nothing new.
        assert_eq!(doubts(Some(&blurred(&head(1.0), 4)), small, FIELD, true).len(), 1);
    }

    proptest! {
        #[test]
        fn any_pixels_can_be_looked_at(
            width in 0..40u32,
            pixels in prop::collection::vec(any::<u8>(), 0..4000),
            across in -1.0..4000.0f64,
            is_portrait in any::<bool>(),
        ) {
            let mut gray = Gray::new(width);
            gray.push(&pixels);
            prop_assert!((0.0..=1.0).contains(&gray.blur()));
            doubts(Some(&gray), Crop { width: across, ..LARGE }, FIELD, is_portrait);
        }
    }
}
