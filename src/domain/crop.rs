//! The geometry of cropping: which part of a picture goes on the card.
//!
//! All lengths are in pixels of the picture that is being cropped. The frame is described by one number, its scale: 1 is
//! the largest frame that fits, and zooming in makes it smaller. No call can leave the frame outside of the picture, give
//! it another ratio than the field's, or make it too small to take hold of, whatever it is called with.

/// The longest side of a photo that is sent, in pixels: 300 dpi over a whole card and some to spare.
pub const MAX_LONG_SIDE: u32 = 1200;

/// How far one can zoom in: the smallest frame has an eighth of the largest one's sides.
const MIN_SCALE: f64 = 0.125;

/// A frame has no side shorter than this, as long as the picture is large enough.
const MIN_SIDE: f64 = 32.0;

/// What one press of `+` does.
const ZOOM_STEP: f64 = 1.1;

/// The proportions of a field on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    /// Its width, in any unit.
    pub width: u32,
    /// Its height, in the same unit.
    pub height: u32,
}

impl Ratio {
    /// Width over height; a side of nothing counts as 1.
    pub fn aspect(self) -> f64 {
        f64::from(self.width.max(1)) / f64::from(self.height.max(1))
    }
}

/// The part of a picture that is kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crop {
    /// From the picture's left edge.
    pub x: f64,
    /// From the picture's top edge.
    pub y: f64,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

impl Crop {
    /// The largest frame of this ratio, in the middle of a picture.
    pub fn centred(picture_width: u32, picture_height: u32, ratio: Option<Ratio>) -> Crop {
        Bounds::new(picture_width, picture_height, ratio).largest()
    }
}

/// A corner of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// The upper left one.
    NorthWest,
    /// The upper right one.
    NorthEast,
    /// The lower left one.
    SouthWest,
    /// The lower right one.
    SouthEast,
}

impl Corner {
    /// Every corner, in reading order.
    pub const ALL: [Corner; 4] = [Corner::NorthWest, Corner::NorthEast, Corner::SouthWest, Corner::SouthEast];

    /// Its short name, as in `data-corner`.
    pub fn name(self) -> &'static str {
        match self {
            Corner::NorthWest => "nw",
            Corner::NorthEast => "ne",
            Corner::SouthWest => "sw",
            Corner::SouthEast => "se",
        }
    }

    /// The corner with this short name.
    pub fn named(name: &str) -> Option<Corner> {
        Corner::ALL.into_iter().find(|corner| corner.name() == name)
    }

    fn is_west(self) -> bool {
        matches!(self, Corner::NorthWest | Corner::SouthWest)
    }

    fn is_north(self) -> bool {
        matches!(self, Corner::NorthWest | Corner::NorthEast)
    }
}

/// What a frame must stay within: the picture, and the field's ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    width: f64,
    height: f64,
    ratio: Option<Ratio>,
}

impl Bounds {
    /// The bounds in a picture of this size; a side of nothing counts as 1.
    pub fn new(picture_width: u32, picture_height: u32, ratio: Option<Ratio>) -> Bounds {
        Bounds { width: f64::from(picture_width.max(1)), height: f64::from(picture_height.max(1)), ratio }
    }

    /// The largest frame, in the middle.
    pub fn largest(&self) -> Crop {
        let (mut width, mut height) = (self.width, self.height);
        if let Some(ratio) = self.ratio {
            let aspect = ratio.aspect();
            if aspect * height < width {
                width = aspect * height;
            } else {
                height = width / aspect;
            }
        }
        Crop { x: (self.width - width) / 2.0, y: (self.height - height) / 2.0, width, height }
    }

    /// `crop`, moved; it stops at the picture's edges.
    pub fn moved(&self, crop: Crop, dx: f64, dy: f64) -> Crop {
        self.inside(Crop { x: crop.x + dx, y: crop.y + dy, ..crop })
    }

    /// `crop` with its middle at a point, or as near to it as the picture's edges allow.
    pub fn centred_on(&self, crop: Crop, x: f64, y: f64) -> Crop {
        self.inside(Crop { x: x - crop.width / 2.0, y: y - crop.height / 2.0, ..crop })
    }

    /// `crop`, `factor` times as large around its middle.
    pub fn scaled(&self, crop: Crop, factor: f64) -> Crop {
        self.with_scale(crop, self.scale(crop) * factor)
    }

    /// `crop` with one corner moved and the opposite one where it was.
    pub fn resized(&self, crop: Crop, corner: Corner, dx: f64, dy: f64) -> Crop {
        let (west, north) = (corner.is_west(), corner.is_north());
        let (right, bottom) = (crop.x + crop.width, crop.y + crop.height);
        let room_x = if west { right } else { self.width - crop.x };
        let room_y = if north { bottom } else { self.height - crop.y };
        let wanted_x = crop.width + if west { -dx } else { dx };
        let wanted_y = crop.height + if north { -dy } else { dy };
        let (largest, smallest) = (self.largest(), self.smallest_scale());
        let (width, height) = if self.ratio.is_some() {
            // The axis that was moved further decides, so that the corner stays under the finger on one of them.
            let wanted = (wanted_x / largest.width).max(wanted_y / largest.height);
            let room = (room_x / largest.width).min(room_y / largest.height);
            let scale = wanted.max(smallest).min(room);
            (largest.width * scale, largest.height * scale)
        } else {
            (wanted_x.max(smallest * self.width).min(room_x), wanted_y.max(smallest * self.height).min(room_y))
        };
        self.inside(Crop {
            x: if west { right - width } else { crop.x },
            y: if north { bottom - height } else { crop.y },
            width,
            height,
        })
    }

    /// How far `crop` is zoomed in: 0 for the largest frame, 1 for the smallest.
    pub fn zoom(&self, crop: Crop) -> f64 {
        let range = 1.0 - self.smallest_scale();
        if range > 0.0 { ((1.0 - self.scale(crop)) / range).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// `crop` zoomed so far in, around its middle.
    ///
    /// Even in the frame's size and not in its magnification: most photos need little zoom, and need it finely.
    pub fn zoomed(&self, crop: Crop, zoom: f64) -> Crop {
        self.with_scale(crop, 1.0 - zoom * (1.0 - self.smallest_scale()))
    }

    /// Whether there is anything to zoom: a picture of some few pixels has one size of frame only.
    pub fn can_zoom(&self) -> bool {
        self.smallest_scale() < 1.0
    }

    /// What a key does to `crop`: arrows move it by a hundredth of the picture's short side, with Shift by a tenth; `+` and
    /// `-` zoom. `None` when the key is not one of the frame's.
    pub fn key(&self, crop: Crop, key: &str, shift: bool) -> Option<Crop> {
        let step = self.width.min(self.height) * if shift { 0.1 } else { 0.01 };
        Some(match key {
            "ArrowLeft" => self.moved(crop, -step, 0.0),
            "ArrowRight" => self.moved(crop, step, 0.0),
            "ArrowUp" => self.moved(crop, 0.0, -step),
            "ArrowDown" => self.moved(crop, 0.0, step),
            // The unshifted `=` stands on the key of `+` on many keyboards.
            "+" | "=" => self.scaled(crop, 1.0 / ZOOM_STEP),
            "-" | "_" => self.scaled(crop, ZOOM_STEP),
            _ => return None,
        })
    }

    /// A crop that may be of another picture or ratio, brought within these bounds.
    pub fn fitted(&self, crop: Crop) -> Crop {
        let scale = self.scale(crop);
        let largest = self.largest();
        let sized = if self.ratio.is_some() {
            // Around the same middle, so that a face stays where it was.
            let (middle_x, middle_y) = (crop.x + crop.width / 2.0, crop.y + crop.height / 2.0);
            let (width, height) = (largest.width * scale, largest.height * scale);
            Crop { x: middle_x - width / 2.0, y: middle_y - height / 2.0, width, height }
        } else {
            crop
        };
        self.with_scale(sized, scale)
    }

    /// The frame that has these shares of the picture's sides, around a point or as near to it as the edges allow. With a
    /// ratio it is as large among those that have it as the larger of the shares.
    pub fn placed(&self, (across, down): (f64, f64), (x, y): (f64, f64)) -> Crop {
        let (width, height) = (across * self.width, down * self.height);
        self.fitted(Crop { x: x - width / 2.0, y: y - height / 2.0, width, height })
    }

    /// Whether `crop` is a frame of this picture: within it, and with the field's ratio.
    pub fn holds(&self, crop: Crop) -> bool {
        let (right, bottom) = (crop.x + crop.width, crop.y + crop.height);
        let is_shaped = self.ratio.is_none_or(|ratio| (crop.width / crop.height / ratio.aspect() - 1.0).abs() < 1e-6);
        // Written so that a NaN is not.
        crop.x >= 0.0 && crop.y >= 0.0 && right <= self.width + 1e-6 && bottom <= self.height + 1e-6 && is_shaped
    }

    fn scale(&self, crop: Crop) -> f64 {
        (crop.width / self.width).max(crop.height / self.height)
    }

    fn smallest_scale(&self) -> f64 {
        let largest = self.largest();
        (MIN_SIDE / largest.width.min(largest.height)).clamp(MIN_SCALE, 1.0)
    }

    fn with_scale(&self, crop: Crop, scale: f64) -> Crop {
        let (largest, smallest) = (self.largest(), self.smallest_scale());
        let scale = scale.max(smallest).min(1.0);
        let (width, height) = if self.ratio.is_some() {
            (largest.width * scale, largest.height * scale)
        } else {
            let factor = scale / self.scale(crop);
            (
                (crop.width * factor).max(smallest * self.width).min(self.width),
                (crop.height * factor).max(smallest * self.height).min(self.height),
            )
        };
        self.inside(Crop {
            x: crop.x + (crop.width - width) / 2.0,
            y: crop.y + (crop.height - height) / 2.0,
            width,
            height,
        })
    }

    /// `crop` pushed back into the picture. `max` and `min` rather than `clamp`: these also get rid of a NaN.
    fn inside(&self, crop: Crop) -> Crop {
        Crop {
            x: crop.x.min(self.width - crop.width).max(0.0),
            y: crop.y.min(self.height - crop.height).max(0.0),
            ..crop
        }
    }
}

/// The size in pixels at which `crop` is sent: the field's ratio, no more pixels than the crop has, and no side longer than
/// `max_long_side`.
pub fn output_size(crop: Crop, ratio: Option<Ratio>, max_long_side: u32) -> (u32, u32) {
    let aspect = match ratio {
        Some(ratio) => ratio.aspect(),
        None => crop.width / crop.height,
    };
    let long = crop.width.max(crop.height).ceil().min(f64::from(max_long_side)).max(1.0);
    // A cast of a float saturates, so neither a NaN nor an absurd ratio can do harm here.
    let short = |side: f64| (side.round() as u32).max(1);
    if aspect >= 1.0 { (long as u32, short(long / aspect)) } else { (short(long * aspect), long as u32) }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PORTRAIT: Option<Ratio> = Some(Ratio { width: 3, height: 4 });

    /// What a hand may do to the frame.
    #[derive(Clone, Debug)]
    enum Deed {
        Move(f64, f64),
        Centre(f64, f64),
        Scale(f64),
        Zoom(f64),
        Resize(usize, f64, f64),
        Key(&'static str, bool),
        Fit(f64, f64, f64, f64),
    }

    fn deed() -> impl Strategy<Value = Deed> {
        let far = prop_oneof![-3000.0..3000.0, Just(f64::NAN), Just(f64::INFINITY), Just(-1e300), Just(0.0)];
        let key = prop::sample::select(vec!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "+", "=", "-", "_"]);
        prop_oneof![
            (far.clone(), far.clone()).prop_map(|(x, y)| Deed::Move(x, y)),
            (far.clone(), far.clone()).prop_map(|(x, y)| Deed::Centre(x, y)),
            far.clone().prop_map(Deed::Scale),
            (-1.0..2.0).prop_map(Deed::Zoom),
            (0..4usize, far.clone(), far.clone()).prop_map(|(corner, x, y)| Deed::Resize(corner, x, y)),
            (key, any::<bool>()).prop_map(|(key, shift)| Deed::Key(key, shift)),
            (far.clone(), far.clone(), far.clone(), far).prop_map(|(x, y, w, h)| Deed::Fit(x, y, w, h)),
        ]
    }

    /// From a speck to 100 megapixels, and as thin as a line.
    fn bounds() -> impl Strategy<Value = Bounds> {
        let side = || prop_oneof![1..8u32, 1..12_000u32];
        let ratio = prop_oneof![
            Just(None),
            Just(PORTRAIT),
            (0..3000u32, 0..3000u32).prop_map(|(width, height)| Some(Ratio { width, height })),
        ];
        (side(), side(), ratio).prop_map(|(width, height, ratio)| Bounds::new(width, height, ratio))
    }

    proptest! {
        #[test]
        fn the_frame_stays_a_frame(bounds in bounds(), deeds in prop::collection::vec(deed(), 0..40)) {
            let mut crop = bounds.largest();
            for deed in deeds {
                crop = match deed {
                    Deed::Move(dx, dy) => bounds.moved(crop, dx, dy),
                    Deed::Centre(x, y) => bounds.centred_on(crop, x, y),
                    Deed::Scale(factor) => bounds.scaled(crop, factor),
                    Deed::Zoom(zoom) => bounds.zoomed(crop, zoom),
                    Deed::Resize(corner, dx, dy) => bounds.resized(crop, Corner::ALL[corner], dx, dy),
                    Deed::Key(key, shift) => bounds.key(crop, key, shift).unwrap(),
                    Deed::Fit(x, y, width, height) => bounds.fitted(Crop { x, y, width, height }),
                };
                prop_assert!(crop.x >= 0.0 && crop.y >= 0.0, "{crop:?}");
                prop_assert!(crop.x + crop.width <= bounds.width + 1e-6, "{crop:?}");
                prop_assert!(crop.y + crop.height <= bounds.height + 1e-6, "{crop:?}");
                let (largest, smallest) = (bounds.largest(), bounds.smallest_scale());
                prop_assert!(crop.width >= largest.width * smallest * (1.0 - 1e-9), "{crop:?}");
                prop_assert!(crop.height >= largest.height * smallest * (1.0 - 1e-9), "{crop:?}");
                if let Some(ratio) = bounds.ratio {
                    prop_assert!((crop.width / crop.height / ratio.aspect() - 1.0).abs() < 1e-6, "{crop:?}");
                }
                let zoom = bounds.zoom(crop);
                prop_assert!((0.0..=1.0).contains(&zoom));
            }
        }

        #[test]
        fn what_is_sent_is_never_larger_than_what_there_is(bounds in bounds(), zoom in 0.0..1.0, most in 1..3000u32) {
            let crop = bounds.zoomed(bounds.largest(), zoom);
            let (width, height) = output_size(crop, bounds.ratio, most);
            prop_assert!((1..=most).contains(&width) && (1..=most).contains(&height));
            prop_assert!(f64::from(width.max(height)) < crop.width.max(crop.height) + 1.0);
        }
    }

    #[test]
    fn the_first_frame_is_the_largest_in_the_middle() {
        let crop = |x, y, width, height| Crop { x, y, width, height };
        assert_eq!(Crop::centred(4000, 3000, PORTRAIT), crop(875.0, 0.0, 2250.0, 3000.0));
        assert_eq!(Crop::centred(300, 800, PORTRAIT), crop(0.0, 200.0, 300.0, 400.0));
        assert_eq!(Crop::centred(300, 800, None), crop(0.0, 0.0, 300.0, 800.0));
        assert_eq!(Crop::centred(0, 0, PORTRAIT), crop(0.125, 0.0, 0.75, 1.0));
    }

    #[test]
    fn a_corner_leaves_the_opposite_one_where_it_is() {
        let bounds = Bounds::new(1000, 1000, PORTRAIT);
        let crop = Crop { x: 300.0, y: 300.0, width: 300.0, height: 400.0 };
        let larger = bounds.resized(crop, Corner::NorthWest, -30.0, 0.0);
        assert_eq!(larger, Crop { x: 270.0, y: 260.0, width: 330.0, height: 440.0 });
        let smaller = bounds.resized(crop, Corner::SouthEast, -90.0, -40.0);
        assert_eq!(smaller, Crop { x: 300.0, y: 300.0, width: 270.0, height: 360.0 });
        let free = Bounds::new(1000, 1000, None).resized(crop, Corner::NorthEast, 50.0, 100.0);
        assert_eq!(free, Crop { x: 300.0, y: 400.0, width: 350.0, height: 300.0 });
    }

    #[test]
    fn arrows_move_by_hundredths_of_the_short_side() {
        let bounds = Bounds::new(2000, 1000, PORTRAIT);
        let crop = bounds.zoomed(bounds.largest(), 0.5);
        assert_eq!(bounds.key(crop, "ArrowLeft", false), Some(Crop { x: crop.x - 10.0, ..crop }));
        assert_eq!(bounds.key(crop, "ArrowDown", true), Some(Crop { y: crop.y + 100.0, ..crop }));
        assert_eq!(bounds.key(crop, "a", false), None);
        let nearer = bounds.key(crop, "+", false).unwrap();
        assert!(nearer.width < crop.width && (nearer.x + nearer.width / 2.0 - 1000.0).abs() < 1e-6);
    }

    #[test]
    fn zoom_goes_from_all_to_an_eighth() {
        let bounds = Bounds::new(2400, 2400, PORTRAIT);
        let crop = bounds.zoomed(bounds.largest(), 1.0);
        assert_eq!((crop.width, crop.height), (225.0, 300.0));
        assert_eq!(bounds.zoom(crop), 1.0);
        assert!(bounds.can_zoom());
        assert!(!Bounds::new(30, 30, PORTRAIT).can_zoom());
    }

    #[test]
    fn what_is_sent_has_the_fields_ratio_and_at_most_1200_pixels() {
        let crop = Crop { x: 0.0, y: 0.0, width: 2250.0, height: 3000.0 };
        assert_eq!(output_size(crop, PORTRAIT, MAX_LONG_SIDE), (900, 1200));
        let small = Crop { x: 0.0, y: 0.0, width: 299.7, height: 399.6 };
        assert_eq!(output_size(small, PORTRAIT, MAX_LONG_SIDE), (300, 400));
        assert_eq!(output_size(small, None, 200), (150, 200));
        let line = Crop { x: 0.0, y: 0.0, width: 5000.0, height: 1.0 };
        assert_eq!(output_size(line, None, MAX_LONG_SIDE), (1200, 1));
    }
}
