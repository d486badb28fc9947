//! Where the bar's places are scrolled in, the one where a person is comes into sight.

use leptos::prelude::queue_microtask;

use crate::browser::js::{all, call, get, set};
use crate::ui::dom::El;

/// So many pixels are left beside it, so that one sees that there are others.
const BESIDE: f64 = 40.0;

/// Once this screen is there, its place in the bar can be seen. The page itself does not move.
pub(super) fn place_of(screen: &El) {
    let screen = screen.element().clone();
    queue_microtask(move || {
        let Some(root) = call(&screen, "getRootNode", &[]) else { return };
        let (lines, current) = (all(&root, ".places"), all(&root, ".places [aria-current]"));
        let (Some(line), Some(place)) = (lines.first(), current.first()) else { return };
        let (line_box, place_box) = (line.get_bounding_client_rect(), place.get_bounding_client_rect());
        let before = (line_box.left() + BESIDE - place_box.left()).max(0.0);
        let behind = (place_box.right() + BESIDE - line_box.right()).max(0.0);
        if before > 0.0 || behind > 0.0 {
            // What is less than nothing, or more than there is, ends where it ends.
            let now = get(line, "scrollLeft").as_f64().unwrap_or_default();
            set(line, "scrollLeft", &(now - before + behind).into());
        }
    });
}
