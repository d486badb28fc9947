//! Saving: the server is brought up to what stands in the form.

use super::CardFlow;
use super::state::SaveState;
use crate::api::{CardId, Error};
use crate::domain::draft::{Draft, Pending, Problem};
use crate::flow::host::HostEvent;

impl CardFlow {
    /// Whether a save or a finalization is under way.
    pub fn is_saving(self) -> bool {
        self.save_state().with_untracked(|state| matches!(state, SaveState::Saving))
    }

    /// Saves the card as it stands, and stays in the form.
    pub fn save_draft(self) {
        if self.is_saving() {
            return;
        }
        let too_long = self.draft().with_untracked(|draft| {
            draft.as_ref().is_some_and(|draft| draft.problems().iter().any(|(_, problem)| *problem != Problem::Missing))
        });
        if too_long {
            self.tried().set(true);
            return;
        }
        let task = self.cx().spawn(Box::pin(async move {
            // The state shows how it went.
            let _ = self.save().await;
        }));
        self.saving().set(Some(task));
    }

    /// Brings the server up to what stands in the form. None where that did not come about, which the state says.
    pub(super) async fn save(self) -> Option<CardId> {
        let template = self.template()?;
        // Also where one has looked at another card meanwhile: the same card is not sent twice at once.
        if self.is_saving() || self.inner().sending.get() == Some(template) {
            return None;
        }
        self.save_state().set(SaveState::Saving);
        self.inner().sending.set(Some(template));
        let answer = self.send_draft().await;
        self.is_sent(template);
        if let Err(error) = &answer {
            self.cx().tell_error(error);
        }
        let (state, card) = match answer {
            Ok(card) => (SaveState::Saved, Some(card)),
            Err(error) => (SaveState::Failed(error), None),
        };
        // Another card was opened meanwhile: it is not the one that was saved, or was not.
        self.settle(template, state);
        card
    }

    async fn send_draft(self) -> Result<CardId, Error> {
        let (client, organization) = self.cx().client()?;
        let Some(draft) = self.draft().get_untracked() else { return Err(Error::SignInDismissed) };
        let template = draft.template_id();
        let mut pending = draft.pending();
        if let (Pending::Create(..), Some(card)) = (&pending, self.find_lost(template).await?) {
            self.cx().tell(HostEvent::CardCreated { card, template });
            // What was typed since is still to be sent.
            let mut draft = draft;
            self.with_draft(template, |now| draft = now.clone());
            pending = draft.pending();
        }
        let (card, sent, is_new) = match pending {
            Pending::Nothing(card) => return Ok(card),
            Pending::Create(fields, sent) => {
                let answer =
                    self.send_fields(fields.clone(), |fields| client.create_card(organization, template, fields)).await;
                let card = match answer {
                    Ok(card) => card.id,
                    Err(error) => {
                        self.was_lost(template, &fields, sent, &error);
                        return Err(error);
                    }
                };
                self.inner().made.borrow_mut().push(card);
                (card, sent, true)
            }
            Pending::Update(card, fields, sent) => {
                match self.send_fields(fields, |fields| client.update_card(organization, card, fields)).await {
                    Ok(_) => {}
                    Err(error @ Error::NotFound { .. }) => {
                        // The draft is gone at the server, not here: the next try makes it anew.
                        self.with_draft(template, Draft::forget_server);
                        return Err(error);
                    }
                    Err(error) => return Err(error),
                }
                (card, sent, false)
            }
        };
        self.with_draft(template, |draft| draft.saved(card, sent));
        self.cx().tell(match is_new {
            true => HostEvent::CardCreated { card, template },
            false => HostEvent::CardUpdated { card, template },
        });
        Ok(card)
    }
}
