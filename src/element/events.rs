//! Events out: what happens inside, told to the page as bubbling, composed `ic-*` events.
//!
//! No event carries a password, a token, a payment card or a photo: [`HostEvent`] has no place for one.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::flow::HostEvent;

/// A function that dispatches each event on `host`.
pub(super) fn to(host: HtmlElement) -> Rc<dyn Fn(HostEvent)> {
    Rc::new(move |event| {
        let detail = Object::new();
        let put = |name: &str, value: JsValue| {
            // Setting a member of a plain object of our own does not fail.
            let _ = Reflect::set(&detail, &name.into(), &value);
        };
        // An id stays exact as a number up to 2^53, far above what the server counts to.
        let number = |id: u64| JsValue::from_f64(id as f64);
        let name = match event {
            HostEvent::Ready => "ic-ready",
            HostEvent::SignIn { organization } => {
                put("organizationId", number(organization.0));
                "ic-sign-in"
            }
            HostEvent::SignOut => "ic-sign-out",
            HostEvent::CardCreated { card, template } => {
                put("cardId", number(card.0));
                put("templateId", number(template.0));
                "ic-card-created"
            }
            HostEvent::CardUpdated { card, template } => {
                put("cardId", number(card.0));
                put("templateId", number(template.0));
                "ic-card-updated"
            }
            HostEvent::CardFinalized { card, template } => {
                put("cardId", number(card.0));
                put("templateId", number(template.0));
                "ic-card-finalized"
            }
            HostEvent::CartChanged { cards, copies } => {
                put("cards", number(cards));
                put("copies", number(copies));
                "ic-cart-changed"
            }
            HostEvent::OrderSubmitted { jobs, cards, copies } => {
                let list: js_sys::Array = jobs.into_iter().map(|job| number(job.0)).collect();
                put("printJobIds", list.into());
                put("cards", number(cards));
                put("copies", number(copies));
                "ic-order-submitted"
            }
            HostEvent::FundsAdded { cents, currency } => {
                put("cents", JsValue::from_f64(cents as f64));
                put("currency", currency.into());
                "ic-funds-added"
            }
            HostEvent::Error { code, message } => {
                put("code", code.into());
                put("message", message.into());
                "ic-error"
            }
        };
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&detail);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            let _ = host.dispatch_event(&event);
        }
    })
}
