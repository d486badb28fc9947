//! Trying the kiosk's camera, and choosing the one that everybody begins with.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlVideoElement;

use crate::domain::camera::{Failure, Wish};
use crate::flow::{Kiosk, Worded};
use crate::media::camera::{self, Camera};
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::notice::notice;
use crate::ui::select_field::{SelectField, select_field};
use crate::ui::words;
use crate::view::photo::refusal::explain;

/// A camera that is tried. A handle; it is turned off when the panel goes.
#[derive(Clone, Copy)]
struct Trial {
    kiosk: Kiosk,
    camera: Var<Option<Rc<Camera>>>,
    failed: Var<Option<Failure>>,
    /// Those that there are; their names are known once one was on.
    list: Var<Vec<(String, String)>>,
    is_kept: Var<bool>,
    video: Var<HtmlVideoElement>,
    /// Another number for each time that it is turned on, or off.
    turn: Var<u32>,
}

/// Draws it.
pub(super) fn camera(kiosk: Kiosk) -> El {
    let words = words();
    let staff = words.staff();
    let view = el("video").attr("autoplay", "").attr("playsinline", "").attr("aria-label", staff.view);
    let video: HtmlVideoElement = view.element().clone().unchecked_into();
    // The attribute is read only by a parser.
    video.set_muted(true);
    let trial = Trial {
        kiosk,
        camera: Var::new(None),
        failed: Var::new(None),
        list: Var::new(Vec::new()),
        is_kept: Var::new(false),
        video: Var::new(video),
        turn: Var::new(0),
    };
    wasm_bindgen_futures::spawn_local(trial.look());
    let is_on = move || trial.camera.with(Option::is_some);
    let turn = move |on| {
        Some(match on {
            1 => button("button", "stop-camera", staff.stop, move || trial.stop()),
            _ => button("button", "test-camera", staff.test, move || trial.start()),
        })
    };
    let trouble = move || {
        let why = trial.failed.get()?;
        let Worded { what, next, .. } = explain(words.camera(), why, true);
        // No word of files, of which there are none here; but what it is called in the page's records.
        let next = match why {
            Failure::Denied | Failure::Dismissed | Failure::System | Failure::InUse | Failure::TimedOut => next,
            _ => String::new(),
        };
        Some(notice(Worded { what: [&what, " (", why.code(), ")"].concat(), next, said: Vec::new() }, None))
    };
    let said = move || if trial.is_kept.get() { staff.kept } else { "" }.to_string();
    el("div")
        .class("staff-camera")
        .live(move || Some(trial.choice()))
        .child(el("p").class("help").text(staff.gone).hidden(move || !trial.is_away()))
        .child(el("p").class("status").attr("role", "status").live_text(said))
        .live(trouble)
        .child(view.class("staff-view").hidden(move || !is_on()))
        .child(el("div").class("actions").switch(move || is_on().into(), turn))
}

impl Trial {
    /// The camera that was chosen is not there.
    fn is_away(self) -> bool {
        let (list, chosen) = (self.list.get(), self.kiosk.camera().get());
        chosen.is_some_and(|(id, name)| {
            !list.is_empty() && !list.iter().any(|other| other.0 == id || (!name.is_empty() && other.1 == name))
        })
    }

    async fn look(self) {
        let list = camera::list().await;
        if self.list.try_with_untracked(|before| *before != list) == Some(true) {
            self.list.set(list);
        }
    }

    fn next_turn(self) -> u32 {
        self.turn.update(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_untracked()
    }

    fn start(self) {
        let turn = self.next_turn();
        self.camera.set(None);
        self.failed.set(None);
        // Not a task of the widget's: one that was given up would leave the camera on that it was still to get.
        wasm_bindgen_futures::spawn_local(async move {
            let ended = move || {
                if self.turn.try_with_untracked(|now| *now == turn) == Some(true) {
                    self.camera.set(None);
                    self.failed.set(Some(Failure::Unplugged));
                }
            };
            let opened = camera::open(&camera::choice(), Wish::Best, ended).await;
            // The panel is gone, or another one was chosen: the camera that came is dropped, and off.
            if self.turn.try_with_untracked(|now| *now == turn) != Some(true) {
                return;
            }
            match opened {
                Ok(camera) => {
                    self.video.with_untracked(|video| camera.show(video));
                    self.camera.set(Some(Rc::new(camera)));
                }
                Err(why) => self.failed.set(Some(why)),
            }
            self.look().await;
        });
    }

    fn stop(self) {
        self.next_turn();
        self.video.with_untracked(|video| video.set_src_object(None));
        self.camera.set(None);
    }

    /// The list to choose from.
    fn choice(self) -> El {
        let words = words();
        let list = self.list.get();
        let chosen = self.kiosk.camera().get_untracked();
        let named = |(place, (id, name)): (usize, &(String, String))| match name.is_empty() {
            true => (id.clone(), words.camera().camera_number(&place.wrapping_add(1).to_string())),
            false => (id.clone(), name.clone()),
        };
        let options: Vec<(String, String)> = list.iter().enumerate().map(named).collect();
        let now = chosen.and_then(|(id, name)| {
            let other = list.iter().find(|other| other.0 == id).or(list.iter().find(|other| other.1 == name));
            other.map(|(id, _)| id.clone())
        });
        select_field(SelectField {
            id: "staff-camera",
            label: words.staff().camera,
            required: false,
            autocomplete: "off",
            name: "camera",
            nothing: words.staff().any_camera,
            options: &options,
            value: &now.unwrap_or_default(),
            chosen: Box::new(move |id| {
                let camera = self.list.with_untracked(|list| list.iter().find(|(known, _)| *known == id).cloned());
                self.is_kept.set(camera.is_some());
                self.kiosk.use_camera(camera);
                self.start();
            }),
            left: Box::new(|| {}),
            error: Rc::new(|| None),
        })
    }
}
