//! The question whether to go on with the card that was in work before a reload, and what there is to say of it then.

use std::rc::Rc;

use crate::flow::memory::{Memory, Note, Returning};
use crate::flow::{App, worded};
use crate::ui::Act;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::notice::notice;
use crate::ui::words;

/// The dialog, while there is something to ask or to say.
pub(in crate::view) fn draw(app: App) -> Option<El> {
    let memory = app.memory();
    let returning = memory.returning().get_untracked();
    match returning {
        Returning::No => None,
        Returning::Told(notes) => Some(told(memory, &notes)),
        Returning::Asked => Some(question(memory, false, None)),
        Returning::Looking => Some(question(memory, true, None)),
        Returning::Failed(error) => {
            let retry: Act = Rc::new(move || memory.go_on());
            Some(question(memory, false, Some(notice(worded(words(), &error), Some(retry)))))
        }
    }
}

/// What the dialog is called by.
const TITLE: &str = "go-on-title";

fn question(memory: Memory, is_looking: bool, failure: Option<El>) -> El {
    let words = words().memory();
    let go_on = move || {
        if !is_looking {
            memory.go_on();
        }
    };
    let text = if is_looking { words.looking } else { words.go_on };
    let go_on_button = button("button primary", "go-on", text, go_on).attr("autofocus", "");
    let go_on_button = if is_looking { go_on_button.attr("aria-disabled", "true") } else { go_on_button };
    let refuse = button("button", "start-over", words.start_over, move || memory.refuse());
    let head = el("div")
        .class("head")
        .child(el("h2").attr("id", TITLE).text(words.title))
        .child(el("p").text(words.about))
        .children(memory.had_pictures().then(|| el("p").text(words.pictures)));
    let actions = el("div").class("actions").child(go_on_button).child(refuse);
    // Whoever only wants it out of the way loses nothing.
    dialog(TITLE, Rc::new(go_on), [head].into_iter().chain(failure).chain([actions]))
}

fn told(memory: Memory, notes: &[Note]) -> El {
    let words = words().memory();
    let say = |note: &Note| {
        el("p").text(match note {
            Note::Gone => words.gone,
            Note::Sent => words.sent,
            Note::OtherFields => words.other_fields,
            Note::Ordered => words.ordered,
            Note::OnItsWay => words.on_its_way,
            Note::NoTemplate => words.no_template,
        })
    };
    let head = el("div").class("head").child(el("h2").attr("id", TITLE).text(words.told_title));
    let understood = button("button primary", "confirm", words.understood, move || memory.has_read());
    let actions = el("div").class("actions").child(understood.attr("autofocus", ""));
    dialog(TITLE, Rc::new(move || memory.has_read()), [head.children(notes.iter().map(say)), actions])
}
