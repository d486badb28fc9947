//! What is created and changed, and what becomes of it where something goes wrong.

use super::*;

#[test]
fn a_contact_is_created_changed_and_given_an_address() {
    let stage = Stage::new();
    stage.opens(Subject::Contact(None));
    stage.types(&[(Part::FullName, "Cleo"), (Part::Email, "cleo@x.test"), (Part::AltPhoneNumber, "2")]);
    stage.saves();
    assert_eq!((stage.said(), stage.people().edited().get_untracked()), (Some(Said::Saved), None));
    let id = stage.server.contacts.borrow().last().unwrap().0;
    assert_eq!(stage.people().focus().get_untracked(), Some(contact(id)));

    stage.opens(contact(id));
    stage.types(&[(Part::FullName, "Cleo P.")]);
    stage.saves();
    let path = format!("contacts/{id}?contact%5Bfull_name%5D=Cleo%20P.");
    assert_eq!(stage.calls(Method::Patch), [path], "what was not changed is not sent");

    stage.people().add_address_of(ContactId(id));
    stage.types(&ADDRESS);
    stage.saves();
    assert_eq!(stage.lines().last().unwrap().1, "2 Oak");
    assert_eq!(stage.lines().last().unwrap().2, Some(id), "no second contact is made for it");
    assert_eq!(stage.server.contacts.borrow().len(), 3);
}

#[test]
fn what_is_not_changed_is_not_sent_at_all() {
    let stage = Stage::new();
    stage.opens(address(3));
    stage.saves();
    assert_eq!((stage.calls(Method::Patch).len(), stage.said()), (0, Some(Said::Saved)));
}

#[test]
fn an_order_goes_to_the_address_as_it_is_now() {
    let stage = Stage::new();
    let checkout = stage.app.desk().checkout();
    checkout.load_addresses();
    let chosen = || checkout.chosen().with_untracked(|chosen| chosen.as_ref().map(Chosen::lines));
    assert!(chosen().unwrap().contains(&"1 Main".to_owned()), "the primary one");
    stage.opens(address(3));
    stage.types(&[(Part::Address1, "9 Main")]);
    stage.saves();
    assert!(chosen().unwrap().contains(&"9 Main".to_owned()));
    stage.people().ask_to_delete(address(3));
    stage.people().confirm();
    stage.pass(9_000);
    assert_eq!(chosen(), None);
}

#[test]
fn an_address_without_contact_is_saved_anew_in_its_place() {
    let stage = Stage::new();
    stage.server.places.borrow_mut()[0].2 = None;
    stage.opens(address(3));
    assert!(!stage.people().form().with_untracked(AddressForm::had_contact));
    assert_eq!(
        stage.people().form().with_untracked(|form| form.first_flaw(Use::Saved)),
        Some(Part::FullName),
        "the vendor's rule is told before the server has to"
    );
    stage.people().entered(Entry::Contact(Some(ContactId(2))));
    stage.saves();
    let lines = stage.lines();
    assert_eq!((lines.len(), lines[0].1.as_str(), lines[0].2), (1, "1 Main", Some(2)));
    assert_ne!(lines[0].0, 3);
    assert_eq!((stage.said(), stage.people().focus().get_untracked()), (Some(Said::Saved), Some(address(lines[0].0))));
}

#[test]
fn where_the_old_one_cannot_be_deleted_it_is_said() {
    let stage = Stage::new();
    stage.server.places.borrow_mut()[0].2 = None;
    stage.opens(address(3));
    stage.people().entered(Entry::Contact(Some(ContactId(2))));
    stage.fault(Method::Delete, Fault::Status(400));
    stage.saves();
    assert_eq!((stage.said(), stage.lines().len()), (Some(Said::OldStays), 2));
}

#[test]
fn a_contact_that_was_lost_meanwhile_is_told_and_the_work_can_be_saved() {
    let stage = Stage::new();
    stage.opens(address(3));
    stage.types(&[(Part::Address1, "9 Main")]);
    stage.server.places.borrow_mut()[0].2 = None;
    stage.saves();
    assert!(stage.failure().is_some_and(|error| lacks_contact(&error)), "501");
    assert_eq!(stage.lines().len(), 1, "nothing is saved anew that nobody was told of");
    stage.people().save_as_new();
    stage.pass(100_000);
    assert_eq!(stage.lines().last().unwrap().1, "9 Main");
}

#[test]
fn one_that_is_gone_says_so_when_it_is_opened_and_when_it_is_saved() {
    let stage = Stage::new();
    stage.opens(address(3));
    stage.types(&[(Part::Address1, "9 Main")]);
    stage.server.places.borrow_mut().clear();
    stage.saves();
    assert!(matches!(stage.failure(), Some(Error::NotFound { .. })));
    stage.people().save_as_new();
    stage.pass(100_000);
    assert_eq!(stage.lines().len(), 1, "what was typed is not lost");

    stage.opens(contact(2));
    stage.people().close();
    stage.server.contacts.borrow_mut().clear();
    stage.opens(contact(2));
    assert_eq!((stage.said(), stage.people().edited().get_untracked()), (Some(Said::Gone), None));
    assert!(stage.people().directory().contacts().with_untracked(|list| list.ready().unwrap().is_empty()));
}

#[test]
fn what_the_server_does_not_accept_stays_in_the_form_with_its_words() {
    let stage = Stage::new();
    stage.opens(Subject::Contact(None));
    stage.types(&[(Part::FullName, "Dan"), (Part::Email, "no@where")]);
    stage.saves();
    let Some(Error::NotAcceptable { words }) = stage.failure() else { panic!("406") };
    assert_eq!(words, ["Email is invalid"]);
    stage.types(&[(Part::Email, "dan@x.test")]);
    stage.saves();
    assert_eq!(stage.said(), Some(Said::Saved));

    // A contact that was chosen, and is deleted by somebody else.
    stage.opens(Subject::Address(None));
    stage.people().entered(Entry::Contact(Some(ContactId(2))));
    stage.types(&ADDRESS);
    stage.server.contacts.borrow_mut().retain(|(id, ..)| *id != 2);
    stage.saves();
    assert!(matches!(stage.failure(), Some(Error::NotAcceptable { .. })));
    let knows_ben = |list: &Remote<Rc<[crate::api::Contact]>>| list.ready().unwrap().iter().any(|one| one.id.0 == 2);
    assert!(!stage.people().directory().contacts().with_untracked(knows_ben), "the contacts were read again");
}

#[test]
fn an_answer_that_is_lost_makes_nothing_twice() {
    for subject in [Subject::Contact(None), Subject::Address(None)] {
        let stage = Stage::new();
        stage.opens(subject);
        stage.types(&[(Part::FullName, "Eva"), (Part::Email, "eva@x.test")]);
        stage.types(&ADDRESS);
        stage.fault(Method::Post, Fault::Lost);
        stage.saves();
        assert_eq!((stage.said(), stage.calls(Method::Post).len()), (Some(Said::Saved), 1), "{subject:?}");
        let evas = stage.server.contacts.borrow().iter().filter(|(_, name, _)| name == "Eva").count();
        assert_eq!(evas, 1, "{subject:?}");
    }
}

#[test]
fn what_a_browser_sends_twice_is_told() {
    for subject in [Subject::Contact(None), Subject::Address(None)] {
        let stage = Stage::new();
        stage.opens(subject);
        stage.types(&[(Part::FullName, "Eva"), (Part::Email, "eva@x.test")]);
        stage.types(&ADDRESS);
        stage.fault(Method::Post, Fault::Twice);
        stage.saves();
        assert_eq!(stage.said(), Some(Said::Twice), "{subject:?}");
        let told = stage.told.borrow();
        assert!(told.iter().any(|event| matches!(event, HostEvent::Error { code: "saved-twice", .. })), "{subject:?}");
    }
}
