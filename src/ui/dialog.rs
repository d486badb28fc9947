//! A modal dialog over whatever screen there is.

use leptos::html::Dialog;
use leptos::prelude::*;
use web_sys::Event;

/// Shows `content` in a modal dialog for as long as it is drawn. `dismissed` is called on Escape.
pub(crate) fn dialog(label_id: &'static str, dismissed: UnsyncCallback<()>, content: AnyView) -> impl IntoView {
    let node = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get() {
            // Already open is the only way to fail.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog node_ref=node aria-labelledby=label_id part="dialog"
            on:cancel=move |event: Event| { event.prevent_default(); dismissed.try_run(()); }>
            {content}
        </dialog>
    }
}
