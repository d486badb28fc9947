//! What stands over everything: the question whether one is still there, the one whether to begin anew, the cover, and that the kiosk
//! is not in service any more.

use std::rc::Rc;

use crate::domain::idle::Phase;
use crate::flow::Kiosk;
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// Which of them there is.
pub(super) fn which(kiosk: Kiosk) -> u64 {
    match kiosk.phase().get() {
        Phase::Warned(_) => 1,
        Phase::Covered => 2,
        _ if kiosk.is_out().get() => 4,
        _ if kiosk.asking().get() => 3,
        _ => 0,
    }
}

/// Draws it.
pub(super) fn over(kiosk: Kiosk, which: u64) -> Option<El> {
    match which {
        1 => Some(warning(kiosk)),
        2 => Some(cover()),
        3 => Some(question(kiosk)),
        4 => Some(out(kiosk)),
        _ => None,
    }
}

fn title(id: &str, text: &str) -> El {
    el("h2").attr("id", id).text(text)
}

fn group<const N: usize>(content: [El; N]) -> El {
    el("div").class("kiosk-group").children(content)
}

fn warning(kiosk: Kiosk) -> El {
    let words = words().kiosk();
    let left = move || match kiosk.phase().get() {
        Phase::Warned(left) => left,
        _ => 0,
    };
    let count = el("p").class("kiosk-count").attr("aria-hidden", "true").live_text(move || left().to_string());
    // Said at first, and every five seconds: a number each second would leave no time for the button's name.
    let said = el("p")
        .class("visually-hidden")
        .attr("id", "kiosk-left")
        .attr("role", "status")
        .live_text(move || words.warning_left(&(left().div_ceil(5) * 5).to_string()));
    let about = el("p").attr("aria-hidden", "true").text(words.warning_about);
    let stay = button("button primary", "still-here", words.still_here, move || kiosk.still_here());
    let content =
        [title("kiosk-warning", words.warning_title), group([count, about, said, stay.attr("autofocus", "")])];
    let still_here = move || kiosk.still_here();
    dialog("kiosk-warning", Rc::new(still_here), content)
        .class("kiosk-dialog")
        .attr("aria-describedby", "kiosk-left")
        // Beside the button, too: whoever does so is there.
        .on("click", move |_| kiosk.still_here())
}

fn cover() -> El {
    let words = words().kiosk();
    let content = [
        title("kiosk-cover", words.covered_title),
        group([
            el("p").attr("role", "status").text(words.covered_about),
            el("div").class("spinner").attr("aria-hidden", "true"),
        ]),
    ];
    dialog("kiosk-cover", Rc::new(|| {}), content).class("kiosk-cover")
}

/// The gateway has stopped to let anybody in here.
fn out(kiosk: Kiosk) -> El {
    let words = words().kiosk();
    let finish = button("button primary", "finish", words.finish, move || kiosk.leave());
    let content = [title("kiosk-out", words.out), group([el("p").attr("role", "alert").text(words.out_amid), finish])];
    dialog("kiosk-out", Rc::new(move || kiosk.leave()), content).class("kiosk-dialog")
}

fn question(kiosk: Kiosk) -> El {
    let words = words().kiosk();
    let stay = button("button primary", "cancel", words.ask_stay, move || kiosk.stay());
    let leave = button("button", "confirm", words.ask_leave, move || kiosk.leave());
    let content = [
        title("kiosk-ask", words.ask_title),
        group([el("p").text(words.ask_about), el("div").class("actions").child(stay).child(leave)]),
    ];
    dialog("kiosk-ask", Rc::new(move || kiosk.stay()), content).class("kiosk-dialog")
}
