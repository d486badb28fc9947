//! A file in place of what a screen is for.

use std::rc::Rc;

use super::picker::Open;
use crate::media::photo::Picture;
use crate::reactive::Var;
use crate::ui::button::button;
use crate::ui::dom::{El, el};

/// The button that chooses a file, and what belongs somewhere else on the screen: its input, and what is wrong with the
/// file. `capture` is the input's attribute of that name.
pub(in crate::view) fn file_instead(
    text: &str,
    open: Open,
    on_opened: Rc<dyn Fn(Picture)>,
    capture: impl Fn() -> Option<String> + 'static,
) -> (El, El) {
    let problem = Var::new(None::<String>);
    // Not called once the screen was left: opening takes a while.
    let on_opened = Var::new(on_opened);
    let input = el("input").attr("type", "file").attr("accept", "image/*").attr("hidden", "");
    let input = input.live_attr("capture", capture);
    let input = input.clone().on("change", move |_| {
        let Some(file) = input.input().files().and_then(|files| files.get(0)) else { return };
        // Otherwise choosing the same file again, mended in between, would be no change.
        input.input().set_value("");
        let opening = open(file.into());
        wasm_bindgen_futures::spawn_local(async move {
            match opening.await {
                Ok(picture) => {
                    on_opened.try_with_untracked(|hand_over| hand_over(picture));
                }
                Err(why) if !problem.is_gone() => problem.set(Some(why)),
                Err(_) => {}
            }
        });
    });
    let press = {
        let input = input.clone();
        move || {
            problem.set(None);
            input.html().click();
        }
    };
    let error = el("p").class("error").attr("role", "alert").live_text(move || problem.get().unwrap_or_default());
    (button("button", "choose-file", text, press), el("div").child(error).child(input))
}
