//! What whoever has just signed out is told of what they wanted deleted: over the form that stands there then.

use std::rc::Rc;

use leptos::prelude::queue_microtask;
use wasm_bindgen::JsCast;
use web_sys::{Element, ShadowRoot};

use crate::browser::js::call;
use crate::flow::App;
use crate::ui::button::button;
use crate::ui::dom::{El, el};

/// Whoever signs out from this screen, or from one that comes after it, is told in the same place.
pub(super) fn tell_here(app: App, screen: &El) {
    let (screen, colleagues) = (screen.element().clone(), app.desk().colleagues());
    // It is in the page by then.
    queue_microtask(move || {
        if let Ok(root) = screen.get_root_node().dyn_into::<ShadowRoot>() {
            colleagues.tell_by(Rc::new(move |what| tell(app, &root, what)));
        }
    });
}

fn tell(app: App, root: &ShadowRoot, what: &str) {
    let widget =
        call(root, "querySelector", &["[part=widget]".into()]).and_then(|widget| widget.dyn_into::<Element>().ok());
    let Some(widget) = widget else { return };
    let organization = app.cx().organization();
    let notice = app.cx().keep(|| {
        let shown = el("div").class("notice danger").attr("role", "alert").attr("part", "notice");
        let this = shown.element().clone();
        let known = button("button", "dismiss", app.cx().words().audit().dismiss, move || this.remove());
        // It is not for whoever comes next.
        shown.child(el("p").child(el("strong").text(what))).child(known).hidden(move || organization.get().is_some())
    });
    call(&widget, "prepend", &[notice.element().into()]);
}
