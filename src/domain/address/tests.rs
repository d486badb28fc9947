use super::*;
use crate::api::AddressId;

fn filled_form() -> AddressForm {
    let mut form = AddressForm::default();
    for (part, text) in [
        (Part::FullName, " Alex Morgan "),
        (Part::Email, "alex@example.org"),
        (Part::Address1, "418 Highland Rd."),
        (Part::City, "Feasterville"),
        (Part::State, "PA"),
        (Part::ZipCode, "19053"),
    ] {
        form.set(part, text.to_owned());
    }
    form
}

fn saved() -> Address {
    Address {
        id: AddressId(1),
        organization_name: Some("InstantCard".to_owned()),
        contact_id: None,
        contact: Some(ContactDetails {
            full_name: "Alex Morgan".to_owned(),
            email: "alex@example.org".to_owned(),
            ..ContactDetails::default()
        }),
        label: None,
        primary: true,
        address1: "418 Highland Rd.".to_owned(),
        address2: Some(String::new()),
        city: "Feasterville".to_owned(),
        state: "PA".to_owned(),
        zip_code: "19053".to_owned(),
        country: "USA".to_owned(),
    }
}

#[test]
fn every_part_has_its_own_place() {
    let mut form = AddressForm::default();
    for (number, part) in Part::ALL.into_iter().enumerate() {
        form.set(part, number.to_string());
    }
    for (number, part) in Part::ALL.into_iter().enumerate() {
        assert_eq!(form.get(part), number.to_string(), "{part:?}");
    }
}

#[test]
fn what_is_needed_is_asked_for_and_nothing_else() {
    let empty = AddressForm::default();
    let missing = |of| {
        let flawed = Part::ALL.into_iter().filter(move |part| empty.flaw(*part, of) == Some(Flaw::Missing));
        flawed.map(|part| part.name(of)).collect::<Vec<_>>()
    };
    assert_eq!(missing(Use::Saved), ["full_name", "email", "address1", "city", "state", "zip_code"]);
    let empty = AddressForm::default();
    let once: Vec<_> = Part::ALL.into_iter().filter(|part| empty.flaw(*part, Use::OneOff).is_some()).collect();
    assert_eq!(once, [Part::FullName, Part::Address1, Part::City, Part::State, Part::ZipCode]);
    assert_eq!(filled_form().first_flaw(Use::Saved), None);
    let mut wrong = filled_form();
    wrong.set(Part::Email, "alex".to_owned());
    assert_eq!((wrong.flaw(Part::Email, Use::Saved), wrong.first_flaw(Use::OneOff)), (Some(Flaw::NoEmail), None));
}

#[test]
fn a_part_in_which_there_is_nothing_to_see_is_empty() {
    let mut form = filled_form();
    form.set(Part::City, "\u{115f}\u{a0}".to_owned());
    form.set(Part::Address2, "\u{a0}".to_owned());
    assert_eq!((form.flaw(Part::City, Use::Saved), form.one_off().address_2), (Some(Flaw::Missing), None));
}

#[test]
fn numbers_are_sent_in_the_digits_that_carriers_read() {
    let mut form = filled_form();
    for (part, text) in
        [(Part::ZipCode, "１９０５３"), (Part::PhoneNumber, "+۱ ۲۱۵ ۵۵۵ ۰۱۰۰"), (Part::Address1, "٤١٨ شارع النيل")]
    {
        form.set(part, text.to_owned());
    }
    assert_eq!(form.one_off().zip_code, "19053");
    let AddressContact::New(contact) = form.to_save().contact else { panic!("a new contact") };
    assert_eq!(contact.phone_number.as_deref(), Some("+1 215 555 0100"));
    assert_eq!(form.one_off().address_1, "٤١٨ شارع النيل", "what is written in letters stays as it was written");
}

#[test]
fn an_address_is_held_to_what_its_country_needs() {
    let mut form = filled_form();
    let flaws =
        |form: &AddressForm| [Part::State, Part::ZipCode, Part::Country].map(|part| form.flaw(part, Use::OneOff));
    for (country, state, zip, expected) in [
        ("USA", "pennsylvania", "19053-1234", [None, None, None]),
        ("us", "Bavaria", "1905", [Some(Flaw::NoState), Some(Flaw::NoZipCode), None]),
        ("CAN", "Ontario", "k1a 0b1", [None, None, None]),
        ("CAN", "", "19053", [Some(Flaw::Missing), Some(Flaw::NoZipCode), None]),
        ("MEX", "Jalisco", "４４１００", [None, None, None]),
        ("DEU", "", "10115", [None, None, None]),
        ("DEU", "Bayern", "", [None, Some(Flaw::Missing), None]),
        ("HKG", "", "", [None, None, None]),
        ("Atlantis", "", "1", [None, None, Some(Flaw::NoCountry)]),
    ] {
        for (part, text) in [(Part::Country, country), (Part::State, state), (Part::ZipCode, zip)] {
            form.set(part, text.to_owned());
        }
        assert_eq!(flaws(&form), expected, "{country} {state} {zip}");
    }
    form.set(Part::Country, "ca".to_owned());
    form.set(Part::State, "ontario".to_owned());
    let sent = form.one_off();
    assert_eq!((sent.country.as_str(), sent.state.as_str()), ("CAN", "ON"));
}

#[test]
fn what_was_saved_is_found_again() {
    assert!(filled_form().is_saved_as(&saved()));
    let elsewhere = Address { address1: "1 Surf Ave".to_owned(), ..saved() };
    assert!(!filled_form().is_saved_as(&elsewhere));
}

#[test]
fn an_address_stands_as_on_an_envelope() {
    let expected = ["Alex Morgan", "InstantCard", "418 Highland Rd.", "Feasterville, PA 19053", "USA"];
    assert_eq!(lines_of(&saved()), expected);
    assert_eq!(lines_of_one_off(&filled_form().one_off())[0], "Alex Morgan");
}

#[test]
fn a_search_finds_any_words_in_any_order() {
    for term in ["", "alex", "PA highland", "19053 FEAST", "@example"] {
        assert!(matches(&saved(), term, str::to_lowercase), "{term}");
    }
    assert!(!matches(&saved(), "alex berlin", str::to_lowercase));
}

#[test]
fn a_contact_that_is_saved_is_not_asked_who_they_are() {
    let mut form = filled_form();
    form.set(Part::FullName, String::new());
    assert_eq!(form.first_flaw(Use::Saved), Some(Part::FullName));
    form.enter(Entry::Contact(Some(ContactId(5))));
    assert_eq!(form.first_flaw(Use::Saved), None);
    assert_eq!(form.to_save().contact, AddressContact::Existing(ContactId(5)));
    form.enter(Entry::Primary(true));
    assert!(form.to_save().primary);
}

#[test]
fn a_contact_has_what_the_vendor_asks_of_one() {
    let empty = AddressForm::default();
    let wrong: Vec<_> = Part::ALL.into_iter().filter(|part| empty.flaw(*part, Use::Contact).is_some()).collect();
    assert_eq!(wrong, [Part::FullName, Part::Email]);
    let mut form = filled_form();
    form.set(Part::AltEmail, "nowhere".to_owned());
    assert_eq!(form.flaw(Part::AltEmail, Use::Contact), Some(Flaw::NoEmail));
    assert_eq!(form.flaw(Part::AltEmail, Use::Saved), None, "an address has none");
}

#[test]
fn what_was_saved_is_not_refused_for_what_it_is() {
    let foreign =
        Address { state: String::new(), country: "DEU".to_owned(), contact_id: Some(ContactId(1)), ..saved() };
    let mut form = AddressForm::of_address(&foreign);
    form.set(Part::Label, "Berlin".to_owned());
    assert_eq!(form.first_flaw(Use::Saved), None);
    assert_eq!(form.address_changes(), AddressUpdate { label: Some("Berlin".to_owned()), ..AddressUpdate::default() });
    form.set(Part::Country, "USA".to_owned());
    assert_eq!(form.first_flaw(Use::Saved), Some(Part::State), "another country asks for other things");
}

#[test]
fn the_primary_address_comes_first_and_then_they_go_by_name() {
    let called =
        |id, label: &str, primary| Address { id: AddressId(id), label: Some(label.to_owned()), primary, ..saved() };
    let all = [called(1, "warehouse", false), called(2, "Branch", false), called(3, "Zoo", true)];
    let order: Vec<u64> = in_order(&all, str::to_lowercase).iter().map(|address| address.id.0).collect();
    assert_eq!(order, [3, 2, 1]);
}

use crate::api::{AddressUpdate, Contact};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-c @]{0,4}", Just("١٢".to_owned())]
}

fn any_address() -> impl Strategy<Value = Address> {
    (proptest::collection::vec(text(), 8), proptest::option::of(0_u64..3), any::<bool>()).prop_map(
        |(texts, contact, primary)| Address {
            id: AddressId(1),
            organization_name: Some(texts[0].clone()),
            contact_id: contact.map(ContactId),
            contact: None,
            label: Some(texts[1].clone()),
            primary,
            address1: texts[2].clone(),
            address2: Some(texts[3].clone()),
            city: texts[4].clone(),
            state: texts[5].clone(),
            zip_code: texts[6].clone(),
            country: texts[7].clone(),
        },
    )
}

/// A server that changes what it is told to.
fn changed(mut address: Address, update: &AddressUpdate) -> Address {
    let texts = [
        (&mut address.address1, &update.address1),
        (&mut address.city, &update.city),
        (&mut address.state, &update.state),
        (&mut address.zip_code, &update.zip_code),
        (&mut address.country, &update.country),
    ];
    for (place, text) in texts {
        if let Some(text) = text {
            place.clone_from(text);
        }
    }
    let some = [
        (&mut address.organization_name, &update.organization_name),
        (&mut address.label, &update.label),
        (&mut address.address2, &update.address2),
    ];
    for (place, text) in some {
        if text.is_some() {
            place.clone_from(text);
        }
    }
    if let Some(AddressContact::Existing(id)) = update.contact {
        address.contact_id = Some(id);
    }
    address.primary = update.primary.unwrap_or(address.primary);
    address
}

proptest! {
    #[test]
    fn a_change_makes_of_the_address_what_stands_in_the_form(
        before in any_address(),
        entered in proptest::collection::vec((5_usize..PARTS, text()), 0..5),
        contact in 0_u64..3,
        primary in any::<bool>(),
    ) {
        let mut form = AddressForm::of_address(&before);
        form.enter(Entry::Contact(Some(ContactId(contact))));
        form.enter(Entry::Primary(primary));
        for (place, text) in entered {
            form.enter(Entry::Text(Part::ALL[place], text));
        }
        let update = form.address_changes();
        let after = AddressForm::of_address(&changed(before.clone(), &update));
        for part in Part::ALL {
            prop_assert_eq!(after.trimmed(part), form.trimmed(part), "{:?}", part);
        }
        prop_assert_eq!((after.contact(), after.is_primary()), (form.contact(), form.is_primary()));
        prop_assert_eq!(form.is_changed(Use::Saved), update != AddressUpdate::default());
        // What is as it was is not sent, so that what somebody else changes beside it stays.
        let untouched = AddressForm::of_address(&before);
        if before.contact_id.is_some() {
            prop_assert_eq!(untouched.address_changes(), AddressUpdate::default());
        }
        prop_assert!(!untouched.is_changed(Use::Saved));
    }

    #[test]
    fn a_contact_is_found_by_whatever_is_known_of_them(texts in proptest::collection::vec("[a-z]{1,4}", 6), which in 0_usize..6) {
        let details = ContactDetails {
            full_name: texts[0].clone(),
            email: texts[1].clone(),
            alt_email: Some(texts[2].clone()),
            phone_number: Some(texts[3].clone()),
            alt_phone_number: Some(texts[4].clone()),
        };
        let place = Address { label: Some(texts[5].clone()), ..saved() };
        let contact = Contact { id: ContactId(1), details: details.clone(), addresses: vec![place] };
        prop_assert!(contact_matches(&contact, &texts[which].to_uppercase(), str::to_lowercase));
        prop_assert!(!contact_matches(&contact, "0", str::to_lowercase));
        prop_assert!(AddressForm::of_contact(&details).is_contact(&contact));
        prop_assert!(!AddressForm::of_contact(&details).is_changed(Use::Contact));
        prop_assert_eq!(AddressForm::of_contact(&details).contact_changes(), Default::default());
    }
}
