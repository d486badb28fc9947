//! The keyboard's keys: how they are drawn, and which one an event is about.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::browser::js::{all, get};
use crate::domain::keyboard::{Case, Key, Keyboard, Purpose, beside, beside_space, letters, signs};
use crate::i18n::Locale;
use crate::reactive::Var;
use crate::ui::dom::{El, el};
use crate::ui::icon::{BACKSPACE, ENTER, HIDE, SHIFT, icon};
use crate::ui::words;

/// What the keys are drawn from. A handle.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub(super) state: Var<Keyboard>,
    pub(super) purpose: Var<Purpose>,
    /// Whether one goes on from the field to another one.
    pub(super) has_next: Var<bool>,
    locale: Locale,
}

impl Keys {
    pub(super) fn new() -> Keys {
        Keys {
            state: Var::new(Keyboard::new(Purpose::Words, false)),
            purpose: Var::new(Purpose::Words),
            has_next: Var::new(false),
            locale: words().locale(),
        }
    }

    /// All of them, in the rows that there are, or that take turns.
    pub(super) fn rows(self) -> [El; 4] {
        let first = move || {
            let (state, purpose) = (self.state.get(), self.purpose.get());
            // No letter stands first in a row that comes from another one.
            state.relatives_of().or(state.first_row(self.locale, purpose).chars().next()).map_or(0, u64::from)
        };
        let top = el("div").class("key-rows first");
        let place = top.element().clone();
        let first_row = move |_| {
            let letters = self.state.get_untracked().first_row(self.locale, self.purpose.get_untracked());
            let row = row(letters.chars().map(|letter| self.letter(letter, true)));
            // Whoever goes from key to key stays in the row.
            let focused = place.query_selector(":focus").ok().flatten();
            if let (Some(_), Some(key)) = (focused, row.element().first_element_child()) {
                El::from(key).focus_soon();
            }
            Some(row)
        };
        let plain = |letters: &str| row(letters.chars().map(|letter| self.letter(letter, false)));
        let [one, two, three] = letters(self.locale);
        let last = [self.shift()].into_iter().chain(three.chars().map(|letter| self.letter(letter, false)));
        let all = el("div").class("key-rows").child(plain(one)).child(plain(two)).child(row(last.chain([self.back()])));
        let [one, two, three] = signs();
        let last = three.chars().map(|letter| self.letter(letter, false)).chain([self.back()]);
        let others = el("div").class("key-rows").child(plain(one)).child(plain(two)).child(row(last));
        let purpose = move || u64::from(self.purpose.get() == Purpose::Account);
        [
            top.switch(first, first_row),
            all.hidden(move || self.state.get().has_signs()),
            others.hidden(move || !self.state.get().has_signs()),
            el("div").class("key-rows").switch(purpose, move |_| Some(self.bottom())),
        ]
    }

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
pub(super) fn key_at(event: &Event) -> Option<Key> {
    let button = event.target()?.dyn_into::<Element>().ok()?.closest("button").ok()??;
    key_of(&button.get_attribute("data-key")?)
}

/// The arrows go from key to key.
pub(super) fn walk(event: &Event) {
    let arrow = event.unchecked_ref::<KeyboardEvent>().key();
    let Some(at) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Ok(Some(board)) = at.closest(".keyboard") else { return };
    let is_shown = |row: &HtmlElement| get(row, "offsetWidth").as_f64() > Some(0.0);
    let rows = all(&board, ".key-row").into_iter().filter(is_shown);
    let rows: Vec<_> = rows.map(|row| all(&row, "button")).collect();
    let place = |row: &Vec<HtmlElement>| row.iter().position(|key| **key == at);
    let from = rows.iter().enumerate().find_map(|(row, keys)| Some((row, place(keys)?)));
    let lengths: Vec<_> = rows.iter().map(Vec::len).collect();
    let to = from.and_then(|from| beside(&lengths, from, &arrow));
    if let Some(key) = to.and_then(|(row, place)| rows.get(row)?.get(place)) {
        event.prevent_default();
        // A key that is to be seen takes it.
        let _ = key.focus();
    }
}

/// A key's button. What it does is heard of by the keyboard, for all of them.
fn key(key: Key, class: &str) -> El {
    el("button").attr("type", "button").class(class).attr("data-key", &hook(key))
}
