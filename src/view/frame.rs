//! The frame around the screens: the sign-in form or what comes after it, and the sign-in dialog over them.

use std::rc::Rc;

use leptos::prelude::*;

use super::{cards, sign_in};
use crate::api::OnTheWay;
use crate::flow::{App, Screen, Worded};
use crate::reactive::Var;
use crate::ui::dom::{El, ElView, el};
use crate::ui::notice::{loading, notice};
use crate::ui::words;

/// The whole widget. Drawn again when the words change; nothing is lost by it, since the flows have the state.
pub fn root(app: App) -> impl IntoView {
    let drawn = move |_| {
        let words = app.cx().words();
        provide_context(words);
        // Both languages run from left to right, whichever way the page does.
        Some(widget(app).attr("dir", "ltr").attr("lang", words.locale().tag()))
    };
    ElView::from(el("div").class("root").switch(move || app.cx().spoken().get().number(), drawn))
}

fn widget(app: App) -> El {
    let asking = app.cx().session().asking();
    let usable = move || u64::from(app.flaws().with(Vec::is_empty));
    let screens = move |usable| Some(if usable == 1 { screens(app) } else { flaws(app.flaws()) });
    let ask = move |asking| (asking == 1).then(|| sign_in::dialog(app));
    let waiting = move |waits: u64| (waits == 1).then(|| patience(app));
    el("div")
        .class("widget")
        .attr("part", "widget")
        .switch(usable, screens)
        .switch(move || u64::from(asking.get()), ask)
        .switch(move || u64::from(seconds_left(app) > 0), waiting)
}

/// For so many seconds the server has asked to wait.
fn seconds_left(app: App) -> u64 {
    match app.cx().session().on_the_way().get() {
        OnTheWay::Waiting { seconds } => seconds.into(),
        _ => 0,
    }
}

fn patience(app: App) -> El {
    let text = move || [" ", &seconds_left(app).to_string(), " s"].concat();
    // Announced once; the seconds are for the eye.
    let seconds = el("b").attr("aria-hidden", "true").live_text(text);
    let told = el("p").attr("role", "status").text(app.cx().words().common().waiting).child(seconds);
    el("div").class("notice patience").child(told)
}

fn screens(app: App) -> El {
    el("div")
        .switch(move || app.cx().screen().get().number().min(Screen::Templates.number()), move |_| Some(screen(app)))
}

fn screen(app: App) -> El {
    match (app.cx().screen().get_untracked(), cards::there()) {
        (Screen::SignIn, _) => sign_in::screen(app),
        (Screen::NoAccess, _) => no_access(app),
        (Screen::NotStarted, _) => not_started(app),
        (Screen::Starting, _) | (_, None) => el("div").child(loading()).child(el("div").class("skeleton starting")),
        (_, Some(cards)) => (cards.screens)(app),
    }
}

/// The attributes cannot be used: says which, and what would do.
fn flaws(flaws: Var<Vec<String>>) -> El {
    let words = words().setup();
    let list = move || Some(el("ul").children(flaws.get().iter().map(|flaw| el("li").text(flaw))));
    el("div")
        .class("notice danger")
        .attr("role", "alert")
        .attr("part", "notice")
        .attr("data-screen", "configuration")
        .child(el("h2").text(words.title))
        .child(el("p").text(words.next))
        .live(list)
}

/// The page supplies the token here, and has not.
fn no_access(app: App) -> El {
    let words = words().sign_in();
    let notice = notice(Worded::of(words.no_access, words.no_access_next), Some(Rc::new(move || app.start())));
    el("section").attr("data-screen", "sign-in").child(notice)
}

/// The code of the screens to come did not arrive. Why, where that is known, is told by whoever has fetched it.
fn not_started(app: App) -> El {
    let worded = Worded::of(words().sign_in().not_started, "");
    el("section").attr("data-screen", "start").child(notice(worded, Some(Rc::new(move || app.enter()))))
}
