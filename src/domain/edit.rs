//! What is done to a picture before a part of it goes on the card: turned, set straight, mirrored, made lighter.
//!
//! The picture with all that done is called the edited picture. It is always a rectangle without empty corners: what a
//! tilt would show of the ground behind the picture is cut off, in the picture's own proportions. The crop's frame
//! ([`super::crop`]) knows of no editing; its pixels are those of the edited picture.

mod editing;

pub use editing::Editing;

/// How far a picture can be tilted, in degrees, to either side.
pub const MAX_TILT: i32 = 45;

/// How far brightness and contrast go from what they are, in percent.
pub const MAX_TONE: i32 = 50;

/// How a picture is changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Quarter turns clockwise, 0 to 3.
    turns: u8,
    /// Whether left and right are exchanged, before any turn.
    mirrored: bool,
    /// Degrees clockwise, beyond the quarter turns.
    tilt: i32,
    /// Percent lighter.
    brightness: i32,
    /// Percent more contrast.
    contrast: i32,
}

impl Edit {
    /// Degrees clockwise by which the picture is tilted, beyond quarter turns.
    pub fn tilt(&self) -> i32 {
        self.tilt
    }

    /// Percent by which it is lighter; negative is darker.
    pub fn brightness(&self) -> i32 {
        self.brightness
    }

    /// Percent by which it has more contrast; negative is less.
    pub fn contrast(&self) -> i32 {
        self.contrast
    }

    /// Whether left and right are exchanged, before any turn.
    pub fn is_mirrored(&self) -> bool {
        self.mirrored
    }

    /// What of it changes where pixels are: two edits with the same shape need one drawing.
    pub fn shape(&self) -> (u8, bool, i32) {
        (self.turns, self.mirrored, self.tilt)
    }

    /// The whole turn in radians, clockwise, as a canvas takes it.
    pub fn angle(&self) -> f64 {
        f64::from(i32::from(self.turns) * 90 + self.tilt).to_radians()
    }

    /// The size of the edited picture, in pixels of the picture as it came.
    pub fn size_of(&self, (width, height): (u32, u32)) -> (u32, u32) {
        let (width, height) = if self.turns % 2 == 1 { (height, width) } else { (width, height) };
        if self.tilt == 0 {
            return (width, height);
        }
        let (w, h) = (f64::from(width), f64::from(height));
        let (sin, cos) = sin_cos(self.tilt.abs());
        // Turned by the tilt, the rectangle's own bounding box must fit into the picture.
        let scale = (w / (w * cos + h * sin)).min(h / (w * sin + h * cos));
        // A pixel less: the outermost ones are blended with the ground.
        let side = |side: f64| ((side * scale) as u32).saturating_sub(1).max(1);
        (side(w), side(h))
    }

    /// What each value of a colour becomes; none where brightness and contrast are as they came.
    ///
    /// The same sums as in CSS's `brightness()` and `contrast()`, with which the screen shows it.
    pub fn tone(&self) -> Option<[u8; 256]> {
        if self.brightness == 0 && self.contrast == 0 {
            return None;
        }
        let (light, contrast) = (1.0 + f64::from(self.brightness) / 100.0, 1.0 + f64::from(self.contrast) / 100.0);
        let mut tone = [0; 256];
        for (from, to) in (0u8..=255).zip(&mut tone) {
            let lit = (f64::from(from) * light).min(255.0);
            *to = ((lit - 127.5) * contrast + 127.5).round() as u8;
        }
        Some(tone)
    }

    /// The sine and the cosine of the whole turn.
    fn direction(&self) -> (f64, f64) {
        let (sin, cos) = sin_cos(self.tilt);
        match self.turns % 4 {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        }
    }

    /// From the middle of the picture as it came to the middle of the edited one.
    fn forth(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (sin, cos) = self.direction();
        let x = if self.mirrored { -x } else { x };
        (x * cos - y * sin, x * sin + y * cos)
    }

    /// The way back.
    fn back(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (sin, cos) = self.direction();
        let (x, y) = (x * cos + y * sin, y * cos - x * sin);
        (if self.mirrored { -x } else { x }, y)
    }
}

/// The sine and the cosine of at most [`MAX_TILT`] degrees, to eight digits. The standard library's are for any angle, which
/// takes four kilobytes of WASM.
fn sin_cos(degrees: i32) -> (f64, f64) {
    let x = f64::from(degrees).to_radians();
    let square = x * x;
    let series = |divisors: [f64; 5]| divisors.iter().fold(1.0, |sum, divisor| 1.0 - sum * square / divisor);
    (x * series([110.0, 72.0, 42.0, 20.0, 6.0]), series([90.0, 56.0, 30.0, 12.0, 2.0]))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn the_short_sine_is_the_long_one() {
        for tilt in -MAX_TILT..=MAX_TILT {
            for turns in 0..4 {
                let edit = Edit { tilt, turns, ..Edit::default() };
                let ((sin, cos), (long_sin, long_cos)) = (edit.direction(), edit.angle().sin_cos());
                assert!((sin - long_sin).abs() < 1e-8 && (cos - long_cos).abs() < 1e-8, "{edit:?}");
            }
        }
    }

    #[test]
    fn a_tilted_picture_is_smaller_in_its_own_proportions() {
        let edit = Edit { tilt: 45, ..Edit::default() };
        assert_eq!(edit.size_of((1000, 1000)), (706, 706));
        assert_eq!(Edit { turns: 1, ..edit }.size_of((3000, 1000)), (352, 1059));
        assert_eq!(edit.size_of((1, 1)), (1, 1));
        assert_eq!(Edit { tilt: -45, ..edit }.size_of((1000, 1000)), (706, 706));
    }

    #[test]
    fn tones_are_those_of_css() {
        assert_eq!(Edit::default().tone(), None);
        let lighter = Edit { brightness: 50, ..Edit::default() }.tone().unwrap();
        assert_eq!((lighter[0], lighter[100], lighter[200]), (0, 150, 255));
        let harder = Edit { contrast: 50, ..Edit::default() }.tone().unwrap();
        assert_eq!((harder[0], harder[27], harder[100], harder[128], harder[255]), (0, 0, 86, 128, 255));
        let flatter = Edit { contrast: -50, ..Edit::default() }.tone().unwrap();
        assert_eq!((flatter[0], flatter[255]), (64, 191));
    }
}
