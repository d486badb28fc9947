//! The contacts: who they are, how to reach them, and at which addresses they receive.

use std::rc::Rc;

use super::list::{self, Book, State, link};
use crate::api::{Address, Contact};
use crate::domain::address::{contact_matches, contacts_in_order, name_of, title_of};
use crate::flow::people::{People, Subject};
use crate::flow::{Listing, Remote};
use crate::ui::button::blank;
use crate::ui::dom::{El, el};
use crate::ui::fold::fold;
use crate::ui::icon::{self, icon};
use crate::ui::words;

/// The list.
pub(super) fn list(people: People) -> El {
    let words = words().people();
    let known = people.directory().contacts();
    let state = move || match known.get() {
        Remote::Loading => State::Loading,
        Remote::Failed(error) => State::Failed(error),
        Remote::Ready(list) => State::Ready(list.len()),
    };
    let rows = move |term: &str, most: usize| {
        let list = known.with(|list| list.ready().cloned()).unwrap_or_else(|| Rc::from([]));
        let is_found = |contact: &Contact| {
            contact_matches(contact, term, fold) && !people.is_going(Subject::Contact(Some(contact.id)))
        };
        let found: Vec<Contact> = list.iter().filter(|contact| is_found(contact)).cloned().collect();
        let count = found.len();
        let rows = contacts_in_order(&found, fold).iter().take(most).map(|contact| row(people, contact)).collect();
        (rows, count)
    };
    list::list(
        people,
        Book {
            of: Listing::Contacts,
            new: Subject::Contact(None),
            new_action: "new-contact",
            new_text: words.new_contact,
            search: words.search_contacts,
            empty: [words.no_contacts, words.no_contacts_next],
            no_match: words.no_match,
            state: Rc::new(state),
            read: Rc::new(move || people.directory().read_contacts()),
            rows: Rc::new(rows),
        },
    )
}

fn row(people: People, contact: &Contact) -> El {
    let words = words().people();
    let details = &contact.details;
    let name = name_of(details).to_owned();
    // The first ones, then the others.
    let mails = [Some(&details.email), details.alt_email.as_ref()];
    let phones = [details.phone_number.as_ref(), details.alt_phone_number.as_ref()];
    let known = |text: Option<&String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let line = |texts: [Option<&String>; 2]| {
        let texts: Vec<String> = texts.into_iter().filter_map(known).filter(|text| *text != name).collect();
        (!texts.is_empty()).then(|| el("p").class("help").attr("dir", "ltr").text(&texts.join(" · ")))
    };
    let (mails, phones) = (line(mails), line(phones));
    let text = el("div").class("named").child(el("h2").text(&name)).children(mails).children(phones);
    let id = contact.id;
    let add = blank("button quiet", "add-address", move || people.add_address_of(id))
        .attr("aria-label", &words.add_address_of(&name))
        .child(icon(icon::PLUS))
        .child(el("span").text(words.add_address));
    let text = text.children(addresses(people, &contact.addresses)).child(el("div").child(add));
    el("li").class("people-row").attr("data-contact", &id.to_string()).child(text).child(list::deeds(
        people,
        Subject::Contact(Some(id)),
        &name,
    ))
}

fn addresses(people: People, addresses: &[Address]) -> Option<El> {
    let words = words().people();
    let links = addresses.iter().map(|address| {
        let (id, title) = (address.id, title_of(address));
        let open = link("open-address", &title, &words.open_address(&title), move || {
            people.open(Subject::Address(Some(id)));
        });
        el("li").child(open)
    });
    let list = el("ul").children(links);
    (!addresses.is_empty())
        .then(|| el("div").class("help places-of").child(el("span").text(words.its_addresses)).child(list))
}
