//! "Visitor pass": landscape, one side, to be read from across a room.

use super::canvas::{Canvas, style};
use super::text::Weight::{Bold, Medium};
use crate::store::{Card, ORGANIZATION_NAME};

const INK: &str = "#2b1a12";
const GREY: &str = "#8a6f60";

pub(crate) fn front(canvas: &mut Canvas, card: &Card) {
    canvas.raw(
        r##"<defs><linearGradient id="sun" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f97316"/><stop offset="1" stop-color="#e11d48"/></linearGradient>
        <clipPath id="band"><rect width="1012" height="206"/></clipPath></defs>
        <rect width="1012" height="638" fill="#fffaf5"/>
        <rect width="1012" height="206" fill="url(#sun)"/>
        <g clip-path="url(#band)" fill="#ffffff"><circle cx="884" cy="226" r="230" opacity=".10"/><circle cx="884" cy="226" r="156" opacity=".12"/><circle cx="884" cy="226" r="84" opacity=".16"/></g>
        <rect x="436" y="26" width="140" height="20" rx="10" fill="#fffaf5"/>"##,
    );
    canvas.text(60.0, 160.0, 600.0, style(104.0, Bold, "#ffffff").spaced(8.0), "VISITOR");
    canvas.mark(866.0, 82.0, 86.0, "#ffffff", "#e8483a");

    canvas.text(60.0, 316.0, 892.0, style(78.0, Bold, INK), card.text("FULL_NAME"));
    canvas.text(60.0, 376.0, 892.0, style(38.0, Medium, "#c2410c"), card.text("COMPANY"));
    canvas.raw(r##"<path d="M60 420H952" stroke="#f0dccb" stroke-width="3"/>"##);
    let (label, value) = (style(21.0, Medium, GREY).spaced(1.8), style(36.0, Medium, INK));
    canvas.labelled(60.0, 470.0, 420.0, label, value, ("HOST", card.text("HOST")));
    canvas.labelled(532.0, 470.0, 420.0, label, value, ("VALID UNTIL", card.text("VALID_UNTIL")));
    canvas.raw(r#"<rect y="570" width="1012" height="68" fill="url(#sun)"/>"#);
    canvas.text(60.0, 614.0, 440.0, style(26.0, Bold, "#ffffff"), ORGANIZATION_NAME);
    canvas.text(532.0, 614.0, 430.0, style(24.0, Medium, "#ffffff"), "Please wear this pass visibly");
}
