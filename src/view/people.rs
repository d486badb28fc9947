//! The way to people and places: the contacts, and the saved addresses.
//!
//! Like [`super::cards`], a cut: all of it is a WASM file of its own, fetched when one goes there. Only [`Folk`] is known on this
//! side of it.

mod addresses;
mod contacts;
mod editor;
mod list;
mod question;

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::on_cleanup;
use wasm_bindgen::JsCast;

use super::part;
use super::staying::ask_while;
use crate::flow::app::{Fetched, NotFetched};
use crate::flow::directory::PeopleDeeds;
use crate::flow::people::{PEOPLE_DEEDS, Said, Subject};
use crate::flow::{App, DeskPage, People, Worded, worded};
use crate::ui::button::button;
use crate::ui::dom::{El, el, listen};
use crate::ui::heading::heading;
use crate::ui::keys::Keys;
use crate::ui::notice::notice;
use crate::ui::one_click::once;
use crate::ui::words;

/// What the files before call of this one.
struct Folk {
    /// What is done there.
    deeds: &'static PeopleDeeds,
    /// Has the page not be left without a word while something is typed.
    connect: fn(App),
    /// Draws a screen.
    draw: fn(App, DeskPage) -> El,
}

static FOLK: Folk = Folk {
    deeds: &PEOPLE_DEEDS,
    connect: |app| {
        let people = app.people();
        ask_while(app.cx(), Box::new(move || people.is_unsaved()));
        app.cx().keep(|| {
            if let Some(window) = web_sys::window() {
                listen(window.unchecked_ref(), "pagehide", Box::new(move |_| people.settle()));
            }
        });
    },
    draw: |app, page| once(screen_of(app, page)),
};

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(people, fallible)]
fn fetch() -> Result<&'static Folk, NotFetched> {
    Ok(&FOLK)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<&'static Folk, NotFetched> {
    Ok(&FOLK)
}

thread_local! {
    /// What was fetched, for all widgets of the page.
    static THERE: Cell<Option<&'static Folk>> = const { Cell::new(None) };
}

/// Fetches it, for this widget too.
fn load(app: App) -> Fetched<PeopleDeeds> {
    Box::pin(async move {
        let folk = fetch().await?;
        THERE.set(Some(folk));
        (folk.connect)(app);
        Ok(folk.deeds)
    })
}

/// One of the two screens, drawn once they are there.
pub(super) fn screen(app: App, page: DeskPage) -> El {
    let name = if list_of(page) == DeskPage::Contacts { "contacts" } else { "addresses" };
    let drawn = move || THERE.get().filter(|_| app.desk().directory().has_people()).map(|folk| (folk.draw)(app, page));
    part::screen(app.cx(), name, Box::new(drawn), Rc::new(move || Box::pin(app.desk().directory().fetch_people(load))))
}

/// The screen of all that are like what a screen shows.
fn list_of(page: DeskPage) -> DeskPage {
    Subject::at(page).map_or(page, Subject::list)
}

fn screen_of(app: App, page: DeskPage) -> El {
    let people = app.people();
    people.enter(page);
    on_cleanup(move || people.leave(page));
    let all = words();
    let words = all.people();
    let list = list_of(page);
    let (name, title, hint) = match list {
        DeskPage::Contacts => ("contacts", words.contacts, words.contacts_hint),
        _ => ("addresses", words.addresses, words.addresses_hint),
    };
    let edited = move || people.edited_at(page).map_or(0, |edited| 1 + u64::from(edited.is_saved()));
    // The form takes the focus itself, and so does the row that one comes back to.
    let moved = page == list && app.cx().moved().get_untracked() && people.focus().get_untracked().is_none();
    let content = move |edited| {
        Some(match people.edited().get_untracked() {
            Some(subject) if edited > 0 => editor::editor(people, subject),
            _ => match list {
                DeskPage::Contacts => contacts::list(people),
                _ => addresses::list(people),
            },
        })
    };
    let (search, new) = match list {
        DeskPage::Contacts => (words.search_contacts, ("n", "[data-action=new-contact]", words.new_contact)),
        _ => (all.checkout().search_addresses, ("n", "[data-action=new-address]", words.new_address)),
    };
    let keys = Keys::new(&[("/", "[name=people_search]", search), new]);
    let page = el("section")
        .class("desk people")
        .attr("data-screen", name)
        .child(heading(title, hint, moved))
        .child(el("div").class("people-top").child(views(app, list)).child(keys.button()))
        .child(el("div").attr("role", "status").live(move || said(people)))
        .child(undo(people))
        .live(move || undeleted(people))
        .switch(edited, content)
        .switch(move || people.asks().with(Option::is_some).into(), move |_| question::question(people));
    keys.work_in(page)
}

/// The way between contacts and addresses.
fn views(app: App, page: DeskPage) -> El {
    let words = words().people();
    let view = |to, action, text| {
        let here = (page == to).then_some("page");
        button("view", action, text, move || app.go_to_desk(to)).attr_opt("aria-current", here)
    };
    el("nav")
        .class("views")
        .attr("aria-label", words.people)
        .child(view(DeskPage::Contacts, "open-contacts", words.contacts))
        .child(view(DeskPage::Addresses, "open-addresses", words.addresses))
}

/// What became of the last thing that was done.
fn said(people: People) -> Option<El> {
    let words = words().people();
    let is_contact = matches!(people.focus().get_untracked(), Some(Subject::Contact(_)));
    let (class, text) = match people.said().get()? {
        Said::Saved => ("notice success", words.saved),
        Said::Twice if is_contact => ("notice", words.contact_twice),
        Said::Twice => ("notice", words.address_twice),
        Said::OldStays => ("notice", words.old_stays),
        Said::Gone => ("notice", words.gone),
    };
    Some(el("p").class(class).text(text))
}

/// What was deleted last, for as long as it can be undone; it takes the focus of the row that has gone.
fn undo(people: People) -> El {
    let words = words().people();
    let shown = move || people.held().with(Option::is_some).into();
    let content = move |shown: u64| {
        let held = people.held().get_untracked().filter(|_| shown == 1)?;
        let undo = button("button", "undo", words.undo, move || people.undo());
        undo.focus_soon();
        Some(el("div").class("notice undo").child(el("p").text(&words.deleted(&held.title))).child(undo))
    };
    el("div").class("undo-place").attr("role", "status").switch(shown, content)
}

/// What could not be deleted, and why.
fn undeleted(people: People) -> Option<El> {
    let all = words();
    let (held, error) = people.undeleted().get()?;
    let why = worded(all, &error);
    let what = [&all.people().not_deleted(&held.title), " ", &why.what].concat();
    Some(notice(Worded { what, ..why }, Some(Rc::new(move || people.delete_again()))))
}
