//! The keyboard on the screen: when it is there, and what becomes of its keys' being pressed.
//!
//! It comes with the focus in a field and goes when that is somewhere else. Its keys are buttons: a finger presses them without
//! taking the focus out of the field, a switch or a screen reader goes through them, after the field and before what comes next,
//! and then the field is the one that had the focus last. Whoever types on keys of their own is rid of it, until something is touched.

mod keys;

use std::time::Duration;

use leptos::prelude::{queue_microtask, set_timeout};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlInputElement, KeyboardEvent, MouseEvent, ShadowRoot};

use self::keys::{Keys, key_at, walk};
use super::listen::{Bound, origin};
use super::typing::{back, go_on, has_next, insert, name_of, prepare, text_field, type_of};
use crate::browser::js::{call, get, object};
use crate::domain::keyboard::{Act, Key, Keyboard, Purpose};
use crate::flow::{App, Screen};
use crate::reactive::Var;
use crate::ui::dom::{El, el, watch};
use crate::ui::words;

/// How long a key is held until its relatives come, or it repeats; and from one repetition to the next.
const HELD: Duration = Duration::from_millis(500);
const REPEATED: Duration = Duration::from_millis(80);
/// How long the keyboard stays when the focus has left: whoever has pressed a button is to have released it by then.
const LEAVING: Duration = Duration::from_millis(200);

/// A keyboard. A handle; all of it goes with what it is drawn in.
#[derive(Clone, Copy)]
struct Board {
    keys: Keys,
    /// What is typed into.
    field: Var<Option<HtmlInputElement>>,
    is_open: Var<bool>,
    /// What was typed, for whoever presses keys without seeing them.
    said: Var<String>,
    /// Whether a pointer has pressed a key: the click that follows is of the same press.
    is_down: Var<bool>,
    /// How often something was pressed or let go: what is held is told by that from what was let go.
    presses: Var<u32>,
    /// Whether anything is pressed, on the keyboard or elsewhere.
    is_pressed: Var<bool>,
    /// Whether whoever is there has keys of their own.
    has_keys: Var<bool>,
    board: Var<Option<Element>>,
}

/// Draws it, and lets it come and go with the focus of the widget's fields.
pub(super) fn keyboard(app: App) -> El {
    let names = words().keyboard();
    let board = Board {
        keys: Keys::new(),
        field: Var::new(None),
        is_open: Var::new(false),
        said: Var::new(String::new()),
        is_down: Var::new(false),
        presses: Var::new(0),
        is_pressed: Var::new(false),
        has_keys: Var::new(false),
        board: Var::new(None),
    };
    let relatives = move || board.keys.state.get().relatives_of().map(|letter| names.relatives(&letter.to_string()));
    let said = el("p").class("visually-hidden").attr("role", "status").live_text(move || match relatives() {
        Some(relatives) => relatives,
        None => board.said.get(),
    });
    let drawn = el("div")
        .class("keyboard")
        .attr("part", "keyboard")
        .attr("role", "group")
        .attr("aria-label", names.group)
        // In the top layer it is at the window's edge, whatever the page does with what is around the widget.
        .attr("popover", "manual")
        .child(said)
        .children(board.keys.rows());
    board.board.set(Some(drawn.element().clone()));
    board.listen(drawn.element());
    // What is typed into may go with its screen.
    watch(Box::new(move || {
        if app.cx().screen().get() == Screen::Attract {
            board.has_keys.set(false);
        }
        queue_microtask(move || {
            board.look();
        });
    }));
    drawn
        .on("pointerdown", move |event| board.pressed(&event))
        // What a pointer does like a mouse takes the focus, too.
        .on("mousedown", |event| event.prevent_default())
        .on("pointerup", move |_| board.released())
        .on("pointercancel", move |_| board.released())
        .on("pointerout", move |_| board.released())
        .on("click", move |event| board.clicked(&event))
        // With Tab alone one would leave at the end.
        .on("keydown", |event| walk(&event))
}

impl Board {
    /// Follows the focus in everything that the widget has.
    fn listen(self, board: &Element) {
        let within = Var::new(None);
        let board = board.clone();
        // Once it stands in the widget's tree.
        queue_microtask(move || {
            if within.is_gone() {
                return;
            }
            let root: EventTarget = board.get_root_node().into();
            let heard = |kind: &'static str, act: fn(Board, &Event)| {
                Bound::new(root.clone(), kind, move |event| act(self, &event))
            };
            let all = [
                heard("focusin", Board::came),
                heard("click", Board::came),
                heard("focusout", |board, _| board.leave_soon()),
                heard("keydown", Board::typed),
                heard("pointerdown", |board, _| {
                    board.is_pressed.set(true);
                    board.has_keys.set(false);
                }),
                heard("pointerup", |board, _| board.is_pressed.set(false)),
                heard("pointercancel", |board, _| board.is_pressed.set(false)),
            ];
            within.set(Some((all, Prepared(root.unchecked_into()))));
        });
    }

    fn holds(self, element: &Element) -> bool {
        let holds = |board: &Element| call(board, "contains", &[element.into()]).is_some_and(|holds| holds.is_truthy());
        self.board.with_untracked(|board| board.as_ref().is_some_and(holds))
    }

    /// The focus has come to something, or something was touched.
    fn came(self, event: &Event) {
        let Some(element) = origin(event) else { return };
        if self.holds(&element) {
            return;
        }
        match text_field(&element) {
            // What the page has put into the widget is the page's.
            Some(field) if self.is_ours(&element) => self.take(field),
            _ if event.type_() == "focusin" => self.leave_soon(),
            _ => {}
        }
    }

    fn is_ours(self, element: &Element) -> bool {
        let root = self.board.with_untracked(|board| board.as_ref().map(|board| board.get_root_node()));
        root.is_some_and(|root| element.get_root_node() == root)
    }

    /// From now on this is what is typed into.
    fn take(self, field: HtmlInputElement) {
        let is_other = !self.field.with_untracked(|before| before.as_ref() == Some(&field));
        if is_other || !self.is_open.get_untracked() {
            let purpose = Purpose::of(&type_of(&field), &name_of(&field));
            self.said.set(String::new());
            self.keys.purpose.set(purpose);
            self.keys.state.set(Keyboard::new(purpose, field.value().is_empty()));
            self.keys.has_next.set(has_next(&field));
        }
        prepare(&field);
        self.field.set(Some(field.clone()));
        if self.has_keys.get_untracked() {
            return;
        }
        if is_other || !self.is_open.get_untracked() {
            self.tell("hidePopover", &[]);
            self.is_open.set(true);
            // Whoever goes from one thing to the next comes to it after the field, wherever it is drawn.
            self.tell("showPopover", &[object([("source", field.clone().into())])]);
        }
        // Not under the keyboard.
        call(&field, "scrollIntoView", &[object([("block", "nearest".into())])]);
    }

    fn tell(self, method: &str, given: &[JsValue]) {
        self.board.with_untracked(|board| board.as_ref().map(|board| call(board, method, given)));
    }

    /// A key of the machine's own was pressed. A letter tells of a keyboard; a switch has none.
    fn typed(self, event: &Event) {
        let key: &KeyboardEvent = event.unchecked_ref();
        let name = key.key();
        let is_letter = name.chars().count() == 1 && name != " " && !key.ctrl_key() && !key.meta_key();
        if is_letter && origin(event).is_some_and(|element| text_field(&element).is_some()) {
            self.has_keys.set(true);
            self.hide();
        }
    }

    /// The focus has left; what it has come to is known a moment later.
    fn leave_soon(self) {
        // With its field gone there is nobody whom it would move something away from under the finger.
        if !self.look() {
            return;
        }
        let leave = move || {
            if self.is_open.is_gone() {
                return;
            }
            if self.is_pressed.get_untracked() {
                return self.leave_soon();
            }
            let root = self.board.with_untracked(|board| board.as_ref().map(|board| board.get_root_node()));
            let focused = root.and_then(|root| root.unchecked_into::<ShadowRoot>().active_element());
            // Who is asked something goes on from where they were.
            let is_asked = |focused: &Element| focused.closest("dialog").is_ok_and(|dialog| dialog.is_some());
            let stays = |focused: Element| self.holds(&focused) || text_field(&focused).is_some() || is_asked(&focused);
            if !focused.is_some_and(stays) {
                self.hide();
            }
        };
        set_timeout(leave, LEAVING);
    }

    /// Goes where the field has gone. Whether there is one.
    fn look(self) -> bool {
        let field = self.field.try_with_untracked(Clone::clone).flatten();
        let is_there = field.is_some_and(|field| get(&field, "isConnected").is_truthy());
        if !is_there {
            self.hide();
        }
        is_there
    }

    fn hide(self) {
        if self.is_open.try_with_untracked(|is_open| *is_open) == Some(true) {
            self.is_open.set(false);
            self.said.set(String::new());
            self.tell("hidePopover", &[]);
        }
    }

    /// A finger, or the mouse, is put on a key: that is what presses it, as on any keyboard, so that none is lost where two
    /// fingers are quick.
    fn pressed(self, event: &Event) {
        // The focus stays in the field.
        event.prevent_default();
        self.released();
        self.is_down.set(false);
        if event.unchecked_ref::<MouseEvent>().button() != 0 {
            return;
        }
        let Some(key) = key_at(event) else { return };
        self.is_down.set(true);
        self.act(key);
        self.hold(key, HELD);
    }

    /// What a key does that is held: one repeats, others show what comes from them.
    fn hold(self, key: Key, after: Duration) {
        let press = self.presses.get_untracked();
        let held = move || {
            if self.presses.try_with_untracked(|now| *now == press) != Some(true) {
                return;
            }
            if key == Key::Back {
                self.act(key);
                return self.hold(key, REPEATED);
            }
            self.keys.state.set(self.keys.state.get_untracked().hold(key));
        };
        set_timeout(held, after);
    }

    fn released(self) {
        self.presses.update(|presses| *presses = presses.wrapping_add(1));
    }

    /// A key was clicked: by a pointer, which has pressed it already, or by what has none.
    fn clicked(self, event: &Event) {
        let Some(key) = key_at(event) else { return };
        let is_pointer = get(event, "detail").as_f64() != Some(0.0);
        // Also where another key has come up under the finger meanwhile.
        if is_pointer && self.is_down.get_untracked() {
            return self.is_down.set(false);
        }
        self.act(key);
        // A password is not said.
        let said = self.field.with_untracked(|field| {
            field.as_ref().filter(|field| name_of(field) != "password").map(HtmlInputElement::value)
        });
        self.said.set(said.filter(|_| self.is_open.get_untracked()).unwrap_or_default());
    }

    fn act(self, key: Key) {
        if !self.look() {
            return;
        }
        let Some(field) = self.field.get_untracked() else { return };
        let (state, act) = self.keys.state.get_untracked().press(key);
        self.keys.state.set(state);
        match act {
            Some(Act::Type(letter)) => insert(&field, letter, false),
            Some(Act::Instead(letter)) => insert(&field, letter, true),
            Some(Act::Back) => back(&field),
            Some(Act::Next) if go_on(&field) => {}
            Some(Act::Next | Act::Hide) => {
                // What goes is not to take the focus with it.
                let _ = field.focus();
                self.hide();
            }
            None => {}
        }
    }
}

/// Fields that the machine's own keyboard stays away from, in this tree: for as long as this lives.
struct Prepared(ShadowRoot);

impl Drop for Prepared {
    fn drop(&mut self) {
        let all = call(&self.0, "querySelectorAll", &["[inputmode=none]".into()]).unwrap_or_default();
        for field in js_sys::Array::from(&all).iter().filter_map(|field| field.dyn_into::<Element>().ok()) {
            let _ = field.remove_attribute("inputmode");
        }
    }
}
