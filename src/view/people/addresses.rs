//! The saved addresses: each as on an envelope, with the contact who receives there.

use std::rc::Rc;

use super::list::{self, Book, State, link};
use crate::api::{Address, Contact};
use crate::domain::address::{in_order, lines_of, matches, name_of, title_of};
use crate::flow::people::{People, Subject};
use crate::flow::{Listing, Remote};
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::fold::fold;
use crate::ui::icon::{self, icon};
use crate::ui::words;

/// The list.
pub(super) fn list(people: People) -> El {
    let all = words();
    let known = people.directory().addresses();
    let state = move || match known.get() {
        Remote::Loading => State::Loading,
        Remote::Failed(error) => State::Failed(error),
        Remote::Ready(list) => State::Ready(list.len()),
    };
    let rows = move |term: &str, most: usize| {
        let list = known.with(|list| list.ready().cloned()).unwrap_or_else(|| Rc::from([]));
        let is_found =
            |address: &Address| matches(address, term, fold) && !people.is_going(Subject::Address(Some(address.id)));
        let found: Vec<Address> = list.iter().filter(|address| is_found(address)).cloned().collect();
        let count = found.len();
        let rows = in_order(&found, fold).iter().take(most).map(|address| row(people, address)).collect();
        (rows, count)
    };
    let words = all.people();
    list::list(
        people,
        Book {
            of: Listing::Addresses,
            new: Subject::Address(None),
            new_action: "new-address",
            new_text: words.new_address,
            search: all.checkout().search_addresses,
            empty: [words.no_addresses, words.no_addresses_next],
            no_match: all.checkout().no_match,
            state: Rc::new(state),
            read: Rc::new(move || people.read_addresses()),
            rows: Rc::new(rows),
        },
    )
}

fn row(people: People, address: &Address) -> El {
    let all = words();
    let subject = Subject::Address(Some(address.id));
    let title = title_of(address);
    let primary = address.primary.then(|| el("span").class("badge").text(all.checkout().primary));
    let head = el("h2").child(el("span").text(&title)).children(primary);
    // Who receives there stands by itself below.
    let place = Address { contact: None, ..address.clone() };
    let lines = lines_of(&place).into_iter().filter(|line| *line != title);
    let lines = el("p").class("address-lines").children(lines.map(|line| el("span").text(&line)));
    let text = el("div").class("named").child(head).child(lines).child(receiver(people, address));
    el("li")
        .class("people-row")
        .attr("data-address", &address.id.to_string())
        .child(text)
        .child(list::deeds(people, subject, &title))
}

/// Who receives there, and the way to them.
fn receiver(people: People, address: &Address) -> El {
    let words = words().people();
    let Some(id) = address.contact_id else {
        let subject = Subject::Address(Some(address.id));
        let told = el("p").class("error").child(icon(icon::WARNING)).child(el("span").text(words.no_contact));
        let link = button("button", "link-contact", words.link_contact, move || people.open(subject));
        return el("div").class("no-contact").child(told).child(link);
    };
    let known = people.directory().contacts().with_untracked(|list| {
        list.ready()?.iter().find(|contact| contact.id == id).map(|contact: &Contact| contact.details.clone())
    });
    let details = address.contact.clone().or(known);
    let name = details.as_ref().map_or_else(|| id.to_string(), |details| name_of(details).to_owned());
    let open = link("open-contact", &name, &words.open_contact(&name), move || {
        people.open(Subject::Contact(Some(id)));
    });
    el("p").class("help").child(el("span").text(words.contact)).text(": ").child(open)
}
