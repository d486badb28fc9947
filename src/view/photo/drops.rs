//! What is dropped beside a field.

use std::cell::Cell;

use leptos::prelude::on_cleanup;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, HtmlInputElement};

use crate::ui::dom::El;

thread_local! {
    /// How many forms of the page take files, or would, were they not at a kiosk; none yet.
    static FORMS: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Keeps the browser from opening a file that is dropped where nothing takes it, in place of the page and of everything that
/// was entered into it. For as long as the screen is there.
pub(in crate::view) fn keep_dropped_files_out() {
    let before = FORMS.get();
    FORMS.set(Some(before.unwrap_or(0) + 1));
    on_cleanup(|| FORMS.set(FORMS.get().map(|forms| forms.saturating_sub(1))));
    // Listened to once for the whole page.
    if before.is_none()
        && let Some(page) = web_sys::window().and_then(|window| window.document()?.document_element())
    {
        El::from(page).on("dragover", keep_out).on("drop", keep_out);
    }
}

/// What takes a file says so before the event comes here; an input of the page's own is given it by the browser.
fn keep_out(event: Event) {
    let Some(data) = event.unchecked_ref::<DragEvent>().data_transfer() else { return };
    let takes = |target| JsCast::dyn_into::<HtmlInputElement>(target).is_ok_and(|input| input.type_() == "file");
    if FORMS.get() > Some(0) && !event.target().is_some_and(takes) && data.types().includes(&"Files".into(), 0) {
        event.prevent_default();
    }
}
