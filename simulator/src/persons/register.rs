//! All cards, and one of them: staff at work on cards that others have made, and may change meanwhile.

use instant_card::api::CardId;
use instant_card::domain::draft::Draft;
use instant_card::domain::register::Filter;
use instant_card::flow::register::{Batch, Deed as Many, Finalizing, Held, Known, OneCard, Opening, Outcome, Pace};
use instant_card::flow::{DeskPage, Register, Screen};

use super::{Deed, Did, Person};
use crate::effect::Thing;
use crate::staff::{StaffBook, Who};

/// What is looked for.
const TERMS: [&str; 4] = ["", "a", "t0", "Hart"];

impl Person<'_> {
    pub(super) fn me(&self) -> Who {
        (self.tab.number, self.tab.who.get())
    }

    /// Notes what was asked for.
    pub(super) fn for_staff(&self, note: impl FnOnce(&mut StaffBook)) {
        note(&mut self.book.borrow_mut().staff);
    }

    /// A card is to be deleted: it goes from the cart, too.
    fn wants_deleted(&self, card: CardId) {
        let me = self.me();
        self.for_staff(|staff| staff.delete(me, Thing::Card(card.0)));
        self.book.borrow_mut().open.insert(card.0);
    }

    /// Goes where staff are mostly.
    pub(super) fn goes_to_work(&mut self) -> Did {
        let people = if self.bent.is_at_one { 0 } else { 2 };
        let page =
            self.dice.weighed(&[(12, DeskPage::Cards), (people, DeskPage::Contacts), (people, DeskPage::Addresses)]);
        self.goes_to_page(page.unwrap_or(DeskPage::Cards))
    }

    pub(super) fn goes_to_page(&mut self, page: DeskPage) -> Did {
        self.tab.app.go_to_desk(page);
        format!("goes to {page:?}").into()
    }

    pub(super) fn looks_at_cards(&mut self) -> Did {
        let register = self.tab.app.register();
        if register.progress().with_untracked(|progress| progress.failed.is_some()) && self.dice.percent(60) {
            register.read_on();
            return "reads on in the cards".into();
        }
        if register.search_failed().with_untracked(Option::is_some) && self.dice.percent(60) {
            register.search_again();
            return "asks for the cards again".into();
        }
        if let Some(did) = self.sees_to_deletions(register) {
            return did;
        }
        if let Some(did) = self.sees_to_many(register) {
            return did;
        }
        let shown = register.shown();
        let any = |weight: u32| if shown.is_empty() { 0 } else { weight };
        let picked = register.picked().with_untracked(|picked| !picked.is_empty());
        let open = if self.bent.is_at_one { 200 } else { 10 };
        match self.dice.weighed(&[(any(open), 0), (2, 1), (2, 2), (any(5), 3), (if picked { 6 } else { 0 }, 4), (1, 5)])
        {
            Some(0) => {
                // The same one, mostly: others are at it too.
                let last = shown.last().filter(|_| self.dice.percent(if self.bent.is_at_one { 95 } else { 70 }));
                let card = CardId(last.or(self.dice.pick(&shown)).copied().unwrap_or_default());
                register.open(card);
                format!("opens card {card}").into()
            }
            Some(1) => {
                let term = self.dice.pick(&TERMS).copied().unwrap_or_default();
                register.look_for(term);
                format!("looks for “{term}” among the cards").into()
            }
            Some(2) => {
                let filters = [Filter::All, Filter::All, Filter::Waiting, Filter::Waiting, Filter::InCart];
                let filter = self.dice.pick(&filters).copied().unwrap_or_default();
                register.look_at(|look| look.filter = filter);
                format!("looks at cards by {filter:?}").into()
            }
            Some(3) => {
                for _ in 0..self.dice.between(1, 4) {
                    let card = self.dice.pick(&shown).copied().unwrap_or_default();
                    register.pick(CardId(card), true);
                }
                "picks cards".into()
            }
            Some(4) => self.begins_many(register),
            _ => self.goes_to_page(DeskPage::Cart),
        }
    }

    /// Something that is to be deleted can be kept; something that could not be is tried again, or left.
    fn sees_to_deletions(&mut self, register: Register) -> Option<Did> {
        let deletions = register.deletions().get_untracked();
        let deletion = self.dice.pick(&deletions)?;
        let (card, thing, me) = (deletion.card, Thing::Card(deletion.card.0), self.me());
        match &deletion.stage {
            Held::Waiting if self.dice.percent(4) => Some(self.signs_out()),
            Held::Waiting if self.dice.percent(35) => {
                register.undo(card);
                self.for_staff(|staff| {
                    staff.keep(me, thing);
                    staff.deeds.insert("undo");
                });
                Some(format!("keeps card {card}").into())
            }
            Held::Failed(_) if self.dice.percent(50) => {
                self.wants_deleted(card);
                register.delete(card);
                Some(format!("tries again to delete card {card}").into())
            }
            Held::Failed(_) if self.dice.percent(40) => {
                register.undo(card);
                self.for_staff(|staff| staff.let_go(me, thing));
                Some(format!("leaves card {card} as it is").into())
            }
            _ => None,
        }
    }

    fn begins_many(&mut self, register: Register) -> Did {
        let is_going = register.batch().with_untracked(|batch| batch.as_ref().is_some_and(|batch| batch.is_going()));
        let deed = self.dice.pick(&[Many::Finalize, Many::Add, Many::Delete]).copied().unwrap_or(Many::Add);
        let picked = register.picked().get_untracked();
        if !is_going {
            self.may_do(deed, &picked.iter().copied().map(CardId).collect::<Vec<_>>());
        }
        register.start_many(deed);
        format!("begins to {deed:?} {picked:?}").into()
    }

    /// Notes that it may be done with each of these once.
    fn may_do(&self, deed: Many, cards: &[CardId]) {
        let me = self.me();
        for card in cards {
            match deed {
                Many::Delete => self.wants_deleted(*card),
                Many::Finalize => self.for_staff(|staff| staff.finalize(me, card.0)),
                Many::Add => {
                    self.book.borrow_mut().open.insert(card.0);
                }
            }
        }
        let name = match deed {
            Many::Delete => "delete many",
            Many::Finalize => "finalize many",
            Many::Add => "add many",
        };
        self.for_staff(|staff| {
            staff.deeds.insert(name);
        });
    }

    /// The other way round: not with those that its turn has not come to.
    fn may_not_do(&self, batch: &Batch) {
        let me = self.me();
        for piece in batch.pieces.iter().filter(|piece| matches!(piece.outcome, Outcome::Waiting)) {
            self.for_staff(|staff| match batch.deed {
                Many::Delete => staff.keep(me, Thing::Card(piece.card.0)),
                Many::Finalize => staff.keep_draft(me, piece.card.0),
                Many::Add => {}
            });
        }
    }

    fn sees_to_many(&mut self, register: Register) -> Option<Did> {
        let batch = register.batch().get_untracked()?;
        if batch.is_going() {
            let share = if batch.pace == Pace::Held { 35 } else { 15 };
            if batch.pace == Pace::Stopped || !self.dice.percent(share) {
                return None;
            }
            self.may_not_do(&batch);
            register.stop_many();
            self.for_staff(|staff| {
                staff.deeds.insert("stop");
            });
            return Some("stops what is done with many".into());
        }
        if !self.dice.percent(60) {
            return None;
        }
        let is_open = |outcome: &Outcome| matches!(outcome, Outcome::Failed(_) | Outcome::Waiting);
        let open: Vec<CardId> =
            batch.pieces.iter().filter(|piece| is_open(&piece.outcome)).map(|piece| piece.card).collect();
        if !open.is_empty() && self.dice.percent(75) {
            self.may_do(batch.deed, &open);
            self.for_staff(|staff| {
                staff.deeds.insert("go on");
            });
            register.go_on_with_many();
            return Some(format!("goes on to {:?} {open:?}", batch.deed).into());
        }
        register.forget_many();
        Some("has seen what became of many".into())
    }

    pub(super) fn looks_at_card(&mut self, id: CardId) -> Did {
        let register = self.tab.app.register();
        let Some(one) = self.tab.one() else { return "waits for the card".into() };
        if one.failed.with_untracked(Option::is_some) && self.dice.percent(60) {
            one.read();
            return format!("reads card {id} again").into();
        }
        if let Some(conflict) = register.conflict().get_untracked()
            && conflict.theirs.id == id
            && self.dice.percent(85)
        {
            return self.decides(register);
        }
        if self.dice.percent(30)
            && let Some(did) = self.sees_to_deletions(register)
        {
            return did;
        }
        match one.known.get_untracked() {
            Known::Nothing if self.dice.percent(70) => "waits for the card".into(),
            Known::Card(card) => {
                let standing = register.standing(&card);
                self.does_with(one, standing.may_be_draft())
            }
            _ => self.goes_to_page(DeskPage::Cards),
        }
    }

    /// Who has come here only since somebody else has changed their card.
    pub(super) fn goes_on_after_conflict(&mut self) -> Did {
        let register = self.tab.app.register();
        if register.conflict().get_untracked().is_some() {
            return self.decides(register);
        }
        self.goes_to_card();
        Deed::GoTo { place: "make-card" }.told("to the card")
    }

    /// Somebody else has changed the card that was saved.
    fn decides(&mut self, register: Register) -> Did {
        // Others' texts are nobody's own, which is looked for where there are no staff.
        if self.dice.percent(40) || !self.bent.is_staff {
            self.drops_card();
            register.take_theirs();
            return "takes what others have".into();
        }
        register.go_on_with_mine();
        self.keeps_what_stands();
        "goes on with what was typed".into()
    }

    /// What is not changed by oneself may have become what others have.
    fn keeps_what_stands(&self) {
        let Some(draft) = self.tab.app.card().draft().get_untracked() else { return };
        let key = (self.tab.number, crate::book::key_of(&draft));
        let stands = |index: usize, text: &str| *draft.text(index) == *text;
        self.book.borrow_mut().typed.retain(|(tab, of, index), text| (*tab, *of) != key || stands(*index, text));
    }

    fn does_with(&mut self, one: OneCard, may_be_draft: bool) -> Did {
        let (register, id, me) = (one.register, one.id, self.me());
        let cart = register.cart();
        let is_busy = cart.wish_for(id).is_some_and(|wish| wish.failed.is_none())
            || one.finalizing.with_untracked(|state| matches!(state, Finalizing::Busy));
        let is_opening = matches!(register.opening().get_untracked(), Opening::Reading(_));
        let is_going = register
            .deletions()
            .with_untracked(|all| all.iter().any(|one| one.card == id && !matches!(one.stage, Held::Failed(_))));
        let when = |is: bool, weight: u32| if is { weight } else { 0 };
        let may_add = !is_busy && cart.copies_there(id) == 0;
        let edit = if self.bent.is_at_one { 240 } else { 24 };
        match self.dice.weighed(&[
            (when(!is_opening, edit), 0),
            (when(may_be_draft && may_add, 3), 1),
            (when(may_be_draft && may_add, 5), 2),
            (when(!may_be_draft && may_add, 4), 3),
            (1, 4),
            (when(!is_going, 4), 5),
            (3, 6),
            (4, 7),
        ]) {
            Some(0) => {
                self.press(|| register.edit(id));
                format!("opens card {id} in the form").into()
            }
            Some(1) => {
                self.for_staff(|staff| staff.finalize(me, id.0));
                let twice = self.press(|| one.finalize());
                format!("finalizes card {id}{}", Self::doubled(twice)).into()
            }
            Some(2) => {
                self.for_staff(|staff| staff.finalize(me, id.0));
                self.book.borrow_mut().open.insert(id.0);
                one.finalize_and_add(move || goes_on(register, id, 1));
                format!("finalizes card {id} and puts it into the cart").into()
            }
            Some(3) => {
                self.wishes(&[(id, 1)]);
                format!("puts card {id} into the cart").into()
            }
            Some(4) => {
                self.notes_copy(one);
                register.duplicate(id);
                format!("makes a copy of card {id}").into()
            }
            Some(5) => {
                self.wants_deleted(id);
                register.delete(id);
                goes_on(register, id, 1);
                format!("deletes card {id}").into()
            }
            Some(6) => {
                let by = if self.dice.percent(70) { 1 } else { -1 };
                if let Some((_, Some(next))) = register.beside(id, by) {
                    register.cx().go(Screen::Desk(DeskPage::Card(next)));
                }
                "goes on to the next card".into()
            }
            _ => self.goes_to_page(DeskPage::Cards),
        }
    }

    /// Several new cards of a template may be in work from now on.
    fn notes_copy(&self, one: OneCard) {
        if let Known::Card(card) = one.known.get_untracked()
            && let Some(template) = card.template_id
        {
            self.for_staff(|staff| {
                staff.several.insert((self.tab.number, template.0));
            });
        }
    }

    /// A card that was there before is corrected in the form.
    pub(super) fn corrects(&mut self, draft: &Draft) -> Did {
        let card = self.tab.app.card();
        if card.is_saving() {
            return "waits until the card is saved".into();
        }
        let is_unsaved = draft.is_unsaved();
        let save = if is_unsaved { 12 } else { 0 };
        let leave = match (self.bent.is_at_one, is_unsaved) {
            (true, _) => 1,
            (_, true) => 2,
            (_, false) => 5,
        };
        match self.dice.weighed(&[(8, 0), (save, 1), (save / 4, 2), (leave, 3)]) {
            Some(0) => {
                let fields = if self.dice.percent(80) { 1 } else { draft.fields().len() };
                let index = self.dice.below(fields);
                match self.fills(draft, index) {
                    Some(_) => format!("corrects field {index}").into(),
                    None => "looks at a picture".into(),
                }
            }
            Some(1) => {
                self.begins_to_save();
                let twice = self.press(|| card.save_draft());
                format!("saves the card{}", Self::doubled(twice)).into()
            }
            Some(2) => {
                self.begins_to_save();
                if card.check(true) {
                    card.show_preview();
                }
                "saves the card and has it drawn".into()
            }
            _ => self.goes_to_page(DeskPage::Cards),
        }
    }

    /// What is read of the card from now on is read for this save.
    pub(super) fn begins_to_save(&self) {
        let (tab, sends) = (self.tab.number, self.server.sends.borrow().len());
        self.for_staff(|staff| {
            staff.saves.insert(tab, sends);
        });
    }
}

/// On to the next card of a queue; to the list where there is none.
fn goes_on(register: Register, id: CardId, by: isize) {
    let is_queue = register.look().with_untracked(|look| look.filter == Filter::Waiting);
    let page = match register.beside(id, by) {
        Some((_, Some(next))) if is_queue => DeskPage::Card(next),
        _ => DeskPage::Cards,
    };
    register.cx().go(Screen::Desk(page));
}
