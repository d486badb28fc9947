//! orders.

use super::super::app::App;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::words;

pub(super) fn screen(app: App) -> El {
    let words = words().orders();
    el("section").class("desk").attr("data-screen", "orders").child(heading(words.title, "", app.moved.get_untracked()))
}
