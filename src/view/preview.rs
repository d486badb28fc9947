//! The server's preview: both sides as they will be printed, and the choice to correct or to finalize.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::templates::name_of;
use super::trail;
use crate::domain::config::{EndsWith, Mode};
use crate::flow::card::{Faces, PreviewState, SaveState, Smaller};
use crate::flow::{CardFlow, Worded, worded, worded_unseen};
use crate::i18n::Messages;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::card_face::drawn;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::notice::notice;
use crate::ui::{Act, words};
use crate::world::Unseen;

/// The preview screen.
pub(super) fn screen(card: CardFlow) -> El {
    let all = words();
    let words = all.card();
    let failure = move || match card.save_state().get() {
        SaveState::Failed(error) => Some(notice(worded(all, &error), Some(Rc::new(move || card.finalize())))),
        _ => None,
    };
    let actions = el("div")
        .class("actions")
        .switch(move || u64::from(may_finish(card)), move |may| (may == 1).then(|| finish(card)))
        .child(button("button", "edit", words.edit, move || card.edit()));
    el("section")
        .class("preview")
        .attr("data-screen", "preview")
        .child(heading(words.preview_title, words.preview_hint, card.cx().moved().get_untracked()))
        .child(el("div").attr("role", "status").live(move || sent_smaller(card)))
        .children(trail::at_preview(card))
        .child(el("div").live(move || Some(content(card))))
        .live(failure)
        .child(actions)
}

/// Staff know what they do when the server cannot draw, or the page shows no pictures; a stranger sees the card before it is
/// final.
fn may_finish(card: CardFlow) -> bool {
    card.preview().with(|preview| match preview {
        PreviewState::Ready(_) => true,
        PreviewState::Unavailable | PreviewState::Unseen(Unseen::Blocked) => card.cx().mode() == Mode::Portal,
        _ => false,
    })
}

fn finish(card: CardFlow) -> El {
    let words = words().card();
    let (action, name) = match card.ends_with() {
        EndsWith::Draft => ("finalize", words.save_draft),
        EndsWith::Order => ("checkout", words.go_on),
        _ => ("finalize", words.finalize),
    };
    let busy = move || card.save_state().with(|state| matches!(state, SaveState::Saving));
    blank("button primary", action, move || card.finalize())
        .live_true("aria-disabled", busy)
        .live_text(move || if busy() { words.finalizing } else { name }.to_string())
}

fn content(card: CardFlow) -> El {
    let all = words();
    let words = all.card();
    let again: Option<Act> = Some(Rc::new(move || card.render()));
    match card.preview().get() {
        PreviewState::Nothing | PreviewState::Rendering => rendering(card),
        PreviewState::Ready(faces) => sides(&faces, all, &template_name(card, all)),
        PreviewState::Unavailable => notice(Worded::of(words.unavailable, words.unavailable_next), again),
        // Trying again changes no policy.
        PreviewState::Unseen(why) => notice(worded_unseen(all, why).1, again.filter(|_| why != Unseen::Blocked)),
        PreviewState::Stopped => notice(Worded::of(words.stopped, ""), again),
        PreviewState::Failed(error) => notice(worded(all, &error), again),
    }
}

/// The server is drawing: how long it has been, and the way out.
fn rendering(card: CardFlow) -> El {
    let words = words().card();
    let seconds = Var::new(0_u32);
    let tick = set_interval_with_handle(move || seconds.update(|seconds| *seconds += 1), Duration::from_secs(1));
    if let Ok(tick) = tick {
        on_cleanup(move || tick.clear());
    }
    // Announced once; the seconds are for the eye.
    let elapsed = el("p")
        .class("elapsed")
        .text(words.rendering_hint)
        .text(" ")
        .child(el("span").attr("aria-hidden", "true").live_text(move || words.elapsed(&seconds.get().to_string())));
    el("div")
        .class("waiting")
        .child(el("div").class("card-face skeleton"))
        .child(el("p").attr("role", "status").text(words.rendering))
        .child(elapsed)
        .child(button("button", "stop-preview", words.stop_preview, move || card.stop_preview()))
}

/// Both sides with their names; in a narrow place, one that turns over.
fn sides(faces: &Faces, all: Messages, name: &str) -> El {
    let words = all.card();
    let turned = Var::new(false);
    let side = |face: El, caption: &str| el("figure").child(face).child(el("figcaption").text(caption));
    let back =
        faces.back.as_ref().map(|back| side(drawn(back.url(), &words.back_of(name), faces.portrait), words.back));
    let turn = faces.back.is_some().then(|| {
        blank("button quiet turn", "turn-card", move || turned.update(|turned| *turned = !*turned))
            .live_bool("aria-pressed", move || turned.get())
            .child(icon(icon::TURN))
            .text(words.turn_over)
    });
    let both = el("div")
        .class("sides")
        .live_class("turned", move || turned.get())
        .child(side(front_of(faces, all, name), words.front))
        .children(back);
    el("div").child(both).children(turn)
}

/// That the photos were sent smaller, and why.
pub(super) fn sent_smaller(card: CardFlow) -> Option<El> {
    let words = words().card();
    let why = match card.smaller().get()? {
        Smaller::Slow => words.smaller_slow,
        Smaller::Refused => words.smaller_refused,
    };
    Some(el("p").class("help").text(why))
}

/// The front as the server drew it.
pub(super) fn front_of(faces: &Faces, words: Messages, name: &str) -> El {
    drawn(faces.front.url(), &words.card().front_of(name), faces.portrait)
}

/// The name of the template of the card in work.
pub(super) fn template_name(card: CardFlow, words: Messages) -> String {
    card.draft().with_untracked(|draft| {
        draft.as_ref().map(|draft| name_of(words, &draft.template).to_string()).unwrap_or_default()
    })
}
