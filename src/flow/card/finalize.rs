//! What happens when a person presses "Finalize", from top to bottom.

use super::CardFlow;
use super::state::{SaveState, Stage};
use crate::api::TemplateId;
use crate::domain::config::{EndsWith, Mode};
use crate::domain::draft::Draft;
use crate::flow::host::HostEvent;
use crate::flow::screen::Screen;

impl CardFlow {
    /// Ends the journey: the card is finalized, or stays a draft where the page says so.
    pub fn finalize(self) {
        // A second press, while the first is under way.
        if self.is_saving() {
            return;
        }
        // It has been saved before it was shown, so the server has it.
        let Some((card, template)) = self.draft().with_untracked(|draft| {
            let draft = draft.as_ref()?;
            Some((draft.card()?, draft.template_id()))
        }) else {
            return;
        };
        if self.ends_as_draft() {
            self.has_come(card, Stage::Ended);
            self.finish(template);
            return;
        }
        self.save_state().set(SaveState::Saving);
        self.inner().sending.set(Some(template));
        self.has_come(card, Stage::Sent);
        let task = self.cx().spawn(Box::pin(async move {
            // The client adds the token, renews it where the server refuses it, and keeps the time limit.
            let answer = match self.cx().client() {
                Ok((client, organization)) => client.finalize_card(organization, card).await,
                Err(error) => Err(error),
            };
            self.is_sent(template);
            match answer {
                Ok(_) => {
                    self.has_come(card, Stage::Ended);
                    self.with_draft(template, Draft::finalized);
                    self.settle(template, SaveState::Idle);
                    self.cx().tell(HostEvent::CardFinalized { card, template });
                    self.finish(template);
                }
                // The preview's screen says so, with a way to try again: finalizing twice is the same as once.
                Err(error) => {
                    if !error.is_outcome_unknown() {
                        self.has_come(card, Stage::Draft);
                    }
                    self.cx().tell_error(&error);
                    self.settle(template, SaveState::Failed(error));
                }
            }
        }));
        self.saving().set(Some(task));
    }

    /// The card from `template` is no longer being sent.
    pub(super) fn is_sent(self, template: TemplateId) {
        let sending = &self.inner().sending;
        sending.set(sending.get().filter(|other| *other != template));
    }

    /// Says how it went with the card from `template`, unless another one was opened meanwhile.
    pub(super) fn settle(self, template: TemplateId, state: SaveState) {
        if self.template() == Some(template) {
            self.save_state().set(state);
        }
    }

    /// The card is done: of its pictures nothing stays here but the preview.
    fn finish(self, template: TemplateId) {
        self.photos().forget_card(template);
        if self.template() == Some(template) {
            self.draft().update(|draft| draft.iter_mut().for_each(Draft::forget_pictures));
            self.cx().go(Screen::Done);
        } else {
            // Another card was opened while the server was at it: that one goes on.
            self.inner().shelf.borrow_mut().retain(|draft| draft.template_id() != template);
        }
    }

    /// Whether a card stays a draft here, for staff to finalize.
    pub fn ends_as_draft(self) -> bool {
        self.cx().config().with_untracked(|config| {
            config.as_ref().is_some_and(|config| config.mode != Mode::Portal && config.ends_with == EndsWith::Draft)
        })
    }
}
