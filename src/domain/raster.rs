//! Ink as pixels, without anybody's help: for browsers that do not tell what they have drawn.

use super::stroke::{Fit, Piece};

/// How dark each pixel of a picture of `size` is, 255 at most, with these lines on it, moved to where `fit` says.
pub fn cover(pieces: &[Piece], fit: Fit, size: (u32, u32)) -> Vec<u8> {
    let mut pixels = vec![0; size.0 as usize * size.1 as usize];
    let place = |(x, y): (f64, f64)| (x * fit.scale + fit.x, y * fit.scale + fit.y);
    for piece in pieces {
        let [from, bend, to] = [piece.from, piece.bend, piece.to].map(place);
        let radius = piece.width * fit.scale / 2.0;
        // A step of half a pixel at most: the ways to the bend and on are longer than the curve.
        let steps = ((length(from, bend) + length(bend, to)) * 2.0).min(10_000.0) as u32 + 1;
        for step in 0..=steps {
            let at = f64::from(step) / f64::from(steps);
            let on = |a: f64, b: f64, c: f64| (a * (1.0 - at) + b * at) * (1.0 - at) + (b * (1.0 - at) + c * at) * at;
            dot(&mut pixels, size, (on(from.0, bend.0, to.0), on(from.1, bend.1, to.1)), radius);
        }
    }
    pixels
}

fn length(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (x, y) = (b.0 - a.0, b.1 - a.1);
    (x * x + y * y).sqrt()
}

/// A round dot with a soft edge of one pixel.
fn dot(pixels: &mut [u8], size: (u32, u32), at: (f64, f64), radius: f64) {
    let reach = radius + 0.5;
    // A number beyond the picture becomes the nearest in it.
    let range = |at: f64, side: u32| ((at - reach) as u32).min(side)..((at + reach + 1.0) as u32).min(side);
    for y in range(at.1, size.1) {
        for x in range(at.0, size.0) {
            let away = length(at, (f64::from(x) + 0.5, f64::from(y) + 0.5));
            let dark = ((reach - away).clamp(0.0, 1.0) * 255.0) as u8;
            if let Some(pixel) = pixels.get_mut((y * size.0 + x) as usize) {
                *pixel = dark.max(*pixel);
            }
        }
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AS_IT_IS: Fit = Fit { scale: 1.0, x: 0.0, y: 0.0 };

    fn straight(from: (f64, f64), to: (f64, f64), width: f64) -> Piece {
        Piece { from, bend: ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0), to, width }
    }

    #[test]
    fn a_line_is_as_long_and_as_wide_as_it_is() {
        let pixels = cover(&[straight((20.0, 50.0), (80.0, 50.0), 6.0)], AS_IT_IS, (100, 100));
        let at = |x: usize, y: usize| pixels[y * 100 + x];
        assert_eq!((at(50, 50), at(50, 48), at(50, 44), at(50, 56), at(10, 50), at(90, 50)), (255, 255, 0, 0, 0, 0));
        let ink: f64 = pixels.iter().map(|dark| f64::from(*dark) / 255.0).sum();
        let exact = 60.0 * 6.0 + std::f64::consts::PI * 9.0;
        assert!((ink / exact - 1.0).abs() < 0.05, "{ink} of {exact}");
    }

    #[test]
    fn a_dot_is_round() {
        let pixels = cover(&[straight((10.0, 10.0), (10.0, 10.0), 10.0)], AS_IT_IS, (20, 20));
        assert_eq!((pixels[10 * 20 + 10], pixels[6 * 20 + 6], pixels[0]), (255, 140, 0));
    }

    proptest! {
        #[test]
        fn wherever_it_is_drawn_nothing_breaks(
            from in (-1e6..1e6f64, -1e6..1e6f64), to in (any::<f64>(), any::<f64>()), width in 0.0..30.0f64,
            size in (1u32..50, 1u32..50),
        ) {
            let pixels = cover(&[straight(from, to, width)], AS_IT_IS, size);
            prop_assert_eq!(pixels.len(), (size.0 * size.1) as usize);
        }
    }
}
