//! Persons: what they do on each screen, by chance, where its buttons let them.

mod access;
mod card;
mod cart;
mod checkout;
mod desk;
mod quiet;

pub(crate) use access::PASSWORD;
pub(crate) use desk::NUMBER;

use std::cell::RefCell;
use std::rc::Rc;

use instant_card::api::PrintJobId;
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
}

/// A person before a screen.
pub(crate) struct Person<'a> {
    pub(crate) tab: &'a Tab,
    pub(crate) book: &'a RefCell<Book>,
    pub(crate) server: &'a Rc<Server>,
    pub(crate) dice: Dice,
    pub(crate) bent: Bent,
}

/// What was done, for whoever reads the walk.
pub(crate) type Did = String;

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
        if self.tab.is_portal() && self.dice.percent(self.bent.restless) {
            return self.goes_elsewhere();
        }
        match screen {
            Screen::Templates => self.chooses(),
            Screen::CardForm => self.fills_in(),
            Screen::Preview => self.looks_at_preview(),
            Screen::Done => self.has_a_card(),
            Screen::Desk(page) if !self.tab.has(page) => self.waits_for_desk(),
            Screen::Desk(DeskPage::Cart) => self.in_cart(),
            Screen::Desk(DeskPage::Checkout) => self.checks_out(),
            Screen::Desk(DeskPage::OrderDone) => self.has_ordered(),
            Screen::Desk(DeskPage::Orders) => self.looks_at_orders(),
            Screen::Desk(DeskPage::Order(job)) => self.looks_at_order(job),
            Screen::Desk(DeskPage::Account) => self.looks_at_account(),
            _ => {
                app.card().edit();
                "back to the form".into()
            }
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
        let app = self.tab.app;
        let [card, cart, account] = self.bent.towards;
        let way = self.dice.weighed(&[(card, 0), (cart, 1), (account, 2), (8, 3), (5, 4), (2, 5)]);
        match way {
            Some(0) => {
                self.goes_to_card();
                "to the card".into()
            }
            Some(1) => {
                app.go_to_desk(DeskPage::Cart);
                "to the cart".into()
            }
            Some(2) => {
                app.go_to_desk(DeskPage::Account);
                "to the account".into()
            }
            Some(3) => {
                app.go_to_desk(DeskPage::Orders);
                "to the orders".into()
            }
            Some(4) => self.knows_of_finding(),
            _ => self.signs_out(),
        }
    }

    fn goes_to_card(&mut self) {
        let app = self.tab.app;
        if app.card().is_finalized() == Some(true) {
            self.drops_card();
        }
        app.templates().to_card();
    }

    fn knows_of_finding(&mut self) -> Did {
        if !self.tab.app.desk_is_there() {
            return "looks around".into();
        }
        let audits = self.tab.app.desk().audits();
        if let Some(told) = audits.findings().get_untracked().first() {
            audits.dismiss(told);
        }
        "knows of what was found".into()
    }

    /// Presses a button, now and then twice.
    fn press(&mut self, button: impl Fn()) -> &'static str {
        button();
        if self.dice.percent(self.bent.double) {
            button();
            return " (double click)";
        }
        ""
    }

    fn opens_order(&mut self, job: PrintJobId) -> Did {
        self.tab.app.cx().go(Screen::Desk(DeskPage::Order(job)));
        format!("opens order {job}")
    }
}
