//! The gateway in the walk's own time: its code is the one that a site runs, on a runtime whose clock goes when the walk's does. What
//! it asks of the vendor, and what it answers, comes out here. There may be several instances of it, on one store.

mod way;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::select;
use http_body_util::BodyExt as _;
use instant_card::world::{Method, WireResponse};
use instant_card_gateway::config::{Config, Devices};
use instant_card_gateway::store::{Memory, Space, Store};
use instant_card_gateway::{Clock, InProcess};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, sleep_until, timeout};

pub(crate) use way::{Asked, Stopped, VendorAnswer};

use crate::dice::Dice;
use crate::places::{EMAIL, ORIGIN, PASSWORD, PROVIDER, SECRET};
use crate::server::Parcel;
use way::{Out, Outbox, Way};

thread_local! {
    /// When the runtime's clock began, by that and by the time of the world: since 1970.
    static BEGAN: Cell<Option<(Instant, Duration)>> = const { Cell::new(None) };
    static CONFIG: Config = config();
}

/// The time of the world, as the gateway reads it.
fn world_time() -> Duration {
    BEGAN.get().map_or(Duration::ZERO, |(began, time)| time + began.elapsed())
}

fn config() -> Config {
    let text = format!(
        r#"
        listen = "127.0.0.1:0"
        base = "/own/"
        origins = ["{ORIGIN}"]
        [vendor]
        base = "https://core.instantcard.net/api/v2/"
        organization_id = 20003827
        email = "{EMAIL}"
        [statements]
        audience = "gateway"
        [[statements.keys]]
        issuer = "site"
        kid = "one"
        algorithm = "HS256"
        [orders]
        shipping_provider_id = {PROVIDER}
        "#,
    );
    let environment = |name: &str| match name {
        "INSTANT_CARD_PASSWORD" => Some(PASSWORD.to_owned()),
        "INSTANT_CARD_KEY_ONE" => Some(SECRET.to_owned()),
        _ => None,
    };
    match Config::read(&text, &environment) {
        Ok(config) => config,
        Err(mistakes) => unreachable!("{mistakes}"),
    }
}

/// So often what is to be done at one moment is looked at: more than anything has to wait for something else then.
const AT_ONCE: u32 = 64;

/// Somebody who waits for an answer; none comes where the gateway is gone.
type Give = Box<dyn FnOnce(Option<WireResponse>)>;

/// A request that an instance has taken.
struct Taken {
    at: usize,
    /// What it is, where it changes something.
    change: Option<String>,
    give: Give,
}

/// An instance of the gateway: a process of its own, which may be killed without the others.
#[derive(Default)]
struct Instance {
    /// None while it is away.
    gateway: Option<InProcess>,
    /// Its way to the store.
    store: Option<Arc<Store>>,
    is_dead: Option<watch::Sender<bool>>,
    /// It takes nobody any more.
    is_stopping: bool,
    life: u32,
}

impl Instance {
    fn is_open(&self) -> bool {
        self.gateway.is_some() && !self.is_stopping
    }
}

/// The gateway of a walk.
pub(crate) struct Gateway {
    /// How long sessions last.
    lifetime: Duration,
    /// What people at kiosks may do that sign for them.
    devices: RefCell<Option<Devices>>,
    runtime: Runtime,
    began: Instant,
    outbox: Arc<Outbox>,
    /// What is kept, as whoever looks on sees it.
    kept: Store,
    instances: RefCell<Vec<Instance>>,
    /// Which instance gets what.
    dice: RefCell<Dice>,
    waiting: RefCell<BTreeMap<u64, Taken>>,
    next: Cell<u64>,
    stopped: RefCell<Vec<Stopped>>,
}

impl Gateway {
    /// A gateway of so many instances that runs from now on, in a world whose time is `start`.
    pub(crate) fn new(start: Duration, lifetime: Duration, instances: usize, dice: Dice) -> Rc<Gateway> {
        let runtime = match Builder::new_current_thread().enable_time().start_paused(true).build() {
            Ok(runtime) => runtime,
            Err(error) => unreachable!("a runtime without a socket: {error}"),
        };
        let began = {
            let _here = runtime.enter();
            Instant::now()
        };
        BEGAN.set(Some((began, start)));
        let gateway = Gateway {
            lifetime,
            devices: RefCell::default(),
            runtime,
            began,
            outbox: Arc::default(),
            kept: Store::Memory(Memory::default()),
            instances: RefCell::new((0..instances).map(|_| Instance::default()).collect()),
            dice: RefCell::new(dice),
            waiting: RefCell::default(),
            next: Cell::new(0),
            stopped: RefCell::default(),
        };
        (0..instances).for_each(|at| gateway.open(at));
        Rc::new(gateway)
    }

    /// How many instances it has.
    pub(crate) fn instances(&self) -> usize {
        self.instances.borrow().len()
    }

    /// Says what people may do at kiosks that are enrolled: from then on some can be.
    pub(crate) fn set_devices(&self, devices: Devices) {
        self.devices.replace(Some(devices));
        for at in 0..self.instances() {
            self.kill(at);
            self.open(at);
        }
    }

    /// An instance starts, with what was kept.
    pub(crate) fn open(&self, at: usize) {
        let mut instances = self.instances.borrow_mut();
        let Some(instance) = instances.get_mut(at).filter(|instance| instance.gateway.is_none()) else { return };
        let mut config = CONFIG.with(Config::clone);
        config.sessions.lifetime = self.lifetime;
        config.devices.clone_from(&self.devices.borrow());
        let (is_dead, sees) = watch::channel(false);
        let store = Arc::new(Store::Memory(memory(&self.kept).beside()));
        let way = Arc::new(Way { outbox: self.outbox.clone(), is_dead: sees });
        let opening = InProcess::open(config, store.clone(), way, Clock(world_time));
        instance.gateway = self.runtime.block_on(opening).ok();
        (instance.store, instance.is_dead) = (Some(store), Some(is_dead));
        (instance.is_stopping, instance.life) = (false, instance.life + 1);
    }

    /// An instance is killed, whatever it was at. What it has begun stands still for ever: it reaches neither the store nor the vendor.
    pub(crate) fn kill(&self, at: usize) {
        if let Some(instance) = self.instances.borrow_mut().get_mut(at) {
            let _here = self.runtime.enter();
            instance.gateway = None;
            if let Some(store) = instance.store.take() {
                memory(&store).cut();
            }
            if let Some(is_dead) = instance.is_dead.take() {
                is_dead.send_replace(true);
            }
        }
        let here: Vec<u64> =
            self.waiting.borrow().iter().filter(|(_, taken)| taken.at == at).map(|(n, _)| *n).collect();
        for number in here {
            let taken = self.waiting.borrow_mut().remove(&number);
            if let Some(taken) = taken {
                (taken.give)(None);
            }
        }
    }

    /// An instance is asked to stop: it takes nobody any more, and ends what it has begun. False where it does not run.
    pub(crate) fn stop(&self, at: usize) -> bool {
        let mut instances = self.instances.borrow_mut();
        let Some(instance) = instances.get_mut(at).filter(|instance| instance.is_open()) else { return false };
        let Some(gateway) = &instance.gateway else { return false };
        let (end, patience) = (gateway.end(), CONFIG.with(|config| config.limits.stopping));
        let (outbox, life) = (self.outbox.clone(), instance.life);
        self.runtime.spawn(async move {
            let has_ended = timeout(patience, end).await.is_ok();
            // Answers that are ready then go out.
            sleep(Duration::from_millis(1)).await;
            outbox.put(Out::Stops(Stopped { at, life, has_ended }));
        });
        instance.is_stopping = true;
        true
    }

    /// The instances that have stopped since it was asked last, and what each has left that it should have ended.
    pub(crate) fn stopped(&self) -> Vec<(usize, Vec<String>)> {
        let mut all = Vec::new();
        for stopped in self.stopped.take() {
            let life = self.instances.borrow().get(stopped.at).map(|instance| instance.life);
            if life != Some(stopped.life) {
                // It was killed meanwhile.
                continue;
            }
            let waiting = self.waiting.borrow();
            let here = waiting.values().filter(|taken| stopped.has_ended && taken.at == stopped.at);
            let left = here.filter_map(|taken| taken.change.clone()).collect();
            drop(waiting);
            self.kill(stopped.at);
            all.push((stopped.at, left));
        }
        all
    }

    /// Whether an instance runs.
    pub(crate) fn runs(&self, at: usize) -> bool {
        self.instances.borrow().get(at).is_some_and(|instance| instance.gateway.is_some())
    }

    /// Whether an instance runs, and is not about to stop.
    fn is_open(&self, at: usize) -> bool {
        self.instances.borrow().get(at).is_some_and(Instance::is_open)
    }

    /// All sessions are over.
    pub(crate) fn end_sessions(&self) {
        self.runtime.block_on(async {
            let sessions = self.kept.list(Space::Session, "").await.unwrap_or_default();
            for (session, _) in sessions {
                let _ = self.kept.remove(Space::Session, &session).await;
            }
        });
    }

    /// Which instance gets the next request. Whoever stands before several knows, mostly, which of them is away.
    fn turn(&self) -> usize {
        let count = self.instances();
        if count < 2 {
            return 0;
        }
        let mut dice = self.dice.borrow_mut();
        let (first, is_blind) = (dice.below(count), dice.percent(20));
        let other = (first + 1) % count;
        if self.is_open(first) || is_blind { first } else { other }
    }

    /// Brings it a request.
    pub(crate) fn ask(&self, parcel: &Parcel, give: Give) {
        let at = self.turn();
        let instances = self.instances.borrow();
        let instance = instances.get(at).filter(|instance| instance.is_open());
        let Some(gateway) = instance.and_then(|instance| instance.gateway.as_ref()) else {
            drop(instances);
            return give(None);
        };
        let number = self.next.get();
        self.next.set(number + 1);
        let change = (parcel.method != Method::Get).then(|| parcel.line());
        self.waiting.borrow_mut().insert(number, Taken { at, change, give });
        let answer = gateway.answer(IpAddr::V4(Ipv4Addr::LOCALHOST), parcel.request());
        let outbox = self.outbox.clone();
        self.runtime.spawn(async move {
            let (head, body) = answer.await.into_parts();
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let retry_after = head.headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
            let body = String::from_utf8_lossy(&body).into_owned();
            let answer = WireResponse { retry_after, ..WireResponse::new(head.status.as_u16(), body) };
            outbox.put(Out::Answers { number, answer });
        });
    }

    /// Lets it go on until then, or until something comes of it: when that was. What it does at the very moment it does in the next.
    pub(crate) fn go_to(&self, end: u64) -> Option<u64> {
        let target = self.began + Duration::from_millis(end);
        loop {
            let now = self.runtime.block_on(async {
                let rings = std::pin::pin!(self.outbox.rings.notified());
                let ends = std::pin::pin!(sleep_until(target));
                let _ = select(rings, ends).await;
                Instant::now()
            });
            if !self.outbox.is_empty() {
                let gone = now.saturating_duration_since(self.began).as_millis();
                return Some(u64::try_from(gone).unwrap_or(u64::MAX));
            }
            if now >= target {
                return None;
            }
        }
    }

    /// Lets it do what it does at this very moment, and no time go by.
    pub(crate) fn catch_up(&self) {
        self.runtime.block_on(async {
            for _ in 0..AT_ONCE {
                yield_now().await;
            }
        });
    }

    /// What has come of it: answers are given, and what it asks of the vendor is for the caller to carry there.
    pub(crate) fn deliver(&self) -> Vec<Asked> {
        let mut asks = Vec::new();
        for one in self.outbox.take() {
            match one {
                Out::Asks(asked) => asks.push(asked),
                Out::Answers { number, answer } => {
                    let taken = self.waiting.borrow_mut().remove(&number);
                    if let Some(taken) = taken {
                        (taken.give)(Some(answer));
                    }
                }
                Out::Stops(stopped) => self.stopped.borrow_mut().push(stopped),
            }
        }
        asks
    }

    /// It ends with its walk.
    pub(crate) fn close(&self) {
        self.waiting.take();
        (0..self.instances()).for_each(|at| self.kill(at));
    }
}

/// The simulator's store is in memory.
fn memory(store: &Store) -> &Memory {
    match store {
        Store::Memory(memory) => memory,
        #[allow(unreachable_patterns, reason = "a gateway may be built with others")]
        _ => unreachable!("it was made as this one"),
    }
}
