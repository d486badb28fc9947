//! What a gateway promises: each order is charged once, nobody reaches a card of somebody else, and every charge is told.

use instant_card::flow::ending::Progress;

use super::ground::{Judge, Scene, Verdict, broken};
use crate::book::Book;
use crate::server::{Charged, GATEWAY};
use crate::tab::Tab;

/// The gateway has charged a job: neither that job, nor the card in another one, is charged once more.
pub(super) fn charges_once(scene: Scene<'_>, charged: &Charged) -> Verdict {
    let Charged::Job { job, cards, .. } = charged else { return Ok(()) };
    let door = scene.server.door.borrow();
    let submitted = door.jobs().filter(|other| other.submitted && other.cards.iter().any(|card| cards.contains(card)));
    let times: usize = submitted.map(|job| door.times_charged(job.id)).sum();
    if times > 1 {
        let seen = format!("job {job} of cards {cards:?} is charged, and that makes {times}");
        return broken("through a gateway each order is charged once", seen);
    }
    Ok(())
}

/// Nobody's session has reached a card of another, or has outlived its device; what is repeated was done once, and what was begun by a
/// gateway that is stopped was ended.
pub(super) fn keeps_apart(scene: Scene<'_>) -> Verdict {
    let visitors = &scene.server.visitors;
    let checks = [
        (visitors.trespass(), "nobody's session reaches a card of another"),
        (visitors.lingering(), "a device's sessions end with it"),
        (visitors.twice(), "what is repeated by its key is done once"),
        (visitors.left(), "a gateway that is stopped ends what it has begun"),
    ];
    match checks.into_iter().find_map(|(seen, invariant)| Some((invariant, seen?))) {
        Some((invariant, seen)) => broken(invariant, seen),
        None => Ok(()),
    }
}

impl Judge {
    /// At the end: the page has heard of every order that was charged, or says that it does not know.
    pub(super) fn heard_of_orders(&mut self, scene: Scene<'_>, book: &Book) -> Verdict {
        let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
        let is_ours = |act: &&crate::server::Act| sends.get(act.sent).is_some_and(|by| by.tab == GATEWAY);
        let charged = acts.iter().filter(is_ours).filter_map(|act| match &act.charged {
            Some(Charged::Job { cards, .. }) => cards.first().copied(),
            _ => None,
        });
        let charged: Vec<u64> = charged.collect();
        for tab in scene.tabs.iter().filter(|tab| tab.is_scoped()) {
            let is_known = |card: &&u64| {
                book.made.iter().any(|(by, who, made)| (*by, made) == (tab.number, *card) && *who >= tab.since.get())
            };
            let orders: Vec<u64> = charged.iter().filter(is_known).copied().collect();
            let told = book.orders.get(&tab.number).copied().unwrap_or_default() + usize::from(is_unknown(tab));
            // The page knows of these that nothing is known.
            let lost = orders.iter().filter(|card| scene.server.visitors.has_lost(**card)).count();
            let doubted = book.doubts.get(&tab.number).copied().unwrap_or_default().min(lost);
            if told + doubted < orders.len() {
                let seen = format!("cards {orders:?} are ordered for tab {}, {told} told", tab.number);
                return broken("every charge is told", seen);
            }
            self.gap(told >= orders.len(), "a session was over before its order was found", || Ok(()))?;
        }
        Ok(())
    }
}

fn is_unknown(tab: &Tab) -> bool {
    tab.app.ending_is_there()
        && tab.app.ending().progress().with_untracked(|progress| matches!(progress, Progress::Unknown(_)))
}
