//! How what has photos in it is sent: bytes that go out are never cut off. It comes with the photos.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{Either, LocalBoxFuture, select};

use super::error::Error;
use super::line::{Line, OnTheWay};
use crate::world::{Transport, Upload, WentOut, WireRequest, WireResponse};

/// So many bytes a second go out on the slowest line that is waited for.
const SLOWEST: u64 = 8_000;

/// How often it is looked whether anything goes out, in seconds.
const LOOK: u32 = 5;

/// From now on what has photos in it is sent by `upload`, for as long as the line lives.
pub fn carry_photos(line: &Rc<Line>, transport: Rc<dyn Transport>, upload: Rc<dyn Upload>) {
    let weak = Rc::downgrade(line);
    line.carry.get_or_init(|| {
        Rc::new(move |wire: &WireRequest, seconds| -> LocalBoxFuture<'static, _> {
            let Some(line) = weak.upgrade() else { return Box::pin(std::future::ready(Err(Error::Unreachable))) };
            in_time(line, transport.clone(), &*upload, wire, seconds)
        })
    });
}

/// The time limit begins anew with every sign that bytes go out; and since what has gone out may still stand in a buffer on
/// the way, it is longer by what that may take.
fn in_time(
    line: Rc<Line>,
    transport: Rc<dyn Transport>,
    upload: &dyn Upload,
    wire: &WireRequest,
    seconds: u32,
) -> LocalBoxFuture<'static, Result<WireResponse, Error>> {
    let signs = Rc::new(Cell::new(0_u64));
    let went_out: WentOut = {
        let (signs, line) = (signs.clone(), line.clone());
        Rc::new(move |sent, of| {
            signs.set(signs.get() + 1);
            line.tell(OnTheWay::Sending { percent: (sent * 100 / of.max(1)).min(100) as u32 });
        })
    };
    let seconds = seconds + (wire.size() / SLOWEST) as u32;
    let answer = upload.upload(wire, went_out);
    Box::pin(async move {
        let _told = line.is(OnTheWay::Sending { percent: 0 });
        let silence: LocalBoxFuture<'_, ()> = Box::pin(async {
            let (mut known, mut silent) = (0, 0);
            while silent < seconds {
                transport.sleep(LOOK * 1000).await;
                silent = if signs.get() == known { silent + LOOK } else { 0 };
                known = signs.get();
            }
        });
        match select(answer, silence).await {
            Either::Left((answer, _)) => answer.map_err(|_| Error::Unreachable),
            Either::Right(_) => Err(Error::TimedOut { seconds }),
        }
    })
}
