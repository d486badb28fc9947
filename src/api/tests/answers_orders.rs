//! Every shape that an answer about orders, money, addresses and contacts may have.

use super::*;

fn job(members: &str) -> Result<PrintJob, Error> {
    let body = format!(r#"{{"id": 5{members}}}"#);
    answered(&body, |client| client.print_job(ORG, PrintJobId(5)))
}

#[test]
fn a_print_job() {
    let full = PrintJob {
        id: PrintJobId(5),
        status: JobStatus::Created,
        address_id: Some(AddressId(8)),
        address: Some(PostalAddress {
            full_name: "Ana".into(),
            organization_name: "Acme".into(),
            address1: "1 Main".into(),
            address2: "".into(),
            city: "Oz".into(),
            state: "KS".into(),
            zip_code: "1234".into(),
            country: "USA".into(),
        }),
        shipping_provider_id: Some(ShippingProviderId(2)),
        number_of_copies: Some(3),
        card_ids: vec![],
        created_at: Some("2026-01-01".into()),
        updated_at: Some("2026-01-02".into()),
    };
    let address = r#""address": {"contact": {"full_name": "Ana"}, "organization_name": "Acme", "address_1": "1 Main",
        "address_2": null, "city": "Oz", "state": "KS", "zip_code": 1234, "country": "USA"}"#;
    let rest = r#""address_id": "8", "created_at": "2026-01-01", "updated_at": "2026-01-02""#;
    let own =
        format!(r#", "status": "Created", {address}, {rest}, "shipping_provider_id": 2, "number_of_copies": "3""#);
    let extract = format!(
        r#", "status": 0, {address}, {rest}, "shipping_provider_id": null,
            "extract": {{"shipping_provider_id": "2", "number_of_copies": 3}}"#
    );
    assert_eq!(job(&own), Ok(full.clone()));
    assert_eq!(job(&extract), Ok(full.clone()));
    let saved =
        own.replace("address_1", "address1").replace(r#""contact": {"full_name": "Ana"}"#, r#""full_name": "Ana""#);
    assert_eq!(job(&saved), Ok(full.clone()));

    let bare = PrintJob {
        address_id: None,
        address: None,
        shipping_provider_id: None,
        number_of_copies: None,
        created_at: None,
        updated_at: None,
        ..full
    };
    assert_eq!(job(r#", "status": "Created""#), Ok(bare.clone()));
    assert_eq!(job(r#", "status": "0", "address": "1 Main", "extract": null, "list_users": null"#), Ok(bare));
}

#[test]
fn job_statuses() {
    let status = |value: &str| job(&format!(r#", "status": {value}"#)).map(|job| job.status);
    for created in ["0", "\"0\"", "\"Created\"", "\"created\""] {
        assert_eq!(status(created), Ok(JobStatus::Created));
    }
    for submitted in ["1", "\"1\"", "\"Submitted\"", "\" SUBMITTED \""] {
        assert_eq!(status(submitted), Ok(JobStatus::Submitted));
    }
    assert_eq!(status("\"Scheduled\""), Ok(JobStatus::Other("Scheduled".into())));
    assert!(status("\"Scheduled\"").unwrap().is_submitted());
    for none in ["null", "\"\"", "{}"] {
        assert_eq!(status(none), Err(undecodable("print_jobs.fetch", "status")));
    }
    let list = answered(r#"[{"id": 1, "status": 1}, {"id": 2}]"#, |client| client.print_jobs(ORG, None, None));
    assert_eq!(list.map(|list| (list.items.len(), list.left_out)), Ok((1, 1)), "what was charged is not guessed");
}

#[test]
fn the_cards_of_a_job_wherever_they_are() {
    let cards = |members: &str| {
        job(&format!(r#", "status": 0, {members}"#)).unwrap().card_ids.iter().map(|card| card.0).collect::<Vec<_>>()
    };
    assert_eq!(
        cards(
            r#""list_users": [{"user_datum": [{"card_id": 1}, {"card_id": "2"}]}, {"user_datum": [{"card_id": 3}]}]"#
        ),
        [1, 2, 3]
    );
    assert_eq!(cards(r#""list_users": [{"user_datum": {"card_id": 1}}]"#), [1]);
    assert_eq!(cards(r#""list_users": [{"cards": [{"id": 1}, {"id": "2"}]}]"#), [1, 2]);
    assert_eq!(cards(r#""cards": [{"id": 1}, {"id": "2"}]"#), [1, 2]);
    assert_eq!(cards(r#""card_ids": [1, "2"]"#), [1, 2]);
    assert_eq!(cards(r#""card_ids": [1, 2], "cards": [{"id": 2}, {"id": 3}]"#), [2, 3, 1]);
    let twice = r#""card_ids": [1, 2], "list_users": [{"user_datum": [{"card_id": 1}, {"card_id": 1}]}]"#;
    assert_eq!(cards(twice), [1, 1, 2], "a card that stands there twice is printed twice");
    assert_eq!(cards(r#""card_ids": [null, {}], "cards": 5, "list_users": [5, {"user_datum": [{}]}]"#), [0; 0]);
}

#[test]
fn a_list_of_jobs_is_filtered_once_more() {
    let body =
        r#"[{"id": 1, "status": "Created"}, {"id": 2, "status": "Submitted"}, {"id": 3, "status": "Scheduled"}]"#;
    let list = |filter| {
        let page = Some(Page { number: 1, size: 3 });
        let jobs = answered(body, |client| client.print_jobs(ORG, page, filter)).unwrap();
        // The page was full before the filter, so there may be more.
        assert!(jobs.more);
        jobs.items.iter().map(|job| job.id.0).collect::<Vec<_>>()
    };
    assert_eq!(list(None), [1, 2, 3]);
    assert_eq!(list(Some(JobFilter::Open)), [1]);
    assert_eq!(list(Some(JobFilter::Submitted)), [2, 3]);
}

#[test]
fn truth_values() {
    for (body, expected) in [("true", true), ("false", false), ("\"true\"", true), ("0", false)] {
        assert_eq!(answered(body, |client| client.check_balance(ORG, PrintJobId(5))), Ok(expected));
        assert_eq!(answered(body, |client| client.remove_card(ORG, PrintJobId(5), CardId(3))), Ok(expected));
    }
    let none = answered("null", |client| client.check_balance(ORG, PrintJobId(5)));
    assert_eq!(none, Err(undecodable("print_jobs.check_balance", "body")));
}

#[test]
fn charge_details() {
    let details = |body| answered(body, |client| client.charge_details(ORG, PrintJobId(5)));
    let body = r#"{"items": [{"name": "Card", "quantity": 2, "unit": {"x": 1}, "price": "$5.50"}, {}, 7],
        "shipping_cost": "$1,000.00", "job_total_cost": 11.5, "has_balance": true}"#;
    let members = [("name", "Card"), ("quantity", "2"), ("price", "$5.50")];
    let expected = ChargeDetails {
        items: vec![ChargeItem { members: members.map(|(name, value)| (name.to_owned(), value.to_owned())).into() }],
        shipping_cost: Some(Amount("$1,000.00".into())),
        job_total_cost: Some(Amount("11.5".into())),
        has_balance: Some(true),
    };
    assert_eq!(details(body), Ok(expected));
    let empty = ChargeDetails { items: vec![], shipping_cost: None, job_total_cost: None, has_balance: None };
    assert_eq!(details(r#"{"items": null}"#), Ok(empty));
    assert_eq!(details("[]"), Err(undecodable("print_jobs.charge_details", "body")));
}

#[test]
fn an_organization() {
    let body = r#"{"id": 7, "name": "Acme", "total_cards": "12", "total_templates": 3, "settings": {}}"#;
    let expected = Organization { id: ORG, name: "Acme".into(), total_cards: Some(12), total_templates: Some(3) };
    assert_eq!(answered(body, |client| client.organization(ORG)), Ok(expected));
    let broken = answered("{}", |client| client.organization(ORG));
    assert_eq!(broken, Err(undecodable("organization", "id")));
}

#[test]
fn balances() {
    let balance = |body| answered(body, |client| client.balance(ORG));
    for (body, amount) in [
        (r#"{"balance": "$5.50"}"#, "$5.50"),
        (r#"{"balance": "($1,005.50)"}"#, "($1,005.50)"),
        (r#""$5.50""#, "$5.50"),
        (r#"{"balance": 5.5}"#, "5.5"),
        ("-17.37", "-17.37"),
        ("1000", "1000"),
    ] {
        assert_eq!(balance(body), Ok(Amount(amount.into())));
    }
    assert_eq!(balance("{}"), Err(undecodable("organization.balance", "balance")));
    assert_eq!(balance("[]"), Err(undecodable("organization.balance", "body")));
}

#[test]
fn shipping_providers() {
    let providers = answered(r#"[{"id": "2", "name": "UPS"}]"#, |client| client.shipping_providers(ORG));
    assert_eq!(
        providers.and_then(Entries::whole),
        Ok(vec![ShippingProvider { id: ShippingProviderId(2), name: "UPS".into() }])
    );
}

#[test]
fn added_funds() {
    let add = |body| answered(body, |client| client.add_funds(ORG, &operations::payment()));
    assert_eq!(add("true"), Ok(()));
    // Also where the status says success.
    let words = vec!["Your card's expiration year is invalid.".to_owned()];
    assert_eq!(
        add(r#"{"error": "Your card's expiration year is invalid."}"#),
        Err(Error::Refused { status: 200, words })
    );
    for status in [0, 200, 302, 401, 403] {
        let fake = Fake::script([Step::Answer(status, "<html>".to_owned())]);
        let error = fake.run(fake.client().add_funds(ORG, &operations::payment())).unwrap_err();
        assert_eq!(error, Error::Gate { status });
        assert!(error.is_outcome_unknown());
    }
    for body in ["false", "null", "{}"] {
        let error = add(body).unwrap_err();
        assert_eq!(error, undecodable("organization.add_funds", "body"));
        assert!(error.is_outcome_unknown());
    }
}

#[test]
fn transactions() {
    let body = r#"[{"id": 11, "type": "Credit", "sub_type": "Card", "description": "Funds", "credit": "$5.50",
        "debit": null, "balance": "($1.00)", "created_at": "2026-01-01", "receipt": {"x": 1},
        "transaction_items": [{"print_job_id": 7}, "x"]}, {"id": "12"}, {"description": "Funds"}]"#;
    let amount = |text: &str| Some(Amount(text.into()));
    let full = Transaction {
        id: "11".into(),
        kind: Some("Credit".into()),
        sub_type: Some("Card".into()),
        description: Some("Funds".into()),
        credit: amount("$5.50"),
        debit: None,
        balance: amount("($1.00)"),
        created_at: Some("2026-01-01".into()),
        receipt: None,
        items: vec![ChargeItem { members: vec![("print_job_id".into(), "7".into())] }],
    };
    let bare = Transaction {
        id: "12".into(),
        kind: None,
        sub_type: None,
        description: None,
        credit: None,
        debit: None,
        balance: None,
        created_at: None,
        receipt: None,
        items: vec![],
    };
    let nameless = Transaction { id: String::new(), description: Some("Funds".into()), ..bare.clone() };
    assert_eq!(
        answered(body, |client| client.financial_transactions(ORG)).and_then(Entries::whole),
        Ok(vec![full, bare, nameless])
    );
    // What has nothing in it is no movement.
    let empty = r#"[{}, {"id": null, "credit": ""}, {"type": "Debit", "transaction_items": []}, {"debit": "$1.00"}]"#;
    let list = answered(empty, |client| client.financial_transactions(ORG)).unwrap();
    assert_eq!((list.items.len(), list.left_out), (1, 3));
}

#[test]
fn addresses_and_contacts() {
    let details = ContactDetails {
        full_name: "Ana".into(),
        email: "a@b.c".into(),
        alt_email: None,
        phone_number: Some("555".into()),
        alt_phone_number: None,
    };
    let contact = r#""full_name": "Ana", "email": "a@b.c", "alt_email": null, "phone_number": 555"#;
    let full = Address {
        id: AddressId(8),
        organization_name: Some("Acme".into()),
        contact_id: Some(ContactId(9)),
        contact: Some(details.clone()),
        label: Some("Home".into()),
        primary: true,
        address1: "1 Main".into(),
        address2: Some("Apt 2".into()),
        city: "Oz".into(),
        state: "KS".into(),
        zip_code: "01234".into(),
        country: "USA".into(),
    };
    let place = r#""organization_id": 7, "organization_name": "Acme", "label": "Home", "primary": true,
        "address1": "1 Main", "address2": "Apt 2", "city": "Oz", "state": "KS", "zip_code": "01234", "country": "USA""#;
    let address = |body: String| answered(&body, |client| client.address(ORG, AddressId(8)));
    let own_id = format!(r#"{{"id": 8, "contact_id": 9, "contact": {{{contact}}}, {place}}}"#);
    assert_eq!(address(own_id.clone()), Ok(full.clone()));
    let inner_id = format!(r#"{{"id": "8", "contact": {{"id": "9", {contact}}}, {place}}}"#);
    assert_eq!(address(inner_id), Ok(full.clone()));
    let bare = address(r#"{"id": 8, "primary": null, "contact": null}"#.into()).unwrap();
    assert!(!bare.primary && bare.contact.is_none() && bare.contact_id.is_none() && bare.city.is_empty());
    assert_eq!(address("{}".into()), Err(undecodable("addresses.fetch", "id")));
    let list = answered(&format!("[{own_id}]"), |client| client.addresses(ORG, None)).unwrap();
    assert_eq!(list.items, vec![full.clone()]);

    let body = format!(r#"{{"id": 9, "organization_id": 7, {contact}, "addresses": [{own_id}, {{}}]}}"#);
    let expected = Contact { id: ContactId(9), details, addresses: vec![full] };
    assert_eq!(answered(&body, |client| client.contact(ORG, ContactId(9))), Ok(expected.clone()));
    let list = answered(&format!("[{body}]"), |client| client.contacts(ORG, None)).unwrap();
    assert_eq!(list.items, vec![expected]);
}

#[test]
fn deletes() {
    for body in [r#"{"result": "Success"}"#, r#"{"result": "success"}"#, "", "true", "{}"] {
        assert_eq!(answered(body, |client| client.delete_card(ORG, CardId(3))), Ok(()));
    }
    let failed = answered(r#"{"result": "Failure"}"#, |client| client.delete_card(ORG, CardId(3)));
    assert_eq!(failed, Err(undecodable("cards.delete", "result")));
}
