//! Everything after the sign-in form: the bar, the step line, and the screen between them.

use std::rc::Rc;

use web_sys::Event;

use super::photo::picker::files_of;
use super::{card_form, desk, done, ending, extras, kiosk, preview, studio, templates};
use crate::domain::config::{EndsWith, Mode};
use crate::domain::draft::Draft;
use crate::flow::{App, DeskPage, Screen};
use crate::reactive::Var;
use crate::ui::button::{blank, button};
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el};
use crate::ui::icon::{self, icon};
use crate::ui::words;

/// The bar, the step line, and whichever screen there is.
pub(super) fn screens(app: App) -> El {
    let number = move || app.cx().screen().get().drawn();
    let screen = move |_| screen(app);
    el("div")
        .switch(
            move || over(app),
            move |over| match over {
                0 => None,
                1 => Some(bar(app)),
                _ => Some(kiosk::layer(app)),
            },
        )
        .live(move || steps(app))
        .switch(number, screen)
        .switch(move || app.asks_back().get().unwrap_or(0) as u64, move |_| extras::question(app))
        .on("dragover", keep_out)
        .on("drop", keep_out)
}

/// Keeps the browser from opening a file that is dropped beside its field, in place of the page and of everything that was
/// entered into it.
fn keep_out(event: Event) {
    if files_of(&event).is_some() {
        event.prevent_default();
    }
}

fn screen(app: App) -> Option<El> {
    Some(match app.cx().screen().get_untracked() {
        Screen::Templates => templates::screen(app),
        Screen::CardForm => card_form::screen(app.card()),
        Screen::Photo(index) => studio::screen(app.card(), move |studio| (studio.photo)(app.card(), index)),
        Screen::Camera(index) => studio::screen(app.card(), move |studio| (studio.camera)(app.card(), index)),
        Screen::Signature(index) => studio::screen(app.card(), move |studio| (studio.signature)(app.card(), index)),
        Screen::Preview => preview::screen(app.card()),
        Screen::Ending => ending::screen(app),
        Screen::Done if app.card().ends_with().goes_on() => ending::done(app),
        Screen::Done => done::screen(app),
        Screen::Desk(page) => desk::screen(app, page),
        // The frame draws these, in place of all this, or the kiosk.
        Screen::Attract | Screen::SignIn | Screen::NoAccess | Screen::Starting | Screen::NotStarted => return None,
    })
}

/// Who is signed in, and the way out. Only staff see it.
fn bar(app: App) -> El {
    let words = words().common();
    let name = move || app.organization_name().get().unwrap_or_else(|| words.your_account.to_string());
    let who = el("div")
        .class("who")
        .child(el("slot").attr("name", "logo").child(icon(icon::CARD)))
        .child(el("span").live_text(name));
    let asked = Var::new(false);
    let leave = move || if app.would_lose() { asked.set(true) } else { app.leave() };
    el("div")
        .class("bar")
        .attr("part", "bar")
        .child(who)
        .child(places(app))
        .child(button("button quiet", "sign-out", words.sign_out, leave))
        .switch(move || u64::from(asked.get()), move |is_asked| (is_asked == 1).then(|| leaving(app, asked)))
}

/// Asks before what is nowhere but here is lost with signing out.
fn leaving(app: App, asked: Var<bool>) -> El {
    let (common, words) = (words().common(), words().places());
    let stay = move || asked.set(false);
    let out = move || {
        stay();
        app.leave();
    };
    let actions = el("div")
        .class("actions")
        .child(button("button danger", "confirm", common.sign_out, out))
        .child(button("button", "cancel", words.sign_out_stay, stay));
    let title = el("h2").attr("id", "leaving").text(common.sign_out);
    dialog("leaving", Rc::new(stay), [title, el("p").text(words.sign_out_loses), actions]).class("asking")
}

/// Where one can go: to the card in work, and to what comes of cards.
fn places(app: App) -> El {
    let words = words().places();
    let list = [
        ("make-card", words.make_card, None),
        ("open-cards", words.cards, Some(DeskPage::Cards)),
        ("open-cart", words.cart, Some(DeskPage::Cart)),
        ("open-orders", words.orders, Some(DeskPage::Orders)),
        ("open-people", words.people, Some(DeskPage::Contacts)),
        ("open-account", words.account, Some(DeskPage::Account)),
    ];
    let place = |(action, text, page)| {
        let go = move || match page {
            Some(page) => app.go_to_desk(page),
            None => app.templates().to_card(),
        };
        let text = move || match app.cx().in_cart().get() {
            Some(count) if count > 0 && page == Some(DeskPage::Cart) => words.cart_of(&count.to_string()),
            _ => str::to_string(text),
        };
        let here = move || (around(app.cx().screen().get()) == page).then(|| "page".to_string());
        el("li").child(blank("button quiet place", action, go).live_text(text).live_attr("aria-current", here))
    };
    let list = el("ul").children(list.into_iter().map(place));
    // They all are an organization's.
    let nowhere = move || app.cx().organization().with(Option::is_none).then(String::new);
    el("nav").class("places").attr("aria-label", words.places).live_attr("inert", nowhere).child(list)
}

/// Which place of the bar a screen belongs to.
fn around(screen: Screen) -> Option<DeskPage> {
    let Screen::Desk(page) = screen else { return None };
    Some(match page {
        DeskPage::Checkout => DeskPage::Cart,
        DeskPage::Order(_) | DeskPage::OrderDone => DeskPage::Orders,
        DeskPage::Card(_) => DeskPage::Cards,
        DeskPage::Addresses | DeskPage::Address(_) | DeskPage::Contact(_) => DeskPage::Contacts,
        page => page,
    })
}

/// What stands over the screens: the bar, once there is anybody to show in it, or what a kiosk has there.
fn over(app: App) -> u64 {
    match app.cx().config().with(|config| config.as_ref().map(|config| config.mode)) {
        // At once, also while nobody knows whose it is: what is below stays where it is.
        Some(Mode::Portal) => 1,
        Some(Mode::Kiosk) => 2,
        _ => 0,
    }
}

/// One step of the line: its name, and how to go back there, where one may.
struct Step(&'static str, Option<Back>);

/// The hook of a way back, and the way.
type Back = (&'static str, fn(App));

/// The step line: where one is, and the way back, which loses nothing.
fn steps(app: App) -> Option<El> {
    let words = words().card();
    let at = app.cx().screen().get();
    let mut list = Vec::new();
    if app.templates().has_choice() {
        list.push(Step(words.step_template, Some(("go-to-templates", |app| app.cx().go(Screen::Templates)))));
    } else if at == Screen::Templates {
        return None;
    }
    let details = list.len();
    list.push(Step(words.step_details, Some(("go-to-details", |app| app.card().edit()))));
    let photo = list.len();
    if app.card().fields().with(|fields| fields.as_ref().is_some_and(|(_, has_image)| *has_image)) {
        list.push(Step(words.step_photo, Some(("go-to-photo", |app| app.card().to_photo()))));
    }
    let preview = list.len();
    list.push(Step(words.step_preview, None));
    if app.card().ends_with() == EndsWith::Order {
        list.push(Step(words.step_delivery, None));
    }
    let done = list.len();
    list.push(Step(words.step_done, None));
    let now = match at {
        Screen::SignIn
        | Screen::NoAccess
        | Screen::Starting
        | Screen::NotStarted
        | Screen::Desk(_)
        | Screen::Attract => return None,
        Screen::Templates => 0,
        Screen::CardForm => details,
        Screen::Photo(_) | Screen::Camera(_) | Screen::Signature(_) => photo,
        Screen::Preview => preview,
        Screen::Ending => done - 1,
        Screen::Done => done,
    };
    // Back is always open, but a finished card is finished.
    let is_finished = app.card().draft().with(|draft| draft.as_ref().is_some_and(Draft::is_finalized));

    let items = list.into_iter().enumerate().map(|(place, Step(name, back))| {
        let class = if place < now {
            "step past"
        } else if place == now {
            "step now"
        } else {
            "step"
        };
        let inside = match back {
            Some((action, go)) if place < now && at != Screen::Done && !is_finished => {
                blank(class, action, move || go(app)).child(el("span").text(name))
            }
            _ => el("span").class(class).attr_opt("aria-current", (place == now).then_some("step")).text(name),
        };
        el("li").child(inside)
    });
    let line = el("ol").children(items);
    Some(el("nav").class("steps").attr("aria-label", words.steps).attr("part", "steps").child(line))
}
