//! What a browser gives a tab, as far as a flow can tell: pictures, a lobby, whoever holds the page.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{LocalBoxFuture, ready};
use instant_card::world::{DeviceStore, LeaveGuard, Lobby, Picture, PictureUrl, Pictures, Seen, Shrink, Unseen};

/// Any text that looks like a picture is shown.
pub(super) struct AnyPicture;
pub(crate) struct Shown;

/// How large a picture from a file or the camera is.
pub(crate) const SHOT: (u32, u32) = (1_200, 1_600);

/// Nobody looks into it.
impl Picture for Shown {}

impl PictureUrl for Shown {
    fn url(&self) -> &str {
        "blob:shown"
    }
}

impl Pictures for AnyPicture {
    fn show(&self, base64: &str) -> LocalBoxFuture<'static, Seen> {
        let shown: Rc<dyn PictureUrl> = Rc::new(Shown);
        Box::pin(ready(if base64.len() > 8 { Ok(shown) } else { Err(Unseen::NoPicture) }))
    }
}

/// A photo is made smaller by its end.
pub(super) struct ByHalf;

impl Shrink for ByHalf {
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>> {
        let half = base64.get(..base64.len() / 8 * 4).filter(|half| half.len() > 8).map(str::to_owned);
        Box::pin(std::future::ready(half))
    }
}

/// A lobby in which nobody is asked for a camera.
pub(super) struct Hall;

impl Lobby for Hall {
    fn come_alive(&self) {}

    fn is_asking(&self) -> bool {
        false
    }

    fn forget(&self) {}

    fn prefer_camera(&self, _: Option<(String, String)>) {}

    fn let_go(&self) {}
}

/// A device that keeps nothing.
pub(super) struct NoStore;

impl DeviceStore for NoStore {
    fn read(&self, _: &str) -> Option<String> {
        None
    }

    fn write(&self, _: &str, _: Option<&str>) {}
}

/// Counts who holds the page.
pub(super) struct Guards(pub(super) Rc<Cell<i32>>);
struct Held(Rc<Cell<i32>>);

impl LeaveGuard for Guards {
    fn hold(&self) -> Box<dyn Any> {
        self.0.set(self.0.get() + 1);
        Box::new(Held(self.0.clone()))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}
