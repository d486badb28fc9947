//! The page's own words in place of ours, as the page gives them: see [`super::extras`].

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::own_words::own_words;
use crate::i18n::{Locale, OwnWords};

/// Takes the words that a page gives, and adds what is wrong with them, in a language.
pub(super) type Take = fn(&JsValue, Locale, &mut Vec<String>) -> Option<OwnWords>;

pub(super) const TAKE: Take = |given, locale, flaws| {
    if given.loose_eq(&JsValue::NULL) {
        return None;
    }
    own_words(given.dyn_ref().map(members), locale).unwrap_or_else(|mut wrong| {
        flaws.append(&mut wrong);
        None
    })
};

/// The members of an object, with their texts; none for one that is no text.
fn members(object: &Object) -> Vec<(String, Option<String>)> {
    let pairs = Object::entries(object);
    let pairs = pairs.iter().map(|pair| Array::from(&pair));
    pairs.filter_map(|pair| Some((pair.get(0).as_string()?, pair.get(1).as_string()))).collect()
}
