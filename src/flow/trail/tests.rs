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
            Came::ByAddress => unreachable!("entries have none here"),
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

#[test]
fn an_address_leads_back_to_its_screen() {
    for page in [
        DeskPage::Cart,
        DeskPage::Orders,
        DeskPage::Order(crate::api::PrintJobId(264_561)),
        DeskPage::Account,
        DeskPage::Cards,
        DeskPage::Card(crate::api::CardId(264_561)),
        DeskPage::Addresses,
        DeskPage::Contacts,
    ] {
        assert_eq!(screen_at(&address_of(Screen::Desk(page))), Some(Screen::Desk(page)));
    }
    assert_eq!(screen_at(&address_of(Screen::Preview)), Some(Screen::Templates));
    assert_eq!(screen_at("#/checkout/"), Some(Screen::Desk(DeskPage::Cart)));
    for nowhere in ["", "#", "#/", "#top", "#/orders/x", "#/orders/-1", "#/cart/5", "#/cards?x"] {
        assert_eq!(screen_at(nowhere), None, "{nowhere}");
    }
}

/// A page with addresses: what each entry of the browser has as its number and its address.
struct Page {
    entries: Vec<(Option<usize>, String)>,
    at: usize,
    asked: Option<i32>,
    trail: Trail,
    screen: Screen,
}

impl Page {
    /// The page is loaded; whoever is there is signed in, and goes to where the address leads.
    fn load(mut entries: Vec<(Option<usize>, String)>, at: usize) -> Page {
        let entry = *entries[at].0.get_or_insert(0);
        let to = screen_at(&entries[at].1).unwrap_or(Screen::Templates);
        let trail = Trail::with_addresses(Screen::Templates, entry);
        let mut page = Page { entries, at, asked: None, trail, screen: to };
        page.tell(|trail| trail.moved(to, true));
        page
    }

    fn tell(&mut self, plan: impl FnOnce(&mut Trail) -> Turn) {
        match plan(&mut self.trail) {
            Turn::Push(entry) => {
                self.entries.truncate(self.at + 1);
                self.entries.push((Some(entry), address_of(self.screen)));
                self.at += 1;
            }
            Turn::Go(by) => self.asked = Some(by),
            Turn::None if self.trail.is_settled() => {
                self.entries[self.at] = (Some(self.trail.at()), address_of(self.screen));
            }
            Turn::None => {}
        }
    }

    fn goes(&mut self, by: i32) {
        let at = self.at.checked_add_signed(by as isize).filter(|at| *at < self.entries.len());
        let Some(at) = at else { return };
        self.at = at;
        let entry = self.entries[at].0.unwrap_or_default();
        let came = self.trail.came(entry);
        self.arrives(came);
        self.catches_up();
    }

    fn arrives(&mut self, came: Came) {
        match came {
            Came::Asked => {
                let screen = self.screen;
                self.tell(|trail| trail.moved(screen, false));
            }
            Came::Stale(turn) => self.tell(|_| turn),
            Came::Show(screen) => {
                self.screen = screen;
                self.tell(|trail| trail.shown(screen));
            }
            Came::ByAddress => {
                let screen = screen_at(&self.entries[self.at].1).unwrap_or(Screen::Templates);
                self.screen = screen;
                self.tell(|trail| trail.shown(screen));
            }
        }
    }

    fn catches_up(&mut self) {
        if let Some(by) = self.asked.take() {
            self.goes(by);
        }
    }

    fn follows(&mut self, screen: Screen) {
        self.entries.truncate(self.at + 1);
        self.entries.push((None, address_of(screen)));
        self.at += 1;
        let entry = self.trail.linked();
        self.entries[self.at].0 = Some(entry);
        self.arrives(Came::ByAddress);
        self.catches_up();
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_what_the_address_says(
        deeds in prop::collection::vec((0_u8..4, prop::sample::select(&SCREENS[..7]), -2_i32..3), 0..30)
    ) {
        let mut page = Page::load(vec![(None, String::new())], 0);
        for (deed, screen, by) in deeds {
            match deed {
                0 => {
                    page.screen = screen;
                    page.tell(|trail| trail.moved(screen, false));
                    page.catches_up();
                }
                1 => page.goes(by),
                2 => page = Page::load(page.entries, page.at),
                _ => page.follows(screen),
            }
            prop_assert!(page.asked.is_none());
            let (entry, address) = &page.entries[page.at];
            prop_assert_eq!(*entry, Some(page.trail.at()));
            prop_assert_eq!(address, &address_of(page.screen));
            prop_assert!(page.entries.iter().enumerate().all(|(at, (entry, _))| *entry == Some(at)), "{:?}", page.entries);
        }
    }
}
