//! For how long somebody is taken to be there.

use super::*;

#[test]
fn the_clock_stands_while_something_is_awaited() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.server.late.set(Some((Method::Get, "/preview", 55_000)));
    stage.app.card().show_preview();
    stage.seconds(54);
    assert_eq!(stage.phase(), Phase::Here);
    stage.seconds(58);
    assert_eq!((stage.screen(), stage.phase()), (Screen::Preview, Phase::Here), "all of it from the answer on");
    stage.app.card().edit();
    stage.kiosk().heard();
    stage.app.cx().go(Screen::Camera(1));
    stage.hall.is_asking.set(true);
    stage.seconds(200);
    assert_eq!(stage.phase(), Phase::Here, "nobody has said whether the camera may be used");
}

#[test]
fn the_clock_goes_on_whatever_the_page_changes_and_ends_with_the_widget() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    let other = Config { organization: Some(OrganizationId(8)), ..config(EndsWith::Finalized) };
    stage.app.set_up(Ok(other));
    stage.seconds(90);
    stage.pass(0);
    stage.is_as_new("another organization");
    traces.are_gone();
    let deletes = stage.fake.sent().iter().filter(|sent| sent.method == Method::Delete).count();
    assert_eq!(deletes, 0, "the number is another card's there");
    stage.owner.cleanup();
    let fake = stage.fake.clone();
    fake.run(poll_fn(|cx| {
        let mut tasks = stage.tasks.0.take();
        tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
        let is_over = tasks.is_empty();
        stage.tasks.0.borrow_mut().splice(0..0, tasks);
        if is_over { Poll::Ready(()) } else { Poll::Pending }
    }));
}
