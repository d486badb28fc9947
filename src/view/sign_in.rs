//! Signing in: the first screen of a portal, and the dialog that comes up over any screen when the token has expired.

use leptos::html::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, SubmitEvent};

use super::app::App;
use crate::api::Error;
use crate::ui::heading::heading;
use crate::ui::notice::{Worded, notice, worded};
use crate::ui::text_field::{TextField, TextFieldWatch, text_field};
use crate::ui::words;

/// The sign-in screen.
pub(super) fn screen(app: App) -> AnyView {
    let words = &words().sign_in;
    view! {
        <section class="narrow" data-screen="sign-in">
            {heading(words.title, words.hint, app.moved.get_untracked())}
            {form(app, "sign-in", None)}
        </section>
    }
    .into_any()
}

/// The same form over whatever screen there is, whose calls wait for it.
pub(super) fn dialog(app: App) -> AnyView {
    let words = &words().sign_in;
    let dismiss = UnsyncCallback::new(move |()| app.session().dismiss());
    let content = view! {
        <div class="head">
            <h2 id="sign-in-again">{words.again_title}</h2>
            <p>{words.again_hint}</p>
        </div>
        {form(app, "again", Some(dismiss))}
    };
    crate::ui::dialog::dialog("sign-in-again", dismiss, content.into_any()).into_any()
}

/// Which of the two fields is wrong, in words.
type Flaw = Option<&'static str>;

fn form(app: App, place: &'static str, cancel: Option<UnsyncCallback<()>>) -> AnyView {
    let all = words();
    let words = &all.sign_in;
    let busy = RwSignal::new(false);
    let failed = RwSignal::new_local(None::<Worded>);
    let (email_flaw, password_flaw) = (RwSignal::new(Flaw::None), RwSignal::new(Flaw::None));
    let check_email = move || {
        app.credentials.with_untracked(|typed| match typed.email.trim() {
            "" => Some(words.email_missing),
            email if !email.contains('@') => Some(words.email_wrong),
            _ => None,
        })
    };
    let check_password =
        move || app.credentials.with_untracked(|typed| typed.password.is_empty().then_some(words.password_missing));
    let node = NodeRef::<Form>::new();
    let focus = move |id: &str| {
        let input = node.get_untracked().and_then(|form| form.query_selector(id).ok().flatten());
        if let Some(input) = input {
            // It is there and enabled, so it takes the focus.
            let _ = input.unchecked_into::<HtmlElement>().focus();
        }
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        email_flaw.set(check_email());
        password_flaw.set(check_password());
        if email_flaw.get_untracked().is_some() {
            return focus("[name=email]");
        }
        if password_flaw.get_untracked().is_some() {
            return focus("[name=password]");
        }
        busy.set(true);
        failed.set(None);
        spawn_local(async move {
            let answer = app.sign_in().await;
            // Given back: the form is no longer there, since it has signed in.
            if busy.try_set(false).is_some() {
                return;
            }
            if let Err(error) = answer {
                failed.set(Some(match error {
                    Error::Unauthorized { .. } => Worded::of(words.refused, ""),
                    error => worded(all, &error),
                }));
            }
        });
    };
    let typed = app.credentials.get_untracked();
    let email = text_field(
        TextField {
            id: format!("{place}-email"),
            label: words.email.to_string(),
            required: false,
            kind: "email",
            autocomplete: "username",
            enter: "next",
            name: Some("email"),
            token: None,
            value: typed.email.into(),
        },
        TextFieldWatch {
            input: UnsyncCallback::new(move |text| {
                app.credentials.update(|typed| typed.email = text);
                email_flaw.set(None);
            }),
            left: UnsyncCallback::new(move |()| {
                // Nothing typed yet is no mistake yet.
                if app.credentials.with_untracked(|typed| !typed.email.is_empty()) {
                    email_flaw.set(check_email());
                }
            }),
            error: Signal::derive_local(move || email_flaw.get().map(str::to_string)),
            count: None,
        },
    );
    let password = text_field(
        TextField {
            id: format!("{place}-password"),
            label: words.password.to_string(),
            required: false,
            kind: "password",
            autocomplete: "current-password",
            enter: "go",
            name: Some("password"),
            token: None,
            value: typed.password.into(),
        },
        TextFieldWatch {
            input: UnsyncCallback::new(move |text| {
                app.credentials.update(|typed| typed.password = text);
                password_flaw.set(None);
            }),
            left: UnsyncCallback::new(move |()| {}),
            error: Signal::derive_local(move || password_flaw.get().map(str::to_string)),
            count: None,
        },
    );
    let cancel = cancel.map(|cancel| {
        view! {
            <button type="button" class="button" data-action="cancel" on:click=move |_| cancel.run(())>
                {all.common.cancel}
            </button>
        }
    });
    let failure = move || failed.get().map(|worded| notice(worded, None));
    view! {
        <form novalidate="" node_ref=node on:submit=submit>
            {failure}
            {email}
            {password}
            <div class="actions">
                <button type="submit" class="button primary" data-action="sign-in"
                    aria-disabled=move || busy.get().then_some("true")>
                    {move || if busy.get() { words.busy } else { words.submit }}
                </button>
                {cancel}
            </div>
        </form>
    }
    .into_any()
}
