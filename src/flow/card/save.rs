//! Saving: the server is brought up to what stands in the form.

use std::future::ready;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::CardFlow;
use super::state::{Lost, SaveState, Stage, Target};
use super::{Courier, Finder};
use crate::api::{Call, Card, CardId, Error, FieldValue, TemplateId};
use crate::domain::config::Mode;
use crate::domain::draft::{Draft, Pending, Problem, Sent};
use crate::flow::host::HostEvent;

impl CardFlow {
    /// Whether a save or a finalization is under way.
    pub fn is_saving(self) -> bool {
        self.save_state().with_untracked(|state| matches!(state, SaveState::Saving))
    }

    /// Saves the card as it stands, and stays in the form.
    pub fn save_draft(self) {
        let too_long = self.draft().with_untracked(|draft| {
            draft.as_ref().is_some_and(|draft| draft.problems().iter().any(|(_, problem)| *problem != Problem::Missing))
        });
        if too_long {
            self.tried().set(true);
            return;
        }
        let Some(template) = self.begin_save() else { return };
        let task = self.cx().spawn(Box::pin(async move {
            // The state shows how it went.
            let _ = self.save(template).await;
        }));
        self.saving().set(Some(task));
    }

    /// The card in work is to be saved, from this template; none where that is under way. It is from now on, so that a second press
    /// does nothing, and whoever drops the card gives up what was begun for it.
    pub(super) fn begin_save(self) -> Option<TemplateId> {
        let template = self.template()?;
        // Also where one has looked at another card meanwhile: the same card is not sent twice at once.
        if self.is_saving() || self.inner().sending.get() == Some(template) {
            return None;
        }
        self.save_state().set(SaveState::Saving);
        self.inner().sending.set(Some(template));
        Some(template)
    }

    /// Brings the server up to what stands in the form. None where that did not come about, which the state says.
    pub(super) async fn save(self, template: TemplateId) -> Option<CardId> {
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
        let Some(draft) = self.draft().get_untracked() else { return Err(Error::SignInDismissed) };
        let template = draft.template_id();
        let mut pending = draft.pending();
        if matches!(pending, Pending::Create(..))
            && let Some(card) = self.find_lost(template).await?
        {
            self.cx().tell(HostEvent::CardCreated { card, template });
            // What was typed since is still to be sent.
            self.with_draft(template, |draft| pending = draft.pending());
        }
        let (card, sent, is_new) = match pending {
            Pending::Nothing(card) => return Ok(card),
            Pending::Create(fields, sent) => {
                self.smaller().set(None);
                let card = match self.carry(fields, Target::New(template)).await {
                    Ok(card) => {
                        let id = card.id;
                        if let Some(finder) = self.inner().finder.get() {
                            (finder.made)(self, Lost { template, sent: sent.clone() }, card);
                        }
                        id
                    }
                    Err(error) => {
                        self.was_lost(template, sent, &error);
                        return Err(error);
                    }
                };
                self.has_come(card, Stage::Draft);
                (card, sent, true)
            }
            Pending::Update(card, fields, sent) => {
                match self.send_with_care(fields, card).await {
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

    /// Sends the fields of a card that the server has: others may have it in work as well.
    fn send_with_care(self, fields: Vec<FieldValue>, card: CardId) -> LocalBoxFuture<'static, Result<Card, Error>> {
        self.smaller().set(None);
        let target = Target::Known(card);
        let inner = self.inner();
        match inner.corrects.get().or(inner.giving.get().map(|giving| giving.send)) {
            Some(send) => send(self, fields, target),
            None => self.carry(fields, target),
        }
    }

    /// Sends a card's fields: with what makes photos smaller, once that is there.
    pub(in crate::flow) fn carry(
        self,
        fields: Vec<FieldValue>,
        target: Target,
    ) -> LocalBoxFuture<'static, Result<Card, Error>> {
        match self.inner().courier.get() {
            Some(send) => send(self, fields, target),
            None => match self.send(&fields, target) {
                Ok(call) => Box::pin(call),
                Err(error) => Box::pin(ready(Err(error))),
            },
        }
    }

    /// The call that sends a card's fields.
    pub(super) fn send(self, fields: &[FieldValue], target: Target) -> Result<Call<Card>, Error> {
        let (client, organization) = self.cx().client()?;
        Ok(match target {
            Target::New(template) => client.create_card(organization, template, fields),
            Target::Known(card) => client.update_card(organization, card, fields),
        })
    }

    /// From now on cards are sent so.
    pub fn send_by(self, courier: Courier) {
        self.inner().courier.set(Some(courier));
    }

    /// From now on what is saved of a card that the server has is sent so.
    pub(in crate::flow) fn correct_by(self, send: Courier) {
        self.inner().corrects.set(Some(send));
    }

    /// From now on cards are looked for so.
    pub(in crate::flow) fn look_by(self, finder: &'static Finder) {
        self.inner().finder.set(Some(finder));
    }

    /// Keeps what was sent for a new card whose answer was lost. Who is no staff sees no card but their own: there, another draft
    /// is made always.
    fn was_lost(self, template: TemplateId, sent: Sent, error: &Error) {
        if error.is_outcome_unknown() && self.cx().mode() == Mode::Portal {
            self.inner().lost.replace(Some(Rc::new(Lost { template, sent })));
        }
    }

    /// Looks for the card whose answer was lost, and goes on with it. It is ours only if all that was sent is in it, the photo
    /// too, and it was never submitted or printed; in doubt it is not, since a spare draft costs nothing.
    ///
    /// # Errors
    /// Where it cannot be looked: then no other one is made either.
    async fn find_lost(self, template: TemplateId) -> Result<Option<CardId>, Error> {
        let inner = self.inner();
        let lost = inner.lost.take().filter(|lost| lost.template == template);
        let (Some(lost), Some(finder)) = (lost, inner.finder.get()) else { return Ok(None) };
        match (finder.lost)(self, lost.clone()).await {
            Ok(Some(card)) => {
                self.has_come(card, Stage::Draft);
                self.with_draft(template, |draft| draft.saved(card, lost.sent.clone()));
                Ok(Some(card))
            }
            // The server is there, and does not tell.
            Ok(None) | Err(Error::Server { .. } | Error::Refused { .. } | Error::NotFound { .. }) => Ok(None),
            Err(error) => {
                inner.lost.replace(Some(lost));
                Err(error)
            }
        }
    }
}
