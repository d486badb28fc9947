//! What a good photo is like, drawn: one that is good, and three that are not.

use crate::ui::dom::{El, el, svg};
use crate::ui::words;

/// On a grid of 48 x 60: the shoulders, and the head as it looks into the camera.
const SHOULDERS: &str = "M5 60c1-12 8-17 19-17s18 5 19 17z";
const HEAD: &str = "M24 10c7 0 11 5 11 13s-5 16-11 16-11-8-11-16 4-13 11-13z";
const FACE: &str = "M19.5 23v1M28.5 23v1M24 25v4M20.5 33q3.5 2.5 7 0";
/// The head seen from its side.
const SIDE: &str = "M22 10c8 0 12 5 12 12l3.5 6-3.5 1v5q0 4-5 4-12 1-15-10c-2-9 1-18 8-18z";
const SIDE_FACE: &str = "M30.5 21v1M30 33h3.5M19 24q-2 2 0 5";
/// A window and a plant.
const BEHIND: &str = "M4 6h13v17H4zM10.5 6v17M4 14.5h13M42 40c-5-8-4-18 1-24M42 28c-3-2-5-2-7-1M43 24c1-3 3-4 5-4";
const HAT: &str = "M8 19q16-6 32 0M12.5 17.5C13 8 18 5 24 5s11 3 11.5 12.5";
const GLASSES: &str = "M15 22h8v3q-4 4-8 0zM25 22h8v3q-4 4-8 0zM23 23h2";

/// Draws them, each with its words.
pub(super) fn rules() -> El {
    let words = words().terms();
    let items = [
        item(true, words.good, &[(SHOULDERS, "body"), (HEAD, "head"), (FACE, "")]),
        item(false, words.turned, &[(SHOULDERS, "body"), (SIDE, "head"), (SIDE_FACE, "")]),
        item(false, words.behind, &[(BEHIND, "behind"), (SHOULDERS, "body"), (HEAD, "head"), (FACE, "")]),
        item(
            false,
            words.covered,
            &[(SHOULDERS, "body"), (HEAD, "head"), (FACE, ""), (GLASSES, "worn"), (HAT, "worn")],
        ),
    ];
    el("div").class("rules").child(el("p").class("rules-title").text(words.rules)).child(el("ul").children(items))
}

fn item(is_good: bool, text: &str, paths: &[(&str, &str)]) -> El {
    let drawing = svg("svg").attr("viewBox", "0 0 48 60").attr("aria-hidden", "true");
    let drawing = drawing.children(paths.iter().map(|(path, class)| svg("path").attr("d", path).attr("class", class)));
    let (class, mark) = if is_good { ("rule good", "M5 10.5l3.5 3.5L15 7") } else { ("rule", "M6 6l8 8M14 6l-8 8") };
    let mark = svg("svg")
        .attr("viewBox", "0 0 20 20")
        .attr("class", "mark")
        .attr("aria-hidden", "true")
        .child(svg("path").attr("d", mark));
    el("li").class(class).child(el("div").class("rule-picture").child(drawing).child(mark)).child(el("span").text(text))
}
