//! checkout.

use super::super::app::App;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::words;

pub(super) fn screen(app: App) -> El {
    let words = words().checkout();
    el("section").class("desk").attr("data-screen", "checkout").child(heading(
        words.title,
        "",
        app.moved.get_untracked(),
    ))
}
