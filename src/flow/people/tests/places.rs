//! Each contact and each address has a place of its own, by which one comes back to it.

use super::*;

fn here(stage: &Stage) -> Screen {
    stage.app.cx().screen().get_untracked()
}

#[test]
fn something_that_is_opened_has_a_place_and_one_goes_back_from_it_to_the_list() {
    let stage = Stage::new();
    let people = stage.people();
    stage.opens(contact(2));
    assert_eq!(here(&stage), Screen::Desk(DeskPage::Contact(ContactId(2))));
    people.close();
    assert_eq!(here(&stage), Screen::Desk(DeskPage::Contacts));
    // A link leads to it.
    stage.goes(DeskPage::Address(AddressId(3)));
    assert_eq!(people.form().with_untracked(|form| form.get(Part::Address1).to_owned()), "1 Main");
    stage.types(&[(Part::Address1, "1 Elm")]);
    stage.saves();
    assert_eq!((here(&stage), stage.said()), (Screen::Desk(DeskPage::Addresses), Some(Said::Saved)));
    // What is gone is told over the list.
    stage.goes(DeskPage::Contact(ContactId(99)));
    assert_eq!((here(&stage), stage.said()), (Screen::Desk(DeskPage::Contacts), Some(Said::Gone)));
    // What is new has no place of its own.
    stage.opens(Subject::Contact(None));
    assert_eq!(here(&stage), Screen::Desk(DeskPage::Contacts));
}

#[test]
fn who_goes_back_and_forward_finds_what_was_typed() {
    let stage = Stage::new();
    let people = stage.people();
    stage.opens(contact(2));
    stage.types(&[(Part::FullName, "Benno")]);
    stage.goes(DeskPage::Contacts);
    assert_eq!(people.edited_at(DeskPage::Contacts), None, "the list is there");
    stage.goes(DeskPage::Contact(ContactId(2)));
    assert_eq!(people.asks().get_untracked(), None);
    assert_eq!(people.form().with_untracked(|form| form.get(Part::FullName).to_owned()), "Benno");
    // Another one is asked about first, and who says no comes back to what stands there.
    stage.goes(DeskPage::Contact(ContactId(1)));
    assert_eq!(people.asks().get_untracked(), Some(Question::Discard(Some(contact(1)))));
    people.dismiss();
    assert_eq!(here(&stage), Screen::Desk(DeskPage::Contact(ContactId(2))));
}
