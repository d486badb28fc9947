//! What became of the card, and who does what next.

use crate::domain::address::lines_of_one_off;
use crate::domain::config::Mode;
use crate::domain::draft::Draft;
use crate::flow::App;
use crate::flow::card::PreviewState;
use crate::flow::ending::Outcome;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{self, icon};
use crate::ui::words;
use crate::view::preview::{front_of, template_name};

/// The last screen.
pub(super) fn screen(app: App) -> El {
    let all = words();
    let words = all.ending();
    let ending = app.ending();
    let outcome = ending.outcome().get_untracked().unwrap_or(Outcome::InCart);
    let (title, hint) = match outcome {
        Outcome::Ordered => (words.ordered_title, words.ordered_hint),
        Outcome::InCart => (words.in_cart_title, words.in_cart_hint),
        Outcome::NotCovered => (words.in_cart_title, words.not_covered_hint),
    };
    let lines = (outcome == Outcome::Ordered).then(|| {
        let lines = ending.sent_to().map(|address| lines_of_one_off(&address)).unwrap_or_default();
        el("p").class("address-lines").children(lines.iter().map(|line| el("span").text(line)))
    });
    let card = app.card().draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card));
    let face = app.card().preview().with_untracked(|preview| match preview {
        PreviewState::Ready(faces) => Some(front_of(faces, all, &template_name(app.card(), all))),
        _ => None,
    });
    let number = card.map(|card| el("p").class("help").text(&all.card().card_number(&card.to_string())));
    let told =
        move || ending.is_doubted().then(|| el("p").class("notice").attr("role", "status").text(words.charge_told));
    el("section")
        .class("finished")
        .attr("data-screen", "done")
        .child(el("div").class("tick").child(icon(icon::TICK)))
        .child(heading(title, hint, app.cx().moved().get_untracked()))
        .children(lines)
        .children(face)
        .children(number)
        .live(told)
        // At a kiosk the next card is the next one's.
        .children(
            (app.cx().mode() != Mode::Kiosk)
                .then(|| button("button primary", "new-card", all.card().new_card, move || app.templates().new_card())),
        )
}
