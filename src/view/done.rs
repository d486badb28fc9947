//! The card is ready: what it is called at the server, and what one can do next.

use super::desk;
use super::preview::{front_of, template_name};
use crate::domain::config::{EndsWith, Mode};
use crate::domain::draft::Draft;
use crate::flow::App;
use crate::flow::card::PreviewState;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::words;

/// The last screen.
pub(super) fn screen(app: App) -> El {
    let all = words();
    let words = all.card();
    let (title, hint) = match app.card().ends_with() {
        EndsWith::Draft => (words.draft_done_title, words.draft_done_hint),
        _ if app.has_desk() => (words.done_title, words.done_hint),
        _ => (words.done_title, words.own_done_hint),
    };
    let card = app.card().draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card));
    let face = app.card().preview().with_untracked(|preview| match preview {
        PreviewState::Ready(faces) => Some(front_of(faces, all, &template_name(app.card(), all))),
        _ => None,
    });
    // The page has asked for this one card.
    let is_corrected =
        app.cx().config().with_untracked(|config| config.as_ref().is_some_and(|config| config.card.is_some()));
    let number = card.map(|card| el("p").class("help").text(&words.card_number(&card.to_string())));
    el("section")
        .class("finished")
        .attr("data-screen", "done")
        .child(el("div").class("tick").child(icon(icon::TICK)))
        .child(heading(title, hint, app.cx().moved().get_untracked()))
        .children(face)
        .children(number)
        .children(card.filter(|_| app.has_desk()).map(|card| desk::finished(app, card)))
        // At a kiosk the next card is the next one's.
        .children((app.cx().mode() != Mode::Kiosk && !is_corrected).then(|| {
            let kind = if app.has_desk() { "button" } else { "button primary" };
            button(kind, "new-card", words.new_card, move || app.templates().new_card())
        }))
}
