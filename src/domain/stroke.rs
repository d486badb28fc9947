//! A signature as it is drawn: points become strokes of ink, and the ink is fitted into its field.
//!
//! The pad is [`PAD`] units wide, whatever it measures on the screen, so that a signature looks the same after the device
//! was turned. Nothing here trusts its numbers: a point that is no point is left out.

/// How wide the pad is, in its own units. All lengths here are in them.
pub const PAD: f64 = 1000.0;

/// The width of a line drawn at ease.
const LINE: f64 = 7.0;
/// No line is thinner or thicker than this.
const LINES: (f64, f64) = (2.5, 12.0);
/// Points nearer to each other than this are one: a pen held still reports hundreds.
const NEAR: f64 = 1.0;
/// How far beyond the pad a pointer is followed, in pads.
const BEYOND: f64 = 2.0;
/// A speed in units per millisecond at which a line is half as wide as at rest.
const BRISK: f64 = 3.0;
/// What a device reports that knows of no pressure.
const NO_PRESSURE: f64 = 0.5;

/// Where the ink is at one moment, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the pad's left.
    pub x: f64,
    /// From the pad's top.
    pub y: f64,
    /// How wide the line is here.
    pub width: f64,
}

/// A piece of a line: a quadratic Bézier curve of one width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Where it begins.
    pub from: (f64, f64),
    /// The point that it bends towards.
    pub bend: (f64, f64),
    /// Where it ends.
    pub to: (f64, f64),
    /// Its width.
    pub width: f64,
}

/// What is drawn between putting the pen down and lifting it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stroke {
    points: Vec<Point>,
    /// When the last point was made, in milliseconds.
    time: f64,
}

impl Stroke {
    /// Adds what a pointer reports: where, with which pressure (0 to 1), and when (milliseconds).
    pub fn push(&mut self, x: f64, y: f64, pressure: f64, time: f64) {
        let reach = -PAD * BEYOND..PAD * (1.0 + BEYOND);
        if !(reach.contains(&x) && reach.contains(&y)) {
            return;
        }
        let time = if time.is_finite() { time } else { self.time };
        let Some(last) = self.points.last().copied() else {
            self.time = time;
            self.points.push(Point { x, y, width: wanted(pressure, 0.0) });
            return;
        };
        let distance = (x - last.x).hypot(y - last.y);
        if distance < NEAR {
            return;
        }
        let speed = distance / (time - self.time).max(1.0);
        // Ink does not jump from thin to thick.
        let width = last.width + (wanted(pressure, speed) - last.width) * 0.3;
        self.time = time;
        self.points.push(Point { x, y, width });
    }

    /// The line, smoothed: it passes through the middles between the points, and bends towards the points themselves.
    pub fn pieces(&self) -> Vec<Piece> {
        let middle = |a: Point, b: Point| ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Vec::new() };
        let (start, end) = ((first.x, first.y), (last.x, last.y));
        if self.points.len() == 1 {
            return vec![Piece { from: start, bend: start, to: start, width: first.width }];
        }
        let mut pieces = Vec::with_capacity(self.points.len());
        let mut from = start;
        for pair in self.points.windows(2) {
            let [a, b] = pair else { continue };
            let to = middle(*a, *b);
            pieces.push(Piece { from, bend: (a.x, a.y), to, width: a.width });
            from = to;
        }
        pieces.push(Piece { from, bend: end, to: end, width: last.width });
        pieces
    }
}

/// How wide the line wants to be: by the pressure, where a device has one, otherwise by the speed.
fn wanted(pressure: f64, speed: f64) -> f64 {
    let has_pressure = pressure > 0.0 && pressure <= 1.0 && (pressure - NO_PRESSURE).abs() > f64::EPSILON;
    let width = if has_pressure { LINE * (0.4 + 1.2 * pressure) } else { LINE * BRISK / (BRISK + speed.max(0.0)) };
    width.clamp(LINES.0, LINES.1)
}

/// A signature.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ink {
    strokes: Vec<Stroke>,
}

/// A rectangle that holds all of the ink.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Its left edge.
    pub x: f64,
    /// Its top edge.
    pub y: f64,
    /// Across.
    pub width: f64,
    /// Down.
    pub height: f64,
}

impl Ink {
    /// Puts the pen down.
    pub fn begin(&mut self) {
        self.strokes.push(Stroke::default());
    }

    /// The stroke that is being drawn.
    pub fn last(&mut self) -> Option<&mut Stroke> {
        self.strokes.last_mut()
    }

    /// Takes the last stroke back.
    pub fn undo(&mut self) {
        self.strokes.pop();
    }

    /// Takes all of them back.
    pub fn clear(&mut self) {
        self.strokes.clear();
    }

    /// Whether there is no ink.
    pub fn is_empty(&self) -> bool {
        self.strokes.iter().all(|stroke| stroke.points.is_empty())
    }

    /// All lines.
    pub fn pieces(&self) -> Vec<Piece> {
        self.strokes.iter().flat_map(Stroke::pieces).collect()
    }

    /// What the ink covers; none where there is none.
    pub fn extent(&self) -> Option<Extent> {
        let points = || self.strokes.iter().flat_map(|stroke| &stroke.points);
        let edge = |side: fn(&Point) -> f64| points().map(side).fold(f64::INFINITY, f64::min);
        let (left, top) = (edge(|at| at.x - at.width / 2.0), edge(|at| at.y - at.width / 2.0));
        let (right, bottom) = (-edge(|at| -at.x - at.width / 2.0), -edge(|at| -at.y - at.width / 2.0));
        let is_there = points().next().is_some();
        is_there.then_some(Extent { x: left, y: top, width: right - left, height: bottom - top })
    }
}

/// How something is moved to where it belongs: scaled first, then shifted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Pixels for each unit.
    pub scale: f64,
    /// To the right, in pixels.
    pub x: f64,
    /// Down, in pixels.
    pub y: f64,
}

/// How many pixels a unit may become in a picture so wide: a small flourish is not blown up to a large one.
pub fn largest(width: u32) -> f64 {
    2.0 * f64::from(width) / PAD
}

/// Trims `ink` to itself and centres it, as large as it will go, in a picture of `size` pixels with a margin of a twentieth
/// on each side. No unit becomes more than `largest` pixels.
pub fn fit(ink: Extent, size: (u32, u32), largest: f64) -> Fit {
    let (width, height) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let room = 0.9;
    let scale = (width * room / ink.width.max(1.0)).min(height * room / ink.height.max(1.0)).min(largest);
    let shift = |side: f64, at: f64, length: f64| side / 2.0 - (at + length / 2.0) * scale;
    Fit { scale, x: shift(width, ink.x, ink.width), y: shift(height, ink.y, ink.height) }
}

/// How large a signature is sent for a field of `field` pixels: at least 600 on the long side, for the print, and at most
/// 1200.
pub fn signature_size(field: (u32, u32)) -> (u32, u32) {
    let (width, height) = (u64::from(field.0.max(1)), u64::from(field.1.max(1)));
    let long = width.max(height);
    let wanted = long.clamp(600, 1200);
    let side = |side: u64| u32::try_from((side * wanted).div_ceil(long)).unwrap_or(1200).max(1);
    (side(width), side(height))
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(points: &[(f64, f64, f64, f64)]) -> Ink {
        let mut ink = Ink::default();
        ink.begin();
        for (x, y, pressure, time) in points {
            ink.last().into_iter().for_each(|stroke| stroke.push(*x, *y, *pressure, *time));
        }
        ink
    }

    #[test]
    fn a_dot_is_a_dot() {
        let ink = drawn(&[(10.0, 20.0, 0.5, 0.0), (10.2, 20.1, 0.5, 5.0)]);
        let pieces = ink.pieces();
        assert_eq!(pieces.len(), 1);
        assert_eq!((pieces[0].from, pieces[0].to), ((10.0, 20.0), (10.0, 20.0)));
        assert_eq!(ink.extent().unwrap().width, LINE);
    }

    #[test]
    fn pressure_makes_it_wide_and_haste_makes_it_thin() {
        let width = |pressure, pause: f64| {
            let points: Vec<_> =
                (0..20).map(|at| (f64::from(at) * 10.0, 0.0, pressure, f64::from(at) * pause)).collect();
            drawn(&points).pieces().last().unwrap().width
        };
        assert!(width(0.9, 10.0) > width(0.2, 10.0));
        assert!(width(0.5, 1.0) < width(0.5, 50.0));
        assert!((width(0.9, 1.0) - width(0.9, 50.0)).abs() < 1e-9, "where there is pressure, speed does not matter");
    }

    #[test]
    fn strokes_are_taken_back_one_by_one() {
        let mut ink = drawn(&[(1.0, 1.0, 0.5, 0.0)]);
        ink.begin();
        ink.last().unwrap().push(50.0, 50.0, 0.5, 0.0);
        assert_eq!(ink.pieces().len(), 2);
        ink.undo();
        assert_eq!(ink.pieces().len(), 1);
        ink.undo();
        assert!(ink.is_empty() && ink.extent().is_none());
        ink.undo();
    }

    #[test]
    fn a_small_flourish_stays_small() {
        let dot = Extent { x: 500.0, y: 100.0, width: 7.0, height: 7.0 };
        let fitted = fit(dot, (660, 220), largest(660));
        assert!(fitted.scale <= 1.32 + 1e-9);
        // In the middle.
        assert!((503.5 * fitted.scale + fitted.x - 330.0).abs() < 1e-9);
        assert!((103.5 * fitted.scale + fitted.y - 110.0).abs() < 1e-9);
    }

    #[test]
    fn the_size_is_what_printing_needs() {
        assert_eq!(signature_size((330, 110)), (600, 200));
        assert_eq!(signature_size((900, 300)), (900, 300));
        assert_eq!(signature_size((3000, 1000)), (1200, 400));
        assert_eq!(signature_size((0, 0)), (600, 600));
    }

    fn wild() -> impl Strategy<Value = f64> {
        prop_oneof![8 => -100.0..1100.0f64, 1 => any::<f64>(), 1 => Just(f64::NAN)]
    }

    proptest! {
        #[test]
        fn whatever_a_pointer_reports_the_ink_is_inside_of_its_extent_and_fits(
            points in prop::collection::vec((wild(), wild(), wild(), wild()), 0..40),
            size in (1u32..2000, 1u32..2000),
        ) {
            let ink = drawn(&points);
            let pieces = ink.pieces();
            let Some(extent) = ink.extent() else {
                prop_assert!(pieces.is_empty());
                return Ok(());
            };
            let fitted = fit(extent, size, largest(size.0));
            prop_assert!(fitted.scale.is_finite() && fitted.scale > 0.0);
            for piece in pieces {
                prop_assert!(piece.width >= LINES.0 && piece.width <= LINES.1);
                for (x, y) in [piece.from, piece.bend, piece.to] {
                    prop_assert!(x >= extent.x - 1e-6 && x <= extent.x + extent.width + 1e-6);
                    prop_assert!(y >= extent.y - 1e-6 && y <= extent.y + extent.height + 1e-6);
                    let (x, y) = (x * fitted.scale + fitted.x, y * fitted.scale + fitted.y);
                    prop_assert!(x >= -1e-6 && x <= f64::from(size.0) + 1e-6, "{} of {}", x, size.0);
                    prop_assert!(y >= -1e-6 && y <= f64::from(size.1) + 1e-6, "{} of {}", y, size.1);
                }
            }
        }

        #[test]
        fn a_size_has_the_fields_ratio_and_no_side_above_the_limit(field in (1u32..5000, 1u32..5000)) {
            let (width, height) = signature_size(field);
            prop_assert!(width.max(height) >= 600 && width.max(height) <= 1200);
            let ratio = f64::from(field.0) / f64::from(field.1);
            // Rounded to whole pixels, the short side may be one pixel off.
            prop_assert!((f64::from(width) - f64::from(height) * ratio).abs() <= 1.0 + ratio, "{width} x {height}");
        }
    }
}
