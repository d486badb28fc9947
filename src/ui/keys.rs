//! Keys that do what a screen's controls do, and the list of them.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// A key, the control that it presses or goes to, as a selector, and what that is called.
pub(crate) type Key = (&'static str, &'static str, &'static str);

/// The keys of a screen.
#[derive(Clone)]
pub(crate) struct Keys {
    all: Rc<[Key]>,
    is_shown: Var<bool>,
}

impl Keys {
    pub(crate) fn new(all: &[Key]) -> Keys {
        Keys { all: all.into(), is_shown: Var::new(false) }
    }

    /// The way to the list for those who do not know its key.
    pub(crate) fn button(&self) -> El {
        let shown = self.is_shown;
        button("button quiet", "show-keys", words().register().shortcuts, move || shown.set(true))
    }

    /// They work for as long as the focus is in `page`, and in nothing that takes letters.
    pub(crate) fn work_in(self, page: El) -> El {
        let Keys { all, is_shown } = self;
        let (place, listed) = (page.element().clone(), all.clone());
        page.on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let takes_letters = "input:not([type=checkbox]), select, textarea, dialog";
            let is_elsewhere = at.is_some_and(|at| at.closest(takes_letters).is_ok_and(|found| found.is_some()));
            if is_elsewhere || event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            let pressed = event.key();
            if pressed == "?" {
                event.prevent_default();
                return is_shown.set(true);
            }
            let Some((_, control, _)) = all.iter().find(|(key, ..)| **key == *pressed) else { return };
            let Ok(Some(control)) = place.query_selector(control) else { return };
            event.prevent_default();
            let is_field = control.is_instance_of::<HtmlInputElement>();
            let control = El::from(control);
            if is_field {
                // Focus is never refused to a field that can be seen.
                let _ = control.html().focus();
            } else if control.element().get_attribute("aria-disabled").is_none() {
                control.html().click();
            }
        })
        .switch(move || is_shown.get().into(), move |shown| (shown == 1).then(|| list(&listed, is_shown)))
    }
}

/// What the keys do.
fn list(keys: &[Key], shown: Var<bool>) -> El {
    let words = words().register();
    let line = |(key, _, what): &Key| {
        el("div").class("card-fact").child(el("dt").child(el("kbd").text(key))).child(el("dd").text(what))
    };
    let own = [("?", "", words.shortcuts_title)];
    let lines = keys.iter().chain(&own).map(line);
    let close = move || shown.set(false);
    let content = [
        el("h2").attr("id", "keys").text(words.shortcuts_title),
        el("dl").class("card-facts").children(lines),
        el("div").class("actions").child(button("button", "dismiss", words.close, close)),
    ];
    dialog("keys", Rc::new(close), content).class("asking")
}
