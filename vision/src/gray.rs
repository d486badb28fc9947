//! A picture as its lightness alone, which is all that is needed to judge one.

/// The lightness of a picture, one byte for a pixel, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gray {
    width: usize,
    luma: Vec<u8>,
}

impl Gray {
    /// A picture so many pixels wide, still without rows.
    pub fn new(width: u32) -> Gray {
        Gray { width: width.max(1) as usize, luma: Vec::new() }
    }

    /// Appends rows of pixels with four bytes each: red, green, blue and one that is not looked at.
    pub fn push(&mut self, rgba: &[u8]) {
        // How light the eye finds each colour (Rec. 601), in 256ths.
        let luma = |pixel: &[u8]| match *pixel {
            [red, green, blue, _] => ((u32::from(red) * 77 + u32::from(green) * 150 + u32::from(blue) * 29) >> 8) as u8,
            _ => 0,
        };
        self.luma.extend(rgba.chunks_exact(4).map(luma));
    }

    /// Across, in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Down, in pixels; what there is of a last row that is not whole does not count.
    pub fn height(&self) -> usize {
        self.luma.len() / self.width
    }

    /// Its pixels turned around the middle: what was at an angle stands upright. What comes in from outside is black.
    pub fn turned(&self, sin: f64, cos: f64) -> Vec<u8> {
        let (width, height) = (self.width as f64, self.height() as f64);
        let (middle_x, middle_y) = (width / 2.0, height / 2.0);
        let mut turned = Vec::with_capacity(self.luma.len());
        for y in 0..self.height() {
            for x in 0..self.width {
                let (dx, dy) = (x as f64 + 0.5 - middle_x, y as f64 + 0.5 - middle_y);
                let (from_x, from_y) = (dx * cos - dy * sin + middle_x, dx * sin + dy * cos + middle_y);
                let is_inside = from_x >= 0.0 && from_y >= 0.0 && from_x < width && from_y < height;
                let at = from_y as usize * self.width + from_x as usize;
                turned.push(if is_inside { self.luma.get(at).copied().unwrap_or(0) } else { 0 });
            }
        }
        turned
    }

    /// All its pixels.
    pub fn luma(&self) -> &[u8] {
        &self.luma
    }
}

/// The sums of all pixels above and to the left of each, from which the sum in any rectangle follows at once.
#[derive(Debug)]
pub struct Sums {
    width: usize,
    height: usize,
    sums: Vec<u32>,
}

impl Sums {
    /// Of a picture in rows of `width` bytes. 16 megapixels are the most before a sum could overflow; more rows are left out.
    pub fn of(luma: &[u8], width: usize) -> Sums {
        let width = width.max(1);
        let height = (luma.len() / width).min((1 << 24) / width);
        let across = width + 1;
        let mut sums = vec![0u32; across * (height + 1)];
        for (y, row) in luma.chunks_exact(width).take(height).enumerate() {
            let (before, here) = sums.split_at_mut((y + 1) * across);
            let before = &before[y * across..];
            let mut sum = 0;
            for ((to, above), luma) in here[1..across].iter_mut().zip(&before[1..]).zip(row) {
                sum += u32::from(*luma);
                *to = above + sum;
            }
        }
        Sums { width, height, sums }
    }

    /// Across, in pixels.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Down, in pixels.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Where the sum of everything above and to the left of `(x, y)` stands in [`Sums::all`].
    pub fn at(&self, x: usize, y: usize) -> usize {
        y * (self.width + 1) + x
    }

    /// Every sum, `width + 1` to a row.
    pub fn all(&self) -> &[u32] {
        &self.sums
    }

    /// The picture made smaller: each pixel is the average of those in its place.
    pub fn shrunk(&self, width: usize, height: usize) -> Vec<u8> {
        let edges = |from: usize, to: usize| (0..=to).map(move |at| at * from / to.max(1)).collect::<Vec<_>>();
        let (columns, rows) = (edges(self.width, width), edges(self.height, height));
        let mut luma = Vec::with_capacity(width * height);
        for row in rows.windows(2) {
            let &[top, bottom] = row else { continue };
            let (above, below) = (&self.sums[self.at(0, top)..], &self.sums[self.at(0, bottom)..]);
            for column in columns.windows(2) {
                let &[left, right] = column else { continue };
                let sum = below[right] + above[left] - below[left] - above[right];
                let area = ((right - left) * (bottom - top)).max(1) as u32;
                luma.push((sum / area) as u8);
            }
        }
        luma
    }
}
