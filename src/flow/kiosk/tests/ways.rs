//! The way to the server, and the token, go and come.

use super::*;

#[test]
fn the_network_goes_and_comes_at_a_step_and_nothing_entered_is_lost() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.server.is_away.set(true);
    stage.app.card().show_preview();
    stage.seconds(15);
    assert!(matches!(stage.app.card().save_state().get_untracked(), SaveState::Failed(_)));
    assert!(stage.kiosk().tries_again());
    assert_eq!(stage.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().text(0)), "Ana".into());
    stage.server.is_away.set(false);
    stage.seconds(20);
    assert_eq!((stage.screen(), stage.server.made.get()), (Screen::Preview, 1), "one draft");
    assert!(!stage.kiosk().tries_again());
    stage.server.is_away.set(true);
    stage.kiosk().heard();
    stage.app.card().finalize();
    stage.seconds(15);
    stage.server.is_away.set(false);
    stage.seconds(20);
    assert_eq!(stage.server.cards(), [(1, true)]);
}

#[test]
fn without_a_token_it_is_closed_and_opens_with_one() {
    let stage = Stage::with(None, EndsWith::Finalized);
    stage.seconds(1);
    assert_eq!((stage.screen(), stage.kiosk().door()), (Screen::Attract, Door::Closed("unauthorized")));
    stage.seconds(60);
    assert_eq!(stage.kiosk().door(), Door::Closed("unauthorized"));
    stage.app.set_token(Some("T1".into()));
    stage.app.access_changed();
    stage.seconds(2);
    assert_eq!(stage.kiosk().door(), Door::Open);
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.app.sign_out();
    stage.pass(0);
    stage.is_as_new("signing out");
    traces.are_gone();
    assert_ne!(stage.kiosk().door(), Door::Open);
    assert!(matches!(stage.app.templates().list().get_untracked(), Remote::Loading));
}
