//! Who may use the widget, and for what: the attributes, signing in and out, starting over.
//!
//! All that stands between a page's first look at the widget and the sign-in form, and nothing more: what comes after is
//! fetched later (see [`super::cards`]).

use super::app::{App, At, Credentials, HostEvent, Load, Shown, Work};
use super::cards::{Cards, NotFetched};
use crate::domain::config::{Config, Mode};
use crate::domain::draft::Draft;
use crate::i18n::{Locale, Messages};
use crate::ui::notice::Worded;

impl App {
    /// Takes what the attributes say, and begins once they can be used. What was typed stays, whatever changes.
    pub fn set_up(self, read: Result<Config, (Locale, Vec<String>)>) {
        let config = match read {
            Ok(config) => config,
            Err((locale, flaws)) => {
                self.locale.set(locale);
                self.tell(HostEvent::Error { code: "configuration", message: flaws.join(" ") });
                self.flaws.set(flaws);
                return;
            }
        };
        let before = self.config.get_untracked();
        if before.as_ref() == Some(&config) {
            self.flaws.set(Vec::new());
            return;
        }
        if self.locale.get_untracked() != config.locale {
            self.locale.set(config.locale);
        }
        let session = self.session();
        session.set_by_form(config.mode == Mode::Portal);
        let moved = session.set_endpoint(config.endpoint.clone());
        let changed = |of: fn(&Config) -> u64| before.as_ref().is_some_and(|before| of(before) != of(&config));
        let other_organization = moved || changed(|config| config.organization.map_or(0, |id| id.0));
        let other_template = changed(|config| config.template.map_or(0, |id| id.0));
        let other_mode = before.as_ref().is_some_and(|before| before.mode != config.mode);
        let first = before.is_none();
        self.config.set(Some(config));
        self.flaws.set(Vec::new());
        if other_organization {
            self.give_up();
            self.work.set(Work::Idle);
            // The cards there are not those here: what was typed is sent anew.
            self.draft.update(|draft| draft.iter_mut().for_each(Draft::forget_server));
            self.kept().shelf.borrow_mut().iter_mut().for_each(Draft::forget_server);
            self.shown.set(Shown::Nothing);
            self.organization.set(None);
            self.forget_desk();
        }
        let loaded = self.templates.with_untracked(|templates| matches!(templates, Load::Ready(_)));
        if first || other_organization || other_mode {
            self.start();
        } else if other_template && loaded {
            // At once: what is typed next is meant for the other template.
            self.with_cards(|cards| (cards.first_screen)(self));
        }
    }

    /// Begins, or begins again, with whoever is signed in.
    pub fn start(self) {
        if self.config.with_untracked(Option::is_none) {
            return;
        }
        if self.session().has_access() {
            self.enter();
        } else {
            self.at.set(if self.mode() == Mode::Portal { At::SignIn } else { At::NoAccess });
        }
    }

    /// Takes over what was typed into the sign-in form before the widget was there.
    pub fn set_credentials(self, email: String, password: String) {
        self.credentials.set(Credentials { email, password });
    }

    /// Whether the sign-in form is what there is to be seen.
    pub fn shows_sign_in(self) -> bool {
        self.at.get_untracked() == At::SignIn && self.flaws.with_untracked(Vec::is_empty)
    }

    /// The page has given or taken away a token.
    pub fn access_changed(self) {
        let signed_in = self.organization.get_untracked().is_some();
        match (self.session().has_access(), signed_in) {
            (true, false) => self.start(),
            (false, true) => self.sign_out(),
            _ => {}
        }
    }

    /// Signs in with what stands in the form. `Err` is what to show in the form.
    pub(super) async fn sign_in(self) -> Result<(), Worded> {
        match self.cards().await {
            Ok(cards) => (cards.sign_in)(self).await,
            Err(NotFetched) => Err(self.tell_not_fetched()),
        }
    }

    /// Forgets who is signed in and everything in work.
    pub fn sign_out(self) {
        let was_in = self.organization.get_untracked().is_some();
        // What is under way is for whoever leaves: its answers are not for the next one to see.
        self.give_up();
        self.session().forget();
        self.forget_desk();
        self.organization.set(None);
        self.organization_name.set(None);
        self.credentials.set(Credentials::default());
        self.templates.set(Load::Busy);
        self.forget_cards();
        if was_in {
            self.tell(HostEvent::SignOut);
        }
        self.moved.set(true);
        // Not `start`: a provider would sign the person in again at once.
        self.at.set(if self.mode() == Mode::Portal { At::SignIn } else { At::NoAccess });
    }

    /// Forgets the card in work and begins with the templates.
    pub fn start_over(self) {
        self.forget_cards();
        if self.organization.get_untracked().is_some() {
            self.moved.set(true);
            self.with_cards(|cards| (cards.first_screen)(self));
        }
    }

    /// Gives up whatever is under way, but for a sign-in that stands in the form.
    fn give_up(self) {
        if self.at.get_untracked() != At::SignIn {
            self.abort_all();
        }
    }

    /// The cart, the orders and the account are somebody else's from now on.
    fn forget_desk(self) {
        self.in_cart.set(None);
        self.kept().desk.get().inspect(|desk| (desk.forget)(self));
    }

    fn forget_cards(self) {
        let kept = self.kept();
        kept.shelf.take();
        kept.shots.take();
        self.opening.set(None);
        self.set_draft(None);
        self.fresh_form();
    }

    pub(super) fn fresh_form(self) {
        self.kept().signing.take();
        self.touched.set(Vec::new());
        self.tried.set(false);
        self.work.set(Work::Idle);
        self.shown.set(Shown::Nothing);
    }

    /// Signed in: on to the cards, once the code for them is there.
    pub(super) fn enter(self) {
        if self.with_cards(|cards| (cards.enter)(self)) {
            return;
        }
        self.at.set(At::Starting);
        self.spawn(Box::pin(async move {
            let fetched = self.cards().await;
            // Signed out in the meantime, or entered by another way.
            if self.at.get_untracked() != At::Starting {
                return;
            }
            match fetched {
                Ok(cards) => (cards.enter)(self),
                Err(NotFetched) => {
                    self.tell_not_fetched();
                    self.at.set(At::NotStarted);
                }
            }
        }));
    }

    /// Tells the page that what is behind the form could not be fetched. Returns what to tell the person.
    fn tell_not_fetched(self) -> Worded {
        let words = Messages::of(self.locale.get_untracked()).sign_in();
        self.tell(HostEvent::Error { code: "load-network", message: words.not_started.to_string() });
        Worded::of(words.not_started, words.not_started_next)
    }

    /// Does something with what was fetched for the time after the sign-in. False while it is not there.
    fn with_cards(self, act: impl FnOnce(&Cards)) -> bool {
        let cards = self.kept().cards.get();
        cards.inspect(|cards| act(cards)).is_some()
    }

    /// What the page knows of the fields already.
    pub fn set_prefill(self, known: Vec<(String, String)>) {
        self.with_cards(|cards| (cards.prefill)(self, &known));
        self.kept().prefill.replace(known);
    }
}
