//! What staff have asked for of cards that are there, of contacts and of addresses; and what they were shown of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::effect::Thing;

/// Who has asked: the tab, and who was at it.
pub(crate) type Who = (usize, u32);

/// What somebody has asked for, once or several times.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked {
    /// How many calls may be made for it, and how many were.
    pub(crate) calls: u32,
    pub(crate) made: u32,
    /// Whether it is to come about, or to be told as failed.
    pub(crate) is_owed: bool,
}

/// All that staff have asked for.
#[derive(Debug, Default)]
pub(crate) struct StaffBook {
    pub(crate) deletions: BTreeMap<(Who, Thing), Asked>,
    /// What was to be deleted when somebody signed out, and in whose name that is since.
    pub(crate) parted: Vec<(Who, Thing)>,
    /// How often each card may be sent for finalization.
    pub(crate) may_finalize: BTreeMap<(Who, u64), u32>,
    /// What somebody was shown of a field of a card: the form's text, or what others have.
    pub(crate) shown: BTreeSet<(Who, u64, String, String)>,
    /// The card in work in each tab, and whether something of it was not saved, when it was looked at last.
    pub(crate) in_work: BTreeMap<usize, (u64, bool)>,
    /// Templates of which a tab has several cards in work, so that it is not known whose form comes back.
    pub(crate) several: BTreeSet<(usize, u64)>,
    /// Before which call each tab has begun to save a card last.
    pub(crate) saves: BTreeMap<usize, usize>,
    /// The tabs with staff at work on the same cards.
    pub(crate) tabs: BTreeSet<usize>,
    /// What was done, for the share of walks that come to it.
    pub(crate) deeds: BTreeSet<&'static str>,
}

impl StaffBook {
    /// Somebody wants something deleted.
    pub(crate) fn delete(&mut self, who: Who, thing: Thing) {
        let asked = self.deletions.entry((who, thing)).or_default();
        asked.calls += 1;
        asked.is_owed = true;
    }

    /// It is to stay after all, and no call may be made for it from now on.
    pub(crate) fn keep(&mut self, who: Who, thing: Thing) {
        if let Some(asked) = self.deletions.get_mut(&(who, thing)) {
            asked.calls -= 1;
            asked.is_owed = false;
        }
    }

    /// Somebody signs out while this is held: it is deleted all the same, in the name of whoever comes next.
    pub(crate) fn part(&mut self, from: Who, to: Who, held: Vec<Thing>) {
        for thing in held {
            self.let_go(from, thing);
            self.deletions.entry((to, thing)).or_default().calls += 1;
            self.parted.push((to, thing));
            self.deeds.insert("sign out");
        }
    }

    /// What became of it was seen.
    pub(crate) fn let_go(&mut self, who: Who, thing: Thing) {
        if let Some(asked) = self.deletions.get_mut(&(who, thing)) {
            asked.is_owed = false;
        }
    }

    /// A card is not to be finalized after all.
    pub(crate) fn keep_draft(&mut self, who: Who, card: u64) {
        if let Some(asked) = self.may_finalize.get_mut(&(who, card)) {
            *asked -= 1;
        }
    }

    /// Somebody wants a card finalized.
    pub(crate) fn finalize(&mut self, who: Who, card: u64) {
        *self.may_finalize.entry((who, card)).or_default() += 1;
    }
}
