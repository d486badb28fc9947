//! The control of an image field: chooses a file, takes a dropped or a pasted one, and shows the photo there is.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use wasm_bindgen::JsCast;
use web_sys::{Blob, ClipboardEvent, DataTransfer, DragEvent, Event, File, FileList};

use crate::domain::crop::Ratio;
use crate::media::photo::Picture;
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dom::{El, el};
use crate::ui::icon::{PERSON, SIGN, icon};
use crate::ui::words;
use crate::world::Seen;

/// Opens a file of which nothing is known yet; `Err` says in words what is wrong with it.
pub type Open = Rc<dyn Fn(Blob) -> LocalBoxFuture<'static, Result<Picture, String>>>;

/// The control of the image field `token`.
///
/// It opens what it is given and hands over a [`Picture`]; cropping, and what becomes of it, is the caller's.
#[allow(missing_debug_implementations, reason = "closures have nothing to show")]
pub struct Picker<'a> {
    /// The field's token, for `data-token` on the button and on the file input.
    pub token: &'a str,
    /// The field's label, as the photo's alternative text.
    pub label: &'a str,
    /// Whether it is a person's photo; otherwise it is some other picture.
    pub is_photo: bool,
    /// The id of the element that shows the label. The picker's own ids are derived from it.
    pub label_id: &'a str,
    /// The ids of elements that describe the field (a hint, an error of the form), with spaces between them.
    pub described_by: Box<dyn Fn() -> String>,
    /// Whether a file may be chosen, dropped or pasted; otherwise the camera and the pad are the only ways.
    pub files: bool,
    /// The field's ratio, in which the empty slot is drawn.
    pub ratio: Option<Ratio>,
    /// The photo that the field holds, or why it is not to be seen.
    pub shown: Rc<dyn Fn() -> Option<Seen>>,
    /// Whether the shown photo can be adjusted; false where its picture is no longer at hand.
    pub adjustable: Box<dyn Fn() -> bool>,
    /// Opens a file; `Err` is what to tell the person.
    pub open: Open,
    /// A picture was chosen and opened. Not called once the form was left: opening takes a while.
    pub on_picture: Rc<dyn Fn(Picture)>,
    /// A photo is to be taken with the camera, where that makes sense.
    pub on_camera: Option<Box<dyn Fn()>>,
    /// The person is to sign, where the field is a signature.
    pub on_sign: Option<Box<dyn Fn()>>,
    /// The shown photo's crop is to be adjusted.
    pub on_adjust: Box<dyn Fn()>,
}

/// Draws the control.
pub fn photo_picker(picker: Picker<'_>) -> El {
    let Picker {
        token,
        is_photo,
        label_id,
        described_by,
        files,
        ratio,
        shown,
        adjustable,
        on_picture,
        on_camera,
        on_sign,
        on_adjust,
        ..
    } = picker;
    let words = words().picker();
    let error_id = [label_id, "-photo-error"].concat();

    let slot = slot(picker.label, on_sign.is_some(), ratio, shown.clone());

    let status = el("p").class("help").attr("role", "status");
    let error = el("p").class("error").attr("role", "alert").attr("id", &error_id);
    let zone = el("div");
    let open = opener(zone.clone(), status.clone(), error.clone(), picker.open, on_picture);

    let input = el("input");
    let input =
        input.clone().attr("type", "file").attr("accept", "image/*").attr("hidden", "").attr("data-token", token).on(
            "change",
            {
                let open = open.clone();
                move |_| {
                    open(input.input().files());
                    // Otherwise choosing the same file again, mended in between, would be no change.
                    input.input().set_value("");
                }
            },
        );
    let choose = blank("button", "choose-file", {
        let input = input.clone();
        move || input.html().click()
    });
    let choose = choose.attr("data-token", token).live_text({
        let shown = shown.clone();
        move || {
            match (shown().is_some(), is_photo) {
                (false, true) => words.choose,
                (true, true) => words.change,
                (false, false) => words.choose_picture,
                (true, false) => words.change_picture,
            }
            .to_owned()
        }
    });
    let sign = on_sign.map(|sign| {
        let shown = shown.clone();
        blank("button", "sign", sign)
            .attr("data-token", token)
            .live_text(move || if shown().is_some() { words.sign_again } else { words.sign }.to_owned())
    });
    let take = on_camera.map(|take| {
        let input = input.clone();
        blank("button", "take-photo", move || {
            if !files || has_camera_api() {
                return take();
            }
            // The system's own camera, where the browser has no other way; on a desk the same as choosing a file.
            let input = input.clone().attr("capture", "user");
            input.html().click();
            input.attr_opt("capture", None);
        })
        .attr("data-token", token)
        .text(words.take)
    });
    let adjust =
        button("button", "adjust-photo", words.adjust, on_adjust).hidden(move || shown().is_none() || !adjustable());

    let drop_or_paste = || el("p").class("help photo-drop").text(words.drop_or_paste);
    // Without files there may be no way left but somebody who knows one.
    let ask = (!files && sign.is_none() && take.is_none()).then(|| el("p").class("help").text(words.ask_staff));
    let choices = el("div")
        .class("photo-choices")
        .child(
            el("div")
                .class("photo-buttons")
                .children(sign)
                .children(take)
                .children(files.then_some(choose))
                .child(adjust),
        )
        .children(files.then(drop_or_paste))
        .children(ask)
        .child(status)
        .child(error);
    let zone = zone
        .class("photo-picker")
        .attr("part", "photo-picker")
        .attr("role", "group")
        .attr("aria-labelledby", label_id)
        // The picker's own error describes it too; as long as it is empty, that says nothing.
        .live_attr("aria-describedby", move || Some([&described_by(), " ", &error_id].concat()))
        .child(slot)
        .child(choices);
    if !files {
        return zone;
    }
    let mut zone = zone.child(input).on("paste", {
        let open = open.clone();
        move |event| {
            if open(event.unchecked_ref::<ClipboardEvent>().clipboard_data().and_then(|data| data.files())) {
                event.prevent_default();
            }
        }
    });
    for kind in ["dragenter", "dragover", "dragleave", "drop"] {
        let (open, list) = (open.clone(), zone.element().class_list());
        zone = zone.on(kind, move |event| {
            let Some(data) = files_of(&event) else { return };
            event.prevent_default();
            // A class written down in this file is a valid one.
            let _ = list.toggle_with_force("over", kind == "dragenter" || kind == "dragover");
            if kind == "drop" {
                open(data.files());
            }
        });
    }
    zone
}

/// Where the picture is seen, in the proportions of its field.
pub(in crate::view) fn slot(
    label: &str,
    is_signature: bool,
    ratio: Option<Ratio>,
    shown: Rc<dyn Fn() -> Option<Seen>>,
) -> El {
    let words = words().picker();
    let slot = el("div").class("photo-slot").attr("part", "photo-slot");
    if let Some(ratio) = ratio {
        let aspect = [&ratio.width.max(1).to_string(), "/", &ratio.height.max(1).to_string()].concat();
        // A ratio of two numbers is a valid one.
        let _ = slot.html().style().set_property("aspect-ratio", &aspect);
    }
    let (empty, label) = (if is_signature { SIGN } else { PERSON }, label.to_owned());
    slot.live(move || {
        Some(match shown() {
            Some(Ok(picture)) => el("img").attr("src", picture.url()).attr("alt", &label),
            Some(Err(_)) => el("p").class("help").text(words.not_shown),
            None => icon(empty),
        })
    })
}

/// What is dragged, where it is files: it may be a text, which is for another field.
pub(in crate::view) fn files_of(event: &Event) -> Option<DataTransfer> {
    let data = event.unchecked_ref::<DragEvent>().data_transfer()?;
    data.types().includes(&"Files".into(), 0).then_some(data)
}

/// What opens the first file of a list (the field holds one photo), and says whether there was one.
fn opener(
    zone: El,
    status: El,
    error: El,
    open: Open,
    on_picture: Rc<dyn Fn(Picture)>,
) -> Rc<dyn Fn(Option<FileList>) -> bool> {
    let words = words().picker();
    let on_picture = Var::new(on_picture);
    // Which choice is the latest: a large photo that is still opening does not replace the one chosen after it.
    let latest = Rc::new(Cell::new(0u32));
    Rc::new(move |files| {
        let Some(file) = files.and_then(|files: FileList| -> Option<File> { files.get(0) }) else { return false };
        let turn = latest.get().wrapping_add(1);
        latest.set(turn);
        error.element().set_text_content(None);
        status.element().set_text_content(Some(words.opening));
        let zone = zone.clone().attr("aria-busy", "true");
        let (status, error, latest) = (status.clone(), error.clone(), latest.clone());
        let opening = open(file.into());
        wasm_bindgen_futures::spawn_local(async move {
            let opened = opening.await;
            if latest.get() != turn {
                return;
            }
            zone.attr_opt("aria-busy", None);
            status.element().set_text_content(None);
            match opened {
                Ok(picture) => {
                    on_picture.try_with_untracked(|hand_over| hand_over(picture));
                }
                Err(problem) => error.element().set_text_content(Some(&problem)),
            }
        });
        true
    })
}

/// Whether the browser can be asked for a camera at all. Where only the page is at fault, the camera's screen says so.
fn has_camera_api() -> bool {
    let window = web_sys::window();
    window.is_none_or(|window| {
        !window.is_secure_context()
            || js_sys::Reflect::get(&window.navigator(), &"mediaDevices".into())
                .is_ok_and(|devices| devices.is_object())
    })
}
