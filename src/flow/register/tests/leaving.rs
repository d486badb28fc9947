//! Somebody signs out while cards that they wanted deleted can still be kept.

use std::cell::RefCell;
use std::rc::Rc;

use super::Stage;
use crate::api::CardId;
use crate::flow::register::Deed;
use crate::flow::{HostEvent, Screen};
use crate::world::Method;

fn with_list(count: u64) -> Stage {
    let stage = Stage::new(count);
    stage.register().read();
    stage.pass(0);
    stage
}

/// Whose token each call to delete bore.
fn bearers(stage: &Stage) -> Vec<String> {
    let sent = stage.fake.sent();
    let deletes = sent.iter().filter(|sent| sent.method == Method::Delete);
    deletes.map(|sent| sent.bearer.as_ref().unwrap().as_str().to_owned()).collect()
}

#[test]
fn what_is_held_is_deleted_with_the_token_of_whoever_wanted_it() {
    let stage = with_list(5);
    let register = stage.register();
    register.delete(CardId(2));
    register.pick_all(vec![3, 4]);
    register.start_many(Deed::Delete);
    stage.pass(1_000);
    stage.told.take();
    stage.app.leave();
    assert_eq!(stage.app.cx().screen().get_untracked(), Screen::SignIn, "nobody is kept waiting");
    assert!(register.deletions().with_untracked(Vec::is_empty) && register.batch().get_untracked().is_none());
    stage.app.set_token(Some("T2".to_owned()));
    stage.app.access_changed();
    stage.pass(0);
    assert_eq!(stage.server.cards.borrow().keys().copied().collect::<Vec<_>>(), [1, 5]);
    assert_eq!(bearers(&stage), ["T1", "T1", "T1"]);
    stage.pass(20_000);
    assert_eq!(bearers(&stage).len(), 3, "and once");
    let is_error = |told: &HostEvent| matches!(told, HostEvent::Error { .. });
    assert!(!stage.told.borrow().iter().any(is_error));
}

#[test]
fn what_could_not_be_deleted_then_is_told_by_its_number_and_nobody_is_asked_to_sign_in_for_it() {
    for status in [401, 500] {
        let stage = with_list(3);
        let shown = Rc::<RefCell<Vec<String>>>::default();
        let seen = shown.clone();
        stage.app.desk().colleagues().tell_by(Rc::new(move |what| seen.borrow_mut().push(what.to_owned())));
        stage.register().delete(CardId(2));
        stage.server.delete_status.set(Some(status));
        stage.told.take();
        stage.app.leave();
        stage.pass(60_000);
        assert!(!stage.app.cx().session().asking().get_untracked(), "{status}");
        let told = stage.told.borrow();
        let told = told.iter().find_map(|told| match told {
            HostEvent::Error { code: "not-deleted", message } => Some(message.clone()),
            _ => None,
        });
        let message = told.unwrap();
        assert!(message.contains("Card number 2 was not deleted.") && !message.contains("name2"), "{message}");
        assert_eq!(*shown.borrow(), [message]);
    }
}

#[test]
fn what_was_undone_stays() {
    let stage = with_list(3);
    let register = stage.register();
    register.delete(CardId(2));
    register.undo(CardId(2));
    stage.app.leave();
    stage.pass(20_000);
    assert_eq!((stage.server.cards.borrow().len(), bearers(&stage).len()), (3, 0));
}
