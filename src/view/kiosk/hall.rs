//! The kiosk's surroundings, as a browser has them.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get};
use super::trap;
use crate::media::camera;
use crate::world::Lobby;

/// Where a kiosk stands.
pub(super) fn hall() -> Rc<dyn Lobby> {
    Rc::new(Hall { lamp: Rc::default() })
}

struct Hall {
    /// What keeps the screen lit.
    lamp: Rc<RefCell<Option<JsValue>>>,
}

impl Lobby for Hall {
    fn come_alive(&self) {
        // Browsers let these happen only by somebody's touch; those that do not at all are left as they are.
        fill_screen();
        light(self.lamp.clone());
        trap::set_up();
    }

    fn is_asking(&self) -> bool {
        camera::is_asked()
    }

    fn forget(&self) {
        camera::forget_choices();
        to_top();
    }
}

/// The page is where one begins: at its top. A title that has the focus would else be left behind the head.
pub(super) fn to_top() {
    if let Some(window) = web_sys::window() {
        let _ = call(&window, "scrollTo", &[0.into(), 0.into()]);
    }
}

fn fill_screen() {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document else { return };
    if !get(&document, "fullscreenElement").is_object()
        && let Some(filling) = call(&get(&document, "documentElement"), "requestFullscreen", &[])
    {
        wasm_bindgen_futures::spawn_local(async move {
            // Refused, it stays as it is.
            let _ = JsFuture::from(Promise::resolve(&filling)).await;
        });
    }
}

/// Keeps the screen lit. The browser ends that when the page goes out of sight; the next touch begins it again.
fn light(lamp: Rc<RefCell<Option<JsValue>>>) {
    let is_lit = |lamp: &JsValue| get(lamp, "released").is_falsy();
    if lamp.borrow().as_ref().is_some_and(is_lit) {
        return;
    }
    let Some(window) = web_sys::window() else { return };
    if let Some(lighting) = call(&get(&window.navigator(), "wakeLock"), "request", &["screen".into()]) {
        wasm_bindgen_futures::spawn_local(async move {
            lamp.replace(JsFuture::from(Promise::resolve(&lighting)).await.ok());
        });
    }
}
