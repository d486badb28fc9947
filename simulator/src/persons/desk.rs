//! The orders and the account.

use instant_card::api::{JobFilter, Payment, PrintJobId};
use instant_card::domain::money::Money;
use instant_card::domain::top_up::{Fate, TopUp, Why};
use instant_card::flow::orders::Known;
use instant_card::flow::{DeskPage, Remote};

use super::{Did, Person};

/// The vendor's published test card: nothing that the page is told may have it.
pub(crate) const NUMBER: &str = "4242424242424242";
const DECLINED: &str = "4000000000000002";

impl Person<'_> {
    pub(super) fn has_ordered(&mut self) -> Did {
        let app = self.tab.app;
        if self.dice.percent(30) {
            app.go_to_desk(DeskPage::Orders);
            return "to the orders".into();
        }
        if self.dice.percent(50) {
            app.go_to_desk(DeskPage::Cart);
            return "to the cart".into();
        }
        self.drops_card();
        app.templates().new_card();
        "makes another card".into()
    }

    pub(super) fn looks_at_orders(&mut self) -> Did {
        let orders = self.tab.app.books().orders();
        let which = orders.which().get_untracked();
        let list = orders.list(which).get_untracked();
        if list.busy {
            return "waits for the orders".into();
        }
        let known = list.known.unwrap_or_default();
        let jobs: Vec<PrintJobId> = known.entries().iter().map(|entry| entry.job.id).collect();
        match self.dice.weighed(&[
            (3, 0),
            (2, 1),
            (if known.more() { 3 } else { 0 }, 2),
            (if jobs.is_empty() { 0 } else { 6 }, 3),
            (3, 4),
        ]) {
            Some(0) => {
                orders.read_again(which);
                "reads the orders again".into()
            }
            Some(1) => {
                let other = if which == JobFilter::Open { JobFilter::Submitted } else { JobFilter::Open };
                orders.which().set(other);
                orders.read_again(other);
                "looks at the other list".into()
            }
            Some(2) => {
                orders.read_on(which, Box::new(|| true));
                "reads on".into()
            }
            Some(3) => match self.dice.pick(&jobs).copied() {
                Some(job) => self.opens_order(job),
                None => "looks at the orders".into(),
            },
            _ => {
                self.tab.app.go_to_desk(DeskPage::Cart);
                "to the cart".into()
            }
        }
    }

    pub(super) fn looks_at_order(&mut self, job: PrintJobId) -> Did {
        let orders = self.tab.app.books().orders();
        let Some((order, outcome)) = self.tab.order.get() else { return "looks at an order".into() };
        let known = match order.known.get_untracked() {
            Known::Order(job, _) => Some(job),
            _ => None,
        };
        if let Some(known) = known
            && self.dice.percent(40)
        {
            if orders.again().get_untracked().is_some() {
                return "waits for the cards of the order".into();
            }
            let mut book = self.book.borrow_mut();
            book.open.extend(known.card_ids.iter().map(|card| card.0));
            drop(book);
            orders.order_again(&known, outcome);
            return format!("orders {job} again");
        }
        if self.dice.percent(30) {
            order.read();
            return "reads the order again".into();
        }
        orders.back_from(job);
        "back to the orders".into()
    }

    pub(super) fn looks_at_account(&mut self) -> Did {
        let desk = self.tab.app.desk();
        if let Remote::Failed(_) = desk.account().balance().now().get_untracked() {
            desk.account().read_balance();
            return "tries again to read the balance".into();
        }
        if self.dice.percent(75) {
            desk.account().is_adding().set(true);
            return self.pays();
        }
        desk.account().read_transactions();
        self.tab.app.go_to_desk(DeskPage::Cart);
        "to the cart".into()
    }

    /// Fills in the form for funds and sends it, or does what it offers instead.
    pub(super) fn pays(&mut self) -> Did {
        let funds = self.tab.app.books().funds();
        if !funds.takes_payments() {
            return "may not pay this way".into();
        }
        let payment = funds.payment().get_untracked();
        if payment.as_ref().is_some_and(TopUp::is_busy) {
            return "waits for the payment".into();
        }
        if payment.as_ref().is_some_and(|payment| matches!(payment.fate(), Fate::Stopped(Why::Unknown(_)))) {
            self.press(|| funds.check_again());
            return "looks again for the payment".into();
        }
        if payment.as_ref().is_some_and(|payment| payment.fate() == &Fate::Added) {
            funds.is_seen().set(true);
        }
        // The same amount, mostly: two people may pay it at once.
        let dollars = self.dice.pick(&[50_i64, 50, 120]).copied().unwrap_or(50);
        let amount = Money::usd(dollars * 100);
        funds.typed().update(|typed| {
            typed[0] = dollars.to_string();
            typed[4] = format!("Holder t{}w{}", self.tab.number, self.tab.who.get());
        });
        let number = if self.dice.percent(12) { DECLINED } else { NUMBER };
        let payment = Payment {
            amount: amount.plain(),
            number: number.to_owned(),
            exp_month: "06".to_owned(),
            exp_year: "2029".to_owned(),
            cvc: "424".to_owned(),
            full_name: "InstantCard API".to_owned(),
            billing_address1: "418 Highland Rd.".to_owned(),
            billing_address2: None,
            billing_country: "USA".to_owned(),
            billing_city: "Feasterville".to_owned(),
            billing_state: "PA".to_owned(),
            billing_zip_code: "19053".to_owned(),
        };
        self.book.borrow_mut().may_pay.insert(self.tab.number, 1);
        let twice = self.press(|| funds.pay(amount, payment.clone()));
        format!("adds ${dollars}{twice}")
    }
}
