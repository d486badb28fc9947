//! The operations on addresses and contacts, exactly.

use super::operations::{DONE, PAGE, assert_sent, sent};
use super::*;
use Method::{Delete, Get, Patch, Post};

const ADDRESS: &str = r#"{"id": 8}"#;
const CONTACT: &str = r#"{"id": 9}"#;

fn details() -> ContactDetails {
    ContactDetails {
        full_name: "Ana".into(),
        email: "a@b.c".into(),
        alt_email: Some("d@e.f".into()),
        phone_number: Some("1".into()),
        alt_phone_number: Some("2".into()),
    }
}

fn new_address(contact: AddressContact) -> NewAddress {
    NewAddress {
        contact,
        organization_name: None,
        label: None,
        primary: false,
        address1: "1 Main".into(),
        address2: None,
        city: "Oz".into(),
        state: "KS".into(),
        zip_code: "01234".into(),
        country: "USA".into(),
    }
}

#[test]
fn addresses() {
    assert_sent(&sent("[]", |client| client.addresses(ORG, None)), Get, "organizations/7/addresses", None);
    let page = sent("[]", |client| client.addresses(ORG, PAGE));
    assert_sent(&page, Get, "organizations/7/addresses?page=2&page_size=25", None);
}

#[test]
fn create_address() {
    let existing = new_address(AddressContact::Existing(ContactId(9)));
    let form = [
        ("address[contact_id]", "9"),
        ("address[address1]", "1 Main"),
        ("address[city]", "Oz"),
        ("address[state]", "KS"),
        ("address[zip_code]", "01234"),
        ("address[country]", "USA"),
    ];
    let least = sent(ADDRESS, |client| client.create_address(ORG, &existing));
    assert_sent(&least, Post, "organizations/7/addresses", Some(&form));
    let new = NewAddress {
        organization_name: Some("Acme".into()),
        label: Some("Home".into()),
        primary: true,
        address2: Some("Apt 2".into()),
        ..new_address(AddressContact::New(details()))
    };
    let form = [
        ("address[organization_name]", "Acme"),
        ("address[contact][full_name]", "Ana"),
        ("address[contact][email]", "a@b.c"),
        ("address[contact][alt_email]", "d@e.f"),
        ("address[contact][phone_number]", "1"),
        ("address[contact][alt_phone_number]", "2"),
        ("address[label]", "Home"),
        ("address[primary]", "true"),
        ("address[address1]", "1 Main"),
        ("address[address2]", "Apt 2"),
        ("address[city]", "Oz"),
        ("address[state]", "KS"),
        ("address[zip_code]", "01234"),
        ("address[country]", "USA"),
    ];
    let most = sent(ADDRESS, |client| client.create_address(ORG, &new));
    assert_sent(&most, Post, "organizations/7/addresses", Some(&form));
}

#[test]
fn address() {
    let sent = sent(ADDRESS, |client| client.address(ORG, AddressId(8)));
    assert_sent(&sent, Get, "organizations/7/addresses/8", None);
}

#[test]
fn update_address() {
    let update = AddressUpdate { state: Some("CO".into()), ..AddressUpdate::default() };
    let state = sent(ADDRESS, |client| client.update_address(ORG, AddressId(8), &update));
    assert_sent(&state, Patch, "organizations/7/addresses/8?address%5Bstate%5D=CO", None);
    let update = AddressUpdate {
        contact: Some(AddressContact::Existing(ContactId(9))),
        organization_name: Some("A&B".into()),
        label: Some("L".into()),
        primary: Some(false),
        address1: Some("1".into()),
        address2: Some("".into()),
        city: Some("Oz".into()),
        state: Some("KS".into()),
        zip_code: Some("2".into()),
        country: Some("USA".into()),
    };
    let all = sent(ADDRESS, |client| client.update_address(ORG, AddressId(8), &update));
    let query = "address%5Borganization_name%5D=A%26B&address%5Bcontact_id%5D=9&address%5Blabel%5D=L\
        &address%5Bprimary%5D=false&address%5Baddress1%5D=1&address%5Baddress2%5D=&address%5Bcity%5D=Oz\
        &address%5Bstate%5D=KS&address%5Bzip_code%5D=2&address%5Bcountry%5D=USA";
    assert_sent(&all, Patch, &["organizations/7/addresses/8?", query].concat(), None);
    let update = AddressUpdate { contact: Some(AddressContact::New(details())), ..AddressUpdate::default() };
    let contact = sent(ADDRESS, |client| client.update_address(ORG, AddressId(8), &update));
    let query = "address%5Bcontact%5D%5Bfull_name%5D=Ana&address%5Bcontact%5D%5Bemail%5D=a%40b.c\
        &address%5Bcontact%5D%5Balt_email%5D=d%40e.f&address%5Bcontact%5D%5Bphone_number%5D=1\
        &address%5Bcontact%5D%5Balt_phone_number%5D=2";
    assert_sent(&contact, Patch, &["organizations/7/addresses/8?", query].concat(), None);
}

#[test]
fn delete_address() {
    let sent = sent(DONE, |client| client.delete_address(ORG, AddressId(8)));
    assert_sent(&sent, Delete, "organizations/7/addresses/8", None);
}

#[test]
fn contacts() {
    assert_sent(&sent("[]", |client| client.contacts(ORG, None)), Get, "organizations/7/contacts", None);
    let page = sent("[]", |client| client.contacts(ORG, PAGE));
    assert_sent(&page, Get, "organizations/7/contacts?page=2&page_size=25", None);
}

#[test]
fn create_contact() {
    let form = [
        ("contact[full_name]", "Ana"),
        ("contact[email]", "a@b.c"),
        ("contact[alt_email]", "d@e.f"),
        ("contact[phone_number]", "1"),
        ("contact[alt_phone_number]", "2"),
    ];
    let all = sent(CONTACT, |client| client.create_contact(ORG, &details()));
    assert_sent(&all, Post, "organizations/7/contacts", Some(&form));
    let required = ContactDetails { full_name: "Ana".into(), email: "a@b.c".into(), ..ContactDetails::default() };
    let least = sent(CONTACT, |client| client.create_contact(ORG, &required));
    assert_sent(&least, Post, "organizations/7/contacts", Some(&form[..2]));
}

#[test]
fn contact() {
    let sent = sent(CONTACT, |client| client.contact(ORG, ContactId(9)));
    assert_sent(&sent, Get, "organizations/7/contacts/9", None);
}

#[test]
fn update_contact() {
    let update = ContactUpdate { alt_phone_number: Some("+1 2".into()), ..ContactUpdate::default() };
    let one = sent(CONTACT, |client| client.update_contact(ORG, ContactId(9), &update));
    assert_sent(&one, Patch, "organizations/7/contacts/9?contact%5Balt_phone_number%5D=%2B1%202", None);
    let update = ContactUpdate {
        full_name: Some("Ana".into()),
        email: Some("e".into()),
        alt_email: Some("f".into()),
        phone_number: Some("1".into()),
        alt_phone_number: Some("".into()),
    };
    let all = sent(CONTACT, |client| client.update_contact(ORG, ContactId(9), &update));
    let query = "contact%5Bfull_name%5D=Ana&contact%5Bemail%5D=e&contact%5Balt_email%5D=f\
        &contact%5Bphone_number%5D=1&contact%5Balt_phone_number%5D=";
    assert_sent(&all, Patch, &["organizations/7/contacts/9?", query].concat(), None);
}

#[test]
fn delete_contact() {
    let sent = sent(DONE, |client| client.delete_contact(ORG, ContactId(9)));
    assert_sent(&sent, Delete, "organizations/7/contacts/9", None);
}
