//! A card that has come to be more than one is told to staff, with all numbers; and none that they have made is told to be such a one.

use std::collections::BTreeSet;

use super::ground::{Judge, Scene, Verdict, broken};
use crate::book::Book;
use crate::operation::Operation;
use crate::server::Sent;
use crate::tab::Tab;

/// Notes whether what looks for second cards is there when a card is made.
pub(super) fn may_be_looked_for(scene: Scene<'_>, number: usize, sent: &Sent, book: &mut Book) {
    let has_desk = |tab: &Tab| tab.is_portal() && tab.app.desk_is_there();
    if sent.operation == Operation::CreateCard && scene.tabs.get(sent.tab).is_some_and(has_desk) {
        book.had_desk.insert(number);
    }
}

/// A tab was told that a card may be more than one.
pub(super) fn are_told(tab: &Tab, message: &str, book: &mut Book) -> Verdict {
    let (number, who) = (tab.number, tab.who.get());
    let told = tab.app.desk().cart().twins().get_untracked();
    if !tab.is_portal() || told.is_empty() {
        return broken("staff alone are told of a second card", format!("tab {number}: {message}"));
    }
    for twins in told {
        if let Some(other) = twins.others.iter().find(|other| book.made.contains(&(number, who, other.0))) {
            let seen = format!("tab {number} has made card {other}, and it is told to be {} once more", twins.made);
            return broken("no card that was made on purpose is told to be a second one", seen);
        }
        let all: BTreeSet<u64> = twins.others.iter().chain([&twins.made]).map(|card| card.0).collect();
        book.twins.push((number, who, all));
    }
    Ok(())
}

impl Judge {
    /// At the end: whoever has made a card that came to be more than one was told of all of them.
    pub(super) fn were_told(&mut self, scene: Scene<'_>, book: &Book) -> Verdict {
        let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
        for (number, sent) in sends.iter().enumerate() {
            let is_heard = sent.operation == Operation::CreateCard && sent.seen == Some(200) && sent.is_true;
            if !is_heard || !book.had_desk.contains(&number) {
                continue;
            }
            let of_it = acts.iter().enumerate().filter(|(_, act)| act.sent == number);
            let made: Vec<(usize, u64)> = of_it.filter_map(|(at, act)| Some((at, act.made?))).collect();
            let cards: BTreeSet<u64> = made.iter().map(|(_, card)| *card).collect();
            // What was given up, since the line is slow, nobody has gone on with.
            let is_known = cards.iter().any(|card| book.made.contains(&(sent.tab, sent.who, *card)));
            if cards.len() < 2 || !is_known || cards.iter().any(|card| is_blank(scene, *card)) {
                continue;
            }
            let is_it = |told: &(usize, u32, BTreeSet<u64>)| {
                (told.0, told.1) == (sent.tab, sent.who) && told.2.is_superset(&cards)
            };
            if book.twins.iter().any(is_it) {
                continue;
            }
            let is_here = scene.tabs.get(sent.tab).is_some_and(|tab| tab.who.get() == sent.who);
            if !is_here || book.dismissed.iter().any(|(tab, who, _)| (*tab, *who) == (sent.tab, sent.who)) {
                self.gap(false, "left before a second card was told", || Ok(()))?;
                continue;
            }
            // It is looked for once: where that fails, or comes before the second card does, it is not seen.
            let last = made.iter().map(|(at, _)| *at).max().unwrap_or_default();
            let looks = |by: &Sent| (by.tab, by.who, by.operation) == (sent.tab, sent.who, Operation::FindTwins);
            let mut looked = sends.iter().enumerate().skip(number + 1).filter(|(_, by)| looks(by)).peekable();
            let has_looked = looked.peek().is_some();
            let has_seen = |(look, by): (usize, &Sent)| {
                let at = acts.iter().position(|act| act.sent == look);
                by.seen == Some(200) && by.is_true && at.is_some_and(|at| at > last)
            };
            let could_see = looked.all(has_seen);
            self.gap(!has_looked || could_see, "a second card could not be looked for", || {
                broken("a card that came to be twice is told", format!("{cards:?}, made by tab {}", sent.tab))
            })?;
        }
        Ok(())
    }
}

/// Whether nothing is on a card: those are alike whoever has made them.
fn is_blank(scene: Scene<'_>, card: u64) -> bool {
    let door = scene.server.door.borrow();
    door.card(card)
        .is_none_or(|card| card.texts.iter().all(|(_, text)| text.trim().is_empty()) && card.pictures.is_empty())
}
