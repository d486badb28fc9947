//! The way that somebody has come through the screens, as the browser's Back and Forward know it.
//!
//! Each step forward is an entry of the browser's history, with the page's own address. A screen stands on the way once: who
//! goes to one that they have come by goes back to it, so that Back leads out of the widget in as many presses as there are
//! screens behind, and never in a circle. Where the page wants it (`routing="hash"`), each entry has an address of its own, by
//! which one comes back to it after a reload. This is the plan alone; [`Turn`] says what to ask of the browser.

mod address;

pub use address::{address_of, screen_at};

use super::app::App;
use super::screen::{DeskPage, Screen};

/// The first number of a screen behind the sign-in form.
const FIRST_INSIDE: u64 = 4;
/// In place of the screen of an entry that was made before a reload: its address alone says which one it is.
const BY_ADDRESS: u64 = u64::MAX;

/// What to ask of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing.
    None,
    /// Make the entry with this number, behind the one there is.
    Push(usize),
    /// Go so many entries, which takes it a moment.
    Go(i32),
}

/// What an entry means that the browser has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Show its screen, and tell [`Trail::shown`] which one it was in the end.
    Show(Screen),
    /// Show the screen that its address leads to, and tell [`Trail::shown`] which one it was in the end.
    ByAddress,
    /// The browser was asked for it, or nobody is signed in: tell [`Trail::moved`] where the person is by now.
    Asked,
    /// It is none of this way, but of one before a reload, or of somebody else.
    Stale(Turn),
}

/// The screens that were come by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// By their numbers: to compare those takes less code.
    screens: Vec<u64>,
    at: usize,
    /// Whether the browser is on its way to an entry that it was asked for.
    is_turning: bool,
    /// Whether entries have addresses of their own.
    has_addresses: bool,
}

impl Trail {
    /// A way that begins with `screen`. The browser may be at a further entry, of a way before a reload: it is to go back then.
    pub fn new(screen: Screen, entry: usize) -> (Trail, Turn) {
        let mut trail = Trail { screens: vec![screen.number()], at: entry, is_turning: false, has_addresses: false };
        let turn = trail.turn(0);
        (trail, turn)
    }

    /// A way whose entries have addresses: it goes on at the entry that the browser is at, with `screen`.
    pub fn with_addresses(screen: Screen, entry: usize) -> Trail {
        let mut screens = vec![BY_ADDRESS; entry];
        screens.push(screen.number());
        Trail { screens, at: entry, is_turning: false, has_addresses: true }
    }

    /// The browser has come to an address by a link, or by what was typed where addresses stand: an entry behind the one there
    /// was. Returns its number.
    pub fn linked(&mut self) -> usize {
        self.is_turning = false;
        self.screens.truncate(self.at + 1);
        self.screens.push(BY_ADDRESS);
        self.at += 1;
        self.at
    }

    /// Whether the browser is where the person is.
    pub fn is_settled(&self) -> bool {
        !self.is_turning
    }

    /// The entry that the browser is at, or on its way to.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The person has come to `screen`; `in_place` when the screen before was nowhere to come back to.
    pub fn moved(&mut self, screen: Screen, in_place: bool) -> Turn {
        if self.is_turning {
            return Turn::None;
        }
        let is_end = matches!(screen, Screen::Done | Screen::Desk(DeskPage::OrderDone));
        let (screen, now) = (screen.number(), self.now());
        if screen < FIRST_INSIDE {
            // Whoever signs in next has come by nothing.
            self.screens = vec![screen];
            return self.turn(0);
        }
        let place = self.place_of(screen);
        if place < self.at {
            return self.turn(place);
        }
        if now == screen {
            return Turn::None;
        }
        self.screens.truncate(self.at + 1);
        if in_place || is_end || now < FIRST_INSIDE {
            self.set(screen);
            return Turn::None;
        }
        self.screens.push(screen);
        self.at += 1;
        Turn::Push(self.at)
    }

    /// The browser has come to the entry with this number.
    pub fn came(&mut self, entry: usize) -> Came {
        let was_asked = std::mem::take(&mut self.is_turning);
        self.at = entry;
        if self.has_addresses && entry >= self.screens.len() {
            self.screens.resize(entry + 1, BY_ADDRESS);
        }
        match self.screens.get(entry) {
            // Whoever has to sign in goes nowhere by it.
            Some(&BY_ADDRESS) if self.screens.iter().any(|screen| *screen < FIRST_INSIDE) => Came::Asked,
            Some(&BY_ADDRESS) => Came::ByAddress,
            None => Came::Stale(self.turn(0)),
            Some(screen) if was_asked || *screen < FIRST_INSIDE => Came::Asked,
            Some(screen) => Came::Show(Screen::of(*screen)),
        }
    }

    /// In place of the screen of the entry that the browser has come to, `screen` is shown.
    pub fn shown(&mut self, screen: Screen) -> Turn {
        self.set(screen.number());
        self.turn(self.place_of(screen.number()))
    }

    fn now(&self) -> u64 {
        self.screens.get(self.at).copied().unwrap_or(0)
    }

    fn set(&mut self, screen: u64) {
        if let Some(now) = self.screens.get_mut(self.at) {
            *now = screen;
        }
    }

    /// Where a screen stands on the way until here; here where it does not.
    fn place_of(&self, screen: u64) -> usize {
        self.screens.iter().position(|known| *known == screen).map_or(self.at, |place| place.min(self.at))
    }

    fn turn(&mut self, place: usize) -> Turn {
        let by = place as i32 - self.at as i32;
        self.at = place;
        self.is_turning = by != 0;
        if self.is_turning { Turn::Go(by) } else { Turn::None }
    }
}

impl App {
    /// Whether somebody is signed in and behind the first screens.
    pub fn is_inside(self) -> bool {
        self.cx().screen().get().number() >= FIRST_INSIDE && self.cx().organization().get().is_some()
    }

    /// Whether a screen is one of before signing in.
    pub fn is_outside(self, screen: Screen) -> bool {
        screen.number() < FIRST_INSIDE
    }

    /// Shows the screen that an address leads to. Returns which one it was.
    pub fn show_at(self, screen: Screen) -> Screen {
        match screen {
            Screen::Templates => {
                self.templates().to_card();
                self.cx().screen().get_untracked()
            }
            screen => self.show_again(screen),
        }
    }

    /// The screen that a way begins with which ends where the person is: whoever was quicker than what keeps it has come by the
    /// first one already.
    pub fn first_on_way(self) -> Screen {
        match self.cx().screen().get_untracked() {
            outside if outside.number() < FIRST_INSIDE => outside,
            Screen::Templates => Screen::Templates,
            _ if self.templates().has_choice() => Screen::Templates,
            _ => Screen::CardForm,
        }
    }

    /// Shows a screen that was come by before, with everything as it was left; where it cannot be shown any more, the one
    /// that it led on from. Returns which one it was.
    pub fn show_again(self, screen: Screen) -> Screen {
        let card = self.card();
        let in_work = card.is_finalized() == Some(false);
        let can = match screen {
            Screen::CardForm | Screen::Camera(_) | Screen::Signature(_) => in_work,
            Screen::Photo(index) => in_work && card.shot(index).is_some(),
            Screen::Preview => in_work && card.has_preview(),
            Screen::Ending => in_work,
            Screen::Done => card.is_finalized() == Some(true),
            Screen::Desk(DeskPage::OrderDone) => self.with_desk(|desk| (desk.has_order)(self)) == Some(true),
            _ => true,
        };
        match screen {
            Screen::Desk(page) => self.go_to_desk(if can { page } else { DeskPage::Cart }),
            Screen::CardForm if can => card.to_form(),
            screen if can => {
                card.stop_preview();
                self.cx().go(screen);
            }
            _ if in_work => card.to_form(),
            _ if self.templates().has_choice() => self.cx().go(Screen::Templates),
            _ => self.templates().to_card(),
        }
        self.cx().screen().get_untracked()
    }
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
