//! A camera that is given or not, ends by itself, and takes its time; and the screen that moves it, as the photo studio does.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use instant_card::domain::camera::{Effect, Event, Failure, Machine, REST, State};
use instant_card::world::Spawner;

use crate::dice::Dice;
use crate::timeline::Timeline;

/// Why it is not given.
const FAILURES: [Failure; 6] =
    [Failure::Denied, Failure::Dismissed, Failure::NoCamera, Failure::InUse, Failure::InUse, Failure::TimedOut];

/// What a tab has of the device.
pub(crate) struct Device {
    pub(crate) timeline: Rc<Timeline>,
    pub(crate) spawner: Rc<dyn Spawner>,
    pub(crate) dice: RefCell<Dice>,
    /// How many cameras are on.
    pub(crate) lights: Cell<u32>,
    /// Whether everything works.
    pub(crate) is_calm: Rc<dyn Fn() -> bool>,
}

/// A camera that is on.
struct Light {
    device: Rc<Device>,
    /// The question that it was given for.
    turn: u32,
}

impl Light {
    fn on(device: &Rc<Device>, turn: u32) -> Light {
        device.lights.set(device.lights.get() + 1);
        Light { device: device.clone(), turn }
    }
}

impl Drop for Light {
    fn drop(&mut self) {
        self.device.lights.set(self.device.lights.get() - 1);
    }
}

/// The screen of a camera, for as long as it is drawn.
pub(crate) struct Rig {
    machine: Cell<Machine>,
    device: Rc<Device>,
    light: RefCell<Option<Light>>,
    on_taken: Box<dyn Fn()>,
    me: Weak<Rig>,
}

impl Rig {
    /// Draws the screen, and asks for the camera.
    pub(crate) fn open(device: Rc<Device>, on_taken: Box<dyn Fn()>) -> Rc<Rig> {
        let rig = Rc::new_cyclic(|me| Rig {
            machine: Cell::new(Machine::new()),
            device,
            light: RefCell::default(),
            on_taken,
            me: me.clone(),
        });
        rig.on(Event::Ask);
        rig
    }

    pub(crate) fn state(&self) -> State {
        self.machine.get().state()
    }

    /// Something has happened.
    pub(crate) fn on(&self, event: Event) {
        let (machine, effects) = self.machine.get().on(event);
        self.machine.set(machine);
        for effect in effects.into_iter().flatten() {
            match effect {
                Effect::Ask(turn, _) => self.ask(turn),
                Effect::Rest(turn) => self.later(REST, move |rig| rig.on(Event::Rested(turn))),
                Effect::Stop => drop(self.light.take()),
                // Whoever asked looks for this before keeping the camera.
                Effect::Discard => {}
                Effect::Wait(turn) => self.later(1_000, move |rig| rig.on(Event::Tick(turn))),
                Effect::Take(turn) => self.take(turn),
            }
        }
    }

    /// Does something in a while, if the screen is still there.
    fn later(&self, delay: u64, act: impl FnOnce(&Rig) + 'static) {
        let (me, timeline) = (self.me.clone(), self.device.timeline.clone());
        self.device.spawner.spawn(Box::pin(async move {
            timeline.sleep(delay).await;
            if let Some(rig) = me.upgrade() {
                act(&rig);
            }
        }));
    }

    fn ask(&self, turn: u32) {
        let mut dice = self.device.dice.borrow_mut();
        let is_calm = (self.device.is_calm)();
        let delay = if is_calm { 100 } else { dice.between(20, 4_000) };
        let failure = dice.pick(&FAILURES).copied().filter(|_| dice.percent(30) && !is_calm);
        let ends = Some(dice.between(100, 8_000)).filter(|_| dice.percent(8) && !is_calm);
        drop(dice);
        self.later(delay, move |rig| {
            if let Some(why) = failure {
                return rig.on(Event::Refused(turn, why));
            }
            let light = Light::on(&rig.device, turn);
            let (_, effects) = rig.machine.get().on(Event::Opened(turn));
            if effects.contains(&Some(Effect::Discard)) {
                return;
            }
            *rig.light.borrow_mut() = Some(light);
            rig.on(Event::Opened(turn));
            if let Some(delay) = ends {
                rig.later(delay, move |rig| {
                    if rig.is_lit_since(turn) {
                        rig.on(Event::Ended);
                    }
                });
            }
        });
    }

    /// Whether the camera of this question is on: one that was stopped has nothing to say any more.
    fn is_lit_since(&self, turn: u32) -> bool {
        self.light.borrow().as_ref().is_some_and(|light| light.turn == turn)
    }

    fn take(&self, turn: u32) {
        let fails = self.device.dice.borrow_mut().percent(10);
        self.later(150, move |rig| {
            if fails {
                return rig.on(Event::NotTaken(turn));
            }
            rig.on(Event::Taken(turn));
            if rig.state() == State::Captured {
                (rig.on_taken)();
            }
        });
    }
}
