//! What persons do when nothing goes wrong any more: they bring to an end what was begun.

use instant_card::domain::config::Mode;
use instant_card::domain::top_up::{Fate, TopUp, Why};
use instant_card::flow::kiosk::Door;
use instant_card::flow::{DeskPage, Remote, Screen};

use super::{Did, Person};

impl Person<'_> {
    /// What a person does in the quiet: whatever brings things to an end. None where there is nothing left to do.
    pub(crate) fn ends(&mut self) -> Option<Did> {
        let app = self.tab.app;
        if self.tab.is_asked() {
            return Some(self.signs_in(false));
        }
        match app.cx().screen().get_untracked() {
            Screen::SignIn => return Some(self.signs_in(false)),
            Screen::NoAccess => {
                self.gives_token();
                return Some("the page gives a token".into());
            }
            Screen::NotStarted => {
                app.enter();
                return Some("tries again to start".into());
            }
            Screen::Starting => return None,
            _ => {}
        }
        if app.templates().list().with_untracked(|list| matches!(list, Remote::Failed(_)))
            && (self.tab.is_at_rest() || self.bent.has_provider)
        {
            // A token that the page has given and that is good for nothing any more: it gives another one.
            if !self.tab.is_portal() {
                self.gives_token();
            }
            app.enter();
            return Some("tries again to read the templates".into());
        }
        let is_kiosk = app.cx().mode() == Mode::Kiosk;
        if is_kiosk && matches!(app.kiosk().door(), Door::Closed(_)) {
            self.gives_token();
            return Some("the page hears that the kiosk is closed, and gives a token".into());
        }
        if !self.tab.is_portal() {
            return self.ends_own().or_else(|| {
                let is_open = app.ending_is_there() && app.ending().unsettled() > 0;
                is_open.then(|| {
                    self.gives_token();
                    "the page hears that nothing is known of an order, and gives a token".into()
                })
            });
        }
        if !app.desk_is_there() {
            self.tab.fetch_desk();
            return Some("fetches the desk".into());
        }
        let desk = app.desk();
        if let Remote::Failed(_) = desk.cart().cart().get_untracked() {
            desk.cart().load();
            return Some("tries again to read the cart".into());
        }
        let is_lost = |payment: &Option<TopUp>| {
            payment.as_ref().is_some_and(|payment| matches!(payment.fate(), Fate::Stopped(Why::Unknown(_))))
        };
        // Where the balance is explained by nothing, looking again finds nothing out.
        let is_open = |payment: &Option<TopUp>| {
            payment.as_ref().is_some_and(|payment| matches!(payment.fate(), Fate::Stopped(Why::Unknown(Some(_)))))
        };
        let payment = desk.app().books().funds().payment().get_untracked();
        if is_lost(&payment) && is_open(&payment) {
            desk.app().books().funds().check_again();
            return Some("looks again for the payment".into());
        }
        if let Some(did) = self.ends_order() {
            // Where one sees it.
            app.go_to_desk(DeskPage::Checkout);
            return Some(did);
        }
        if let Some((order, again)) = desk.app().books().orders().again().get_untracked()
            && again
        {
            let to = Screen::Desk(DeskPage::Order(order));
            let is_there = app.cx().screen().get_untracked() == to;
            app.cx().go(to);
            let did = "looks what became of the order that was ordered again".into();
            return Some(did).filter(|_| !is_there);
        }
        self.has_trouble(100)
    }
}
