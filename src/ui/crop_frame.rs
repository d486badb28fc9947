//! The picture with the frame on it that says which part is kept.
//!
//! The picture is drawn again only when it is turned. The frame's place is four numbers in custom properties, in
//! ten-thousandths of the picture's sides, from which the style sheet makes the rest: nothing is measured while the frame
//! moves, and the browser itself keeps everything in place when the element is resized.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent};

use super::dom::{El, el, watch};
use super::language::words;
use super::pointer::{Down, ENDS, hovers};
use crate::domain::crop::{Bounds, Corner, Crop};
use crate::domain::edit::{Edit, Editing};
use crate::media::photo::Picture;
use crate::reactive::Var;

/// The longest side of the canvas: sharp on a display of two pixels to the point, at the size the stage has at most.
const DISPLAY_SIDE: u32 = 1400;

/// A finger, a pen or the mouse that is down.
#[derive(Clone, Copy)]
struct Pointer {
    down: Down,
    start: (f64, f64),
    now: (f64, f64),
}

/// What the pointers that are down are doing.
#[derive(Clone, Copy)]
struct Gesture {
    pointers: [Option<Pointer>; 2],
    /// The crop when the last pointer came or went.
    crop: Crop,
    /// The corner that is held; otherwise it is the frame.
    corner: Option<Corner>,
    /// The picture's pixels per point of the page.
    scale: f64,
    /// How the picture stood; when it was turned meanwhile, the fingers hold nothing any more.
    shape: (u8, bool, i32),
}

impl Gesture {
    /// Takes what there is now as the new start, when a pointer comes or goes.
    fn restart(&mut self, crop: Crop) {
        self.crop = crop;
        for pointer in self.pointers.iter_mut().flatten() {
            pointer.start = pointer.now;
        }
    }

    fn crop(&self, bounds: &Bounds) -> Option<Crop> {
        let way = |pointer: &Pointer| {
            ((pointer.now.0 - pointer.start.0) * self.scale, (pointer.now.1 - pointer.start.1) * self.scale)
        };
        match self.pointers {
            // The frame grows as the fingers part: the picture under them stands still, so it is the frame they hold.
            [Some(one), Some(two)] => {
                let (a, b) = (way(&one), way(&two));
                let factor = distance(one.now, two.now) / distance(one.start, two.start).max(1.0);
                Some(bounds.moved(bounds.scaled(self.crop, factor), (a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0))
            }
            [Some(one), None] | [None, Some(one)] => {
                let (dx, dy) = way(&one);
                Some(match self.corner {
                    Some(corner) => bounds.resized(self.crop, corner, dx, dy),
                    None => bounds.moved(self.crop, dx, dy),
                })
            }
            [None, None] => None,
        }
    }
}

fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (dx, dy) = (a.0 - b.0, a.1 - b.1);
    (dx * dx + dy * dy).sqrt()
}

/// Shows `picture` as it is edited, and lets one choose the part of it that is kept by mouse, touch or keyboard. While
/// `original` says so it shows the picture as it came, without a frame.
pub fn crop_frame(picture: &Picture, editing: Var<Editing>, original: Var<bool>) -> El {
    let words = words().photo();
    let canvas = el("canvas").attr("aria-hidden", "true");
    let spoken = el("p").class("visually-hidden").attr("role", "status");
    let frame = el("div")
        .class("crop-frame")
        .attr("part", "crop-frame")
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-label", words.frame)
        .attr("aria-describedby", "crop-help crop-keys")
        .hidden(move || original.get())
        .children(Corner::ALL.map(|corner| el("span").class("crop-handle").attr("data-corner", corner.name())))
        .on("keyup", move |_| editing.update(Editing::pause))
        .on("keydown", {
            let spoken = spoken.clone();
            move |event| {
                let event: &KeyboardEvent = event.unchecked_ref();
                if event.ctrl_key() || event.alt_key() || event.meta_key() {
                    return;
                }
                let now = editing.get_untracked();
                if let Some(next) = now.bounds().key(now.crop(), &event.key(), event.shift_key()) {
                    event.prevent_default();
                    editing.update(|editing| editing.frame(next));
                    let (width, height) = now.size();
                    spoken.element().set_text_content(Some(&words.frame_at(
                        &share(next.x, width, 100.0),
                        &share(next.y, height, 100.0),
                        &share(next.width, width, 100.0),
                    )));
                }
            }
        });

    let stage = el("div")
        .class("crop-stage")
        .attr("part", "crop-stage")
        .child(canvas.clone())
        .child(el("div").class("crop-shade").hidden(move || original.get()))
        .child(frame.clone())
        .on("wheel", move |event| {
            let event: &WheelEvent = event.unchecked_ref();
            // A plain wheel scrolls the page, as everywhere, unless the frame is what one is working with. A pinch on a
            // trackpad comes as a wheel with Ctrl.
            let focused =
                || event.current_target()?.dyn_into::<Element>().ok()?.query_selector(":focus").ok().flatten();
            if (event.ctrl_key() || focused().is_some()) && !original.get_untracked() {
                event.prevent_default();
                let factor = 1.0 + (event.delta_y() / 500.0).clamp(-0.2, 0.2);
                editing.update(|editing| editing.frame(editing.bounds().scaled(editing.crop(), factor)));
            }
        });
    let stage = follow_pointers(stage, &frame, editing, original);

    let root = el("div").class("crop");
    let draw: Box<dyn FnMut()> = {
        let (root, picture) = (root.clone(), Var::new(picture.clone()));
        // What the canvas shows, so that it is drawn again for that only.
        let mut drawn = None;
        Box::new(move || {
            let edit = if original.get() { Edit::default() } else { editing.with(Editing::edit) };
            style(&canvas, "filter", &filter(&edit));
            let shape = edit.shape();
            if drawn.replace(shape) == Some(shape) {
                return;
            }
            picture.try_with_untracked(|picture| {
                // When there is no memory to draw it, the frame still works and the encoding says what is wrong.
                let _ = picture.draw(canvas.element().unchecked_ref(), DISPLAY_SIDE, &edit);
                let (width, height) = edit.size_of((picture.width(), picture.height()));
                style(&root, "--w", &width.to_string());
                style(&root, "--h", &height.to_string());
            });
        })
    };
    watch(draw);
    let place: Box<dyn FnMut()> = {
        let stage = stage.clone();
        Box::new(move || {
            let (crop, (width, height)) = editing.with(|editing| (editing.crop(), editing.size()));
            style(&stage, "--crop-x", &share(crop.x, width, 10_000.0));
            style(&stage, "--crop-y", &share(crop.y, height, 10_000.0));
            style(&stage, "--crop-w", &share(crop.width, width, 10_000.0));
            style(&stage, "--crop-h", &share(crop.height, height, 10_000.0));
        })
    };
    watch(place);

    root.attr("part", "crop")
        .child(el("p").class("help").attr("id", "crop-help").text(words.frame_help))
        .child(stage)
        .child(el("p").class("help crop-keys").attr("id", "crop-keys").text(words.frame_keys))
        .child(spoken)
}

/// Brightness and contrast as CSS says them.
fn filter(edit: &Edit) -> String {
    let percent = |change: i32| (100 + change).to_string();
    ["brightness(", &percent(edit.brightness()), "%) contrast(", &percent(edit.contrast()), "%)"].concat()
}

/// Lets pointers move the frame, pull at its corners, and pinch it.
fn follow_pointers(stage: El, frame: &El, editing: Var<Editing>, original: Var<bool>) -> El {
    let crop = editing.with_untracked(Editing::crop);
    let gesture =
        Rc::new(Cell::new(Gesture { pointers: [None; 2], crop, corner: None, scale: 1.0, shape: (0, false, 0) }));
    let held = gesture.clone();
    let pressed = {
        let stage: HtmlElement = stage.html().clone();
        move |event: web_sys::Event| {
            let event: &PointerEvent = event.unchecked_ref();
            let mut gesture = held.get();
            if event.button() != 0 {
                return;
            }
            // Those whose end nobody told hold nothing any more: where this one is the first of its kind, all of them.
            for pointer in &mut gesture.pointers {
                pointer.take_if(|pointer| event.is_primary() || pointer.down.is_over(&stage, event));
            }
            let Some(free) = gesture.pointers.iter().position(Option::is_none) else { return };
            if original.get_untracked() {
                // There is no frame to move on what came; whoever reaches for it wants to see it.
                original.set(false);
                return;
            }
            let down = Down::on(&stage, event);
            let place = stage.get_bounding_client_rect();
            let before = editing.get_untracked();
            let scale = f64::from(before.size().0) / place.width().max(1.0);
            let at = (f64::from(event.client_x()), f64::from(event.client_y()));
            let corner = || Corner::named(&event.target()?.dyn_into::<Element>().ok()?.get_attribute("data-corner")?);
            let corner = corner();
            let alone = gesture.pointers.iter().all(Option::is_none);
            let mut now = before.crop();
            if alone {
                editing.update(Editing::pause);
            }
            if alone && corner.is_none() {
                // Pressing beside the frame calls it there: a way to move it without dragging.
                let (x, y) = ((at.0 - place.left()) * scale, (at.1 - place.top()) * scale);
                if x < now.x || y < now.y || x > now.x + now.width || y > now.y + now.height {
                    now = before.bounds().centred_on(now, x, y);
                    editing.update(|editing| editing.frame(now));
                }
            }
            gesture.pointers[free] = Some(Pointer { down, start: at, now: at });
            gesture.corner = corner.filter(|_| alone);
            gesture.scale = scale;
            gesture.shape = before.edit().shape();
            gesture.restart(now);
            held.set(gesture);
        }
    };
    let held = gesture.clone();
    let frame = frame.clone();
    let released: Rc<dyn Fn(&PointerEvent)> = Rc::new(move |event| {
        let id = event.pointer_id();
        let mut now = gesture.get();
        let mut was_down = false;
        for pointer in &mut now.pointers {
            was_down |= pointer.take_if(|pointer| pointer.down.id == id).is_some();
        }
        // An end that is told twice is one.
        if !was_down {
            return;
        }
        now.corner = None;
        editing.update(Editing::pause);
        // What was taken hold of goes on with the keys. Without scrolling: the hand has just been there.
        let is_framed = original.try_with_untracked(|original| !original) == Some(true);
        if now.pointers.iter().all(Option::is_none) && is_framed {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = frame.html().focus_with_options(&options);
        }
        // Also told when the screen has gone under the hand.
        if let Some(crop) = editing.try_with_untracked(Editing::crop) {
            now.restart(crop);
        }
        gesture.set(now);
    });
    let ended = released.clone();
    let moved = move |event: web_sys::Event| {
        let event: &PointerEvent = event.unchecked_ref();
        if hovers(event) {
            return ended(event);
        }
        let mut gesture = held.get();
        let id = event.pointer_id();
        let Some(pointer) = gesture.pointers.iter_mut().flatten().find(|pointer| pointer.down.id == id) else { return };
        pointer.now = (f64::from(event.client_x()), f64::from(event.client_y()));
        if editing.with_untracked(|editing| editing.edit().shape()) != gesture.shape {
            gesture.pointers = [None; 2];
        }
        if let Some(next) = gesture.crop(&editing.with_untracked(Editing::bounds)) {
            editing.update(|editing| editing.frame(next));
        }
        held.set(gesture);
    };
    let stage = stage.on("pointerdown", pressed).on("pointermove", moved);
    ENDS.into_iter().fold(stage, |stage, kind| {
        let released = released.clone();
        stage.on(kind, move |event| released(event.unchecked_ref()))
    })
}

/// Sets a custom property of an element's own style; a `style` attribute would need leave from the page's CSP.
fn style(element: &El, property: &str, value: &str) {
    // Names of properties are written down in this file, and all of them are valid.
    let _ = element.html().style().set_property(property, value);
}

/// How much of `whole` a part is, in so many parts of 1. Whole numbers: printing floats takes kilobytes of code.
fn share(part: f64, whole: u32, parts: f64) -> String {
    ((part * parts / f64::from(whole)).round() as u32).to_string()
}
