//! Finding faces in a picture: a cascade of local binary patterns, after Liao et al. (2007) and Viola and Jones (2001).
//!
//! A window goes over the picture at every size that a face may have. In it, small stages ask how light nine neighbouring
//! blocks are compared with each other; the first stage that says "no face" ends it, which for most windows is the first
//! of all. What is left is found several times at nearly the same place where there is a face, and once where there is
//! none.

use crate::gray::{Gray, Sums};

/// The trained cascade, 6 KB of it. `docs/face.md` says where it comes from, how it is laid out, and how good it is.
static MODEL: &[u8] = include_bytes!("frontal.lbp");

/// From one size of the window to the next.
const STEP: f64 = 1.08;

/// How often a face is found at the least; now and then happens on any wallpaper.
const MIN_VOTES: usize = 6;

/// The smallest face that is looked for, as a part of the picture's short side. A face on an ID photo is larger than half.
const MIN_SHARE: f64 = 0.18;

/// The sine and the cosine of how far a head may be held askew, 13 degrees: upright it is found up to some 8 degrees, and as
/// far again around this.
const ASKEW: (f64, f64) = (0.227_977_523, 0.973_666_395);

/// A face: the square from the eyebrows to the chin, as the cascade was taught it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Face {
    /// From the picture's left edge, in pixels of it.
    pub x: f64,
    /// From its top edge.
    pub y: f64,
    /// The square's side.
    pub side: f64,
    /// In how many windows it was found.
    pub votes: usize,
}

impl Face {
    /// The same face in a picture that is so many times as large.
    pub fn scaled(&self, factor: f64) -> Face {
        Face { x: self.x * factor, y: self.y * factor, side: self.side * factor, votes: self.votes }
    }
}

/// How people hold their head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// Straight, within some eight degrees.
    Upright,
    /// Askew by some thirteen degrees clockwise, as one sees it.
    Right,
    /// As much the other way.
    Left,
}

impl Lean {
    /// In the order in which they are worth trying: each takes as long as the first, which finds nearly all.
    pub const ALL: [Lean; 3] = [Lean::Upright, Lean::Right, Lean::Left];
}

/// One question: is the pattern of nine blocks one of those that faces have here?
#[derive(Debug)]
struct Question {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    /// One bit for each of the 256 patterns.
    patterns: [u32; 8],
    yes: f32,
    no: f32,
}

/// Questions that a face must answer with a sum of at least so much.
#[derive(Debug)]
struct Stage {
    least: f32,
    questions: Vec<Question>,
}

/// Finds faces.
#[derive(Debug)]
pub struct Detector {
    window: usize,
    stages: Vec<Stage>,
}

/// Reads numbers from the model, in the order in which they stand there.
struct Reader(&'static [u8]);

impl Reader {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    fn byte(&mut self) -> Option<usize> {
        self.take::<1>().map(|[byte]| byte.into())
    }

    fn float(&mut self) -> Option<f32> {
        self.take().map(f32::from_le_bytes)
    }
}

impl Default for Detector {
    fn default() -> Detector {
        Detector::new()
    }
}

impl Detector {
    /// With the cascade that comes with this program.
    pub fn new() -> Detector {
        // What is in the program is whole; a test reads it.
        Detector::read(MODEL).unwrap_or(Detector { window: usize::MAX, stages: Vec::new() })
    }

    fn read(model: &'static [u8]) -> Option<Detector> {
        let mut model = Reader(model);
        let window = model.byte()?;
        model.byte()?;
        let stages = (0..model.byte()?)
            .map(|_| {
                let least = model.float()?;
                let questions = (0..model.byte()?).map(|_| {
                    let [x, y, width, height] = model.take::<4>()?.map(usize::from);
                    let mut patterns = [0; 8];
                    for word in &mut patterns {
                        *word = u32::from_le_bytes(model.take()?);
                    }
                    Some(Question { x, y, width, height, patterns, yes: model.float()?, no: model.float()? })
                });
                Some(Stage { least, questions: questions.collect::<Option<_>>()? })
            })
            .collect::<Option<_>>()?;
        Some(Detector { window, stages })
    }

    /// The faces in a picture of people who hold their head as `lean` says, the one that was found most often first.
    pub fn faces(&self, gray: &Gray, lean: Lean) -> Vec<Face> {
        let (sin, cos) = match lean {
            Lean::Upright => return self.upright_faces(gray.luma(), gray.width()),
            Lean::Right => ASKEW,
            Lean::Left => (-ASKEW.0, ASKEW.1),
        };
        let (middle_x, middle_y) = (gray.width() as f64 / 2.0, gray.height() as f64 / 2.0);
        let turned = gray.turned(sin, cos);
        let back = |face: Face| {
            let (x, y) = (face.x + face.side / 2.0 - middle_x, face.y + face.side / 2.0 - middle_y);
            let (x, y) = (x * cos - y * sin + middle_x, x * sin + y * cos + middle_y);
            Face { x: x - face.side / 2.0, y: y - face.side / 2.0, ..face }
        };
        self.upright_faces(&turned, gray.width()).into_iter().map(back).collect()
    }

    fn upright_faces(&self, luma: &[u8], width: usize) -> Vec<Face> {
        let whole = Sums::of(luma, width);
        let (width, height) = (whole.width(), whole.height());
        let short = width.min(height) as f64;
        let mut found = Vec::new();
        let mut side = (short * MIN_SHARE).max(self.window as f64);
        while side <= short {
            let scale = side / self.window as f64;
            let size = ((width as f64 / scale) as usize, (height as f64 / scale) as usize);
            let small = whole.shrunk(size.0, size.1);
            let sums = Sums::of(&small, size.0);
            for y in 0..=size.1.saturating_sub(self.window) {
                let mut x = 0;
                while x <= size.0.saturating_sub(self.window) {
                    let passed = self.passed(&sums, x, y);
                    if passed == self.stages.len() {
                        found.push((x as f64 * scale, y as f64 * scale, side));
                    }
                    // Beside what the first stage knows to be none, there is hardly one: that halves the work.
                    x += if passed == 0 { 2 } else { 1 };
                }
            }
            side *= STEP;
        }
        group(&found)
    }

    /// How many stages the window at `(x, y)` passes; all of them if it is a face.
    fn passed(&self, sums: &Sums, x: usize, y: usize) -> usize {
        let passes = |stage: &Stage| {
            let answer = |question: &Question| {
                let pattern = question.pattern(sums, x, y);
                let is_known = question.patterns[pattern >> 5] >> (pattern & 31) & 1 == 1;
                if is_known { question.yes } else { question.no }
            };
            stage.questions.iter().map(answer).sum::<f32>() >= stage.least
        };
        self.stages.iter().take_while(|stage| passes(stage)).count()
    }
}

impl Question {
    /// Which of the eight blocks around the middle one are at least as light as that, clockwise from the upper left.
    fn pattern(&self, sums: &Sums, x: usize, y: usize) -> usize {
        let all = sums.all();
        let row = |down: usize| {
            let start = sums.at(x + self.x, y + self.y + down * self.height);
            [0, 1, 2, 3].map(|across| all.get(start + across * self.width).copied().unwrap_or(0))
        };
        let rows = [row(0), row(1), row(2), row(3)];
        let block = |across: usize, down: usize| {
            (rows[down + 1][across + 1] + rows[down][across])
                .wrapping_sub(rows[down + 1][across])
                .wrapping_sub(rows[down][across + 1])
        };
        let middle = block(1, 1);
        [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
            .iter()
            .fold(0, |pattern, (across, down)| pattern << 1 | usize::from(block(*across, *down) >= middle))
    }
}

/// Puts together what was found at nearly the same place, and drops what was found too seldom.
fn group(found: &[(f64, f64, f64)]) -> Vec<Face> {
    let mut groups: Vec<Vec<(f64, f64, f64)>> = Vec::new();
    for one in found {
        let is_near = |other: &(f64, f64, f64)| {
            let reach = 0.2 * (one.2.min(other.2) + one.2) / 2.0;
            let (right, bottom) = ((one.0 + one.2) - (other.0 + other.2), (one.1 + one.2) - (other.1 + other.2));
            [one.0 - other.0, one.1 - other.1, right, bottom].iter().all(|way| way.abs() <= reach)
        };
        let (mut near, far): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(is_near));
        let mut joined = near.pop().unwrap_or_default();
        near.into_iter().for_each(|group| joined.extend(group));
        joined.push(*one);
        groups = far;
        groups.push(joined);
    }
    let faces = groups
        .iter()
        .filter(|group| group.len() >= MIN_VOTES)
        .map(|group| {
            let mean = |of: fn(&(f64, f64, f64)) -> f64| group.iter().map(of).sum::<f64>() / group.len() as f64;
            Face { x: mean(|one| one.0), y: mean(|one| one.1), side: mean(|one| one.2), votes: group.len() }
        })
        .collect();
    apart(faces)
}

/// The best first, and of those that lie on each other only the best: an eye that looks like a face is in a face.
fn apart(mut faces: Vec<Face>) -> Vec<Face> {
    let mut kept: Vec<Face> = Vec::new();
    // There are a few; a sort is several kilobytes. Of equally good ones the first.
    while let Some(best) = (0..faces.len()).rev().max_by_key(|at| faces.get(*at).map(|face| face.votes)) {
        let face = faces.remove(best);
        let (x, y) = (face.x + face.side / 2.0, face.y + face.side / 2.0);
        let is_inside =
            |other: &Face| x > other.x && x < other.x + other.side && y > other.y && y < other.y + other.side;
        if !kept.iter().any(is_inside) {
            kept.push(face);
        }
    }
    kept
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn gray(width: u32, luma: impl IntoIterator<Item = u8>) -> Gray {
        let mut gray = Gray::new(width);
        gray.push(&luma.into_iter().flat_map(|luma| [luma, luma, luma, 255]).collect::<Vec<u8>>());
        gray
    }

    #[test]
    fn the_cascade_is_whole() {
        let detector = Detector::new();
        assert_eq!((detector.window, detector.stages.len()), (24, 20));
        assert_eq!(detector.stages.iter().map(|stage| stage.questions.len()).sum::<usize>(), 139);
        let fits = |question: &Question| {
            question.x + 3 * question.width <= detector.window && question.y + 3 * question.height <= detector.window
        };
        assert!(detector.stages.iter().flat_map(|stage| &stage.questions).all(fits));
        assert!(Detector::read(&MODEL[..MODEL.len() - 1]).is_none());
    }

    #[test]
    fn sums_are_those_of_the_pixels() {
        let luma: Vec<u8> = (0..12).collect();
        let sums = Sums::of(&luma, 4);
        assert_eq!(sums.all()[sums.at(4, 3)], 66);
        assert_eq!(sums.all()[sums.at(2, 2)], 1 + 4 + 5);
        // 0 1 | 2 3, three rows in one.
        assert_eq!(sums.shrunk(2, 1), [4, 6]);
        assert_eq!(sums.shrunk(4, 3), luma);
        assert_eq!(Sums::of(&[], 4).shrunk(2, 2), [0, 0, 0, 0]);
    }

    #[test]
    fn what_is_found_once_is_no_face() {
        let near: Vec<_> = (0..8).map(|at| (100.0 + f64::from(at), 50.0, 80.0)).collect();
        let faces = group(&[near.clone(), vec![(300.0, 20.0, 60.0)]].concat());
        assert_eq!(faces, [Face { x: 103.5, y: 50.0, side: 80.0, votes: 8 }]);
        // A smaller one in its middle is a part of it.
        let inner: Vec<_> = (0..6).map(|_| (130.0, 80.0, 30.0)).collect();
        assert_eq!(group(&[near, inner].concat()).len(), 1);
    }

    proptest! {
        #[test]
        fn any_picture_can_be_searched(
            width in 0..90u32,
            luma in prop::collection::vec(any::<u8>(), 0..6000),
            lean in prop::sample::select(Lean::ALL.to_vec()),
        ) {
            let picture = gray(width, luma);
            for face in Detector::new().faces(&picture, lean) {
                prop_assert!(face.side <= picture.width().min(picture.height()) as f64 + 1.0);
            }
        }
    }
}
