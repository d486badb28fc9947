//! Typing into a field as a keyboard does: at the caret, in place of what is chosen, and told of by `input`.
//!
//! What of the browser nothing else here needs is asked for by name: each function of its own would be paid before the first
//! screen, in kiosks or not.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::browser::js::{all, call, get, make, object, set};

/// What a text is typed into.
const TEXTS: [&str; 6] = ["text", "email", "password", "tel", "url", "search"];

fn text_of(field: &HtmlInputElement, name: &str) -> String {
    get(field, name).as_string().unwrap_or_default()
}

/// The field's `type`.
pub(super) fn type_of(field: &HtmlInputElement) -> String {
    text_of(field, "type")
}

/// The field's `name`.
pub(super) fn name_of(field: &HtmlInputElement) -> String {
    text_of(field, "name")
}

/// The element as a field for texts, if it is one.
pub(super) fn text_field(element: &Element) -> Option<HtmlInputElement> {
    let is_input = element.tag_name() == "INPUT";
    let field: HtmlInputElement = element.clone().unchecked_into();
    let is_closed = || get(&field, "disabled").is_truthy() || get(&field, "readOnly").is_truthy();
    (is_input && TEXTS.contains(&type_of(&field).as_str()) && !is_closed()).then_some(field)
}

/// Makes it a field that the machine's own keyboard stays away from, and whose caret can be found: browsers tell no caret of an
/// address of mail, which for everything else is a text here.
pub(super) fn prepare(field: &HtmlInputElement) {
    set(field, "inputMode", &"none".into());
    if type_of(field) == "email" {
        set(field, "type", &"text".into());
    }
}

/// How long a text is, in UTF-16 units, as the browser counts.
fn length(text: &str) -> u32 {
    text.chars().map(|letter| letter.len_utf16() as u32).sum()
}

/// What is chosen, in UTF-16 units; where the caret stands, if nothing is.
fn chosen(field: &HtmlInputElement) -> (u32, u32) {
    let at = |name| get(field, name).as_f64().map_or_else(|| length(&field.value()), |at| at as u32);
    (at("selectionStart"), at("selectionEnd"))
}

/// Types a letter, in place of the one before it where it is to be `instead` of it. Not where there is no more room.
pub(super) fn insert(field: &HtmlInputElement, letter: char, instead: bool) {
    let (start, end) = chosen(field);
    let start = if instead && start == end { before(field, start) } else { start };
    let length = length(&field.value()) - (end - start) + letter.len_utf16() as u32;
    // Less than none where there is no limit.
    let limit = get(field, "maxLength").as_f64().filter(|limit| *limit >= 0.0);
    if limit.is_none_or(|limit| f64::from(length) <= limit) {
        put(field, &letter.to_string(), (start, end), "insertText");
    }
}

/// Takes away what is chosen, or what stands before the caret and looks like one letter.
pub(super) fn back(field: &HtmlInputElement) {
    let (start, end) = chosen(field);
    let start = if start == end { before(field, start) } else { start };
    if start < end {
        put(field, "", (start, end), "deleteContentBackward");
    }
}

/// Where what looks like one letter begins that ends at `at`: one with an accent of its own, or a flag, is several characters.
fn before(field: &HtmlInputElement, at: u32) -> u32 {
    let begins = || {
        let mut left = at;
        let is_before = |letter: &char| match left.checked_sub(letter.len_utf16() as u32) {
            Some(rest) => {
                left = rest;
                true
            }
            None => false,
        };
        let text: String = field.value().chars().take_while(is_before).collect();
        let segmenter: Function = get(&get(&js_sys::global(), "Intl"), "Segmenter").dyn_into().ok()?;
        let segmenter = Reflect::construct(&segmenter, &Array::new()).ok()?;
        let pieces = Array::from(&call(&segmenter, "segment", &[text.into()])?);
        get(&pieces.get(pieces.length().checked_sub(1)?), "index").as_f64()
    };
    begins().map_or(at.saturating_sub(1), |begins| begins as u32)
}

fn put(field: &HtmlInputElement, text: &str, (start, end): (u32, u32), kind: &str) {
    call(field, "setRangeText", &[text.into(), start.into(), end.into(), "end".into()]);
    // What is typed at the end of a long text is to be seen.
    if chosen(field).1 == length(&field.value()) {
        set(field, "scrollLeft", &get(field, "scrollWidth"));
    }
    let yes = JsValue::TRUE;
    let about = [("bubbles", yes.clone()), ("composed", yes), ("inputType", kind.into()), ("data", text.into())];
    if let Some(event) = make("InputEvent", &["input".into(), object(about)]) {
        call(field, "dispatchEvent", &[event]);
    }
}

/// What of the field's form is at these selectors.
fn of_form(field: &HtmlInputElement, selectors: &str) -> Vec<HtmlElement> {
    all(&get(field, "form"), selectors)
}

/// The field of the form that comes after this one, of those that are to be seen.
fn after(field: &HtmlInputElement) -> Option<HtmlElement> {
    let mut all = of_form(field, "input, select").into_iter();
    all.find(|element| **element == ***field);
    all.find(|element| {
        let is_shown = get(element, "offsetWidth").as_f64() > Some(0.0);
        is_shown && (element.tag_name() == "SELECT" || text_field(element).is_some())
    })
}

/// Whether another field comes after this one.
pub(super) fn has_next(field: &HtmlInputElement) -> bool {
    after(field).is_some()
}

/// Goes on to the next field, or does what Enter does in the last one. False where there is nothing of the kind.
pub(super) fn go_on(field: &HtmlInputElement) -> bool {
    if let Some(next) = after(field) {
        return next.focus().is_ok();
    }
    of_form(field, "[type=submit]").first().and_then(|send| call(send, "click", &[])).is_some()
}
