//! One walk: a world, tabs, persons, weather; then the quiet, in which everything comes to its end; and the judge.

mod houses;
mod passage;
mod quiet;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use instant_card::domain::config::{EndsWith, Mode};
use instant_card::flow::App;
use instant_card::reactive::changes;
use leptos::reactive::diagnostics::SpecialNonReactiveZone;
use sandbox::door::Door;

use crate::book::Book;
use crate::camera::Device;
use crate::dice::Dice;
use crate::executor::Executor;
use crate::fault::Fault;
use crate::files::{fetched, serve_files};
use crate::gateway::Gateway;
use crate::judge::{Broken, Judge, Reached, Scene, Verdict, left_kiosk, signed_out};
use crate::keys::Ring;
use crate::network::Network;
use crate::persons::{Bent, Did, Person};
use crate::plan::{FaultId, Luck, Plan};
use crate::provider::provider;
use crate::server::Server;
use crate::tab::{Attributes, Given, Tab};
use crate::timeline::Timeline;
use crate::transcript::Transcript;
use crate::weather::Weather;
use crate::world::world;

/// How long, in virtual milliseconds, is waited for everything to come to its end.
const PATIENCE: u64 = 600_000;

/// In how many of a hundred walks staff are at work on the same cards.
pub(crate) const STAFF: u64 = 15;

/// What came of a walk.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) broken: Option<Broken>,
    pub(crate) reached: Reached,
    pub(crate) faults: BTreeMap<&'static str, u64>,
    pub(crate) requests: u64,
    /// The same for the same walk.
    pub(crate) hash: u64,
    /// What struck, in order.
    pub(crate) struck: Vec<(FaultId, Fault)>,
    pub(crate) lines: Vec<String>,
}

pub(crate) struct Walk {
    pub(crate) plan: Plan,
    timeline: Rc<Timeline>,
    executor: Rc<Executor>,
    pub(crate) server: Rc<Server>,
    pub(crate) weather: Rc<Weather>,
    transcript: Rc<Transcript>,
    pub(crate) tabs: Vec<Tab>,
    /// Who was at each tab last.
    who: Vec<Rc<Cell<u32>>>,
    book: RefCell<Book>,
    pub(crate) judge: Judge,
    bents: Vec<Bent>,
    /// The gateway before the vendor, where people go through one; and its way to the vendor.
    gateway: Option<(Rc<Gateway>, Rc<Network>)>,
    /// The keys of kiosks that sign for their people themselves, and which of these were taken off the list.
    rings: BTreeMap<usize, Ring>,
    revoked: BTreeSet<usize>,
    /// For how long instances of the gateway are away that are to stop.
    aways: Rc<RefCell<BTreeMap<usize, u64>>>,
}

/// Goes a walk. A panic is a walk that failed.
pub(crate) fn go(plan: &Plan, is_told: bool) -> Outcome {
    // Nobody draws here, so that what is read is followed by nobody.
    let _zone = SpecialNonReactiveZone::enter();
    let transcript = Rc::new(Transcript::default());
    transcript.is_kept.set(is_told);
    let made = catch_unwind(AssertUnwindSafe(|| {
        let mut walk = Walk::new(plan, transcript.clone())?;
        // What panics in the middle leaves the rest of the walk to be read.
        let verdict = catch_unwind(AssertUnwindSafe(|| walk.whole()));
        let verdict = verdict.unwrap_or_else(|panic| Err(panicked(panic.as_ref())));
        let closed = catch_unwind(AssertUnwindSafe(|| walk.close()));
        let verdict = verdict.and(closed.unwrap_or_else(|panic| Err(panicked(panic.as_ref()))));
        let faults = walk.weather.struck.take();
        Ok(Outcome {
            broken: verdict.err(),
            reached: walk.judge.reached.clone(),
            faults,
            requests: walk.server.acts.borrow().len() as u64,
            hash: walk.server.hash.get(),
            struck: walk.weather.list.take(),
            lines: Vec::new(),
        })
    }));
    let broken = match made {
        Ok(Ok(outcome)) => return Outcome { lines: transcript.lines.take(), ..outcome },
        Ok(Err(broken)) => broken,
        Err(panic) => panicked(panic.as_ref()),
    };
    Outcome {
        broken: Some(broken),
        reached: Reached::default(),
        faults: BTreeMap::new(),
        requests: 0,
        hash: 0,
        struck: Vec::new(),
        lines: transcript.lines.take(),
    }
}

thread_local! {
    /// Where it panicked last.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A panic is told with its walk, and nowhere else.
pub(crate) fn watch_panics() {
    std::panic::set_hook(Box::new(|panic| {
        PLACE.set(panic.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default());
    }));
}

pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> Broken {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    Broken { invariant: "nothing panics", seen: format!("{} at {}", text.unwrap_or("a panic"), PLACE.take()) }
}

/// Half of the pages on which people make cards of their own let them go on to the cart, or to an order.
fn goes_on(plan: &Plan, tab: usize, attributes: Attributes) -> Attributes {
    let mut dice = plan.dice(Luck::Ending, &[u32::try_from(tab).unwrap_or_default()]);
    let ends_with = match dice.below(4) {
        0 => EndsWith::Cart,
        1 => EndsWith::Order,
        // That is what a gateway is for.
        2 if attributes.is_scoped() => EndsWith::Order,
        _ => attributes.ends_with,
    };
    let is_own = plan.has_endings && attributes.mode != Mode::Portal;
    if is_own { Attributes { ends_with, ..attributes } } else { attributes }
}

/// Some are two members of staff at work on the same cards, now and then with somebody who makes drafts meanwhile. Dice of their own
/// decide it.
fn staff(plan: &Plan) -> Option<&'static [Mode]> {
    let mut dice = plan.dice(Luck::Staff, &[]);
    let all: [&[Mode]; 3] =
        [&[Mode::Portal, Mode::Portal], &[Mode::Portal, Mode::Portal], &[Mode::Portal, Mode::Portal, Mode::Request]];
    if dice.percent(STAFF) { dice.pick(&all).copied() } else { None }
}

impl Walk {
    fn new(plan: &Plan, transcript: Rc<Transcript>) -> Result<Walk, Broken> {
        let mut dice = plan.dice(Luck::World, &[]);
        let mut customs = plan.dice(Luck::Customs, &[]);
        let mut is_custom = |share| plan.has_customs && customs.percent(share);
        let door = world(&mut dice, is_custom(8)).map_err(|seen| Broken { invariant: "a world can be made", seen })?;
        let weather = Weather::new(plan, &mut dice);
        let mut walk = Walk::within(plan, door, weather, transcript);
        let kinds: &[Mode] = match dice.below(20) {
            0..9 => &[Mode::Portal],
            9..16 => &[Mode::Portal, Mode::Portal],
            16..18 => &[Mode::Portal, Mode::Request],
            18 => &[Mode::Portal, Mode::Portal, Mode::Kiosk],
            _ => &[Mode::Request],
        };
        // Strangers, and people at a page, are few among those.
        let mut own = plan.dice(Luck::Ending, &[]);
        let kinds = if plan.has_endings && own.percent(15) {
            let all: [&[Mode]; 4] = [&[Mode::Kiosk], &[Mode::Kiosk], &[Mode::Portal, Mode::Kiosk], &[Mode::Request]];
            own.pick(&all).copied().unwrap_or(kinds)
        } else {
            kinds
        };
        let staff = if plan.has_staff { staff(plan) } else { None };
        let by_gateway = walk.through_gateway();
        let is_staff = by_gateway.is_none() && staff.is_some();
        let kinds = by_gateway.or(staff).unwrap_or(kinds);
        walk.judge.reached.staff = is_staff;
        // Some of them have no more than one card in mind.
        let is_at_one = plan.dice(Luck::Staff, &[1]).percent(40);
        for mode in kinds {
            let attributes = Attributes {
                mode: *mode,
                organization: dice.percent(70),
                template: dice.percent(15).then_some(5802),
                spanish: dice.percent(30),
                way: match dice.percent(20) {
                    _ if walk.gateway.is_some() && *mode != Mode::Portal => Attributes::GATEWAY,
                    is_by_proxy => u8::from(is_by_proxy),
                },
                ends_with: if dice.percent(30) { EndsWith::Draft } else { EndsWith::Finalized },
            };
            let attributes = match is_staff {
                // Somebody else makes drafts, which wait.
                true => Attributes { ends_with: EndsWith::Draft, ..attributes },
                false => goes_on(plan, walk.tabs.len(), attributes),
            };
            let towards = *dice.pick(&[[10, 10, 4], [30, 6, 2], [4, 40, 4], [4, 10, 24]]).unwrap_or(&[10, 10, 4]);
            let is_staff = is_staff && *mode == Mode::Portal;
            let is_enrolled = walk.is_enrolled(walk.tabs.len(), *mode);
            let bent = Bent {
                restless: *dice.pick(&[4, 10, 20]).unwrap_or(&10),
                double: *dice.pick(&[0, 10, 30]).unwrap_or(&10),
                towards,
                is_by_hand: false,
                takes_pictures: is_custom(35) && !is_staff,
                // A statement is good once: where people come one after another, the page is asked for each.
                has_provider: (is_custom(60) || (walk.gateway.is_some() && *mode == Mode::Kiosk))
                    && *mode != Mode::Portal
                    && !is_enrolled,
                is_staff,
                is_at_one: is_staff && is_at_one,
                is_enrolled,
            };
            walk.weather.begin(0);
            if is_enrolled {
                walk.enrols_first(walk.tabs.len(), attributes);
            }
            walk.add(attributes, bent);
        }
        Ok(walk)
    }

    /// A walk in which nobody is yet.
    pub(crate) fn within(plan: &Plan, door: Door, weather: Weather, transcript: Rc<Transcript>) -> Walk {
        let (timeline, weather) = (Rc::<Timeline>::default(), Rc::new(weather));
        serve_files(Some((timeline.clone(), weather.clone())));
        let walk = Walk {
            plan: plan.clone(),
            timeline,
            executor: Executor::new(),
            server: Rc::new(Server::new(door)),
            weather,
            transcript,
            tabs: Vec::new(),
            who: Vec::new(),
            book: RefCell::default(),
            judge: Judge::default(),
            bents: Vec::new(),
            gateway: None,
            rings: BTreeMap::new(),
            revoked: BTreeSet::new(),
            aways: Rc::default(),
        };
        walk.book.borrow_mut().cart = walk.in_jobs();
        walk
    }

    /// The way of a tab, or of the gateway.
    fn network(&self, tab: usize, who: Rc<Cell<u32>>, gateway: Option<Rc<Gateway>>) -> Network {
        // No page has the keys of one that was loaded before it.
        let loads = gateway.is_some().then(|| u64::from(who.get())).filter(|loads| *loads > 0);
        Network {
            timeline: self.timeline.clone(),
            server: self.server.clone(),
            weather: self.weather.clone(),
            transcript: self.transcript.clone(),
            tab,
            gateway,
            who,
            dice: RefCell::new(Dice::made_of([self.plan.seed, tab as u64].into_iter().chain(loads))),
        }
    }

    /// Somebody opens a page.
    pub(crate) fn add(&mut self, attributes: Attributes, bent: Bent) {
        if bent.is_staff {
            self.book.borrow_mut().staff.tabs.insert(self.bents.len());
        }
        self.bents.push(bent);
        self.who.push(Rc::default());
        let tab = self.open(self.tabs.len(), attributes);
        self.tabs.push(tab);
    }

    fn in_jobs(&self) -> BTreeMap<u64, u64> {
        let mut cards = BTreeMap::new();
        for job in self.server.door.borrow().jobs().filter(|job| !job.submitted) {
            for card in job.cards {
                *cards.entry(*card).or_default() += job.copies;
            }
        }
        cards
    }

    fn open(&self, number: usize, attributes: Attributes) -> Tab {
        let who = self.who.get(number).cloned().unwrap_or_default();
        let gateway = self.gateway.as_ref().map(|(gateway, _)| gateway.clone());
        let network = Rc::new(self.network(number, who.clone(), gateway));
        let token = self.page_token(number, who.get());
        let turn = [u32::try_from(number).unwrap_or_default(), who.get()];
        let weather = self.weather.clone();
        let device = Rc::new(Device {
            timeline: self.timeline.clone(),
            spawner: self.executor.clone(),
            dice: RefCell::new(self.plan.dice(Luck::Customs, &[turn[0], turn[1], 1])),
            lights: Cell::new(0),
            is_calm: Rc::new(move || weather.is_calm()),
        });
        let given = Given {
            network: network.clone(),
            upload: network,
            spawner: self.executor.clone(),
            who,
            device,
            token: token.clone(),
        };
        // A page supplies its users' tokens, or is asked for them; staff sign in.
        let has_provider = self.bents.get(number).is_some_and(|bent| bent.has_provider);
        let mut dice = self.plan.dice(Luck::Customs, &[turn[0], turn[1], 2]);
        let ring = self.rings.get(&number).cloned();
        let has_token = attributes.mode != Mode::Portal && !(has_provider && dice.percent(70)) && ring.is_none();
        let given_token = has_token.then(|| token(attributes));
        let (timeline, server, weather) = (self.timeline.clone(), self.server.clone(), self.weather.clone());
        let expire: Rc<dyn Fn(&str)> = Rc::new(move |token| {
            server.door.borrow_mut().expire_token(token);
        });
        let tab = Tab::open(number, attributes, given, |app: App| {
            app.set_token(given_token);
            if has_provider {
                app.set_provider(Some(provider(dice, timeline, weather, (token, attributes), expire)));
            }
        });
        if let Some(ring) = ring {
            tab.app.kiosk().speak_with(Rc::new(ring));
            tab.redraw();
        }
        tab
    }

    fn scene(&self) -> Scene<'_> {
        Scene { server: &self.server, tabs: &self.tabs, now: self.timeline.now() }
    }

    /// Lets everything happen until then. Whoever looks on looks where something has changed: mostly, what comes next is a second
    /// that is over, and nothing is otherwise for it.
    fn run_to(&mut self, end: u64) -> Verdict {
        let (mut drawn, mut watched) = (None, None);
        loop {
            loop {
                let any = self.executor.run();
                let now = self.looks();
                if drawn != Some(now) {
                    drawn = Some(now);
                    self.tabs.iter().for_each(Tab::redraw);
                    self.has_left()?;
                }
                if !any {
                    break;
                }
            }
            let mark = |walk: &Walk| {
                let (sends, acts) = (walk.server.sends.borrow().len(), walk.server.acts.borrow().len());
                (walk.looks(), walk.tabs.iter().map(Tab::marks).sum::<usize>(), sends, acts)
            };
            if watched != Some(mark(self)) {
                self.watch()?;
                watched = Some(mark(self));
            }
            if !self.goes_on(end) {
                return Ok(());
            }
        }
    }

    /// Another one where a screen may look otherwise.
    fn looks(&self) -> (u64, u64, usize) {
        (changes(), fetched(), self.tabs.iter().filter(|tab| tab.is_asked()).count())
    }

    /// Whoever comes to a kiosk next is somebody else, and finds nothing of who has left it.
    fn has_left(&self) -> Verdict {
        for tab in self.tabs.iter().filter(|tab| tab.left.take()) {
            tab.who.set(tab.who.get() + 1);
            tab.began.set(tab.who.get());
            self.book.borrow_mut().gone(tab.number);
            left_kiosk(tab)?;
        }
        Ok(())
    }

    fn watch(&mut self) -> Verdict {
        let scene = Scene { server: &self.server, tabs: &self.tabs, now: self.timeline.now() };
        self.judge.watch(scene, &mut self.book.borrow_mut())
    }

    /// Lets everything happen that is to come.
    pub(crate) fn run_out(&mut self) -> Verdict {
        self.run_to(self.timeline.now() + PATIENCE)
    }

    fn whole(&mut self) -> Verdict {
        for step in self.plan.steps.clone() {
            self.step(step)?;
        }
        self.quiet()
    }

    fn step(&mut self, step: u32) -> Verdict {
        let mut dice = self.plan.dice(Luck::Step, &[step]);
        self.weather.begin(step);
        let number = dice.below(self.tabs.len());
        let what = dice.below(100);
        self.kills(step);
        self.stops();
        self.revokes(step);
        self.pries(step);
        let wait = dice.weighed(&[(15, 0), (30, 1), (30, 2), (15, 3), (11, 4)]).unwrap_or_default();
        let for_a_while = dice.between(0, 1_000);
        let did = match what {
            0..2 => self.reloads(number),
            2..4 => self.with(number, dice, |person: &mut Person<'_>| person.page_acts()),
            _ => self.with(number, dice, |person: &mut Person<'_>| person.act()),
        };
        let now = self.timeline.now();
        self.transcript.tell(now, || format!("step {step}, tab {number}: {}", did.words));
        self.server.mark(did.words.len() as u64 ^ (u64::from(step) << 20));
        if let Some(tab) = self.tabs.get(number).filter(|_| did.words == "signs out") {
            signed_out(tab)?;
        }
        match (wait, did.words.starts_with("waits")) {
            (4, _) => {
                self.run_out()?;
                self.settle()?;
            }
            (wait, is_waiting) => {
                let pause = match wait {
                    0 => 0,
                    1 => for_a_while / 3,
                    2 => for_a_while * 3,
                    _ => 3_000 + for_a_while * 17,
                };
                let end = now + if is_waiting { pause + 1_500 } else { pause };
                self.run_to(end)?;
                self.timeline.pass_to(end);
            }
        }
        self.judge.after_step(self.scene(), &self.book.borrow())
    }

    /// All is quiet: what must hold then does, where nothing is under way.
    pub(crate) fn settle(&mut self) -> Verdict {
        if self.tabs.iter().all(Tab::is_idle) {
            let scene = Scene { server: &self.server, tabs: &self.tabs, now: self.timeline.now() };
            self.judge.settle(scene, &mut self.book.borrow_mut(), false)?;
        }
        Ok(())
    }

    pub(crate) fn with(&self, number: usize, dice: Dice, act: impl FnOnce(&mut Person<'_>) -> Did) -> Did {
        let (Some(tab), Some(bent)) = (self.tabs.get(number), self.bents.get(number)) else { return "".into() };
        let did = act(&mut Person { tab, book: &self.book, server: &self.server, dice, bent: *bent });
        tab.redraw();
        did
    }

    /// The page is loaded anew: nothing of what was there stays.
    fn reloads(&mut self, number: usize) -> Did {
        let Some(before) = self.tabs.get(number) else { return "".into() };
        let attributes = before.attributes.get();
        if before.hides() {
            // What a browser still does once it has told so.
            self.executor.run();
        }
        before.close();
        self.book.borrow_mut().gone(number);
        self.book.borrow_mut().given_up(number);
        self.book.borrow_mut().orders.remove(&number);
        self.book.borrow_mut().doubts.remove(&number);
        // A page that is not there tells nobody.
        self.book.borrow_mut().staff.parted.retain(|((tab, _), _)| *tab != number);
        if let Some(who) = self.who.get(number) {
            who.set(who.get() + 1);
        }
        let tab = self.open(number, attributes);
        if let Some(place) = self.tabs.get_mut(number) {
            *place = tab;
        }
        "loads the page anew".into()
    }

    /// The pages are closed, and nobody holds them.
    pub(crate) fn close(&mut self) -> Verdict {
        self.tabs.iter().for_each(Tab::close);
        self.executor.run();
        self.executor.clear();
        self.timeline.clear();
        if let Some((gateway, _)) = &self.gateway {
            gateway.close();
        }
        serve_files(None);
        let held = self.tabs.iter().find(|tab| tab.guards.get() != 0).map(|tab| tab.number);
        match held {
            Some(tab) => {
                Err(Broken { invariant: "the page is let go", seen: format!("tab {tab} is held after it is closed") })
            }
            None => Ok(()),
        }
    }
}
