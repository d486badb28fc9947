//! What one can do to a photo besides choosing a part of it: turn, set straight, mirror, lighten; and undo it.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

use crate::domain::edit::{Editing, MAX_TILT, MAX_TONE};
use crate::ui::button::blank;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{EYE, FLIP, Icon, LEFT, RIGHT, UNDO, icon};
use crate::ui::var::Var;
use crate::ui::words;

/// The buttons and sliders under the picture. `original` is set while the picture is to be seen as it came.
pub(super) fn tools(editing: Var<Editing>, original: Var<bool>) -> El {
    let words = words().photo();
    // Whoever changes something wants to see it.
    let change = move |how: fn(&mut Editing)| {
        move || {
            original.set(false);
            editing.update(how);
        }
    };
    let cannot_undo = move || !editing.with(Editing::can_undo);
    let is_as_it_came = move || !editing.with(Editing::is_changed);

    let turns = el("div")
        .child(tool("rotate-left", LEFT, words.rotate_left, change(|editing| editing.turn(false))))
        .child(tool("rotate-right", RIGHT, words.rotate_right, change(|editing| editing.turn(true))))
        .child(tool("flip", FLIP, words.flip, change(Editing::mirror)))
        .child(tool("undo", UNDO, words.undo, change(Editing::undo)).live_true("aria-disabled", cannot_undo));
    let looks = el("div")
        .child(
            blank("button tool", "show-original", move || original.update(|original| *original = !*original))
                .live_bool("aria-pressed", move || original.get())
                .child(icon(EYE))
                .text(words.original),
        )
        .child(
            blank("button tool", "reset", change(Editing::reset))
                .live_true("aria-disabled", is_as_it_came)
                .text(words.reset),
        );
    let buttons = el("div").class("tools").child(turns).child(looks);

    let zoom = slider(words.zoom, "zoom", (0, 100), " %", move || {
        editing.with(|editing| (editing.bounds().zoom(editing.crop()) * 100.0).round() as i32)
    });
    let zoom = on_slide(zoom, original, move |percent| {
        editing.update(|editing| editing.frame(editing.bounds().zoomed(editing.crop(), f64::from(percent) / 100.0)));
    });
    let tilt = slider(words.straighten, "straighten", (-MAX_TILT, MAX_TILT), "°", move || {
        editing.with(|editing| editing.edit().tilt())
    });
    let tilt = on_slide(tilt, original, move |degrees| editing.update(|editing| editing.tilt(degrees)));
    let light = slider(words.brightness, "brightness", (-MAX_TONE, MAX_TONE), " %", move || {
        editing.with(|editing| editing.edit().brightness())
    });
    let light = on_slide(light, original, move |percent| editing.update(|editing| editing.brighten(percent)));
    let contrast = slider(words.contrast, "contrast", (-MAX_TONE, MAX_TONE), " %", move || {
        editing.with(|editing| editing.edit().contrast())
    });
    let contrast = on_slide(contrast, original, move |percent| editing.update(|editing| editing.set_contrast(percent)));

    el("div").class("crop-tools").child(buttons).child(el("div").class("sliders").child(zoom.0).child(tilt.0)).child(
        el("details")
            .class("tone")
            .child(el("summary").text(words.tone))
            .child(el("div").class("sliders").child(light.0).child(contrast.0)),
    )
}

/// Takes the last step back on the keys that everybody knows for it.
pub(super) fn undo_key(event: &KeyboardEvent, editing: Var<Editing>, original: Var<bool>) {
    if (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z" {
        event.prevent_default();
        original.set(false);
        editing.update(Editing::undo);
    }
}

fn tool(action: &str, picture: Icon, name: &str, act: impl Fn() + 'static) -> El {
    blank("button tool", action, act).attr("aria-label", name).attr("title", name).child(icon(picture))
}

/// A slider in its label, and the slider.
fn slider(
    label: &str,
    name: &str,
    (min, max): (i32, i32),
    unit: &'static str,
    value: impl Fn() -> i32 + 'static,
) -> (El, El) {
    let input = el("input")
        .attr("type", "range")
        .attr("name", name)
        .attr("min", &min.to_string())
        .attr("max", &max.to_string());
    let shown = el("span").class("value").attr("aria-hidden", "true");
    let update: Box<dyn FnMut()> = {
        let (input, shown) = (input.clone(), shown.clone());
        Box::new(move || {
            let value = value();
            let text = [&value.to_string(), unit].concat();
            input.input().set_value(&value.to_string());
            shown.element().set_text_content(Some(&text));
            // An attribute of an input that is there cannot fail to be set.
            let _ = input.element().set_attribute("aria-valuetext", &text);
        })
    };
    watch(update);
    (el("label").class("slider").child(el("span").text(label)).child(input.clone()).child(shown), input)
}

fn on_slide((label, input): (El, El), original: Var<bool>, slide: impl Fn(i32) + 'static) -> (El, El) {
    let input = input.on("input", move |event| {
        let Some(input) = event.target() else { return };
        let value = input.unchecked_ref::<web_sys::HtmlInputElement>().value_as_number();
        original.set(false);
        slide(value as i32);
    });
    (label, input)
}
