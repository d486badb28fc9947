//! An element, and what is set, appended and kept up to date in it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::reactive::graph::{Subscriber, ToAnySubscriber};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, Node, ShadowRoot};

use super::there::{insert, text_node, there};

/// An element of the page, being built or already there.
#[derive(Clone, Debug)]
pub struct El(pub(super) Element);

/// A new HTML element.
pub fn el(tag: &str) -> El {
    made(tag, false)
}

/// A new SVG element.
pub fn svg(tag: &str) -> El {
    made(tag, true)
}

#[inline(never)]
fn made(tag: &str, is_svg: bool) -> El {
    let element = match there() {
        Some(there) => Ok(there.unchecked_into()),
        None if is_svg => document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag),
        None => document().create_element(tag),
    };
    // The names of elements are written down in this crate, and all of them are valid.
    El(element.unwrap_or_else(|_| wasm_bindgen::throw_str("no such element")))
}

impl From<Element> for El {
    fn from(element: Element) -> El {
        El(element)
    }
}

impl El {
    /// The element itself.
    pub fn element(&self) -> &Element {
        &self.0
    }

    /// The element as one that can be focused, clicked, styled.
    pub fn html(&self) -> &HtmlElement {
        self.0.unchecked_ref()
    }

    /// The element as an input; only for one made as such.
    pub fn input(&self) -> &HtmlInputElement {
        self.0.unchecked_ref()
    }

    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> El {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute that there may be.
    pub fn attr_opt(self, name: &str, value: Option<&str>) -> El {
        set(&self.0, name, value);
        self
    }

    /// Sets the class.
    pub fn class(self, class: &str) -> El {
        self.attr("class", class)
    }

    /// Sets the text of an input, as if it had been typed. One that is there already is not touched.
    pub fn value(self, value: &str) -> El {
        if self.input().value() != value {
            self.input().set_value(value);
        }
        self
    }

    /// Keeps an attribute as `value` says; none takes it away.
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> El {
        live_attr(&self.0, name, Box::new(value));
        self
    }

    /// Keeps an attribute `true`, or absent.
    pub fn live_true(self, name: &'static str, is_true: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || is_true().then(|| "true".to_string()))
    }

    /// Keeps an attribute `true` or `false`.
    pub fn live_bool(self, name: &'static str, is_true: impl Fn() -> bool + 'static) -> El {
        self.live_attr(name, move || Some(if is_true() { "true" } else { "false" }.to_string()))
    }

    /// Keeps the element out of sight while `hidden` says so.
    pub fn hidden(self, hidden: impl Fn() -> bool + 'static) -> El {
        self.live_attr("hidden", move || hidden().then(String::new))
    }

    /// Keeps a class on or off.
    pub fn live_class(self, class: &'static str, is_on: impl Fn() -> bool + 'static) -> El {
        let element = self.0.clone();
        watch(Box::new(move || {
            let list = element.class_list();
            // A class written down in this crate is a valid one.
            let _ = list.toggle_with_force(class, is_on());
        }));
        self
    }

    /// Appends a text.
    pub fn text(self, text: &str) -> El {
        append(&self.0, &text_node(text));
        self
    }

    /// Appends a text that follows `text`.
    pub fn live_text(self, text: impl Fn() -> String + 'static) -> El {
        live_text(&self.0, Box::new(text));
        self
    }

    /// Appends an element.
    pub fn child(self, child: El) -> El {
        append(&self.0, &child.0);
        self
    }

    /// Appends elements.
    pub fn children(self, children: impl IntoIterator<Item = El>) -> El {
        children.into_iter().for_each(|child| append(&self.0, &child.0));
        self
    }

    /// Appends what `content` makes, and makes it anew whenever a signal that it reads has changed.
    pub fn live(self, content: impl Fn() -> Option<El> + 'static) -> El {
        live(&self.0, Box::new(content));
        self
    }

    /// Appends what `content` makes of the number that `of` gives, and makes it anew when the number is another one.
    ///
    /// The content reads signals only for what is inside of it: it stays, with whatever has the focus in it, for as long
    /// as the number does.
    pub fn switch(self, of: impl Fn() -> u64 + 'static, content: impl Fn(u64) -> Option<El> + 'static) -> El {
        switch(&self.0, Box::new(of), Box::new(content));
        self
    }

    /// Calls `handle` on an event, for as long as the screen is there.
    ///
    /// It may still be called at the moment when that goes: a focused input is left when it is taken out.
    pub fn on(self, event: &'static str, handle: impl FnMut(Event) + 'static) -> El {
        listen(&self.0, event, Box::new(handle));
        self
    }

    /// Takes the focus once it stands in the page.
    pub fn focus_soon(&self) {
        let element = self.html().clone();
        queue_microtask(move || {
            // What cannot take it leaves it where it is.
            let _ = element.focus();
        });
    }
}

/// Runs `run` now, and again whenever a signal that it reads has changed, for as long as the screen is there.
pub(crate) fn watch(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    // Kept by the screen, or the part of one, that made it.
    StoredValue::new_local(Watching(effect));
}

/// An effect that the signals which it reads forget when it is over: one that never changes would remember all that there were.
struct Watching(RenderEffect<()>);

impl Drop for Watching {
    fn drop(&mut self) {
        let effect = self.0.to_any_subscriber();
        effect.clear_sources(&effect);
    }
}

/// Has something of the page heard, for as long as the screen is there that this is called for.
pub(crate) fn listen(element: &Element, event: &'static str, handle: Box<dyn FnMut(Event)>) {
    let handle = Closure::wrap(handle);
    // A function is all that it wants.
    let _ = element.add_event_listener_with_callback(event, handle.as_ref().unchecked_ref());
    if Owner::current().is_none() {
        // Nobody will say when it is over.
        handle.forget();
        return;
    }
    // Not left to the browser: what holds its own element, or one beside it, would hold them and itself for ever.
    let listener = SendWrapper::new((element.clone(), handle));
    on_cleanup(move || {
        // The screen is still to be taken out.
        queue_microtask(move || {
            let (element, handle) = listener.take();
            let _ = element.remove_event_listener_with_callback(event, handle.as_ref().unchecked_ref());
        });
    });
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Names of attributes are written down in this crate, and all of them are valid.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(parent: &Element, child: &Node) {
    insert(parent, child, None);
}

fn live_attr(element: &Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    let (element, before) = (element.clone(), RefCell::new(None));
    watch(Box::new(move || {
        let value = value();
        if *before.borrow() != value {
            set(&element, name, value.as_deref());
            before.replace(value);
        }
    }));
}

fn live_text(parent: &Element, text: Box<dyn Fn() -> String>) {
    let node = text_node("");
    append(parent, &node);
    watch(Box::new(move || {
        let text = text();
        if node.data() != text {
            node.set_data(&text);
        }
    }));
}

/// A place in an element whose content comes and goes.
struct Slot {
    end: Node,
    now: RefCell<Option<Element>>,
}

impl Slot {
    fn new(parent: &Element) -> Rc<Slot> {
        let end: Node = text_node("").into();
        append(parent, &end);
        Rc::new(Slot { end, now: RefCell::new(None) })
    }

    /// What had the focus keeps it where the same is drawn anew: the person who is at it did nothing.
    fn put(&self, content: Option<El>) {
        let mut held = None;
        if let Some(before) = self.now.take() {
            held = focused_in(&before);
            before.remove();
        }
        if let (Some(El(element)), Some(parent)) = (&content, self.end.parent_node()) {
            insert(&parent, element, Some(&self.end));
            let mut same = Vec::new();
            if let Some(held) = held {
                same_in(element, &held, &mut same);
            }
            // Of two that are alike nobody knows which one it was.
            if let [one] = &same[..] {
                // What cannot take it leaves it where it is.
                let _ = one.unchecked_ref::<HtmlElement>().focus();
            }
        }
        self.now.replace(content.map(|content| content.0));
    }
}

/// What has the focus in `content`.
fn focused_in(content: &Element) -> Option<Element> {
    let root: ShadowRoot = content.get_root_node().dyn_into().ok()?;
    root.active_element().filter(|active| content.contains(Some(active)))
}

/// What is in `content` as `held` was.
fn same_in(content: &Element, held: &Element, found: &mut Vec<Element>) {
    if content.is_equal_node(Some(held)) {
        found.push(content.clone());
    }
    let mut next = content.first_element_child();
    while let Some(child) = next {
        same_in(&child, held, found);
        next = child.next_element_sibling();
    }
}

fn live(parent: &Element, content: Box<dyn Fn() -> Option<El>>) {
    let slot = Slot::new(parent);
    watch(Box::new(move || slot.put(content())));
}

fn switch(parent: &Element, of: Box<dyn Fn() -> u64>, content: Box<dyn Fn(u64) -> Option<El>>) {
    let slot = Slot::new(parent);
    // One for all that come after each other: whoever is above remembers each that there ever was.
    let owner = Owner::current().unwrap_or_default().child();
    let now = Cell::new(None);
    watch(Box::new(move || {
        let number = of();
        if now.replace(Some(number)) == Some(number) {
            return;
        }
        owner.cleanup();
        slot.put(owner.with(|| untrack(|| content(number))));
    }));
}
