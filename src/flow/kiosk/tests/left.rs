//! What somebody has left at the server is deleted, or brought to its end, before anybody new is taken.

use super::*;

#[test]
fn a_draft_on_its_way_is_waited_for_and_then_deleted() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.server.late.set(Some((Method::Post, "/cards", 20_000)));
    stage.app.card().show_preview();
    stage.seconds(2);
    stage.kiosk().ask();
    stage.kiosk().leave();
    stage.seconds(10);
    assert_eq!(stage.phase(), Phase::Covered, "its number is not known yet");
    stage.seconds(10);
    stage.pass(0);
    stage.is_as_new("the answer");
    traces.are_gone();
    assert_eq!((stage.server.made.get(), stage.server.cards()), (1, Vec::new()));
}

#[test]
fn what_cannot_be_deleted_waits_and_goes_first() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.server.is_away.set(true);
    stage.seconds(75);
    stage.pass(0);
    stage.is_as_new("the network is away");
    assert_eq!((stage.kiosk().door(), stage.kiosk().unsettled()), (Door::Closed("unreachable"), 1));
    stage.kiosk().start();
    assert_eq!(stage.screen(), Screen::Attract, "nobody new is taken");
    stage.seconds(120);
    assert_eq!(stage.kiosk().door(), Door::Closed("unreachable"));
    stage.server.is_away.set(false);
    stage.seconds(31);
    assert_eq!((stage.kiosk().door(), stage.kiosk().unsettled()), (Door::Open, 0));
    assert_eq!(stage.server.cards(), []);
    let closings = stage.told.borrow().iter().filter(|event| matches!(event, HostEvent::Error { .. })).count();
    assert_eq!(closings, 1, "told once");
}

#[test]
fn what_the_server_does_not_delete_is_tried_before_each_next_one() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.server.delete_status.set(Some(500));
    stage.seconds(75);
    stage.pass(0);
    assert_eq!(
        (stage.kiosk().door(), stage.kiosk().unsettled()),
        (Door::Open, 1),
        "a server's own trouble closes nothing"
    );
    stage.begins(0);
    stage.server.delete_status.set(None);
    stage.seconds(75);
    stage.pass(0);
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (Vec::new(), 0));
}

#[test]
fn a_finalization_of_which_nothing_is_known_is_covered_then_settled() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.seconds(50);
    stage.server.late.set(Some((Method::Patch, "/finalize", 100_000)));
    stage.app.card().finalize();
    stage.seconds(25);
    assert_eq!(stage.phase(), Phase::Covered);
    // The call is given up after 30 s: then it is not known what became of it, and the network goes as well.
    stage.server.finalize_status.set(Some(502));
    stage.seconds(6);
    stage.pass(0);
    stage.is_as_new("no answer");
    traces.are_gone();
    stage.server.late.set(None);
    stage.server.cards.borrow_mut().insert(1, false);
    stage.seconds(40);
    assert!(matches!(stage.kiosk().door(), Door::Closed(_)));
    assert_eq!(stage.server.cards(), [(1, false)], "not deleted: it may be finalized");
    stage.server.finalize_status.set(None);
    stage.seconds(31);
    assert_eq!((stage.server.cards(), stage.kiosk().door()), (vec![(1, true)], Door::Open));
}

#[test]
fn what_may_be_finalized_is_not_deleted_since_another_try_was_refused() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    // The answer is lost, and the server has done it.
    stage.server.finalize_status.set(Some(502));
    stage.app.card().finalize();
    stage.seconds(1);
    stage.server.cards.borrow_mut().insert(1, true);
    // Then the token is good for nothing any more.
    stage.server.finalize_status.set(Some(401));
    stage.app.card().finalize();
    stage.seconds(1);
    stage.seconds(75);
    stage.pass(0);
    stage.is_as_new("the token is refused");
    assert_eq!(stage.kiosk().unsettled(), 1);
    stage.server.finalize_status.set(None);
    stage.seconds(60);
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (vec![(1, true)], 0));
}

#[test]
fn who_is_gone_when_it_is_finalized_leaves_nothing_to_be_seen() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.seconds(55);
    stage.server.late.set(Some((Method::Patch, "/finalize", 25_000)));
    stage.app.card().finalize();
    stage.seconds(21);
    assert_eq!(stage.phase(), Phase::Covered);
    stage.seconds(5);
    stage.pass(0);
    stage.is_as_new("finalized");
    traces.are_gone();
    assert_eq!(stage.server.cards(), [(1, true)]);
    assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 1, abandoned: 0 });
}

#[test]
fn who_goes_at_once_when_the_card_is_done_has_finished() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.app.card().finalize();
    stage.pass(0);
    assert_eq!((stage.screen(), stage.phase()), (Screen::Done, Phase::Here), "no second of it is over");
    stage.kiosk().leave();
    stage.pass(0);
    stage.is_as_new("finishing at once");
    traces.are_gone();
    assert_eq!(stage.server.cards(), [(1, true)]);
    assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 1, abandoned: 0 });
}
