//! What not every browser has, asked for by name: what is not there is nothing.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// A property; undefined where there is none.
pub(crate) fn get(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// Sets a property, where it can be set.
pub(crate) fn set(of: &JsValue, name: &str, value: &JsValue) {
    // What cannot be set stays as it is.
    let _ = Reflect::set(of, &name.into(), value);
}

/// Calls a method, and gives what it gives; none where there is none, or it throws.
pub(crate) fn call(of: &JsValue, name: &str, given: &[JsValue]) -> Option<JsValue> {
    let method: Function = get(of, name).dyn_into().ok()?;
    let all: Array = given.iter().collect();
    Reflect::apply(&method, of, &all).ok()
}

/// What is at these selectors within it.
pub(crate) fn all(within: &JsValue, selectors: &str) -> Vec<HtmlElement> {
    let all = call(within, "querySelectorAll", &[selectors.into()]);
    all.map(|all| Array::from(&all).iter().map(|element| element.unchecked_into()).collect()).unwrap_or_default()
}

/// Makes one of what has this name.
pub(crate) fn make(name: &str, given: &[JsValue]) -> Option<JsValue> {
    let kind: Function = get(&js_sys::global(), name).dyn_into().ok()?;
    Reflect::construct(&kind, &given.iter().collect()).ok()
}

/// A plain object with these members.
pub(crate) fn object<const N: usize>(members: [(&str, JsValue); N]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in members {
        set(&object, name, &value);
    }
    object.into()
}
