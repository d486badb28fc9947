//! What must hold, whatever happens.

mod cart;
mod charges;
mod endings;
mod ends;
mod gateway;
mod ground;
mod privacy;
mod shown;
mod staff;
mod twins;

pub(crate) use ground::{Broken, Judge, Reached, Scene, Verdict};

use ground::{broken, is_change};
use instant_card::domain::draft::Value;
use instant_card::flow::HostEvent;

use crate::book::{Book, PICTURE, Told, key_of};
use crate::operation::Operation;
use crate::persons::NUMBER;
use crate::places::PASSWORD;
use crate::server::{Act, GATEWAY, Sent};
use crate::tab::Tab;

impl Judge {
    /// Something has happened.
    pub(crate) fn watch(&mut self, scene: Scene<'_>, book: &mut Book) -> Verdict {
        let sends = scene.server.sends.borrow();
        for number in self.sends..sends.len() {
            if let Some(sent) = sends.get(number) {
                charges::is_asked_for(&sends, number, sent, book)?;
                twins::may_be_looked_for(scene, number, sent, book);
                staff::is_asked_for(&sends, number, sent, book)?;
            }
        }
        self.sends = sends.len();
        let acts = scene.server.acts.borrow();
        for number in self.acts..acts.len() {
            if let Some(sent) = acts.get(number).and_then(|act| sends.get(act.sent)) {
                self.acted(scene, &acts, &sends, number, sent, book)?;
            }
        }
        self.acts = acts.len();
        gateway::keeps_apart(scene)?;
        for tab in scene.tabs {
            let used = tab.used.take();
            let mark = |(template, index)| ((tab.number, template, index), PICTURE.to_owned());
            book.typed.extend(used.into_iter().map(mark));
            privacy::camera_is_seen(tab)?;
            // Whoever goes on from a card that is done begins another one.
            if let (true, Some(draft)) = (tab.app.card().is_done(), tab.app.card().draft().get_untracked()) {
                let done = (tab.number, key_of(&draft));
                book.typed.retain(|(by, of, _), _| (*by, *of) != done);
            }
            if book.staff.tabs.contains(&tab.number) {
                self.staff_see(tab, book)?;
            }
            let told = tab.told.take();
            for event in told {
                self.told(scene, tab, &event, book)?;
            }
            if tab.app.desk_is_there() {
                let times = tab.app.desk().account().transactions().times().get_untracked();
                if self.screen_times.insert(tab.number, times).unwrap_or_default() < times {
                    self.screen_reads.push((tab.number, acts.len()));
                }
            }
            charges::says_the_truth(scene, tab, &acts, &sends, book)?;
            endings::has_ended(scene, tab, book)?;
        }
        Ok(())
    }

    fn acted(
        &mut self,
        scene: Scene<'_>,
        acts: &[Act],
        sends: &[Sent],
        number: usize,
        sent: &Sent,
        book: &mut Book,
    ) -> Verdict {
        let Some(act) = acts.get(number) else { return Ok(()) };
        if is_change(act, sent.operation) {
            if !self.changers.contains(&sent.tab) {
                self.changers.push(sent.tab);
            }
            // Whoever compares the cart with what was wished of it does not know what comes there by the gateway.
            book.is_vague |= act.is_stray || sent.tab == GATEWAY;
        }
        if let (Operation::Remove(_, card), true) = (sent.operation, act.is_lie) {
            book.open.insert(card);
        }
        self.staff_acted(scene, acts, sends, number, book)?;
        if act.lost_provider {
            charges::may_lose_provider(acts, sends, number, sent)?;
        }
        if let Some(charged) = &act.charged {
            self.reached.charges += 1;
            if sent.tab == GATEWAY {
                gateway::charges_once(scene, charged)?;
            }
            self.charged(scene, acts, sends, number, charged, book)?;
        }
        Ok(())
    }

    fn told(&mut self, scene: Scene<'_>, tab: &Tab, event: &HostEvent, book: &mut Book) -> Verdict {
        let (number, who) = (tab.number, tab.who.get());
        match event {
            HostEvent::CardFinalized { card, template } => {
                self.reached.finalized = true;
                // Another card was opened meanwhile: this one is done, and dropped.
                if tab.app.card().template() != Some(*template) {
                    book.typed.retain(|(by, of, _), _| *by != number || (*of != template.0 && *of != card.0));
                }
                let door = scene.server.door.borrow();
                // Somebody else may have deleted it since.
                let is_final = door.card(card.0).is_none_or(|card| card.finalized);
                let lies = |sent: &Sent| sent.operation == Operation::Finalize(card.0) && !sent.is_true;
                if !is_final && !scene.server.sends.borrow().iter().any(lies) {
                    return broken("a card that is told to be finalized is", format!("card {card} is a draft"));
                }
            }
            HostEvent::OrderSubmitted { jobs, cards, copies } => {
                *book.orders.entry(number).or_default() += 1;
                for job in jobs {
                    book.submitted.insert((number, who, job.0));
                    if scene.server.door.borrow().times_charged(job.0) == 0 {
                        return broken("what is told to be submitted was charged", format!("job {job} was not"));
                    }
                }
                if let Some(reviewed) = book.reviewed.get(&number) {
                    let of = || reviewed.jobs.iter().filter(|(job, ..)| jobs.iter().any(|told| told.0 == *job));
                    let there: u64 = of().map(|(_, cards, _)| cards.len() as u64).sum();
                    let pieces: u64 = of().map(|(_, cards, copies)| cards.len() as u64 * copies).sum();
                    if (there, pieces) != (*cards, *copies) {
                        let seen =
                            format!("{cards} cards, {copies} copies told of {jobs:?}; {there} and {pieces} reviewed");
                        return broken("what is told of an order is what was reviewed", seen);
                    }
                }
            }
            HostEvent::CardCreated { card, .. } => drop(book.made.insert((number, who, card.0))),
            HostEvent::FundsAdded { cents, .. } => book.added.push((number, who, *cents)),
            HostEvent::Error { code, message } => {
                if [PASSWORD, NUMBER, "sandbox.", "wrong-horse"].iter().any(|secret| message.contains(secret)) {
                    return broken("no secret is told to the page", format!("{code}: {message}"));
                }
                if matches!(*code, "charged-twice" | "charge-unclear" | "charge-not-checked") {
                    self.finds(scene, tab, book)?;
                }
                if *code == "not-deleted" {
                    staff::is_told_as_there(tab, message, book)?;
                }
                if *code == "order-unknown" {
                    *book.doubts.entry(number).or_default() += 1;
                }
                if *code == "order-lost" && !tab.is_portal() {
                    endings::is_lost(scene, tab, message)?;
                }
                if *code == "card-unclear" {
                    twins::are_told(tab, message, book)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A finding was told.
    fn finds(&mut self, scene: Scene<'_>, tab: &Tab, book: &mut Book) -> Verdict {
        self.reached.findings += 1;
        for told in tab.app.desk().audits().findings().get_untracked() {
            let finding = &told.finding;
            if finding.verdict.code() == Some("charged-twice") {
                charges::is_twice(scene, &finding.charge)?;
            }
            // What is only not known yet is told, or taken back, later.
            if tab.app.desk().audits().goes_on(&told) {
                continue;
            }
            book.told.push(Told { tab: tab.number, who: tab.who.get(), charge: finding.charge });
        }
        Ok(())
    }

    /// After each step: what was typed stands where it was typed.
    pub(crate) fn after_step(&self, scene: Scene<'_>, book: &Book) -> Verdict {
        for tab in scene.tabs {
            let Some(draft) = tab.app.card().draft().get_untracked() else { continue };
            let key = key_of(&draft);
            if book.staff.several.contains(&(tab.number, key)) {
                continue;
            }
            let typed = book.typed.range((tab.number, key, 0)..=(tab.number, key, usize::MAX));
            for ((.., index), text) in typed {
                if text == PICTURE {
                    if !matches!(draft.value(*index), Value::Image(_)) {
                        let seen = format!("tab {}: the picture of field {index} is gone", tab.number);
                        return broken("what was typed stays until it is dropped", seen);
                    }
                    continue;
                }
                let there = draft.text(*index);
                if *there != **text {
                    let seen = format!("tab {}: field {index} has `{there}`, `{text}` was typed", tab.number);
                    return broken("what was typed stays until it is dropped", seen);
                }
            }
            // Staff have others' cards in work.
            if !book.staff.tabs.contains(&tab.number) {
                privacy::is_ones_own(tab, &draft)?;
            }
        }
        Ok(())
    }

    /// Everything is quiet.
    pub(crate) fn settle(&mut self, scene: Scene<'_>, book: &mut Book, is_end: bool) -> Verdict {
        self.compare(scene, book, is_end)?;
        staff::is_done_or_told(scene, book)?;
        for tab in scene.tabs {
            privacy::is_blank_when_signed_out(tab)?;
        }
        if is_end {
            ends::has_ended(scene)?;
            shown::is_as_at_server(scene, book)?;
            self.reached.deeds.append(&mut book.staff.deeds);
            endings::are_there_once(scene, book)?;
            self.was_told(scene, book)?;
            self.heard_of_orders(scene, book)?;
            self.were_told(scene, book)?;
        }
        Ok(())
    }
}

/// Somebody has left a kiosk.
pub(crate) fn left_kiosk(tab: &Tab) -> Verdict {
    privacy::is_as_new(tab)
}

/// Nobody is signed in here any more.
pub(crate) fn signed_out(tab: &Tab) -> Verdict {
    privacy::has_forgotten(tab)
}
