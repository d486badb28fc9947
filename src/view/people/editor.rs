//! The form of an address, or of a contact: of a new one, or of one that is saved.

use std::rc::Rc;

use crate::api::Error;
use crate::domain::address::{AddressForm, Use};
use crate::flow::people::{People, Subject, lacks_contact};
use crate::flow::{Remote, Worded, worded};
use crate::ui::Act;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::notice::{loading, notice};
use crate::ui::words;
use crate::view::address_form::{self, Purpose};

/// The form, once what it begins with is there.
pub(super) fn editor(people: People, subject: Subject) -> El {
    let all = words();
    let words = all.people();
    let title = match subject {
        Subject::Address(None) => words.new_address,
        Subject::Address(Some(_)) => words.edit_address,
        Subject::Contact(None) => words.new_contact,
        Subject::Contact(Some(_)) => words.edit_contact,
    };
    let head = el("h2").attr("tabindex", "-1").text(title);
    head.focus_soon();
    let state = move || match people.opened().get() {
        Remote::Loading => 0,
        Remote::Failed(_) => 1,
        Remote::Ready(()) => 2,
    };
    let content = move |state| {
        Some(match (state, people.opened().get_untracked()) {
            (0, _) => el("div").child(loading()).child(el("div").class("skeleton starting")),
            (1, Remote::Failed(error)) => {
                let close = button("button", "cancel", all.common().cancel, move || people.close());
                let why = notice(worded(all, &error), Some(Rc::new(move || people.read_opened())));
                el("div").child(why).child(el("div").class("actions").child(close))
            }
            _ => form(people, subject),
        })
    };
    el("div").class("people-editor").child(head).switch(state, content)
}

fn form(people: People, subject: Subject) -> El {
    let all = words();
    let of = subject.form_use();
    let form = people.form();
    // Said before it is done, and above what is to be filled in for it.
    let replaces = form.with_untracked(|form| of == Use::Saved && !AddressForm::had_contact(form)).then(|| {
        let told = Worded::of(all.people().replaces, all.people().replaces_next);
        el("div").class("notice").child(el("p").child(el("strong").text(&told.what))).child(el("p").text(&told.next))
    });
    let cancel = button("button", "cancel", all.common().cancel, move || people.close());
    let busy = people.busy();
    let drawn = address_form::form(Purpose {
        of,
        directory: (of == Use::Saved).then(|| people.directory()),
        form,
        entered: Rc::new(move |entry| people.entered(entry)),
        send: Rc::new(move || people.save()),
        busy: Rc::new(move || busy.get()),
        text: Rc::new(move || if busy.get() { all.people().saving } else { all.people().save }),
        action: "save",
        trouble: Box::new(move || people.failed().get().map(|error| trouble(people, &error))),
        beside: Some(cancel),
    });
    el("div").class("people-form").children(replaces).child(drawn)
}

/// Why it was not saved, and what to do.
fn trouble(people: People, error: &Error) -> El {
    let all = words();
    let words = all.people();
    let as_new = |what, next| {
        notice(Worded::of(what, next), None)
            .child(button("button", "save-as-new", words.save_as_new, move || people.save_as_new()))
    };
    match error {
        error if lacks_contact(error) => as_new(words.lost_contact, words.lost_contact_next),
        Error::NotFound { .. } => as_new(words.gone_meanwhile, words.gone_meanwhile_next),
        Error::NotAcceptable { .. } | Error::Refused { .. } => {
            let said = error.words().to_vec();
            notice(Worded { said, ..Worded::of(words.not_acceptable, words.not_acceptable_next) }, None)
        }
        error => {
            let again: Act = Rc::new(move || people.save());
            notice(worded(all, error), Some(again))
        }
    }
}
