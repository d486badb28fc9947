//! The camera: asking for it, and making sure that it is turned off.

use std::cell::{Cell, RefCell};
use std::fmt;

use js_sys::{Array, Function, Object, Promise, Reflect};
use vision::Gray;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    EventTarget, HtmlVideoElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStream, MediaStreamConstraints,
    MediaStreamTrack,
};

use super::canvas::Canvas;
use super::photo::{PhotoError, Picture};
use super::readback::reads;
use crate::domain::camera::{Failure, Wish};
use crate::domain::crop::{Crop, Ratio, output_size};

/// Which camera is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The one that shows whoever looks at the screen, if there are two.
    Front,
    /// The one on the other side.
    Rear,
    /// The one with this id.
    Device(String),
}

thread_local! {
    // For as long as the page lives, and nowhere else.
    static CHOICE: RefCell<Choice> = const { RefCell::new(Choice::Front) };
    static USUAL: RefCell<Choice> = const { RefCell::new(Choice::Front) };
    static SECONDS: Cell<u32> = const { Cell::new(3) };
    static ASKED: Cell<u32> = const { Cell::new(0) };
}

/// The camera that was chosen last on this page.
pub fn choice() -> Choice {
    CHOICE.with_borrow(Clone::clone)
}

/// Remembers it.
pub fn choose(choice: Choice) {
    CHOICE.replace(choice);
}

/// From now on everybody begins with this one.
pub fn prefer(choice: Choice) {
    USUAL.replace(choice.clone());
    choose(choice);
}

/// How many seconds are counted down.
pub fn countdown() -> u32 {
    SECONDS.get()
}

/// Remembers it.
pub fn set_countdown(seconds: u32) {
    SECONDS.set(seconds);
}

/// Whether the browser was asked for a camera and has not answered: somebody may have to be asked first.
pub fn is_asked() -> bool {
    ASKED.get() > 0
}

/// Nothing that a person has chosen is for the next one.
pub fn forget_choices() {
    choose(USUAL.with_borrow(Clone::clone));
    set_countdown(3);
}

/// Counts a question to the browser, until it is answered.
struct Asking;

impl Asking {
    fn new() -> Asking {
        ASKED.set(ASKED.get() + 1);
        Asking
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        ASKED.set(ASKED.get().saturating_sub(1));
    }
}

/// A camera that is on. Dropping it turns it off.
pub struct Camera {
    stream: MediaStream,
    track: MediaStreamTrack,
    _ended: Listener,
}

impl fmt::Debug for Camera {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Camera")
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        stop(&self.stream);
    }
}

fn stop(stream: &MediaStream) {
    for track in stream.get_tracks() {
        track.unchecked_into::<MediaStreamTrack>().stop();
    }
}

/// Something listened to until this is dropped.
pub struct Listener {
    target: EventTarget,
    kind: &'static str,
    handle: Closure<dyn FnMut()>,
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)
    }
}

impl Listener {
    /// Calls `act` on each event of this kind.
    pub fn new(target: EventTarget, kind: &'static str, act: impl Fn() + 'static) -> Listener {
        let act: Box<dyn FnMut()> = Box::new(act);
        let handle = Closure::wrap(act);
        // A function is all that it wants.
        let _ = target.add_event_listener_with_callback(kind, handle.as_ref().unchecked_ref());
        Listener { target, kind, handle }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.target.remove_event_listener_with_callback(self.kind, self.handle.as_ref().unchecked_ref());
    }
}

/// The browser's way to cameras.
fn devices() -> Option<MediaDevices> {
    let devices = Reflect::get(&web_sys::window()?.navigator(), &"mediaDevices".into()).ok()?;
    let asks = Reflect::get(&devices, &"getUserMedia".into()).ok()?;
    asks.is_function().then(|| devices.unchecked_into())
}

/// Asks for a camera, with as much of it as `wish` says. `ended` is called when it ends by itself.
///
/// # Errors
/// Why there is none.
pub async fn open(choice: &Choice, wish: Wish, ended: impl Fn() + 'static) -> Result<Camera, Failure> {
    let window = web_sys::window().ok_or(Failure::Unsupported)?;
    if !window.is_secure_context() {
        return Err(Failure::Insecure);
    }
    let devices = devices().ok_or(Failure::Unsupported)?;
    if is_blocked() {
        return Err(Failure::Blocked);
    }
    let _asking = Asking::new();
    let stream = match ask(&devices, choice, wish).await {
        // The one that was chosen is gone, or there is none on that side: any other will do.
        Err(error) if text(&error, "name") == "OverconstrainedError" => ask(&devices, &Choice::Front, wish).await,
        answer => answer,
    };
    let stream = match stream {
        Ok(stream) => stream,
        Err(error) => {
            return Err(Failure::of(&text(&error, "name"), &text(&error, "message"), permission().await.as_deref()));
        }
    };
    let Ok(track) = stream.get_video_tracks().get(0).dyn_into::<MediaStreamTrack>() else {
        stop(&stream);
        return Err(Failure::NoCamera);
    };
    let ended = Listener::new(track.clone().into(), "ended", ended);
    Ok(Camera { stream, track, _ended: ended })
}

async fn ask(devices: &MediaDevices, choice: &Choice, wish: Wish) -> Result<MediaStream, JsValue> {
    let video = Object::new();
    let set = |object: &Object, name: &str, value: &JsValue| {
        // A plain object takes any property.
        let _ = Reflect::set(object, &name.into(), value);
    };
    let ideal = |value: JsValue| {
        let wish = Object::new();
        set(&wish, "ideal", &value);
        JsValue::from(wish)
    };
    if wish == Wish::Best {
        set(&video, "width", &ideal(1920.into()));
        set(&video, "height", &ideal(1440.into()));
    }
    match choice {
        Choice::Front => set(&video, "facingMode", &ideal("user".into())),
        Choice::Rear => set(&video, "facingMode", &ideal("environment".into())),
        Choice::Device(id) => {
            let exact = Object::new();
            set(&exact, "exact", &id.as_str().into());
            set(&video, "deviceId", &exact);
        }
    }
    let constraints = MediaStreamConstraints::new();
    constraints.set_video(&video);
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
    stream.dyn_into()
}

/// Whether the page's Permissions-Policy forbids it. Only Chromium tells; elsewhere it looks like a denial.
fn is_blocked() -> bool {
    let allowed = || {
        let document = web_sys::window()?.document()?;
        let policy = Reflect::get(&document, &"featurePolicy".into()).ok()?;
        let allows: Function = Reflect::get(&policy, &"allowsFeature".into()).ok()?.dyn_into().ok()?;
        allows.call1(&policy, &"camera".into()).ok()?.as_bool()
    };
    allowed() == Some(false)
}

/// A property of an error.
fn text(error: &JsValue, name: &str) -> String {
    Reflect::get(error, &name.into()).ok().and_then(|name| name.as_string()).unwrap_or_default()
}

/// What the browser says of itself, and how many fingers its screen feels.
pub fn agent() -> (String, i32) {
    let of = |window: web_sys::Window| {
        let navigator = window.navigator();
        (navigator.user_agent().unwrap_or_default(), navigator.max_touch_points())
    };
    web_sys::window().map(of).unwrap_or_default()
}

/// `granted`, `denied` or `prompt`, where the browser tells.
async fn permission() -> Option<String> {
    let permissions = Reflect::get(&web_sys::window()?.navigator(), &"permissions".into()).ok()?;
    let query: Function = Reflect::get(&permissions, &"query".into()).ok()?.dyn_into().ok()?;
    let about = Object::new();
    Reflect::set(&about, &"name".into(), &"camera".into()).ok()?;
    let answer: Promise = query.call1(&permissions, &about).ok()?.dyn_into().ok()?;
    let status = JsFuture::from(answer).await.ok()?;
    Reflect::get(&status, &"state".into()).ok()?.as_string()
}

/// The cameras that there are: id and name. Their names are told only once a camera was allowed.
pub async fn list() -> Vec<(String, String)> {
    let Some(promise) = devices().and_then(|devices| devices.enumerate_devices().ok()) else { return Vec::new() };
    let Ok(list) = JsFuture::from(promise).await else { return Vec::new() };
    let infos = Array::from(&list).iter().map(|info| info.unchecked_into::<MediaDeviceInfo>()).collect::<Vec<_>>();
    let cameras = infos.iter().filter(|info| info.kind() == MediaDeviceKind::Videoinput);
    cameras.map(|info| (info.device_id(), info.label())).filter(|(id, _)| !id.is_empty()).collect()
}

/// Calls `changed` when a camera is plugged in or out, for as long as the listener is kept.
pub fn watch_devices(changed: impl Fn() + 'static) -> Option<Listener> {
    devices().map(|devices| Listener::new(devices.into(), "devicechange", changed))
}

impl Camera {
    /// Shows it in `video`.
    pub fn show(&self, video: &HtmlVideoElement) {
        video.set_src_object(Some(&self.stream));
        // `autoplay` does the same; what is refused here, or later, is a video that has been taken out of the page, or shows
        // another camera by then.
        if let Ok(playing) = video.play() {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(playing).await;
            });
        }
    }

    fn setting(&self, name: &str) -> Option<String> {
        Reflect::get(&self.track.get_settings(), &name.into()).ok()?.as_string()
    }

    /// The id of the device.
    pub fn device(&self) -> Option<String> {
        self.setting("deviceId")
    }

    /// Whether it looks away from whoever looks at the screen. A camera that does not say is one on a desk, which looks at
    /// the person.
    pub fn is_rear(&self) -> bool {
        self.setting("facingMode").as_deref() == Some("environment")
    }

    /// Whether it has a light.
    pub fn has_torch(&self) -> bool {
        let torch = || {
            let tell: Function = Reflect::get(&self.track, &"getCapabilities".into()).ok()?.dyn_into().ok()?;
            Reflect::get(&tell.call0(&self.track).ok()?, &"torch".into()).ok()?.as_bool()
        };
        torch() == Some(true)
    }

    /// Turns its light on or off. Whether that worked shows.
    pub async fn set_torch(&self, on: bool) -> bool {
        let (constraints, set) = (Object::new(), Object::new());
        let done = || {
            Reflect::set(&set, &"torch".into(), &on.into()).ok()?;
            Reflect::set(&constraints, &"advanced".into(), &Array::of1(&set)).ok()?;
            let apply: Function = Reflect::get(&self.track, &"applyConstraints".into()).ok()?.dyn_into().ok()?;
            apply.call1(&self.track, &constraints).ok()?.dyn_into::<Promise>().ok()
        };
        match done() {
            Some(promise) => JsFuture::from(promise).await.is_ok(),
            None => false,
        }
    }
}

/// The picture that `video` shows now, as the camera sees it: never mirrored.
///
/// # Errors
/// [`PhotoError::NotEncoded`] when there is none yet.
pub async fn take(video: &HtmlVideoElement) -> Result<Picture, PhotoError> {
    Picture::of_video(video).await.map_err(|_| PhotoError::NotEncoded)
}

/// How light what `video` shows is, in its middle, which is what the person sees in the proportions of `ratio`; small enough
/// for finding a face in it some times a second.
pub fn look(video: &HtmlVideoElement, ratio: Ratio) -> Option<Gray> {
    /// Its longer side, in pixels.
    const SIDE: u32 = 240;
    if !reads() {
        return None;
    }
    let crop = Crop::centred(video.video_width(), video.video_height(), Some(ratio));
    let size = output_size(crop, Some(ratio), SIDE);
    Canvas::of_video(video, crop, size)?.gray()
}
