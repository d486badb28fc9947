//! Events out: what happens inside, told to the page as bubbling, composed `ic-*` events.
//!
//! No event carries a password, a token, a payment card or a photo: [`HostEvent`] has no place for one.

use std::rc::Rc;

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::flow::HostEvent;

/// A function that dispatches each event on `host`.
pub(super) fn to(host: HtmlElement) -> Rc<dyn Fn(HostEvent)> {
    Rc::new(move |event| {
        let (event, refused) = match event {
            HostEvent::Before(event, refused) => (*event, Some(refused)),
            event => (event, None),
        };
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
                if refused.is_some() { "ic-before-submit" } else { "ic-order-submitted" }
            }
            HostEvent::FundsAdded { cents, currency } => {
                put("cents", JsValue::from_f64(cents as f64));
                put("currency", currency.into());
                if refused.is_some() { "ic-before-pay" } else { "ic-funds-added" }
            }
            // Nothing comes before it.
            HostEvent::Before(..) => return,
            HostEvent::Error { code, message } => {
                put("code", code.into());
                put("message", message.into());
                "ic-error"
            }
        };
        // The element's class dispatches it, and gives the reason where the page says no to what it may say no to.
        let tell = Reflect::get(&host, &"tell".into()).unwrap_or_default();
        let Ok(tell) = tell.dyn_into::<Function>() else { return };
        let answer = tell.call3(&host, &name.into(), &detail, &refused.is_some().into());
        if let (Some(refused), Ok(answer)) = (refused, answer) {
            refused.replace(answer.as_string());
        }
    })
}
