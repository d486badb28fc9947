//! Icons: 20 px, 1.5 px strokes, always beside a text or on a button with a name of its own.

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::dom::{El, svg};
use crate::browser::js::call;

/// The path data of an icon on a 20 x 20 grid.
#[derive(Clone, Copy)]
pub(crate) struct Icon(&'static str);

pub(crate) const CARD: Icon = Icon("M2.75 4.75h14.5v10.5H2.75zM5.5 8h3.5v4H5.5zM11.5 8.5h3.25M11.5 11.5h3.25");
pub(crate) const EYE: Icon = Icon(
    "M1.75 10S4.75 4.75 10 4.75 18.25 10 18.25 10 15.25 15.25 10 15.25 1.75 10 1.75 10zM10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
);
pub(crate) const EYE_OFF: Icon = Icon(
    "M3 3l14 14M8 5c.6-.2 1.3-.25 2-.25 5.25 0 8.25 5.25 8.25 5.25a15 15 0 0 1-2.4 3M5.5 6.3A14 14 0 0 0 1.75 10S4.75 15.25 10 15.25c1.5 0 2.8-.4 3.9-1M8.2 8.3a2.5 2.5 0 0 0 3.5 3.5",
);
pub(crate) const WARNING: Icon = Icon("M10 3.25l7.5 13.25h-15zM10 8v4M10 14.25v.1");
pub(crate) const TURN: Icon = Icon("M4 8a6.5 6.5 0 0 1 11.5-1.5M16 3v4h-4M16 12a6.5 6.5 0 0 1-11.5 1.5M4 17v-4h4");
pub(crate) const PERSON: Icon =
    Icon("M10 10.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 17.25c.5-3.25 3-4.5 6.5-4.5s6 1.25 6.5 4.5");
pub(crate) const SIGN: Icon = Icon("M3 15h14M5 11c6-12 5 4 9-3");
pub(crate) const TICK: Icon = Icon("M10 17.75a7.75 7.75 0 1 0 0-15.5 7.75 7.75 0 0 0 0 15.5zM6.5 10.25l2.5 2.5 4.5-5");

pub(crate) const CAMERA: Icon =
    Icon("M2.75 6.25h3.5l1.25-2h5l1.25 2h3.5v9.5H2.75zM10 8a2.75 2.75 0 1 0 0 5.5A2.75 2.75 0 0 0 10 8z");
pub(crate) const TORCH: Icon = Icon("M11.25 2.75L5 11.25h4.25l-.5 6 6.25-8.5h-4.25z");

pub(crate) const LEFT: Icon = Icon("M4.25 3.5v4.25H8.5M4.5 7.75a6.5 6.5 0 1 1-.75 4");
pub(crate) const RIGHT: Icon = Icon("M15.75 3.5v4.25H11.5M15.5 7.75a6.5 6.5 0 1 0 .75 4");
pub(crate) const FLIP: Icon = Icon("M10 2.75v14.5M7.25 6v8.25H2.5zM12.75 6v8.25h4.75z");
pub(crate) const UNDO: Icon = Icon("M7 4L3.5 7.5 7 11M3.5 7.5h8.25a4.4 4.4 0 0 1 0 8.75H7.5");

pub(crate) const CART: Icon = Icon(
    "M2.5 3.5h2.25l2 9h8.5l1.75-6.5H5.3M8 16.75a.75.75 0 1 0 0-1.5.75.75 0 0 0 0 1.5zM14 16.75a.75.75 0 1 0 0-1.5.75.75 0 0 0 0 1.5z",
);
pub(crate) const REMOVE: Icon = Icon("M4.5 6h11M8 6V3.75h4V6M6 6l.75 10.25h6.5L14 6M8.75 8.75v5M11.25 8.75v5");
pub(crate) const BACK: Icon = Icon("M12 4.5L6.5 10l5.5 5.5");
pub(crate) const PLUS: Icon = Icon("M10 4.5v11M4.5 10h11");
pub(crate) const MINUS: Icon = Icon("M4.5 10h11");

pub(crate) const SHIFT: Icon = Icon("M10 3.5L3.5 10h3.25v6h6.5v-6h3.25z");
pub(crate) const BACKSPACE: Icon = Icon("M7 4.5h10.25v11H7L2.25 10zM10 8l4 4M14 8l-4 4");
pub(crate) const ENTER: Icon = Icon("M16.5 4.5v6h-12M8 7l-3.5 3.5L8 14");
pub(crate) const HIDE: Icon = Icon(
    "M2.75 3.75h14.5v8.5H2.75zM5.5 6.5h.1M8.5 6.5h.1M11.5 6.5h.1M14.5 6.5h.1M6.5 9.5h7M7.75 15l2.25 2.25L12.25 15",
);

/// The same once more: what stands in each row of a list is drawn once, and copied, which is a call in place of a dozen.
pub(crate) fn again(drawn: &El) -> El {
    let copy = call(drawn.element(), "cloneNode", &[true.into()]);
    copy.map_or_else(|| drawn.clone(), |copy| El::from(copy.unchecked_into::<Element>()))
}

/// Draws `icon`; assistive technology does not see it.
pub(crate) fn icon(icon: Icon) -> El {
    svg("svg")
        .attr("viewBox", "0 0 20 20")
        .attr("width", "20")
        .attr("height", "20")
        .attr("fill", "none")
        .attr("stroke", "currentColor")
        .attr("stroke-width", "1.5")
        .attr("stroke-linecap", "round")
        .attr("stroke-linejoin", "round")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", icon.0))
}
