//! Fitting texts onto a card: widths from the fonts that draw them, shrinking, shortening, escaping.

use std::sync::LazyLock;
use ttf_parser::Face;

/// The weights of the card's typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular = 400,
    Medium = 500,
    Bold = 700,
}

/// The fonts, which are part of the binary so that previews are the same everywhere. The last is for the scripts that the
/// first three lack.
pub(crate) static FONTS: [&[u8]; 4] = [
    include_bytes!("../../fonts/Roboto-Regular.ttf"),
    include_bytes!("../../fonts/Roboto-Medium.ttf"),
    include_bytes!("../../fonts/Roboto-Bold.ttf"),
    include_bytes!("../../fonts/DejaVuSans.ttf"),
];

static FACES: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| FONTS.iter().filter_map(|font| Face::parse(font, 0).ok()).collect());

/// The width of a text at a font size of 1.
fn width(text: &str, weight: Weight) -> f64 {
    let first = match weight {
        Weight::Regular => 0,
        Weight::Medium => 1,
        Weight::Bold => 2,
    };
    let advance = |character: char| {
        [first, 3].into_iter().filter_map(|at| FACES.get(at)).find_map(|face| {
            let advance = face.glyph_hor_advance(face.glyph_index(character)?)?;
            Some(f64::from(advance) / f64::from(face.units_per_em()))
        })
    };
    text.chars().map(|character| advance(character).unwrap_or(1.0)).sum()
}

/// A text that fits: as large as `size` if possible, else smaller down to about half of it, else cut.
pub(crate) fn fit(text: &str, weight: Weight, size: f64, room: f64) -> (String, f64) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let smallest = size * 0.55;
    let wanted = width(&text, weight);
    let fitting = if wanted * size <= room { size } else { room / wanted };
    if fitting >= smallest {
        return (text, fitting);
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shortened = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width(&shortened, weight) * smallest <= room {
            return (shortened, smallest);
        }
    }
    (String::new(), smallest)
}

/// For text and attribute values. Characters that XML does not have at all are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_shrink_and_are_then_cut() {
        assert_eq!(fit("Bo  Li", Weight::Bold, 50.0, 500.0), ("Bo Li".to_owned(), 50.0));
        let (text, size) = fit("Maximiliane von Hohenstein", Weight::Bold, 50.0, 500.0);
        assert!(size < 50.0 && text.ends_with("stein"), "{text} {size}");
        let (text, size) = fit(&"wide ".repeat(100), Weight::Regular, 50.0, 500.0);
        assert!(text.ends_with('…') && width(&text, Weight::Regular) * size <= 500.0);
    }

    #[test]
    fn markup_stays_text() {
        assert_eq!(escape("<b a=\"1\">&\u{1}\n"), "&lt;b a=&quot;1&quot;&gt;&amp; ");
    }
}
