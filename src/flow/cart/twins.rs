//! Cards that may have come to be more than one: a browser repeats a request by itself, and the page hears of one card.
//!
//! Nothing proves it, since a colleague may have made the same card in the same moment; so nothing is deleted, and nothing kept
//! out of the cart, but by the person, who is told the numbers.

use super::CartFlow;
use crate::api::{CardId, TemplateId};
use crate::flow::host::HostEvent;

/// A card that was made, and others that may have come of the same call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twins {
    /// The card that was heard of.
    pub made: CardId,
    /// Those with the same on them.
    pub others: Vec<CardId>,
    /// Whether the person has said that they know.
    pub is_known: bool,
}

impl CartFlow {
    /// A card was made here. Returns the last one from the same template that was before it, by its number: one from another
    /// template may have been made while this one was still on its way.
    pub(in crate::flow) fn has_made(self, card: CardId, template: TemplateId) -> Option<CardId> {
        let inner = self.inner();
        let mut made = inner.made.borrow_mut();
        let before = made.iter().filter(|(made, of)| *made < card && *of == template).map(|(made, _)| *made).max();
        made.push((card, template));
        before
    }

    /// Whether a card was made here.
    pub(in crate::flow) fn was_made(self, card: CardId) -> bool {
        self.inner().made.borrow().iter().any(|(made, _)| *made == card)
    }

    /// The call that has made a card may have made these, too.
    pub(in crate::flow) fn may_be_twice(self, made: CardId, others: Vec<CardId>) {
        if others.is_empty() {
            return;
        }
        let twins = Twins { made, others, is_known: false };
        let [what, next] = self.twins_in_words(&twins);
        let message = [what.as_str(), &next].join(" ");
        self.twins().update(|all| all.push(twins));
        self.cx().tell(HostEvent::Error { code: "card-unclear", message });
    }

    /// The person knows of it.
    pub fn knows_twins(self, made: CardId) {
        let is_it = |twins: &&mut Twins| twins.made == made;
        self.twins().update(|all| all.iter_mut().filter(is_it).for_each(|twins| twins.is_known = true));
    }

    /// What may have happened, and what to do.
    pub fn twins_in_words(self, twins: &Twins) -> [String; 2] {
        let words = self.cx().words().cart();
        let others: Vec<String> = twins.others.iter().map(ToString::to_string).collect();
        // As borrowed texts, for which joining is there.
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        [words.twins(&twins.made.to_string(), &others.join(", ")), words.twins_next.to_string()]
    }

    /// Another card that is in the cart, too, and may be the same as this one. Follows.
    pub fn twin_in_cart(self, card: CardId) -> Option<CardId> {
        let all = self.twins().get();
        let of = |twins: &Twins| twins.made == card || twins.others.contains(&card);
        let mut alike = all.iter().filter(|twins| of(twins)).flat_map(|twins| twins.others.iter().chain([&twins.made]));
        alike.find(|other| **other != card && self.copies(**other) > 0).copied()
    }
}
