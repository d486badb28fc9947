//! Where in the widget a person is.

use crate::api::{AddressId, CardId, ContactId, PrintJobId};

/// Which screen there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The sign-in form.
    SignIn,
    /// The page has to supply a token and has not.
    NoAccess,
    /// Signed in, while the code of what follows is fetched.
    Starting,
    /// It could not be fetched.
    NotStarted,
    /// The choice of a template.
    Templates,
    /// The form of the card in work.
    CardForm,
    /// The crop of the picture in field number so and so.
    Photo(usize),
    /// The camera, for field number so and so.
    Camera(usize),
    /// The signature of field number so and so.
    Signature(usize),
    /// The server's preview of the card in work.
    Preview,
    /// Where a person's own card goes on to the cart, or to an order.
    Ending,
    /// The card is finished.
    Done,
    /// What comes of finalized cards.
    Desk(DeskPage),
    /// Nobody is at the kiosk.
    Attract,
}

/// The screens of what comes of finalized cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeskPage {
    /// The cart.
    Cart,
    /// The checkout.
    Checkout,
    /// An order was submitted.
    OrderDone,
    /// The orders.
    Orders,
    /// One order.
    Order(PrintJobId),
    /// The account.
    Account,
    /// All cards.
    Cards,
    /// One card.
    Card(CardId),
    /// The saved addresses.
    Addresses,
    /// The contacts.
    Contacts,
    /// One saved address.
    Address(AddressId),
    /// One contact.
    Contact(ContactId),
}

impl Screen {
    /// A number for each screen, by which one is told from another; those of the first WASM file come before the rest.
    pub fn number(self) -> u64 {
        match self {
            Screen::SignIn => 0,
            Screen::NoAccess => 1,
            Screen::Starting => 2,
            Screen::NotStarted => 3,
            Screen::Templates => 4,
            Screen::CardForm => 5,
            Screen::Preview => 6,
            Screen::Done => 7,
            Screen::Desk(DeskPage::Cart) => 8,
            Screen::Desk(DeskPage::Checkout) => 9,
            Screen::Desk(DeskPage::OrderDone) => 10,
            Screen::Desk(DeskPage::Orders) => 11,
            Screen::Desk(DeskPage::Account) => 12,
            Screen::Attract => 13,
            Screen::Ending => 14,
            Screen::Desk(DeskPage::Cards) => 15,
            Screen::Desk(DeskPage::Addresses) => 16,
            Screen::Desk(DeskPage::Contacts) => 17,
            Screen::Photo(field) => 24 + 3 * field as u64,
            Screen::Camera(field) => 25 + 3 * field as u64,
            Screen::Signature(field) => 26 + 3 * field as u64,
            // No template has that many fields.
            Screen::Desk(DeskPage::Order(job)) => (1 << 32) + job.0,
            Screen::Desk(DeskPage::Card(card)) => (1 << 33) + card.0,
            Screen::Desk(DeskPage::Address(address)) => (1 << 34) + address.0,
            Screen::Desk(DeskPage::Contact(contact)) => (1 << 35) + contact.0,
        }
    }

    /// By which number it is drawn: one of the cards is drawn beside all of them.
    pub fn drawn(self) -> u64 {
        match self.number() {
            card if card >> 33 > 0 => Screen::Desk(DeskPage::Cards).number(),
            number => number,
        }
    }

    /// The screen with a number; of those behind the sign-in form, the first where it is none of theirs.
    pub fn of(number: u64) -> Screen {
        match number {
            5 => Screen::CardForm,
            6 => Screen::Preview,
            7 => Screen::Done,
            8 => Screen::Desk(DeskPage::Cart),
            9 => Screen::Desk(DeskPage::Checkout),
            10 => Screen::Desk(DeskPage::OrderDone),
            11 => Screen::Desk(DeskPage::Orders),
            12 => Screen::Desk(DeskPage::Account),
            13 => Screen::Attract,
            14 => Screen::Ending,
            15 => Screen::Desk(DeskPage::Cards),
            16 => Screen::Desk(DeskPage::Addresses),
            17 => Screen::Desk(DeskPage::Contacts),
            0..24 => Screen::Templates,
            contact if contact >> 35 > 0 => Screen::Desk(DeskPage::Contact(ContactId(contact - (1 << 35)))),
            address if address >> 34 > 0 => Screen::Desk(DeskPage::Address(AddressId(address - (1 << 34)))),
            card if card >> 33 > 0 => Screen::Desk(DeskPage::Card(CardId(card - (1 << 33)))),
            job if job >> 32 > 0 => Screen::Desk(DeskPage::Order(PrintJobId(job - (1 << 32)))),
            field => {
                let index = (field as usize - 24) / 3;
                match (field - 24) % 3 {
                    0 => Screen::Photo(index),
                    1 => Screen::Camera(index),
                    _ => Screen::Signature(index),
                }
            }
        }
    }
}
