//! What a device keeps over a restart: the browser's local storage.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::world::DeviceStore;

/// The browser's local storage.
#[derive(Debug)]
pub struct LocalStorage;

/// Calls a method of it. A page may not be let have it, or it is full.
fn call(method: &str, given: &[&str]) -> Option<JsValue> {
    let storage = Reflect::get(&js_sys::global(), &"localStorage".into()).ok()?;
    let method: Function = Reflect::get(&storage, &method.into()).ok()?.dyn_into().ok()?;
    let given = given.iter().map(|text| JsValue::from_str(text)).collect();
    Reflect::apply(&method, &storage, &given).ok()
}

impl DeviceStore for LocalStorage {
    fn read(&self, name: &str) -> Option<String> {
        call("getItem", &[name])?.as_string()
    }

    fn write(&self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => call("setItem", &[name, text]),
            None => call("removeItem", &[name]),
        };
    }
}
