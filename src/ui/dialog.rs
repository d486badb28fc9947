//! A modal dialog over whatever screen there is.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::{on_cleanup, queue_microtask};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, ShadowRoot};

use super::button::Act;
use super::dom::{El, el};

/// Shows `content` in a modal dialog for as long as it is drawn. `dismissed` is called on Escape (which the element's
/// JavaScript makes a `cancel` of, so that it is not the page's as well) and on a phone's way back; when the dialog goes, the
/// focus returns to where it was.
pub(crate) fn dialog(label_id: &str, dismissed: Act, content: impl IntoIterator<Item = El>) -> El {
    shown(label_id, dismissed, el("dialog").children(content))
}

/// The same for all that stands in one: compiled once.
fn shown(label_id: &str, dismissed: Act, dialog: El) -> El {
    // It can have the focus itself, so that a key is pressed in it also after a click beside its controls.
    let dialog = dialog.attr("tabindex", "-1").attr("aria-labelledby", label_id).attr("part", "dialog");
    let dialog = dialog.on("cancel", move |event| {
        event.prevent_default();
        dismissed();
    });
    let before = Rc::new(RefCell::new(None));
    let (shown, seen) = (dialog.element().clone(), before.clone());
    queue_microtask(move || {
        seen.replace(focused(&shown));
        // Taken out again already: nothing to show.
        let _ = shown.unchecked_ref::<HtmlDialogElement>().show_modal();
    });
    let before = SendWrapper::new(before);
    on_cleanup(move || {
        if let Some(before) = (**before).take() {
            queue_microtask(move || {
                // Gone with its screen: then the new screen's title has the focus.
                let _ = before.focus();
            });
        }
    });
    dialog
}

/// What has the focus in the tree that `element` is in.
fn focused(element: &Element) -> Option<HtmlElement> {
    let root = element.get_root_node().dyn_into::<ShadowRoot>().ok()?;
    root.active_element()?.dyn_into().ok()
}
