//! The picture with the frame on it that says which part is kept.
//!
//! The picture is drawn once. The frame's place is four numbers in custom properties, in ten-thousandths of the picture's
//! sides, from which the style sheet makes the rest: nothing is measured while the frame moves, and the browser itself
//! keeps everything in place when the element is resized.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, PointerEvent, WheelEvent};

use super::words;
use crate::domain::crop::{Bounds, Corner, Crop, Ratio};
use crate::media::photo::Picture;

/// The longest side of the canvas: sharp on a display of two pixels to the point, at the size the stage has at most.
const DISPLAY_SIDE: u32 = 1400;

/// A finger, a pen or the mouse that is down.
#[derive(Clone, Copy)]
struct Pointer {
    id: i32,
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

/// Shows `picture` and lets one choose the part of it that is kept, by mouse, touch or keyboard.
#[component]
pub fn CropFrame(
    /// What is cropped.
    picture: Picture,
    /// The proportions that the frame keeps, if the field has any.
    ratio: Option<Ratio>,
    /// The part that is kept.
    crop: RwSignal<Crop>,
) -> impl IntoView {
    let words = words();
    let (width, height) = (picture.width(), picture.height());
    let bounds = Bounds::new(width, height, ratio);
    // Whatever the caller had there, from here on it is a frame of this picture.
    crop.update_untracked(|crop| *crop = bounds.fitted(*crop));
    let gesture =
        StoredValue::new(Gesture { pointers: [None; 2], crop: crop.get_untracked(), corner: None, scale: 1.0 });
    let spoken = RwSignal::new(String::new());

    let canvas = NodeRef::<html::Canvas>::new();
    Effect::new(move || {
        if let Some(canvas) = canvas.get() {
            // When there is no memory to draw it, the frame still works and the encoding says what is wrong.
            let _ = picture.draw(&canvas, DISPLAY_SIDE);
        }
    });

    let pressed = move |event: PointerEvent| {
        let Some(stage) = event.current_target().and_then(|stage| stage.dyn_into::<Element>().ok()) else { return };
        if event.button() != 0 {
            return;
        }
        // Outside of the window, too, the pointer stays ours until it is released.
        let _ = stage.set_pointer_capture(event.pointer_id());
        let corner = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| Corner::named(&target.get_attribute("data-corner")?));
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let place = stage.get_bounding_client_rect();
        let scale = f64::from(width) / place.width().max(1.0);
        gesture.update_value(|gesture| {
            let mut now = crop.get_untracked();
            let Some(free) = gesture.pointers.iter().position(Option::is_none) else { return };
            let alone = gesture.pointers.iter().all(Option::is_none);
            if alone && corner.is_none() {
                // Pressing beside the frame calls it there: a way to move it without dragging.
                let (x, y) = ((at.0 - place.left()) * scale, (at.1 - place.top()) * scale);
                if x < now.x || y < now.y || x > now.x + now.width || y > now.y + now.height {
                    now = bounds.centred_on(now, x, y);
                    crop.set(now);
                }
            }
            gesture.pointers[free] = Some(Pointer { id: event.pointer_id(), start: at, now: at });
            gesture.corner = corner.filter(|_| alone);
            gesture.scale = scale;
            gesture.restart(now);
        });
    };
    let moved = move |event: PointerEvent| {
        gesture.update_value(|gesture| {
            let id = event.pointer_id();
            let Some(pointer) = gesture.pointers.iter_mut().flatten().find(|pointer| pointer.id == id) else { return };
            pointer.now = (f64::from(event.client_x()), f64::from(event.client_y()));
            if let Some(next) = gesture.crop(&bounds) {
                crop.set(next);
            }
        });
    };
    let released = move |event: PointerEvent| {
        gesture.update_value(|gesture| {
            for pointer in &mut gesture.pointers {
                pointer.take_if(|pointer| pointer.id == event.pointer_id());
            }
            gesture.corner = None;
            gesture.restart(crop.get_untracked());
        });
    };
    let turned = move |event: WheelEvent| {
        // A plain wheel scrolls the page, as everywhere, unless the frame is what one is working with. A pinch on a
        // trackpad comes as a wheel with Ctrl.
        let Some(stage) = event.current_target().and_then(|stage| stage.dyn_into::<Element>().ok()) else { return };
        if event.ctrl_key() || stage.query_selector(":focus").ok().flatten().is_some() {
            event.prevent_default();
            let factor = 1.0 + (event.delta_y() / 500.0).max(-0.2).min(0.2);
            crop.update(|crop| *crop = bounds.scaled(*crop, factor));
        }
    };
    let keyed = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        if let Some(next) = bounds.key(crop.get_untracked(), &event.key(), event.shift_key()) {
            event.prevent_default();
            crop.set(next);
            let percent = |part: f64, whole: u32| share(part, whole, 100.0);
            spoken.set(words.photo.frame_at(
                &percent(next.x, width),
                &percent(next.y, height),
                &percent(next.width, width),
            ));
        }
    };
    let slid = move |event: Event| {
        let value = event_target::<HtmlInputElement>(&event).value_as_number();
        crop.update(|crop| *crop = bounds.zoomed(*crop, value / 100.0));
    };

    // One function for the four, so that there is one copy of what a style takes.
    let side = move |of: fn(&Crop) -> f64, whole: u32| move || share(crop.with(of), whole, 10_000.0);
    let handles = Corner::ALL.map(|corner| view! { <span class="crop-handle" data-corner=corner.name()></span> });

    view! {
        <div class="crop" part="crop" style=("--w", width.to_string()) style=("--h", height.to_string())>
            <p class="help" id="crop-help">{words.photo.frame_help}</p>
            <div
                class="crop-stage"
                part="crop-stage"
                style=("--crop-x", side(|crop| crop.x, width))
                style=("--crop-y", side(|crop| crop.y, height))
                style=("--crop-w", side(|crop| crop.width, width))
                style=("--crop-h", side(|crop| crop.height, height))
                on:pointerdown=pressed
                on:pointermove=moved
                on:pointerup=released
                on:pointercancel=released
                on:wheel=turned
            >
                <canvas node_ref=canvas aria-hidden="true"></canvas>
                <div class="crop-shade"></div>
                <div
                    class="crop-frame"
                    part="crop-frame"
                    tabindex="0"
                    role="application"
                    aria-label=words.photo.frame
                    aria-describedby="crop-help crop-keys"
                    on:keydown=keyed
                >
                    {handles}
                </div>
            </div>
            <label class="crop-zoom">
                <span>{words.photo.zoom}</span>
                <input
                    type="range"
                    name="zoom"
                    min="0"
                    max="100"
                    step="1"
                    disabled=!bounds.can_zoom()
                    prop:value=move || share(bounds.zoom(crop.get()), 1, 100.0)
                    on:input=slid
                />
            </label>
            <p class="help crop-keys" id="crop-keys">{words.photo.frame_keys}</p>
            <p class="visually-hidden" role="status">{spoken}</p>
        </div>
    }
}

/// How much of `whole` a part is, in so many parts of 1. Whole numbers: printing floats takes kilobytes of code.
fn share(part: f64, whole: u32, parts: f64) -> String {
    ((part * parts / f64::from(whole)).round() as u32).to_string()
}
