//! What is being deleted, and the way back; over both screens, since it goes on while one looks at the next card.

use std::rc::Rc;

use super::parting::parting;
use crate::api::CardId;
use crate::flow::register::{Deletion, Held};
use crate::flow::{Register, Worded, worded};
use crate::i18n::Messages;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::notice::notice;
use crate::ui::words;

/// A notice for each.
pub(super) fn notices(register: Register) -> El {
    let all = words();
    let list = move || {
        let deletions = register.deletions().get();
        (!deletions.is_empty()).then(|| {
            el("div").class("findings").children(deletions.iter().map(|deletion| told(register, all, deletion)))
        })
    };
    el("div").class("deletions").attr("role", "status").live(list)
}

fn told(register: Register, all: Messages, deletion: &Deletion) -> El {
    let words = all.register();
    let card = deletion.card;
    let undo = move || register.undo(card);
    match &deletion.stage {
        Held::Failed(error) => {
            let what = [&words.not_deleted(&deletion.title), " ", &worded(all, error).what].concat();
            let why = Worded { what, ..worded(all, error) };
            let retry = parting("button", "retry", all.common().retry, move || register.delete(card));
            let leave = parting("button quiet", "leave-as-is", words.leave, undo);
            notice(why, None).child(el("div").class("buttons").child(retry).child(leave))
        }
        stage => {
            let is_waiting = matches!(stage, Held::Waiting);
            let text = el("p").text(&words.deleting(&deletion.title));
            let undo = is_waiting.then(|| parting("button", "undo", words.undo, undo));
            el("div").class("notice undo").attr("data-deleting", &card.to_string()).child(text).children(undo)
        }
    }
}

/// Asks whether a card is to be deleted; `answered` hears whether it is.
pub(super) fn question(register: Register, card: CardId, answered: Rc<dyn Fn(bool)>) -> El {
    let all = words();
    let words = all.register();
    let title = register.faces().title(card);
    let is_in_cart = register.cart().copies_there(card) > 0;
    let buttons = answers(all, answered.clone());
    let content =
        [el("h2").attr("id", "delete-card").text(words.delete_title), el("p").text(&words.delete_what(&title))];
    let content = content.into_iter().chain(is_in_cart.then(|| el("p").text(words.delete_in_cart)));
    dialog("delete-card", Rc::new(move || answered(false)), content.chain([buttons])).class("asking")
}

/// Yes and no.
pub(super) fn answers(all: Messages, answered: Rc<dyn Fn(bool)>) -> El {
    let no = answered.clone();
    el("div")
        .class("actions")
        .child(button("button danger", "confirm", all.register().delete, move || answered(true)))
        .child(button("button", "cancel", all.common().cancel, move || no(false)))
}
