//! Lines that are slow or lose an answer, and a page that never answers: flows by themselves, at the virtual clock.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{pending, ready};
use instant_card::api::{CardId, Error, OnTheWay};
use instant_card::domain::config::Mode;
use instant_card::flow::card::{SaveState, Smaller};
use instant_card::flow::{HostEvent, Remote, Screen};

use crate::bench::{Bench, Fate, bench, with_token};
use crate::operation::Operation;
use crate::timeline::Timeline;

fn sized(mode: Mode) -> (Bench, u64) {
    let bench = bench(mode, &[], with_token);
    bench.badge();
    bench.save();
    let size = bench.sizes()[0];
    (bench, size)
}

#[test]
fn a_slow_line_gets_a_card_through_with_smaller_photos_and_says_so() {
    let (plain, size) = sized(Mode::Portal);
    assert!(plain.is_saved());
    assert_eq!(plain.tab.app.card().smaller().get_untracked(), None);
    // In 10 seconds a fifth of it.
    let bench = bench(Mode::Portal, &[Fate::Slowly(size / 50), Fate::Slowly(size / 50)], with_token);
    bench.badge();
    let before = bench.cards();
    bench.tab.app.card().save_draft();
    bench.run(5);
    let on_the_way = bench.tab.app.cx().session().on_the_way().get_untracked();
    assert!(matches!(on_the_way, OnTheWay::Sending { percent: 1..20 }), "{on_the_way:?}");
    bench.run(400);
    assert!(bench.is_saved());
    assert_eq!(bench.tab.app.card().smaller().get_untracked(), Some(Smaller::Slow));
    let sizes = bench.sizes();
    assert_eq!(sizes.len(), 2, "once");
    assert!(sizes[1] < sizes[0]);
    assert!(bench.cards() > before);
    assert_eq!(bench.tab.app.cx().session().on_the_way().get_untracked(), OnTheWay::Nothing);
}

#[test]
fn what_is_refused_as_too_large_is_sent_smaller_once_and_then_the_limit_is_named() {
    let refused = bench(Mode::Portal, &[Fate::TooLarge, Fate::Well], with_token);
    refused.badge();
    refused.save();
    assert!(refused.is_saved());
    assert_eq!(refused.tab.app.card().smaller().get_untracked(), Some(Smaller::Refused));
    drop(refused);

    let refused = bench(Mode::Portal, &[Fate::TooLarge, Fate::TooLarge, Fate::Well], with_token);
    refused.badge();
    refused.save();
    let state = refused.tab.app.card().save_state().get_untracked();
    assert!(matches!(state, SaveState::Failed(Error::TooLarge { .. })), "{state:?}");
    assert_eq!(refused.sizes().len(), 2);
}

#[test]
fn a_card_whose_answer_was_lost_is_looked_for_before_another_one_is_made() {
    let lost = bench(Mode::Portal, &[Fate::Lost], with_token);
    lost.badge();
    let before = lost.cards();
    lost.save();
    assert!(!lost.is_saved());
    assert_eq!(lost.cards(), before + 1);
    lost.save();
    assert!(lost.is_saved());
    assert_eq!((lost.cards(), lost.sizes().len()), (before + 1, 1), "it was there");
    drop(lost);

    let nothing = bench(Mode::Portal, &[Fate::Nothing], with_token);
    nothing.badge();
    let before = nothing.cards();
    nothing.save();
    nothing.save();
    assert!(nothing.is_saved());
    assert_eq!((nothing.cards(), nothing.sizes().len()), (before + 1, 2));
}

impl Bench {
    /// What the page was told with this code.
    fn told(&self, wanted: &str) -> Vec<String> {
        let told = self.tab.told.borrow();
        let messages = told.iter().filter_map(|event| match event {
            HostEvent::Error { code, message } if *code == wanted => Some(message.clone()),
            _ => None,
        });
        messages.collect()
    }

    fn twins(&self) -> Vec<(u64, Vec<u64>)> {
        let twins = self.tab.app.desk().cart().twins().get_untracked();
        twins.iter().map(|twins| (twins.made.0, twins.others.iter().map(|card| card.0).collect())).collect()
    }

    fn searches(&self) -> usize {
        self.server.sends.borrow().iter().filter(|sent| sent.operation == Operation::FindTwins).count()
    }

    fn newest(&self) -> Vec<u64> {
        let mut cards: Vec<u64> = self.server.door.borrow().cards().map(|card| card.id).collect();
        cards.sort_unstable();
        cards
    }
}

#[test]
fn a_card_that_the_browser_has_made_twice_is_told_once_with_both_numbers_and_kept_apart_in_the_cart() {
    let twice = bench(Mode::Portal, &[Fate::Twice], with_token);
    twice.badge();
    twice.save();
    assert!(twice.is_saved());
    let made = twice.tab.app.card().draft().get_untracked().and_then(|draft| draft.card()).expect("a card");
    let cards = twice.newest();
    let [.., one, two] = cards[..] else { panic!("two cards") };
    // Either copy may have come first; it is the one that was heard of.
    let (last, other) = if made.0 == two { (two, one) } else { (one, two) };
    assert_eq!(made.0, last);
    assert_eq!(twice.twins(), [(last, vec![other])]);
    let told = twice.told("card-unclear");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&last.to_string()) && told[0].contains(&other.to_string()), "{told:?}");
    assert!(told[0].contains("may have been"), "nothing proves it");
    assert_eq!(twice.searches(), 1);

    // A change of it is no new card.
    twice.tab.app.card().typed(0, "Zoë Möller");
    twice.save();
    assert_eq!((twice.told("card-unclear").len(), twice.searches()), (1, 1));

    // Nobody deletes anything, and the spare one is still a draft.
    assert_eq!(twice.newest(), cards);
    assert!(twice.server.door.borrow().card(other).is_some_and(|card| !card.finalized));
    let cart = twice.tab.app.desk().cart();
    assert_eq!(cart.twin_in_cart(made), None);
    cart.wish(&[(made, 1), (CardId(other), 1)]);
    assert_eq!(cart.twin_in_cart(made), Some(CardId(other)), "as it is wanted");
    assert_eq!(cart.twin_in_cart(CardId(other)), Some(made));
    cart.knows_twins(made);
    assert!(cart.twins().with_untracked(|all| all.iter().all(|twins| twins.is_known)));
    assert_eq!(cart.twin_in_cart(made), Some(CardId(other)), "also after the person has said that they know");
    twice.tab.app.sign_out();
    assert_eq!(twice.twins(), []);
}

#[test]
fn a_card_that_was_made_on_purpose_is_not_told_to_be_a_second_one() {
    let plain = bench(Mode::Portal, &[], with_token);
    plain.badge();
    plain.save();
    assert_eq!((plain.searches(), plain.twins()), (1, vec![]));
    // The same card once more, since it is wanted twice.
    plain.tab.app.templates().new_card();
    plain.badge();
    plain.save();
    let [.., first, second] = plain.newest()[..] else { panic!("two cards") };
    assert!(first < second);
    assert_eq!((plain.searches(), plain.twins()), (2, vec![]));

    // One that was there before another one was made here.
    plain.tab.app.sign_out();
    plain.tab.app.set_token(Some(plain.server.door.borrow_mut().issue_token()));
    plain.tab.app.access_changed();
    plain.badge();
    plain.tab.app.card().typed(0, "Somebody else");
    plain.save();
    plain.tab.app.templates().new_card();
    plain.badge();
    plain.save();
    assert_eq!((plain.searches(), plain.twins()), (4, vec![]));
}

#[test]
fn a_card_from_another_template_that_is_made_meanwhile_hides_no_second_one() {
    let twice = bench(Mode::Portal, &[Fate::TwiceLate, Fate::Well], with_token);
    twice.badge();
    twice.tab.app.card().save_draft();
    twice.run(2);
    twice.opens(5802);
    twice.run(2);
    twice.tab.app.card().save_draft();
    twice.run(400);
    let [.., first, other, last] = twice.newest()[..] else { panic!("three cards") };
    assert_eq!(twice.twins(), [(last, vec![first])], "{other} is from another template");
}

#[test]
fn among_many_cards_that_are_alike_the_second_one_is_looked_for_first() {
    let twice = bench(Mode::Portal, &[Fate::Well, Fate::Well, Fate::Well, Fate::Well, Fate::Twice], with_token);
    for _ in 0..5 {
        // Somebody else each time, who knows of none of these.
        twice.tab.app.sign_out();
        with_token(twice.tab.app, &twice.server);
        twice.tab.app.access_changed();
        twice.badge();
        twice.save();
        assert!(twice.is_saved());
    }
    let told = twice.twins();
    let [(made, others)] = &told[..] else { panic!("{told:?}") };
    let [.., one, other] = twice.newest()[..] else { panic!("two cards") };
    let is_told = |card| *made == card || others.contains(&card);
    assert!(is_told(one) && is_told(other), "{told:?}");
}

#[test]
fn who_is_no_staff_is_told_of_no_second_card_since_they_see_none_but_their_own() {
    let twice = bench(Mode::Request, &[Fate::Twice], with_token);
    twice.badge();
    let before = twice.cards();
    twice.save();
    assert!(twice.is_saved());
    assert_eq!((twice.cards(), twice.searches(), twice.told("card-unclear").len()), (before + 2, 0, 0));
}

#[test]
fn a_second_card_that_cannot_be_looked_for_is_no_failure() {
    let twice = bench(Mode::Portal, &[Fate::Twice], with_token);
    twice.badge();
    twice.tab.app.card().save_draft();
    twice.run(2);
    twice.tab.app.cx().session().forget();
    twice.run(400);
    assert!(twice.is_saved());
    assert_eq!(twice.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::Error { .. })).count(), 0);
}

#[test]
fn a_blank_card_of_somebody_else_is_not_taken_for_one_whose_answer_was_lost() {
    let blank = bench(Mode::Portal, &[Fate::Well, Fate::Nothing], with_token);
    blank.opens_badge();
    blank.save();
    let before = blank.cards();
    // Whoever comes next makes one, too, and nobody hears of it.
    blank.tab.app.sign_out();
    with_token(blank.tab.app, &blank.server);
    blank.tab.app.access_changed();
    blank.opens_badge();
    blank.save();
    assert!(!blank.is_saved());
    blank.save();
    assert!(blank.is_saved());
    assert_eq!(blank.cards(), before + 1, "another one, of their own");
}

#[test]
fn what_was_pressed_twice_is_given_up_with_its_card() {
    let twice = bench(Mode::Portal, &[], with_token);
    twice.badge();
    let (app, before) = (twice.tab.app, twice.cards());
    app.cx().session().forget();
    app.card().save_draft();
    app.card().save_draft();
    twice.run(2);
    assert!(twice.tab.is_asked(), "who they are");
    app.start_over();
    with_token(app, &twice.server);
    twice.run(60);
    assert_eq!((twice.cards(), twice.sizes().len()), (before, 0), "nothing was sent");
}

#[test]
fn who_is_no_staff_gets_another_draft() {
    let lost = bench(Mode::Request, &[Fate::Lost], with_token);
    lost.badge();
    let before = lost.cards();
    lost.save();
    lost.save();
    assert!(lost.is_saved());
    assert_eq!((lost.cards(), lost.sizes().len()), (before + 2, 2));
}

#[test]
fn a_page_that_never_answers_is_told_in_time_and_one_that_changes_its_mind_is_heard_at_once() {
    let silent = bench(Mode::Request, &[], |app, _| {
        app.set_provider(Some(Rc::new(|| Box::pin(pending()))));
    });
    let app = silent.tab.app;
    app.access_changed();
    silent.run(30);
    let failed = app.templates().list().get_untracked();
    assert!(matches!(failed, Remote::Failed(Error::ProviderSilent { .. })), "{failed:?}");
    let token = silent.server.door.borrow_mut().issue_token();
    app.set_provider(Some(Rc::new(move || Box::pin(ready(Some(token.clone()))))));
    app.access_changed();
    silent.run(10);
    assert_eq!(app.cx().screen().get_untracked(), Screen::Templates);
    assert!(app.templates().list().with_untracked(Remote::is_ready));
    let signed_in = silent.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::SignIn { .. })).count();
    assert_eq!(signed_in, 1);
}

#[test]
fn what_the_page_answers_late_is_gone_on_with_once() {
    let timeline: Rc<RefCell<Option<Rc<Timeline>>>> = Rc::default();
    let clock = timeline.clone();
    let late = bench(Mode::Request, &[], |app, server| {
        let token = server.door.borrow_mut().issue_token();
        app.set_provider(Some(Rc::new(move || {
            let (token, clock) = (token.clone(), clock.clone());
            Box::pin(async move {
                // When it is asked for the first time there is no clock yet.
                let clock = clock.borrow().clone();
                if let Some(clock) = clock {
                    clock.sleep(40_000).await;
                }
                Some(token)
            })
        })));
    });
    timeline.replace(Some(late.timeline.clone()));
    let app = late.tab.app;
    late.run(30);
    assert!(matches!(app.templates().list().get_untracked(), Remote::Failed(Error::ProviderSilent { .. })));
    late.run(30);
    assert!(app.templates().list().with_untracked(Remote::is_ready));
    let signed_in = late.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::SignIn { .. })).count();
    assert_eq!(signed_in, 1);
}
