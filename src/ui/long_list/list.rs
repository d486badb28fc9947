//! How a long list is drawn.
//!
//! The list is as high as all of its items, and each stands at its own place in it. How high an item is, is known once it was
//! there; until then it is taken to be as high as the others are. The item that has the focus stays, wherever one scrolls to, and
//! so does one in which something is wrong that was typed. On paper all of them are.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, EventTarget, HtmlElement};

use super::given::{Given, Rested};
use super::places::{Places, Shape};
use crate::browser::js::{call, get, make};
use crate::ui::dom::{El, watch};
use crate::ui::heading::focus_title;

/// So many pixels above and below the window are drawn as well.
const AROUND: f64 = 500.0;
/// How long nothing has moved, in milliseconds, before what is in sight is told.
const RESTING: u32 = 300;
/// It is looked so often whether something has moved: a timer for each move would be very many, and the clock may be set.
const LOOKING: u32 = 100;
/// So many items are made at once, and then more for so many milliseconds, before the browser is given a moment for other things:
/// laying out what was made takes it about as long again. Where it does so at once, it is the time of less.
const AT_ONCE: usize = 2;
const AT_A_TIME: f64 = 16.0;
const IN_A_FRAME: f64 = 8.0;
/// So few are all there, wherever the window is.
const FEW: usize = 24;
/// On paper there are no more than these: beyond, it is what is near the window.
const PRINTED: usize = 1_000;
/// What may bring other items near the window.
const HEARD: [&str; 4] = ["scroll", "resize", "beforeprint", "afterprint"];
/// What stays wherever one scrolls to.
const STAYS: &str = ":focus-within, :has([aria-invalid])";

/// An item that is in the page.
struct Item {
    key: u64,
    owner: Owner,
    element: Element,
    /// Where it was put: how far down, in which column of how many, and as which of how many.
    put: (i64, usize, usize),
    told: (usize, usize),
}

struct List {
    element: HtmlElement,
    item: Box<dyn Fn(u64) -> El>,
    /// To which item one comes: it takes the focus once it is there.
    target: Cell<Option<u64>>,
    rested: Option<Rested>,
    places: RefCell<Places>,
    now: RefCell<Vec<Item>>,
    spare: RefCell<Vec<Owner>>,
    here: WeakOwner,
    shape: Shape,
    /// Tells when something has become higher or lower.
    sizes: RefCell<Option<JsValue>>,
    /// What is called when something has moved, and where that is heard of once the list stands in the page: scrolling within a
    /// shadow root is not told outside of it.
    moved: RefCell<JsValue>,
    root: RefCell<Option<JsValue>>,
    is_over: Cell<bool>,
    /// Whether it is laid in a moment.
    is_soon: Cell<bool>,
    /// Whether somebody scrolls right now: what is to go from the page waits for the next moment.
    is_scrolled: Cell<bool>,
    /// Whether all of it is there, to be printed.
    is_whole: Cell<bool>,
    /// For how many milliseconds nothing has moved, and whether it is awaited that nothing does.
    rests_for: Cell<u32>,
    is_moving: Cell<bool>,
}

/// Draws a list of what is given.
pub(super) fn draw(given: Given) -> El {
    let Given { list, shape, keys, item, target, rested } = given;
    let this = Rc::new(List {
        element: list.html().clone(),
        item,
        target: Cell::new(None),
        rested,
        places: RefCell::default(),
        now: RefCell::default(),
        spare: RefCell::default(),
        here: Owner::current().unwrap_or_default().downgrade(),
        shape,
        sizes: RefCell::default(),
        moved: RefCell::default(),
        root: RefCell::default(),
        is_over: Cell::new(false),
        is_soon: Cell::new(false),
        is_scrolled: Cell::new(false),
        is_whole: Cell::new(false),
        rests_for: Cell::new(0),
        is_moving: Cell::new(false),
    });
    this.listen();
    let keyed = this.clone();
    watch(Box::new(move || {
        let keys = keys();
        untrack(|| keyed.has(keys));
    }));
    watch(Box::new(move || {
        if let Some(key) = target() {
            this.target.set(Some(key));
            this.lay_soon();
        }
    }));
    list.attr("role", "list")
}

impl List {
    /// Hears whatever may bring other items near the window.
    fn listen(self: &Rc<List>) {
        let this = Rc::downgrade(self);
        let moved: Box<dyn FnMut(JsValue)> = Box::new(move |event| {
            let Some(list) = this.upgrade().filter(|list| !list.is_over.get()) else { return };
            match get(&event, "type").as_string().as_deref() {
                Some("beforeprint") => list.is_whole.set(true),
                Some("afterprint") => list.is_whole.set(false),
                event => list.is_scrolled.set(event == Some("scroll")),
            }
            list.lay(true);
            list.is_scrolled.set(false);
        });
        let this = Rc::downgrade(self);
        let resized: Box<dyn FnMut()> = Box::new(move || {
            if let Some(list) = this.upgrade() {
                list.lay_soon();
            }
        });
        let (moved, resized) = (Closure::wrap(moved), Closure::wrap(resized));
        self.sizes.replace(make("ResizeObserver", &[resized.as_ref().clone()]));
        self.moved.replace(moved.as_ref().clone());
        self.hear(&js_sys::global());
        let kept = SendWrapper::new((self.clone(), moved, resized));
        on_cleanup(move || {
            let (list, moved, resized) = kept.take();
            list.ignore(&js_sys::global());
            if let Some(root) = list.root.take() {
                list.ignore(&root);
            }
            if let Some(sizes) = list.sizes.take() {
                call(&sizes, "disconnect", &[]);
            }
            list.is_over.set(true);
            // One of the two may be what has led here.
            queue_microtask(move || drop((moved, resized)));
        });
    }

    fn hear(&self, at: &JsValue) {
        let (at, moved) = (at.unchecked_ref::<EventTarget>(), self.moved.borrow());
        // On the way down: what scrolls may be any part of the page, and tells nobody above it. Not by name, as below: of a listener
        // of the window the glue knows, and ends it where a widget is gone without having done so.
        for event in HEARD {
            let _ = at.add_event_listener_with_callback_and_bool(event, moved.unchecked_ref(), true);
        }
    }

    fn ignore(&self, at: &JsValue) {
        for event in HEARD {
            call(at, "removeEventListener", &[event.into(), self.moved.borrow().clone(), true.into()]);
        }
    }

    /// There are these items.
    fn has(self: &Rc<List>, keys: Vec<u64>) {
        let mut places = self.places.borrow_mut();
        if places.keys == keys {
            return;
        }
        places.has(keys);
        drop(places);
        // Where everything is has not changed since, or will be told.
        if self.root.borrow().is_some() {
            return self.lay(false);
        }
        // It stands in the page in a moment.
        let list = self.clone();
        queue_microtask(move || {
            // What one comes back to is there at once; otherwise the browser draws what is around it first.
            if list.target.get().is_some() && list.element.is_connected() && !list.is_over.get() {
                list.lay(true);
            } else {
                list.lay_soon();
            }
        });
    }

    /// Once the browser is done with what it is at.
    fn lay_soon(self: &Rc<List>) {
        if self.is_soon.replace(true) {
            return;
        }
        let list = self.clone();
        let lay = move || {
            list.is_soon.set(false);
            if !list.is_over.get() {
                list.lay(true);
            }
        };
        set_timeout(lay, Duration::ZERO);
    }

    /// Tells what is in the window once nothing has moved for a moment.
    fn rest(self: &Rc<List>) {
        if self.rested.is_none() {
            return;
        }
        self.rests_for.set(0);
        // One timer for however often it moves.
        if !self.is_moving.replace(true) {
            self.tell_soon();
        }
    }

    fn tell_soon(self: &Rc<List>) {
        let list = Rc::downgrade(self);
        let tell = move || {
            let Some(list) = list.upgrade().filter(|list| !list.is_over.get()) else { return };
            list.rests_for.set(list.rests_for.get() + LOOKING);
            if list.rests_for.get() < RESTING {
                return list.tell_soon();
            }
            list.is_moving.set(false);
            let keys = {
                let places = list.places.borrow();
                let (first, last) = places.near(0.0);
                places.keys.get(first..last).unwrap_or_default().to_vec()
            };
            if let Some(rested) = &list.rested {
                rested(&keys);
            }
        };
        set_timeout(tell, Duration::from_millis(LOOKING.into()));
    }

    /// What is above the list may move it without anything being scrolled; then the widget, or the page, has another height.
    fn follow_page(&self) {
        if self.root.borrow().is_some() || !self.element.is_connected() {
            return;
        }
        let root: JsValue = self.element.get_root_node().into();
        let page = get(&get(&js_sys::global(), "document"), "body");
        if let Some(sizes) = &*self.sizes.borrow() {
            for one in [get(&root, "host"), page] {
                call(sizes, "observe", &[one]);
            }
        }
        self.hear(&root);
        self.root.replace(Some(root));
    }

    /// Looks where the list stands, and how high what is there is. Not where it is not to be seen.
    fn look(&self) -> bool {
        let width = number(&self.element, "clientWidth");
        if width == 0.0 {
            return false;
        }
        let mut places = self.places.borrow_mut();
        places.window = number(&js_sys::global(), "innerHeight");
        places.stands_at(self.element.get_bounding_client_rect().top(), width);
        for item in self.now.borrow().iter() {
            let height = number(&item.element, "offsetHeight");
            if height > 0.0 {
                places.learn(item.key, height);
            }
        }
        true
    }

    /// Draws what is near the window, and puts everything in its place. `looks` where something may have moved.
    fn lay(self: &Rc<List>, looks: bool) {
        self.follow_page();
        if looks && !self.look() {
            return;
        }
        let moved = self.places.borrow_mut().lay_out(self.shape);
        // Who scrolls, or types, sees it with the next picture, which comes of the same moment.
        let time = if self.is_scrolled.get() || !looks { IN_A_FRAME } else { AT_A_TIME };
        let is_all = self.draw(&self.near(), time) && !self.is_scrolled.get();
        self.put();
        if !is_all {
            self.lay_soon();
        }
        if moved != 0.0 {
            call(&js_sys::global(), "scrollBy", &[0.into(), moved.into()]);
        }
        if looks && let Some(key) = self.target.take() {
            let now = self.now.borrow();
            let button =
                now.iter().find(|item| item.key == key).and_then(|item| item.element.query_selector("button").ok()?);
            match button {
                Some(button) => El::from(button).focus_soon(),
                None => focus_title(&El::from(Element::from(self.element.clone()))),
            }
        }
        self.rest();
    }

    /// The places of those that are to be there, in their order.
    fn near(&self) -> Vec<usize> {
        let places = self.places.borrow();
        let count = places.keys.len();
        let (first, last) =
            if count <= FEW || (self.is_whole.get() && count <= PRINTED) { (0, count) } else { places.near(AROUND) };
        let mut near: Vec<usize> = (first..last).collect();
        let is_near = |item: &Item| places.keys.get(first..last).unwrap_or_default().contains(&item.key);
        let is_scrolled = self.is_scrolled.get();
        let stays = |item: &&Item| !is_near(item) && (is_scrolled || item.element.matches(STAYS).unwrap_or(false));
        let now = self.now.borrow();
        let kept = now.iter().filter(stays).map(|item| item.key);
        for place in kept.chain(self.target.get()).filter_map(|key| places.place_of(key)) {
            let at = near.iter().position(|known| *known >= place).unwrap_or(near.len());
            if near.get(at) != Some(&place) {
                near.insert(at, place);
            }
        }
        near
    }

    /// Takes away what is not to be there any more, and makes what is to be there and is not, what is in the window first, for so
    /// many milliseconds. Whether all of it is there now.
    fn draw(&self, near: &[usize], time: f64) -> bool {
        let (keys, first, last) = {
            let places = self.places.borrow();
            let (first, last) = places.near(0.0);
            let key = |place: &usize| places.keys.get(*place).copied().unwrap_or_default();
            (near.iter().map(key).collect::<Vec<u64>>(), first, last)
        };
        let mut there: Vec<Option<Item>> = keys.iter().map(|_| None).collect();
        let mut focus = None;
        for (at, item) in self.now.take().into_iter().enumerate() {
            match keys.iter().position(|key| *key == item.key) {
                Some(place) => there[place] = Some(item),
                None => {
                    if let Ok(Some(focused)) = item.element.query_selector(":focus") {
                        focus = focused.get_attribute("data-action").map(|action| (at, action));
                    }
                    self.take_out(item);
                }
            }
        }
        let began = js_sys::Date::now();
        let (mut is_all, mut made) = (true, 0);
        for is_in_window in [true, false] {
            for (slot, (place, key)) in there.iter_mut().zip(near.iter().zip(&keys)) {
                if slot.is_some() || (first..last).contains(place) != is_in_window {
                    continue;
                }
                let is_wanted = self.is_whole.get() || self.target.get() == Some(*key);
                if made < AT_ONCE || is_wanted || js_sys::Date::now() - began < time {
                    *slot = self.make(*key);
                    made += 1;
                } else {
                    is_all = false;
                }
            }
        }
        let mut next = self.element.first_child();
        let mut now = Vec::with_capacity(there.len());
        for item in there.into_iter().flatten() {
            if next.as_ref() == Some(item.element.as_ref()) {
                next = item.element.next_sibling();
            } else {
                // `next` is one of its children, or none.
                let _ = self.element.insert_before(&item.element, next.as_ref());
            }
            now.push(item);
        }
        if let Some((at, action)) = focus {
            go_on_at(now.get(at).or(now.last()), &action);
        }
        self.now.replace(now);
        is_all
    }

    fn take_out(&self, item: Item) {
        if let Some(sizes) = &*self.sizes.borrow() {
            call(sizes, "unobserve", &[item.element.clone().into()]);
        }
        item.owner.cleanup();
        item.element.remove();
        self.spare.borrow_mut().push(item.owner);
    }

    fn make(&self, key: u64) -> Option<Item> {
        let spare = self.spare.borrow_mut().pop();
        let owner = spare.or_else(|| self.here.upgrade().map(|here| here.child()))?;
        let element = owner.with(|| untrack(|| (self.item)(key))).element().clone();
        if let Some(sizes) = &*self.sizes.borrow() {
            call(sizes, "observe", &[element.clone().into()]);
        }
        Some(Item { key, owner, element, put: (-1, 0, 0), told: (0, 0) })
    }

    /// Puts everything in its place.
    fn put(&self) {
        let places = self.places.borrow();
        let px = |length: f64| [&(length.round() as i64).to_string(), "px"].concat();
        let height = px(places.tops.last().copied().unwrap_or_default());
        let style = |element: &HtmlElement, name: &str, value: &str| {
            // Written down in this crate, and valid.
            let _ = element.style().set_property(name, value);
        };
        style(&self.element, "height", &height);
        let (count, columns) = (places.keys.len(), places.columns);
        let part = |part: usize| ["calc(100% * ", &part.to_string(), " / ", &columns.to_string(), ")"].concat();
        // What is drawn stands in the order of the list.
        let mut place = 0;
        for item in self.now.borrow_mut().iter_mut() {
            while places.keys.get(place).is_some_and(|key| *key != item.key) {
                place += 1;
            }
            let element: &HtmlElement = item.element.unchecked_ref();
            let top = places.tops.get(place / columns).copied().unwrap_or_default();
            let put = (top.round() as i64, place % columns, columns);
            if item.put != put {
                style(element, "top", &px(top));
                if columns > 1 || item.put.2 > 1 {
                    style(element, "width", &part(1));
                    style(element, "inset-inline-start", &part(place % columns));
                }
                item.put = put;
            }
            if item.told != (place, count) {
                let _ = element.set_attribute("aria-setsize", &count.to_string());
                let _ = element.set_attribute("aria-posinset", &(place + 1).to_string());
                item.told = (place, count);
            }
        }
    }
}

/// What had the focus has gone with its item: one goes on at the same in the one that stands there now.
fn go_on_at(item: Option<&Item>, action: &str) {
    let same = ["[data-action=\"", action, "\"]"].concat();
    if let Some(Ok(Some(same))) = item.map(|item| item.element.query_selector(&same)) {
        El::from(same).focus_soon();
    }
}

/// A number that something has.
fn number(of: &JsValue, name: &str) -> f64 {
    get(of, name).as_f64().unwrap_or_default()
}
