//! What of the card in work outlives a reload, and how it is put back in work: see [`crate::flow::memory`].

use super::CardFlow;
use super::state::Stage;
use crate::domain::draft::Draft;
use crate::flow::screen::Screen;

impl CardFlow {
    /// How far the card in work has come, where it was made here.
    pub(in crate::flow) fn stage(self) -> Option<Stage> {
        let card = self.draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card))?;
        let inner = self.inner();
        let made = inner.made.borrow();
        made.iter().rev().find(|(known, _)| *known == card).map(|(_, stage)| *stage)
    }

    /// Puts a card in work again as it was left; `is_sent`, if it was sent for finalization.
    pub(in crate::flow) fn put_back(self, draft: Draft, is_sent: bool) {
        let before = self.draft().get_untracked().filter(|before| before.template_id() != draft.template_id());
        self.inner().shelf.borrow_mut().extend(before);
        self.opening().set(None);
        self.fresh_form();
        if let Some(card) = draft.card() {
            self.has_come(card, if is_sent { Stage::Sent } else { Stage::Draft });
        }
        self.set_draft(Some(draft));
        self.put_back_count().update(|count| *count += 1);
        // What is the page's is as the page gives it now.
        self.wake();
        self.cx().go(Screen::CardForm);
    }
}
