//! The head of a screen: its title, which takes the focus when the screen comes up, and a line below it.

use leptos::html::H1;
use leptos::prelude::*;

/// The head of a screen. With `focus`, the title takes the focus once it stands in the page, so that a person who does
/// not see the change hears it.
pub(crate) fn heading(title: &str, hint: &str, focus: bool) -> impl IntoView + use<> {
    let node = NodeRef::<H1>::new();
    if focus {
        Effect::new(move |_| {
            if let Some(title) = node.get() {
                // A heading with a tabindex takes the focus; where it cannot, nothing is lost.
                let _ = title.focus();
            }
        });
    }
    let (title, hint) = (title.to_string(), hint.to_string());
    let hint = (!hint.is_empty()).then(|| view! { <p>{hint}</p> });
    view! {
        <header class="head">
            <h1 tabindex="-1" node_ref=node part="title">{title}</h1>
            {hint}
        </header>
    }
}
