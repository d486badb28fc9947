//! What a person reads, or agrees to, before their first photo.

use std::any::Any;
use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::config::Mode;
use crate::flow::{CardFlow, HostEvent, Worded};
use crate::i18n::terms::Terms as Words;
use crate::ui::dom::{El, el, watch};
use crate::ui::notice::notice;
use crate::ui::words;

/// The page's `consent`.
struct Consent {
    text: String,
    /// Where all of it can be read.
    link: Option<String>,
    /// Whether it is to be agreed to.
    required: bool,
}

/// Draws it. What a page has given that cannot be read lets no photo through: it may be what the law wants.
pub(super) fn consent(card: CardFlow, given: &Rc<dyn Any>) -> El {
    let words = words().terms();
    let value = given.downcast_ref::<JsValue>().cloned().unwrap_or_default();
    match read(&value, words) {
        Ok(consent) => draw(card, consent, words),
        Err(flaw) => {
            let message = words.not_usable(&flaw);
            card.cx().tell(HostEvent::Error { code: "configuration", message: message.clone() });
            notice(Worded::of(&message, ""), None)
        }
    }
}

fn draw(card: CardFlow, consent: Consent, words: &'static Words) -> El {
    // A kiosk's links lead nowhere.
    let link = consent
        .link
        .filter(|_| card.cx().mode() != Mode::Kiosk)
        .map(|link| el("a").attr("href", &link).attr("target", "_blank").attr("rel", "noopener").text(words.read_more));
    let text = el("span").text(&consent.text);
    if !consent.required {
        card.agreed().set(true);
        return el("div").class("consent").child(el("p").child(text)).children(link);
    }
    let input = el("input").attr("type", "checkbox").attr("name", "consent").attr("aria-required", "true");
    let shown = input.clone();
    watch(Box::new(move || shown.input().set_checked(card.agreed().get())));
    let ticked = input.clone();
    let input = input.on("change", move |_| card.agreed().set(ticked.input().checked()));
    el("div").class("consent").child(el("label").class("consent-choice").child(input).child(text)).children(link)
}

fn read(value: &JsValue, words: &Words) -> Result<Consent, String> {
    let object: &Object = value.dyn_ref().ok_or(words.not_object)?;
    let known = ["text", "link", "required"];
    let names = Object::keys(object).iter().filter_map(|name| name.as_string()).find(|name| !known.contains(&&**name));
    if let Some(name) = names {
        return Err(words.unknown(&name));
    }
    let get = |name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
    let text = get("text").as_string().map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
    let text = text.ok_or(words.no_text)?;
    let link = get("link");
    let link = if link.is_undefined() || link.is_null() { None } else { Some(address(&link, words)?) };
    let required = get("required");
    let required = match required.as_bool() {
        Some(required) => required,
        None if required.is_undefined() => false,
        None => return Err(words.not_flag.to_string()),
    };
    Ok(Consent { text, link, required })
}

/// Where a link leads: to the page's own site, or anywhere by https. Nothing else, `javascript:` least of all.
fn address(link: &JsValue, words: &Words) -> Result<String, String> {
    let text = link.as_string().unwrap_or_default();
    let flaw = || words.bad_link(&text);
    let page = leptos::prelude::document().base_uri().ok().flatten().unwrap_or_default();
    let url = web_sys::Url::new_with_base(&text, &page).map_err(|_| flaw())?;
    let own = web_sys::Url::new(&page).map_err(|_| flaw())?.origin();
    if text.is_empty() || (url.protocol() != "https:" && url.origin() != own) { Err(flaw()) } else { Ok(url.href()) }
}
