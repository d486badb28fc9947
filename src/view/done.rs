//! The card is ready: what it is called at the server, and what one can do next.

use leptos::prelude::*;

use super::app::{App, Shown};
use super::preview::front_of;
use super::templates::name_of;
use crate::domain::draft::Draft;
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::words;

/// The last screen.
pub(super) fn screen(app: App) -> AnyView {
    let words = &words().card;
    let (title, hint) = if app.ends_as_draft() {
        (words.draft_done_title, words.draft_done_hint)
    } else {
        (words.done_title, words.done_hint)
    };
    let (card, name) = app.draft.with_untracked(|draft| {
        let draft = draft.as_ref();
        (draft.and_then(Draft::card), draft.map(|draft| name_of(&draft.template)).unwrap_or_default())
    });
    let face = app.shown.with_untracked(|shown| match shown {
        Shown::Ready(faces) => Some(front_of(faces, &name)),
        _ => None,
    });
    let number = card.map(|card| view! { <p class="help">{words.card_number(&card.to_string())}</p> });
    view! {
        <section class="finished" data-screen="done">
            <div class="tick">{icon(icon::TICK)}</div>
            {heading(title, hint, app.moved.get_untracked())}
            {face}
            {number}
            <div class="actions">
                <button type="button" class="button primary" data-action="new-card" on:click=move |_| app.new_card()>
                    {words.new_card}
                </button>
            </div>
        </section>
    }
    .into_any()
}
