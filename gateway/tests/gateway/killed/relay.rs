//! Stands between instances and the vendor, and stops at a point of the charge.

use super::Point;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

/// What all ways share.
struct Watch {
    vendor: SocketAddr,
    /// What the charge has in its head.
    mark: String,
    point: Point,
    /// Only the first time.
    stops: AtomicBool,
    reached: mpsc::Sender<usize>,
}

/// The ways of all instances.
pub(super) struct Relay {
    watch: Arc<Watch>,
    reached: mpsc::Receiver<usize>,
}

impl Relay {
    pub(super) fn new(vendor: SocketAddr, mark: String, point: Point) -> Relay {
        let (tell, reached) = mpsc::channel(1);
        let watch = Watch { vendor, mark, point, stops: AtomicBool::new(true), reached: tell };
        Relay { watch: Arc::new(watch), reached }
    }

    /// The way of one instance.
    pub(super) async fn begin(&self, number: usize) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let watch = Arc::clone(&self.watch);
        tokio::spawn(async move {
            while let Ok((gateway, _)) = listener.accept().await {
                let watch = Arc::clone(&watch);
                // Whichever side is gone ends it.
                tokio::spawn(async move { watch.between(gateway, number).await });
            }
        });
        address
    }

    /// Which instance has come to the point.
    pub(super) async fn reached(&mut self) -> Option<usize> {
        tokio::time::timeout(Duration::from_secs(60), self.reached.recv()).await.ok().flatten()
    }
}

impl Watch {
    async fn between(&self, mut gateway: TcpStream, number: usize) -> io::Result<()> {
        let mut vendor = TcpStream::connect(self.vendor).await?;
        let (mut there, mut back) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        let mut is_it = false;
        loop {
            tokio::select! {
                read = gateway.read(&mut there) => {
                    let request = &there[..read?];
                    if request.is_empty() {
                        return Ok(());
                    }
                    let is_charge = String::from_utf8_lossy(request).contains(&self.mark);
                    is_it = is_charge && self.stops.swap(false, Ordering::Relaxed);
                    let goes = match self.point {
                        Point::BeforeTheFirstByte if is_it => 0,
                        Point::HalfSent if is_it => request.len() / 2,
                        _ => request.len(),
                    };
                    vendor.write_all(&request[..goes]).await?;
                    if is_it && matches!(self.point, Point::BeforeTheFirstByte | Point::HalfSent | Point::Sent) {
                        return self.gone(&mut gateway, number).await;
                    }
                }
                read = vendor.read(&mut back) => {
                    let answer = &back[..read?];
                    if answer.is_empty() {
                        return Ok(());
                    }
                    let goes = match self.point {
                        Point::BeforeTheAnswer if is_it => 0,
                        Point::HalfAnswered if is_it => answer.len() / 2,
                        _ => answer.len(),
                    };
                    gateway.write_all(&answer[..goes]).await?;
                    if is_it {
                        return self.gone(&mut gateway, number).await;
                    }
                }
            }
        }
    }

    /// Says that the point is reached, and waits until the gateway is gone.
    async fn gone(&self, gateway: &mut TcpStream, number: usize) -> io::Result<()> {
        let _ = self.reached.send(number).await;
        let _ = gateway.read(&mut [0; 1]).await;
        Ok(())
    }
}
