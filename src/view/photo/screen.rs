//! The screen on which a photo is cropped.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::doubts::{Field, doubts};
use super::tools::{tools, undo_key};
use super::words::explain;
use crate::domain::crop::{MAX_LONG_SIDE, Ratio, output_size};
use crate::domain::edit::Editing;
use crate::media::encode::{Jpeg, can_encode, encode};
use crate::media::photo::{PhotoError, Picture};
use crate::reactive::{Lasting, Var};
use crate::ui::button::button;
use crate::ui::crop_frame::crop_frame;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::words;

/// Crops `picture` for the field with this label and ratio.
#[allow(missing_debug_implementations, reason = "closures have nothing to show")]
pub struct Screen<'a> {
    /// The field's label.
    pub label: &'a str,
    /// What is cropped.
    pub picture: Picture,
    /// The field's proportions.
    pub ratio: Option<Ratio>,
    /// What the field prints, in pixels, where the template says it.
    pub field: Option<Ratio>,
    /// Whether somebody's face is to be on it, and not a signature.
    pub is_portrait: bool,
    /// Whether faces are looked for.
    pub face_help: bool,
    /// The part that is kept, and what is done to the picture. It belongs to the caller, so that it outlives this screen:
    /// it is as it was when the language changes or the photo is adjusted again.
    pub editing: Rc<Lasting<Editing>>,
    /// The photo as it is to be sent. A callback, which ends with its owner: whoever leaves the screen while the photo is
    /// being encoded does not want it.
    pub on_use: Rc<dyn Fn(Jpeg)>,
    /// Another photo is to be taken, where this one came from the camera.
    pub on_retake: Option<Box<dyn Fn()>>,
    /// The field is to stay as it was.
    pub on_cancel: Box<dyn Fn()>,
    /// Whether the title takes the focus; false where the screen is only drawn again.
    pub focus: bool,
}

/// Draws the screen.
pub fn photo_screen(screen: Screen<'_>) -> El {
    let Screen { picture, ratio, on_use, on_retake, on_cancel, .. } = screen;
    let editing = screen.editing.var();
    // For as long as this screen is there, whoever forgets it meanwhile.
    Var::new(screen.editing);
    let words = words().photo();
    let original = Var::new(false);
    let frame = crop_frame(&picture, editing, original);
    let faces = if screen.is_portrait { picture.faces() } else { 0 };
    let placed = match faces {
        0 => "",
        1 => words.placed,
        _ => words.placed_one,
    };
    let placed = (faces > 0).then(|| {
        // Only as long as it does stand there.
        el("p").class("help").text(placed).hidden(move || editing.with(Editing::is_changed))
    });
    let private = (screen.is_portrait && screen.face_help).then(|| el("p").class("help").text(words.private));
    let cancel = move || {
        editing.update(Editing::cancel);
        on_cancel();
    };
    // Not in the listeners themselves, which the browser keeps for as long as it likes: a picture is 20 MB.
    let picture = Var::new(picture);
    let field = Field { size: screen.field, is_portrait: screen.is_portrait, face_help: screen.face_help };
    let doubts = doubts(picture, editing, field);
    // Not called once the screen was left: encoding takes a while.
    let on_use = Var::new(on_use);
    let status = el("p").class("help").attr("role", "status");
    let error = el("p").class("error").attr("role", "alert");

    let busy = Rc::new(Cell::new(false));
    let hand_in: Rc<dyn Fn()> = {
        let (status, error) = (status.clone(), error.clone());
        Rc::new(move || {
            let Some(picture) = picture.try_with_untracked(Picture::clone) else { return };
            if busy.replace(true) {
                return;
            }
            error.element().set_text_content(None);
            status.element().set_text_content(Some(words.preparing));
            let (edit, crop) = editing.with_untracked(|editing| (editing.edit(), editing.crop()));
            let (busy, status, error) = (busy.clone(), status.clone(), error.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let encoded = encode(&picture, &edit, crop, output_size(crop, ratio, MAX_LONG_SIDE)).await;
                busy.set(false);
                status.element().set_text_content(None);
                match encoded {
                    Ok(jpeg) => {
                        editing.update(|editing| editing.use_as(edit, crop));
                        on_use.try_with_untracked(|hand_over| hand_over(jpeg));
                    }
                    Err(problem) => error.element().set_text_content(Some(&explain(words, problem))),
                }
            });
        })
    };
    // Before anything was done to the photo for nothing.
    {
        let error = error.clone();
        let (edit, crop) = editing.with_untracked(|editing| (editing.edit(), editing.crop()));
        wasm_bindgen_futures::spawn_local(async move {
            let Some(picture) = picture.try_with_untracked(Picture::clone) else { return };
            if !can_encode(&picture, &edit, crop).await {
                error.element().set_text_content(Some(&explain(words, PhotoError::Scrambled)));
            }
        });
    }
    let press = hand_in.clone();
    let actions = el("div")
        .class("actions")
        .child(button("button primary", "use-photo", words.use_photo, move || press()))
        .children(on_retake.map(|retake| button("button", "retake", words.retake, retake)))
        .child(button("button", "cancel", words.cancel, cancel));

    let panel = el("div")
        .class("crop-panel")
        .child(tools(editing, original))
        .children(placed)
        .child(status)
        .child(error)
        .child(actions)
        // Below: they come when the hand is on its way to the buttons, which should not move away from it.
        .child(doubts)
        .children(private);

    el("section")
        .class("photo-screen wide")
        .attr("part", "photo-screen")
        .attr("data-screen", "photo")
        .child(heading(words.title, screen.label, screen.focus))
        .child(el("div").class("crop-layout").child(frame).child(panel))
        .on("keydown", move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            // On a button, Enter presses that button.
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let presses = |target: Element| matches!(target.tag_name().as_str(), "BUTTON" | "SUMMARY");
            undo_key(event, editing, original);
            if event.key() == "Enter" && !target.is_some_and(presses) {
                event.prevent_default();
                hand_in();
            }
        })
}
