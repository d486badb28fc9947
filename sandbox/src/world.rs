//! Everything that the sandbox remembers. It is a plain value: whoever holds it carries requests out on it one after the
//! other, and a copy of it goes its own way. Copies are cheap, since cards and templates are shared until they change.

use crate::audit::Audit;
use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::luck::Luck;
use crate::money::Ledger;
use crate::store::{Address, Card, Contact, Job, Template};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All state.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) luck: Luck,
    pub(crate) dialect: Dialect,
    pub(crate) habits: Habits,
    pub(crate) audit: Audit,
    /// When each token was issued.
    pub(crate) tokens: BTreeMap<String, u64>,
    pub(crate) templates: Vec<Arc<Template>>,
    pub(crate) cards: BTreeMap<u64, Arc<Card>>,
    pub(crate) jobs: BTreeMap<u64, Job>,
    pub(crate) addresses: BTreeMap<u64, Address>,
    pub(crate) contacts: BTreeMap<u64, Contact>,
    pub(crate) ledger: Ledger,
    last_ids: [u64; 4],
}

/// What the server itself does now and then, whatever the network is like.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Habits {
    /// So many previews still answer "not available".
    pub(crate) preview_unavailable_times: u64,
    /// How long a token is good for; for ever when not set.
    pub(crate) token_ttl_ms: Option<u64>,
}

/// Kinds of things with ids. Each has its own range, so that an id used in the wrong place is not found.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Card,
    Job,
    Address,
    Contact,
}

impl World {
    /// A world with nothing in it.
    pub(crate) fn new(clock: Clock, seed: u64, dialect: Dialect, habits: Habits) -> Self {
        Self {
            clock,
            luck: Luck::new(seed),
            dialect,
            habits,
            audit: Audit::default(),
            tokens: BTreeMap::new(),
            templates: Vec::new(),
            cards: BTreeMap::new(),
            jobs: BTreeMap::new(),
            addresses: BTreeMap::new(),
            contacts: BTreeMap::new(),
            ledger: Ledger::default(),
            last_ids: [264_500, 71_200, 9_300, 5_100],
        }
    }

    pub(crate) fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// A fresh id.
    pub(crate) fn next_id(&mut self, kind: Kind) -> u64 {
        let last = &mut self.last_ids[kind as usize];
        *last += 1;
        *last
    }

    /// Issues a token.
    pub(crate) fn new_token(&mut self) -> String {
        let token = format!("sandbox.{:016x}{:016x}", self.luck.next(), self.luck.next());
        self.tokens.insert(token.clone(), self.now_ms());
        token
    }

    /// Whether a token was issued and is still good.
    pub(crate) fn knows(&self, token: &str) -> bool {
        let good =
            |issued: &u64| self.habits.token_ttl_ms.is_none_or(|ttl| self.now_ms().saturating_sub(*issued) < ttl);
        self.tokens.get(token).is_some_and(good)
    }

    pub(crate) fn template(&self, id: u64) -> Option<&Arc<Template>> {
        self.templates.iter().find(|template| template.id == id)
    }

    /// The card, to be changed.
    pub(crate) fn card_mut(&mut self, id: u64) -> Option<&mut Card> {
        self.cards.get_mut(&id).map(Arc::make_mut)
    }

    /// Brings the balance to an amount by a correction, so that the ledger still adds up.
    pub(crate) fn set_balance(&mut self, cents: i64) {
        let (now, change) = (self.now_ms(), cents - self.ledger.balance());
        self.ledger.book(change, "Adjustment", "Balance set by the sandbox".to_owned(), now);
    }

    /// What happens at the vendor's after 4 PM.
    pub(crate) fn print_all(&mut self) {
        let now = self.now_ms();
        for card in self.cards.values_mut().filter(|card| card.prints.contains(&None)) {
            let card = Arc::make_mut(card);
            card.prints.iter_mut().for_each(|print| *print = Some(print.unwrap_or(now)));
            card.last_printed_at = Some(now);
        }
    }
}
