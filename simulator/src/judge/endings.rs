//! A card of one's own is where its person is told that it is, and once.

use instant_card::flow::ending::{Outcome, Progress};

use super::ground::{Scene, Verdict, broken};
use crate::book::Book;
use crate::server::{Act, Charged, Sent};
use crate::tab::Tab;

/// The card that a tab's journey ends with.
fn card_of(tab: &Tab) -> Option<u64> {
    tab.app.ending().card().get_untracked().map(|card| card.0)
}

/// Once what became of a card is told, that is so.
pub(super) fn has_ended(scene: Scene<'_>, tab: &Tab, book: &mut Book) -> Verdict {
    if !tab.app.ending_is_there() {
        return Ok(());
    }
    let ending = tab.app.ending();
    let (Some(outcome), Some(card)) = (ending.outcome().get_untracked(), card_of(tab)) else {
        // Whoever compares the cart with what was wished of it cannot know when the card comes there.
        if ending.progress().with_untracked(Progress::is_under_way) {
            book.open.extend(card_of(tab));
        }
        return Ok(());
    };
    if !book.ended.insert((tab.number, card)) {
        return Ok(());
    }
    // Others may have changed the cart in the same moment.
    if scene.tabs.len() > 1 {
        return Ok(());
    }
    let door = scene.server.door.borrow();
    let times = |submitted: bool| {
        let jobs = door.jobs().filter(|job| job.submitted == submitted);
        jobs.map(|job| job.cards.iter().filter(|known| **known == card).count()).sum::<usize>()
    };
    let expected = match outcome {
        Outcome::Ordered => (1, 0),
        Outcome::InCart | Outcome::NotCovered => (0, 1),
    };
    if (times(true), times(false)) == expected {
        return Ok(());
    }
    let seen =
        format!("card {card} is told to be {outcome:?}: {} times ordered, {} in the cart", times(true), times(false));
    broken("a card of one's own is where it is told to be", seen)
}

/// Nothing is said to be not ordered that was.
pub(super) fn says_the_truth(tab: &Tab, acts: &[Act], sends: &[Sent]) -> Verdict {
    let ending = tab.app.ending();
    let is_denied =
        ending.progress().with_untracked(|how| matches!(how, Progress::Failed(_) | Progress::NothingHappened));
    let Some(card) = card_of(tab).filter(|_| is_denied) else { return Ok(()) };
    let is_it = |act: &Act| {
        matches!(&act.charged, Some(Charged::Job { cards, .. }) if cards.contains(&card))
            && sends.get(act.sent).is_some_and(|by| (by.tab, by.who) == (tab.number, tab.who.get()))
    };
    if acts.iter().any(is_it) {
        let seen = format!("tab {} says so of card {card}", tab.number);
        return broken("nothing is said to be not charged that was", seen);
    }
    Ok(())
}
