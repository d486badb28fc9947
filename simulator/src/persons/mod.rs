//! Persons: what they do on each screen, by chance, where its buttons let them.

mod access;
mod card;
mod cart;
mod checkout;
mod deed;
mod desk;
mod ending;
mod kiosk;
mod people;
mod picture;
mod quiet;
mod register;

pub(crate) use deed::{Deed, Did};
pub(crate) use desk::NUMBER;

use std::cell::RefCell;
use std::rc::Rc;

use instant_card::api::PrintJobId;
use instant_card::domain::config::Mode;
use instant_card::flow::{DeskPage, Screen};

use crate::book::Book;
use crate::dice::Dice;
use crate::server::Server;
use crate::tab::Tab;

/// What a walk's persons are mostly after, in percent of what they do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bent {
    /// How often they go elsewhere than where they are.
    pub(crate) restless: u64,
    /// How often a button is pressed twice.
    pub(crate) double: u64,
    /// To where they go mostly: a card, the cart, the account.
    pub(crate) towards: [u32; 3],
    /// Whether they do only what a screen has a control for, each time when all is quiet.
    pub(crate) is_by_hand: bool,
    /// Whether they go for pictures as the screens offer it: to the camera, the pad, or a file.
    pub(crate) takes_pictures: bool,
    /// Whether the page has a provider of tokens, which may be slow, silent, or have none.
    pub(crate) has_provider: bool,
    /// Whether they are staff, at work on cards that are there, contacts and addresses.
    pub(crate) is_staff: bool,
    /// Whether these mostly correct the same card, all of them.
    pub(crate) is_at_one: bool,
    /// Whether they are at a kiosk that signs for them itself.
    pub(crate) is_enrolled: bool,
}

/// A person before a screen.
pub(crate) struct Person<'a> {
    pub(crate) tab: &'a Tab,
    pub(crate) book: &'a RefCell<Book>,
    pub(crate) server: &'a Rc<Server>,
    pub(crate) dice: Dice,
    pub(crate) bent: Bent,
}

impl Person<'_> {
    /// Does one thing that the screen offers.
    pub(crate) fn act(&mut self) -> Did {
        let app = self.tab.app;
        if self.tab.is_asked() {
            return self.asked();
        }
        let screen = app.cx().screen().get_untracked();
        match screen {
            Screen::SignIn => return self.signs_in(true),
            Screen::NoAccess => return self.has_no_access(),
            Screen::Starting => return "waits for the widget".into(),
            Screen::NotStarted => {
                app.enter();
                return "tries again to start".into();
            }
            _ => {}
        }
        if app.cx().mode() == Mode::Kiosk
            && let Some(did) = self.at_kiosk()
        {
            return did;
        }
        // The bar is there once it is known whose it is.
        let has_bar = self.tab.is_portal() && app.cx().organization().get_untracked().is_some();
        let restless = if self.bent.is_at_one { self.bent.restless / 4 } else { self.bent.restless };
        if has_bar && self.dice.percent(restless) {
            return self.goes_elsewhere();
        }
        if has_bar && self.bent.is_at_one && !self.is_at_card(screen) && self.dice.percent(60) {
            return self.goes_to_page(DeskPage::Cards);
        }
        match screen {
            Screen::Templates => self.chooses(),
            Screen::CardForm => self.fills_in(),
            Screen::Preview => self.looks_at_preview(),
            Screen::Ending => self.ends_journey(),
            Screen::Done => self.has_a_card(),
            Screen::Desk(page) if !self.tab.has(page) => self.waits_for_desk(),
            Screen::Desk(DeskPage::Cart) => self.in_cart(),
            Screen::Desk(DeskPage::Checkout) => self.checks_out(),
            Screen::Desk(DeskPage::OrderDone) => self.has_ordered(),
            Screen::Desk(DeskPage::Orders) => self.looks_at_orders(),
            Screen::Desk(DeskPage::Order(job)) => self.looks_at_order(job),
            Screen::Desk(DeskPage::Account) => self.looks_at_account(),
            Screen::Desk(
                page @ (DeskPage::Addresses | DeskPage::Contacts | DeskPage::Address(_) | DeskPage::Contact(_)),
            ) => self.is_at_people(page),
            Screen::Desk(DeskPage::Cards | DeskPage::Card(_)) if !self.bent.is_staff => self.goes_on_after_conflict(),
            Screen::Desk(DeskPage::Cards) => self.looks_at_cards(),
            Screen::Desk(DeskPage::Card(card)) => self.looks_at_card(card),
            Screen::Photo(index) => self.crops(index),
            Screen::Camera(index) => self.is_at_camera(index),
            Screen::Signature(index) => self.signs(index),
            _ => {
                app.card().edit();
                Deed::GoToDetails.told("back to the form")
            }
        }
    }

    /// Whether a card that is at the server is in work, or being looked for.
    fn is_at_card(&self, screen: Screen) -> bool {
        let draft = self.tab.app.card().draft().get_untracked();
        match screen {
            Screen::Desk(page) => matches!(page, DeskPage::Cards | DeskPage::Card(_)),
            Screen::CardForm | Screen::Preview => draft.is_some_and(|draft| draft.card().is_some()),
            _ => false,
        }
    }

    fn waits_for_desk(&mut self) -> Did {
        if self.tab.desk_failed.get() {
            self.tab.fetch_desk();
            return "tries again to fetch the desk".into();
        }
        "waits for the desk".into()
    }

    fn goes_elsewhere(&mut self) -> Did {
        if self.bent.is_staff && self.dice.percent(if self.bent.is_at_one { 95 } else { 75 }) {
            return self.goes_to_work();
        }
        let [card, cart, account] = self.bent.towards;
        let way = self.dice.weighed(&[(card, 0), (cart, 1), (account, 2), (8, 3), (5, 4), (2, 5)]);
        match way {
            Some(0) => {
                self.goes_to_card();
                Deed::GoTo { place: "make-card" }.told("to the card")
            }
            Some(1) => self.goes_to(DeskPage::Cart),
            Some(2) => self.goes_to(DeskPage::Account),
            Some(3) => self.goes_to(DeskPage::Orders),
            Some(4) => self.knows_of_finding(),
            _ => self.signs_out(),
        }
    }

    /// Goes to one of the places in the bar.
    pub(crate) fn goes_to(&self, page: DeskPage) -> Did {
        self.tab.app.go_to_desk(page);
        let (place, words) = match page {
            DeskPage::Account => ("open-account", "to the account"),
            DeskPage::Orders => ("open-orders", "to the orders"),
            _ => ("open-cart", "to the cart"),
        };
        Deed::GoTo { place }.told(words)
    }

    pub(super) fn goes_to_card(&mut self) {
        let app = self.tab.app;
        if app.card().is_finalized() == Some(true) {
            self.drops_card();
        }
        app.templates().to_card();
    }

    fn knows_of_finding(&mut self) -> Did {
        let app = self.tab.app;
        // They stand over the screens of the desk.
        if !app.desk_is_there() || !matches!(app.cx().screen().get_untracked(), Screen::Desk(_)) {
            return "looks around".into();
        }
        let audits = app.desk().audits();
        match audits.findings().get_untracked().first() {
            Some(told) => {
                audits.dismiss(told);
                Deed::DismissFinding.told("knows of what was found")
            }
            None => "looks around".into(),
        }
    }

    /// Presses a button, now and then twice: whether it was.
    fn press(&mut self, button: impl Fn()) -> bool {
        button();
        let twice = self.dice.percent(self.bent.double);
        if twice {
            button();
        }
        twice
    }

    /// How it is told that a button was pressed twice.
    fn doubled(twice: bool) -> &'static str {
        if twice { " (double click)" } else { "" }
    }

    fn opens_order(&mut self, job: PrintJobId) -> Did {
        self.tab.app.cx().go(Screen::Desk(DeskPage::Order(job)));
        Deed::OpenOrder { job: job.0 }.told(format!("opens order {job}"))
    }
}
