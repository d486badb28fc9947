//! HTTPS to the vendor, with connections that each worker has for itself.

use super::line::{Failed, Line};
use super::transport::{Transport, TransportError, chain};
use crate::workers;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header::{HOST, HeaderValue};
use http::uri::{PathAndQuery, Uri};
use http::{Request, Response};
use http_body_util::Full;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{Instant, sleep};
use tower_service::Service as _;

const CONNECTING: Duration = Duration::from_secs(5);
/// Shorter than servers keep a connection, so that seldom one is used that is about to close.
const IDLE: Duration = Duration::from_secs(20);

/// Connections to the vendor, by the number of the worker.
pub(crate) struct Https(Vec<Arc<Pool>>);

/// The connections of one worker.
struct Pool {
    connector: HttpsConnector<HttpConnector>,
    at_rest: Mutex<AtRest>,
}

/// Those that nobody uses now, the one that was used last at the end.
#[derive(Default)]
struct AtRest {
    lines: Vec<Line>,
    /// Somebody comes by to close those that nobody has used for long.
    is_seen_to: bool,
}

impl AtRest {
    fn close_old(&mut self) {
        let old = self.lines.iter().take_while(|line| line.rests_since.elapsed() > IDLE).count();
        self.lines.drain(..old);
    }
}

impl Https {
    pub(crate) fn new() -> Https {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECTING));
        // That http is for this machine alone, the configuration has seen to.
        let connector =
            HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().wrap_connector(connector);
        let pool = |_| Arc::new(Pool { connector: connector.clone(), at_rest: Mutex::default() });
        Https((0..=workers::count()).map(pool).collect())
    }

    /// The connections of this worker; those of nobody, where it is none.
    fn pool(&self) -> &Arc<Pool> {
        self.0.get(workers::number()).unwrap_or(&self.0[0])
    }
}

impl Pool {
    fn at_rest(&self) -> MutexGuard<'_, AtRest> {
        self.at_rest.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One that was used before, and not long ago.
    fn take(&self) -> Option<Line> {
        self.at_rest().lines.pop().filter(|line| line.rests_since.elapsed() < IDLE)
    }

    fn put(self: &Arc<Pool>, mut line: Line) {
        line.rests_since = Instant::now();
        let mut at_rest = self.at_rest();
        at_rest.lines.push(line);
        if !at_rest.is_seen_to {
            at_rest.is_seen_to = true;
            tokio::spawn(Pool::see_to(Arc::clone(self)));
        }
    }

    async fn see_to(self: Arc<Pool>) {
        loop {
            sleep(IDLE / 4).await;
            let mut at_rest = self.at_rest();
            at_rest.close_old();
            if at_rest.lines.is_empty() {
                at_rest.is_seen_to = false;
                return;
            }
        }
    }

    async fn connect(&self, to: Uri) -> Result<Line, TransportError> {
        let stream = self.connector.clone().call(to).await;
        let stream = stream.map_err(|error| TransportError::NotSent(chain(&*error)))?;
        Line::begin(stream).await.map_err(|error| TransportError::NotSent(chain(&error)))
    }

    async fn exchange(self: Arc<Pool>, mut request: Request<Full<Bytes>>) -> Result<Response<Bytes>, TransportError> {
        let to = aimed(&mut request)?;
        loop {
            let (mut line, is_new) = match self.take() {
                Some(line) => (line, false),
                None => (self.connect(to.clone()).await?, true),
            };
            match line.exchange(request).await {
                Ok(answer) => {
                    if line.is_open() {
                        self.put(line);
                    }
                    return Ok(answer);
                }
                // It was closed while it rested: another one takes what this one has not.
                Err(Failed::Untouched(untouched)) if !is_new => request = *untouched,
                Err(Failed::Untouched(_)) => {
                    return Err(TransportError::NotSent("the connection was closed at once".to_owned()));
                }
                Err(Failed::Lost(error)) => return Err(error),
            }
        }
    }
}

/// Where it goes to; from then on it names its path alone, and the host in a header.
fn aimed(request: &mut Request<Full<Bytes>>) -> Result<Uri, TransportError> {
    let not_sent = || TransportError::NotSent("it has no address".to_owned());
    let path = request.uri().path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
    let to = std::mem::replace(request.uri_mut(), Uri::from(path));
    let host = to.authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok()).ok_or_else(not_sent)?;
    request.headers_mut().insert(HOST, host);
    Ok(to)
}

impl Transport for Https {
    fn exchange(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Result<Response<Bytes>, TransportError>> {
        Box::pin(Arc::clone(self.pool()).exchange(request))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";

    /// A server that answers so many requests on each connection, and closes it with the next, or at once where that is none. It counts
    /// what was sent to it.
    async fn server(answers: usize, reads_on: bool) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}/api/v2/print", listener.local_addr().unwrap());
        let count = Arc::<AtomicUsize>::default();
        let there = Arc::clone(&count);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut head = [0; 4096];
                for _ in 0..answers {
                    if stream.read(&mut head).await.unwrap_or_default() == 0 {
                        break;
                    }
                    there.fetch_add(1, Ordering::Relaxed);
                    stream.write_all(ANSWER).await.unwrap();
                }
                if reads_on && stream.read(&mut head).await.unwrap_or_default() > 0 {
                    there.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        (at, count)
    }

    async fn send(https: &Https, to: &str) -> Result<Bytes, TransportError> {
        let request = Request::post(to).body(Full::default()).unwrap();
        https.exchange(request).await.map(Response::into_body)
    }

    #[tokio::test]
    async fn a_connection_that_was_closed_while_it_rested_takes_nothing_with_it() {
        let (to, count) = server(1, false).await;
        let https = Https::new();
        for _ in 0..20 {
            assert_eq!(send(&https, &to).await.unwrap(), "{}");
            // Until it is heard that the connection is closed.
            sleep(Duration::from_millis(5)).await;
        }
        assert_eq!(count.load(Ordering::Relaxed), 20);
    }

    #[tokio::test]
    async fn one_connection_is_for_one_request_after_the_other() {
        let (to, count) = server(50, false).await;
        let https = Https::new();
        for _ in 0..50 {
            assert_eq!(send(&https, &to).await.unwrap(), "{}");
        }
        assert_eq!(count.load(Ordering::Relaxed), 50);
    }

    #[tokio::test]
    async fn what_was_written_and_not_answered_is_lost_and_is_not_sent_again() {
        let (to, count) = server(1, true).await;
        let https = Https::new();
        assert_eq!(send(&https, &to).await.unwrap(), "{}");
        assert!(matches!(send(&https, &to).await, Err(TransportError::Lost(_))));
        assert_eq!(count.load(Ordering::Relaxed), 2);
        let nobody = send(&https, "http://127.0.0.1:9/").await;
        assert!(matches!(nobody, Err(TransportError::NotSent(_))), "{nobody:?}");
    }
}
