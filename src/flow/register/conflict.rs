//! A card that is saved is compared right before and right after, since the server takes whatever comes last: what somebody else
//! has changed is shown beside what one has typed, and nothing is overwritten without a word.

use std::future::pending;
use std::rc::Rc;

use super::Register;
use super::state::{Conflict, Differing};
use crate::api::{Card, CardId, Error, FieldValue};
use crate::domain::draft::{Draft, Value};
use crate::flow::card::Target;
use crate::flow::host::HostEvent;
use crate::flow::mutant::{self, Mutant};
use crate::flow::screen::{DeskPage, Screen};

impl Conflict {
    /// What was `tried` before may be there by a save whose answer was lost, and is one's own.
    fn of(draft: &Draft, tried: Option<&Draft>, theirs: Card, is_after: bool) -> Option<Conflict> {
        let fields = draft.fields();
        let tried = tried.filter(|tried| tried.card() == draft.card());
        let differing = draft.changed_by_others(&theirs).into_iter().filter_map(|index| {
            let is_text = matches!(draft.value(index), Value::Text(_) | Value::Empty);
            let mine = is_text.then(|| draft.text(index).to_string());
            let theirs = draft.text_in(index, &theirs);
            let was_tried = || tried.is_some_and(|tried| theirs.as_deref() == Some(&*tried.text(index)));
            let is_same = mine.is_some() && (theirs == mine || was_tried());
            (!is_same).then_some(Differing { label: fields.get(index)?.label.clone(), theirs, mine })
        });
        let fields: Vec<Differing> = differing.collect();
        (!fields.is_empty()).then_some(Conflict { theirs, fields, is_after })
    }
}

impl Register {
    /// Sends the fields of card `id`, in work as `draft`: it is read before, and read again after it.
    pub(super) async fn send(self, draft: Draft, fields: Vec<FieldValue>, id: CardId) -> Result<Card, Error> {
        let (work, target) = (self.work(), Target::Known(id));
        let (client, organization) = self.cx().client()?;
        if !mutant::is(Mutant::EditUnread)
            && let Some(conflict) = {
                let theirs = client.card(organization, id).await?;
                Conflict::of(&draft, self.inner().tried.borrow().as_ref(), theirs, false)
            }
        {
            work.stop_saving();
            self.tell(conflict);
            // Nothing is saved: this is given up.
            return pending().await;
        }
        self.inner().tried.replace(Some(draft.clone()));
        let answer = work.carry(fields, target).await?;
        let mut after = client.card(organization, id).await?;
        let is_there = |index: &usize| matches!(draft.value(*index), Value::There);
        let mut lost = draft.lost_in(&after);
        if !lost.is_empty() && !lost.iter().all(is_there) {
            // It takes what is not sent for taken out.
            work.carry(draft.whole(), target).await?;
            after = client.card(organization, id).await?;
            lost.extend(draft.lost_in(&after));
        }
        self.inner().tried.take();
        lost.retain(is_there);
        self.learn(vec![after.clone()]);
        let mut sent = draft;
        sent.sent_as_it_stands();
        let conflict = Conflict::of(&sent, None, after, true).filter(|_| lost.is_empty());
        // Once it is known to be saved, and before anybody goes on with it.
        self.cx().spawn_apart(Box::pin(async move {
            if self.cards().is_gone() {
                return;
            }
            if !lost.is_empty() {
                self.ask_for(&sent, &lost);
            } else if let Some(conflict) = conflict {
                self.tell(conflict);
            }
        }));
        Ok(answer)
    }

    fn tell(self, conflict: Conflict) {
        let id = conflict.theirs.id;
        let message = self.cx().words().register().changed_by_others.to_owned();
        self.cx().tell(HostEvent::Error { code: "card-changed", message });
        self.learn(vec![conflict.theirs.clone()]);
        self.conflict().set(Some(Rc::new(conflict)));
        self.cx().go(Screen::Desk(DeskPage::Card(id)));
    }

    /// These pictures are gone at the server: the person is asked for them.
    fn ask_for(self, draft: &Draft, gone: &[usize]) {
        let work = self.work();
        let template = draft.template_id();
        for (index, field) in draft.fields().iter().enumerate().filter(|(index, _)| gone.contains(index)) {
            work.with_draft(template, |draft| draft.lose(index));
            let message = self.cx().words().register().picture_gone(&field.label);
            self.cx().tell(HostEvent::Error { code: "photo-gone", message });
        }
        work.tried().set(true);
        work.edit();
    }

    /// What somebody else has typed stays, and what one has typed oneself is dropped.
    pub fn take_theirs(self) {
        let is_it =
            |id: CardId| self.work().draft().with_untracked(|draft| draft.as_ref().and_then(Draft::card)) == Some(id);
        if self.conflict().get_untracked().is_some_and(|conflict| is_it(conflict.theirs.id)) {
            self.work().drop_card();
        }
        self.conflict().set(None);
    }

    /// Back to the form: what one has typed is in it, and is saved there over theirs; what one has not changed is as they have it.
    pub fn go_on_with_mine(self) {
        let work = self.work();
        if let Some(conflict) = self.conflict().get_untracked() {
            work.draft().update(|draft| draft.iter_mut().for_each(|draft| draft.rebase(&conflict.theirs)));
        }
        self.conflict().set(None);
        work.edit();
    }
}
