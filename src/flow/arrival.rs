//! The first steps after signing in: whose cards these are, and from which templates.

use std::future::ready;

use futures_util::future::LocalBoxFuture;

use super::app::{App, CardDeeds, Credentials};
use super::host::HostEvent;
use super::listing::Listing;
use super::remote::Remote;
use super::screen::Screen;
use super::wording::{Worded, worded};
use crate::api::Error;
use crate::domain::config::Mode;
use crate::domain::text::{clean, printed};

/// What is done behind the sign-in form.
pub static CARD_DEEDS: CardDeeds = CardDeeds {
    sign_in: App::sign_in_with_form,
    enter: App::go_in,
    first_screen: |app| match app.cx().mode() {
        Mode::Kiosk => app.cx().screen().set(Screen::Attract),
        _ => app.templates().first_screen(),
    },
    given: |app| {
        app.card().wake();
    },
};

impl App {
    /// Signs in with what stands in the form. `Err` is what to show in it.
    fn sign_in_with_form(self) -> LocalBoxFuture<'static, Result<(), Worded>> {
        Box::pin(async move {
            let Credentials { email, password } = self.credentials().get_untracked();
            match self.cx().session().sign_in(printed(&clean(&email)), &password).await {
                Ok(()) => {
                    self.credentials().update(|typed| typed.password.clear());
                    if self.cx().screen().get_untracked() == Screen::SignIn {
                        self.cx().moved().set(true);
                        self.arrive();
                    } else {
                        self.with_books(|books| (books.signed_in)(self));
                    }
                    Ok(())
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    let words = self.cx().words();
                    Err(match error {
                        Error::Unauthorized { .. } => Worded::of(words.sign_in().refused, ""),
                        error => worded(words, &error),
                    })
                }
            }
        })
    }

    /// Goes on after signing in; or, where somebody may have been signed in before a reload, after that was looked for.
    fn go_in(self) {
        if self.recalled().get_untracked() || !self.cx().remembers() {
            return self.arrive();
        }
        self.cx().screen().set(Screen::Starting);
        self.remember();
    }

    /// What outlives a reload of the page did not come: nothing is remembered.
    pub fn cannot_remember(self) {
        if !self.recalled().get_untracked() {
            self.recalled().set(true);
            self.start();
        }
    }

    /// Finds the organization of whoever has signed in, then its templates.
    fn arrive(self) {
        let cx = self.cx();
        // What is there by then can be used at once.
        self.card().wake();
        let configured = cx.config().with_untracked(|config| config.as_ref()?.organization);
        // A card in work stays in sight while one signs in again.
        let is_here = cx.screen().get_untracked() == Screen::Templates;
        let to = match (self.card().template(), cx.mode()) {
            (Some(_), _) => Screen::CardForm,
            (None, Mode::Kiosk) if !is_here => Screen::Attract,
            _ => Screen::Templates,
        };
        cx.screen().set(to);
        self.templates().list().set(Remote::Loading);
        // What arrives twice, since the page has changed its mind meanwhile, is told once.
        if let Some(before) = self.arriving().get_untracked() {
            before.abort();
        }
        let task = cx.spawn(Box::pin(async move {
            let Some(client) = cx.session().client() else { return };
            if let Some(organization) = configured {
                cx.organization().set(Some(organization));
                if !self.load_templates().await {
                    return;
                }
            }
            // Only the portal shows who is signed in; elsewhere the profile is needed for the organization alone.
            let profile = match configured {
                Some(_) if cx.mode() != Mode::Portal => return,
                _ => client.profile().await,
            };
            cx.own_page_size().set(profile.as_ref().ok().and_then(|profile| Some(profile.page_size? as usize)));
            match (profile, configured) {
                (Ok(profile), None) => match profile.organization {
                    Some(organization) => {
                        self.organization_name().set(organization.name);
                        cx.organization().set(Some(organization.id));
                        let _ = self.load_templates().await;
                    }
                    None => self.templates().list().set(Remote::Failed(Error::Undecodable {
                        operation: "profile",
                        field: "organization.id".to_string(),
                    })),
                },
                (Err(error), None) => self.templates_failed(error).await,
                (Ok(profile), Some(organization)) => {
                    let own = profile.organization.filter(|own| own.id == organization);
                    self.organization_name().set(own.and_then(|own| own.name));
                }
                // The name is an ornament: without it the bar says "Your account".
                (Err(_), Some(_)) => {}
            }
        }));
        self.arriving().set(Some(task));
    }

    /// Says that it failed. Where that is since the page was silent, what it answers late is gone on with.
    async fn templates_failed(self, error: Error) {
        self.cx().tell_error(&error);
        let is_silent = matches!(error, Error::ProviderSilent { .. });
        self.templates().list().set(Remote::Failed(error));
        if is_silent && self.cx().session().late_token().await {
            self.arrive();
        }
    }

    /// Whether they came.
    async fn load_templates(self) -> bool {
        let (cx, list) = (self.cx(), self.templates().list());
        list.set(Remote::Loading);
        let answer = match cx.client() {
            Ok((client, organization)) => client.card_templates(organization).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(templates) => {
                list.set(Remote::Ready(cx.readable(Listing::Templates, templates).into()));
                if let Some(organization) = cx.organization().get_untracked() {
                    cx.tell(HostEvent::SignIn { organization });
                }
                self.arrive_at_desk();
                // A card in work stays in sight, unless the page wants one from another template.
                let wanted = cx.config().with_untracked(|config| config.as_ref()?.template);
                let now = self.card().template();
                // Who has gone to the desk meanwhile stays there, and at a kiosk nobody may be.
                let is_here = !matches!(cx.screen().get_untracked(), Screen::Desk(_) | Screen::Attract);
                let is_other = now.is_some() && wanted.is_some() && wanted != now;
                if is_other || (now.is_none() && is_here) {
                    self.templates().first_screen();
                }
                if cx.remembers() {
                    self.remember();
                }
            }
            Err(error) => {
                self.templates_failed(error).await;
                return false;
            }
        }
        true
    }

    /// Somebody has signed in: the desk is fetched while they look at the templates, and with it how many cards wait in
    /// the cart; or what a person's own card ends with. That it fails is told when one goes there.
    fn arrive_at_desk(self) {
        if self.has_desk() {
            // Until it is there, no card that the server has is saved without a look at what others have made of it.
            self.card().correct_by(|card, _, _| {
                App::of(card.cx().row()).arrive_at_desk();
                Box::pin(ready(Err(Error::Unreachable)))
            });
            self.cx().spawn(Box::pin(async move {
                if let Ok(desk) = self.desk_deeds().await {
                    (desk.arrive)(self);
                }
            }));
        } else if self.card().ends_with().goes_on() {
            self.cx().spawn(Box::pin(async move {
                if let Ok(ending) = self.ending_deeds().await {
                    (ending.arrive)(self);
                    self.card().wake();
                }
            }));
        }
    }
}
