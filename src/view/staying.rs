//! Asking before the page is left while something that a person has typed or photographed is nowhere else.

use std::cell::RefCell;

use crate::domain::config::Mode;
use crate::flow::Context;
use crate::ui::dom::watch;

/// Has the browser ask before the page is left, whenever `is_unsaved` says so, for as long as the widget is there.
///
/// Only then: a page that always wants to be asked is left out of what some browsers keep for going back to. Never in a
/// kiosk, whose page nobody leaves but the site itself, with nobody there to answer.
pub(super) fn ask_while(cx: Context, is_unsaved: Box<dyn Fn() -> bool>) {
    let held = RefCell::new(None);
    let ask = move || {
        let is_kiosk = cx.config().with(|config| config.as_ref().is_some_and(|config| config.mode == Mode::Kiosk));
        let is_wanted = is_unsaved() && !is_kiosk;
        if held.borrow().is_some() != is_wanted {
            let hold = is_wanted.then(|| cx.hold_page()).flatten();
            held.replace(hold);
        }
    };
    cx.keep(|| watch(Box::new(ask)));
}
