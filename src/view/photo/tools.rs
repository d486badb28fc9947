//! What one can do to a photo besides choosing a part of it: turn, set straight, mirror, lighten; and undo it.

use web_sys::KeyboardEvent;

use crate::domain::edit::{Editing, MAX_TILT, MAX_TONE};
use crate::reactive::Var;
use crate::ui::button::blank;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{EYE, FLIP, Icon, LEFT, RIGHT, UNDO, icon};
use crate::ui::words;

/// The buttons and sliders under the picture. `original` is set while the picture is to be seen as it came.
pub(super) fn tools(editing: Var<Editing>, original: Var<bool>) -> El {
    let words = words().photo();
    let spoken = el("p").class("visually-hidden").attr("role", "status");
    // Whoever changes something wants to see it, or to hear of it.
    let change = |name: &'static str, how: fn(&mut Editing)| {
        let spoken = spoken.clone();
        move || {
            original.set(false);
            let stands = || editing.with_untracked(|editing| (editing.edit(), editing.crop()));
            let before = stands();
            editing.update(how);
            // A button that is pressed though it is off has done nothing.
            if stands() != before {
                spoken.element().set_text_content(Some(&words.done(name)));
            }
        }
    };
    let cannot_undo = move || !editing.with(Editing::can_undo);
    let is_as_it_came = move || !editing.with(Editing::is_changed);

    let left = change(words.rotate_left, |editing| editing.turn(false));
    let right = change(words.rotate_right, |editing| editing.turn(true));
    let turns = el("div")
        .child(tool("rotate-left", LEFT, words.rotate_left, left))
        .child(tool("rotate-right", RIGHT, words.rotate_right, right))
        .child(tool("flip", FLIP, words.flip, change(words.flip, Editing::mirror)));
    let looks = el("div")
        .child(
            blank("button tool", "undo", change(words.undo, Editing::undo))
                .live_true("aria-disabled", cannot_undo)
                .child(icon(UNDO))
                .text(words.undo),
        )
        .child(
            blank("button tool", "reset", change(words.reset, Editing::reset))
                .live_true("aria-disabled", is_as_it_came)
                .text(words.reset),
        )
        .child(
            blank("button tool", "show-original", move || original.update(|original| *original = !*original))
                .live_bool("aria-pressed", move || original.get())
                .child(icon(EYE))
                .text(words.original),
        );
    let buttons = el("div").class("tools").child(turns).child(looks).child(spoken);

    let zoom = slider(words.zoom, "zoom", (0, 100), " %", move || {
        editing.with(|editing| (editing.bounds().zoom(editing.crop()) * 100.0).round() as i32)
    });
    let zoom = on_slide(zoom, editing, original, |editing, percent| editing.zoom(f64::from(percent) / 100.0));
    let tilt = slider(words.straighten, "straighten", (-MAX_TILT, MAX_TILT), "°", move || {
        editing.with(|editing| editing.edit().tilt())
    });
    let tilt = on_slide(tilt, editing, original, Editing::tilt);
    let light = slider(words.brightness, "brightness", (-MAX_TONE, MAX_TONE), " %", move || {
        editing.with(|editing| editing.edit().brightness())
    });
    let light = on_slide(light, editing, original, Editing::brighten);
    let contrast = slider(words.contrast, "contrast", (-MAX_TONE, MAX_TONE), " %", move || {
        editing.with(|editing| editing.edit().contrast())
    });
    let contrast = on_slide(contrast, editing, original, Editing::set_contrast);

    el("div").class("crop-tools").child(buttons).child(el("div").class("sliders").child(zoom.0).child(tilt.0)).child(
        el("details")
            .class("tone")
            .child(el("summary").text(words.tone))
            .child(el("div").class("sliders").child(light.0).child(contrast.0)),
    )
}

/// Takes the last step back on the keys that everybody knows for it.
pub(super) fn undo_key(event: &KeyboardEvent, editing: Var<Editing>, original: Var<bool>) {
    if (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key().eq_ignore_ascii_case("z") {
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

/// Lets the slider do what `slide` does; each time that it is let go of is a step to take back.
fn on_slide(
    (label, input): (El, El),
    editing: Var<Editing>,
    original: Var<bool>,
    slide: fn(&mut Editing, i32),
) -> (El, El) {
    let moved = input.clone();
    let input = input
        .on("input", move |_| {
            let value = moved.input().value_as_number() as i32;
            original.set(false);
            editing.update(|editing| slide(editing, value));
        })
        .on("change", move |_| editing.update(Editing::pause));
    (label, input)
}
