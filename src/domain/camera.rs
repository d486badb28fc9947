//! Taking a photo with a camera, as a state machine.
//!
//! The camera's light is a promise: it burns only while the person sees themselves. So whatever happens, in whatever order
//! the browser's answers come, the machine says when the camera is to be stopped, and every answer carries the number of
//! the question it belongs to: one that comes late is answered by [`Effect::Discard`].

mod failure;

pub use failure::Failure;

/// What is asked of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// As many pixels as a good photo needs.
    Best,
    /// Whatever it gives: some give nothing where they are asked for more than they have.
    Plain,
}

/// What the person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was asked for, or the page is out of sight.
    Off,
    /// The browser was asked for the camera.
    Asking,
    /// The person sees themselves.
    Live,
    /// So many seconds are left.
    Counting(u32),
    /// The picture is being taken from the camera.
    Taking,
    /// There is a picture.
    Captured,
    /// There is no camera.
    Failed(Failure),
}

impl State {
    /// Whether the camera is on, or about to be.
    pub fn is_on(self) -> bool {
        matches!(self, State::Asking | State::Live | State::Counting(_) | State::Taking)
    }
}

/// What happens. Those with a number answer the effect of that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The screen is there; another camera was chosen; or the person tries again.
    Ask,
    /// The browser gave the camera.
    Opened(u32),
    /// It did not.
    Refused(u32, Failure),
    /// The rest before the camera is asked for once more is over.
    Rested(u32),
    /// The camera that is on ended by itself. One that was stopped has nothing to say any more.
    Ended,
    /// The person takes the picture, in so many seconds.
    Shutter(u32),
    /// A second is over.
    Tick(u32),
    /// The person does not want to be counted down.
    Stay,
    /// The picture is there.
    Taken(u32),
    /// It could not be taken.
    NotTaken(u32),
    /// The page went out of sight.
    Hidden,
    /// The page is in sight again.
    Visible,
    /// The screen is left.
    Leave,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Ask the browser for the camera.
    Ask(u32, Wish),
    /// Tell when it has had a rest of [`REST`] milliseconds: whoever had it may be letting go of it just now.
    Rest(u32),
    /// Turn the camera off.
    Stop,
    /// Turn off the camera that has just come: nobody wants it any more.
    Discard,
    /// Tell when a second is over.
    Wait(u32),
    /// Take the picture.
    Take(u32),
}

/// How long a camera that could not be read is left alone before it is asked for the last time, in milliseconds.
pub const REST: u64 = 300;

/// The machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    state: State,
    /// The number of the last question; answers to earlier ones are late.
    turn: u32,
    /// How often in a row it could not be read.
    unread: u8,
    /// Whether the camera comes back when the page is in sight again.
    resumes: bool,
}

impl Default for Machine {
    fn default() -> Machine {
        Machine::new()
    }
}

impl Machine {
    /// A camera that was not asked for.
    pub fn new() -> Machine {
        Machine { state: State::Off, turn: 0, unread: 0, resumes: false }
    }

    /// What the person sees.
    pub fn state(self) -> State {
        self.state
    }

    /// The machine after `event`, and what is to be done, in this order.
    pub fn on(self, event: Event) -> (Machine, [Option<Effect>; 2]) {
        let stop = self.state.is_on().then_some(Effect::Stop);
        let next = self.turn.wrapping_add(1);
        // Whatever is still under way is late from now on.
        let off = |state, resumes| (Machine { state, turn: next, unread: 0, resumes }, [stop, None]);
        let stay = (self, [None, None]);
        let to = |state, effect| (Machine { state, ..self }, [effect, None]);
        match (event, self.state) {
            (Event::Ask, _) => {
                let asking = Machine { state: State::Asking, turn: next, unread: 0, resumes: false };
                (asking, [stop, Some(Effect::Ask(next, Wish::Best))])
            }
            (Event::Opened(turn), State::Asking) if turn == self.turn => to(State::Live, None),
            (Event::Opened(_), _) => (self, [Some(Effect::Discard), None]),
            // Once more with fewer wishes, and once more after a rest.
            (Event::Refused(turn, Failure::InUse), State::Asking) if turn == self.turn && self.unread < 2 => {
                let again = Machine { turn: next, unread: self.unread + 1, ..self };
                let effect = if self.unread == 0 { Effect::Ask(next, Wish::Plain) } else { Effect::Rest(next) };
                (again, [Some(effect), None])
            }
            (Event::Rested(turn), State::Asking) if turn == self.turn && self.unread == 2 => {
                (self, [Some(Effect::Ask(turn, Wish::Plain)), None])
            }
            (Event::Refused(turn, why), State::Asking) if turn == self.turn => off(State::Failed(why), false),
            (Event::Ended, State::Live | State::Counting(_) | State::Taking) => {
                off(State::Failed(Failure::Unplugged), false)
            }
            (Event::Shutter(0), State::Live | State::Counting(_)) => to(State::Taking, Some(Effect::Take(self.turn))),
            (Event::Shutter(seconds), State::Live) => to(State::Counting(seconds), Some(Effect::Wait(self.turn))),
            (Event::Tick(turn), State::Counting(left)) if turn == self.turn => match left {
                0 | 1 => to(State::Taking, Some(Effect::Take(turn))),
                left => to(State::Counting(left - 1), Some(Effect::Wait(turn))),
            },
            // The tick that is on its way belongs to the count that was given up, and the camera goes on.
            (Event::Stay, State::Counting(_)) => (Machine { state: State::Live, turn: next, ..self }, [None, None]),
            (Event::Taken(turn), State::Taking) if turn == self.turn => off(State::Captured, false),
            (Event::NotTaken(turn), State::Taking) if turn == self.turn => to(State::Live, None),
            (Event::Hidden, state) if state.is_on() => off(State::Off, true),
            (Event::Visible, State::Off) if self.resumes => self.on(Event::Ask),
            (Event::Leave, _) => off(State::Off, false),
            _ => stay,
        }
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The machine after `events`, and the effects of the last one.
    fn after(events: &[Event]) -> (State, Vec<Effect>) {
        let (mut machine, mut effects) = (Machine::new(), Vec::new());
        for event in events {
            let (next, wanted) = machine.on(*event);
            machine = next;
            effects = wanted.into_iter().flatten().collect();
        }
        (machine.state(), effects)
    }

    #[test]
    fn from_the_question_to_the_picture() {
        use Event::*;
        assert_eq!(after(&[Ask]), (State::Asking, vec![Effect::Ask(1, Wish::Best)]));
        assert_eq!(after(&[Ask, Opened(1)]), (State::Live, vec![]));
        assert_eq!(after(&[Ask, Opened(1), Shutter(3)]), (State::Counting(3), vec![Effect::Wait(1)]));
        let counting = [Ask, Opened(1), Shutter(3), Tick(1), Tick(1)];
        assert_eq!(after(&counting), (State::Counting(1), vec![Effect::Wait(1)]));
        assert_eq!(after(&[&counting[..], &[Tick(1)]].concat()), (State::Taking, vec![Effect::Take(1)]));
        assert_eq!(after(&[&counting[..], &[Tick(1), Taken(1)]].concat()), (State::Captured, vec![Effect::Stop]));
        assert_eq!(after(&[Ask, Opened(1), Shutter(0)]), (State::Taking, vec![Effect::Take(1)]));
    }

    #[test]
    fn a_count_that_was_given_up_does_not_go_on() {
        use Event::*;
        let stayed = [Ask, Opened(1), Shutter(3), Stay];
        assert_eq!(after(&stayed), (State::Live, vec![]));
        assert_eq!(after(&[&stayed[..], &[Tick(1)]].concat()), (State::Live, vec![]));
        // Another one counts by itself.
        assert_eq!(after(&[&stayed[..], &[Shutter(3), Tick(1)]].concat()).0, State::Counting(3));
        assert_eq!(after(&[&stayed[..], &[Shutter(3), Tick(2)]].concat()).0, State::Counting(2));
        // The camera is still the same one.
        assert_eq!(after(&[&stayed[..], &[Ended]].concat()).0, State::Failed(Failure::Unplugged));
    }

    #[test]
    fn a_camera_that_comes_too_late_is_turned_off() {
        use Event::*;
        assert_eq!(after(&[Ask, Leave, Opened(1)]), (State::Off, vec![Effect::Discard]));
        assert_eq!(after(&[Ask, Ask, Opened(1)]), (State::Asking, vec![Effect::Discard]));
        assert_eq!(after(&[Ask, Hidden, Opened(1)]), (State::Off, vec![Effect::Discard]));
    }

    #[test]
    fn a_failure_is_shown_and_can_be_tried_again() {
        use Event::*;
        let denied = [Ask, Refused(1, Failure::Denied)];
        assert_eq!(after(&denied).0, State::Failed(Failure::Denied));
        assert_eq!(after(&[&denied[..], &[Ask]].concat()).0, State::Asking);
        assert_eq!(after(&[Ask, Leave, Refused(1, Failure::Denied)]).0, State::Off, "too late to be told");
    }

    #[test]
    fn it_comes_back_with_the_page() {
        use Event::*;
        assert_eq!(after(&[Ask, Opened(1), Hidden]), (State::Off, vec![Effect::Stop]));
        assert_eq!(after(&[Ask, Opened(1), Hidden, Visible]), (State::Asking, vec![Effect::Ask(3, Wish::Best)]));
        assert_eq!(after(&[Ask, Refused(1, Failure::Denied), Hidden, Visible]).0, State::Failed(Failure::Denied));
        assert_eq!(after(&[Ask, Opened(1), Leave, Visible]).0, State::Off);
    }

    #[test]
    fn a_camera_that_cannot_be_read_is_asked_for_twice_more() {
        use Event::*;
        const UNREAD: Failure = Failure::InUse;
        let twice = [Ask, Refused(1, UNREAD)];
        assert_eq!(after(&twice), (State::Asking, vec![Effect::Ask(2, Wish::Plain)]));
        let rest = [&twice[..], &[Refused(2, UNREAD)]].concat();
        assert_eq!(after(&rest), (State::Asking, vec![Effect::Rest(3)]));
        let thrice = [&rest[..], &[Rested(3)]].concat();
        assert_eq!(after(&thrice), (State::Asking, vec![Effect::Ask(3, Wish::Plain)]));
        assert_eq!(after(&[&thrice[..], &[Opened(3)]].concat()), (State::Live, vec![]));
        let failed = [&thrice[..], &[Refused(3, UNREAD)]].concat();
        assert_eq!(after(&failed), (State::Failed(UNREAD), vec![Effect::Stop]));
        // Whoever tries again begins from the beginning; whoever has left is not asked for any more.
        assert_eq!(after(&[&failed[..], &[Ask]].concat()), (State::Asking, vec![Effect::Ask(5, Wish::Best)]));
        assert_eq!(after(&[&rest[..], &[Leave, Rested(3)]].concat()), (State::Off, vec![]));
        assert_eq!(after(&[&rest[..], &[Hidden, Rested(3)]].concat()), (State::Off, vec![]));
        // Other failures are what they are at once, also where the camera could not be read before.
        assert_eq!(after(&[&twice[..], &[Refused(2, Failure::System)]].concat()).0, State::Failed(Failure::System));
        assert_eq!(after(&[Ask, Refused(1, Failure::TimedOut)]).0, State::Failed(Failure::TimedOut));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Ours(Event),
        /// Answers a question that is still open, whichever.
        Answer(prop::sample::Index, Result<(), Failure>),
        Unplug,
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let ours = prop_oneof![
            Just(Event::Ask),
            (0u32..9).prop_map(Event::Rested),
            (0u32..5).prop_map(Event::Shutter),
            (0u32..9).prop_map(Event::Tick),
            Just(Event::Stay),
            (0u32..9).prop_map(Event::Taken),
            (0u32..9).prop_map(Event::NotTaken),
            Just(Event::Hidden),
            Just(Event::Visible),
            Just(Event::Leave),
        ];
        let answer = prop_oneof![Just(Ok(())), Just(Err(Failure::Denied)), Just(Err(Failure::InUse))];
        let step = prop_oneof![
            4 => ours.prop_map(Step::Ours),
            3 => (any::<prop::sample::Index>(), answer).prop_map(|(which, answer)| Step::Answer(which, answer)),
            1 => Just(Step::Unplug),
        ];
        prop::collection::vec(step, 0..60)
    }

    proptest! {
        /// However the answers come in: the camera that is on is the one that the person sees, and there is only one.
        #[test]
        fn the_light_is_on_only_while_it_is_seen(steps in steps()) {
            let mut machine = Machine::new();
            let mut open: Vec<u32> = Vec::new();
            let mut on: Option<u32> = None;
            for step in steps {
                let event = match step {
                    Step::Ours(event) => event,
                    Step::Answer(_, _) if open.is_empty() => continue,
                    Step::Answer(which, answer) => {
                        let turn = open.remove(which.index(open.len()));
                        match answer {
                            Ok(()) => {
                                prop_assert!(on.is_none() || machine.state() != State::Asking);
                                Event::Opened(turn)
                            }
                            Err(why) => Event::Refused(turn, why),
                        }
                    }
                    Step::Unplug => match on {
                        Some(_) => Event::Ended,
                        None => continue,
                    },
                };
                let (next, effects) = machine.on(event);
                machine = next;
                if let Event::Opened(turn) = event && !effects.contains(&Some(Effect::Discard)) {
                    prop_assert_eq!(on.replace(turn), None);
                }
                for effect in effects.into_iter().flatten() {
                    match effect {
                        Effect::Ask(turn, _) => open.push(turn),
                        Effect::Stop => on = None,
                        Effect::Take(_) => prop_assert!(on.is_some()),
                        Effect::Discard | Effect::Wait(_) | Effect::Rest(_) => {}
                    }
                }
                prop_assert_eq!(on.is_some(), machine.state().is_on() && machine.state() != State::Asking);
            }
        }
    }
}
