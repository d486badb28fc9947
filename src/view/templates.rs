//! Choosing a template: the list shows cards, not rows.

use leptos::prelude::*;

use super::app::{App, Load};
use crate::api::{Error, Template};
use crate::ui::card_face::sketch;
use crate::ui::heading::heading;
use crate::ui::notice::{Worded, notice, worded};
use crate::ui::words;

/// The template screen.
pub(super) fn screen(app: App) -> AnyView {
    let all = words();
    let words = &all.card;
    let retry = UnsyncCallback::new(move |()| app.enter());
    let content = move || match app.templates.get() {
        Load::Busy => skeleton(all.common.loading),
        Load::Failed(error) => {
            let organization = app.organization.get_untracked();
            let said = match (&error, organization) {
                (Error::NotFound { words }, Some(organization)) => Worded {
                    said: words.clone(),
                    ..Worded::of(
                        &all.errors.unknown_organization(&organization.to_string()),
                        all.errors.unknown_organization_next,
                    )
                },
                (Error::Undecodable { operation: "profile", .. }, None) => Worded::of(all.sign_in.no_organization, ""),
                _ => worded(all, &error),
            };
            notice(said, Some(retry))
        }
        Load::Ready(templates) => {
            let wanted = app.config.with_untracked(|config| config.as_ref()?.template);
            if wanted.is_some() {
                return notice(Worded::of(words.template_missing, words.template_missing_next), Some(retry));
            }
            if templates.is_empty() {
                return notice(Worded::of(words.no_templates, words.no_templates_next), Some(retry));
            }
            let items = templates.iter().map(|template| item(app, template.clone())).collect::<Vec<_>>();
            view! { <ul class="template-list">{items}</ul> }.into_any()
        }
    };
    view! {
        <section data-screen="templates">
            {heading(words.templates_title, words.templates_hint, app.moved.get_untracked())}
            {content}
        </section>
    }
    .into_any()
}

/// A template's name as it is shown.
pub(super) fn name_of(template: &Template) -> String {
    match template.name.trim() {
        "" => words().card.unnamed_template.to_string(),
        name => name.to_string(),
    }
}

fn item(app: App, template: Template) -> impl IntoView {
    let name = name_of(&template);
    let face = sketch(name.clone(), None, vec![String::new(); 3]);
    view! {
        <li>
            <button type="button" class="template" part="template" data-action="choose-template"
                data-template=template.id.to_string() on:click=move |_| app.choose(template.clone())>
                {face}
                <span class="label">{name}</span>
            </button>
        </li>
    }
}

/// Cards that are still to come.
fn skeleton(loading: &'static str) -> AnyView {
    let cards = (0..3).map(|_| view! { <li><div class="card-face skeleton"></div></li> }).collect::<Vec<_>>();
    view! { <ul class="template-list" role="status" aria-label=loading>{cards}</ul> }.into_any()
}
