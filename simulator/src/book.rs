//! What persons have asked for, so that it can be held against what the server has and what they are told.

use std::collections::{BTreeMap, BTreeSet};

use instant_card::domain::audit::Charge;
use instant_card::domain::draft::Draft;
use instant_card::flow::ending::Outcome;

use crate::staff::StaffBook;

/// What stands for a picture among what was typed.
pub(crate) const PICTURE: &str = "\u{1}picture";

/// An order as it was reviewed when it was sent on its way.
#[derive(Clone, Debug)]
pub(crate) struct Reviewed {
    /// Its jobs: the number, the cards in their order, the copies.
    pub(crate) jobs: Vec<(u64, Vec<u64>, u64)>,
    pub(crate) provider: u64,
    /// As the server spells it.
    pub(crate) ship_to: String,
    /// The acts of the server before it.
    pub(crate) since: usize,
}

/// Something that a person was told about a charge.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) tab: usize,
    pub(crate) who: u32,
    pub(crate) charge: Charge,
}

/// What was asked for.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// The copies of each card when all was quiet last.
    pub(crate) cart: BTreeMap<u64, u64>,
    /// What was wished since, and in which tab.
    pub(crate) wishes: BTreeMap<u64, (usize, u64)>,
    /// Cards of which either may be.
    pub(crate) open: BTreeSet<u64>,
    /// Cards of which somebody wished something who did not know how things were: others had changed them since. What is
    /// wished comes on top of that, or is so already as far as they know.
    pub(crate) stale: BTreeSet<u64>,
    /// What is wished is not known any more: something was done late, or by somebody who is gone.
    pub(crate) is_vague: bool,
    /// The order that each tab has sent on its way last.
    pub(crate) reviewed: BTreeMap<usize, Reviewed>,
    /// How often each job may be submitted from each tab.
    pub(crate) may_print: BTreeMap<(usize, u64), u32>,
    /// How often each tab may submit a card of its own.
    pub(crate) may_order: BTreeMap<usize, u32>,
    /// Where cards of people's own are told to be.
    pub(crate) ended: BTreeMap<(usize, u64), Outcome>,
    /// How often money may be added from each tab.
    pub(crate) may_pay: BTreeMap<usize, u32>,
    /// What was typed, by tab, card or template ([`key_of`]) and field.
    pub(crate) typed: BTreeMap<(usize, u64, usize), String>,
    /// Who did not want to sign in again, and how much had been done at the server by then.
    pub(crate) dismissed: Vec<(usize, u32, usize)>,
    /// Cards that a tab was told of as new.
    pub(crate) made: BTreeSet<(usize, u32, u64)>,
    /// Cards that a tab was told of as perhaps one.
    pub(crate) twins: Vec<(usize, u32, BTreeSet<u64>)>,
    /// Requests that were sent while what looks for second cards was there.
    pub(crate) had_desk: BTreeSet<usize>,
    /// What was told of charges.
    pub(crate) told: Vec<Told>,
    /// Jobs that a tab was told of as submitted.
    pub(crate) submitted: BTreeSet<(usize, u32, u64)>,
    /// How often a page was told that something was ordered, since it is there.
    pub(crate) orders: BTreeMap<usize, usize>,
    /// The same, that it is not known.
    pub(crate) doubts: BTreeMap<usize, usize>,
    /// How often a tab was told that money was added, and how much.
    pub(crate) added: Vec<(usize, u32, i64)>,
    /// What staff have asked for of cards that are there, and of people and places.
    pub(crate) staff: StaffBook,
}

/// What was typed into it is kept by this: the card that is corrected, or the template.
pub(crate) fn key_of(draft: &Draft) -> u64 {
    draft.corrected().map_or(draft.template_id().0, |card| card.0)
}

impl Book {
    /// Somebody wants so many copies of a card.
    pub(crate) fn wish(&mut self, tab: usize, card: u64, copies: u64) {
        let before = self.wishes.insert(card, (tab, copies));
        if before.is_some_and(|(other, _)| other != tab) {
            self.open.insert(card);
        }
    }

    /// What a tab has begun may come about or not.
    pub(crate) fn interrupted(&mut self, tab: usize) {
        let cards: Vec<u64> = self.wishes.iter().filter(|(_, (by, _))| *by == tab).map(|(card, _)| *card).collect();
        for card in cards {
            self.wishes.remove(&card);
            self.open.insert(card);
        }
    }

    /// The page has given up what it was at.
    pub(crate) fn given_up(&mut self, tab: usize) {
        self.ended.retain(|(by, _), _| *by != tab);
    }

    /// Whoever was there is gone from a tab, and what they have typed.
    pub(crate) fn gone(&mut self, tab: usize) {
        self.interrupted(tab);
        self.typed.retain(|(by, ..), _| *by != tab);
        self.reviewed.remove(&tab);
        self.may_print.retain(|(by, _), _| *by != tab);
        self.may_order.remove(&tab);
        self.may_pay.remove(&tab);
    }
}
