//! The card itself: one side as the server drew it, or a sketch of what was entered so far.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlImageElement;

use super::dom::{El, el};
use super::icon::{self, icon};
use crate::reactive::Var;
use crate::world::Seen;

/// A side of the card as the server drew it. It does not always say how the card stands; then the picture does.
pub(crate) fn drawn(url: &str, alt: &str, portrait: Option<bool>) -> El {
    let class = |portrait| if portrait { "card-face portrait" } else { "card-face" };
    let face = el("div").class(class(portrait == Some(true))).attr("part", "card");
    let image = el("img").attr("alt", alt).attr("decoding", "async");
    let (shown, outer) = (image.clone(), face.clone());
    let image = image.on("load", move |_| {
        let picture: &HtmlImageElement = shown.element().unchecked_ref();
        let upright = portrait.unwrap_or(picture.natural_height() > picture.natural_width());
        outer.element().set_class_name(class(upright));
    });
    face.child(image.attr("src", url))
}

/// A card that the server has not drawn: the template's name, the picture, and the first texts, as they are entered.
///
/// Assistive technology does not see it: it repeats what the form says.
pub(crate) fn sketch(name: &str, picture: Option<Var<Option<Seen>>>, lines: Vec<Box<dyn Fn() -> String>>) -> El {
    let picture = picture.map(|seen| {
        el("div").class("picture").live(move || match seen.get() {
            Some(Ok(picture)) => Some(el("img").attr("src", picture.url()).attr("alt", "")),
            _ => Some(icon(icon::PERSON)),
        })
    });
    let lines = lines.into_iter().map(|line| {
        let line: Rc<dyn Fn() -> String> = line.into();
        let text = line.clone();
        el("div").class("line").live_class("empty", move || line().is_empty()).live_text(move || text())
    });
    let lines = el("div").class("lines").children(lines);
    el("div")
        .class("card-face sketch")
        .attr("aria-hidden", "true")
        .attr("part", "card")
        .child(el("div").class("name").text(name))
        .child(el("div").class("body").children(picture).child(lines))
}
