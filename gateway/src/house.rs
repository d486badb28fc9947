//! What everything that answers shares.

use crate::answer::{Answer, Refusal};
use crate::clock::Clock;
use crate::config::Config;
use crate::guard::buckets::Buckets;
use crate::mutant::{self, Mutant};
use crate::once::{self, Once};
use crate::session::Sessions;
use crate::session::cards::Cards;
use crate::store::{Store, Unavailable};
use crate::upstream::{Error, Transport, Upstream};
use crate::watch::audit::Audit;
use crate::watch::metrics::Metrics;
use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;

/// More buckets than that are one.
const MOST_BUCKETS: usize = 50_000;
/// Templates, their fields and the organization's name change seldom.
const REMEMBERED: Duration = Duration::from_secs(300);

/// Configuration, store, the vendor, limits, numbers.
#[derive(Debug)]
pub(crate) struct House {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) store: Arc<Store>,
    pub(crate) upstream: Arc<Upstream>,
    pub(crate) once: Once,
    pub(crate) sessions: Sessions,
    pub(crate) cards: Cards,
    pub(crate) buckets: Buckets,
    pub(crate) audit: Audit,
    pub(crate) metrics: Arc<Metrics>,
    read: Mutex<HashMap<String, (Instant, Arc<serde_json::Value>)>>,
    work: watch::Sender<()>,
}

/// Something that goes on when nobody waits for it any more. The gateway does not stop before it is dropped.
#[derive(Debug)]
pub(crate) struct Work(#[expect(dead_code, reason = "it is there to be dropped")] watch::Receiver<()>);

impl House {
    /// A house whose way to the vendor is `transport`.
    pub(crate) async fn new(
        config: Config,
        store: Arc<Store>,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> io::Result<House> {
        let once = Once::start(Arc::clone(&store), config.timing, clock).await.map_err(io::Error::other)?;
        let metrics = Arc::new(Metrics::new());
        Ok(House {
            upstream: Arc::new(Upstream::new(&config.vendor, transport, clock, Arc::clone(&metrics))),
            sessions: Sessions::new(Arc::clone(&store), config.sessions.lifetime, clock),
            cards: Cards::new(Arc::clone(&store), config.sessions.memory),
            buckets: Buckets::new(MOST_BUCKETS),
            once,
            audit: Audit::open(config.watch.audit.as_deref(), clock)?,
            metrics,
            read: Mutex::default(),
            work: watch::Sender::new(()),
            store,
            clock,
            config,
        })
    }

    /// Work has begun.
    pub(crate) fn work(&self) -> Work {
        Work(self.work.subscribe())
    }

    /// Returns when no work is left, and tells other instances so.
    pub(crate) async fn end(&self) {
        if mutant::is(Mutant::StopsAtOnce) {
            return;
        }
        self.work.closed().await;
        self.once.idle().await;
        self.once.end().await;
    }

    /// What was read of the vendor not long ago, and is the same for everybody.
    pub(crate) fn remembered(&self, path: &str) -> Option<Arc<serde_json::Value>> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.get(path).filter(|(at, _)| at.elapsed() < REMEMBERED).map(|(_, value)| Arc::clone(value))
    }

    /// Remembers it. There are as many as the organization has templates.
    pub(crate) fn remember(&self, path: &str, value: Arc<serde_json::Value>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.retain(|_, (at, _)| at.elapsed() < REMEMBERED);
        read.insert(path.to_owned(), (Instant::now(), value));
    }
}

impl From<once::Answer> for Answer {
    fn from(answer: once::Answer) -> Answer {
        Answer { status: answer.status, headers: answer.headers, body: answer.body }
    }
}

impl From<Answer> for once::Answer {
    fn from(answer: Answer) -> once::Answer {
        once::Answer { status: answer.status, headers: answer.headers, body: answer.body }
    }
}

/// What an error of the vendor's is to a call that is carried out once.
pub(crate) fn failed(error: &Error) -> once::Failed {
    tracing::warn!(%error, "vendor");
    if error.is_unknown() { once::Failed::Unheard } else { once::Failed::Unsent }
}

impl From<Unavailable> for Refusal {
    fn from(error: Unavailable) -> Refusal {
        tracing::error!(%error, "store");
        Refusal::unavailable("store")
    }
}
