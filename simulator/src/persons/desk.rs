//! The orders and the account.

use instant_card::api::{JobFilter, Payment, PrintJobId};
use instant_card::domain::money::Money;
use instant_card::domain::top_up::{Fate, TopUp, Why};
use instant_card::flow::orders::Known;
use instant_card::flow::{DeskPage, Remote};

use super::{Deed, Did, Person};

/// The vendor's published test card: nothing that the page is told may have it.
pub(crate) const NUMBER: &str = "4242424242424242";
const DECLINED: &str = "4000000000000002";

impl Person<'_> {
    pub(super) fn has_ordered(&mut self) -> Did {
        let app = self.tab.app;
        if self.dice.percent(30) {
            return self.goes_to(DeskPage::Orders);
        }
        if self.dice.percent(50) {
            return self.goes_to(DeskPage::Cart);
        }
        self.drops_card();
        app.templates().new_card();
        Deed::NewCard.told("makes another card")
    }

    pub(super) fn looks_at_orders(&mut self) -> Did {
        let orders = self.tab.app.books().orders();
        let which = orders.which().get_untracked();
        let list = orders.list(which).get_untracked();
        if list.busy {
            return "waits for the orders".into();
        }
        if self.bent.is_by_hand && list.failed.is_some() {
            if list.is_on {
                orders.read_on(which, Box::new(|| true))
            } else {
                orders.read_again(which)
            };
            return Deed::Retry { of: "orders" }.told("tries again to read the orders");
        }
        let known = list.known.unwrap_or_default();
        let jobs: Vec<PrintJobId> = known.entries().iter().map(|entry| entry.job.id).collect();
        match self.dice.weighed(&[
            (if self.bent.is_by_hand { 0 } else { 3 }, 0),
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
                Deed::ShowOrders { are_open: other == JobFilter::Open }.told("looks at the other list")
            }
            Some(2) => {
                orders.read_on(which, Box::new(|| true));
                Deed::ReadOn.told("reads on")
            }
            Some(3) => match self.dice.pick(&jobs).copied() {
                Some(job) => self.opens_order(job),
                None => "looks at the orders".into(),
            },
            _ => self.goes_to(DeskPage::Cart),
        }
    }

    pub(super) fn looks_at_order(&mut self, job: PrintJobId) -> Did {
        let orders = self.tab.app.books().orders();
        let Some((order, outcome)) = self.tab.order.get() else { return "looks at an order".into() };
        let known = match order.known.get_untracked() {
            // What is still in the cart is not ordered again.
            Known::Order(job, _) => Some(job).filter(|job| job.status.is_submitted() && !job.card_ids.is_empty()),
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
            return Deed::OrderAgain.told(format!("orders {job} again"));
        }
        let may_read = !self.bent.is_by_hand || order.failed.with_untracked(Option::is_some);
        if may_read && self.dice.percent(30) {
            order.read();
            return Deed::Retry { of: "order" }.told("reads the order again");
        }
        orders.back_from(job);
        Deed::BackToOrders.told("back to the orders")
    }

    pub(super) fn looks_at_account(&mut self) -> Did {
        let desk = self.tab.app.desk();
        if let Remote::Failed(_) = desk.account().balance().now().get_untracked() {
            desk.account().read_balance();
            return Deed::Retry { of: "balance" }.told("tries again to read the balance");
        }
        if self.dice.percent(75) {
            desk.account().is_adding().set(true);
            return self.pays();
        }
        if !self.bent.is_by_hand {
            desk.account().read_transactions();
        }
        self.goes_to(DeskPage::Cart)
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
            let twice = self.press(|| funds.check_again());
            return Deed::CheckPayment { twice }.told("looks again for the payment");
        }
        if payment.as_ref().is_some_and(|payment| payment.fate() == &Fate::Added) {
            funds.is_seen().set(true);
        }
        // The same amount, mostly: two people may pay it at once.
        let dollars = self.dice.pick(&[50_i64, 50, 120]).copied().unwrap_or(50);
        let amount = Money::usd(dollars * 100);
        let holder = format!("Holder t{}w{}", self.tab.number, self.tab.who.get());
        funds.typed().update(|typed| {
            typed[0] = dollars.to_string();
            typed[4].clone_from(&holder);
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
        Deed::Pay { dollars, number, holder, twice }.told(format!("adds ${dollars}{}", Self::doubled(twice)))
    }
}
