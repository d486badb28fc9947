//! Previews: a card's side as SVG, then as the pixels that a card printer would get at 300 dpi.

mod canvas;
mod employee;
mod plain;
pub(crate) mod portraits;
mod raster;
mod student;
mod text;
mod visitor;

use crate::store::{Card, Look, Template};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use canvas::Canvas;
use raster::{LONG, SHORT, png};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;
    use crate::state::Shared;
    use clap::Parser as _;

    /// With `PREVIEWS=directory`, also writes every sample card's sides there, to be looked at.
    #[test]
    fn every_sample_card_can_be_drawn() {
        let shared = Shared::new(Options::parse_from(["sandbox", "--cards", "8"]));
        let world = &shared.state().world;
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
