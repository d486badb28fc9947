//! What countries are called, by the browser's knowledge of it.

use js_sys::Intl::{Collator, DisplayNames};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::domain::country::countries;

/// Code of three letters and name of each country, in the order of their names in a language.
pub(crate) fn countries_by_name(locale: &str) -> Vec<(String, String)> {
    let locales = Array::of1(&locale.into());
    let options = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&options, &"type".into(), &"region".into());
    let names = DisplayNames::new(&locales, &options);
    let compare = Collator::new(&locales, &Object::new()).compare();
    let list: Array = countries()
        .map(|country| {
            let name = names.of(country.two).map_or(country.three.to_owned(), String::from);
            JsValue::from([&name, "\t", country.three].concat())
        })
        .collect();
    list.sort_by(&mut |one, other| {
        let order = compare.call2(&JsValue::UNDEFINED, &one, &other);
        order.ok().and_then(|order| order.as_f64()).unwrap_or_default() as i32
    });
    let entry = |entry: JsValue| {
        let entry = entry.as_string()?;
        let (name, code) = entry.split_once('\t')?;
        Some((code.to_owned(), name.to_owned()))
    };
    list.iter().filter_map(entry).collect()
}
