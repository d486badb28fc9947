//! What is asked before something is deleted, or before what stands in a form goes.

use std::rc::Rc;

use crate::flow::people::{People, Question, Subject};
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// What the dialog is called by.
const TITLE: &str = "people-question";

/// The dialog, while there is something to ask.
pub(super) fn question(people: People) -> Option<El> {
    let all = words();
    let words = all.people();
    let (title, texts, yes, no) = match people.asks().get_untracked()? {
        Question::Delete(subject) => {
            let title = words.delete_title(&people.title(subject));
            (title, consequences(people, subject), words.delete, all.common().cancel)
        }
        Question::Discard(_) => {
            (words.discard_title.to_owned(), vec![words.discard_text.to_owned()], words.discard, words.keep)
        }
    };
    let head = el("div")
        .class("head")
        .child(el("h2").attr("id", TITLE).text(&title))
        .children(texts.iter().map(|text| el("p").text(text)));
    // What can be taken back least is not what Enter does.
    let no = button("button primary", "cancel", no, move || people.dismiss()).attr("autofocus", "");
    let yes = button("button", "confirm", yes, move || people.confirm());
    Some(dialog(TITLE, Rc::new(move || people.dismiss()), [head, el("div").class("actions").child(no).child(yes)]))
}

fn consequences(people: People, subject: Subject) -> Vec<String> {
    let words = words().people();
    let Subject::Contact(id) = subject else { return vec![words.delete_address.to_owned()] };
    let addresses = people.directory().contacts().with_untracked(|list| {
        let contact = list.ready()?.iter().find(|contact| Some(contact.id) == id)?;
        Some(contact.addresses.len())
    });
    let first = words.delete_contact.to_owned();
    match addresses {
        None | Some(0) => vec![first],
        Some(1) => vec![first, words.one_address_without.to_owned()],
        Some(count) => vec![first, words.addresses_without(&count.to_string())],
    }
}
