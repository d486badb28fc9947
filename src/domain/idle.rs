//! Whether anybody is still there, as a state machine: strangers use one screen after another, and none of them signs out.
//!
//! It is told of each second, and of what is waited for then. It knows no clock: a second that is not told of does not pass.

/// So many seconds one is asked for whether one is still there.
pub const WARNING: u32 = 15;
/// So many seconds one can read what is said at the end.
pub const THANKS: u32 = 10;
/// So many seconds the clock stands at most: what was asked for is answered, or given up, long before.
pub const STANDS: u32 = 300;

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// Nothing: it is the person's turn.
    Nothing,
    /// An answer, or a permission: whoever has asked for it cannot do anything meanwhile.
    Answer,
    /// A draft is on its way to the server: until that is answered, it is not known what would have to be deleted there.
    Draft,
    /// What ends the journey was sent, and what becomes of it is not known.
    End,
}

/// What is to be seen of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nobody is there.
    Away,
    /// Somebody is there.
    Here,
    /// They are asked whether they are still there; so many seconds are left.
    Warned(u32),
    /// They have left while something was on its way: nothing is to be seen until it is known what became of it.
    Covered,
    /// Their journey has come to its end; so many seconds are left.
    Thanks(u32),
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Somebody begins.
    Came,
    /// A touch, a key, the pointer.
    Heard,
    /// Asked whether they are still there, they say so.
    StillHere,
    /// They want everything that they have entered to be gone, while this is waited for.
    Leave(Awaited),
    /// A second is over, in which this is waited for, and the journey is at its end or not.
    Second(Awaited, bool),
    /// Everything is gone already.
    Gone,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Everything of this person is to be gone. True where they have come to the end of their journey.
    Wipe(bool),
}

/// The machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    phase: Phase,
    /// How many seconds nothing was heard.
    silent: u32,
    /// How many seconds the clock has stood.
    stood: u32,
}

impl Default for Idle {
    fn default() -> Idle {
        Idle::new()
    }
}

impl Idle {
    /// Nobody is there.
    pub const fn new() -> Idle {
        Idle { phase: Phase::Away, silent: 0, stood: 0 }
    }

    /// What is to be seen of it.
    pub fn phase(self) -> Phase {
        self.phase
    }

    fn to(phase: Phase) -> (Idle, Option<Effect>) {
        (Idle { phase, silent: 0, stood: 0 }, None)
    }

    /// Everything is to be gone, now or once it is known what became of what is waited for.
    fn over(awaited: Awaited) -> (Idle, Option<Effect>) {
        match awaited {
            Awaited::Draft | Awaited::End => Idle::to(Phase::Covered),
            Awaited::Nothing | Awaited::Answer => (Idle::new(), Some(Effect::Wipe(false))),
        }
    }

    /// The machine after `event`, and what is to be done. Somebody is asked after so many seconds in which nothing was heard.
    pub fn on(self, event: Event, timeout: u32) -> (Idle, Option<Effect>) {
        match (event, self.phase) {
            (Event::Gone, _) => Idle::to(Phase::Away),
            (Event::Came, Phase::Away) | (Event::Heard, Phase::Here) => Idle::to(Phase::Here),
            (Event::StillHere, Phase::Warned(_)) => Idle::to(Phase::Here),
            // Something is heard of them; that they want to go on, they are to say.
            (Event::Heard, Phase::Warned(_)) => Idle::to(Phase::Warned(WARNING)),
            // Whoever reads on needs more time.
            (Event::Heard, Phase::Thanks(_)) => Idle::to(Phase::Thanks(THANKS)),
            (Event::Leave(_), Phase::Thanks(_)) => (Idle::new(), Some(Effect::Wipe(true))),
            (Event::Leave(awaited), Phase::Here | Phase::Warned(_)) => Idle::over(awaited),
            (Event::Second(..), Phase::Away) => (self, None),
            (Event::Second(_, is_done), Phase::Thanks(left)) => match left.saturating_sub(1) {
                0 => (Idle::new(), Some(Effect::Wipe(true))),
                // Another card was begun.
                _ if !is_done => Idle::to(Phase::Here),
                left => Idle::to(Phase::Thanks(left)),
            },
            (Event::Second(awaited, is_done), Phase::Covered) => match awaited {
                Awaited::Draft | Awaited::End if self.stood < STANDS => (Idle { stood: self.stood + 1, ..self }, None),
                _ => (Idle::new(), Some(Effect::Wipe(is_done))),
            },
            (Event::Second(_, true), Phase::Here | Phase::Warned(_)) => Idle::to(Phase::Thanks(THANKS)),
            // Who has sent it may have gone: then nobody else is to see it.
            (Event::Second(Awaited::Answer | Awaited::Draft, false), Phase::Here | Phase::Warned(_))
                if self.stood < STANDS =>
            {
                (Idle { stood: self.stood + 1, ..self }, None)
            }
            (Event::Second(..), Phase::Here) => {
                let silent = self.silent + 1;
                let phase = if silent < timeout { Phase::Here } else { Phase::Warned(WARNING) };
                (Idle { phase, silent, ..self }, None)
            }
            (Event::Second(awaited, _), Phase::Warned(left)) => match left.saturating_sub(1) {
                0 => Idle::over(awaited),
                left => (Idle { phase: Phase::Warned(left), ..self }, None),
            },
            (Event::Came, _)
            | (Event::Heard, Phase::Away | Phase::Covered)
            | (Event::StillHere, _)
            | (Event::Leave(_), Phase::Away | Phase::Covered) => (self, None),
        }
    }
}

// The crate that makes the inputs does not build for the browser.
#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
