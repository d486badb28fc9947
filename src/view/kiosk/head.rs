//! What stands over each screen of a journey: one short hint, and the way back to the beginning, for oneself and all others.

use crate::domain::config::EndsWith;
use crate::domain::idle::Phase;
use crate::flow::{App, Screen};
use crate::i18n::kiosk::Kiosk as Words;
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// Draws it.
pub(super) fn head(app: App) -> El {
    let words = words().kiosk();
    let kiosk = app.kiosk();
    let is_done = move || app.cx().screen().get() == Screen::Done;
    let text = move || {
        let screen = app.cx().screen().get();
        match (screen, kiosk.phase().get()) {
            (Screen::Done, Phase::Thanks(left)) => words.thanks(&left.to_string()),
            _ if kiosk.tries_again() => words.tries_again.to_string(),
            (screen, _) => hint(app, words, screen).to_string(),
        }
    };
    // What changes by itself is said as well; what is to be done here is read with the screen. A number each second would leave no
    // time for anything else.
    let said = move || match (app.cx().screen().get(), kiosk.phase().get()) {
        (Screen::Done, Phase::Thanks(left)) => words.thanks(&(left.div_ceil(5) * 5).to_string()),
        _ if kiosk.tries_again() => words.tries_again.to_string(),
        _ => String::new(),
    };
    let is_said = move || is_done() || kiosk.tries_again();
    let end = move |is_done: u64| {
        Some(match is_done {
            1 => button("button primary", "finish", words.finish, move || kiosk.leave()),
            _ => button("button quiet", "start-over", words.start_over, move || kiosk.ask()),
        })
    };
    el("div")
        .class("kiosk-head")
        .child(
            el("p")
                .class("kiosk-hint")
                .live_class("trouble", move || kiosk.tries_again())
                .live_true("aria-hidden", is_said)
                .live_text(text),
        )
        .child(el("p").class("visually-hidden").attr("role", "status").live_text(said))
        .switch(move || is_done().into(), end)
}

fn hint(app: App, words: &'static Words, screen: Screen) -> &'static str {
    match screen {
        Screen::Templates => words.hint_template,
        Screen::CardForm => words.hint_details,
        Screen::Camera(_) => words.hint_camera,
        Screen::Photo(_) => words.hint_photo,
        Screen::Signature(_) => words.hint_signature,
        Screen::Preview => words.hint_preview,
        Screen::Ending if app.card().ends_with() == EndsWith::Order => words.hint_delivery,
        _ => "",
    }
}
