//! The kiosk's surroundings, as a browser has them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::listen::Bound;
use super::trap;
use crate::browser::js::{call, get};
use crate::media::camera::{self, Choice};
use crate::ui::one_click;
use crate::world::Lobby;

/// Where a kiosk stands.
pub(super) fn hall() -> Rc<dyn Lobby> {
    // What a person leaves in memory that was given back is nobody's to find.
    #[cfg(target_family = "wasm")]
    crate::browser::wipe();
    let lamp = Rc::<RefCell<Option<JsValue>>>::default();
    // The browser puts it out when the page goes out of sight.
    let (document, again) = (web_sys::window().and_then(|window| window.document()), lamp.clone());
    let sight = document.map(|document| {
        Bound::new(document.into(), "visibilitychange", move |_| {
            let was_lit = again.borrow().is_some();
            if was_lit {
                light(again.clone());
            }
        })
    });
    Rc::new(Hall { lamp, camera: Rc::default(), _sight: sight })
}

struct Hall {
    /// What keeps the screen lit.
    lamp: Rc<RefCell<Option<JsValue>>>,
    /// Which camera this device has, as staff have chosen it.
    camera: Rc<RefCell<Option<Device>>>,
    _sight: Option<Bound>,
}

/// A camera's id, and its name.
type Device = (String, String);

impl Lobby for Hall {
    fn come_alive(&self) {
        // Browsers let these happen only by somebody's touch; those that do not at all are left as they are.
        fill_screen();
        light(self.lamp.clone());
        trap::set_up();
        find(self.camera.clone());
    }

    fn is_asking(&self) -> bool {
        camera::is_asked()
    }

    fn forget(&self) {
        camera::forget_choices();
        one_click::forget();
        to_top();
    }

    fn prefer_camera(&self, camera: Option<Device>) {
        camera::prefer(match &camera {
            Some((id, _)) => Choice::Device(id.clone()),
            None => Choice::Front,
        });
        self.camera.replace(camera);
        find(self.camera.clone());
    }

    fn let_go(&self) {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(leaving) = document.and_then(|document| call(&document, "exitFullscreen", &[])) {
            settle(leaving);
        }
        if let Some(putting_out) = self.lamp.take().and_then(|lamp| call(&lamp, "release", &[])) {
            settle(putting_out);
        }
    }
}

/// The page is where one begins: at its top. A title that has the focus would else be left behind the head.
pub(super) fn to_top() {
    if let Some(window) = web_sys::window() {
        let _ = call(&window, "scrollTo", &[0.into(), 0.into()]);
    }
}

/// Looks for the device's camera by its name, where browsers give it another id than it had. They tell names only to a page
/// that may use a camera.
fn find(camera: Rc<RefCell<Option<Device>>>) {
    let Some((id, name)) = camera.borrow().clone().filter(|(_, name)| !name.is_empty()) else { return };
    wasm_bindgen_futures::spawn_local(async move {
        let list = camera::list().await;
        let is_still = camera.borrow().as_ref().is_some_and(|(now, _)| *now == id);
        let other =
            list.iter().find(|(_, other)| *other == name).filter(|_| list.iter().all(|(other, _)| *other != id));
        if let (Some((other, _)), true) = (other, is_still) {
            camera::prefer(Choice::Device(other.clone()));
        }
    });
}

/// Waits for it, whatever comes of it.
fn settle(promise: JsValue) {
    wasm_bindgen_futures::spawn_local(async move {
        // Refused, it stays as it is.
        let _ = JsFuture::from(Promise::resolve(&promise)).await;
    });
}

fn fill_screen() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    if !get(&document, "fullscreenElement").is_object()
        && let Some(filling) = call(&get(&document, "documentElement"), "requestFullscreen", &[])
    {
        settle(filling);
    }
}

/// Keeps the screen lit. Asked for while the page is out of sight it is refused, and asked for again when that is over.
fn light(lamp: Rc<RefCell<Option<JsValue>>>) {
    let is_lit = |lamp: &JsValue| get(lamp, "released").is_falsy();
    if lamp.borrow().as_ref().is_some_and(is_lit) {
        return;
    }
    let Some(window) = web_sys::window() else { return };
    if let Some(lighting) = call(&get(&window.navigator(), "wakeLock"), "request", &["screen".into()]) {
        wasm_bindgen_futures::spawn_local(async move {
            // Refused, the one that has gone out stays, and is looked at the next time.
            if let Ok(lit) = JsFuture::from(Promise::resolve(&lighting)).await {
                lamp.replace(Some(lit));
            }
        });
    }
}
