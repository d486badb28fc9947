//! A JPEG encoder, for browsers whose own cannot be used: baseline, every sample of every colour.
//!
//! Its tables are the examples of the standard (ITU-T T.81, annex K), those for brightness for the colours too.

/// The order in which the frequencies of a block stand in the file.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// The steps of each frequency at a quality of 50, row by row.
const STEPS: [u8; 64] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];

/// How many codes there are of each length, for the means and for the frequencies.
const LENGTHS: [[u8; 16]; 2] =
    [[0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125]];

/// The frequencies' symbols with the short codes; all others follow in their order, with the longest.
const SHORT: [u8; 37] = [
    0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71, 0x14,
    0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72, 0x82,
];

/// The cosine of so many sixteenths of half a turn.
const COSINES: [f32; 9] =
    [1.0, 0.980_785_3, 0.923_879_5, 0.831_469_6, 0.707_106_77, 0.555_570_24, 0.382_683_43, 0.195_090_32, 0.0];

/// A code, and how many bits it has.
type Code = (u16, u8);

struct Encoder {
    out: Vec<u8>,
    bits: u32,
    count: u32,
    /// By table and symbol.
    codes: [Vec<Code>; 2],
    steps: [u8; 64],
    waves: [f32; 64],
}

/// Encodes a picture of `size` pixels, whose red, green and blue at a place `pixel` tells. `quality` goes up to 100.
pub(super) fn encode(size: (u32, u32), quality: u32, pixel: &dyn Fn(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let quality = quality.clamp(1, 100);
    let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
    let mut steps = STEPS;
    for step in &mut steps {
        *step = ((u32::from(*step) * scale + 50) / 100).clamp(1, 255) as u8;
    }
    let symbols = symbols();
    let codes = [codes(&LENGTHS[0], &symbols[0]), codes(&LENGTHS[1], &symbols[1])];
    let mut encoder = Encoder { out: vec![0xff, 0xd8], bits: 0, count: 0, codes, steps, waves: waves() };
    encoder.head(size, &symbols);
    encoder.body(size, pixel);
    encoder.out
}

/// What the codes stand for, from the shortest on.
fn symbols() -> [Vec<u8>; 2] {
    let (mut means, mut frequencies) = (Vec::new(), SHORT.to_vec());
    for size in 0..12 {
        means.push(size);
    }
    for symbol in 0..=255u8 {
        if (1..=10).contains(&(symbol & 15)) && !SHORT.contains(&symbol) {
            frequencies.push(symbol);
        }
    }
    [means, frequencies]
}

fn codes(lengths: &[u8; 16], symbols: &[u8]) -> Vec<Code> {
    let mut codes = vec![(0, 0); 256];
    let (mut code, mut next) = (0u16, 0);
    for (length, count) in (1..).zip(lengths) {
        for _ in 0..*count {
            if let Some(place) = symbols.get(next).and_then(|symbol| codes.get_mut(usize::from(*symbol))) {
                *place = (code, length);
            }
            next += 1;
            code += 1;
        }
        code <<= 1;
    }
    codes
}

/// How much of each wave is at each place of a row of eight.
fn waves() -> [f32; 64] {
    let mut waves = [COSINES[4] / 2.0; 64];
    for (at, value) in waves.iter_mut().enumerate().skip(8) {
        let turn = (2 * (at % 8) + 1) * (at / 8) % 32;
        let turn = turn.min(32 - turn);
        *value = if turn > 8 { -COSINES[16 - turn] } else { COSINES[turn] } / 2.0;
    }
    waves
}

impl Encoder {
    fn segment(&mut self, marker: u8, class: u8, parts: [&[u8]; 2]) {
        let length = parts[0].len() + parts[1].len() + 3;
        self.out.extend_from_slice(&[0xff, marker, (length >> 8) as u8, length as u8, class]);
        self.out.extend_from_slice(parts[0]);
        self.out.extend_from_slice(parts[1]);
    }

    fn head(&mut self, (width, height): (u32, u32), symbols: &[Vec<u8>; 2]) {
        self.segment(0xe0, b'J', [b"FIF\0\x01\x01\0\0\x01\0\x01\0\0", b""]);
        let mut table = [0; 64];
        for (step, at) in table.iter_mut().zip(ZIGZAG) {
            *step = self.steps[usize::from(at)];
        }
        self.segment(0xdb, 0, [&table, b""]);
        let sides = [(height >> 8) as u8, height as u8, (width >> 8) as u8, width as u8];
        self.segment(0xc0, 8, [&sides, &[3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]]);
        self.segment(0xc4, 0x00, [&LENGTHS[0], &symbols[0]]);
        self.segment(0xc4, 0x10, [&LENGTHS[1], &symbols[1]]);
        self.segment(0xda, 3, [&[1, 0, 2, 0, 3, 0, 0, 63, 0], b""]);
    }

    fn body(&mut self, (width, height): (u32, u32), pixel: &dyn Fn(u32, u32) -> [u8; 3]) {
        let mut means = [0; 3];
        for top in (0..height).step_by(8) {
            for left in (0..width).step_by(8) {
                let mut blocks = [[0.0; 64]; 3];
                for at in 0..64u32 {
                    // What is beyond the edge is like the edge.
                    let [red, green, blue] = pixel((left + at % 8).min(width - 1), (top + at / 8).min(height - 1));
                    let (red, green, blue) = (f32::from(red), f32::from(green), f32::from(blue));
                    let light = 0.299 * red + 0.587 * green + 0.114 * blue;
                    blocks[0][at as usize] = light - 128.0;
                    blocks[1][at as usize] = (blue - light) * 0.564_334;
                    blocks[2][at as usize] = (red - light) * 0.713_267;
                }
                for (block, mean) in blocks.iter().zip(&mut means) {
                    self.block(block, mean);
                }
            }
        }
        // The rest of the last byte is ones.
        self.put((0x7f, 7));
        self.out.extend_from_slice(&[0xff, 0xd9]);
    }

    fn block(&mut self, block: &[f32; 64], mean: &mut i32) {
        let both = self.transformed(&self.transformed(block));
        let mut run = 0;
        for (order, at) in ZIGZAG.into_iter().enumerate() {
            let at = usize::from(at);
            let value = (both[at] / f32::from(self.steps[at]) + 0.5).floor() as i32;
            if order == 0 {
                self.number(0, 0, value - *mean);
                *mean = value;
            } else if value == 0 {
                run += 1;
            } else {
                while run > 15 {
                    self.symbol(1, 0xf0);
                    run -= 16;
                }
                self.number(1, run << 4, value);
                run = 0;
            }
        }
        if run > 0 {
            self.symbol(1, 0);
        }
    }

    /// The waves in each row, turned on its side: done twice, those of both directions stand as the block stood.
    fn transformed(&self, block: &[f32; 64]) -> [f32; 64] {
        let mut turned = [0.0; 64];
        for (at, sum) in turned.iter_mut().enumerate() {
            let (wave, row) = (at / 8 * 8, at % 8 * 8);
            for place in 0..8 {
                *sum += block[row + place] * self.waves[wave + place];
            }
        }
        turned
    }

    /// A number: how many bits it has, with what the symbol says besides, and those bits.
    fn number(&mut self, table: usize, besides: u8, value: i32) {
        let size = (32 - value.unsigned_abs().leading_zeros()) as u8;
        self.symbol(table, besides | size);
        let bits = if value < 0 { value - 1 } else { value };
        self.put(((bits & ((1 << size) - 1)) as u16, size));
    }

    fn symbol(&mut self, table: usize, symbol: u8) {
        if let Some(code) = self.codes[table].get(usize::from(symbol)) {
            self.put(*code);
        }
    }

    fn put(&mut self, (code, length): Code) {
        self.bits = self.bits << length | u32::from(code);
        self.count += u32::from(length);
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.bits >> self.count) as u8;
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
        }
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{ZIGZAG, encode, symbols, waves};
    use crate::media::image_bytes::{ImageFormat, jpeg_is_complete, sniff};
    use proptest::prelude::*;

    #[test]
    fn its_tables_are_those_of_the_standard() {
        let mut places = ZIGZAG.to_vec();
        places.sort_unstable();
        assert_eq!(places, (0..64).collect::<Vec<u8>>());
        let [means, frequencies] = symbols();
        assert_eq!((means.len(), frequencies.len()), (12, 162));
        assert_eq!(frequencies.last(), Some(&0xfa));
        for (at, wave) in waves().into_iter().enumerate() {
            let (wave_of, place) = ((at / 8) as f64, (at % 8) as f64);
            let exact = ((2.0 * place + 1.0) * wave_of * std::f64::consts::PI / 16.0).cos() / 2.0;
            let exact = if wave_of == 0.0 { exact * std::f64::consts::FRAC_1_SQRT_2 } else { exact };
            assert!((f64::from(wave) - exact).abs() < 1e-6, "{at}: {wave} {exact}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_picture_it_is_a_whole_jpeg(
            size in (1u32..40, 1u32..40), quality in 0u32..120, seed in any::<u32>(),
        ) {
            let noise = |x: u32, y: u32| {
                let value = seed.wrapping_add(x * 7919 + y * 104_729).wrapping_mul(2_654_435_761);
                [value as u8, (value >> 8) as u8, (value >> 16) as u8]
            };
            let file = encode(size, quality, &noise);
            prop_assert_eq!(sniff(&file), Some(ImageFormat::Jpeg));
            prop_assert!(jpeg_is_complete(&file));
        }
    }
}
