//! The address of each screen of a portal, behind the page's own: what a link in a mail leads to, and what a reload comes back to.

use crate::api::{AddressId, CardId, ContactId, PrintJobId};
use crate::flow::screen::{DeskPage, Screen};

/// A screen's address. The screens of a card in work have one together: a link leads to a card of one's own.
pub fn address_of(screen: Screen) -> String {
    let Screen::Desk(page) = screen else { return "#/new".to_owned() };
    let place = match page {
        DeskPage::Cart => "cart",
        DeskPage::Checkout => "checkout",
        // An order is submitted once, and is in the list from then on.
        DeskPage::Orders | DeskPage::OrderDone => "orders",
        DeskPage::Order(job) => return ["#/orders/", &job.to_string()].concat(),
        DeskPage::Account => "account",
        DeskPage::Cards => "cards",
        DeskPage::Card(card) => return ["#/cards/", &card.to_string()].concat(),
        DeskPage::Addresses => "addresses",
        DeskPage::Contacts => "contacts",
        DeskPage::Address(address) => return ["#/addresses/", &address.to_string()].concat(),
        DeskPage::Contact(contact) => return ["#/contacts/", &contact.to_string()].concat(),
    };
    ["#/", place].concat()
}

/// The screen that an address leads to; none where it is none of ours.
pub fn screen_at(address: &str) -> Option<Screen> {
    let place = address.strip_prefix("#/")?;
    let page = match place.strip_suffix('/').unwrap_or(place) {
        "new" => return Some(Screen::Templates),
        // Where an order goes is chosen by whoever comes from the cart.
        "cart" | "checkout" => DeskPage::Cart,
        "orders" => DeskPage::Orders,
        "account" => DeskPage::Account,
        "cards" => DeskPage::Cards,
        "addresses" => DeskPage::Addresses,
        "contacts" => DeskPage::Contacts,
        place => {
            let (list, number) = place.split_once('/')?;
            let number = number.parse().ok()?;
            match list {
                "cards" => DeskPage::Card(CardId(number)),
                "orders" => DeskPage::Order(PrintJobId(number)),
                "addresses" => DeskPage::Address(AddressId(number)),
                "contacts" => DeskPage::Contact(ContactId(number)),
                _ => return None,
            }
        }
    };
    Some(Screen::Desk(page))
}
