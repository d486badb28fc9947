//! A card of one's own is where its person is told that it is, and once.

use instant_card::flow::ending::{Outcome, Progress};

use super::ground::{Scene, Verdict, broken};
use crate::book::Book;
use crate::operation::Operation;
use crate::server::{Act, Charged, GATEWAY, Sent};
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
    if book.ended.insert((tab.number, card), outcome).is_some() {
        return Ok(());
    }
    // Another card was begun meanwhile: this one is done, and dropped.
    let template = scene.server.door.borrow().card(card).map(|card| card.template_id);
    if template != tab.app.card().template().map(|template| template.0) {
        book.typed.retain(|(by, of, _), _| (*by, Some(*of)) != (tab.number, template));
    }
    // What a browser has sent twice may still come about.
    let times = |submitted| times(scene, card, submitted);
    let is_there = match outcome {
        Outcome::Ordered => times(true) == 1,
        Outcome::InCart | Outcome::NotCovered => times(true) == 0 && times(false) > 0,
    };
    told_truly(is_there, scene, card, outcome)
}

/// Once all is quiet it is there once, and nowhere else.
pub(super) fn are_there_once(scene: Scene<'_>, book: &Book) -> Verdict {
    for ((tab, card), outcome) in &book.ended {
        // Nothing is taken out of the cart with a token that is refused.
        let is_by_gateway = scene.tabs.get(*tab).is_some_and(Tab::is_scoped);
        let is_refused = |sent: &Sent| sent.tab == *tab && sent.seen == Some(401) && !is_by_gateway;
        let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
        if sends.iter().any(is_refused) {
            continue;
        }
        // A removal of one too many that comes about once more, and late, is not told from one by staff.
        let is_removal = |sent: &Sent| matches!(sent.operation, Operation::Remove(_, removed) if removed == *card);
        if acts.iter().any(|act| act.is_stray && sends.get(act.sent).is_some_and(is_removal)) {
            continue;
        }
        let expected = match outcome {
            Outcome::Ordered => (1, 0),
            Outcome::InCart | Outcome::NotCovered => (0, 1),
        };
        told_truly((times(scene, *card, true), times(scene, *card, false)) == expected, scene, *card, *outcome)?;
    }
    Ok(())
}

fn times(scene: Scene<'_>, card: u64, submitted: bool) -> usize {
    let door = scene.server.door.borrow();
    let jobs = door.jobs().filter(|job| job.submitted == submitted);
    jobs.map(|job| job.cards.iter().filter(|known| **known == card).count()).sum()
}

fn told_truly(is_true: bool, scene: Scene<'_>, card: u64, outcome: Outcome) -> Verdict {
    // Others may have changed the cart meanwhile, where they can.
    if is_true || (scene.tabs.len() > 1 && !scene.tabs.iter().all(Tab::is_scoped)) {
        return Ok(());
    }
    let (ordered, in_cart) = (times(scene, card, true), times(scene, card, false));
    let seen = format!("card {card} is told to be {outcome:?}: {ordered} times ordered, {in_cart} in the cart");
    broken("a card of one's own is where it is told to be", seen)
}

/// Of an order of which the page is told that it did not come through, that is so.
pub(super) fn is_lost(scene: Scene<'_>, tab: &Tab, message: &str) -> Verdict {
    let door = scene.server.door.borrow();
    let is_named =
        |job: &u64| message.split(|letter: char| !letter.is_ascii_digit()).any(|word| word == job.to_string());
    // A gateway keeps its print jobs to itself: the message names the card.
    let is_about = |job: u64, cards: &[u64]| is_named(&job) || (tab.is_scoped() && cards.iter().any(is_named));
    let charged = door.jobs().find(|job| is_about(job.id, job.cards) && door.times_charged(job.id) > 0);
    match charged.map(|job| job.id) {
        Some(job) => {
            broken("nothing is said to be not charged that was", format!("tab {} says so of job {job}", tab.number))
        }
        None => Ok(()),
    }
}

/// Nothing is said to be not ordered that was.
pub(super) fn says_the_truth(tab: &Tab, acts: &[Act], sends: &[Sent]) -> Verdict {
    let ending = tab.app.ending();
    let is_denied =
        ending.progress().with_untracked(|how| matches!(how, Progress::Failed(_) | Progress::NothingHappened));
    let Some(card) = card_of(tab).filter(|_| is_denied) else { return Ok(()) };
    let is_it = |act: &Act| {
        matches!(&act.charged, Some(Charged::Job { cards, .. }) if cards.contains(&card))
            && sends.get(act.sent).is_some_and(|by| {
                (by.tab, by.who) == (tab.number, tab.who.get()) || (by.tab == GATEWAY && tab.is_scoped())
            })
    };
    if acts.iter().any(is_it) {
        let seen = format!("tab {} says so of card {card}", tab.number);
        return broken("nothing is said to be not charged that was", seen);
    }
    Ok(())
}
