//! What screens do when they are drawn, and what follows there by itself.

use std::cell::Cell;
use std::rc::Rc;

use instant_card::domain::camera::Event;
use instant_card::domain::edit::Editing;
use instant_card::domain::submission::{Submission, Why};
use instant_card::flow::cart::Search;
use instant_card::flow::checkout::Step;
use instant_card::flow::orders::{Again, Charges, Known, Order};
use instant_card::flow::{DeskPage, Screen};
use instant_card::reactive::Var;
use leptos::prelude::Owner;

use super::parts::{Hall, NoStore};
use super::staff::of_people;
use super::{SHOT, Shown, Tab};
use crate::camera::Rig;

impl Tab {
    /// A screen is left.
    pub(super) fn leave(&self) {
        if let Some(rig) = self.rig.take() {
            rig.on(Event::Leave);
        }
        self.studio.replace(Rc::new(Cell::new(true))).set(false);
        self.leave_staff();
        self.search.set(None);
        self.order.set(None);
        self.charged.take();
        self.drawn_order.set(None);
        if let Some((owner, _)) = self.saving.take() {
            owner.cleanup();
        }
        if let Some(screen) = self.screen.take() {
            screen.cleanup();
        }
    }

    /// What effects do in a browser: another screen is drawn, what is shown follows.
    pub(crate) fn redraw(&self) {
        let app = self.app;
        let is_asked = self.is_asked();
        // The dialog comes with a form of its own, and goes with it, whatever is being sent.
        if self.asked.replace(is_asked) != is_asked {
            self.form.replace(Rc::default());
        }
        let screen = app.cx().screen().get_untracked();
        if self.drawn.get() != Some(screen) {
            self.leave();
            self.drawn.set(Some(screen));
            self.desk_failed.set(false);
            match screen {
                Screen::SignIn => drop(self.form.replace(Rc::default())),
                // Whoever was there is gone.
                Screen::Attract => self.owner.with(|| {
                    app.kiosk().connect(Rc::new(Hall), Rc::new(NoStore));
                    app.kiosk().enter();
                    self.left.set(true);
                }),
                Screen::Desk(page) if !self.has(page) => self.fetch_desk(),
                Screen::Camera(index) => self.draw_camera(index),
                Screen::Ending if !app.ending_is_there() => self.fetch_ending(),
                _ => {}
            }
            self.has_entered.set(false);
        }
        if screen == Screen::Ending && app.ending_is_there() && !self.has_entered.replace(true) {
            app.ending().enter();
        }
        let is_drawn = self.screen.borrow().is_some();
        if let (Screen::Desk(page), false) = (screen, is_drawn)
            && self.has(page)
        {
            let owner = self.owner.with(Owner::new);
            owner.with(|| self.draw(page));
            self.screen.replace(Some(owner));
        }
        if app.desk_is_there() {
            self.follow(screen);
        }
        self.follow_register(screen);
    }

    /// Whether what this screen is drawn by was fetched.
    pub(crate) fn has(&self, page: DeskPage) -> bool {
        match page {
            page if of_the_books(page) => self.app.books_are_there(),
            page if of_people(page) => self.app.desk_is_there() && self.app.desk().directory().has_people(),
            _ => self.app.desk_is_there(),
        }
    }

    /// Fetches what the screens of the desk, or of the books, are drawn by.
    pub(crate) fn fetch_desk(&self) {
        self.desk_failed.set(false);
        let (app, failed) = (self.app, self.desk_failed.clone());
        let Screen::Desk(page) = app.cx().screen().get_untracked() else { return };
        if of_people(page) {
            return self.fetch_people();
        }
        app.cx().spawn(Box::pin(async move {
            let is_there =
                if of_the_books(page) { app.books_deeds().await.is_ok() } else { app.desk_deeds().await.is_ok() };
            if !is_there {
                failed.set(true);
            }
        }));
    }

    fn draw_camera(&self, index: usize) {
        let card = self.app.card();
        let on_taken = move || card.chose_picture(index, Rc::new(Shown), Editing::new(SHOT, None), true);
        self.rig.replace(Some(Rig::open(self.device.clone(), Box::new(on_taken))));
    }

    /// Fetches what the end of a person's own journey is drawn by.
    pub(crate) fn fetch_ending(&self) {
        self.desk_failed.set(false);
        let (app, failed) = (self.app, self.desk_failed.clone());
        app.cx().spawn(Box::pin(async move {
            if app.ending_deeds().await.is_err() {
                failed.set(true);
            }
        }));
    }

    fn draw(&self, page: DeskPage) {
        let desk = self.app.desk();
        self.times.set(desk.app().books().funds().times().get_untracked());
        match page {
            DeskPage::Cart => {
                desk.cart().load();
                self.search.set(Some(Search::new(desk.cart())));
            }
            DeskPage::Checkout => desk.checkout().enter(),
            DeskPage::OrderDone => {
                desk.checkout().unseen().set(false);
                self.charged.replace(desk.checkout().charges());
                desk.checkout().balance_now();
            }
            DeskPage::Orders => {
                desk.app().books().orders().read_again(desk.app().books().orders().which().get_untracked())
            }
            DeskPage::Order(job) => {
                let order = Order::new(desk.app().books().orders(), job);
                order.read();
                self.order.set(Some((order, Var::new(Again::None))));
            }
            DeskPage::Addresses | DeskPage::Contacts | DeskPage::Address(_) | DeskPage::Contact(_) => {
                self.draw_people(page);
            }
            DeskPage::Account => {
                desk.account().read_profile();
                desk.account().read_organization();
                desk.account().read_balance();
                desk.account().read_transactions();
            }
            DeskPage::Cards => desk.app().register().read(),
            DeskPage::Card(card) => self.draw_card(card),
        }
    }

    fn follow(&self, screen: Screen) {
        let desk = self.app.desk();
        let step = desk.checkout().step().get_untracked();
        let has_form = screen == Screen::Desk(DeskPage::Checkout) && step == Step::Address;
        if !has_form && let Some((owner, _)) = self.saving.take() {
            owner.cleanup();
        }
        self.draw_order();
        let has_funds = self.has_funds(screen);
        // What it said of a payment that is over has been read.
        if self.had_funds.replace(has_funds) && !has_funds {
            desk.app().books().funds().has_been_seen();
        }
        // The form for funds tells whoever has asked for it.
        let times = desk.app().books().funds().times().get_untracked();
        if self.times.replace(times) != times && has_funds {
            match screen {
                Screen::Desk(DeskPage::Account) => desk.account().read_transactions(),
                // An order on its way has a form of its own, which tells nobody.
                _ if desk.checkout().order().with_untracked(Option::is_none) => desk.checkout().prepare(),
                _ => {}
            }
        }
        if let (Some((order, outcome)), Some((id, true))) =
            (self.order.get(), desk.app().books().orders().again().get_untracked())
            && let Some(job) = order.known.try_with_untracked(|known| match known {
                Known::Order(job, _) if job.id == id => Some(job.clone()),
                _ => None,
            })
            && let Some(job) = job
        {
            desk.app().books().orders().finish_again(&job, outcome, true);
        }
    }

    /// Draws what is known of the order: what it cost, and who carries it, is read then.
    fn draw_order(&self) {
        let Some((order, _)) = self.order.get() else { return };
        let Known::Order(job, number) = order.known.get_untracked() else { return };
        if self.drawn_order.replace(Some(number)) == Some(number) {
            return;
        }
        let orders = self.app.books().orders();
        if job.shipping_provider_id.is_some() {
            orders.load_providers();
        }
        if let (true, Some(screen)) = (job.status.is_submitted(), &*self.screen.borrow()) {
            screen.with(|| Charges::new(orders, job.id));
        }
    }

    /// Whether there is the form for adding money.
    fn has_funds(&self, screen: Screen) -> bool {
        let checkout = self.app.desk().checkout();
        let stopped = || {
            let is_uncovered = |order: &Submission| matches!(order.stopped(), Some((_, Why::NotCovered)));
            checkout.order().with_untracked(|order| order.as_ref().map(is_uncovered))
        };
        match screen {
            Screen::Desk(DeskPage::Account) => self.app.desk().account().is_adding().get_untracked(),
            Screen::Desk(DeskPage::Checkout) => match stopped() {
                Some(is_uncovered) => is_uncovered && !checkout.running().get_untracked(),
                None => checkout.step().get_untracked() == Step::Review && checkout.short().get_untracked(),
            },
            _ => false,
        }
    }
}

/// Whether a screen is in the file of what was ordered and paid.
fn of_the_books(page: DeskPage) -> bool {
    matches!(page, DeskPage::Orders | DeskPage::Order(_) | DeskPage::Account)
}
