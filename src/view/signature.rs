//! The screen on which one signs.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use leptos::prelude::queue_microtask;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, PointerEvent};

use super::photo::Open;
use super::photo::choose::file_instead;
use crate::domain::crop::Ratio;
use crate::domain::raster::cover;
use crate::domain::stroke::{Extent, PAD, Piece, fit, largest, signature_size};
use crate::domain::text::printed;
use crate::flow::Signing;
use crate::media::camera::Listener;
use crate::media::encode::{Jpeg, encode_drawing};
use crate::media::photo::{PhotoError, Picture};
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::clean::clean;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::pointer::{Down, ENDS, hovers};
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;

/// Dark, and not quite black: what a pen writes.
const INK: &str = "#14182b";

/// The same, as red, green and blue.
const INK_PARTS: [u8; 3] = [0x14, 0x18, 0x2b];

/// Script faces that come with systems, for a name that is typed. None is shipped.
const SCRIPT: &str = "\"Snell Roundhand\", \"Segoe Script\", \"Bradley Hand\", \"Dancing Script\", \"URW Chancery L\", \"Z003\", cursive";

/// Pixels of the face that a typed name is measured in.
const MEASURED: f64 = 100.0;

/// Signs for the field with this label and ratio.
pub(super) struct SignatureScreen<'a> {
    pub(super) label: &'a str,
    /// The field's size on the card, in pixels.
    pub(super) field: Ratio,
    pub(super) signing: Rc<Signing>,
    /// Whether a file may be chosen instead.
    pub(super) files: bool,
    /// The signature as it is to be sent.
    pub(super) on_use: Rc<dyn Fn(Jpeg)>,
    /// Opens a file that is chosen instead.
    pub(super) open: Open,
    /// A picture from a file.
    pub(super) on_opened: Rc<dyn Fn(Picture)>,
    /// The field is to stay as it was.
    pub(super) on_cancel: Box<dyn Fn()>,
    /// Whether the title takes the focus.
    pub(super) focus: bool,
}

/// The pad. A handle; it goes with the screen.
#[derive(Clone, Copy)]
struct Pad {
    signing: Var<Rc<Signing>>,
    canvas: Var<HtmlCanvasElement>,
    /// Whether there is anything on it.
    has_ink: Var<bool>,
}

impl Pad {
    fn change(self, change: impl FnOnce(&Signing)) {
        self.signing.try_with_untracked(|signing| change(signing));
        self.redraw();
    }

    fn redraw(self) {
        let Some(signing) = self.signing.try_with_untracked(Rc::clone) else { return };
        self.has_ink.set(!is_empty(&signing));
        let canvas = self.canvas.get_untracked();
        let rect = canvas.get_bounding_client_rect();
        let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let size = ((rect.width() * ratio) as u32, (rect.height() * ratio) as u32);
        let Some(context) = context(&canvas) else { return };
        // Setting its size empties it.
        canvas.set_width(size.0);
        canvas.set_height(size.1);
        draw(&signing, &context, size, false);
    }

    /// Where a pointer is, in the pad's units, and what it says of itself.
    fn push(self, event: &PointerEvent) {
        let rect = self.canvas.with_untracked(|canvas| canvas.get_bounding_client_rect());
        let unit = PAD / rect.width().max(1.0);
        let (x, y) = (f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top());
        let (pressure, time) = (f64::from(event.pressure()), event.time_stamp());
        self.signing.with_untracked(|signing| {
            if let Some(stroke) = signing.ink.borrow_mut().last() {
                stroke.push(x * unit, y * unit, pressure, time);
            }
        });
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Whether nothing was drawn, and nothing typed.
fn is_empty(signing: &Signing) -> bool {
    signing.ink.borrow().is_empty() && printed(&signing.typed.borrow()).is_empty()
}

/// Draws a signature on `context` of `size` pixels: as it stands on the pad, or trimmed, as it is sent. A typed name is always
/// as large as it will go.
fn draw(signing: &Signing, context: &CanvasRenderingContext2d, size: (u32, u32), trimmed: bool) {
    let typed = signing.typed.borrow();
    let name = printed(&typed);
    if !name.is_empty() {
        return write(context, name, size);
    }
    let ink = signing.ink.borrow();
    let Some(extent) = ink.extent() else { return };
    let unit = f64::from(size.0) / PAD;
    let (scale, x, y) = if trimmed {
        let fitted = fit(extent, size, largest(size.0));
        (fitted.scale, fitted.x, fitted.y)
    } else {
        (unit, 0.0, 0.0)
    };
    // What cannot be set leaves the ink where it was drawn.
    let _ = context.set_transform(scale, 0.0, 0.0, scale, x, y);
    context.set_stroke_style_str(INK);
    context.set_line_cap("round");
    context.set_line_join("round");
    for piece in ink.pieces() {
        trace(context, piece);
    }
}

/// How dark each pixel of a signature as it is sent is; none for a typed name, whose letters are the browser's.
fn cover_ink(signing: &Signing, size: (u32, u32)) -> Option<Vec<u8>> {
    let ink = signing.ink.borrow();
    let is_typed = !signing.typed.borrow().trim().is_empty();
    let extent = ink.extent().filter(|_| !is_typed)?;
    Some(cover(&ink.pieces(), fit(extent, size, largest(size.0)), size))
}

fn trace(context: &CanvasRenderingContext2d, piece: Piece) {
    let Piece { from, bend, to, width } = piece;
    context.begin_path();
    context.set_line_width(width);
    context.move_to(from.0, from.1);
    if from == to {
        // A line of no length is not drawn, not even its round ends.
        context.line_to(to.0 + 0.01, to.1);
    } else {
        context.quadratic_curve_to(bend.0, bend.1, to.0, to.1);
    }
    context.stroke();
}

/// Writes a name in a script face, as large as it will go.
fn write(context: &CanvasRenderingContext2d, name: &str, size: (u32, u32)) {
    context.set_font(&["italic 100px ", SCRIPT].concat());
    let Ok(measured) = context.measure_text(name) else { return };
    let (left, top) = (measured.actual_bounding_box_left(), measured.actual_bounding_box_ascent());
    let extent = Extent {
        x: -left,
        y: -top,
        width: left + measured.actual_bounding_box_right(),
        height: top + measured.actual_bounding_box_descent(),
    };
    // Four fifths of the height at most, so that a short name does not become a headline.
    let fitted = fit(extent, size, f64::from(size.1) * 0.8 / MEASURED);
    let _ = context.set_transform(fitted.scale, 0.0, 0.0, fitted.scale, fitted.x, fitted.y);
    context.set_fill_style_str(INK);
    let _ = context.fill_text(name, 0.0, 0.0);
}

/// Draws the screen.
pub(super) fn signature_screen(screen: SignatureScreen<'_>) -> El {
    let SignatureScreen { signing, field, on_use, .. } = screen;
    let words = words().signature();
    let canvas = el("canvas").class("sign-canvas").attr("role", "img").attr("aria-label", words.pad);
    let typed = signing.typed.borrow().clone();
    let pad = Pad {
        signing: Var::new(signing),
        canvas: Var::new(canvas.element().clone().unchecked_into()),
        has_ink: Var::new(false),
    };
    let name = Var::new(typed.clone());
    let canvas = follow(canvas, pad, name);
    let stage = el("div").class("sign-pad").attr("part", "sign-pad").child(canvas);
    for (property, side) in [("--w", field.width), ("--h", field.height)] {
        // A number is a valid value.
        let _ = stage.html().style().set_property(property, &side.max(1).to_string());
    }
    queue_microtask(move || pad.redraw());
    if let Some(window) = web_sys::window() {
        Var::new(Listener::new(window.into(), "resize", move || pad.redraw()));
    }

    let error = Var::new(None::<&'static str>);
    let clear = move || {
        name.set(String::new());
        pad.change(|signing| {
            signing.ink.borrow_mut().clear();
            signing.typed.borrow_mut().clear();
        });
    };
    let undo = move || pad.change(|signing| signing.ink.borrow_mut().undo());
    let is_blank = move || !pad.has_ink.get();
    let tools = el("div")
        .class("sign-tools")
        .child(button("button", "undo", words.undo, undo).live_true("aria-disabled", is_blank))
        .child(button("button", "clear", words.clear, clear).live_true("aria-disabled", is_blank));
    // Made anew when the pad is cleared or drawn on, which empties it.
    let by_name = el("div").live(move || {
        let value = name.get();
        Some(text_field(TextField {
            id: "signature-name",
            label: words.typed,
            required: false,
            kind: "text",
            autocomplete: "off",
            enter: "done",
            name: Some("signature-name"),
            token: None,
            value: &value,
            input: Box::new(move |text| {
                error.set(None);
                pad.change(|signing| *signing.typed.borrow_mut() = clean(&text));
            }),
            left: Box::new(|| {}),
            error: Rc::new(|| None),
            count: None,
        }))
    });

    let on_use = Var::new(on_use);
    let busy = Rc::new(Cell::new(false));
    let hand_in = move || {
        let Some(signing) = pad.signing.try_with_untracked(Rc::clone) else { return };
        if is_empty(&signing) {
            return error.set(Some(words.empty));
        }
        if busy.replace(true) {
            return;
        }
        let busy = busy.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let size = signature_size((field.width, field.height));
            let drawn = |context: &CanvasRenderingContext2d| draw(&signing, context, size, true);
            let made = encode_drawing(size, drawn, INK_PARTS, || cover_ink(&signing, size)).await;
            busy.set(false);
            match made {
                Ok(jpeg) => {
                    on_use.try_with_untracked(|hand_over| hand_over(jpeg));
                }
                Err(PhotoError::Scrambled) => error.set(Some(words.scrambled)),
                Err(_) => error.set(Some(words.not_made)),
            }
        });
    };
    let said =
        el("p").class("error").attr("role", "alert").live_text(move || error.get().unwrap_or_default().to_string());
    let (choose, input) =
        screen.files.then(|| file_instead(words.choose_file, screen.open, screen.on_opened, || None)).unzip();
    let actions = el("div")
        .class("actions")
        .child(button("button primary", "use-signature", words.use_signature, hand_in))
        .children(choose)
        .child(button("button", "cancel", words.cancel, screen.on_cancel));
    el("section")
        .class("photo-screen")
        .attr("part", "photo-screen")
        .attr("data-screen", "signature")
        .child(heading(words.title, screen.label, screen.focus))
        .child(el("p").class("help").text(words.hint))
        .child(stage)
        .child(tools)
        .child(by_name)
        .child(said)
        .child(actions)
        .children(input)
}

/// Draws where the pointer goes. The first pointer that is put down draws; a palm beside it does not, but another pointer
/// does once the first one is over, whether or not anybody has told.
fn follow(canvas: El, pad: Pad, name: Var<String>) -> El {
    let drawing = Rc::new(Cell::new(None::<Down>));
    let is_ours = {
        let drawing = drawing.clone();
        move |event: &PointerEvent| drawing.get().is_some_and(|down| down.id == event.pointer_id())
    };
    let element = canvas.element().clone();
    let canvas = canvas.on("pointerdown", {
        let drawing = drawing.clone();
        move |event| {
            let event: &PointerEvent = event.unchecked_ref();
            let goes_on = |down: Down| !down.is_doubtful() && !down.is_over(&element, event);
            if drawing.get().is_some_and(goes_on) || event.button() != 0 {
                return;
            }
            event.prevent_default();
            drawing.set(Some(Down::on(&element, event)));
            if pad.signing.with_untracked(|signing| !signing.typed.take().is_empty()) {
                name.set(String::new());
            }
            pad.signing.with_untracked(|signing| signing.ink.borrow_mut().begin());
            pad.push(event);
            pad.redraw();
        }
    });
    let canvas = canvas.on("pointermove", {
        let (drawing, is_ours) = (drawing.clone(), is_ours.clone());
        move |event| {
            let event: &PointerEvent = event.unchecked_ref();
            if !is_ours(event) {
                return;
            }
            if hovers(event) {
                return drawing.set(None);
            }
            event.prevent_default();
            let all = all_of(event);
            all.iter().for_each(|event| pad.push(event));
            pad.redraw();
        }
    });
    ENDS.into_iter().fold(canvas, |canvas, kind| {
        let (drawing, is_ours) = (drawing.clone(), is_ours.clone());
        canvas.on(kind, move |event| {
            if is_ours(event.unchecked_ref()) {
                drawing.set(None);
            }
        })
    })
}

/// A browser reports a pointer once a frame, and keeps where it was in between for those who ask.
fn all_of(event: &PointerEvent) -> Vec<PointerEvent> {
    let between = || {
        let tell: Function = Reflect::get(event, &"getCoalescedEvents".into()).ok()?.dyn_into().ok()?;
        let list = Array::from(&tell.call0(event).ok()?);
        (list.length() > 0).then(|| list.iter().map(|event| event.unchecked_into()).collect())
    };
    between().unwrap_or_else(|| vec![event.clone()])
}
