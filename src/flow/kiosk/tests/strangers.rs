//! Strangers in a row: of whoever goes nothing is left, and it is asked before.

use super::*;

/// The name of a step, and the way there.
type Way = (&'static str, fn(&Stage));

#[test]
fn strangers_in_a_row_have_nothing_of_one_another() {
    let stage = Stage::new();
    let mut done = 0;
    for number in 0..12 {
        let name = format!("Stranger-{number}-of-twelve");
        let before = stage.fake.sent().len();
        stage.begins(number % 2);
        assert_eq!(stage.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().text(0)), "".into());
        let traces = stage.enters(&name);
        if number % 3 > 0 {
            stage.previews();
        }
        if number % 3 == 2 {
            done += 1;
            stage.app.card().finalize();
            stage.seconds(1);
            assert_eq!((stage.screen(), stage.phase()), (Screen::Done, Phase::Thanks(10)), "{name}");
            stage.seconds(10);
        } else {
            stage.seconds(75);
        }
        stage.pass(0);
        stage.is_as_new(&name);
        traces.are_gone();
        let sent = stage.fake.sent();
        let others = sent.iter().skip(before).flat_map(|sent| sent.form.iter().flatten());
        let foreign = others.filter(|(_, value)| value.contains("Stranger-") && !value.contains(&name));
        assert_eq!(foreign.count(), 0, "{name} sends what is another's");
        assert_eq!(
            stage.server.cards().iter().filter(|(_, is_finalized)| !is_finalized).count(),
            0,
            "{name}'s draft stays"
        );
    }
    assert_eq!(stage.server.cards().len(), done);
    assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 4, abandoned: 8 });
    assert_eq!(stage.hall.came.get(), 12);
}

#[test]
fn whoever_goes_at_any_step_is_forgotten() {
    let to: [Way; 7] = [
        ("choosing", |stage| {
            stage.kiosk().start();
            stage.pass(0);
        }),
        ("the form", |stage| stage.begins(0)),
        ("a form that was refused", |stage| {
            stage.begins(0);
            assert!(!stage.app.card().check(false));
            stage.app.card().left(0);
        }),
        ("the photo", |stage| {
            stage.begins(0);
            let photo: Rc<dyn Picture> = Rc::new(Photo);
            stage.owner.with(|| stage.app.card().chose_picture(1, photo, Editing::new((30, 40), None), true));
            assert_eq!(stage.screen(), Screen::Photo(1));
        }),
        ("the camera", |stage| {
            stage.begins(0);
            stage.app.cx().go(Screen::Camera(1));
        }),
        ("another template, with a card on the shelf", |stage| {
            stage.begins(0);
            stage.enters("Shelved");
            stage.app.cx().go(Screen::Templates);
            let list = stage.app.templates().list().get_untracked();
            stage.app.card().choose(list.ready().unwrap()[1].clone());
            stage.pass(0);
        }),
        ("the preview", |stage| {
            stage.begins(0);
            stage.enters("Previewed");
            stage.previews();
        }),
    ];
    let stage = Stage::new();
    for (step, go) in to {
        go(&stage);
        stage.seconds(60);
        assert_eq!(stage.phase(), Phase::Warned(15), "{step}");
        stage.kiosk().still_here();
        stage.seconds(59);
        assert_eq!(stage.phase(), Phase::Here, "{step}");
        stage.seconds(16);
        stage.pass(0);
        stage.is_as_new(step);
        assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (Vec::new(), 0), "{step}");
        assert_eq!(stage.kiosk().door(), Door::Open, "{step}");
    }
}

#[test]
fn starting_over_asks_and_deletes_what_was_made() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    assert_eq!(stage.server.cards(), [(1, false)]);
    stage.kiosk().ask();
    stage.kiosk().stay();
    stage.pass(0);
    assert_eq!((stage.screen(), stage.phase()), (Screen::Preview, Phase::Here));
    stage.kiosk().ask();
    stage.kiosk().leave();
    stage.pass(0);
    stage.is_as_new("starting over");
    traces.are_gone();
    assert_eq!((stage.server.cards(), stage.kiosk().door()), (Vec::new(), Door::Open));
}

#[test]
fn the_page_starts_over() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.app.start_over();
    stage.pass(0);
    stage.is_as_new("reset()");
    traces.are_gone();
    assert_eq!(stage.server.cards(), []);
    stage.begins(1);
}

#[test]
fn a_draft_that_was_to_stay_one_stays() {
    let stage = Stage::with(Some("T1"), EndsWith::Draft);
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.app.card().finalize();
    stage.seconds(11);
    stage.pass(0);
    stage.is_as_new("the end");
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (vec![(1, false)], 0));
}
