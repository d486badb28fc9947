//! The card itself: one side as the server drew it, or a sketch of what was entered so far.

use leptos::prelude::*;

use super::icon::{self, icon};

/// A side of the card as the server drew it.
pub(crate) fn drawn(url: String, alt: String, portrait: bool) -> AnyView {
    view! {
        <div class="card-face" class:portrait=portrait part="card">
            <img src=url alt=alt decoding="async" />
        </div>
    }
    .into_any()
}

/// A card that the server has not drawn: the template's name, the picture, and the first texts.
///
/// Assistive technology does not see it: it repeats what the form says.
pub(crate) fn sketch(name: String, picture: Option<Option<String>>, lines: Vec<String>) -> AnyView {
    let picture = picture.map(|url| {
        let inside = match url {
            Some(url) => view! { <img src=url alt="" /> }.into_any(),
            None => icon(icon::PERSON).into_any(),
        };
        view! { <div class="picture">{inside}</div> }
    });
    let lines = lines.into_iter().map(|line| view! { <div class="line">{line}</div> }).collect::<Vec<_>>();
    view! {
        <div class="card-face sketch" aria-hidden="true" part="card">
            <div class="name">{name}</div>
            <div class="body">{picture}<div class="lines">{lines}</div></div>
        </div>
    }
    .into_any()
}
