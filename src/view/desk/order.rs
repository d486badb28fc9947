//! order.

use super::super::app::App;
use crate::api::PrintJobId;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::words;

pub(super) fn screen(app: App, _job: PrintJobId) -> El {
    let words = words().orders();
    el("section").class("desk").attr("data-screen", "order").child(heading(words.title, "", app.moved.get_untracked()))
}
