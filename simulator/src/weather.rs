//! What goes wrong on the way, by seed: which request is struck by what, and how long each takes.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use instant_card::world::Method;

use crate::dice::Dice;
use crate::fault::Fault;
use crate::operation::Operation;
use crate::plan::{FaultId, Luck, Plan};
use crate::server::GATEWAY;

/// How a request fares.
pub(crate) struct Fate {
    pub(crate) id: FaultId,
    pub(crate) fault: Option<Fault>,
    /// After how long the server acts, in milliseconds.
    pub(crate) act: u64,
    /// How long its answer takes then.
    pub(crate) answer: u64,
    /// Whether nothing lingers on the way.
    pub(crate) is_prompt: bool,
    /// What else is to be decided.
    pub(crate) dice: Dice,
}

/// What strikes while nearly nothing can be read.
const STORM: [Fault; 3] = [Fault::LostBefore, Fault::Server500, Fault::Html502];
/// What strikes a request that charges more often than others.
const CHARGE: [Fault; 4] = [Fault::LostAfter, Fault::Late, Fault::Repeated(2), Fault::Empty504];
/// What a real server's network can be made to do to one call, to the letter.
const PLAIN: [Fault; 7] = [
    Fault::LostBefore,
    Fault::LostAfter,
    Fault::Repeated(2),
    Fault::Repeated(3),
    Fault::Expired,
    Fault::Server500,
    Fault::Html502,
];

/// So many tabs there are at most, the files' own counted.
const TABS: u32 = 4;
/// These, those of what looks for second cards, and the gateway.
const PLACES: usize = GATEWAY + 1;

/// The weather of one walk.
pub(crate) struct Weather {
    plan: Plan,
    step: Cell<u32>,
    /// How many requests each tab has sent in this step.
    counts: RefCell<[u32; PLACES]>,
    is_calm: Cell<bool>,
    /// Until when nearly nothing can be read.
    storm: Cell<u64>,
    share: u64,
    /// Faults are for what costs money only, or for everything.
    is_narrow: bool,
    /// Whether calls take no time, and nothing but the seed is chance.
    pub(crate) is_prompt: bool,
    /// How slow the network is.
    pace: u64,
    kinds: Vec<(u32, Fault)>,
    /// What has struck, for the report.
    pub(crate) struck: RefCell<BTreeMap<&'static str, u64>>,
    /// What has struck, for a walk that is to be told.
    pub(crate) list: RefCell<Vec<(FaultId, Fault)>>,
}

impl Weather {
    pub(crate) fn new(plan: &Plan, dice: &mut Dice) -> Weather {
        let share = *dice.pick(&[0, 3, 8, 8, 15, 25]).unwrap_or(&8);
        let all = [
            Fault::LostBefore,
            Fault::LostAfter,
            Fault::LostAfter,
            Fault::Late,
            Fault::Repeated(2),
            Fault::Repeated(3),
            Fault::Expired,
            Fault::Server500,
            Fault::Html502,
            Fault::Empty504,
            Fault::Empty200,
            Fault::Html200,
            Fault::CutJson,
            Fault::Lie,
            Fault::NotFetched,
        ];
        // Each walk has a mix of its own, and now and then one kind by itself.
        let only = dice.percent(25).then(|| dice.below(all.len()));
        let kinds = all.iter().enumerate().map(|(place, fault)| {
            let weight = u32::try_from(dice.below(5)).unwrap_or_default();
            (if only.is_none_or(|only| only == place) { weight + u32::from(only.is_some()) } else { 0 }, *fault)
        });
        let kinds = kinds.collect();
        Weather {
            plan: plan.clone(),
            step: Cell::new(0),
            counts: RefCell::default(),
            is_calm: Cell::new(false),
            storm: Cell::new(0),
            share,
            is_narrow: dice.percent(35),
            is_prompt: false,
            pace: *dice.pick(&[40, 200, 200, 800]).unwrap_or(&200),
            kinds,
            struck: RefCell::default(),
            list: RefCell::default(),
        }
    }

    /// A weather in which calls take no time, and only that goes wrong which can be made to go wrong at a real server.
    pub(crate) fn plain(plan: &Plan, dice: &mut Dice) -> Weather {
        let share = *dice.pick(&[8, 12, 18]).unwrap_or(&8);
        let kinds = PLAIN.iter().map(|fault| (1, *fault)).collect();
        Weather { share, is_prompt: true, kinds, ..Weather::new(plan, dice) }
    }

    /// Another step begins.
    pub(crate) fn begin(&self, step: u32) {
        self.step.set(step);
        *self.counts.borrow_mut() = [0; PLACES];
    }

    /// Nothing goes wrong from now on.
    pub(crate) fn calm(&self) {
        self.is_calm.set(true);
    }

    /// Whether nothing goes wrong any more.
    pub(crate) fn is_calm(&self) -> bool {
        self.is_calm.get()
    }

    fn next(&self, tab: u32) -> FaultId {
        let mut counts = self.counts.borrow_mut();
        let count = counts.get_mut(tab as usize);
        let request = count.map_or(0, |count| {
            *count += 1;
            *count - 1
        });
        FaultId { step: self.step.get(), tab, request }
    }

    fn strike(&self, id: FaultId, fault: Fault) -> Option<Fault> {
        if self.plan.without.contains(&id) {
            return None;
        }
        *self.struck.borrow_mut().entry(fault.name()).or_default() += 1;
        self.list.borrow_mut().push((id, fault));
        Some(fault)
    }

    /// How a request fares.
    pub(crate) fn draw(&self, now: u64, tab: u32, method: Method, operation: Operation) -> Fate {
        // Counted apart, so that no walk goes otherwise than it did before there was this.
        let id = self.next(if operation == Operation::FindTwins { tab + TABS } else { tab });
        let mut dice = self.plan.dice(Luck::Request, &[id.step, id.tab, id.request]);
        let slow = if dice.percent(5) { 8 } else { 1 };
        let act = dice.between(1, self.pace * slow);
        let answer = dice.between(1, self.pace * slow);
        let (act, answer) = if self.is_prompt { (0, 0) } else { (act, answer) };
        let is_charge = operation.charges();
        let share = match self.is_narrow {
            // What costs money is struck more often than all else.
            _ if is_charge => self.share * 3,
            true => self.share / 3,
            false => self.share,
        };
        // The server that has kept its answer to itself is not well for a while, now and then.
        let is_storm = method == Method::Get && now < self.storm.get() && dice.percent(95);
        let struck = is_storm || dice.percent(share.min(60));
        let kind = match dice.below(10) {
            _ if is_storm => dice.pick(&STORM).copied(),
            0..4 if is_charge && !self.is_prompt => dice.pick(&CHARGE).copied(),
            _ => dice.weighed(&self.kinds),
        };
        let fits = |fault: Fault| match fault {
            Fault::NotFetched => false,
            Fault::Lie => {
                matches!(
                    operation,
                    Operation::Patch(_)
                        | Operation::Add(_)
                        | Operation::Remove(..)
                        | Operation::Print(_)
                        | Operation::Finalize(_)
                )
            }
            // Whoever signs in has no token, and a browser repeats what it reads without harm.
            Fault::Expired => !matches!(operation, Operation::SignIn | Operation::Session),
            // The gateway's client repeats nothing by itself.
            Fault::Repeated(_) if id.tab as usize == GATEWAY => false,
            Fault::Repeated(_) => method != Method::Get || (!self.is_prompt && dice.clone().percent(20)),
            _ => true,
        };
        let fault = kind.filter(|fault| struck && !self.is_calm.get() && fits(*fault));
        let fault = fault.or_else(|| self.quirk(id)).and_then(|fault| self.strike(id, fault));
        if is_charge && fault.is_some() && dice.percent(60) {
            self.storm.set(now + dice.between(5_000, 150_000));
        }
        Fate { id, fault, act, answer, is_prompt: self.is_prompt, dice }
    }

    /// What is odd about an answer, or stands before the server. With dice of its own, so that no walk goes otherwise than it
    /// did before there was this.
    fn quirk(&self, id: FaultId) -> Option<Fault> {
        let share = *self.plan.dice(Luck::Quirk, &[]).pick(&[0, 0, 3, 10])?;
        let mut dice = self.plan.dice(Luck::Quirk, &[id.step, id.tab, id.request]);
        let kinds = [
            (6, Fault::BadCharacter),
            (6, Fault::BadEntries),
            (1, Fault::Gate(0)),
            (1, Fault::Gate(401)),
            (1, Fault::Gate(403)),
            (1, Fault::Gate(413)),
            (2, Fault::Gate(429)),
        ];
        let strikes = !self.is_calm.get() && !self.is_prompt && dice.percent(share);
        dice.weighed(&kinds).filter(|_| strikes)
    }

    /// Whether the gateway is killed in this step: after how long, and for how long it is away then.
    pub(crate) fn kill(&self) -> Option<(u64, u64)> {
        let id = self.next(u32::try_from(GATEWAY).unwrap_or_default());
        let mut dice = self.plan.dice(Luck::Gateway, &[id.step, 1]);
        let strikes = !self.is_calm.get() && dice.percent(4) && self.strike(id, Fault::Killed).is_some();
        strikes.then(|| (dice.between(0, 3_000), *dice.pick(&[200, 2_000, 20_000, 90_000]).unwrap_or(&200)))
    }

    /// Whether an instance of the gateway is to stop in this step: which of them, after how long, and for how long it is away then. With
    /// dice and a place of its own, so that no walk goes otherwise than it did before there was this.
    pub(crate) fn stop(&self, instances: usize) -> Option<(usize, u64, u64)> {
        let id = FaultId { step: self.step.get(), tab: u32::try_from(PLACES).unwrap_or_default(), request: 0 };
        let mut dice = self.plan.dice(Luck::Houses, &[id.step, 1]);
        let strikes = !self.is_calm.get() && dice.percent(5) && self.strike(id, Fault::Stopped).is_some();
        strikes.then(|| {
            let (at, after) = (dice.below(instances), dice.between(0, 3_000));
            (at, after, *dice.pick(&[200, 2_000, 20_000]).unwrap_or(&200))
        })
    }

    /// How many bytes a second go out of what has photos in it, where the line is slow.
    pub(crate) fn upload(&self, tab: usize) -> Option<u64> {
        let is_slow = !self.is_calm.get() && !self.is_prompt && self.plan.dice(Luck::Line, &[]).percent(20);
        let tab = u32::try_from(tab).unwrap_or_default();
        let mut dice = self.plan.dice(Luck::Line, &[self.step.get(), tab]);
        (is_slow && dice.percent(50)).then(|| {
            *self.struck.borrow_mut().entry("slow line").or_default() += 1;
            dice.between(10, 400)
        })
    }

    /// How the fetching of a later file fares: how long it takes, and whether it comes.
    pub(crate) fn fetch(&self, tab: u32) -> (u64, bool) {
        let id = self.next(tab);
        let mut dice = self.plan.dice(Luck::Loader, &[id.step, id.tab, id.request]);
        let delay = if self.is_prompt || dice.percent(40) { 0 } else { dice.between(1, self.pace * 4) };
        let may_fail =
            !self.is_calm.get() && self.kinds.iter().any(|(weight, fault)| *weight > 0 && *fault == Fault::NotFetched);
        let fails = may_fail && dice.percent(self.share) && self.strike(id, Fault::NotFetched).is_some();
        (delay, !fails)
    }
}
