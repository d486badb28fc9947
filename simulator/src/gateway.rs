//! The gateway in the walk's own time: its code is the one that a site runs, on a runtime whose clock goes when the walk's does. What
//! it asks of the vendor, and what it answers, comes out here.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{BoxFuture, select};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use instant_card::world::WireResponse;
use instant_card_gateway::config::Config;
use instant_card_gateway::store::{Memory, Space, Store};
use instant_card_gateway::{Clock, InProcess, Transport, TransportError};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Notify, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::places::{EMAIL, ORIGIN, PASSWORD, PROVIDER, SECRET};
use crate::server::Parcel;

/// What the vendor answers, or that it does not.
pub(crate) type VendorAnswer = Result<Response<Bytes>, TransportError>;

/// What it asks of the vendor.
pub(crate) struct Asked {
    pub(crate) parcel: Parcel,
    pub(crate) reply: oneshot::Sender<VendorAnswer>,
}

/// What comes out of the runtime.
enum Out {
    Asks(Asked),
    Answers { number: u64, answer: WireResponse },
}

#[derive(Default)]
struct Outbox {
    out: Mutex<Vec<Out>>,
    /// Rings when there is something.
    rings: Notify,
}

impl Outbox {
    fn put(&self, out: Out) {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).push(out);
        self.rings.notify_one();
    }

    fn take(&self) -> Vec<Out> {
        std::mem::take(&mut *self.out.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn is_empty(&self) -> bool {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// The way to the vendor: whoever has the gateway goes it.
struct Way(Arc<Outbox>);

impl Transport for Way {
    fn exchange(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, VendorAnswer> {
        let outbox = self.0.clone();
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let Some(parcel) = Parcel::of_gateway(&head, &body) else {
                return Err(TransportError::NotSent("it is none of the API's".to_owned()));
            };
            let (reply, answer) = oneshot::channel();
            outbox.put(Out::Asks(Asked { parcel, reply }));
            answer.await.unwrap_or_else(|_| Err(TransportError::Lost("it was cut off".to_owned())))
        })
    }
}

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

/// Somebody who waits for an answer; none comes where the gateway is gone.
type Give = Box<dyn FnOnce(Option<WireResponse>)>;

/// A process that the gateway runs in.
struct Process {
    runtime: Runtime,
    began: Instant,
    outbox: Arc<Outbox>,
    store: Arc<Store>,
    /// None until it has started.
    gateway: Option<InProcess>,
}

/// The gateway of a walk.
pub(crate) struct Gateway {
    /// The world's time when the walk began, since 1970.
    start: Duration,
    /// How long sessions last.
    lifetime: Duration,
    /// When its process began, in milliseconds since the walk did.
    since: Cell<u64>,
    process: RefCell<Option<Process>>,
    waiting: RefCell<BTreeMap<u64, Give>>,
    next: Cell<u64>,
    /// Another number where something has come of it.
    pub(crate) marks: Cell<usize>,
}

impl Gateway {
    /// A gateway that runs from now on, in a world whose time is `start`.
    pub(crate) fn new(start: Duration, lifetime: Duration) -> Rc<Gateway> {
        let gateway = Gateway {
            start,
            lifetime,
            since: Cell::new(0),
            process: RefCell::default(),
            waiting: RefCell::default(),
            next: Cell::new(0),
            marks: Cell::new(0),
        };
        gateway.begin(Memory::default, 0);
        gateway.open();
        Rc::new(gateway)
    }

    /// Another process begins, in which the gateway does not run yet.
    fn begin(&self, memory: impl FnOnce() -> Memory, now: u64) {
        let runtime = match Builder::new_current_thread().enable_time().start_paused(true).build() {
            Ok(runtime) => runtime,
            Err(error) => unreachable!("a runtime without a socket: {error}"),
        };
        let (began, store) = {
            let _here = runtime.enter();
            (Instant::now(), Arc::new(Store::Memory(memory())))
        };
        BEGAN.set(Some((began, self.start + Duration::from_millis(now))));
        self.since.set(now);
        let process = Process { runtime, began, outbox: Arc::default(), store, gateway: None };
        self.process.replace(Some(process));
    }

    /// The gateway starts.
    pub(crate) fn open(&self) {
        let mut process = self.process.borrow_mut();
        let Some(process) = process.as_mut() else { return };
        let mut config = CONFIG.with(Config::clone);
        config.sessions.lifetime = self.lifetime;
        let way = Arc::new(Way(process.outbox.clone()));
        let opening = InProcess::open(config, process.store.clone(), way, Clock(world_time));
        process.gateway = process.runtime.block_on(opening).ok();
    }

    /// It is killed, whatever it was at, and another process goes on with its store. It does not answer until it is opened again.
    pub(crate) fn kill(&self, now: u64) {
        let Some(process) = self.process.take() else { return };
        let kept = {
            let _here = process.runtime.enter();
            match &*process.store {
                Store::Memory(memory) => memory.kept(),
                #[allow(unreachable_patterns, reason = "a gateway may be built with others")]
                _ => Vec::new(),
            }
        };
        drop(process);
        self.begin(move || Memory::of(kept), now);
        for (_, give) in self.waiting.take() {
            give(None);
        }
    }

    /// Whether it runs.
    pub(crate) fn is_open(&self) -> bool {
        self.process.borrow().as_ref().is_some_and(|process| process.gateway.is_some())
    }

    /// All sessions are over.
    pub(crate) fn end_sessions(&self) {
        let process = self.process.borrow();
        let Some(process) = process.as_ref() else { return };
        process.runtime.block_on(async {
            let sessions = process.store.list(Space::Session, "").await.unwrap_or_default();
            for (session, _) in sessions {
                let _ = process.store.remove(Space::Session, &session).await;
            }
        });
    }

    /// Brings it a request.
    pub(crate) fn ask(&self, parcel: &Parcel, give: Give) {
        let process = self.process.borrow();
        let Some((process, gateway)) = process.as_ref().and_then(|process| Some((process, process.gateway.as_ref()?)))
        else {
            drop(process);
            return give(None);
        };
        let number = self.next.get();
        self.next.set(number + 1);
        self.waiting.borrow_mut().insert(number, give);
        let answer = gateway.answer(IpAddr::V4(Ipv4Addr::LOCALHOST), parcel.request());
        let outbox = process.outbox.clone();
        process.runtime.spawn(async move {
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
        let process = self.process.borrow();
        let process = process.as_ref()?;
        let target = process.began + Duration::from_millis(end.saturating_sub(self.since.get()));
        let since = |now: Instant| {
            let gone = now.saturating_duration_since(process.began).as_millis();
            self.since.get() + u64::try_from(gone).unwrap_or(u64::MAX)
        };
        loop {
            let now = process.runtime.block_on(async {
                let rings = std::pin::pin!(process.outbox.rings.notified());
                let ends = std::pin::pin!(sleep_until(target));
                let _ = select(rings, ends).await;
                Instant::now()
            });
            if !process.outbox.is_empty() {
                return Some(since(now));
            }
            if now >= target {
                return None;
            }
        }
    }

    /// What has come of it: answers are given, and what it asks of the vendor is for the caller to carry there.
    pub(crate) fn deliver(&self) -> Vec<Asked> {
        self.marks.set(self.marks.get() + 1);
        let out = self.process.borrow().as_ref().map(|process| process.outbox.take()).unwrap_or_default();
        let mut asks = Vec::new();
        for one in out {
            match one {
                Out::Asks(asked) => asks.push(asked),
                Out::Answers { number, answer } => {
                    let give = self.waiting.borrow_mut().remove(&number);
                    if let Some(give) = give {
                        give(Some(answer));
                    }
                }
            }
        }
        asks
    }

    /// It ends with its walk.
    pub(crate) fn close(&self) {
        let process = self.process.take();
        drop(process);
        self.waiting.take();
    }
}
