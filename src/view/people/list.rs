//! What the list of addresses and the one of contacts have in common: a search, some of what it finds, and the way to the rest.

use std::rc::Rc;

use crate::api::Error;
use crate::flow::people::{People, Subject};
use crate::flow::{Listing, worded};
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::clean::clean;
use crate::ui::dom::{El, el};
use crate::ui::icon::{self, icon};
use crate::ui::notice::{left_out, loading, nothing_in, notice};
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;

/// From so many on there is a search.
const SEARCH_FROM: usize = 6;
/// So many are shown at first, and so many more each time.
const SHOWN: usize = 48;

/// Makes rows of what a term finds, of so many at most; and says how many it finds.
pub(super) type Rows = Rc<dyn Fn(&str, usize) -> (Vec<El>, usize)>;

/// How the list's own reading stands.
pub(super) enum State {
    Loading,
    Failed(Error),
    /// So many there are.
    Ready(usize),
}

/// What one of the two lists says and does.
pub(super) struct Book {
    /// Which of the server's lists it is.
    pub(super) of: Listing,
    /// What is made new in it.
    pub(super) new: Subject,
    pub(super) new_action: &'static str,
    pub(super) new_text: &'static str,
    pub(super) search: &'static str,
    pub(super) empty: [&'static str; 2],
    pub(super) no_match: &'static str,
    /// How it stands. Follows.
    pub(super) state: Rc<dyn Fn() -> State>,
    /// Reads it again.
    pub(super) read: Rc<dyn Fn()>,
    /// What is found, but for what is going. Follows.
    pub(super) rows: Rows,
}

/// The list.
pub(super) fn list(people: People, book: Book) -> El {
    let Book { of, new, new_action, new_text, search, empty, no_match, state, read, rows } = book;
    let all = words();
    let add = button("button primary", new_action, new_text, move || people.open(new));
    let left = move || left_out(people.cx().left_out(of));
    let number = {
        let state = state.clone();
        move || match state() {
            State::Loading => 0,
            State::Failed(_) => 1,
            State::Ready(0) => 2 + u64::from(people.cx().left_out(of)),
            State::Ready(count) => (1 << 32) + u64::from(count >= SEARCH_FROM),
        }
    };
    let content = move |number: u64| {
        Some(match number {
            0 => el("div").child(loading()).child(el("div").class("skeleton starting")),
            1 => match state() {
                State::Failed(error) => {
                    let read = read.clone();
                    notice(worded(all, &error), Some(Rc::new(move || read())))
                }
                _ => el("div"),
            },
            number if number >> 32 == 0 => nothing(nothing_in(number as u32 - 2, empty[0]), empty[1]),
            number => found(people, search, no_match, number & 1 == 1, rows.clone()),
        })
    };
    el("div").class("people-list").child(el("div").child(add)).live(left).switch(number, content)
}

fn nothing(what: &str, next: &str) -> El {
    el("div")
        .class("nothing")
        .child(icon(icon::PERSON))
        .child(el("p").child(el("strong").text(what)))
        .child(el("p").text(next))
}

fn found(people: People, search: &'static str, no_match: &'static str, has_search: bool, rows: Rows) -> El {
    let words = words().people();
    let most = Var::new(SHOWN);
    let term = people.term();
    let field = has_search.then(|| {
        text_field(TextField {
            id: "people-search",
            label: search,
            required: false,
            kind: "text",
            autocomplete: "off",
            enter: "search",
            name: Some("people_search"),
            token: None,
            value: &term.get_untracked(),
            input: Box::new(move |text| {
                most.set(SHOWN);
                term.set(clean(&text));
            }),
            left: Box::new(|| {}),
            error: Rc::new(|| None),
            count: None,
        })
    });
    let content = move || {
        let (rows, count) = rows(&term.get(), most.get());
        if count == 0 {
            return Some(el("p").class("help").text(no_match));
        }
        let shown = rows.len();
        let more = (count > shown).then(|| {
            let text = words.found(&shown.to_string(), &count.to_string());
            let more = button("button", "show-more", words.more, move || most.update(|most| *most += SHOWN));
            el("div").class("more").child(el("p").class("help").text(&text)).child(more)
        });
        Some(el("div").child(el("ul").class("people-rows").children(rows)).children(more))
    };
    el("div").class("people-found").children(field).child(el("div").attr("aria-live", "polite").live(content))
}

/// What can be done with a row.
pub(super) fn deeds(people: People, subject: Subject, title: &str) -> El {
    let words = words().people();
    let edit =
        button("button", "edit", words.edit, move || people.open(subject)).attr("aria-label", &words.edit_of(title));
    let delete = blank("button quiet", "delete", move || people.ask_to_delete(subject))
        .attr("aria-label", &words.delete_of(title))
        .child(icon(icon::REMOVE))
        .child(el("span").class("wide-only").text(words.delete));
    if people.focus().get_untracked() == Some(subject) {
        people.focus().set(None);
        edit.focus_soon();
    }
    el("div").class("deeds").child(edit).child(delete)
}

/// A button that is as quiet as a link, and says to whom it leads.
pub(super) fn link(action: &str, text: &str, name: &str, go: impl Fn() + 'static) -> El {
    blank("link", action, go).attr("aria-label", name).text(text)
}
