//! Staff at work on the same cards: nothing is deleted or finalized that was not asked for, nothing that was is forgotten, and no
//! edit is lost without a word.

use std::rc::Rc;

use instant_card::flow::register::Held;

use super::ground::{Judge, Scene, Verdict, broken};
use crate::book::{Book, key_of};
use crate::effect::{Effect, Thing, Written, thing};
use crate::operation::Operation;
use crate::server::{Act, Sent};
use crate::staff::Who;
use crate::tab::Tab;

/// A call that deletes, or finalizes, was asked for, and is made once for that; once more after the server has let nobody in.
pub(super) fn is_asked_for(sends: &[Sent], number: usize, sent: &Sent, book: &mut Book) -> Verdict {
    if !book.staff.tabs.contains(&sent.tab) {
        return Ok(());
    }
    let me = (sent.tab, sent.who);
    let is_like = |other: &&Sent| (other.tab, other.who, other.operation) == (sent.tab, sent.who, sent.operation);
    let before = sends.iter().take(number).rev().find(is_like);
    if before.is_some_and(|before| matches!(before.seen, Some(401 | 429))) {
        return Ok(());
    }
    if let Some(thing) = Thing::deleted_by(sent.operation) {
        let asked = book.staff.deletions.entry((me, thing)).or_default();
        asked.made += 1;
        if asked.made > asked.calls {
            let seen = format!("tab {} deletes {thing:?}", sent.tab);
            return broken("nothing is deleted that was not asked for", seen);
        }
    }
    if let Operation::Finalize(card) = sent.operation {
        let may = book.staff.may_finalize.entry((me, card)).or_default();
        match may.checked_sub(1) {
            Some(left) => *may = left,
            None => {
                let seen = format!("tab {} finalizes card {card}", sent.tab);
                return broken("nothing is finalized that was not asked for, or twice", seen);
            }
        }
    }
    Ok(())
}

/// What was asked for, and whose time is over, has come about, or is told as failed.
pub(super) fn is_done_or_told(scene: Scene<'_>, book: &Book) -> Verdict {
    let door = scene.server.door.borrow();
    for (((tab, who), thing), _) in book.staff.deletions.iter().filter(|(_, asked)| asked.is_owed) {
        let Some(tab) = scene.tabs.get(*tab) else { continue };
        let is_in = tab.app.cx().organization().get_untracked().is_some();
        if tab.who.get() == *who && is_in && thing.is_there(&door) {
            let seen = format!("tab {} was to delete {thing:?}, which is there", tab.number);
            return broken("what was asked for is deleted, or told", seen);
        }
    }
    // In whose name it is, is not there any more: it is done, or told.
    if let Some(((tab, _), thing)) = book.staff.parted.iter().find(|(_, thing)| thing.is_there(&door)) {
        let seen = format!("tab {tab} was to delete {thing:?} when somebody signed out, and it is there");
        return broken("what was asked for is deleted, or told", seen);
    }
    Ok(())
}

/// What was to be deleted when somebody signed out is told as not deleted.
pub(super) fn is_told_as_there(tab: &Tab, message: &str, book: &mut Book) -> Verdict {
    let is_it = |thing: &Thing| {
        let (Thing::Card(id) | Thing::Address(id) | Thing::Contact(id)) = thing;
        message.split(|letter: char| !letter.is_ascii_digit()).any(|number| *number == *id.to_string())
    };
    match book.staff.parted.iter().position(|((by, _), thing)| *by == tab.number && is_it(thing)) {
        Some(place) => {
            book.staff.parted.remove(place);
            Ok(())
        }
        None => broken("nothing is told as not deleted that nobody wanted deleted", message.to_owned()),
    }
}

fn deed_of(effect: &Effect) -> &'static str {
    match effect {
        Effect::Finalized(_) => "finalize",
        Effect::Deleted(Thing::Card(_)) => "delete",
        Effect::Deleted(Thing::Address(_)) => "delete address",
        Effect::Deleted(Thing::Contact(_)) => "delete contact",
        Effect::Changed(..) => "edit",
    }
}

impl Judge {
    /// The server has done something.
    pub(super) fn staff_acted(
        &mut self,
        scene: Scene<'_>,
        acts: &[Act],
        sends: &[Sent],
        number: usize,
        book: &mut Book,
    ) -> Verdict {
        if book.staff.tabs.is_empty() {
            return Ok(());
        }
        let Some((act, sent)) = acts.get(number).and_then(|act| Some((act, sends.get(act.sent)?))) else {
            return Ok(());
        };
        let me = (sent.tab, sent.who);
        if let Some(made) = act.made {
            let door = scene.server.door.borrow();
            let texts = door.card(made).map(|card| card.texts).unwrap_or_default();
            let written = texts.into_iter().map(|(token, _)| ((made, token.to_owned()), (number, me)));
            self.written.extend(written);
        }
        if act.status == 200 && !act.is_lie {
            let deed = match sent.operation {
                Operation::CreateAddress => "create address",
                Operation::CreateContact => "create contact",
                Operation::UpdateAddress(_) => "edit address",
                Operation::UpdateContact(_) => "edit contact",
                _ => "",
            };
            if !deed.is_empty() {
                book.staff.deeds.insert(deed);
            }
        }
        let Some(effect) = &act.effect else { return Ok(()) };
        let is_staff = book.staff.tabs.contains(&sent.tab);
        if is_staff {
            book.staff.deeds.insert(deed_of(effect));
        }
        match effect {
            Effect::Deleted(Thing::Card(card)) => {
                book.open.insert(*card);
            }
            Effect::Changed(card, all) => {
                // What is saved while another card is in work by then is done with.
                let in_work = scene.tabs.get(sent.tab).and_then(|tab| tab.app.card().draft().get_untracked());
                if in_work.is_none_or(|draft| key_of(&draft) != *card) {
                    let is_saved = |text: &str| all.iter().any(|written| *written.after == *text);
                    book.typed.retain(|(by, of, _), text| (*by, *of) != (sent.tab, *card) || !is_saved(text));
                }
                for written in all {
                    if is_staff {
                        self.is_no_loss(acts, sends, number, *card, written, book)?;
                    }
                    self.written.insert((*card, written.token.clone()), (number, me));
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What somebody has saved is written over only by whoever has seen it; but for what is saved between the widget's last look
    /// and its own save, which is counted.
    fn is_no_loss(
        &mut self,
        acts: &[Act],
        sends: &[Sent],
        number: usize,
        card: u64,
        written: &Written,
        book: &Book,
    ) -> Verdict {
        let Some((act, sent)) = acts.get(number).and_then(|act| Some((act, sends.get(act.sent)?))) else {
            return Ok(());
        };
        let Some((at, by)) = self.written.get(&(card, written.token.clone())).copied() else { return Ok(()) };
        // A page that has changed the way to the server keeps what is in work, and what was shown of it.
        // What came with a bad character in front of it was shown so, too.
        let is_shown = || {
            book.staff.shown.iter().any(|((tab, who), shown, token, text)| {
                let is_it = *tab == sent.tab && *who <= sent.who && *shown == card && *token == written.token;
                is_it && (*text == written.before || (!written.before.is_empty() && text.ends_with(&*written.before)))
            })
        };
        if by.0 == sent.tab || is_shown() {
            return Ok(());
        }
        let began = book.staff.saves.get(&sent.tab).copied().unwrap_or(usize::MAX);
        let is_read = |look: &&Act| {
            look.sent >= began
                && look.sent < act.sent
                && sends.get(look.sent).is_some_and(|read| {
                    let is_it = (read.tab, read.who, read.operation) == (sent.tab, sent.who, Operation::ShowCard(card));
                    is_it && read.seen == Some(200)
                })
        };
        // Its own look is the first; what one looks at while the save waits at a gate is not compared.
        let read = acts.iter().take(number).position(|look| is_read(&look));
        if read.is_some_and(|read| read < at) {
            *self.reached.gaps.entry("an edit saved between the last look and the save").or_default() += 1;
            return Ok(());
        }
        let seen = format!(
            "tab {} writes `{}` over `{}`, which tab {} has saved, in {} of card {card}",
            sent.tab, written.after, written.before, by.0, written.token
        );
        broken("no edit is lost without a word", seen)
    }

    /// What a member of staff sees.
    pub(super) fn staff_see(&mut self, tab: &Tab, book: &mut Book) -> Verdict {
        let me: Who = (tab.number, tab.who.get());
        self.sees_draft(tab, me, book);
        if tab.app.has_register() {
            let register = tab.app.register();
            register.deletions().with_untracked(|all| {
                let failed = all.iter().filter(|deletion| matches!(deletion.stage, Held::Failed(_)));
                failed.for_each(|deletion| book.staff.let_go(me, Thing::Card(deletion.card.0)));
            });
            if let Some(batch) = register.batch().get_untracked() {
                batches::is_told(&batch, me, book);
            }
            if let Some(conflict) = register.conflict().get_untracked() {
                self.sees_conflict(tab, me, &conflict, book)?;
            }
        }
        if tab.app.desk_is_there()
            && tab.app.desk().directory().has_people()
            && let Some((held, _)) = tab.app.people().undeleted().get_untracked()
            && let Some(thing) = thing(held.subject)
        {
            book.staff.let_go(me, thing);
        }
        Ok(())
    }

    /// The form of a card that is corrected shows what stands in it.
    fn sees_draft(&mut self, tab: &Tab, me: Who, book: &mut Book) {
        let draft = tab.app.card().draft().get_untracked();
        let now = draft.as_ref().map(|draft| (key_of(draft), draft.is_unsaved()));
        let before = match now {
            Some(now) => book.staff.in_work.insert(tab.number, now),
            None => book.staff.in_work.remove(&tab.number),
        };
        if let Some((key, is_unsaved)) = before.filter(|(key, _)| now.is_none_or(|(now, _)| now != *key)) {
            // What is saved is not laid aside; and a correction of a card that is gone becomes a new card.
            let became = now.map(|(now, _)| now).filter(|_| is_unsaved && key > MOST_TEMPLATES);
            let is_over =
                |of: u64| (!is_unsaved && of == key) || became.is_some_and(|now| of == now && now <= MOST_TEMPLATES);
            book.typed.retain(|(by, of, _), _| *by != tab.number || !is_over(*of));
        }
        let Some(draft) = draft else { return };
        let Some(card) = draft.corrected() else { return };
        // What was saved is done with: opened anew, the card is as the server has it, and others may have changed it since.
        if before.is_some_and(|before| Some(before) == now && !before.1) {
            let stands = |index: usize, text: &str| *draft.text(index) == *text;
            book.typed.retain(|(by, of, index), text| (*by, *of) != (tab.number, card.0) || stands(*index, text));
        }
        for (index, field) in draft.fields().iter().enumerate() {
            let shown = (me, card.0, field.token.clone(), draft.text(index).trim().to_owned());
            book.staff.shown.insert(shown);
        }
    }

    /// Somebody is told that others have changed a card.
    fn sees_conflict(
        &mut self,
        tab: &Tab,
        me: Who,
        conflict: &Rc<instant_card::flow::register::Conflict>,
        book: &mut Book,
    ) -> Verdict {
        let is_new =
            self.conflicts.insert(tab.number, conflict.clone()).is_none_or(|known| !Rc::ptr_eq(&known, conflict));
        if !is_new {
            return Ok(());
        }
        book.staff.deeds.insert("conflict");
        let card = conflict.theirs.id.0;
        for value in &conflict.theirs.data {
            let is_shown = conflict.fields.iter().any(|field| field.theirs.as_deref() == Some(&*value.value));
            if is_shown {
                book.staff.shown.insert((me, card, value.token.clone(), value.value.trim().to_owned()));
            }
        }
        let is_other = |theirs: &Option<String>, mine: &Option<String>| match (theirs, mine) {
            (Some(theirs), Some(mine)) => theirs.trim() != mine.trim(),
            _ => true,
        };
        if conflict.fields.iter().any(|field| is_other(&field.theirs, &field.mine)) {
            return Ok(());
        }
        let seen = format!("tab {}: in card {card} stands what was typed here", tab.number);
        broken("nobody is told of a change that nobody has made", seen)
    }
}

/// Cards have larger numbers than templates.
const MOST_TEMPLATES: u64 = 9_999;

mod batches {
    //! What is done with many at once.

    use instant_card::flow::register::{Batch, Deed, Outcome, Pace};

    use crate::book::Book;
    use crate::effect::Thing;
    use crate::staff::Who;

    /// What did not come about is told, and so is what was not begun.
    pub(super) fn is_told(batch: &Batch, me: Who, book: &mut Book) {
        if batch.deed != Deed::Delete {
            return;
        }
        let is_told = |outcome: &Outcome| match outcome {
            Outcome::Failed(_) => true,
            Outcome::Waiting => batch.pace == Pace::Stopped,
            _ => false,
        };
        for piece in batch.pieces.iter().filter(|piece| is_told(&piece.outcome)) {
            book.staff.let_go(me, Thing::Card(piece.card.0));
        }
    }
}
