//! The keyboard on the screen: its keys, and when it is there.
//!
//! It comes with the focus in a field and goes when that is somewhere else. Its keys are buttons: a finger presses them without
//! taking the focus out of the field, a switch or a screen reader goes through them, and then the field is the one that had the
//! focus last.

use std::time::Duration;

use leptos::prelude::{queue_microtask, set_timeout};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlInputElement, MouseEvent, ShadowRoot};

use super::js::{call, get, object};
use super::listen::{Bound, origin};
use super::typing::{back, go_on, has_next, insert, name_of, prepare, text_field, type_of};
use crate::domain::keyboard::{Act, Case, Key, Keyboard, Purpose, beside_space, letters, signs};
use crate::flow::App;
use crate::i18n::Locale;
use crate::reactive::Var;
use crate::ui::dom::{El, el, watch};
use crate::ui::icon::{BACKSPACE, ENTER, HIDE, SHIFT, icon};
use crate::ui::words;

/// How long a key is held until its relatives come, or it repeats; and from one repetition to the next.
const HELD: Duration = Duration::from_millis(500);
const REPEATED: Duration = Duration::from_millis(80);
/// How long the keyboard stays when the focus has left: whoever has pressed a button is to have released it by then.
const LEAVING: Duration = Duration::from_millis(200);

/// A keyboard. A handle; all of it goes with what it is drawn in.
#[derive(Clone, Copy)]
struct Board {
    state: Var<Keyboard>,
    purpose: Var<Purpose>,
    /// What is typed into.
    field: Var<Option<HtmlInputElement>>,
    /// Whether one goes on from it to another one.
    has_next: Var<bool>,
    is_open: Var<bool>,
    /// What was typed, for whoever presses keys without seeing them.
    said: Var<String>,
    /// Whether a pointer has pressed a key: the click that follows is of the same press.
    is_down: Var<bool>,
    /// How often something was pressed or let go: what is held is told by that from what was let go.
    presses: Var<u32>,
    /// Whether anything is pressed, on the keyboard or elsewhere.
    is_pressed: Var<bool>,
    board: Var<Option<Element>>,
    locale: Locale,
}

/// Draws it, and lets it come and go with the focus of the widget's fields.
pub(super) fn keyboard(app: App) -> El {
    let words = words();
    let names = words.keyboard();
    let board = Board {
        state: Var::new(Keyboard::new(Purpose::Words, false)),
        purpose: Var::new(Purpose::Words),
        field: Var::new(None),
        has_next: Var::new(false),
        is_open: Var::new(false),
        said: Var::new(String::new()),
        is_down: Var::new(false),
        presses: Var::new(0),
        is_pressed: Var::new(false),
        board: Var::new(None),
        locale: words.locale(),
    };
    let relatives = move || board.state.get().relatives_of().map(|letter| names.relatives(&letter.to_string()));
    let said = el("p").class("visually-hidden").attr("role", "status").live_text(move || match relatives() {
        Some(relatives) => relatives,
        None => board.said.get(),
    });
    let first = move || {
        let (state, purpose) = (board.state.get(), board.purpose.get());
        // No letter stands first in a row that comes from another one.
        state.relatives_of().or(state.first_row(board.locale, purpose).chars().next()).map_or(0, u64::from)
    };
    let first_row = move |_| {
        let letters = board.state.get_untracked().first_row(board.locale, board.purpose.get_untracked());
        let row = row(letters.chars().map(|letter| board.letter(letter, true)));
        // Whoever goes from key to key stays in the row.
        let focused = board.board.with_untracked(|board| board.as_ref()?.query_selector(".first :focus").ok()?);
        if let (Some(_), Some(key)) = (focused, row.element().first_element_child()) {
            El::from(key).focus_soon();
        }
        Some(row)
    };
    let [one, two, three] = letters(board.locale);
    let plain = |letters: &str| row(letters.chars().map(|letter| board.letter(letter, false)));
    let last = [board.shift()].into_iter().chain(three.chars().map(|letter| board.letter(letter, false)));
    let all = el("div").class("key-rows").child(plain(one)).child(plain(two)).child(row(last.chain([board.back()])));
    let all = all.hidden(move || board.state.get().has_signs());
    let [one, two, three] = signs();
    let last = three.chars().map(|letter| board.letter(letter, false)).chain([board.back()]);
    let others = el("div").class("key-rows").child(plain(one)).child(plain(two)).child(row(last));
    let others = others.hidden(move || !board.state.get().has_signs());
    let purpose = move || u64::from(board.purpose.get() == Purpose::Account);
    let bottom = move |_| Some(board.bottom());
    let drawn = el("div")
        .class("keyboard")
        .attr("part", "keyboard")
        .attr("role", "group")
        .attr("aria-label", names.group)
        // In the top layer it is at the window's edge, whatever the page does with what is around the widget.
        .attr("popover", "manual")
        .child(said)
        .child(el("div").class("key-rows first").switch(first, first_row))
        .child(all)
        .child(others)
        .child(el("div").class("key-rows").switch(purpose, bottom));
    board.board.set(Some(drawn.element().clone()));
    board.listen(drawn.element());
    // What is typed into may go with its screen.
    watch(Box::new(move || {
        app.cx().screen().get();
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
}

fn row(keys: impl IntoIterator<Item = El>) -> El {
    el("div").class("key-row").children(keys)
}

/// What a key's button has as its hook.
fn hook(key: Key) -> String {
    match key {
        Key::Type(letter) => letter.to_string(),
        Key::Shift => "shift".to_string(),
        Key::Back => "backspace".to_string(),
        Key::Signs => "signs".to_string(),
        Key::Accents => "accents".to_string(),
        Key::Next => "next".to_string(),
        Key::Hide => "hide".to_string(),
    }
}

fn key_of(hook: &str) -> Option<Key> {
    let mut letters = hook.chars();
    match (letters.next()?, letters.next()) {
        (letter, None) => Some(Key::Type(letter)),
        _ => [Key::Shift, Key::Back, Key::Signs, Key::Accents, Key::Next, Key::Hide]
            .into_iter()
            .find(|key| self::hook(*key) == hook),
    }
}

/// The key that an event is about.
fn key_at(event: &Event) -> Option<Key> {
    let button = event.target()?.dyn_into::<Element>().ok()?.closest("button").ok()??;
    key_of(&button.get_attribute("data-key")?)
}

/// A key's button. What it does is heard of by the keyboard, for all of them.
fn key(key: Key, class: &str) -> El {
    el("button").attr("type", "button").class(class).attr("data-key", &hook(key))
}

impl Board {
    fn letter(self, letter: char, is_first: bool) -> El {
        let shown = move || {
            let state = self.state.get();
            if is_first { state.shown_first(letter) } else { state.shown(letter) }.to_string()
        };
        key(Key::Type(letter), "key").attr_opt("aria-label", words().keyboard().name(letter)).live_text(shown)
    }

    fn shift(self) -> El {
        let names = words().keyboard();
        let case = move || self.state.get().case();
        key(Key::Shift, "key wide")
            .live_attr("aria-label", move || {
                Some(if case() == Case::Locked { names.locked } else { names.shift }.to_string())
            })
            .live_bool("aria-pressed", move || case() != Case::Small)
            .live_class("locked", move || case() == Case::Locked)
            .child(icon(SHIFT))
    }

    fn back(self) -> El {
        key(Key::Back, "key wide").attr("aria-label", words().keyboard().back).child(icon(BACKSPACE))
    }

    fn bottom(self) -> El {
        let names = words().keyboard();
        let has_signs = move || self.state.get().has_signs();
        let other = key(Key::Signs, "key wide")
            .live_attr("aria-label", move || Some(if has_signs() { names.letters } else { names.signs }.to_string()))
            .live_text(move || if has_signs() { "ABC" } else { "123" }.to_string());
        let accents = key(Key::Accents, "key")
            .attr("aria-label", names.accents)
            .live_bool("aria-pressed", move || self.state.get().wants_accent())
            .text("áñ");
        let space = key(Key::Type(' '), "key space").attr("aria-label", names.space);
        let [one, two, three, four] = beside_space(self.purpose.get_untracked()).map(|sign| self.letter(sign, false));
        let next = key(Key::Next, "key wide primary")
            .live_attr("aria-label", move || {
                Some(if self.has_next.get() { names.next } else { names.done }.to_string())
            })
            .child(icon(ENTER));
        let hide = key(Key::Hide, "key").attr("aria-label", names.hide).child(icon(HIDE));
        row([other, accents, one, two, space, three, four, next, hide])
    }

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
                heard("pointerdown", |board, _| board.is_pressed.set(true)),
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
            self.purpose.set(purpose);
            self.state.set(Keyboard::new(purpose, field.value().is_empty()));
            self.has_next.set(has_next(&field));
        }
        prepare(&field);
        self.field.set(Some(field.clone()));
        if !self.is_open.get_untracked() {
            self.is_open.set(true);
            self.show("showPopover");
        }
        // Not under the keyboard.
        call(&field, "scrollIntoView", &[object([("block", "nearest".into())])]);
    }

    fn show(self, method: &str) {
        self.board.with_untracked(|board| board.as_ref().map(|board| call(board, method, &[])));
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
            if !focused.is_some_and(|focused| self.holds(&focused) || text_field(&focused).is_some()) {
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
            self.show("hidePopover");
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
            self.state.set(self.state.get_untracked().hold(key));
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
        let (state, act) = self.state.get_untracked().press(key);
        self.state.set(state);
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
