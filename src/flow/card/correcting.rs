//! A card that the server has is put in work, for staff.

use futures_util::future::LocalBoxFuture;

use super::state::{SaveState, Stage, Target};
use super::{CardFlow, give_up};
use crate::api::{Card, CardId, Error, FieldValue};
use crate::domain::draft::Draft;
use crate::flow::screen::Screen;

impl CardFlow {
    /// Whether a card can be put in work now. Not while another one from the same template is being sent, whose answer would be
    /// taken for this one's.
    pub(in crate::flow) fn may_take_up(self, draft: &Draft) -> bool {
        self.inner().sending.get() != Some(draft.template_id())
    }

    /// Puts a card in work that the server has, and goes to the form. What is in work and not saved is laid aside, and is in work
    /// again after it.
    pub(in crate::flow) fn take_up(self, draft: Draft) {
        let inner = self.inner();
        let is_it = |other: &Draft| other.card().is_some() && other.card() == draft.card();
        let now = self.draft().get_untracked().filter(|now| !now.is_done());
        // What was typed into this very card stays.
        if now.as_ref().is_some_and(|now| is_it(now) && now.is_unsaved()) {
            return self.edit();
        }
        let mut shelf = inner.shelf.borrow_mut();
        shelf.extend(now.filter(|now| now.is_unsaved() && !is_it(now)));
        let place = shelf.iter().position(is_it);
        // What was saved of it may be otherwise at the server by now.
        let draft = place.map(|place| shelf.remove(place)).filter(Draft::is_unsaved).unwrap_or(draft);
        drop(shelf);
        self.opening().set(None);
        self.photos().forget_card(draft.template_id());
        self.fresh_form();
        self.set_draft(Some(draft));
        self.wake();
        self.cx().go(Screen::CardForm);
    }

    /// Sends the fields of a card, with what the page gives seen to.
    pub(in crate::flow) fn carry_given(
        self,
        fields: Vec<FieldValue>,
        target: Target,
    ) -> LocalBoxFuture<'static, Result<Card, Error>> {
        match self.inner().giving.get() {
            Some(giving) => (giving.send)(self, fields, target),
            None => self.carry(fields, target),
        }
    }

    /// Gives up the save under way, in which this is called: the form has what was typed.
    pub(in crate::flow) fn stop_saving(self) {
        self.inner().sending.set(None);
        self.save_state().set(SaveState::Idle);
        give_up(self.saving());
    }

    /// Whether a card was finalized here.
    pub(in crate::flow) fn was_finalized(self, card: CardId) -> bool {
        let inner = self.inner();
        let made = inner.made.borrow();
        let last = made.iter().rev().find(|(known, _)| *known == card);
        last.is_some_and(|(_, stage)| *stage == Stage::Ended)
    }
}
