//! Choosing a template: the list shows cards, not rows.

use std::rc::Rc;

use super::desk;
use crate::api::{Error, Template};
use crate::flow::{App, Listing, Remote, Worded, worded};
use crate::i18n::Messages;
use crate::ui::button::blank;
use crate::ui::card_face::sketch;
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::notice::{left_out, loading, notice};
use crate::ui::{Act, words};

/// The template screen.
pub(super) fn screen(app: App) -> El {
    let words = words().card();
    el("section")
        .attr("data-screen", "templates")
        .child(heading(words.templates_title, words.templates_hint, app.cx().moved().get_untracked()))
        .live(move || left_out(app.cx().left_out(Listing::Templates)))
        .live(move || Some(content(app)))
}

fn content(app: App) -> El {
    let all = words();
    let words = all.card();
    let retry: Act = Rc::new(move || app.enter());
    let wants_one = || app.cx().config().with_untracked(|config| config.as_ref()?.template).is_some();
    app.templates().list().with(|list| match list {
        Remote::Loading => skeleton(),
        Remote::Failed(error) => notice(failure(app, all, error), Some(retry)),
        Remote::Ready(templates) if templates.is_empty() || wants_one() => {
            let (what, next) = match app.cx().left_out(Listing::Templates) {
                0 if wants_one() => (words.template_missing, words.template_missing_next),
                0 => (words.no_templates, words.no_templates_next),
                // It may be one of those.
                _ => (all.errors().undecodable, all.errors().again_or_owner),
            };
            notice(Worded::of(what, next), Some(retry))
        }
        Remote::Ready(templates) => {
            el("ul").class("template-list").children(templates.iter().map(|template| item(app, all, template)))
        }
    })
}

fn failure(app: App, all: Messages, error: &Error) -> Worded {
    match (error, app.cx().organization().get_untracked()) {
        (Error::NotFound { words }, Some(organization)) => {
            let what = all.errors().unknown_organization(&organization.to_string());
            Worded { said: words.clone(), ..Worded::of(&what, all.errors().unknown_organization_next) }
        }
        (Error::Undecodable { operation: "profile", .. }, None) => Worded::of(all.sign_in().no_organization, ""),
        _ => worded(all, error),
    }
}

/// A template's name as it is shown.
pub(super) fn name_of(words: Messages, template: &Template) -> &str {
    match template.name.trim() {
        "" => words.card().unnamed_template,
        name => name,
    }
}

fn item(app: App, all: Messages, template: &Template) -> El {
    let name = name_of(all, template);
    let chosen = template.clone();
    let id = template.id;
    // Its name stands below.
    let face = move || {
        let blank = || sketch("", None, (0..3).map(|_| Box::new(String::new) as Box<_>).collect());
        Some(desk::tile(app, id).unwrap_or_else(blank))
    };
    let button = blank("template", "choose-template", move || app.card().choose(chosen.clone()))
        .attr("part", "template")
        .attr("data-template", &template.id.to_string())
        .child(el("div").attr("aria-hidden", "true").live(face))
        .child(el("span").class("label").text(name));
    el("li").child(button)
}

/// Cards that are still to come.
fn skeleton() -> El {
    let cards = (0..3).map(|_| el("li").child(el("div").class("card-face skeleton")));
    let list = el("ul").class("template-list").attr("aria-hidden", "true").children(cards);
    el("div").child(loading()).child(list)
}
