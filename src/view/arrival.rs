//! The first steps after signing in: whose cards these are, and from which templates.

use futures_util::future::LocalBoxFuture;

use super::app::{App, At, Credentials, HostEvent, Load};
use crate::api::Error;
use crate::domain::config::Mode;
use crate::domain::draft::Draft;
use crate::i18n::Messages;
use crate::ui::notice::{Worded, worded};

impl App {
    /// Signs in with what stands in the form. `Err` is what to show in it.
    pub(super) fn sign_in_with_form(self) -> LocalBoxFuture<'static, Result<(), Worded>> {
        Box::pin(async move {
            let Credentials { email, password } = self.credentials.get_untracked();
            match self.session().sign_in(email.trim(), &password).await {
                Ok(()) => {
                    self.credentials.update(|typed| typed.password.clear());
                    if self.at.get_untracked() == At::SignIn {
                        self.moved.set(true);
                        self.arrive();
                    }
                    Ok(())
                }
                Err(error) => {
                    self.tell_error(&error);
                    let words = Messages::of(self.locale.get_untracked());
                    Err(match error {
                        Error::Unauthorized { .. } => Worded::of(words.sign_in().refused, ""),
                        error => worded(words, &error),
                    })
                }
            }
        })
    }

    /// Finds the organization of whoever has signed in, then its templates.
    pub(super) fn arrive(self) {
        let configured = self.config.with_untracked(|config| config.as_ref()?.organization);
        // A card in work stays in sight while one signs in again.
        let to = if self.draft.with_untracked(Option::is_some) { At::CardForm } else { At::Templates };
        self.at.set(to);
        self.templates.set(Load::Busy);
        self.spawn(Box::pin(async move {
            let Some(client) = self.session().client() else { return };
            if let Some(organization) = configured {
                self.organization.set(Some(organization));
                self.load_templates().await;
            }
            // Only the portal shows who is signed in; elsewhere the profile is needed for the organization alone.
            let profile = match configured {
                Some(_) if self.mode() != Mode::Portal => return,
                _ => client.profile().await,
            };
            match (profile, configured) {
                (Ok(profile), None) => match profile.organization {
                    Some(organization) => {
                        self.organization_name.set(organization.name);
                        self.organization.set(Some(organization.id));
                        self.load_templates().await;
                    }
                    None => self.templates.set(Load::Failed(Error::Undecodable {
                        operation: "profile",
                        field: "organization.id".to_string(),
                    })),
                },
                (Err(error), None) => self.templates_failed(error),
                (Ok(profile), Some(organization)) => {
                    let own = profile.organization.filter(|own| own.id == organization);
                    self.organization_name.set(own.and_then(|own| own.name));
                }
                // The name is an ornament: without it the bar says "Your account".
                (Err(_), Some(_)) => {}
            }
        }));
    }

    fn templates_failed(self, error: Error) {
        self.tell_error(&error);
        self.templates.set(Load::Failed(error));
    }

    async fn load_templates(self) {
        self.templates.set(Load::Busy);
        let answer = match self.client() {
            Ok((client, organization)) => client.card_templates(organization).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(templates) => {
                self.templates.set(Load::Ready(templates.into()));
                if let Some(organization) = self.organization.get_untracked() {
                    self.tell(HostEvent::SignIn { organization });
                }
                self.arrive_at_desk();
                // A card in work stays in sight, unless the page wants one from another template.
                let wanted = self.config.with_untracked(|config| config.as_ref()?.template);
                let now = self.draft.with_untracked(|draft| draft.as_ref().map(Draft::template_id));
                // Who has gone to the desk meanwhile stays there.
                let is_here = !matches!(self.at.get_untracked(), At::Desk(_));
                let is_other = now.is_some() && wanted.is_some() && wanted != now;
                if is_other || (now.is_none() && is_here) {
                    self.first_screen();
                }
            }
            Err(error) => self.templates_failed(error),
        }
    }

    /// The template screen, or the form at once where there is nothing to choose.
    pub(super) fn first_screen(self) {
        let only = self.config.with_untracked(|config| config.as_ref()?.template);
        let Load::Ready(templates) = self.templates.get_untracked() else {
            self.at.set(At::Templates);
            return;
        };
        let chosen = match (only, &*templates) {
            (Some(only), _) => templates.iter().find(|template| template.id == only),
            (None, [one]) => Some(one),
            _ => None,
        };
        match chosen {
            Some(template) => self.choose(template.clone()),
            None => self.at.set(At::Templates),
        }
    }

    /// Whether there is a choice of templates.
    pub(super) fn has_choice(self) -> bool {
        let only = self.config.with(|config| config.as_ref().and_then(|config| config.template));
        let many = self.templates.with(|templates| matches!(templates, Load::Ready(list) if list.len() > 1));
        only.is_none() && many
    }
}
