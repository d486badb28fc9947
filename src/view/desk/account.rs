//! account.

use std::rc::Rc;

use super::super::app::App;
use super::funds;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::words;

pub(super) fn screen(app: App) -> El {
    let words = words().account();
    el("section")
        .class("desk")
        .attr("data-screen", "account")
        .child(heading(words.title, "", app.moved.get_untracked()))
        .child(funds::form(app.desk(), Rc::new(|| {})))
}
