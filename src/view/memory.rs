//! What outlives a reload of the page, for a page that wants it: see [`super::extras`].

mod question;

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsCast;

use crate::browser::SessionStore;
use crate::flow::App;
use crate::ui::dom::watch;

pub(super) use question::draw;

/// Gives the widget the tab's storage, once, and goes on with what is there.
pub(super) fn begin(app: App) {
    let memory = app.memory();
    if !memory.is_connected() {
        memory.connect(Rc::new(SessionStore::new()), Rc::new(move || given(app).unwrap_or_default()));
        app.cx().keep(|| watch(Box::new(move || memory.keep())));
    }
    memory.go_on_remembering();
}

/// What the page gives for the fields, as JSON: somebody else mostly has something else.
fn given(app: App) -> Option<String> {
    let page = app.card().page()?;
    let page = page.downcast_ref::<Object>()?;
    let of = |name: &str| Reflect::get(page, &name.into()).ok();
    let json = Reflect::get(web_sys::window()?.as_ref(), &"JSON".into()).ok()?;
    let stringify: Function = Reflect::get(&json, &"stringify".into()).ok()?.dyn_into().ok()?;
    // What cannot be written, as what has itself in it, is no help.
    stringify.call1(&json, &Array::of2(&of("prefill")?, &of("fields")?)).ok()?.as_string()
}
