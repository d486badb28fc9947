//! Where the card goes on: to the address that the person gives, or to the cart, which asks nothing of them.

use std::rc::Rc;

use crate::domain::address::Use;
use crate::flow::card::PreviewState;
use crate::flow::ending::{Ending, Progress};
use crate::flow::{App, Worded, worded, worded_asked};
use crate::ui::button::button;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::notice::notice;
use crate::ui::words;
use crate::view::address_form::{self, Purpose};
use crate::view::preview::{front_of, template_name};

/// The screen.
pub(super) fn screen(app: App) -> El {
    let ending = app.ending();
    ending.enter();
    let all = words();
    let words = all.ending();
    let moved = app.cx().moved().get_untracked();
    let screen = el("section").class("ending").attr("data-screen", "checkout");
    if !ending.asks_for_address() {
        let at_work = el("p").class("help").attr("role", "status").text(words.under_way);
        let at_work = at_work.hidden(move || !ending.progress().with(Progress::is_under_way));
        return screen.child(heading(words.handing_in, "", moved)).child(at_work).live(move || trouble(ending));
    }
    let card = app.card();
    let face = card.preview().with_untracked(|preview| match preview {
        PreviewState::Ready(faces) => Some(front_of(faces, all, &template_name(card, all))),
        _ => None,
    });
    let busy: Rc<dyn Fn() -> bool> = Rc::new(move || ending.progress().with(Progress::is_under_way));
    let said = move || match ending.progress().get() {
        Progress::Working => words.under_way,
        Progress::LookingUp => words.looking_up,
        _ => "",
    };
    let is_busy = busy.clone();
    let form = address_form::form(Purpose {
        of: Use::OneOff,
        directory: None,
        form: ending.form(),
        entered: Rc::new(move |entry| ending.entered(entry)),
        send: Rc::new(move || ending.go_on()),
        busy,
        text: Rc::new(move || if is_busy() { words.ordering } else { words.order }),
        action: "submit-order",
        trouble: Box::new(move || trouble(ending)),
        beside: None,
    });
    screen
        .child(heading(words.title, words.hint, moved))
        .child(el("div").class("ending-face").children(face))
        .child(form)
        .child(el("p").class("help").attr("role", "status").live_text(move || said().to_owned()))
}

/// Why it does not go on, and what to do.
fn trouble(ending: Ending) -> Option<El> {
    let all = words();
    let words = all.ending();
    let again = Some(Rc::new(move || ending.go_on()) as Rc<dyn Fn()>);
    let retry = || button("button", "retry", all.common().retry, move || ending.go_on());
    Some(match ending.progress().get() {
        Progress::Nothing | Progress::Working | Progress::LookingUp => return None,
        Progress::Refused(why) => notice(Worded::of(&why, words.not_ordered), None).child(retry()),
        Progress::NothingHappened => {
            notice(Worded::of(words.nothing_happened, words.nothing_happened_next), None).child(retry())
        }
        Progress::Unknown(_) => notice(Worded::of(words.unknown, words.unknown_next), None).child(button(
            "button",
            "check-again",
            words.check_again,
            move || ending.go_on(),
        )),
        Progress::Failed(error) => {
            if !ending.asks_for_address() {
                let why = worded(all, &error);
                return Some(notice(Worded { what: [words.not_handed_in, " ", &why.what].concat(), ..why }, again));
            }
            // Nothing is ordered by itself: not what is done once there is a network again.
            let why = worded_asked(all, &error);
            notice(Worded { what: [words.not_ordered, " ", &why.what].concat(), ..why }, None).child(retry())
        }
    })
}
