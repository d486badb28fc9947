//! What all requests of a running sandbox share: the world, and what the network does to it.

use crate::clock::Clock;
use crate::faults::Faults;
use crate::journal::Journal;
use crate::options::Options;
use crate::samples::SAMPLES;
use crate::seed::{self, Setup};
use crate::settings::Settings;
use crate::site::Site;
use crate::traffic::Traffic;
use crate::world::World;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The world, and the network around it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) traffic: Traffic,
}

/// What all requests share.
#[derive(Debug)]
pub(crate) struct Shared {
    /// How the sandbox was started; a reset goes back to it.
    pub(crate) options: Options,
    state: Mutex<State>,
    site: Mutex<Option<Site>>,
}

impl Shared {
    pub(crate) fn new(options: Options) -> Self {
        let state = Mutex::new(State::new(&options));
        Self { options, state, site: Mutex::default() }
    }

    /// The state, for as long as the guard lives. Never held across an `await`.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The site whose pages are served here, where it has a gateway.
    pub(crate) fn site(&self) -> Option<Site> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_site(&self, site: Site) {
        *self.site.lock().unwrap_or_else(PoisonError::into_inner) = Some(site);
    }

    /// Back to the start.
    pub(crate) fn reset(&self) {
        *self.state() = State::new(&self.options);
    }
}

impl State {
    fn new(options: &Options) -> Self {
        let Settings { faults, habits, dialect } = options.settings();
        let setup = Setup {
            clock: Clock::from(options.now),
            // Every `RandomState` is seeded differently, so that a token is good for one start only.
            seed: RandomState::new().hash_one(0),
            cards: options.cards,
            balance: options.balance,
            token: options.token.clone(),
            habits,
            dialect,
        };
        let world = seed::world(setup, || &SAMPLES);
        Self { world, faults, journal: Journal::default(), traffic: Traffic::default() }
    }

    pub(crate) fn settings(&self) -> Settings {
        Settings { faults: self.faults.clone(), habits: self.world.habits, dialect: self.world.dialect }
    }

    pub(crate) fn set(&mut self, settings: Settings) {
        self.faults = settings.faults;
        self.world.habits = settings.habits;
        self.world.dialect = settings.dialect;
    }
}
