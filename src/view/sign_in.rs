//! Signing in: the first screen of a portal, and the dialog that comes up over any screen when the token has expired.

use std::rc::Rc;

use crate::flow::{App, Worded};
use crate::reactive::Var;
use crate::ui::button::{button, submit};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::notice::notice;
use crate::ui::text_field::{TextField, text_field};
use crate::ui::{Act, words};

/// The sign-in screen.
pub(super) fn screen(app: App) -> El {
    let words = words().sign_in();
    el("section")
        .class("narrow")
        .attr("data-screen", "sign-in")
        .child(heading(words.title, words.hint, app.cx().moved().get_untracked()))
        .child(form(app, "sign-in", None))
}

/// The same form over whatever screen there is, whose calls wait for it.
pub(super) fn dialog(app: App) -> El {
    let words = words().sign_in();
    let dismiss: Act = Rc::new(move || app.cx().session().dismiss());
    let head = el("div")
        .class("head")
        .child(el("h2").attr("id", "sign-in-again").text(words.again_title))
        .child(el("p").text(words.again_hint));
    let form = form(app, "again", Some(dismiss.clone()));
    crate::ui::dialog::dialog("sign-in-again", dismiss, [head, form])
}

/// What is wrong with an input, in words.
type Flaw = Var<Option<&'static str>>;

fn form(app: App, place: &str, cancel: Option<Act>) -> El {
    let all = words();
    let words = all.sign_in();
    let busy = Var::new(false);
    let failed = Var::new(None::<Worded>);
    let (email_flaw, password_flaw): (Flaw, Flaw) = (Var::new(None), Var::new(None));
    let check_email = move || {
        app.credentials().with_untracked(|typed| match typed.email.trim() {
            "" => Some(words.email_missing),
            email if !email.contains('@') => Some(words.email_wrong),
            _ => None,
        })
    };
    let check_password =
        move || app.credentials().with_untracked(|typed| typed.password.is_empty().then_some(words.password_missing));
    let typed = app.credentials().get_untracked();
    let email = text_field(TextField {
        id: &[place, "-email"].concat(),
        label: words.email,
        required: false,
        kind: "email",
        autocomplete: "username",
        enter: "next",
        name: Some("email"),
        token: None,
        value: &typed.email,
        input: Box::new(move |text| {
            app.credentials().update(|typed| typed.email = text);
            email_flaw.set(None);
        }),
        left: Box::new(move || {
            // Nothing typed yet is no mistake yet.
            if app.credentials().try_with_untracked(|typed| !typed.email.is_empty()) == Some(true) {
                email_flaw.set(check_email());
            }
        }),
        error: Rc::new(move || email_flaw.get().map(str::to_string)),
        count: None,
    });
    let password = text_field(TextField {
        id: &[place, "-password"].concat(),
        label: words.password,
        required: false,
        kind: "password",
        autocomplete: "current-password",
        enter: "go",
        name: Some("password"),
        token: None,
        value: &typed.password,
        input: Box::new(move |text| {
            app.credentials().update(|typed| typed.password = text);
            password_flaw.set(None);
        }),
        left: Box::new(|| {}),
        error: Rc::new(move || password_flaw.get().map(str::to_string)),
        count: None,
    });

    let form = el("form").attr("novalidate", "");
    let focus = {
        let form = form.clone();
        move |selector: &str| {
            if let Ok(Some(input)) = form.element().query_selector(selector) {
                El::from(input).focus_soon();
            }
        }
    };
    let form = form.on("submit", move |event| {
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
        app.cx().spawn(Box::pin(async move {
            let answer = app.sign_in().await;
            // The form is no longer there, since it has signed in.
            if busy.is_gone() {
                return;
            }
            busy.set(false);
            if let Err(why) = answer {
                failed.set(Some(why));
            }
        }));
    });
    let text = move || if busy.get() { words.busy } else { words.submit };
    let actions = el("div")
        .class("actions")
        .child(submit("sign-in", text, move || busy.get()))
        .children(cancel.map(|cancel| button("button", "cancel", all.common().cancel, move || cancel())));
    let told = move |worded: Worded| {
        // A site's own words may lead elsewhere, or nowhere; never into a script.
        let leads = worded.what == words.refused && words.forgotten_at.starts_with("https://");
        let forgotten = leads.then(|| {
            el("p").child(el("a").attr("href", words.forgotten_at).attr("target", "_blank").text(words.forgotten))
        });
        notice(worded, None).children(forgotten)
    };
    form.live(move || failed.get().map(told)).child(email).child(password).child(actions)
}
