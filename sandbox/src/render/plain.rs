//! A design for any set of fields: what the admin path's templates are drawn with.

use super::canvas::{Canvas, area, style};
use super::raster::{LONG, SHORT};
use super::text::Weight::{Bold, Medium};
use crate::store::{Card, Template};

const INK: &str = "#26214a";

pub(crate) fn front(canvas: &mut Canvas, card: &Card, template: &Template) {
    let (width, height) = size(template);
    ground(canvas, width, height);
    canvas.text(48.0, 76.0, width - 96.0, style(38.0, Bold, "#ffffff"), &template.name);
    let pictures = template.fields.iter().filter(|field| field.is_image()).take(2);
    let (mut left, mut column) = (48.0, 0.0);
    for (at, field) in pictures.enumerate() {
        let (wide, high) = field.dimensions;
        let ratio = f64::from(wide.max(1)) / f64::from(high.max(1));
        let wide = (300.0 * ratio).clamp(60.0, width * 0.4);
        let place =
            area(48.0, 160.0 + 220.0 * at as f64, wide, (wide / ratio).min(if at == 0 { 300.0 } else { 200.0 }));
        match field.legacy_token.as_str() {
            "SIGNATURE" => canvas.signature(place, card.picture(&field.token)),
            _ => canvas.photo(place, 18.0, card.picture(&field.token)),
        }
        column = f64::max(column, wide + 40.0);
    }
    left += column;
    let texts: Vec<_> = template.fields.iter().filter(|field| !field.is_image()).collect();
    let step = ((height - 200.0) / texts.len().max(1) as f64).min(96.0);
    let (label, value) = (style(step * 0.2, Medium, "#7d78a3"), style(step * 0.36, Medium, INK));
    for (at, field) in texts.into_iter().enumerate() {
        let texts = (field.label.as_str(), card.text(&field.token));
        canvas.labelled(left, 176.0 + step * at as f64, width - left - 48.0, label, value, texts);
    }
}

pub(crate) fn back(canvas: &mut Canvas, template: &Template) {
    let (width, height) = size(template);
    ground(canvas, width, height);
    canvas.squares(width / 2.0 - 110.0, height / 2.0 - 60.0, 220.0, &template.name, INK);
}

fn size(template: &Template) -> (f64, f64) {
    let (width, height) = if template.portrait { (SHORT, LONG) } else { (LONG, SHORT) };
    (f64::from(width), f64::from(height))
}

fn ground(canvas: &mut Canvas, width: f64, height: f64) {
    canvas.raw(&format!(
        r##"<defs><linearGradient id="violet" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#4f46e5"/><stop offset="1" stop-color="#7c3aed"/></linearGradient></defs>
        <rect width="{width}" height="{height}" fill="#fbfaff"/><rect width="{width}" height="120" fill="url(#violet)"/>"##
    ));
}
