//! What the page gives in properties of the element, read as it is there.

use std::any::Any;
use std::cell::{Cell, RefCell};

use js_sys::{Array, JsString, Number, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use crate::domain::given::{Flaw, Given, Wish, Worth, place};

/// The object into which the element's class puts what the page gives.
#[derive(Debug)]
pub struct Properties {
    object: Object,
    /// The files that are given now: each has a number of its own, for as long as the page gives it.
    files: RefCell<Vec<(u32, Blob)>>,
    last: Cell<u32>,
}

impl Properties {
    /// Of the object itself; none where it is something else.
    pub fn of(page: &dyn Any) -> Option<Properties> {
        let object = page.downcast_ref::<Object>()?.clone();
        Some(Properties { object, files: RefCell::default(), last: Cell::new(0) })
    }

    /// The file with a number.
    pub fn file(&self, number: u32) -> Option<Blob> {
        self.files.borrow().iter().find(|(known, _)| *known == number).map(|(_, file)| file.clone())
    }

    /// What is given now.
    pub fn read(&self) -> Given {
        let (mut given, mut files) = (Given::default(), Vec::new());
        given.prefill = self.worths("prefill", &mut files, &mut given.flaws);
        given.address = self.worths("shippingAddress", &mut files, &mut given.flaws);
        match members(&self.property("fields")) {
            None => given.flaws.push(Flaw::NoObject("fields".to_owned())),
            Some(fields) => {
                for (token, wanted) in fields {
                    let wish = self.wish(&token, &wanted, &mut files, &mut given.flaws);
                    given.fields.push((token, wish));
                }
            }
        }
        self.files.replace(files);
        given
    }

    fn property(&self, name: &str) -> JsValue {
        Reflect::get(&self.object, &name.into()).unwrap_or_default()
    }

    /// The values of a property, by their names.
    fn worths(&self, name: &str, files: &mut Vec<(u32, Blob)>, flaws: &mut Vec<Flaw>) -> Vec<(String, Worth)> {
        let Some(members) = members(&self.property(name)) else {
            flaws.push(Flaw::NoObject(name.to_owned()));
            return Vec::new();
        };
        members.into_iter().filter_map(|(name, value)| Some((name, self.worth(&value, files)?))).collect()
    }

    fn wish(&self, token: &str, wanted: &JsValue, files: &mut Vec<(u32, Blob)>, flaws: &mut Vec<Flaw>) -> Wish {
        let (mut wish, at) = (Wish::default(), place(token));
        let Some(members) = members(wanted) else {
            flaws.push(Flaw::NoObject(at));
            return wish;
        };
        for (name, value) in members {
            let at = [&at, ".", &name].concat();
            match name.as_str() {
                "value" => wish.value = self.worth(&value, files),
                "locked" | "hidden" => {
                    let Some(is) = value.as_bool().or(is_nothing(&value).then_some(false)) else {
                        flaws.push(Flaw::NoTruth(at));
                        continue;
                    };
                    *if name == "locked" { &mut wish.locked } else { &mut wish.hidden } = is;
                }
                _ => flaws.push(Flaw::NoMember(at)),
            }
        }
        wish
    }

    /// What a value is; none where there is none.
    fn worth(&self, value: &JsValue, files: &mut Vec<(u32, Blob)>) -> Option<Worth> {
        if is_nothing(value) {
            return None;
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            // Each letter with its accent as one character, as of what is typed.
            return Some(Worth::Text(text.normalize("NFC").into()));
        }
        // A number is printed by the browser: printing floats takes kilobytes of code.
        if let Some(text) = value.dyn_ref::<Number>().and_then(|number| number.to_string_with_radix(10).ok()) {
            return Some(Worth::Text(text.into()));
        }
        // One of another frame of the page is no instance of ours.
        let kind = value.dyn_ref::<Object>().map(|object| String::from(object.to_string())).unwrap_or_default();
        if kind != "[object Blob]" && kind != "[object File]" {
            return Some(Worth::Neither);
        }
        let file: &Blob = value.unchecked_ref();
        let known = |files: &[(u32, Blob)]| files.iter().find(|(_, known)| known == file).map(|(number, _)| *number);
        let number = known(&self.files.borrow()).or_else(|| known(files)).unwrap_or_else(|| {
            self.last.set(self.last.get().wrapping_add(1));
            self.last.get()
        });
        files.push((number, file.clone()));
        Some(Worth::File(number))
    }
}

fn is_nothing(value: &JsValue) -> bool {
    value.is_null() || value.is_undefined()
}

/// The members of an object, or of nothing; none of anything else.
fn members(value: &JsValue) -> Option<Vec<(String, JsValue)>> {
    if is_nothing(value) {
        return Some(Vec::new());
    }
    let object = value.dyn_ref::<Object>().filter(|object| !Array::is_array(object))?;
    let pairs = Object::entries(object);
    let pairs = pairs.iter().map(|pair| Array::from(&pair));
    Some(pairs.filter_map(|pair| Some((pair.get(0).as_string()?, pair.get(1)))).collect())
}
