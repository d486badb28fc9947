//! The screen on which a photo is taken with a camera.
//!
//! What happens when is decided by [`crate::domain::camera`]; here its effects are carried out, and its states drawn.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{queue_microtask, set_timeout};
use vision::{Detector, Lean};
use wasm_bindgen::JsCast;
use web_sys::{HtmlSelectElement, HtmlVideoElement, VisibilityState};

use super::choose::file_instead;
use super::picker::Open;
use super::refusal::explain;
use crate::domain::camera::{Effect, Event, Failure, Machine, REST, State, Wish};
use crate::domain::crop::Ratio;
use crate::domain::face::{Hint, hint};
use crate::i18n::camera::Camera as Words;
use crate::media::camera::{self, Camera, Choice, Listener};
use crate::media::photo::Picture;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::icon::{CAMERA, TORCH, TURN, icon};
use crate::ui::notice::notice;
use crate::ui::words;

/// Seconds that one can have counted down.
const COUNTDOWNS: [u32; 3] = [0, 3, 10];

/// From one look for faces to the next.
const GLANCE: Duration = Duration::from_millis(350);

/// Takes a photo for the field with this label and ratio.
pub(in crate::view) struct CameraScreen<'a> {
    /// The field's label.
    pub(in crate::view) label: &'a str,
    /// The field's proportions, in which the picture is shown.
    pub(in crate::view) ratio: Option<Ratio>,
    /// Whether faces are looked for, to say how to stand.
    pub(in crate::view) face_help: bool,
    /// Whether a file may be chosen instead.
    pub(in crate::view) files: bool,
    /// A picture from the camera.
    pub(in crate::view) on_taken: Rc<dyn Fn(Picture)>,
    /// Opens a file that is chosen instead.
    pub(in crate::view) open: Open,
    /// A picture from a file.
    pub(in crate::view) on_opened: Rc<dyn Fn(Picture)>,
    /// There is no picture: a code for the page's records, and what the person is told.
    pub(in crate::view) on_failed: Rc<dyn Fn(&'static str, String)>,
    /// The field is to stay as it was.
    pub(in crate::view) on_cancel: Box<dyn Fn()>,
    /// What a good photo is like, where the page wants that said.
    pub(in crate::view) rules: El,
    /// Whether the title takes the focus.
    pub(in crate::view) focus: bool,
}

/// The machine and what it moves. A handle; all of it goes with the screen, and the camera is turned off by that.
#[derive(Clone, Copy)]
struct Rig {
    machine: Var<Machine>,
    camera: Var<Option<Rc<Camera>>>,
    /// Whether the video has its first picture.
    ready: Var<bool>,
    /// Those that one can choose among.
    cameras: Var<Vec<(String, String)>>,
    torch: Var<bool>,
    /// What is said about a picture that could not be taken.
    trouble: Var<bool>,
    /// What the person can do for a better photo.
    hint: Var<Option<Hint>>,
    face_help: bool,
    video: Var<HtmlVideoElement>,
    on_taken: Var<Rc<dyn Fn(Picture)>>,
    on_failed: Var<Rc<dyn Fn(&'static str, String)>>,
    words: &'static Words,
    files: bool,
}

impl Rig {
    fn state(self) -> State {
        self.machine.get().state()
    }

    /// Something has happened.
    fn on(self, event: Event) {
        // The screen is gone, and with it the camera.
        let Some(machine) = self.machine.try_with_untracked(|machine| *machine) else { return };
        let before = machine.state();
        let (machine, effects) = machine.on(event);
        self.machine.set(machine);
        if let (State::Failed(why), true) = (machine.state(), machine.state() != before) {
            let told = explain(self.words, why, self.files).what;
            self.on_failed.with_untracked(|tell| tell(why.code(), told));
        }
        for effect in effects.into_iter().flatten() {
            match effect {
                Effect::Ask(turn, wish) => self.ask(turn, wish),
                Effect::Rest(turn) => set_timeout(move || self.on(Event::Rested(turn)), Duration::from_millis(REST)),
                Effect::Stop => self.stop(),
                // Whoever asked looks for this before keeping the camera.
                Effect::Discard => {}
                Effect::Wait(turn) => set_timeout(move || self.on(Event::Tick(turn)), Duration::from_secs(1)),
                Effect::Take(turn) => self.take(turn),
            }
        }
    }

    fn stop(self) {
        self.camera.set(None);
        self.ready.set(false);
        self.torch.set(false);
        self.video.with_untracked(|video| video.set_src_object(None));
    }

    fn ask(self, turn: u32, wish: Wish) {
        self.trouble.set(false);
        // Not a task of the widget's: one that was given up would leave the camera on that it was still to get.
        wasm_bindgen_futures::spawn_local(async move {
            let opened = camera::open(&camera::choice(), wish, move || self.on(Event::Ended)).await;
            // The screen is gone: the camera that came is dropped, and off.
            let Some(machine) = self.machine.try_with_untracked(|machine| *machine) else { return };
            let camera = match opened {
                Ok(camera) => camera,
                Err(why) => return self.on(Event::Refused(turn, why)),
            };
            let (_, effects) = machine.on(Event::Opened(turn));
            if effects.contains(&Some(Effect::Discard)) {
                return;
            }
            self.video.with_untracked(|video| camera.show(video));
            self.camera.set(Some(Rc::new(camera)));
            self.on(Event::Opened(turn));
            self.look_for_cameras().await;
        });
    }

    async fn look_for_cameras(self) {
        let list = camera::list().await;
        if !self.cameras.is_gone() {
            self.cameras.set(list);
        }
    }

    fn take(self, turn: u32) {
        let video = self.video.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            let taken = camera::take(&video).await;
            if self.machine.is_gone() {
                return;
            }
            self.trouble.set(taken.is_err());
            self.hint.set(None);
            let Ok(picture) = taken else { return self.on(Event::NotTaken(turn)) };
            if self.face_help {
                picture.find_face().await;
            }
            if self.machine.is_gone() {
                return;
            }
            self.on(Event::Taken(turn));
            if self.machine.get_untracked().state() == State::Captured {
                self.on_taken.with_untracked(|hand_over| hand_over(picture));
            }
        });
    }
}

/// Draws the screen, and asks for the camera.
pub(in crate::view) fn camera_screen(screen: CameraScreen<'_>) -> El {
    let words = words().camera();
    let view =
        el("video").attr("autoplay", "").attr("playsinline", "").attr("aria-label", words.view).class("camera-view");
    let video: HtmlVideoElement = view.element().clone().unchecked_into();
    // The attribute is read only by a parser.
    video.set_muted(true);
    let rig = Rig {
        machine: Var::new(Machine::new()),
        camera: Var::new(None),
        ready: Var::new(false),
        cameras: Var::new(Vec::new()),
        torch: Var::new(false),
        trouble: Var::new(false),
        hint: Var::new(None),
        face_help: screen.face_help,
        video: Var::new(video),
        on_taken: Var::new(screen.on_taken),
        on_failed: Var::new(screen.on_failed),
        words,
        files: screen.files,
    };
    let view = view.on("loadeddata", move |_| rig.ready.set(true)).live_class("mirrored", move || {
        rig.camera.with(|camera| !camera.as_ref().is_some_and(|camera| camera.is_rear()))
    });
    listen(rig);
    let ratio = screen.ratio.unwrap_or(Ratio { width: 4, height: 3 });
    if rig.face_help {
        let detector = Rc::new(Detector::new());
        guide(rig, detector, ratio, None);
    }

    // Where the page gets no camera, the system's own camera may still be offered.
    let capture = move || match rig.state() {
        State::Failed(Failure::Unsupported | Failure::Insecure) => Some("user".to_string()),
        _ => None,
    };
    let (choose, input) =
        rig.files.then(|| file_instead(words.choose_file, screen.open, screen.on_opened, capture)).unzip();
    let is_failed = move || matches!(rig.state(), State::Failed(_));
    let stage = el("div").class("camera-stage").attr("part", "camera-stage");
    for (name, side) in [("--w", ratio.width), ("--h", ratio.height)] {
        // A number is a valid value.
        let _ = stage.html().style().set_property(name, &side.max(1).to_string());
    }
    let stage = stage
        .child(view)
        .child(el("div").class("camera-guide").attr("aria-hidden", "true").hidden(move || !rig.ready.get()))
        .child(count(rig))
        .hidden(is_failed);
    let failed = move || match rig.state() {
        State::Failed(why) => Some(notice(explain(words, why, rig.files), Some(Rc::new(move || rig.on(Event::Ask))))),
        _ => None,
    };
    let status = el("p").class("help camera-status").attr("role", "status").live_text(move || {
        match rig.state() {
            _ if rig.trouble.get() => words.not_taken,
            State::Asking => words.asking,
            State::Live => match rig.hint.get() {
                None => words.live,
                Some(Hint::OnePerson) => words.one_person,
                Some(Hint::Closer) => words.closer,
                Some(Hint::Back) => words.back,
                Some(Hint::Centre) => words.centre,
                Some(Hint::Good) => words.good,
            },
            State::Off => words.paused,
            _ => "",
        }
        .to_string()
    });
    let cancel = button("button", "cancel", words.cancel, screen.on_cancel);
    let leave = cancel.html().clone();
    let actions =
        el("div").class("actions").child(shutter(words, rig).hidden(is_failed)).children(choose).child(cancel);
    // Once it stands in the page, so that a quick no has somewhere to be shown. A kept element may be out of the page by now: nobody is
    // before the camera.
    queue_microtask(move || if leave.is_connected() { rig.on(Event::Ask) } else { leave.click() });

    el("section")
        .class("photo-screen")
        .attr("part", "photo-screen")
        .attr("data-screen", "photo")
        .child(heading(words.title, screen.label, screen.focus))
        .live(failed)
        .child(stage)
        .child(status)
        .child(actions)
        .child(settings(words, rig).hidden(is_failed))
        .child(screen.rules)
        .child(el("p").class("help").text(words.private).hidden(is_failed))
        .children(input)
}

/// Looks for faces from time to time, for as long as the screen is there; what was seen twice is said.
fn guide(rig: Rig, detector: Rc<Detector>, ratio: Ratio, before: Option<Hint>) {
    let again = move || {
        let Some(machine) = rig.machine.try_with_untracked(|machine| *machine) else { return };
        let is_live = machine.state() == State::Live && rig.ready.get_untracked();
        let gray = is_live.then(|| rig.video.with_untracked(|video| camera::look(video, ratio))).flatten();
        let seen = gray.and_then(|gray| hint(&detector.faces(&gray, Lean::Upright), (gray.width(), gray.height())));
        if seen == before && seen != rig.hint.get_untracked() {
            rig.hint.set(seen);
        }
        guide(rig, detector, ratio, seen);
    };
    set_timeout(again, GLANCE);
}

/// Follows the page's going out of sight, and cameras that come and go.
fn listen(rig: Rig) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let sight = {
        let document = document.clone();
        move || {
            let is_hidden = document.visibility_state() == VisibilityState::Hidden;
            rig.on(if is_hidden { Event::Hidden } else { Event::Visible });
        }
    };
    let devices = camera::watch_devices(move || wasm_bindgen_futures::spawn_local(rig.look_for_cameras()));
    // They end with the screen.
    Var::new((Listener::new(document.into(), "visibilitychange", sight), devices));
}

/// The number over the picture, seen and heard.
fn count(rig: Rig) -> El {
    el("div")
        .class("camera-count")
        .attr("role", "timer")
        .attr("aria-live", "assertive")
        .attr("aria-atomic", "true")
        .live_text(move || match rig.state() {
            State::Counting(left) => left.to_string(),
            _ => String::new(),
        })
}

fn shutter(words: &'static Words, rig: Rig) -> El {
    let is_counting = move || matches!(rig.state(), State::Counting(_));
    let can = move || is_counting() || (rig.state() == State::Live && rig.ready.get());
    let press = move || match rig.machine.get_untracked().state() {
        State::Counting(_) => rig.on(Event::Stay),
        State::Live if rig.ready.get_untracked() => rig.on(Event::Shutter(camera::countdown())),
        _ => {}
    };
    blank("button primary", "shutter", press)
        .child(icon(CAMERA))
        .live_text(move || if is_counting() { words.stay } else { words.shutter }.to_string())
        .live_true("aria-disabled", move || !can())
}

/// What can be set: the countdown, and which camera, and its light.
fn settings(words: &'static Words, rig: Rig) -> El {
    let seconds = |seconds: u32| match seconds {
        0 => words.timer_none.to_string(),
        seconds => words.timer_seconds(&seconds.to_string()),
    };
    let timers = COUNTDOWNS.map(|count| (count.to_string(), seconds(count)));
    let timer = select(words.timer, "timer", &timers, &camera::countdown().to_string(), |value| {
        camera::set_countdown(value.parse().unwrap_or(3));
    });
    let cameras = move || {
        let list = rig.cameras.get();
        let now = rig.camera.with(|camera| camera.as_ref().and_then(|camera| camera.device()));
        if list.len() < 2 {
            return None;
        }
        let named = |(place, (id, name)): (usize, &(String, String))| match name.is_empty() {
            true => (id.clone(), words.camera_number(&place.wrapping_add(1).to_string())),
            false => (id.clone(), name.clone()),
        };
        let list: Vec<_> = list.iter().enumerate().map(named).collect();
        Some(select(words.camera, "camera", &list, &now.unwrap_or_default(), move |id| {
            camera::choose(Choice::Device(id));
            rig.on(Event::Ask);
        }))
    };
    let flip = move || {
        let is_rear = rig.camera.with_untracked(|camera| camera.as_ref().is_some_and(|camera| camera.is_rear()));
        camera::choose(if is_rear { Choice::Front } else { Choice::Rear });
        rig.on(Event::Ask);
    };
    let flip = blank("button camera-flip", "flip-camera", flip)
        .child(icon(TURN))
        .child(el("span").text(words.flip))
        .hidden(move || rig.cameras.with(|list| list.len() < 2));
    let torch = move || {
        let has = rig.camera.with(|camera| camera.as_ref().is_some_and(|camera| camera.has_torch()));
        let turn = move || {
            let (Some(camera), on) = (rig.camera.get_untracked(), !rig.torch.get_untracked()) else { return };
            wasm_bindgen_futures::spawn_local(async move {
                if camera.set_torch(on).await && !rig.torch.is_gone() {
                    rig.torch.set(on);
                }
            });
        };
        has.then(|| {
            let button = blank("button", "torch", turn).child(icon(TORCH)).child(el("span").text(words.torch));
            button.live_bool("aria-pressed", move || rig.torch.get())
        })
    };
    el("div").class("camera-settings").child(timer).live(cameras).child(flip).live(torch)
}

/// A labelled choice.
fn select(
    label: &str,
    name: &str,
    options: &[(String, String)],
    chosen: &str,
    choose: impl Fn(String) + 'static,
) -> El {
    let options = options.iter().map(|(value, text)| {
        let selected = (value == chosen).then_some("");
        el("option").attr("value", value).attr_opt("selected", selected).text(text)
    });
    let list = el("select").class("input").attr("name", name).children(options);
    let list = list.clone().on("change", move |_| choose(list.element().unchecked_ref::<HtmlSelectElement>().value()));
    el("label").class("camera-choice").child(el("span").text(label)).child(list)
}
