//! How blurred and how light a picture is.

use crate::gray::Gray;

impl Gray {
    /// How blurred it is, from 0 to 1, after Crété-Roffet et al., "The Blur Effect" (2007): blurring a sharp picture takes
    /// most of the differences between neighbours away, blurring a blurred one next to nothing.
    pub fn blur(&self) -> f64 {
        let (width, height) = (self.width(), self.height());
        // Around the face: that the wall behind it is out of focus is as it should be.
        let (left, right) = (width / 5, width * 4 / 5);
        let (top, bottom) = (height / 10, height * 4 / 5);
        let rows = (top..bottom).map(|y| (y * width + left, 1, right - left));
        let columns = (left..right).map(|x| (top * width + x, width, bottom - top));
        loss(self.luma(), rows).max(loss(self.luma(), columns))
    }

    /// How many of the pixels in the middle, where the face is, have each lightness; and how many there are.
    pub fn middle(&self) -> ([usize; 256], usize) {
        let (width, height) = (self.width(), self.height());
        let mut counts = [0; 256];
        let mut all = 0;
        for row in self.luma().chunks_exact(width).take(height * 7 / 10).skip(height / 5) {
            for luma in row.iter().take(width * 7 / 10).skip(width * 3 / 10) {
                counts[usize::from(*luma)] += 1;
                all += 1;
            }
        }
        (counts, all)
    }
}

/// How much of the differences along these lines a blur leaves standing: nearly all (1) if they are blurred already.
///
/// A line is where it begins, how far it is from one pixel to the next, and how many there are.
fn loss(luma: &[u8], lines: impl Iterator<Item = (usize, usize, usize)>) -> f64 {
    /// Pixels to each side over which the blur goes.
    const REACH: usize = 4;
    let (mut sharp, mut lost) = (0u64, 0u64);
    for (start, step, count) in lines {
        let at = |i: usize| luma.get(start + i * step).map_or(0, |luma| i32::from(*luma));
        if count <= 2 * REACH + 1 {
            continue;
        }
        let mut sum: i32 = (0..=2 * REACH).map(at).sum();
        for i in REACH + 1..count - REACH {
            let before = sum;
            sum += at(i + REACH) - at(i - REACH - 1);
            let here = (at(i) - at(i - 1)).unsigned_abs() * (2 * REACH as u32 + 1);
            let blurred = (sum - before).unsigned_abs();
            sharp += u64::from(here);
            lost += u64::from(here.saturating_sub(blurred));
        }
    }
    if sharp == 0 { 0.0 } else { 1.0 - lost as f64 / sharp as f64 }
}
