//! How cards look in lists: the server's own picture of the front, and whose it is.

use leptos::prelude::on_cleanup;

use crate::api::CardId;
use crate::flow::Remote;
use crate::flow::faces::{Faces, Front};
use crate::ui::card_face::drawn;
use crate::ui::dom::{El, el};
use crate::ui::icon::{self, icon};
use crate::ui::in_view::once_seen;
use crate::ui::long_list::Rested;
use crate::ui::words;

/// The card itself, small, once it comes into sight.
pub(super) fn thumbnail(faces: Faces, card: CardId) -> El {
    let thumbnail = small(faces, card);
    once_seen(&thumbnail, move || faces.came_into_sight(card));
    on_cleanup(move || faces.went_out_of_sight(card));
    thumbnail
}

/// Has the cards of a long list looked at once somebody rests at them, for as long as it is there; not while one scrolls by.
pub(super) fn at_rest(faces: Faces) -> Option<Rested> {
    on_cleanup(move || faces.rests_at(&[]));
    Some(Box::new(move |cards: &[u64]| {
        let cards: Vec<CardId> = cards.iter().map(|card| CardId(*card)).collect();
        faces.rests_at(&cards);
    }))
}

/// The card itself, small, once somebody has it looked at. Its name stands beside it, so it has none of its own.
pub(super) fn small(faces: Faces, card: CardId) -> El {
    let face = faces.face(card);
    faces.is_shown(card);
    on_cleanup(move || faces.is_not_shown(card));
    let picture = move || {
        Some(match face.with(|face| face.front.clone()) {
            Remote::Ready(Some(Front { picture, portrait })) => drawn(picture.url(), "", portrait),
            Remote::Loading => el("div").class("card-face skeleton"),
            _ => el("div").class("card-face blank").child(icon(icon::CARD)).text(words().card().no_picture),
        })
    };
    el("div").class("thumbnail").attr("aria-hidden", "true").live(picture)
}

/// What the card is called, and its number.
pub(super) fn named(faces: Faces, card: CardId) -> El {
    let number = words().card().card_number(&card.to_string());
    let has_name = move || faces.face(card).with(|face| face.name.as_ref().is_some_and(|name| !name.is_empty()));
    // Three people of one name can be told apart, and so can two cards of one person.
    let about = move || {
        let number = if has_name() { number.clone() } else { String::new() };
        match faces.template_name(card) {
            Some(template) if number.is_empty() => template,
            Some(template) => [&number, " · ", &*template].concat(),
            None => number,
        }
    };
    el("div")
        .class("named")
        .child(el("strong").live_text(move || faces.title(card)))
        .child(el("span").class("help").live_text(about))
}
