//! What goes in and out of the gateway's runtime: what it asks of the vendor, and what it answers.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_util::future::{BoxFuture, Either, pending, select};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use instant_card::world::WireResponse;
use instant_card_gateway::{Transport, TransportError};
use tokio::sync::{Notify, oneshot, watch};

use crate::server::Parcel;

/// What the vendor answers, or that it does not.
pub(crate) type VendorAnswer = Result<Response<Bytes>, TransportError>;

/// What it asks of the vendor.
pub(crate) struct Asked {
    pub(crate) parcel: Parcel,
    pub(crate) reply: oneshot::Sender<VendorAnswer>,
}

/// An instance that was to stop has.
pub(crate) struct Stopped {
    pub(super) at: usize,
    /// Which of its lives that was.
    pub(super) life: u32,
    /// Whether all that it had begun has ended.
    pub(super) has_ended: bool,
}

/// What comes out of the runtime.
pub(super) enum Out {
    Asks(Asked),
    Answers { number: u64, answer: WireResponse },
    Stops(Stopped),
}

#[derive(Default)]
pub(super) struct Outbox {
    out: Mutex<Vec<Out>>,
    /// Rings when there is something.
    pub(super) rings: Notify,
}

impl Outbox {
    pub(super) fn put(&self, out: Out) {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).push(out);
        self.rings.notify_one();
    }

    pub(super) fn take(&self) -> Vec<Out> {
        std::mem::take(&mut *self.out.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// The way to the vendor: whoever has the gateway goes it. It ends with the life of its instance.
pub(super) struct Way {
    pub(super) outbox: Arc<Outbox>,
    pub(super) is_dead: watch::Receiver<bool>,
}

impl Transport for Way {
    fn exchange(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, VendorAnswer> {
        let (outbox, mut is_dead) = (self.outbox.clone(), self.is_dead.clone());
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map(|body| body.to_bytes()).unwrap_or_default();
            let Some(parcel) = Parcel::of_gateway(&head, &body) else {
                return Err(TransportError::NotSent("it is none of the API's".to_owned()));
            };
            if *is_dead.borrow() {
                return pending().await;
            }
            let (reply, answer) = oneshot::channel();
            outbox.put(Out::Asks(Asked { parcel, reply }));
            let dies = async move {
                let _ = is_dead.wait_for(|is_dead| *is_dead).await;
            };
            match select(answer, std::pin::pin!(dies)).await {
                Either::Left((answer, _)) => {
                    answer.unwrap_or_else(|_| Err(TransportError::Lost("it was cut off".to_owned())))
                }
                Either::Right((_, answer)) => {
                    // Nobody hears it any more.
                    drop(answer);
                    pending().await
                }
            }
        })
    }
}
