//! What became of a card, in a word.

use std::rc::Rc;

use crate::domain::register::Entry;
use crate::domain::register::standing::Standing;
use crate::flow::Register;
use crate::i18n::Messages;
use crate::ui::dom::{El, el};

/// What became of a card, as the list and its own page say it.
pub(super) fn status(register: Register, all: Messages, card: impl Fn() -> Option<Rc<Entry>> + Copy + 'static) -> El {
    let now = move || card().map(|card| told(all, register.standing(&card)));
    el("span")
        .live_attr("class", move || now().map(|(class, _)| class.to_owned()))
        .live_text(move || now().map_or("", |(_, text)| text).to_owned())
}

fn told(all: Messages, standing: Standing) -> (&'static str, &'static str) {
    let words = all.register();
    match standing {
        Standing::Ordered => ("card-status done", words.is_ordered),
        Standing::InCart => ("card-status done", words.is_in_cart),
        Standing::Finalized => ("card-status", words.is_final),
        Standing::Draft => ("card-status waits", words.is_draft),
        Standing::Unknown => ("card-status waits", words.is_waiting),
    }
}

/// What is not certain about it.
pub(super) fn doubt(all: Messages, standing: Standing) -> Option<&'static str> {
    let words = all.register();
    match standing {
        Standing::Unknown => Some(words.waiting_hint),
        Standing::Draft => Some(words.draft_hint),
        _ => None,
    }
}
