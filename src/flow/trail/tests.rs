//! Back leads out, step by step and in no circle, whatever somebody does before the browser has caught up.

use super::*;
use proptest::prelude::*;

const SCREENS: [Screen; 8] = [
    Screen::Templates,
    Screen::CardForm,
    Screen::Photo(1),
    Screen::Preview,
    Screen::Done,
    Screen::Desk(DeskPage::Cart),
    Screen::Desk(DeskPage::Account),
    Screen::SignIn,
];

/// A browser with its history, at which somebody is.
struct Browser {
    entries: Vec<usize>,
    at: usize,
    asked: Option<i32>,
    trail: Trail,
    screen: Screen,
}

impl Browser {
    fn new(entry: usize) -> Browser {
        let (trail, turn) = Trail::new(Screen::Templates, entry);
        let mut browser =
            Browser { entries: (0..=entry).collect(), at: entry, asked: None, trail, screen: Screen::Templates };
        browser.ask(turn);
        browser
    }

    fn ask(&mut self, turn: Turn) {
        match turn {
            Turn::None => {}
            Turn::Push(entry) => {
                self.entries.truncate(self.at + 1);
                self.entries.push(entry);
                self.at += 1;
            }
            Turn::Go(by) => self.asked = Some(by),
        }
    }

    fn moves(&mut self, screen: Screen) {
        self.screen = screen;
        let turn = self.trail.moved(screen, false);
        self.ask(turn);
    }

    /// The browser goes where it was asked to go; then on, for as long as it is asked.
    fn catches_up(&mut self) {
        while let Some(by) = self.asked.take() {
            self.goes(by);
        }
    }

    fn goes(&mut self, by: i32) {
        let Some(at) = self.at.checked_add_signed(by as isize) else { return };
        let Some(entry) = self.entries.get(at) else { return };
        self.at = at;
        match self.trail.came(*entry) {
            Came::Show(screen) => {
                // A card that is done is not shown again.
                let shown = if screen == Screen::Preview { Screen::CardForm } else { screen };
                self.screen = shown;
                let turn = self.trail.shown(shown);
                self.ask(turn);
            }
            Came::Asked => {
                let turn = self.trail.moved(self.screen, false);
                self.ask(turn);
            }
            Came::Stale(turn) => self.ask(turn),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Deed {
    Move(Screen),
    Go(i32),
    CatchUp,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        4 => prop::sample::select(&SCREENS[..]).prop_map(Deed::Move),
        2 => prop_oneof![Just(-1), Just(1), Just(-2)].prop_map(Deed::Go),
        3 => Just(Deed::CatchUp),
    ];
    prop::collection::vec(deed, 0..30)
}

proptest! {
    #[test]
    fn the_browser_and_the_way_go_together(entry in 0..4_usize, deeds in deeds()) {
        let mut browser = Browser::new(entry);
        for deed in deeds {
            match deed {
                Deed::Move(screen) => browser.moves(screen),
                // A press comes when the browser is where it was asked to be.
                Deed::Go(by) => {
                    browser.catches_up();
                    browser.goes(by);
                }
                Deed::CatchUp => browser.catches_up(),
            }
        }
        browser.catches_up();
        prop_assert_eq!(browser.entries[browser.at], browser.trail.at());
        prop_assert_eq!(browser.trail.now(), browser.screen.number(), "what is shown is where one is");
        let behind = &browser.trail.screens[..browser.trail.at()];
        prop_assert!(!behind.contains(&browser.screen.number()), "no circle: {:?}", behind);
        let mut presses = 0;
        while browser.at > 0 {
            browser.goes(-1);
            browser.catches_up();
            presses += 1;
            prop_assert!(presses <= SCREENS.len(), "Back leads out");
        }
    }
}

#[test]
fn a_card_from_its_template_to_its_end() {
    let mut browser = Browser::new(0);
    for screen in [Screen::CardForm, Screen::Photo(1)] {
        browser.moves(screen);
    }
    assert_eq!(browser.at, 2);
    browser.moves(Screen::CardForm);
    assert_eq!(browser.asked, Some(-1), "using the photo is going back to the form");
    browser.catches_up();
    browser.moves(Screen::Preview);
    browser.moves(Screen::Done);
    assert_eq!((browser.at, browser.trail.screens.len()), (2, 3), "in place of the preview, which is over");
    browser.goes(-1);
    assert_eq!(browser.screen, Screen::CardForm);
}

#[test]
fn what_is_from_before_a_reload_is_gone_back_from() {
    let mut browser = Browser::new(3);
    assert_eq!(browser.asked, Some(-3));
    browser.moves(Screen::CardForm);
    browser.catches_up();
    assert_eq!((browser.at, browser.screen), (1, Screen::CardForm), "and the step made meanwhile is one");
    browser.goes(-1);
    assert_eq!(browser.screen, Screen::Templates);
}

#[test]
fn a_number_is_of_one_screen() {
    for screen in SCREENS.into_iter().chain([
        Screen::Camera(0),
        Screen::Signature(7),
        Screen::Photo(0),
        Screen::Desk(DeskPage::Checkout),
        Screen::Desk(DeskPage::OrderDone),
        Screen::Desk(DeskPage::Orders),
        Screen::Desk(DeskPage::Order(crate::api::PrintJobId(0))),
        Screen::Desk(DeskPage::Order(crate::api::PrintJobId(20_417))),
    ]) {
        let expected = if screen == Screen::SignIn { Screen::Templates } else { screen };
        assert_eq!(Screen::of(screen.number()), expected);
    }
    assert_eq!(Screen::Templates.number(), FIRST_INSIDE);
}
