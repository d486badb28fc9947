//! Previews: a card's side as SVG, then as the pixels that a card printer would get at 300 dpi.

mod canvas;
mod employee;
mod plain;
pub(crate) mod portraits;
mod student;
mod text;
mod visitor;

use crate::store::{Card, Look, Template};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use canvas::Canvas;
use resvg::{tiny_skia, usvg};
use std::sync::{Arc, LazyLock};

/// A card is 85.60 x 53.98 mm.
pub(crate) const LONG: u32 = 1012;
pub(crate) const SHORT: u32 = 638;

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    for font in text::FONTS {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(font)));
    }
    fonts.set_sans_serif_family("Roboto");
    Arc::new(fonts)
});

/// Both sides as PNG in Base64; the back is empty for one-sided templates. Takes some tens of milliseconds.
pub(crate) fn preview(card: &Card, template: &Template) -> Option<(String, String)> {
    let (width, height) = if template.portrait { (SHORT, LONG) } else { (LONG, SHORT) };
    let side = |back: bool| {
        let mut canvas = Canvas::new(width, height);
        match (template.look, back) {
            (Look::Employee, false) => employee::front(&mut canvas, card),
            (Look::Employee, true) => employee::back(&mut canvas, card),
            (Look::Visitor, _) => visitor::front(&mut canvas, card),
            (Look::Student, false) => student::front(&mut canvas, card),
            (Look::Student, true) => student::back(&mut canvas, card),
            (Look::Plain, false) => plain::front(&mut canvas, card, template),
            (Look::Plain, true) => plain::back(&mut canvas, template),
        }
        png(&canvas.finish(), width, height).map(|png| STANDARD.encode(png))
    };
    let front = side(false)?;
    let back = if template.two_sided { side(true)? } else { String::new() };
    Some((front, back))
}

/// Draws an SVG of a known size.
fn png(svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
    let options =
        usvg::Options { fontdb: Arc::clone(&FONTS), font_family: "Roboto".to_owned(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).ok()?;
    let mut pixmap = tiny_skia::Pixmap::new(width, height)?;
    resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Options;
    use crate::seed;
    use clap::Parser as _;

    /// With `PREVIEWS=directory`, also writes every sample card's sides there, to be looked at.
    #[test]
    fn every_sample_card_can_be_drawn() {
        let world = seed::world(&Options::parse_from(["sandbox", "--cards", "8"]));
        for card in world.cards.values() {
            let template = world.template(card.template_id).unwrap();
            let (front, back) = preview(card, template).unwrap();
            assert_eq!(back.is_empty(), !template.two_sided);
            if let Ok(directory) = std::env::var("PREVIEWS") {
                for (side, picture) in
                    [("front", front), ("back", back)].iter().filter(|(_, picture)| !picture.is_empty())
                {
                    std::fs::write(format!("{directory}/{}-{side}.png", card.id), STANDARD.decode(picture).unwrap())
                        .unwrap();
                }
            }
        }
    }
}
