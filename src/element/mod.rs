//! The boundary with the host page: attributes and properties in, events out, mounting and unmounting.
//!
//! `instant-card.js` beside this file is the custom element's class; it makes one [`Widget`] for each connected element
//! and tells it what the page changes. Everything inside is Rust's.

mod attributes;
#[cfg(test)]
#[allow(dead_code, unused_imports, reason = "most of it is for documents, which are made of it elsewhere")]
mod contract;
mod events;
mod setup;

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::Owner;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, ShadowRoot};

use crate::browser::Tasks;
use crate::flow::App;
use crate::flow::app::Loader;
use crate::session::{Provider, Session};
use crate::ui::dom::adopt;
use crate::view;

/// One mounted element. Dropping it (`free()` in JavaScript) unmounts the screens and forgets everything.
#[wasm_bindgen]
pub struct Widget {
    host: HtmlElement,
    app: App,
    owner: Owner,
    // The view's unmount handle, whose type no one can name.
    _mounted: Box<dyn Any>,
}

impl std::fmt::Debug for Widget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Widget")
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        // Gives up the calls under way, and lets go of everything that the screens keep; then they are unmounted.
        self.owner.cleanup();
    }
}

#[wasm_bindgen]
impl Widget {
    /// Mounts the widget into `root`; `given` are the properties that the page has set so far. `early` is the sign-in
    /// form that stands there already, if there is one: the email and the password typed into it, then its nodes.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, given: Object, early: Array) -> Widget {
        let made = Rc::new(RefCell::new(None));
        let mounted = leptos::mount::mount_to(root.unchecked_into::<HtmlElement>(), {
            let (host, made) = (host.clone(), made.clone());
            move || {
                let loader = Loader { cards: view::load_cards, desk: view::load_desk, memory: view::load_memory };
                let app = App::new(Session::new(), Rc::new(Tasks), loader, events::to(host.clone()));
                for name in ["token", "tokenProvider", "prefill", "fields", "shippingAddress", "consent"] {
                    give(app, name, Reflect::get(&given, &name.into()).unwrap_or_default());
                }
                // The class goes on putting what the page gives into it.
                app.card().set_page(Rc::new(given));
                let typed = || early.shift().as_string();
                let email = typed();
                // Where the form stands already, nothing was remembered.
                app.recalled().set(email.is_some());
                app.set_credentials(email.unwrap_or_default(), typed().unwrap_or_default());
                setup::set_up(app, &host);
                if app.shows_sign_in() {
                    adopt(Some(early));
                }
                made.replace(Some((app, Owner::current().unwrap_or_default())));
                view::root(app)
            }
        });
        adopt(None);
        let app = made.take();
        #[allow(clippy::expect_used, reason = "`mount_to` has run its closure")]
        let (app, owner) = app.expect("the view was made");
        Widget { host, app, owner, _mounted: Box::new(mounted) }
    }

    /// Fetches what takes a page's own words, and calls `then` once it is there, or does not come. Until then nothing is to be
    /// said: first in our words, and then in its own.
    pub fn fetch_strings(then: Function) {
        view::fetch_strings(then);
    }

    /// Tells the page that the widget is there, once whatever the page then does finds it.
    pub fn ready(&self) {
        self.app.tell_ready();
    }

    /// An attribute has changed, or the page's own words; they are few, so all are read again.
    pub fn attributes_changed(&self) {
        setup::set_up(self.app, &self.host);
    }

    /// The page has set a property.
    pub fn set_property(&self, name: &str, value: JsValue) {
        give(self.app, name, value);
        if name.starts_with("token") {
            self.app.access_changed();
        }
    }

    /// Forgets the card in work and starts over.
    pub fn reset(&self) {
        self.app.start_over();
    }

    /// Forgets who is signed in, and the card in work.
    pub fn sign_out(&self) {
        self.app.sign_out();
    }
}

/// Hands a property to the app. A value of a wrong type counts as none.
fn give(app: App, name: &str, value: JsValue) {
    match name {
        "token" => app.set_token(value.as_string()),
        "tokenProvider" => app.set_provider(value.dyn_into::<Function>().ok().map(provider)),
        // What is in it is read by a file that is fetched where there is something.
        "prefill" | "fields" | "shippingAddress" => app.page_gives(!value.is_falsy()),
        // Read where it is shown: what reads it is fetched with that.
        "consent" => {
            app.card().set_consent((!value.is_null() && !value.is_undefined()).then(|| Rc::new(value) as Rc<dyn Any>))
        }
        _ => {}
    }
}

/// The page's `tokenProvider` as a function of ours: any failure of it is simply no token.
fn provider(function: Function) -> Provider {
    Rc::new(move || -> LocalBoxFuture<'static, Option<String>> {
        let answer = function.call0(&JsValue::UNDEFINED);
        Box::pin(async move {
            let token = JsFuture::from(Promise::resolve(&answer.ok()?)).await.ok()?;
            token.as_string()
        })
    })
}

/// Calls `stopped` with the place in our code when something panics, so that the page can show a way on.
///
/// Only the place is told: a panic's message may quote what a person entered.
#[wasm_bindgen]
pub fn watch_panics(stopped: Function) {
    let stopped = send_wrapper::SendWrapper::new(stopped);
    std::panic::set_hook(Box::new(move |info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let _ = stopped.call1(&JsValue::UNDEFINED, &place.into());
    }));
}
