//! Every shape that an answer may have.

use super::*;

fn token(body: &str) -> Result<Token, Error> {
    answered(body, |client| client.authenticate("a@b.c", "secret"))
}

#[test]
fn a_token_by_either_name() {
    assert_eq!(token(r#"{"auth_token": "abc", "user": {}}"#), Ok(Token::new("abc")));
    assert_eq!(token(r#"{"token": "abc"}"#), Ok(Token::new("abc")));
    assert_eq!(token(r#"{"auth_token": null, "token": "abc"}"#), Ok(Token::new("abc")));
    for body in ["{}", r#"{"auth_token": ""}"#, r#"{"auth_token": 5}"#, "[]", "true", ""] {
        assert_eq!(token(body), Err(undecodable("authenticate", "auth_token")), "{body}");
    }
}

#[test]
fn a_profile_in_either_spelling() {
    let full = Profile {
        id: Some(1),
        email: Some("a@b.c".into()),
        full_name: Some("Ana".into()),
        organization: Some(ProfileOrganization { id: ORG, name: Some("Acme".into()) }),
        page_size: Some(25),
        show_photo: Some(true),
    };
    for body in [
        r#"{"id": 1, "email": "a@b.c", "organization": {"id": 7, "name": "Acme"},
            "settings": {"full_name": "Ana", "page_size": 25, "show_photo": true, "notifications": {"x": 1}}}"#,
        r#"{"id": "1", "email": "a@b.c", "organization": {"organization_id": "7", "organization_name": "Acme"},
            "settings": {"full_name": "Ana", "page_size": "25", "show_photo": "true"}}"#,
        r#"{"id": 1, "email": "a@b.c", "organization": {"organizationId": 7, "organizationName": "Acme"},
            "settings": {"fullName": "Ana", "pageSize": 25, "showPhoto": 1}}"#,
        r#"{"id": 1, "email": "a@b.c", "organizationId": 7, "organization": {"name": "Acme"},
            "settings": {"fullName": "Ana", "pageSize": 25, "showPhoto": true}}"#,
    ] {
        assert_eq!(answered(body, |client| client.profile()).as_ref(), Ok(&full), "{body}");
    }
    let empty =
        Profile { id: None, email: None, full_name: None, organization: None, page_size: None, show_photo: None };
    assert_eq!(answered(r#"{"settings": null, "organization": null}"#, |client| client.profile()), Ok(empty));
    assert_eq!(answered("[]", |client| client.profile()), Err(undecodable("profile", "body")));
}

fn card(body: &str) -> Result<Card, Error> {
    answered(body, |client| client.card(ORG, CardId(3)))
}

fn value(token: &str, label: Option<&str>, value: &str) -> CardValue {
    CardValue { token: token.into(), label: label.map(str::to_owned), value: value.into() }
}

#[test]
fn a_card() {
    let full = Card {
        id: CardId(3),
        template_id: Some(TemplateId(4)),
        organization_id: Some(ORG),
        data: vec![],
        last_printed_at: Some("2026-01-02T03:04:05Z".into()),
        last_submitted_at: Some("2026-01-01T03:04:05Z".into()),
    };
    let bare = Card {
        template_id: None,
        organization_id: None,
        last_printed_at: None,
        last_submitted_at: None,
        ..full.clone()
    };
    let numbers = r#"{"id": 3, "card_template_id": 4, "organization_id": 7, "data": [], "images": ["x"], "new": {},
        "last_printed_at": "2026-01-02T03:04:05Z", "last_submitted_at": "2026-01-01T03:04:05Z"}"#;
    let digits = r#"{"id": "3", "card_template_id": "4", "organization_id": "7",
        "last_printed_at": "2026-01-02T03:04:05Z", "last_submitted_at": "2026-01-01T03:04:05Z"}"#;
    assert_eq!(card(numbers), Ok(full.clone()));
    assert_eq!(card(digits), Ok(full));
    assert_eq!(card(r#"{"id": 3}"#), Ok(bare.clone()));
    assert_eq!(card(r#"{"id": 3, "data": null, "card_template_id": null, "last_printed_at": null}"#), Ok(bare));
    for body in ["{}", r#"{"id": null}"#, r#"{"id": "x"}"#, r#"{"id": -3}"#, r#"{"id": 3.5}"#, "[]", "7", ""] {
        assert_eq!(card(body), Err(undecodable("cards.fetch", "id")), "{body}");
    }
}

#[test]
fn card_data_in_each_shape() {
    let objects = r#"{"id": 3, "data": [{"token": "t1", "label": "Name", "type": "text", "value": "Ana"},
        {"token": "t2", "label": null, "value": null}, {"label": "Only", "value": 5}]}"#;
    let expected = vec![value("t1", Some("Name"), "Ana"), value("t2", None, ""), value("Only", Some("Only"), "5")];
    assert_eq!(card(objects).unwrap().data, expected);

    let expected = vec![value("t1", None, "Ana"), value("t2", None, ""), value("value", None, "true")];
    for data in [
        r#"[{"t1": "Ana"}, {"t2": null}, {"value": true}]"#,
        r#"{"t1": "Ana", "t2": "", "value": "true"}"#,
        r#""[{\"t1\": \"Ana\"}, {\"t2\": null}, {\"value\": true}]""#,
        r#""{\"t1\": \"Ana\", \"t2\": \"\", \"value\": \"true\"}""#,
    ] {
        assert_eq!(card(&format!(r#"{{"id": 3, "data": {data}}}"#)).unwrap().data, expected, "{data}");
    }
    for data in ["null", "5", "\"x\"", "[5, null, []]", r#""\"{}\"""#] {
        assert_eq!(card(&format!(r#"{{"id": 3, "data": {data}}}"#)).unwrap().data, vec![], "{data}");
    }
}

#[test]
fn an_entry_that_cannot_be_read_takes_nothing_with_it() {
    let cards = answered(r#"[{"id": 1}, {"id": 2}]"#, |client| client.cards(ORG, None)).unwrap();
    assert_eq!(cards.items.iter().map(|card| card.id.0).collect::<Vec<_>>(), [1, 2]);
    let broken = r#"[{"id": 1}, {"id": 2}, {"id": 3}, {"di": 4}]"#;
    let list = answered(broken, |client| client.cards(ORG, None)).unwrap();
    assert_eq!((list.items.len(), list.left_out), (3, 1));
    assert_eq!(list.whole(), Err(undecodable("list", "entry")));
    let full = answered(broken, |client| client.cards(ORG, Some(Page { number: 1, size: 4 }))).unwrap();
    assert!(full.more, "a page with such an entry is full all the same");
    assert_eq!(answered("{}", |client| client.cards(ORG, None)), Err(undecodable("cards.list", "body")));
    let left_out = |body: &str| {
        let counts = [
            answered(body, |client| client.search_cards(ORG, "x", None)).map(|list| list.left_out),
            answered(body, |client| client.print_jobs(ORG, None, None)).map(|list| list.left_out),
            answered(body, |client| client.addresses(ORG, None)).map(|list| list.left_out),
            answered(body, |client| client.contacts(ORG, None)).map(|list| list.left_out),
            answered(body, |client| client.card_templates(ORG)).map(|list| list.left_out),
            answered(body, |client| client.template_fields(ORG, TemplateId(4))).map(|list| list.left_out),
            answered(body, |client| client.shipping_providers(ORG)).map(|list| list.left_out),
            answered(body, |client| client.financial_transactions(ORG)).map(|list| list.left_out),
        ];
        counts.map(|count| count.unwrap())
    };
    assert_eq!(left_out(r#"[{"id": 1, "token": "t", "status": 0}, null, 5, "x", [], [{}]]"#), [5; 8]);
    // What moves the account needs no number to be told of.
    assert_eq!(left_out(r#"[{}, {"id": "one"}, {"id": -1}]"#), [3, 3, 3, 3, 3, 3, 3, 1]);
}

#[test]
fn a_full_page_supposes_another() {
    let more = |body, size| {
        answered(body, |client| client.cards(ORG, Some(Page { number: 1, size }))).map(|page| page.more).unwrap()
    };
    let two = r#"[{"id": 1}, {"id": 2}]"#;
    assert!(more(two, 2));
    assert!(!more(two, 3));
    // The server ignored the page.
    assert!(!more(two, 1));
    assert!(!answered(two, |client| client.cards(ORG, None)).unwrap().more);
}

#[test]
fn image_values() {
    for (value, expected) in [
        ("", ImageValue::Empty),
        (" ", ImageValue::Empty),
        ("image", ImageValue::Omitted),
        ("data:image/png;base64,AAA=", ImageValue::DataUri("data:image/png;base64,AAA=")),
        ("DATA:image/png;base64,AAA=", ImageValue::DataUri("DATA:image/png;base64,AAA=")),
        ("https://x.test/1.jpg", ImageValue::Url("https://x.test/1.jpg")),
        ("Http://x.test/1.jpg", ImageValue::Url("Http://x.test/1.jpg")),
        ("/9j/4AAQ", ImageValue::Base64("/9j/4AAQ")),
        ("javascript:alert(1)", ImageValue::Base64("javascript:alert(1)")),
        ("é", ImageValue::Base64("é")),
    ] {
        assert_eq!(ImageValue::of(value), expected);
    }
}

#[test]
fn previews() {
    let preview = |body: &str| answered(body, |client| client.card_preview(ORG, CardId(3)));
    let two_sided = Preview {
        available: true,
        front: "AAA=".into(),
        back: Some("BBB=".into()),
        orientation: Some(Orientation::Portrait),
    };
    let body = r#"{"preview_available": true, "front": "AAA=", "back": "BBB=", "orientation": "portrait"}"#;
    assert_eq!(preview(body), Ok(two_sided.clone()));
    let prefixed = r#"{"preview_available": "true", "front": "data:image/png;base64,AA\nA=\n", "back": " BBB= ",
        "orientation": "Portrait"}"#;
    assert_eq!(preview(prefixed), Ok(two_sided.clone()));

    let one_sided = Preview { back: None, orientation: Some(Orientation::Landscape), ..two_sided };
    for back in [r#""back": "","#, r#""back": null,"#, ""] {
        let body = format!(r#"{{"preview_available": true, "front": "AAA=", {back} "orientation": "landscape"}}"#);
        assert_eq!(preview(&body), Ok(one_sided.clone()));
    }
    let silent = Preview { orientation: None, ..one_sided };
    assert_eq!(preview(r#"{"front": "AAA="}"#), Ok(silent.clone()));
    assert_eq!(preview(r#"{"front": "AAA=", "orientation": "upside down"}"#), Ok(silent.clone()));

    let none = Preview { available: false, front: String::new(), ..silent };
    assert_eq!(preview(r#"{"preview_available": false, "front": "", "back": ""}"#), Ok(none.clone()));
    assert_eq!(preview(r#"{"preview_available": true, "front": ""}"#), Ok(none.clone()));
    assert_eq!(preview(r#"{"preview_available": true, "front": "data:image/png"}"#), Ok(none.clone()));
    assert_eq!(preview("{}"), Ok(none));
    assert_eq!(preview("null"), Err(undecodable("cards.preview", "body")));
}

#[test]
fn a_print_history() {
    let body = r#"[{"status": 0, "processed_at": null}, {"status": "1", "processed_at": "2026-01-01"}]"#;
    let history = vec![
        PrintRecord { printed: false, processed_at: None },
        PrintRecord { printed: true, processed_at: Some("2026-01-01".into()) },
    ];
    assert_eq!(answered(body, |client| client.print_history(ORG, CardId(3))), Ok(history));
    let broken = answered(r#"[{"status": 7}]"#, |client| client.print_history(ORG, CardId(3)));
    assert_eq!(broken, Err(undecodable("cards.print_history", "[0].status")));
}

#[test]
fn templates_and_fields() {
    let templates = answered(r#"[{"id": "4", "name": "Staff"}, {"id": 5}]"#, |client| client.card_templates(ORG));
    let expected =
        vec![Template { id: TemplateId(4), name: "Staff".into() }, Template { id: TemplateId(5), name: "".into() }];
    assert_eq!(templates.map(Entries::whole), Ok(Ok(expected)));

    let fields = |body| answered(body, |client| client.template_fields(ORG, TemplateId(4)));
    let body = r#"[
        {"token": "t1", "label": "Name", "type": "text", "legacy_token": "DATA_1", "dimensions": null},
        {"token": "t2", "label": "Photo", "type": "IMAGE", "legacy_token": "PHOTO", "dimensions": {"width": 300, "height": "400"}},
        {"token": "t3", "label": "", "type": "barcode"},
        {"token": "t4", "type": null}]"#;
    let field = |token: &str, label: &str, kind| Field {
        token: token.into(),
        label: label.into(),
        kind,
        legacy_token: None,
        dimensions: None,
    };
    let expected = vec![
        Field { legacy_token: Some("DATA_1".into()), ..field("t1", "Name", FieldKind::Text) },
        Field {
            legacy_token: Some("PHOTO".into()),
            dimensions: Some(Dimensions { width: 300, height: 400 }),
            ..field("t2", "Photo", FieldKind::Image)
        },
        field("t3", "t3", FieldKind::Other("barcode".into())),
        field("t4", "t4", FieldKind::Text),
    ];
    assert_eq!(fields(body).map(Entries::whole), Ok(Ok(expected)));
}

#[test]
fn dimensions() {
    let dimensions = |members: &str| {
        let body = format!(r#"[{{"token": "t", "dimensions": {members}}}]"#);
        answered(&body, |client| client.template_fields(ORG, TemplateId(4))).unwrap().items.remove(0).dimensions
    };
    let size = |width, height| Some(Dimensions { width, height });
    assert_eq!(dimensions(r#"{"width": 300, "height": 400, "x": 1}"#), size(300, 400));
    assert_eq!(dimensions(r#"{"width": "300", "height": " 400.0 "}"#), size(300, 400));
    assert_eq!(dimensions(r#"{"width": 1.25, "height": "2"}"#), size(1250, 2000));
    for none in [
        "{}",
        "[]",
        "7",
        r#"{"width": 0, "height": 400}"#,
        r#"{"width": -3, "height": 400}"#,
        r#"{"width": 3}"#,
        r#"{"width": "3in", "height": 4}"#,
        r#"{"width": "3.x", "height": 4}"#,
        r#"{"width": 99999999999, "height": 4}"#,
    ] {
        assert_eq!(dimensions(none), None, "{none}");
    }
}
