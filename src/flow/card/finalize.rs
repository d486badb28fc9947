//! What happens when a person presses "Finalize", from top to bottom.

use super::CardFlow;
use super::state::{SaveState, Stage};
use crate::api::{CardId, Error, TemplateId};
use crate::domain::config::{EndsWith, Mode};
use crate::domain::draft::Draft;
use crate::flow::host::HostEvent;
use crate::flow::screen::Screen;

impl CardFlow {
    /// Ends the journey: the card is finalized, or stays a draft where the page says so. Where it goes on to the cart or to an
    /// order, all of that is done together, when the person has given what it takes: see [`crate::flow::ending`].
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
        match self.ends_with() {
            EndsWith::Draft => {
                self.has_come(card, Stage::Ended);
                return self.finish(template);
            }
            EndsWith::Cart | EndsWith::Order => return self.cx().go(Screen::Ending),
            EndsWith::Finalized => {}
        }
        self.save_state().set(SaveState::Saving);
        let task = self.cx().spawn(Box::pin(async move {
            match self.ask_to_finalize(card, template).await {
                Ok(()) => {
                    self.settle(template, SaveState::Idle);
                    self.finish(template);
                }
                // The preview's screen says so, with a way to try again: finalizing twice is the same as once.
                Err(error) => {
                    self.cx().tell_error(&error);
                    self.settle(template, SaveState::Failed(error));
                }
            }
        }));
        self.saving().set(Some(task));
    }

    /// Has the server finalize the card from `template`, and tells the page.
    pub(in crate::flow) async fn ask_to_finalize(self, card: CardId, template: TemplateId) -> Result<(), Error> {
        self.inner().sending.set(Some(template));
        self.has_come(card, Stage::Sent);
        // For whoever remembers how far it is.
        self.remembered().set(self.remembered().get_untracked());
        // The client adds the token, renews it where the server refuses it, and keeps the time limit.
        let answer = match self.cx().client() {
            Ok((client, organization)) => client.finalize_card(organization, card).await,
            Err(error) => Err(error),
        };
        self.is_sent(template);
        if let Err(error) = answer {
            if !error.is_outcome_unknown() {
                self.has_come(card, Stage::Refused);
            }
            return Err(error);
        }
        self.has_come(card, Stage::Ended);
        self.with_draft(template, Draft::finalized);
        self.cx().tell(HostEvent::CardFinalized { card, template });
        Ok(())
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
    pub(in crate::flow) fn finish(self, template: TemplateId) {
        self.photos().forget_card(template);
        if self.template() == Some(template) {
            self.draft().update(|draft| draft.iter_mut().for_each(Draft::forget_pictures));
            self.cx().go(Screen::Done);
        } else {
            // Another card was opened while the server was at it: that one goes on.
            let inner = self.inner();
            let mut shelf = inner.shelf.borrow_mut();
            let done = shelf.iter().rposition(|draft| draft.template_id() == template);
            done.map(|place| shelf.remove(place));
        }
    }

    /// Where the person's own journey ends; staff go on from a finalized card by themselves.
    pub fn ends_with(self) -> EndsWith {
        self.cx().config().with_untracked(|config| {
            let own = config.as_ref().filter(|config| config.mode != Mode::Portal);
            own.map(|config| config.ends_with).unwrap_or_default()
        })
    }
}
