//! What stands on the screen is what the server has, and what was asked for: no card lost, none doubled.

use std::collections::BTreeMap;

use instant_card::flow::Remote;

use super::ground::{Judge, Scene, Verdict, broken, is_change};
use crate::book::Book;
use crate::effect::{Effect, Thing};
use crate::operation::Operation;
use crate::tab::Tab;

/// The cards of the open jobs, and how many copies of each would be printed.
fn at_server(scene: Scene<'_>) -> BTreeMap<u64, u64> {
    let mut cards = BTreeMap::new();
    for job in scene.server.door.borrow().jobs().filter(|job| !job.submitted) {
        for card in job.cards {
            *cards.entry(*card).or_default() += job.copies;
        }
    }
    cards
}

/// The same as a tab shows it, where it does.
fn on_screen(tab: &Tab) -> Option<BTreeMap<u64, u64>> {
    // Others have one behind what they see, and nobody reads it again.
    let cart = (tab.is_portal() && tab.app.desk_is_there()).then(|| tab.app.desk().cart().cart().get_untracked())?;
    match cart {
        Remote::Ready(cart) => Some(cart.entries().iter().map(|entry| (entry.card.0, entry.copies.into())).collect()),
        _ => None,
    }
}

/// Whether a tab has to know how things are: nobody but itself has changed anything since it read the cart, and it has
/// heard of everything that it did.
fn has_to_know(scene: Scene<'_>, tab: &Tab) -> bool {
    let (acts, sends) = (scene.server.acts.borrow(), scene.server.sends.borrow());
    let read = acts.iter().rposition(|act| {
        sends.get(act.sent).is_some_and(|by| {
            (by.tab, by.who, by.operation) == (tab.number, tab.who.get(), Operation::Cart)
                && act.status == 200
                && by.seen == Some(200)
                && by.is_true
                && !act.is_stray
        })
    });
    let Some(read) = read else { return false };
    acts.iter().skip(read + 1).all(|act| {
        sends.get(act.sent).is_none_or(|by| {
            let is_known = (by.tab, by.who) == (tab.number, tab.who.get()) && by.seen == Some(200) && by.is_true;
            let is_said = act.is_lie && matches!(by.operation, Operation::Remove(..));
            let is_gone = matches!(act.effect, Some(Effect::Deleted(Thing::Card(_))));
            (is_known && !act.is_stray) || !(is_change(act, by.operation) || is_said || is_gone)
        })
    })
}

fn shown(cards: &BTreeMap<u64, u64>) -> String {
    let cards: Vec<String> = cards.iter().map(|(card, copies)| format!("{card}×{copies}")).collect();
    if cards.is_empty() { "nothing".to_owned() } else { cards.join(" ") }
}

impl Judge {
    /// Everything is quiet: screens, server and wishes are compared. At the end every cart has just been read.
    pub(super) fn compare(&mut self, scene: Scene<'_>, book: &mut Book, is_end: bool) -> Verdict {
        let there = at_server(scene);
        for tab in scene.tabs {
            let Some(seen) = on_screen(tab) else { continue };
            if seen != there && (is_end || has_to_know(scene, tab)) {
                let seen = format!("tab {} shows {}, the server has {}", tab.number, shown(&seen), shown(&there));
                return broken("the screen shows what the server has", seen);
            }
        }
        let failed: Vec<u64> = scene
            .tabs
            .iter()
            .filter(|tab| tab.app.desk_is_there())
            .flat_map(|tab| tab.app.desk().cart().wishes().get_untracked())
            .map(|wish| wish.card.0)
            .collect();
        if !book.is_vague {
            let is_shared = self.changers.len() > 1;
            let cards: Vec<u64> = book.cart.keys().chain(book.wishes.keys()).chain(there.keys()).copied().collect();
            for card in cards {
                if book.open.contains(&card) || book.stale.contains(&card) || failed.contains(&card) {
                    continue;
                }
                let wished = book.wishes.get(&card).map(|(_, copies)| *copies);
                let before = book.cart.get(&card).copied().unwrap_or_default();
                let (wanted, has) = (wished.unwrap_or(before), there.get(&card).copied().unwrap_or_default());
                let seen = format!("card {card}: {wanted} copies wanted, {has} there");
                match (wanted, has) {
                    (0, 1..) => return broken("nothing is in the cart that nobody put there", seen),
                    (1.., 0) => return broken("no card is lost from the cart", seen),
                    (wanted, has) if wanted != has && !is_shared => {
                        return broken("a card has as many copies as were asked for", seen);
                    }
                    _ => {}
                }
            }
        }
        book.cart = there;
        book.wishes.clear();
        book.open.clear();
        book.stale.clear();
        book.is_vague = false;
        self.changers.clear();
        Ok(())
    }
}
