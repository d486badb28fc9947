//! A gateway without a socket: whoever has it brings requests to it, and is its way to the vendor. All else is as it is behind one.

use crate::clock::Clock;
use crate::config::Config;
use crate::house::House;
use crate::reception;
use crate::store::Store;
use crate::upstream::Transport;
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// A gateway in this process. What it has begun goes on in the runtime that it was opened in, and ends with that.
#[derive(Debug)]
pub struct InProcess {
    house: Arc<House>,
    renewing: JoinHandle<()>,
}

impl InProcess {
    /// Opens one on `store`, which reaches the vendor by `transport`.
    ///
    /// # Errors
    /// The store does not answer, or the audit trail cannot be opened.
    pub async fn open(
        config: Config,
        store: Arc<Store>,
        transport: Arc<dyn Transport>,
        clock: Clock,
    ) -> io::Result<InProcess> {
        let house = Arc::new(House::new(config, store, transport, clock).await?);
        Ok(InProcess { renewing: renewing(&house), house })
    }

    /// Answers a request that came from `peer`. What changes something is carried out to its end, whoever still waits for it.
    pub fn answer(
        &self,
        peer: IpAddr,
        request: Request<Full<Bytes>>,
    ) -> impl Future<Output = Response<Full<Bytes>>> + Send + 'static {
        let (parts, body) = request.into_parts();
        reception::receive(Arc::clone(&self.house), peer, parts, body)
    }

    /// Returns when what has begun has ended: it is to be stopped then, and asked for nothing any more.
    pub fn end(&self) -> impl Future<Output = ()> + Send + 'static {
        let house = Arc::clone(&self.house);
        async move { house.end().await }
    }
}

impl Drop for InProcess {
    fn drop(&mut self) {
        self.renewing.abort();
    }
}

/// Keeps the account's token good.
pub(crate) fn renewing(house: &Arc<House>) -> JoinHandle<()> {
    let upstream = Arc::clone(&house.upstream);
    tokio::spawn(async move { upstream.keep_renewed().await })
}
