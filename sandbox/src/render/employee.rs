//! "Employee badge": landscape, navy and teal, the photo on a coloured panel.

use super::canvas::{Canvas, area, style};
use super::text::Weight::{Bold, Medium, Regular};
use crate::store::{Card, ORGANIZATION_NAME};

const NAVY: &str = "#12263f";
const GREY: &str = "#6b7a8d";

pub(crate) fn front(canvas: &mut Canvas, card: &Card) {
    canvas.raw(
        r##"<defs>
        <linearGradient id="panel" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#16324f"/><stop offset="1" stop-color="#0d1d33"/></linearGradient>
        <linearGradient id="teal" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#14b8a6"/><stop offset="1" stop-color="#0ea5c6"/></linearGradient>
        </defs>
        <rect width="1012" height="638" fill="#ffffff"/>
        <circle cx="960" cy="40" r="250" fill="#eef6f8"/><circle cx="960" cy="40" r="160" fill="#e2f1f3"/>
        <path d="M0 0H262L352 638H0Z" fill="url(#teal)"/>
        <path d="M0 0H236L326 638H0Z" fill="url(#panel)"/>
        <path d="M0 470 250 638H0Z" fill="#ffffff" opacity=".05"/><path d="M0 380 326 638H250L0 470Z" fill="#ffffff" opacity=".03"/>
        <rect x="54" y="112" width="298" height="392" rx="30" fill="#0b1a2e" opacity=".16"/>
        <rect x="50" y="104" width="298" height="392" rx="30" fill="#ffffff"/>"##,
    );
    canvas.photo(area(58.0, 112.0, 282.0, 376.0), 24.0, card.picture("PHOTO"));
    canvas.text(58.0, 572.0, 270.0, style(25.0, Bold, "#ffffff").spaced(5.0), "EMPLOYEE");

    canvas.mark(404.0, 54.0, 58.0, NAVY, "#ffffff");
    canvas.text(478.0, 94.0, 480.0, style(32.0, Bold, NAVY), ORGANIZATION_NAME);

    canvas.text(404.0, 250.0, 560.0, style(66.0, Bold, NAVY), card.text("FULL_NAME"));
    canvas.text(404.0, 304.0, 560.0, style(33.0, Medium, "#0d9488"), card.text("JOB_TITLE"));
    canvas.raw(r#"<rect x="404" y="348" width="88" height="6" rx="3" fill="url(#teal)"/>"#);
    let (label, value) = (style(20.0, Medium, GREY).spaced(1.6), style(31.0, Medium, NAVY));
    canvas.labelled(404.0, 418.0, 280.0, label, value, ("DEPARTMENT", card.text("DEPARTMENT")));
    canvas.labelled(712.0, 418.0, 260.0, label, value, ("EMPLOYEE NO.", card.text("EMPLOYEE_NUMBER")));
    canvas.barcode(area(404.0, 530.0, 330.0, 54.0), card.text("EMPLOYEE_NUMBER"), NAVY);
}

pub(crate) fn back(canvas: &mut Canvas, card: &Card) {
    canvas.raw(
        r##"<defs><linearGradient id="teal" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#14b8a6"/><stop offset="1" stop-color="#0ea5c6"/></linearGradient></defs>
        <rect width="1012" height="638" fill="#ffffff"/><circle cx="40" cy="660" r="260" fill="#eef6f8"/>
        <rect y="58" width="1012" height="104" fill="#161a20"/>
        <rect y="622" width="1012" height="16" fill="url(#teal)"/>"##,
    );
    let (label, value) = (style(20.0, Medium, GREY).spaced(1.6), style(34.0, Medium, NAVY));
    canvas.labelled(64.0, 226.0, 590.0, label, value, ("IN AN EMERGENCY CALL", card.text("EMERGENCY_CONTACT")));
    canvas.text(64.0, 352.0, 590.0, style(24.0, Bold, NAVY), "If found, please return this card to");
    for (line, text) in [ORGANIZATION_NAME, "418 Highland Rd.", "Feasterville, PA 19053, USA"].into_iter().enumerate() {
        canvas.text(64.0, 388.0 + 32.0 * line as f64, 590.0, style(24.0, Regular, "#42526a"), text);
    }
    canvas.barcode(area(64.0, 498.0, 480.0, 70.0), card.text("EMPLOYEE_NUMBER"), NAVY);
    canvas.text(64.0, 598.0, 480.0, style(20.0, Medium, GREY).spaced(3.0), card.text("EMPLOYEE_NUMBER"));
    canvas.raw(r##"<rect x="716" y="220" width="240" height="240" rx="22" fill="#ffffff" stroke="#dbe4ea" stroke-width="2"/>"##);
    canvas.squares(736.0, 240.0, 200.0, card.text("EMPLOYEE_NUMBER"), NAVY);
    canvas.text(836.0, 506.0, 260.0, style(21.0, Regular, GREY).centered(), "Scan to verify");
    canvas.mark(812.0, 532.0, 48.0, NAVY, "#ffffff");
}
