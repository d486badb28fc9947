//! The tab's own storage.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::future::LocalBoxFuture;
use js_sys::{Array, Function, Map, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::world::TabStore;

/// `sessionStorage`, and what tabs say to each other by a `BroadcastChannel`.
#[derive(Debug)]
pub struct SessionStore {
    channel: Option<Channel>,
}

/// Under which key a tab has its number, by which it is told from a copy of it, and how the channel is called.
const NUMBER: &str = "instant-card:tab";

impl SessionStore {
    /// The storage of this tab.
    pub fn new() -> SessionStore {
        SessionStore { channel: Channel::open() }
    }
}

impl Default for SessionStore {
    fn default() -> SessionStore {
        SessionStore::new()
    }
}

/// Where a page may have no storage, asking for it fails.
fn storage() -> Option<JsValue> {
    let storage = Reflect::get(web_sys::window()?.as_ref(), &"sessionStorage".into()).ok()?;
    storage.is_object().then_some(storage)
}

fn get(key: &str) -> Option<String> {
    // Its entries are its properties.
    Reflect::get(&storage()?, &key.into()).ok()?.as_string()
}

fn put(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| Reflect::set(&storage, &key.into(), &text.into()).is_ok())
}

impl TabStore for SessionStore {
    fn get(&self, key: &str) -> Option<String> {
        get(key)
    }

    fn put(&self, key: &str, text: &str) -> bool {
        if let Some(channel) = &self.channel {
            put(NUMBER, &channel.number.borrow());
        }
        put(key, text)
    }

    fn remove(&self, prefix: &str) {
        let Some(storage) = storage() else { return };
        let Ok(remove) = Reflect::get(&storage, &"removeItem".into()) else { return };
        let Some(remove) = remove.dyn_ref::<Function>() else { return };
        for pair in Object::entries(storage.unchecked_ref()).iter() {
            let key = Array::from(&pair).get(0);
            if key.as_string().is_some_and(|key| key.starts_with(prefix)) {
                // What is not there any more is removed.
                let _ = remove.call1(&storage, &key);
            }
        }
    }

    fn take_key(&self, key: &str) -> bool {
        let Some(keys) = keys() else { return true };
        let is_free = !keys.has(&key.into());
        if is_free {
            // Should the program stop by a mistake, the class ends what it says to other tabs.
            let channel = self.channel.as_ref().map(|channel| channel.channel.clone()).unwrap_or_default();
            keys.set(&key.into(), &Array::of2(&wasm_bindgen::memory(), &channel));
        }
        is_free
    }

    fn give_back_key(&self, key: &str) {
        if let Some(keys) = keys() {
            keys.delete(&key.into());
        }
    }

    fn is_copy(&self) -> LocalBoxFuture<'static, ()> {
        match &self.channel {
            Some(channel) => channel.is_copy(),
            None => Box::pin(std::future::pending()),
        }
    }
}

/// The keys that the page's widgets have taken, and the memory of who has: each has a program of its own, and the element's class knows all.
fn keys() -> Option<Map> {
    let elements = Reflect::get(web_sys::window()?.as_ref(), &"customElements".into()).ok()?;
    let class = method(&elements, "get")?.call1(&elements, &"instant-card".into()).ok()?;
    Reflect::get(&class, &"keys".into()).ok()?.dyn_into().ok()
}

/// The way to the other tabs of this site.
struct Channel {
    channel: JsValue,
    /// This tab's number.
    number: Rc<RefCell<String>>,
    told: Rc<Told>,
    _listening: Closure<dyn FnMut(web_sys::Event)>,
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Channel")
    }
}

/// What others have said.
#[derive(Default)]
struct Told {
    /// Whether this tab has asked who it is, and has no number of its own meanwhile.
    asks: Cell<bool>,
    is_copy: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Channel {
    fn open() -> Option<Channel> {
        let window = web_sys::window()?;
        let class: Function = Reflect::get(&window, &"BroadcastChannel".into()).ok()?.dyn_into().ok()?;
        let channel = Reflect::construct(&class, &Array::of1(&NUMBER.into())).ok()?;
        let number = Rc::new(RefCell::new(get(NUMBER).unwrap_or_else(fresh)));
        let told = Rc::<Told>::default();
        let listening: Box<dyn FnMut(web_sys::Event)> = Box::new({
            let (channel, number, told) = (channel.clone(), number.clone(), told.clone());
            move |event| {
                let said = Reflect::get(&event, &"data".into()).ok().and_then(|data| data.as_string());
                match said.as_deref().and_then(|said| said.split_at_checked(1)) {
                    Some(("?", asked)) if asked == *number.borrow() && !told.asks.get() => say(&channel, "!", asked),
                    Some(("!", named)) if named == *number.borrow() && told.asks.get() => {
                        // Whoever has said so keeps it.
                        told.is_copy.set(true);
                        told.asks.set(false);
                        number.replace(fresh());
                        if let Some(waker) = told.waker.take() {
                            waker.wake();
                        }
                    }
                    _ => {}
                }
            }
        });
        let listening = Closure::wrap(listening);
        Reflect::set(&channel, &"onmessage".into(), listening.as_ref()).ok()?;
        Some(Channel { channel, number, told, _listening: listening })
    }

    fn is_copy(&self) -> LocalBoxFuture<'static, ()> {
        self.told.asks.set(true);
        say(&self.channel, "?", &self.number.borrow());
        let asked = Asked(self.told.clone());
        Box::pin(poll_fn(move |cx| {
            let told = &asked.0;
            if told.is_copy.take() {
                return Poll::Ready(());
            }
            told.waker.replace(Some(cx.waker().clone()));
            Poll::Pending
        }))
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        if let Some(close) = method(&self.channel, "close") {
            // It is closed, or was.
            let _ = close.call0(&self.channel);
        }
    }
}

/// For as long as it is asked. Nobody has said so, when it is given up: then the number is this tab's own.
struct Asked(Rc<Told>);

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.asks.set(false);
    }
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

fn say(channel: &JsValue, what: &str, number: &str) {
    if let Some(post) = method(channel, "postMessage") {
        // Nobody may be there to hear it.
        let _ = post.call1(channel, &[what, number].concat().into());
    }
}

/// A number that no other tab has.
fn fresh() -> String {
    let number = js_sys::Date::now() as u64 * 4096 + (js_sys::Math::random() * 4096.0) as u64;
    number.to_string()
}
