//! Everything that was begun comes to an end.

use instant_card::domain::config::Mode;
use instant_card::flow::card::{PreviewState, SaveState};
use instant_card::flow::ending::Progress;
use instant_card::flow::kiosk::Door;
use instant_card::flow::register::{Held, Opening};
use instant_card::flow::{Remote, Screen};

use super::ground::{Scene, Verdict, broken};
use crate::tab::Tab;

/// Nothing waits any more, for what will never come.
pub(super) fn has_ended(scene: Scene<'_>) -> Verdict {
    for tab in scene.tabs {
        if let Some(what) = waits(tab) {
            let screen = tab.app.cx().screen().get_untracked();
            return broken("nothing waits for ever", format!("tab {} on {screen:?}: {what}", tab.number));
        }
        if tab.guards.get() != 0 {
            return broken("the page is let go", format!("tab {} is held {} times", tab.number, tab.guards.get()));
        }
    }
    Ok(())
}

fn waits(tab: &Tab) -> Option<&'static str> {
    let app = tab.app;
    let card = app.card();
    let is_in = !matches!(
        app.cx().screen().get_untracked(),
        Screen::SignIn | Screen::NoAccess | Screen::NotStarted | Screen::Starting
    );
    let is_kiosk = app.cx().mode() == Mode::Kiosk;
    // It looks from time to time whether there is a way to the server.
    let is_looking = app.cx().screen().get_untracked() == Screen::Attract;
    let checks = [
        (app.cx().tasks() > 0 && !is_looking, "something is under way"),
        (matches!(app.cx().screen().get_untracked(), Screen::Starting), "the widget is starting"),
        (card.save_state().with_untracked(|state| matches!(state, SaveState::Saving)), "the card is being saved"),
        (
            card.preview().with_untracked(|preview| matches!(preview, PreviewState::Rendering)),
            "the preview is being drawn",
        ),
        (
            card.opening().with_untracked(|opening| matches!(opening, Some((_, Remote::Loading)))),
            "the template is being opened",
        ),
        (
            is_in && app.templates().list().with_untracked(|list| matches!(list, Remote::Loading)),
            "the templates are being read",
        ),
        (tab.form.borrow().get(), "somebody is signing in"),
        (is_kiosk && app.kiosk().unsettled() > 0, "a draft that somebody has left at a kiosk is there"),
        (is_kiosk && app.kiosk().door() != Door::Open, "nobody new is taken"),
    ];
    if let Some((_, what)) = checks.iter().find(|(is, _)| *is) {
        return Some(what);
    }
    if app.ending_is_there() {
        let ending = app.ending();
        if ending.progress().with_untracked(Progress::is_under_way) {
            return Some("a card of one's own is on its way");
        }
        if ending.unsettled() > 0 {
            return Some("nobody looks what became of an order");
        }
    }
    if !app.desk_is_there() || !is_in {
        return None;
    }
    if let Some(what) = of_staff(tab) {
        return Some(what);
    }
    let desk = app.desk();
    let busy = |which| desk.app().books().orders().list(which).with_untracked(|list| list.busy);
    let checks = [
        (desk.cart().is_held().get_untracked(), "the cart is held"),
        (desk.checkout().running().get_untracked(), "an order is under way"),
        (desk.app().books().funds().is_under_way(), "a payment is under way"),
        (
            desk.cart().wishes().with_untracked(|all| all.iter().any(|wish| wish.failed.is_none())),
            "a wish is under way",
        ),
        (
            busy(instant_card::api::JobFilter::Open) || busy(instant_card::api::JobFilter::Submitted),
            "orders are being read",
        ),
        (tab.search.get().is_some_and(|search| search.busy.get_untracked()), "a search is under way"),
        (desk.app().books().orders().again().with_untracked(Option::is_some), "an order is being ordered again"),
    ];
    checks.iter().find(|(is, _)| *is).map(|(_, what)| *what)
}

/// The same of cards that are there, and of people and places.
fn of_staff(tab: &Tab) -> Option<&'static str> {
    let app = tab.app;
    if app.has_register() {
        let register = app.register();
        let is_held = register
            .deletions()
            .with_untracked(|all| all.iter().any(|deletion| !matches!(deletion.stage, Held::Failed(_))));
        let checks = [
            (is_held, "a card is to be deleted"),
            (
                register.batch().with_untracked(|batch| batch.as_ref().is_some_and(|batch| batch.is_going())),
                "something is done with many cards",
            ),
            (register.progress().with_untracked(|progress| progress.is_reading), "the cards are being read"),
            (register.is_searching().get_untracked(), "cards are being looked for"),
            (matches!(register.opening().get_untracked(), Opening::Reading(_)), "a card is being opened"),
        ];
        if let Some((_, what)) = checks.iter().find(|(is, _)| *is) {
            return Some(what);
        }
    }
    if !app.desk().directory().has_people() {
        return None;
    }
    let people = app.people();
    let checks = [
        (people.held().with_untracked(Option::is_some), "a contact or an address is to be deleted"),
        (people.busy().get_untracked(), "a contact or an address is being saved"),
    ];
    checks.iter().find(|(is, _)| *is).map(|(_, what)| *what)
}
