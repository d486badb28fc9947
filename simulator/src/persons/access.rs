//! Signing in and out, and what the page does.

use std::rc::Rc;

use instant_card::flow::Screen;
use instant_card::flow::app::Credentials;

use super::{Deed, Did, Person};
use crate::places::{EMAIL, PASSWORD};

impl Person<'_> {
    /// The dialog that asks to sign in again stands over everything.
    pub(super) fn asked(&mut self) -> Did {
        if self.dice.percent(12) {
            self.tab.app.cx().session().dismiss();
            let acts = self.server.acts.borrow().len();
            self.book.borrow_mut().dismissed.push((self.tab.number, self.tab.who.get(), acts));
            return Deed::DismissSignIn.told("does not want to sign in again");
        }
        self.signs_in(true)
    }

    /// Fills in the form that there is, and sends it.
    pub(crate) fn signs_in(&mut self, may_err: bool) -> Did {
        let app = self.tab.app;
        let busy = self.tab.form.borrow().clone();
        if busy.get() {
            return "waits for signing in".into();
        }
        let is_wrong = may_err && self.dice.percent(8);
        let password = if is_wrong { "wrong-horse-battery" } else { PASSWORD };
        app.credentials().set(Credentials { email: EMAIL.to_owned(), password: password.to_owned() });
        busy.set(true);
        let form: Rc<_> = busy;
        app.cx().spawn(Box::pin(async move {
            let _ = app.sign_in().await;
            form.set(false);
        }));
        let words = if is_wrong { "signs in with a wrong password" } else { "signs in" };
        Deed::SignIn { is_wrong }.told(words)
    }

    /// The page has to give a token.
    pub(super) fn has_no_access(&mut self) -> Did {
        self.gives_token();
        "the page gives a token".into()
    }

    pub(crate) fn gives_token(&mut self) {
        let app = self.tab.app;
        // A kiosk that is enrolled says itself who is there: its page has nothing to give.
        if !self.bent.is_enrolled {
            app.set_token(Some(self.tab.page_token()));
        }
        app.access_changed();
    }

    pub(super) fn signs_out(&mut self) -> Did {
        let app = self.tab.app;
        let held = self.tab.held();
        let is_by_page = !self.dice.percent(85);
        if is_by_page {
            // Whatever is under way.
            app.sign_out();
        } else {
            app.leave();
        }
        let deed = Deed::SignOut { is_by_page };
        if matches!(app.cx().screen().get_untracked(), Screen::SignIn | Screen::NoAccess) {
            let before = self.me();
            self.gone();
            let now = self.me();
            self.for_staff(|staff| staff.part(before, now, held));
            return deed.told("signs out");
        }
        deed.told("would sign out, and may not")
    }

    /// Whoever comes next is somebody else.
    fn gone(&mut self) {
        self.tab.who.set(self.tab.who.get() + 1);
        self.tab.began.set(self.tab.who.get());
        self.book.borrow_mut().gone(self.tab.number);
    }

    /// The page changes an attribute, or starts over.
    pub(crate) fn page_acts(&mut self) -> Did {
        let app = self.tab.app;
        let mut attributes = self.tab.attributes.get();
        let which = self.dice.weighed(&[(6, 0), (4, 1), (2, 2), (2, 3), (2, 4), (1, 5), (2, 6)]).unwrap_or_default();
        let told = match which {
            0 => {
                attributes.spanish = !attributes.spanish;
                "the page changes the language"
            }
            1 => {
                attributes.template = self.dice.pick(&[None, Some(5801), Some(5802)]).copied().flatten();
                "the page changes the template"
            }
            2 => {
                attributes.organization = !attributes.organization;
                "the page changes the organization"
            }
            3 => {
                let way = u8::try_from(self.dice.below(4)).unwrap_or_default();
                // A page that gives statements has no other way.
                attributes.way = if attributes.is_scoped() { attributes.way } else { way };
                "the page changes the way to the server"
            }
            4 => {
                app.page_gives(true);
                return "the page knows a field".into();
            }
            5 => {
                app.start_over();
                self.book.borrow_mut().typed.retain(|(tab, ..), _| *tab != self.tab.number);
                return "the page starts over".into();
            }
            _ => {
                let token = self.tab.who.get().is_multiple_of(2).then(|| self.tab.page_token());
                if self.tab.is_portal() || token.is_none() || self.bent.is_enrolled {
                    return "the page does nothing".into();
                }
                app.set_token(token);
                app.access_changed();
                return "the page gives another token".into();
            }
        };
        let (held, me) = (self.tab.held(), self.me());
        let before = self.tab.attributes.replace(attributes);
        if before.organization != attributes.organization || before.way != attributes.way {
            // What is under way is given up; what was typed stays.
            let mut book = self.book.borrow_mut();
            let mut typed = std::mem::take(&mut book.typed);
            if self.bent.is_staff {
                // Corrections of cards are new cards from now on, several of a template maybe.
                typed.retain(|(tab, ..), _| *tab != self.tab.number);
            }
            book.gone(self.tab.number);
            book.given_up(self.tab.number);
            book.typed = typed;
            drop(book);
            self.tab.who.set(self.tab.who.get() + 1);
            let now = self.me();
            self.for_staff(|staff| staff.part(me, now, held));
            if before.way != attributes.way {
                self.tab.since.set(self.tab.who.get());
            }
        }
        self.tab.set_up();
        told.into()
    }
}
