//! Every status and every body that an error may have.

use super::*;

/// How a change fails that is answered so.
fn failed(status: u16, body: &str) -> Error {
    let fake = Fake::script([Step::Answer(status, body.to_owned())]);
    fake.run(fake.client().delete_card(ORG, CardId(3))).unwrap_err()
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}

#[test]
fn statuses() {
    let body = r#"{"error": "No."}"#;
    let no = words(&["No."]);
    assert_eq!(failed(400, body), Error::Refused { status: 400, words: no.clone() });
    assert_eq!(failed(403, body), Error::Refused { status: 403, words: no.clone() });
    assert_eq!(failed(404, body), Error::NotFound { words: no.clone() });
    assert_eq!(failed(406, body), Error::NotAcceptable { words: no.clone() });
    assert_eq!(failed(413, body), Error::TooLarge { kilobytes: None });
    assert_eq!(failed(429, body), Error::Busy { seconds: None });
    for status in [500, 501, 502, 503, 504, 520] {
        assert_eq!(failed(status, body), Error::Server { status, words: no.clone() });
    }
    assert_eq!(failed(500, body).words(), ["No."]);
    let fake = Fake::script([Step::Answer(401, body.to_owned())]);
    assert_eq!(fake.run(fake.client().authenticate("a", "b")), Err(Error::Unauthorized { words: no }));
}

#[test]
fn what_is_not_the_apis_own_is_told_as_something_in_between() {
    for status in [0, 301, 302, 307] {
        assert_eq!(failed(status, ""), Error::Gate { status }, "a redirect is not followed");
    }
    for foreign in ["<html><h1>Forbidden</h1></html>", "Access denied", r#"{"message": "Forbidden"}"#] {
        for status in [400, 401, 403, 404, 406] {
            assert_eq!(failed(status, foreign), Error::Gate { status }, "{foreign}");
        }
    }
    assert_eq!(failed(200, "\n<!doctype html>"), Error::Gate { status: 200 });
    assert!(matches!(failed(403, ""), Error::Refused { status: 403, .. }));
    assert!(matches!(failed(404, "false"), Error::NotFound { .. }));

    let fake = Fake::script([Step::Answer(401, "<html>".to_owned())]);
    let signed_in = fake.run(fake.client().authenticate("a", "b"));
    assert_eq!(signed_in, Err(Error::Gate { status: 401 }), "no wrong password");
    // Nor does it cost a good token.
    let fake = Fake::script([Step::Answer(401, "<html>".to_owned())]);
    assert_eq!(fake.run(fake.client().card_templates(ORG)), Err(Error::Gate { status: 401 }));
    let fake = Fake::script([Step::Answer(413, "<html>".to_owned())]);
    let value = FieldValue { token: "t".into(), label: "l".into(), kind: FieldKind::Image, value: "A".repeat(300_000) };
    let sent = fake.run(fake.client().create_card(ORG, TemplateId(4), &[value]));
    assert_eq!(sent, Err(Error::TooLarge { kilobytes: Some(294) }));
}

#[test]
fn bodies() {
    let refused = |body| failed(400, body).words().to_vec();
    assert_eq!(refused(r#"{"error": "One"}"#), ["One"]);
    assert_eq!(refused(r#"{"error": ["One", "Two"]}"#), ["One", "Two"]);
    assert_eq!(refused(r#"{"error": {"email": ["is invalid"], "x": "y"}}"#), ["is invalid", "y"]);
    assert_eq!(refused(r#"{"errors": ["One"]}"#), ["One"]);
    assert_eq!(refused(r#"{"error": "  One\n"}"#), ["One"]);
    assert_eq!(refused(r#"{"error": ["", null, 5, "One"]}"#), ["One"]);
    for silent in [
        "",
        "  ",
        "{}",
        "[]",
        "null",
        r#"{"error": null}"#,
        r#"{"error": "<html>"}"#,
        "<html><h1>502</h1></html>",
        "Bad Gateway",
        r#"{"error": "#,
        "\u{feff}",
        "\"text\"",
    ] {
        assert_eq!(refused(silent), words(&[]), "{silent}");
    }
    // Not a page full, whatever comes.
    let long = format!(r#"{{"error": ["{}"]}}"#, "é".repeat(5000));
    assert_eq!(refused(&long), ["é".repeat(200)]);
    let many = format!(r#"{{"error": [{}"x"]}}"#, "\"x\",".repeat(100));
    assert_eq!(refused(&many).len(), 8);
}

#[test]
fn an_error_inside_a_success() {
    let words = words(&["Card not found"]);
    assert_eq!(failed(200, r#"{"error": "Card not found"}"#), Error::Refused { status: 200, words });
}

#[test]
fn a_success_that_is_no_json() {
    assert_eq!(failed(200, "{\"result\": "), undecodable("cards.delete", "body"));
    assert_eq!(failed(200, &"[".repeat(100_000)), undecodable("cards.delete", "body"));
}

#[test]
fn outcomes_that_have_to_be_looked_up() {
    for unknown in [
        Error::Unreachable,
        Error::TimedOut { seconds: 1 },
        Error::Server { status: 502, words: vec![] },
        undecodable("x", "y"),
    ] {
        assert!(unknown.is_outcome_unknown());
        assert!(unknown.words().is_empty());
    }
    for known in [
        Error::Unauthorized { words: vec![] },
        Error::Refused { status: 400, words: vec![] },
        Error::NotFound { words: vec![] },
        Error::NotAcceptable { words: vec![] },
        Error::PaymentThroughProxy,
        Error::SignInDismissed,
    ] {
        assert!(!known.is_outcome_unknown());
    }
}

#[test]
fn secrets_do_not_come_back() {
    let fake = Fake::script([
        Step::Answer(400, r#"{"error": ["4242424242424242 is declined", "cvc 424?", "exp 06"]}"#.to_owned()),
        Step::Answer(401, r#"{"error": "hunter2 is wrong for a@b.c"}"#.to_owned()),
        Step::Answer(400, r#"{"error": "bad token TOKEN-1"}"#.to_owned()),
    ]);
    let client = fake.client();
    let declined = fake.run(client.add_funds(ORG, &operations::payment())).unwrap_err();
    assert_eq!(declined.words(), ["*** is declined", "cvc ***?", "exp 06"]);
    let wrong = fake.run(client.authenticate("a@b.c", "hunter2")).unwrap_err();
    assert_eq!(wrong.words(), ["*** is wrong for a@b.c"]);
    let client = fake.client_as(std::rc::Rc::new(crate::api::fake::Fixed(Some("TOKEN-1"))));
    let refused = fake.run(client.finalize_card(ORG, CardId(3))).unwrap_err();
    assert_eq!(refused.words(), ["bad token ***"]);
}

#[test]
fn debug_output_shows_no_secret() {
    let request = WireRequest {
        method: Method::Post,
        url: "https://a.test/".into(),
        bearer: Some(Token::new("TOKEN-1")),
        key: None,
        form: Some(vec![("password", "hunter2".into())]),
        apart: false,
    };
    let value = FieldValue { token: "t".into(), label: "l".into(), kind: FieldKind::Image, value: "PHOTO".into() };
    let debug = format!("{request:?} {:?} {value:?}", operations::payment());
    assert!(debug.contains("password") && debug.contains("https://a.test/"));
    for secret in ["TOKEN-1", "hunter2", "4242", "424", "Feasterville", "PHOTO"] {
        assert!(!debug.contains(secret), "{secret} in {debug}");
    }
}
