//! The server's preview: both sides as they will be printed, and the choice to correct or to finalize.

use std::time::Duration;

use leptos::prelude::*;

use super::app::{App, Faces, Shown, Work};
use super::templates::name_of;
use crate::domain::config::Mode;
use crate::ui::card_face::drawn;
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::{Worded, notice, worded};
use crate::ui::words;

/// The preview screen.
pub(super) fn screen(app: App) -> AnyView {
    let all = words();
    let words = &all.card;
    let name = app.draft.with_untracked(|draft| draft.as_ref().map(|draft| name_of(&draft.template))).unwrap_or_default();
    let again = UnsyncCallback::new(move |()| app.render());
    let content = {
        let name = name.clone();
        move || match app.shown.get() {
            Shown::Nothing | Shown::Rendering => rendering(app),
            Shown::Ready(faces) => sides(&faces, &name),
            Shown::Unavailable => notice(Worded::of(words.unavailable, words.unavailable_next), Some(again)),
            Shown::NoPicture => notice(Worded::of(words.bad_picture, words.unavailable_next), Some(again)),
            Shown::Stopped => notice(Worded::of(words.stopped, ""), Some(again)),
            Shown::Failed(error) => notice(worded(all, &error), Some(again)),
        }
    };
    let busy = move || app.work.with(|work| matches!(work, Work::Busy));
    let ready = move || app.shown.with(|shown| matches!(shown, Shown::Ready(_)));
    let failure = move || {
        app.work.with(|work| match work {
            Work::Failed(error) => {
                let retry = UnsyncCallback::new(move |()| app.finalize());
                Some(notice(worded(all, error), Some(retry)))
            }
            _ => None,
        })
    };
    let finish = if app.ends_as_draft() { words.save_draft } else { words.finalize };
    // Staff know what they do when the server cannot draw; a stranger should see the card before it is final.
    let may_finish = move || ready() || (app.mode() == Mode::Portal && app.shown.with(|shown| matches!(shown, Shown::Unavailable)));
    let finalize = move || {
        may_finish().then(|| {
            view! {
                <button type="button" class="button primary" data-action="finalize"
                    aria-disabled=move || busy().then_some("true") on:click=move |_| app.finalize()>
                    {move || if busy() { words.finalizing } else { finish }}
                </button>
            }
        })
    };
    view! {
        <section class="preview" data-screen="preview">
            {heading(words.preview_title, words.preview_hint, app.moved.get_untracked())}
            <div>{content}</div>
            {failure}
            <div class="actions">
                {finalize}
                <button type="button" class="button" data-action="edit" on:click=move |_| app.edit()>{words.edit}</button>
            </div>
        </section>
    }
    .into_any()
}

/// The server is drawing: how long it has been, and the way out.
fn rendering(app: App) -> AnyView {
    let words = &words().card;
    let seconds = RwSignal::new(0_u32);
    let tick = set_interval_with_handle(move || seconds.update(|seconds| *seconds += 1), Duration::from_secs(1));
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    view! {
        <div class="waiting" role="status">
            <div class="card-face skeleton"></div>
            <p>{words.rendering}</p>
            <p class="elapsed" aria-hidden="true">{words.rendering_hint}" "{move || words.elapsed(&seconds.get().to_string())}</p>
            <button type="button" class="button" data-action="stop-preview" on:click=move |_| app.stop_preview()>
                {words.stop_preview}
            </button>
        </div>
    }
    .into_any()
}

/// Both sides with their names; in a narrow place, one that turns over.
fn sides(faces: &Faces, name: &str) -> AnyView {
    let words = &words().card;
    let turned = RwSignal::new(false);
    let back = faces.back.as_ref().map(|back| {
        view! {
            <figure>
                {drawn(back.url().to_string(), words.back_of(name), faces.portrait)}
                <figcaption>{words.back}</figcaption>
            </figure>
        }
    });
    let turn = back.is_some().then(|| {
        view! {
            <button type="button" class="button quiet turn" data-action="turn-card"
                aria-pressed=move || if turned.get() { "true" } else { "false" }
                on:click=move |_| turned.update(|turned| *turned = !*turned)>
                {icon(icon::TURN)}{words.turn_over}
            </button>
        }
    });
    view! {
        <div class="sides" class:turned=turned>
            <figure>{front_of(faces, name)}<figcaption>{words.front}</figcaption></figure>
            {back}
        </div>
        {turn}
    }
    .into_any()
}

/// The front as the server drew it.
pub(super) fn front_of(faces: &Faces, name: &str) -> AnyView {
    drawn(faces.front.url().to_string(), words().card.front_of(name), faces.portrait)
}
