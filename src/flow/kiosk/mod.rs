//! Strangers at one screen, one after another, and none of them has anything of another.
//!
//! Whether somebody is there is said by [`crate::domain::idle`], which hears of each second here. When they have gone, [`Kiosk::wipe`] makes
//! everything of theirs gone; what is left of it at the server is deleted by [`settle`], before anybody new is taken. What
//! failed at a step is tried again by [`mend`]. Staff have their own way in, [`staff`], and give the kiosk a key of its own where there
//! is a gateway, [`device`].

pub mod device;
mod mend;
mod settle;
pub mod staff;
mod state;
#[cfg(test)]
mod tests;

pub use state::{Door, Kiosk, Staff, Tally};

use std::rc::Rc;

use self::state::{Mending, Unsettled, give_up};
use super::app::App;
use super::card::{PreviewState, Stage};
use super::remote::Remote;
use super::screen::Screen;
use crate::api::CardId;
use crate::domain::idle::{Awaited, Effect, Event, Phase};
use crate::world::{DeviceStore, Lobby};

impl App {
    /// The kiosk, made when it is first asked for.
    pub fn kiosk(self) -> Kiosk {
        Kiosk::of(self.cx())
    }
}

impl Kiosk {
    /// Says where it stands, and what keeps what this device is to know, once; and begins to count seconds.
    pub fn connect(self, lobby: Rc<dyn Lobby>, store: Rc<dyn DeviceStore>) {
        let inner = self.inner();
        inner.lobby.get_or_init(|| lobby);
        inner.store.get_or_init(|| store);
        self.recall_camera();
        self.keep_time();
    }

    /// Nobody is there: the screen for that has come up. Nothing of whoever was is left.
    pub fn enter(self) {
        self.keep_time();
        if self.phase().get_untracked() != Phase::Away {
            // The page has made an end of it.
            self.on(Event::Gone);
            self.count(false);
        }
        self.forget();
        self.check();
    }

    /// Whether somebody new can begin. Follows.
    pub fn door(self) -> Door {
        if let Some(code) = self.closed().get() {
            return Door::Closed(code);
        }
        match self.app().templates().list().get() {
            Remote::Failed(error) => Door::Closed(self.code(&error)),
            Remote::Loading => Door::Opening,
            Remote::Ready(_) if self.settling().get() => Door::Opening,
            Remote::Ready(_) => Door::Open,
        }
    }

    /// Somebody begins.
    pub fn start(self) {
        let is_for_all = self.staff().get_untracked() == Staff::Away;
        if self.cx().screen().get_untracked() != Screen::Attract || self.door() != Door::Open || !is_for_all {
            return;
        }
        let inner = self.inner();
        // What is known is good enough; and from here on it is for the person's own calls to say how it stands.
        give_up(&inner.checking);
        inner.place.replace(self.cx().place());
        self.on(Event::Came);
        if let Some(lobby) = inner.lobby.get() {
            lobby.come_alive();
        }
        self.cx().moved().set(true);
        // A gateway gives each person a session of their own.
        if self.cx().is_scoped() {
            self.next_visitor();
        }
        self.app().templates().first_screen();
    }

    /// A touch, a key, the pointer.
    pub fn heard(self) {
        self.on(Event::Heard);
        self.staff_heard();
    }

    /// Asked whether they are still there, the person says so.
    pub fn still_here(self) {
        self.on(Event::StillHere);
    }

    /// Asks whether everything is to be gone.
    pub fn ask(self) {
        self.asking().set(true);
    }

    /// Everything stays as it is.
    pub fn stay(self) {
        self.asking().set(false);
    }

    /// Everything that was entered is to be gone, or the person has read what is said at the end.
    pub fn leave(self) {
        self.asking().set(false);
        if self.cx().screen().get_untracked() == Screen::Done {
            // Whoever is quick goes before the second is over that would tell of it.
            self.on(Event::Second(Awaited::Nothing, true));
        }
        self.on(Event::Leave(self.awaited()));
    }

    fn on(self, event: Event) {
        let inner = self.inner();
        let timeout =
            self.cx().config().with_untracked(|config| config.as_ref().map_or(60, |config| config.idle_timeout));
        let (idle, effect) = inner.idle.get().on(event, timeout);
        inner.idle.set(idle);
        if self.phase().get_untracked() != idle.phase() {
            self.phase().set(idle.phase());
        }
        if let Some(Effect::Wipe(is_done)) = effect {
            self.wipe(is_done);
        }
    }

    /// Lets seconds pass, if they do not: for as long as the widget is there, whatever else is given up.
    fn keep_time(self) {
        let inner = self.inner();
        let Some(transport) = self.cx().session().transport().filter(|_| !inner.is_ticking.replace(true)) else {
            return;
        };
        self.cx().spawn_apart(Box::pin(async move {
            loop {
                transport.sleep(1_000).await;
                if self.phase().is_gone() {
                    return;
                }
                self.second();
            }
        }));
    }

    /// A second is over.
    fn second(self) {
        self.speaks();
        let screen = self.cx().screen().get_untracked();
        match screen {
            Screen::Attract => {
                self.staff_second();
                self.wait_for_somebody();
            }
            // Nothing of anybody's is here.
            Screen::SignIn | Screen::NoAccess | Screen::Starting | Screen::NotStarted | Screen::Desk(_) => {}
            _ => {
                // The page may have turned into a kiosk under somebody's hands.
                self.on(Event::Came);
                let awaited = self.awaited();
                self.on(Event::Second(awaited, screen == Screen::Done));
                if awaited == Awaited::Nothing && self.phase().get_untracked() != Phase::Away && !self.goes_out() {
                    self.mend();
                }
            }
        }
    }

    /// What is waited for.
    fn awaited(self) -> Awaited {
        let (cx, card) = (self.cx(), self.app().card());
        let screen = cx.screen().get_untracked();
        let is_opening = || card.opening().with_untracked(|opening| matches!(opening, Some((_, Remote::Loading))));
        let is_drawing = || card.preview().with_untracked(|preview| matches!(preview, PreviewState::Rendering));
        let is_listing = || self.app().templates().list().with_untracked(|list| matches!(list, Remote::Loading));
        let is_asking = || self.inner().lobby.get().is_some_and(|lobby| lobby.is_asking());
        if card.is_saving() {
            return if screen == Screen::Preview { Awaited::End } else { Awaited::Draft };
        }
        if screen == Screen::Ending && self.app().with_ending(|ending| (ending.is_under_way)(self.app())) == Some(true)
        {
            return Awaited::End;
        }
        let is_waiting = match screen {
            Screen::Templates => is_listing(),
            Screen::CardForm => is_opening(),
            Screen::Preview => is_drawing(),
            Screen::Camera(_) => is_asking(),
            _ => false,
        };
        if is_waiting { Awaited::Answer } else { Awaited::Nothing }
    }

    /// Everything of this person is gone.
    fn wipe(self, is_done: bool) {
        let trouble = self.trouble();
        self.count(is_done);
        self.forget();
        // What has failed for them would fail for the next one: it is looked first.
        if let Some((_, error)) = trouble {
            self.closed().set(Some(self.code(&error)));
        }
        self.cx().go(Screen::Attract);
        self.check();
    }

    fn count(self, is_done: bool) {
        self.tally().update(|tally| *if is_done { &mut tally.served } else { &mut tally.abandoned } += 1);
    }

    /// Of whoever was there nothing stays but the numbers of what they have left at the server.
    fn forget(self) {
        let (inner, card) = (self.inner(), self.app().card());
        if let Some(place) = inner.place.take() {
            let made = card.take_made();
            let is_last = |at: usize, card: &CardId| !made.iter().skip(at + 1).any(|(later, _)| later == card);
            let cards = made.iter().enumerate().filter(|(at, (card, _))| is_last(*at, card));
            let left = cards.map(|(_, (card, _))| (*card, has_come_to(&made, *card)));
            let left = left.filter(|(_, stage)| *stage != Stage::Ended);
            let left = left.map(|(card, stage)| Unsettled { place: place.clone(), card, stage });
            inner.unsettled.borrow_mut().extend(left);
        }
        card.take_made();
        card.forget_session();
        card.forget();
        self.app().with_ending(|ending| (ending.forget)(self.app()));
        self.asking().set(false);
        self.is_out().set(false);
        self.mending().set(Mending::default());
        if let Some(lobby) = inner.lobby.get() {
            lobby.forget();
        }
    }
}

/// How far a card has come in the end.
fn has_come_to(made: &[(CardId, Stage)], card: CardId) -> Stage {
    let mut stages = made.iter().rev().filter(|(known, _)| *known == card).map(|(_, stage)| *stage);
    while let Some(stage) = stages.next() {
        match stage {
            Stage::Refused => drop(stages.next()),
            stage => return stage,
        }
    }
    Stage::Draft
}
