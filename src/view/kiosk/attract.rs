//! The screen at which nobody is: it turns a card, and one touch begins.

use std::time::Duration;

use leptos::prelude::set_timeout;

use crate::flow::kiosk::Door;
use crate::flow::kiosk::device::is_out;
use crate::flow::{App, Kiosk};
use crate::reactive::Var;
use crate::ui::card_face::sketch;
use crate::ui::dom::{El, el};
use crate::ui::words;

/// Draws it. Whoever was there is gone by that.
pub(super) fn screen(app: App) -> El {
    let kiosk = app.kiosk();
    kiosk.enter();
    let door = move || match kiosk.door() {
        Door::Open => 0,
        Door::Opening => 1,
        Door::Closed(_) => 2,
    };
    let section = el("section")
        .class("attract")
        .attr("data-screen", "attract")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "attract-title");
    if app.cx().moved().get_untracked() {
        section.focus_soon();
    }
    // A touch anywhere will do; the button is where everybody looks, and what keys and switches press.
    section
        .child(el("slot").attr("name", "logo"))
        .on("click", move |_| kiosk.start())
        .switch(
            move || u64::from(door() == 2),
            move |is_closed| Some(if is_closed == 1 { closed(app) } else { open(app) }),
        )
        .switch(door, |door| (door < 2).then(|| start(door == 1)))
        .child(corner(app.kiosk()))
}

/// How long staff hold the corner.
const HELD: Duration = Duration::from_secs(3);

/// The corner that staff hold for as long as no stranger does by accident. There is nothing to see of it.
fn corner(kiosk: Kiosk) -> El {
    let press = Var::new(0u32);
    let over = move || press.update(|press| *press = press.wrapping_add(1));
    let corner = el("div").class("attract-corner").attr("aria-hidden", "true").on("pointerdown", move |_| {
        over();
        let this = press.get_untracked();
        let held = move || {
            // Let go since, or gone with the screen.
            if press.try_with_untracked(|now| *now == this) == Some(true) {
                kiosk.call_staff();
            }
        };
        set_timeout(held, HELD);
    });
    ["pointerup", "pointercancel", "pointerleave"]
        .into_iter()
        .fold(corner, |corner, end| corner.on(end, move |_| over()))
}

fn open(app: App) -> El {
    let words = words().kiosk();
    let card = move |_| {
        let name = app.organization_name().get_untracked().unwrap_or_default();
        let lines = (0..3).map(|_| Box::new(String::new) as Box<dyn Fn() -> String>).collect();
        let back = el("div").class("card-face attract-back").child(el("div"));
        let front = sketch(&name, Some(Var::new(None)), lines);
        Some(el("div").class("attract-card").attr("aria-hidden", "true").child(front).child(back))
    };
    // The name comes a moment later, where it has to be asked for.
    let is_named = move || app.organization_name().with(Option::is_some).into();
    let own = el("div")
        .class("attract-own")
        .child(el("div").class("attract-stage").switch(is_named, card))
        .child(el("h1").attr("id", "attract-title").attr("part", "title").text(words.title))
        .child(el("p").text(words.about));
    // The page's own, where it has one.
    el("slot").attr("name", "attract").child(own)
}

fn start(is_opening: bool) -> El {
    let words = words().kiosk();
    let button = el("button").attr("type", "button").class("button primary attract-start").attr("data-action", "start");
    match is_opening {
        true => button.attr("aria-disabled", "true").text(words.opening),
        false => button.text(words.start),
    }
}

fn closed(app: App) -> El {
    let words = words().kiosk();
    let code = move || match app.kiosk().door() {
        Door::Closed(code) => code,
        _ => "",
    };
    // What nobody but staff mends is not soon over.
    let say = move |out: &'static str, else_: &'static str| move || if is_out(code()) { out } else { else_ }.to_owned();
    el("div")
        .class("attract-own attract-closed")
        .child(el("h1").attr("id", "attract-title").attr("part", "title").live_text(say(words.out, words.closed)))
        .child(el("p").attr("role", "status").live_text(say(words.out_about, words.closed_about)))
        .child(el("p").class("attract-code").live_text(move || code().to_owned()))
}
