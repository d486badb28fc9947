//! What is for staff: signing in, how the kiosk is doing, and the way out of it.

mod camera;
mod device;

use std::rc::Rc;

use leptos::prelude::queue_microtask;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, KeyboardEvent};

use super::listen::Bound;
use crate::browser::js::{call, get, make, object};
use crate::flow::{App, Kiosk};
use crate::reactive::Var;
use crate::ui::button::{button, submit};
use crate::ui::dom::{El, el};
use crate::ui::heading::heading;
use crate::ui::notice::notice;
use crate::ui::text_field::{TextField, text_field};
use crate::ui::words;

/// The key that staff press with Control, Alt and Shift, where there is a keyboard, or a switch that presses keys.
const KEY: &str = "KeyS";

/// Hears of that key, for as long as `layer` is drawn.
pub(super) fn listen(layer: &Element, kiosk: Kiosk) {
    let heard = move |event: Event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        let is_ours = key.ctrl_key() && key.alt_key() && get(key, "shiftKey").is_truthy();
        if is_ours && get(key, "code").as_string().as_deref() == Some(KEY) {
            event.prevent_default();
            kiosk.call_staff();
        }
    };
    // What is typed within does not come to the window.
    let all = Var::new(Vec::new());
    let layer = layer.clone();
    queue_microtask(move || {
        if !all.is_gone() {
            let root: EventTarget = layer.get_root_node().into();
            let window = web_sys::window().map(EventTarget::from);
            all.set([root].into_iter().chain(window).map(|target| Bound::new(target, "keydown", heard)).collect());
        }
    });
}

fn section(title: &str, hint: &str) -> El {
    el("section").class("staff").attr("data-screen", "staff").child(heading(title, hint, true))
}

/// They are asked who they are.
pub(super) fn sign_in(kiosk: Kiosk) -> El {
    let all = words();
    let (words, staff) = (all.sign_in(), all.staff());
    let (email, password) = (Var::new(String::new()), Var::new(String::new()));
    let is_tried = Var::new(false);
    let missing = move |of: Var<String>, text: &'static str| -> Rc<dyn Fn() -> Option<String>> {
        Rc::new(move || (is_tried.get() && of.with(|text| text.trim().is_empty())).then(|| text.to_string()))
    };
    let field = |name: &'static str, label, kind, enter, of: Var<String>, text| {
        text_field(TextField {
            id: &["staff-", name].concat(),
            label,
            required: false,
            kind,
            autocomplete: "off",
            enter,
            name: Some(name),
            token: None,
            value: "",
            input: Box::new(move |text| of.set(text)),
            left: Box::new(|| {}),
            error: missing(of, text),
            count: None,
        })
    };
    let fields = [
        field("email", words.email, "email", "next", email, words.email_missing),
        field("password", words.password, "password", "go", password, words.password_missing),
    ];
    let form = el("form").attr("novalidate", "");
    let shown = form.clone();
    let send = move |event: Event| {
        event.prevent_default();
        is_tried.set(true);
        for (name, of) in [("email", email), ("password", password)] {
            if of.with_untracked(|text| text.trim().is_empty()) {
                if let Ok(Some(input)) = shown.element().query_selector(&["[name=", name, "]"].concat()) {
                    El::from(input).focus_soon();
                }
                return;
            }
        }
        kiosk.sign_staff_in(email.get_untracked(), password.get_untracked());
    };
    let busy = move || kiosk.staff_busy().get();
    let wait = move || match kiosk.staff_wait().get() {
        0 => String::new(),
        seconds => staff.wait(&seconds.to_string()),
    };
    let actions = el("div")
        .class("actions")
        .child(submit(
            "sign-in",
            move || if busy() { words.busy } else { words.submit },
            move || busy() || kiosk.staff_wait().get() > 0,
        ))
        .child(button("button", "cancel", staff.back, move || kiosk.staff_away()));
    let form = form
        .on("submit", send)
        .live(move || kiosk.staff_trouble().get().map(|worded| notice(worded, None)))
        // Each second of it is for the eye.
        .child(el("p").class("staff-wait").live_text(wait).hidden(move || kiosk.staff_wait().get() == 0))
        .children(fields)
        .child(actions);
    section(staff.title, staff.hint).child(form).child(closes(kiosk))
}

/// When all of it goes by itself.
fn closes(kiosk: Kiosk) -> El {
    let words = words().staff();
    el("p").class("help").live_text(move || words.closes(&kiosk.staff_left().get().to_string()))
}

/// How the kiosk is doing.
pub(super) fn panel(app: App) -> El {
    let words = words().staff();
    let kiosk = app.kiosk();
    let config = app.cx().config().get_untracked();
    let server = config.as_ref().map(|config| config.endpoint.base().to_owned()).unwrap_or_default();
    let timeout = config.map_or(0, |config| config.idle_timeout);
    let name = app.organization_name().get_untracked().unwrap_or_default();
    let fact = |label: &str, value: String| [el("dt").text(label), el("dd").text(&value)];
    let count = |label: &str, value: Box<dyn Fn() -> String>| [el("dt").text(label), el("dd").live_text(value)];
    let facts = el("dl").children(
        [
            fact(words.version, version()),
            fact(words.server, server),
            fact(words.idle, words.seconds(&timeout.to_string())),
            count(words.served, Box::new(move || kiosk.tally().get().served.to_string())),
            count(words.abandoned, Box::new(move || kiosk.tally().get().abandoned.to_string())),
            fact(words.unsettled, kiosk.unsettled().to_string()),
        ]
        .into_iter()
        .flatten(),
    );
    let place = el("div").class("actions");
    let shown = place.element().clone();
    let leave = move || {
        kiosk.leave_kiosk();
        tell_left(&shown);
    };
    let actions = place
        .child(button("button primary", "close", words.close, move || kiosk.staff_away()))
        .child(button("button", "leave-kiosk", words.leave, leave));
    section(words.panel, &name)
        .child(facts)
        .child(camera::camera(kiosk))
        .child(actions)
        .children(device::device(kiosk))
        .child(closes(kiosk))
}

/// Which version of the widget it is, and which build of it, as the element's class says.
fn version() -> String {
    let built = call(&get(&js_sys::global(), "customElements"), "get", &["instant-card".into()]);
    let built = built.and_then(|class| get(&class, "version").as_string());
    match built {
        Some(built) => [env!("CARGO_PKG_VERSION"), " (", &built, ")"].concat(),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    }
}

/// Tells the page that kiosk mode was left, as an event of the element.
fn tell_left(within: &Element) {
    let host = get(&within.get_root_node(), "host");
    let about = object([("bubbles", JsValue::TRUE), ("composed", JsValue::TRUE)]);
    if let Some(event) = make("CustomEvent", &["ic-kiosk-left".into(), about]) {
        call(&host, "dispatchEvent", &[event]);
    }
}

/// Kiosk mode is off.
pub(super) fn left(kiosk: Kiosk) -> El {
    let words = words().staff();
    let begin = button("button primary", "begin-kiosk", words.begin, move || kiosk.begin_kiosk());
    section(words.left, words.left_about).child(el("div").class("actions").child(begin))
}
