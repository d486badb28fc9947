//! Who may use the widget, and for what: the attributes, signing in and out, starting over.
//!
//! All that stands between a page's first look at the widget and the sign-in form, and nothing more: what comes after is in
//! [`super::arrival`], which is fetched later.

use super::app::{App, Credentials, NotFetched};
use super::host::HostEvent;
use super::remote::Remote;
use super::screen::Screen;
use super::wording::Worded;
use crate::domain::config::{Config, Mode};
use crate::i18n::{Locale, Messages};

impl App {
    /// Takes what the attributes say, and begins once they can be used. What was typed stays, whatever changes.
    pub fn set_up(self, read: Result<Config, (Locale, Vec<String>)>) {
        let cx = self.cx();
        let config = match read {
            Ok(config) => config,
            Err((locale, flaws)) => {
                cx.tell(HostEvent::Error { code: "configuration", message: flaws.join(" ") });
                return self.shows_flaws(locale, flaws);
            }
        };
        let before = cx.config().get_untracked();
        if before.as_ref() == Some(&config) {
            self.flaws().set(Vec::new());
            return;
        }
        let words = Messages::with(config.locale, config.strings);
        if cx.words().number() != words.number() {
            cx.spoken().set(words);
        }
        let session = cx.session();
        session.set_by_form(config.mode == Mode::Portal);
        // Where the page does not say who is there, such a kiosk may do so itself: what does that comes a moment later.
        session.set_expecting(config.mode == Mode::Kiosk && config.endpoint.is_scoped());
        let moved = session.set_endpoint(config.endpoint.clone());
        let changed = |of: fn(&Config) -> u64| before.as_ref().is_some_and(|before| of(before) != of(&config));
        let other_organization = moved || changed(|config| config.organization.map_or(0, |id| id.0));
        let other_template = changed(|config| config.template.map_or(0, |id| id.0));
        let card = config.card;
        let other_card = changed(|config| config.card.map_or(0, |id| id.0));
        let other_mode = before.as_ref().is_some_and(|before| before.mode != config.mode);
        let first = before.is_none();
        cx.config().set(Some(config));
        self.flaws().set(Vec::new());
        if other_organization {
            self.give_up();
            self.card().forget_server();
            self.forget_desk();
            cx.organization().set(None);
            self.organization_name().set(None);
            self.templates().list().set(Remote::Loading);
        }
        self.card().page_gives(card.is_some());
        // The page has another one corrected, or none any more; at another server its number is another card's.
        if other_card || (other_organization && card.is_some()) {
            self.card().forget();
        }
        if first || other_organization || other_mode {
            self.start();
        } else if (other_template || other_card) && self.templates().list().with_untracked(Remote::is_ready) {
            // At once: what is typed next is meant for the other template.
            self.with_cards(|cards| (cards.first_screen)(self));
        }
    }

    /// The attributes cannot be used: shows what is wrong with them, and nothing else.
    pub fn shows_flaws(self, locale: Locale, flaws: Vec<String>) {
        self.cx().spoken().set(Messages::of(locale));
        self.flaws().set(flaws);
    }

    /// Begins, or begins again, with whoever is signed in.
    pub fn start(self) {
        if self.cx().config().with_untracked(Option::is_none) {
            return;
        }
        // A kiosk says itself that it is closed, and why.
        let may_be_in = !self.recalled().get_untracked() && self.cx().remembers();
        if self.cx().session().has_access() || self.cx().mode() == Mode::Kiosk || may_be_in {
            self.enter();
        } else {
            self.cx().screen().set(self.outside());
        }
    }

    /// Where whoever is not signed in stands.
    fn outside(self) -> Screen {
        match self.cx().mode() {
            Mode::Portal => Screen::SignIn,
            Mode::Request => Screen::NoAccess,
            Mode::Kiosk => Screen::Attract,
        }
    }

    /// Takes over what was typed into the sign-in form before the widget was there.
    pub fn set_credentials(self, email: String, password: String) {
        self.credentials().set(Credentials { email, password });
    }

    /// Whether the sign-in form is what there is to be seen.
    pub fn shows_sign_in(self) -> bool {
        self.cx().screen().get_untracked() == Screen::SignIn && self.flaws().with_untracked(Vec::is_empty)
    }

    /// The page has given or taken away a token.
    pub fn access_changed(self) {
        let signed_in = self.cx().organization().get_untracked().is_some();
        let failed = self.templates().list().with_untracked(|list| matches!(list, Remote::Failed(_)));
        match self.cx().session().has_access() {
            true if !signed_in || failed => self.start(),
            true => self.with_books(|books| (books.signed_in)(self)).unwrap_or_default(),
            false if signed_in => self.sign_out(),
            _ => {}
        }
    }

    /// Signs in with what stands in the form.
    ///
    /// # Errors
    /// What to show in the form.
    pub async fn sign_in(self) -> Result<(), Worded> {
        match self.cards().await {
            Ok(cards) => (cards.sign_in)(self).await,
            Err(NotFetched) => Err(Worded::of(self.cx().words().sign_in().not_started, "")),
        }
    }

    /// Forgets who is signed in and everything in work.
    pub fn sign_out(self) {
        let was_in = self.cx().organization().get_untracked().is_some();
        // What is under way is for whoever leaves: its answers are not for the next one to see.
        self.give_up();
        // First: what they wanted deleted is deleted with their token.
        self.forget_desk();
        self.cx().session().forget();
        self.cx().organization().set(None);
        self.cx().forget_left_out();
        self.organization_name().set(None);
        self.credentials().set(Credentials::default());
        self.templates().list().set(Remote::Loading);
        self.card().forget();
        self.recalled().set(true);
        if was_in {
            self.cx().tell(HostEvent::SignOut);
        }
        self.cx().moved().set(true);
        // Not `start`: a provider would sign the person in again at once.
        self.cx().screen().set(self.outside());
    }

    /// Whether signing out would lose what is nowhere but here: it forgets also what outlives a reload.
    pub fn would_lose(self) -> bool {
        !self.is_kept_in() && (self.cx().is_held() || self.card().is_lost(false))
    }

    /// Whether the answer to an order or a payment is still to come, from under which nobody signs out.
    fn is_kept_in(self) -> bool {
        self.with_desk(|desk| (desk.holds)(self)) == Some(true)
    }

    /// Signs out, but not from under an order or a payment.
    pub fn leave(self) {
        if !self.is_kept_in() {
            self.sign_out();
        }
    }

    /// Forgets the card in work and begins with the templates.
    pub fn start_over(self) {
        self.card().forget();
        self.with_ending(|ending| (ending.forget)(self));
        self.begins_anew().set(true);
        if self.cx().organization().get_untracked().is_some() {
            self.cx().moved().set(true);
            self.with_cards(|cards| (cards.first_screen)(self));
        }
    }

    /// Gives up whatever is under way, but for a sign-in that stands in the form.
    fn give_up(self) {
        if self.cx().screen().get_untracked() != Screen::SignIn {
            self.cx().abort_all();
            // Nobody waits for it any more; and a form that was being sent would say so for ever.
            self.cx().session().dismiss();
        }
    }

    /// The cart, the orders and the account are somebody else's from now on.
    fn forget_desk(self) {
        self.cx().in_cart().set(None);
        self.with_desk(|desk| (desk.forget)(self));
    }

    /// Signed in: on to the cards, once the code for them is there.
    pub fn enter(self) {
        if self.with_cards(|cards| (cards.enter)(self)) {
            return;
        }
        self.cx().screen().set(Screen::Starting);
        self.cx().spawn(Box::pin(async move {
            let fetched = self.cards().await;
            // Signed out in the meantime, or entered by another way.
            if self.cx().screen().get_untracked() != Screen::Starting {
                return;
            }
            match fetched {
                Ok(cards) => (cards.enter)(self),
                Err(NotFetched) => self.cx().screen().set(Screen::NotStarted),
            }
        }));
    }
}
