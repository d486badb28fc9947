//! A card is deleted: after asking, and with some seconds in which it can be undone, since the server has no way back.

use super::Register;
use super::state::{Deletion, HELD, Held, Pace};
use crate::api::{CardId, Error};
use crate::flow::desk::Farewell;
use crate::flow::mutant::{self, Mutant};
use crate::reactive::Var;

impl Register {
    /// The cards that are about to be deleted. Follows.
    pub(super) fn going(self) -> Vec<CardId> {
        let is_going = |deletion: &&Deletion| !matches!(deletion.stage, Held::Failed(_));
        self.deletions().with(|all| all.iter().filter(is_going).map(|deletion| deletion.card).collect())
    }

    /// Deletes a card, unless that is undone in time.
    pub fn delete(self, card: CardId) {
        if self
            .deletions()
            .with_untracked(|all| all.iter().any(|deletion| deletion.card == card && deletion.is_going()))
        {
            return;
        }
        let title = self.faces().title(card);
        let holds = &self.inner().holds;
        let turn = holds.get().wrapping_add(1);
        holds.set(turn);
        self.deletions().update(|all| {
            all.retain(|deletion| deletion.card != card);
            all.push(Deletion { card, title, stage: Held::Waiting, turn });
        });
        self.cx().spawn(Box::pin(async move {
            self.cx().sleep(HELD).await;
            if !self.cards().is_gone() {
                self.delete_now(card, turn).await;
            }
        }));
    }

    /// The card stays.
    pub fn undo(self, card: CardId) {
        let is_open = |deletion: &Deletion| deletion.card == card && !matches!(deletion.stage, Held::Asked);
        self.deletions().update(|all| all.retain(|deletion| !is_open(deletion)));
    }

    /// What is held is done now: one has gone elsewhere, where it cannot be undone.
    pub fn settle(self) {
        self.settle_each();
        self.settle_many();
    }

    /// The page is being left: all that is held is done at once. A call that deletes goes out all the same; where it does not, the
    /// card is there.
    pub fn settle_at_once(self) {
        self.settle_each();
        self.settle_many_at_once();
    }

    /// Whoever wanted it signs out: what can still be undone, and what was just asked for, is deleted all the same.
    pub(super) fn part(self) {
        let mut cards = self.deletions().with_untracked(|all| {
            all.iter().filter(|deletion| deletion.is_going()).map(|deletion| deletion.card).collect::<Vec<_>>()
        });
        cards.extend(self.held_many());
        let Some(farewell) = Farewell::of(self.cx()).filter(|_| !cards.is_empty()) else { return };
        let words = self.cx().words();
        for card in cards {
            let not_deleted = words.register().not_deleted(&words.card().card_number(&card.to_string()));
            farewell.delete(farewell.client.delete_card(farewell.organization, card), not_deleted);
        }
        self.forget();
    }

    fn settle_each(self) {
        let waiting = |deletion: &&Deletion| matches!(deletion.stage, Held::Waiting);
        let held: Vec<(CardId, u32)> =
            self.deletions().with_untracked(|all| all.iter().filter(waiting).map(|one| (one.card, one.turn)).collect());
        for (card, turn) in held {
            self.cx().spawn(Box::pin(self.delete_now(card, turn)));
        }
    }

    /// Deletes a card at the server. Not there: somebody else has deleted it, or an answer was lost.
    pub(super) async fn delete_at_server(self, card: CardId) -> Result<(), Error> {
        let answer = match self.cx().client() {
            Ok((client, organization)) => client.delete_card(organization, card).await,
            Err(error) => Err(error),
        };
        match answer {
            Ok(()) | Err(Error::NotFound { .. }) => {
                self.drop_card(card);
                self.cart().has_lost(card);
                Ok(())
            }
            Err(error) => {
                self.cx().tell_error(&error);
                Err(error)
            }
        }
    }

    /// Whether anything is done with many that would not come about if the page were left. Follows.
    pub fn is_at_work(self) -> bool {
        self.batch().with(|batch| batch.as_ref().is_some_and(|batch| batch.is_going() && batch.pace != Pace::Held))
    }

    /// Unless it was undone; and where it is held once more since, that has its own time.
    async fn delete_now(self, card: CardId, turn: u32) {
        let deletions: Var<Vec<Deletion>> = self.deletions();
        let is_it = |deletion: &&mut Deletion| deletion.turn == turn && matches!(deletion.stage, Held::Waiting);
        let mut is_waiting = false;
        deletions.update(|all| {
            if let Some(deletion) = all.iter_mut().find(is_it) {
                deletion.stage = Held::Asked;
                is_waiting = true;
            }
        });
        // Undone, or done already.
        if !is_waiting && !mutant::is(Mutant::DeletionEager) {
            return;
        }
        let answer = self.delete_at_server(card).await;
        if deletions.is_gone() {
            return;
        }
        deletions.update(|all| match answer {
            Ok(()) => all.retain(|deletion| deletion.card != card),
            Err(error) => {
                let failed = all.iter_mut().filter(|deletion| deletion.card == card);
                failed.for_each(|deletion| deletion.stage = Held::Failed(error.clone()));
            }
        });
    }
}
