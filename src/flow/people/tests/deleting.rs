//! What is deleted, and what is asked before something goes.

use super::*;

#[test]
fn deleting_is_asked_and_can_be_undone_for_eight_seconds() {
    let stage = Stage::new();
    let people = stage.people();
    people.ask_to_delete(contact(1));
    people.dismiss();
    stage.pass(20_000);
    assert!(!people.is_going(contact(1)) && stage.calls(Method::Delete).is_empty());

    people.ask_to_delete(contact(1));
    people.confirm();
    assert!(people.is_going(contact(1)));
    stage.pass(7_900);
    assert!(stage.calls(Method::Delete).is_empty(), "it is held");
    people.undo();
    stage.pass(20_000);
    assert!(stage.calls(Method::Delete).is_empty() && !people.is_going(contact(1)));

    people.ask_to_delete(contact(1));
    people.confirm();
    stage.pass(8_200);
    assert_eq!(stage.calls(Method::Delete), ["contacts/1"]);
    let addresses = people.directory().addresses();
    let is_without = |list: &Remote<Rc<[crate::api::Address]>>| list.ready().unwrap()[0].contact_id.is_none();
    assert!(addresses.with_untracked(is_without), "its address is shown without a contact from then on");
}

#[test]
fn what_is_held_is_deleted_when_one_leaves_or_deletes_something_else_and_once() {
    let stage = Stage::new();
    let people = stage.people();
    people.ask_to_delete(contact(1));
    people.confirm();
    people.ask_to_delete(contact(2));
    people.confirm();
    stage.pass(100);
    assert_eq!(stage.calls(Method::Delete), ["contacts/1"]);
    people.settle();
    people.settle();
    stage.pass(20_000);
    assert_eq!(stage.calls(Method::Delete), ["contacts/1", "contacts/2"]);
}

#[test]
fn what_could_not_be_deleted_is_there_again_and_can_be_tried_again() {
    let stage = Stage::new();
    let people = stage.people();
    people.ask_to_delete(contact(2));
    people.confirm();
    stage.fault(Method::Delete, Fault::Status(500));
    people.settle();
    stage.pass(100);
    assert!(!people.is_going(contact(2)));
    assert!(people.undeleted().with_untracked(Option::is_some));
    // Somebody else was quicker: that is what was wanted.
    stage.server.contacts.borrow_mut().retain(|(id, ..)| *id != 2);
    people.delete_again();
    stage.pass(100);
    assert!(people.undeleted().with_untracked(Option::is_none));
}

#[test]
fn what_is_held_when_somebody_signs_out_is_deleted_and_nothing_is_left_behind() {
    let stage = Stage::new();
    let people = stage.people();
    people.ask_to_delete(contact(2));
    people.confirm();
    stage.opens(Subject::Contact(None));
    assert_eq!(stage.calls(Method::Delete), ["contacts/2"], "to go on is to leave it");
    people.ask_to_delete(contact(1));
    people.confirm();
    stage.types(&[(Part::FullName, "Fay")]);
    stage.app.sign_out();
    stage.pass(20_000);
    assert_eq!(stage.calls(Method::Delete), ["contacts/2", "contacts/1"]);
    assert_eq!(people.form().get_untracked(), AddressForm::default());
    assert!(people.held().with_untracked(Option::is_none) && people.edited().get_untracked().is_none());
    assert!(!people.directory().contacts().with_untracked(Remote::is_ready));
}

#[test]
fn what_stands_in_a_form_is_asked_about_before_it_goes() {
    let stage = Stage::new();
    let people = stage.people();
    stage.opens(Subject::Contact(None));
    people.close();
    assert_eq!(people.edited().get_untracked(), None, "nothing was typed");
    stage.opens(Subject::Contact(None));
    stage.types(&[(Part::FullName, "Gil")]);
    stage.opens(address(3));
    assert_eq!(people.asks().get_untracked(), Some(Question::Discard(Some(address(3)))));
    people.dismiss();
    assert_eq!(people.form().with_untracked(|form| form.get(Part::FullName).to_owned()), "Gil");
    stage.opens(address(3));
    people.confirm();
    stage.pass(100);
    assert_eq!(people.form().with_untracked(|form| form.get(Part::Address1).to_owned()), "1 Main");
}
