//! Whether the kiosk is enrolled at its gateway, and which others are.

use std::rc::Rc;

use web_sys::Event;

use crate::api::{Device, Error};
use crate::flow::kiosk::device::{LONGEST_NAME, Standing};
use crate::flow::{Kiosk, Remote, worded};
use crate::reactive::Var;
use crate::ui::button::{button, submit};
use crate::ui::dialog::dialog;
use crate::ui::dom::{El, el, watch};
use crate::ui::notice::notice;
use crate::ui::text_field::{TextField, text_field_with};
use crate::ui::when::{Show, when_said};
use crate::ui::words;

/// The device that staff are asked about, before it is taken off the list.
type Asked = Var<Option<Device>>;

/// Draws it, where there is a gateway.
pub(super) fn device(kiosk: Kiosk) -> Option<El> {
    if !kiosk.has_gateway() {
        return None;
    }
    let words = words().staff();
    // Drawn anew only where it is otherwise: what is typed stays.
    let standing = Var::new(kiosk.standing());
    watch(Box::new(move || {
        let now = kiosk.standing();
        if standing.with_untracked(|before| *before != now) {
            standing.set(now);
        }
    }));
    let asked: Asked = Var::new(None);
    // All of it at once: nothing is to move under a finger.
    let known = move || match kiosk.devices().with(|list| matches!(list, Remote::Loading)) {
        true => 0,
        false => 1,
    };
    let content = move |is_known| {
        Some(match is_known {
            0 => el("p").class("help").text(words.busy),
            _ => el("div").live(move || Some(own(kiosk, standing.get(), asked))).live(move || others(kiosk, asked)),
        })
    };
    let trouble = move || kiosk.device_trouble().get().map(|worded| notice(worded, None));
    let question = move || Some(question(kiosk, asked.get()?, asked));
    let title = el("h2").text(words.device);
    Some(el("section").class("staff-device").child(title).live(trouble).switch(known, content).live(question))
}

/// This one.
fn own(kiosk: Kiosk, standing: Standing, asked: Asked) -> El {
    let words = words().staff();
    let is_away = kiosk.devices().with(|list| matches!(list, Remote::Failed(Error::NotFound { .. })));
    let (text, can_enrol) = match &standing {
        Standing::ByPage => (words.by_page.to_owned(), false),
        _ if is_away => (words.no_devices.to_owned(), false),
        Standing::Not => (words.not_enrolled.to_owned(), true),
        Standing::Enrolled(name) => (words.enrolled(name), false),
        Standing::Revoked(name) => (words.revoked(name), true),
        Standing::Refused(name) => (words.refused(name), false),
    };
    let told = el("div").class("staff-part").child(el("p").attr("role", "status").text(&text));
    match standing {
        Standing::Not | Standing::Revoked(_) if can_enrol => told.child(form(kiosk)),
        Standing::Enrolled(name) | Standing::Refused(name) if !is_away => {
            let ask = move || asked.set(kiosk.this_device());
            let revoke =
                button("button", "revoke-device", words.revoke, ask).attr("aria-label", &words.revoke_of(&name));
            told.child(el("div").class("actions").child(revoke))
        }
        _ => told,
    }
}

fn form(kiosk: Kiosk) -> El {
    let words = words().staff();
    let (name, is_tried) = (Var::new(String::new()), Var::new(false));
    let flaw = move || {
        name.with(|name| match name.trim().chars().count() {
            0 => Some(words.name_missing.to_owned()).filter(|_| is_tried.get()),
            length if length > LONGEST_NAME => Some(words.name_long.to_owned()),
            _ => None,
        })
    };
    let field = TextField {
        id: "staff-name",
        label: words.name,
        required: false,
        kind: "text",
        autocomplete: "off",
        enter: "go",
        name: Some("device-name"),
        token: None,
        value: "",
        input: Box::new(move |text| name.set(text)),
        left: Box::new(|| {}),
        error: Rc::new(flaw),
        count: None,
    };
    let (field, input) = text_field_with(field, words.name_hint);
    let busy = move || kiosk.device_busy().get();
    let send = move |event: Event| {
        event.prevent_default();
        is_tried.set(true);
        match flaw() {
            None => kiosk.enrol(&name.get_untracked()),
            Some(_) => input.focus_soon(),
        }
    };
    let text = move || if busy() { words.busy } else { words.enrol };
    let actions = el("div").class("actions").child(submit("enrol-device", text, busy));
    el("form").attr("novalidate", "").on("submit", send).child(field).child(actions)
}

/// The others, each to be taken off the list.
fn others(kiosk: Kiosk, asked: Asked) -> Option<El> {
    let all = words();
    let words = all.staff();
    let list = match kiosk.devices().get() {
        Remote::Ready(list) => list,
        Remote::Loading | Remote::Failed(Error::NotFound { .. }) => return None,
        Remote::Failed(error) => {
            return Some(notice(worded(all, &error), Some(Rc::new(move || kiosk.list_devices()))));
        }
    };
    let others: Vec<El> = list
        .iter()
        .filter(|device| !kiosk.is_this(device))
        .map(|device| {
            let since = words.since(&when_said(&device.enrolled_at, all.locale(), Show::Day));
            let ask = {
                let device = device.clone();
                move || asked.set(Some(device.clone()))
            };
            let revoke =
                button("button", "revoke-device", words.revoke, ask).attr("aria-label", &words.revoke_of(&device.name));
            let about = el("span")
                .child(el("b").text(&device.name))
                .child(el("span").class("help").text(&[" ", &since].concat()));
            el("li").child(about).child(revoke)
        })
        .collect();
    (!others.is_empty())
        .then(|| el("div").class("staff-part").child(el("h3").text(words.others)).child(el("ul").children(others)))
}

/// Whether it is really to be taken off.
fn question(kiosk: Kiosk, device: Device, asked: Asked) -> El {
    let words = words().staff();
    let title = el("h2").attr("id", "staff-revoke").text(&words.revoke_of(&device.name));
    let about = el("p").text(&words.revoke_ask(&device.name));
    let keep = button("button primary", "cancel", words.revoke_stay, move || asked.set(None));
    let revoke = button("button", "confirm", words.revoke, move || {
        asked.set(None);
        kiosk.revoke(&device.id);
    });
    let group = el("div").class("kiosk-group").child(about).child(el("div").class("actions").child(keep).child(revoke));
    dialog("staff-revoke", Rc::new(move || asked.set(None)), [title, group]).class("kiosk-dialog")
}
