//! Brightness and contrast.

/// Gives each red, green and blue the value that `tone` says; of each four bytes, the last is left as it is.
pub fn toned(rgba: &mut [u8], tone: &[u8; 256]) {
    for pixel in rgba.chunks_exact_mut(4) {
        for value in &mut pixel[..3] {
            *value = tone[usize::from(*value)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::toned;

    #[test]
    fn what_is_opaque_stays_so() {
        let mut tone = [7; 256];
        tone[255] = 250;
        let mut pixels = [0, 255, 1, 255, 9];
        toned(&mut pixels, &tone);
        assert_eq!(pixels, [7, 250, 7, 255, 9]);
    }
}
