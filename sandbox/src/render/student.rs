//! "Student ID": portrait, green and gold, with the holder's signature.

use super::canvas::{Canvas, area, style};
use super::text::Weight::{Bold, Medium, Regular};
use crate::store::{Card, ORGANIZATION_NAME};

const GREEN: &str = "#0f3d33";
const GREY: &str = "#6d7f78";

const SHADES: &str = r##"<defs>
    <linearGradient id="green" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#12614d"/><stop offset="1" stop-color="#0b332b"/></linearGradient>
    <linearGradient id="gold" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#f2c14e"/><stop offset="1" stop-color="#e0992f"/></linearGradient>
    </defs><rect width="638" height="1012" fill="#ffffff"/>"##;

pub(crate) fn front(canvas: &mut Canvas, card: &Card) {
    canvas.raw(SHADES);
    canvas.raw(
        r##"<path d="M0 0H638V352Q319 456 0 352Z" fill="url(#gold)"/>
        <path d="M0 0H638V338Q319 442 0 338Z" fill="url(#green)"/>
        <circle cx="40" cy="60" r="190" fill="#ffffff" opacity=".05"/><circle cx="600" cy="300" r="130" fill="#ffffff" opacity=".05"/>
        <rect x="149" y="174" width="340" height="420" rx="36" fill="#0b1f1a" opacity=".16"/>
        <rect x="149" y="166" width="340" height="420" rx="36" fill="#ffffff"/>"##,
    );
    canvas.mark(64.0, 52.0, 64.0, "#ffffff", GREEN);
    canvas.text(146.0, 84.0, 440.0, style(33.0, Bold, "#ffffff"), ORGANIZATION_NAME);
    canvas.text(146.0, 116.0, 440.0, style(21.0, Medium, "#f2c14e").spaced(3.4), "STUDENT ID");
    canvas.photo(area(159.0, 176.0, 320.0, 400.0), 28.0, card.picture("PHOTO"));

    canvas.text(319.0, 662.0, 550.0, style(54.0, Bold, GREEN).centered(), card.text("FULL_NAME"));
    canvas.text(319.0, 710.0, 550.0, style(29.0, Medium, "#b7791f").centered(), card.text("PROGRAM"));
    canvas.raw(r##"<path d="M64 744H574" stroke="#e4ebe7" stroke-width="3"/>"##);
    let (label, value) = (style(19.0, Medium, GREY).spaced(1.5), style(31.0, Medium, GREEN));
    canvas.labelled(64.0, 796.0, 180.0, label, value, ("STUDENT NO.", card.text("STUDENT_NUMBER")));
    canvas.signature(area(254.0, 760.0, 330.0, 110.0), card.picture("SIGNATURE"));
    canvas.raw(r##"<path d="M254 876H574" stroke="#9fb0a8" stroke-width="2"/>"##);
    canvas.text(254.0, 904.0, 330.0, style(18.0, Regular, GREY), "Signature");
    canvas.raw(r#"<rect y="944" width="638" height="68" fill="url(#green)"/><rect y="936" width="638" height="8" fill="url(#gold)"/>"#);
    canvas.text(
        319.0,
        988.0,
        550.0,
        style(22.0, Medium, "#ffffff").centered().spaced(1.0),
        "Library  ·  Labs  ·  Transit",
    );
}

pub(crate) fn back(canvas: &mut Canvas, card: &Card) {
    canvas.raw(SHADES);
    canvas.raw(
        r##"<rect y="64" width="638" height="116" fill="#161a1a"/>
        <circle cx="620" cy="980" r="280" fill="#eef5f1"/>
        <rect x="179" y="244" width="280" height="280" rx="26" fill="#ffffff" stroke="#dbe6e0" stroke-width="2"/>"##,
    );
    canvas.squares(204.0, 269.0, 230.0, card.text("STUDENT_NUMBER"), GREEN);
    canvas.text(319.0, 570.0, 500.0, style(23.0, Medium, GREY).centered(), "Scan at the library desk");
    let lines = [
        "This card remains the property of the organization.",
        "It is valid for its holder only and must be shown",
        "on request. If found, please return it to",
    ];
    for (line, text) in lines.into_iter().enumerate() {
        canvas.text(319.0, 640.0 + 32.0 * line as f64, 540.0, style(23.0, Regular, "#44574f").centered(), text);
    }
    canvas.text(319.0, 752.0, 540.0, style(24.0, Bold, GREEN).centered(), "418 Highland Rd., Feasterville, PA 19053");
    canvas.barcode(area(104.0, 810.0, 430.0, 84.0), card.text("STUDENT_NUMBER"), GREEN);
    canvas.text(319.0, 930.0, 430.0, style(24.0, Medium, GREEN).centered().spaced(4.0), card.text("STUDENT_NUMBER"));
    canvas.raw(r#"<rect y="996" width="638" height="16" fill="url(#gold)"/>"#);
}
