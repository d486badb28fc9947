//! Listens, hands each connection to a worker, and bounds what it may take: how long a head may be awaited, how long an answer may
//! lie unread, how many connections there are. Stops gracefully: what has begun is ended.

use crate::clock::Clock;
use crate::config::{Config, Limits, StoreAt};
use crate::house::House;
use crate::in_process;
use crate::patience::Patient;
use crate::reception;
use crate::store::{Memory, Shared, Sqlite, Store, Unavailable};
use crate::upstream::Https;
use crate::workers::Workers;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

/// A head with a statement in it is a tenth of it.
const LARGEST_HEAD: usize = 16 * 1024;

/// A running gateway.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    metrics: Option<SocketAddr>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Gateway {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where its metrics are.
    #[must_use]
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.metrics
    }

    /// Takes nobody new, and returns when what has begun has ended.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.task.await;
    }
}

/// Opens the store that the configuration names.
///
/// # Errors
/// It cannot be opened, or does not answer.
pub async fn open(at: &StoreAt) -> Result<Store, Unavailable> {
    Ok(match at {
        StoreAt::Memory => Store::Memory(Memory::default()),
        StoreAt::File(path) => Store::Sqlite(Sqlite::open(path)?),
        StoreAt::Shared { url, authority } => Store::Shared(Shared::connect(url.reveal(), authority.as_deref()).await?),
    })
}

/// Starts a gateway in the background.
///
/// # Errors
/// When it cannot listen where it should, or cannot open its audit trail.
pub async fn start(config: Config, store: Arc<Store>) -> io::Result<Gateway> {
    let listener = bind(config.listen, "listen").await?;
    let address = listener.local_addr()?;
    let metrics = match config.watch.metrics {
        Some(at) => Some(bind(at, "watch.metrics").await?),
        None => None,
    };
    let metrics_address = metrics.as_ref().map(TcpListener::local_addr).transpose()?;
    let house = Arc::new(House::new(config, store, Arc::new(Https::new()), Clock::default()).await?);
    let workers = Workers::start()?;
    let (stop, stopped) = oneshot::channel();
    let task = tokio::spawn(async move {
        let beside = beside(&house, metrics);
        serve(&house, workers, listener, stopped).await;
        beside.iter().for_each(JoinHandle::abort);
    });
    Ok(Gateway { address, metrics: metrics_address, stop, task })
}

/// Listens where the setting of this name says.
async fn bind(at: SocketAddr, setting: &str) -> io::Result<TcpListener> {
    let named = |error| io::Error::other(format!("`{setting}`: nobody can listen on {at}: {error}"));
    TcpListener::bind(at).await.map_err(named)
}

/// What runs beside the requests.
fn beside(house: &Arc<House>, metrics: Option<TcpListener>) -> Vec<JoinHandle<()>> {
    let mut tasks = vec![in_process::renewing(house)];
    if let Some(listener) = metrics {
        tasks.push(tokio::spawn(tell(Arc::clone(house), listener)));
    }
    tasks
}

async fn serve(house: &Arc<House>, mut workers: Workers, listener: TcpListener, mut stopped: oneshot::Receiver<()>) {
    let limits = house.config.limits;
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            _ = &mut stopped => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = &mut stopped => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file descriptors, for example: it passes.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(stream) = stream.into_std() else { continue };
        let (house, watcher) = (Arc::clone(house), graceful.watcher());
        workers.next().spawn(async move {
            // From here on it wakes this worker alone.
            let Ok(stream) = TcpStream::from_std(stream) else { return };
            house.metrics.connections.inc();
            let _ = watcher.watch(connection(&house, stream, peer, limits)).await;
            house.metrics.connections.dec();
            drop(place);
        });
    }
    drop(listener);
    tracing::info!("stopping: what has begun is ended first");
    let ended = tokio::time::timeout(limits.stopping, async {
        graceful.shutdown().await;
        house.end().await;
    });
    if ended.await.is_err() {
        tracing::error!("stopped before everything had ended");
    }
}

fn connection(
    house: &Arc<House>,
    stream: TcpStream,
    peer: SocketAddr,
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Output: Send> + Send + 'static {
    let _ = stream.set_nodelay(true);
    let house = Arc::clone(house);
    let service = service_fn(move |request: Request<Incoming>| {
        let house = Arc::clone(&house);
        async move {
            let (parts, body) = request.into_parts();
            Ok::<_, Infallible>(reception::receive(house, peer.ip(), parts, body).await)
        }
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(LARGEST_HEAD)
        .max_headers(64)
        .half_close(false)
        .serve_connection(Patient::new(stream, limits.reading), service)
}

/// Tells the metrics to whoever asks on their own address.
async fn tell(house: Arc<House>, listener: TcpListener) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let house = Arc::clone(&house);
        tokio::spawn(async move {
            let service = service_fn(move |request: Request<Incoming>| {
                let is_metrics = request.uri().path() == "/metrics";
                let text = if is_metrics { house.metrics.text() } else { String::new() };
                let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
                let status = if is_metrics { 200 } else { 404 };
                async move {
                    let body = Full::new(Bytes::from(text));
                    Response::builder().status(status).header("content-type", kind).body(body)
                }
            });
            let mut server = http1::Builder::new();
            let server = server.timer(TokioTimer::new()).header_read_timeout(Duration::from_secs(10));
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
        });
    }
}
