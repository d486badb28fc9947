//! The frame around the screens: which one is shown, the bar, the step line, and the sign-in dialog over them.

use leptos::prelude::*;

use super::app::{App, At};
use super::{card_form, done, photo_step, preview, sign_in, templates};
use crate::domain::config::Mode;
use crate::domain::field::Role;
use crate::i18n::Messages;
use crate::ui::icon::{self, icon};
use crate::ui::notice::{Worded, notice};
use crate::ui::words;

/// The whole widget. Drawn again when the language changes; nothing is lost by it, since [`App`] has the state.
pub fn root(app: App) -> impl IntoView {
    let asking = app.session().asking();
    move || {
        let locale = app.locale.get();
        provide_context(Messages::of(locale));
        let asking = asking.clone();
        let screen = move || if app.flaws.with(Vec::is_empty) { screens(app) } else { flaws(app) };
        let ask = move || asking.get().then(|| sign_in::dialog(app));
        view! { <div class="widget" part="widget" lang=locale.tag()>{screen}{ask}</div> }
    }
}

fn screens(app: App) -> AnyView {
    let inner = move || {
        let at = app.at.get();
        match at {
            At::SignIn => sign_in::screen(app),
            At::NoAccess => no_access(app),
            At::Templates => templates::screen(app),
            At::CardForm => card_form::screen(app),
            At::Photo(index) => photo_step::screen(app, index),
            At::Preview => preview::screen(app),
            At::Done => done::screen(app),
        }
    };
    view! { {bar(app)}{steps(app)}{inner} }.into_any()
}

/// The attributes cannot be used: says which, and what would do.
fn flaws(app: App) -> AnyView {
    let words = &words().setup;
    let list = move || app.flaws.get().into_iter().map(|flaw| view! { <li>{flaw}</li> }).collect::<Vec<_>>();
    view! {
        <div class="notice danger" role="alert" part="notice" data-screen="configuration">
            <h2>{words.title}</h2>
            <p>{words.next}</p>
            <ul>{list}</ul>
        </div>
    }
    .into_any()
}

/// The page supplies the token here, and has not.
fn no_access(app: App) -> AnyView {
    let words = &words().sign_in;
    let retry = UnsyncCallback::new(move |()| app.start());
    view! {
        <section data-screen="sign-in">
            {notice(Worded::of(words.no_access, words.no_access_next), Some(retry))}
        </section>
    }
    .into_any()
}

/// Who is signed in, and the way out. Only staff see it.
fn bar(app: App) -> impl IntoView {
    let words = words();
    let shown = Memo::new(move |_| {
        let portal = app.config.with(|config| config.as_ref().is_some_and(|config| config.mode == Mode::Portal));
        portal && app.organization.with(Option::is_some)
    });
    let name = move || app.organization_name.get().unwrap_or_else(|| words.common.your_account.to_string());
    move || {
        shown.get().then(|| {
            view! {
                <div class="bar" part="bar">
                    <div class="who">{icon(icon::CARD)}<span>{name}</span></div>
                    <button type="button" class="button quiet" data-action="sign-out" on:click=move |_| app.sign_out()>
                        {words.common.sign_out}
                    </button>
                </div>
            }
        })
    }
}

/// One step of the line: its name, whether one may go there, and how.
struct Step {
    name: &'static str,
    action: &'static str,
    go: Option<fn(App)>,
}

/// The step line: where one is, and the way back, which loses nothing.
fn steps(app: App) -> impl IntoView {
    let words = words();
    let line = move || {
        let at = app.at.get();
        let (mut list, mut now) = (Vec::new(), 0);
        if app.has_choice() {
            list.push(Step { name: words.card.step_template, action: "go-to-templates", go: Some(|app| app.go(At::Templates)) });
        } else if at == At::Templates {
            return None;
        }
        let past_choice = list.len();
        list.push(Step { name: words.card.step_details, action: "go-to-details", go: Some(App::edit) });
        let has_photo = app.draft.with(|draft| {
            draft.as_ref().is_some_and(|draft| draft.fields().iter().any(|field| Role::of(field).is_image()))
        });
        let photo = list.len();
        if has_photo {
            list.push(Step { name: words.card.step_photo, action: "go-to-photo", go: Some(App::to_photo) });
        }
        let preview = list.len();
        list.push(Step { name: words.card.step_preview, action: "go-to-preview", go: None });
        list.push(Step { name: words.card.step_done, action: "", go: None });
        match at {
            At::SignIn | At::NoAccess => return None,
            At::Templates => {}
            At::CardForm => now = past_choice,
            At::Photo(_) => now = photo,
            At::Preview => now = preview,
            At::Done => now = preview + 1,
        }
        let items = list.into_iter().enumerate().map(|(place, step)| {
            // Back is always open, but a finished card is finished.
            let go = step.go.filter(|_| place < now && at != At::Done);
            let class = if place < now { "step past" } else if place == now { "step now" } else { "step" };
            let inside = match go {
                Some(go) => view! {
                    <button type="button" class=class data-action=step.action on:click=move |_| go(app)>{step.name}</button>
                }
                .into_any(),
                None => view! {
                    <span class=class aria-current=(place == now).then_some("step")>{step.name}</span>
                }
                .into_any(),
            };
            view! { <li>{inside}</li> }
        });
        let items = items.collect::<Vec<_>>();
        Some(view! { <nav class="steps" aria-label=words.card.steps part="steps"><ol>{items}</ol></nav> })
    };
    line
}
