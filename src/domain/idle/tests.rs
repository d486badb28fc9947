//! Who leaves is forgotten, who stays is not, whatever happens in whatever order.

use proptest::prelude::*;

use super::*;

const QUIET: Event = Event::Second(Awaited::Nothing, false);

/// A kiosk with somebody at it, and how often everything was made to be gone.
struct Lobby {
    idle: Idle,
    wiped: Vec<bool>,
}

impl Lobby {
    fn with_somebody() -> Lobby {
        let mut lobby = Lobby { idle: Idle::new(), wiped: Vec::new() };
        lobby.on(Event::Came);
        lobby
    }

    fn on(&mut self, event: Event) -> Phase {
        let (idle, effect) = self.idle.on(event, 60);
        self.idle = idle;
        if let Some(Effect::Wipe(is_done)) = effect {
            self.wiped.push(is_done);
        }
        idle.phase()
    }

    fn wait(&mut self, seconds: u32, event: Event) -> Phase {
        (0..seconds).map(|_| self.on(event)).last().unwrap_or(self.idle.phase())
    }
}

#[test]
fn whoever_leaves_is_asked_and_then_forgotten() {
    let mut lobby = Lobby::with_somebody();
    assert_eq!(lobby.wait(59, QUIET), Phase::Here);
    assert_eq!(lobby.on(QUIET), Phase::Warned(15));
    assert_eq!(lobby.wait(14, QUIET), Phase::Warned(1));
    assert_eq!(lobby.on(QUIET), Phase::Away);
    assert_eq!(lobby.wiped, [false]);
    assert_eq!(lobby.wait(200, QUIET), Phase::Away, "nobody is asked for who is not there");
    assert_eq!(lobby.wiped.len(), 1);
}

#[test]
fn whoever_stays_can_say_so_as_often_as_they_like() {
    let mut lobby = Lobby::with_somebody();
    for _ in 0..12 {
        assert_eq!(lobby.wait(74, QUIET), Phase::Warned(1));
        assert_eq!(lobby.on(Event::StillHere), Phase::Here);
    }
    assert_eq!(lobby.wait(59, QUIET), Phase::Here);
    assert_eq!(lobby.on(Event::Heard), Phase::Here);
    assert_eq!(lobby.wait(59, QUIET), Phase::Here, "a touch is a beginning");
    assert!(lobby.wiped.is_empty());
}

#[test]
fn who_is_heard_while_asked_has_all_the_time_again() {
    let mut lobby = Lobby::with_somebody();
    lobby.wait(70, QUIET);
    assert_eq!(lobby.on(Event::Heard), Phase::Warned(15));
}

#[test]
fn the_clock_stands_while_an_answer_is_awaited_but_not_for_ever() {
    let mut lobby = Lobby::with_somebody();
    lobby.wait(50, QUIET);
    assert_eq!(lobby.wait(200, Event::Second(Awaited::Answer, false)), Phase::Here);
    assert_eq!(lobby.wait(9, QUIET), Phase::Here);
    assert_eq!(lobby.on(QUIET), Phase::Warned(15));
    let mut stuck = Lobby::with_somebody();
    stuck.wait(STANDS + 60 + 15, Event::Second(Awaited::Answer, false));
    assert_eq!(stuck.wiped, [false]);
}

#[test]
fn what_was_sent_at_the_end_is_covered_until_it_is_settled() {
    let mut lobby = Lobby::with_somebody();
    let sent = Event::Second(Awaited::End, false);
    assert_eq!(lobby.wait(60, sent), Phase::Warned(15));
    assert_eq!(lobby.wait(15, sent), Phase::Covered);
    assert_eq!(lobby.wait(100, sent), Phase::Covered);
    assert_eq!(lobby.on(Event::Heard), Phase::Covered, "it may be somebody else");
    assert_eq!(lobby.on(Event::Second(Awaited::Nothing, true)), Phase::Away);
    assert_eq!(lobby.wiped, [true]);
}

#[test]
fn who_is_there_when_it_is_settled_is_thanked() {
    let mut lobby = Lobby::with_somebody();
    lobby.wait(70, Event::Second(Awaited::End, false));
    let done = Event::Second(Awaited::Nothing, true);
    assert_eq!(lobby.on(done), Phase::Thanks(10));
    assert_eq!(lobby.wait(9, done), Phase::Thanks(1));
    assert_eq!(lobby.on(Event::Heard), Phase::Thanks(10));
    assert_eq!(lobby.wait(10, done), Phase::Away);
    assert_eq!(lobby.wiped, [true]);
}

#[test]
fn starting_over_waits_for_a_draft_on_its_way_and_for_nothing_else() {
    for (awaited, phase) in [
        (Awaited::Nothing, Phase::Away),
        (Awaited::Answer, Phase::Away),
        (Awaited::Draft, Phase::Covered),
        (Awaited::End, Phase::Covered),
    ] {
        let mut lobby = Lobby::with_somebody();
        assert_eq!(lobby.on(Event::Leave(awaited)), phase, "{awaited:?}");
        assert_eq!(lobby.on(QUIET), Phase::Away, "{awaited:?}");
        assert_eq!(lobby.wiped, [false], "{awaited:?}");
    }
}

fn events() -> impl Strategy<Value = Event> {
    let awaited = || {
        prop_oneof![
            4 => Just(Awaited::Nothing),
            1 => Just(Awaited::Answer),
            1 => Just(Awaited::Draft),
            1 => Just(Awaited::End)
        ]
    };
    prop_oneof![
        2 => Just(Event::Came),
        2 => Just(Event::Heard),
        2 => Just(Event::StillHere),
        1 => awaited().prop_map(Event::Leave),
        1 => Just(Event::Gone),
        40 => (awaited(), prop::bool::weighted(0.03)).prop_map(|(awaited, is_done)| Event::Second(awaited, is_done)),
    ]
}

proptest! {
    // Each is hundreds of events long.
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever came is wiped before anybody is away, and once; whoever was heard of is not wiped within the warning.
    #[test]
    fn nobody_is_away_whose_data_are_there(events in prop::collection::vec(events(), 1..400), timeout in 1u32..90) {
        let mut idle = Idle::new();
        let mut since_heard = u32::MAX;
        for event in events {
            let before = idle.phase();
            let (next, effect) = idle.on(event, timeout);
            let was_there = before != Phase::Away;
            match event {
                Event::Came if !was_there => since_heard = 0,
                Event::Heard => since_heard = 0,
                Event::StillHere if matches!(before, Phase::Warned(_)) => since_heard = 0,
                Event::Second(..) => since_heard = since_heard.saturating_add(1),
                _ => {}
            }
            let went = was_there && next.phase() == Phase::Away;
            prop_assert_eq!(effect.is_some(), went && event != Event::Gone);
            if effect == Some(Effect::Wipe(false)) && matches!(event, Event::Second(..)) && before != Phase::Covered {
                prop_assert!(since_heard >= WARNING, "{} s after they were heard of", since_heard);
            }
            if let Phase::Warned(left) | Phase::Thanks(left) = next.phase() {
                prop_assert!((1..=WARNING).contains(&left));
            }
            idle = next;
        }
    }

    /// However it stands with somebody, without a sound of them everything is gone in the end.
    #[test]
    fn in_the_end_everything_is_gone(
        events in prop::collection::vec(events(), 1..200),
        rest in prop::sample::select(vec![Awaited::Nothing, Awaited::Answer, Awaited::Draft, Awaited::End]),
        timeout in 1u32..90,
    ) {
        let mut idle = events.into_iter().fold(Idle::new(), |idle, event| idle.on(event, timeout).0);
        for _ in 0..2 * STANDS + timeout + WARNING + THANKS {
            idle = idle.on(Event::Second(rest, false), timeout).0;
        }
        prop_assert_eq!(idle.phase(), Phase::Away);
    }
}
