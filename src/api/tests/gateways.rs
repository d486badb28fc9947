//! Calls to a gateway: a session for a statement, and a key for each change.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{LocalBoxFuture, join};

use super::*;

/// Gives statements, another one each time it is asked.
struct Page {
    given: Cell<u32>,
    are_all_the_same: bool,
}

impl Page {
    fn now(&self) -> Token {
        let number = if self.are_all_the_same { 1 } else { self.given.get() };
        Token::new(format!("STATEMENT-{number}").as_str())
    }
}

/// The page's own, which a renewal asks for another one.
#[derive(Clone)]
struct ByPage(Rc<Page>);

impl Credentials for ByPage {
    fn token(&self) -> Option<Token> {
        Some(self.0.now())
    }

    fn renew(&self, refused: Option<Token>) -> LocalBoxFuture<'static, Result<Token, Error>> {
        if refused.is_none_or(|refused| refused == self.0.now()) {
            self.0.given.set(self.0.given.get() + 1);
        }
        let token = self.0.now();
        Box::pin(async { Ok(token) })
    }
}

fn page(are_all_the_same: bool) -> ByPage {
    ByPage(Rc::new(Page { given: Cell::new(1), are_all_the_same }))
}

fn client(fake: &Fake, is_scoped: bool, page: ByPage) -> (Client, Rc<Line>) {
    client_that_hears(fake, is_scoped, page, Rc::new(drop))
}

fn client_that_hears(fake: &Fake, is_scoped: bool, page: ByPage, hear: HearSession) -> (Client, Rc<Line>) {
    let endpoint = Endpoint::by_gateway("https://cards.test/ic", is_scoped, "https://page.test").unwrap();
    let line = Rc::<Line>::default();
    line.prepare_by(preparing(Rc::new(fake.clone()), &line, hear));
    (Client::new(endpoint, Rc::new(fake.clone()), Rc::new(page), line.clone()), line)
}

fn bearer(request: &WireRequest) -> &str {
    request.bearer.as_ref().map_or("", Token::as_str)
}

/// Opens sessions for statements that were not used yet, and takes the last one only.
fn gateway() -> Fake {
    let (mut used, mut session) = (Vec::new(), 0);
    Fake::new(move |request: &WireRequest| {
        let bearer = bearer(request).to_owned();
        let refused = || Step::Answer(401, r#"{"error": "Unauthorized"}"#.into());
        if request.url.ends_with("/ic/session") {
            if !bearer.starts_with("STATEMENT-") || used.contains(&bearer) {
                return refused();
            }
            used.push(bearer);
            session += 1;
            return Step::Late(50, 200, format!(r#"{{"token": "SESSION-{session}", "cards": 1}}"#));
        }
        if bearer != format!("SESSION-{session}") {
            return refused();
        }
        Step::Answer(200, if request.method == Method::Get { "[]".into() } else { r#"{"id": 3}"#.into() })
    })
}

#[test]
fn a_statement_is_given_once_for_all_calls_and_each_change_has_a_key() {
    let fake = gateway();
    let (client, _line) = client(&fake, true, page(false));
    let (one, other) = fake.run(join(client.card_templates(ORG), client.card_templates(ORG)));
    assert!(one.is_ok() && other.is_ok());
    assert!(fake.run(client.create_card(ORG, TemplateId(4), &[])).is_ok());
    assert!(fake.run(client.finalize_card(ORG, CardId(3))).is_ok());
    let sent = fake.sent();
    let asked: Vec<_> = sent.iter().map(|sent| (sent.url.as_str(), sent.bearer.as_deref().unwrap())).collect();
    assert_eq!(asked[0], ("https://cards.test/ic/session", "STATEMENT-1"));
    assert!(asked[1..].iter().all(|(url, bearer)| !url.ends_with("session") && *bearer == "SESSION-1"), "{asked:?}");
    let keys: Vec<_> = sent.iter().map(|sent| sent.key.clone()).collect();
    assert!(keys[1].is_none() && keys[2].is_none(), "reads have none");
    let (create, finalize) = (keys[3].clone().unwrap(), keys[4].clone().unwrap());
    assert_ne!(create, finalize);
    assert!(create.len() == 34 && create.starts_with('"') && create.ends_with('"'), "{create}");
}

#[test]
fn a_session_that_has_ended_is_begun_anew_with_another_statement() {
    let fake = gateway();
    let (client, _line) = client(&fake, true, page(false));
    assert!(fake.run(client.card_templates(ORG)).is_ok());
    // Somebody else's session ends this one's.
    let other = WireRequest {
        method: Method::Post,
        url: "https://cards.test/ic/session".into(),
        bearer: Some(Token::new("STATEMENT-9")),
        key: None,
        form: None,
        apart: false,
    };
    assert!(fake.run(fake.send(&other)).is_ok());
    assert!(fake.run(client.finalize_card(ORG, CardId(3))).is_ok());
    let last: Vec<_> = fake.sent().into_iter().rev().take(3).map(|sent| sent.bearer.unwrap()).collect();
    assert_eq!(last, ["SESSION-3", "STATEMENT-2", "SESSION-1"]);
}

#[test]
fn a_statement_that_was_used_already_is_refused_like_a_token() {
    let fake = gateway();
    // The page was loaded again, and its first statement is that of before.
    let before = WireRequest {
        method: Method::Post,
        url: "https://cards.test/ic/session".into(),
        bearer: Some(Token::new("STATEMENT-1")),
        key: None,
        form: None,
        apart: false,
    };
    assert!(fake.run(fake.send(&before)).is_ok());
    let (one, _line) = client(&fake, true, page(false));
    assert!(fake.run(one.card_templates(ORG)).is_ok());
    // Where the page has no other one, that is the end of it, and not a circle.
    let (same, _line) = client(&fake, true, page(true));
    let sent = fake.sent().len();
    assert!(matches!(fake.run(same.card_templates(ORG)), Err(Error::Unauthorized { .. })));
    assert!(fake.sent().len() <= sent + 2);
}

#[test]
fn what_has_a_key_is_sent_again_with_the_same() {
    let fake = Fake::script([
        Step::Answer(200, r#"{"token": "S"}"#.into()),
        Step::Fail,
        Step::Answer(503, "<html>".into()),
        Step::Answer(200, r#"{"id": 3}"#.into()),
    ]);
    let (client, _line) = client(&fake, true, page(false));
    assert!(fake.run(client.create_card(ORG, TemplateId(4), &[])).is_ok());
    let keys: Vec<_> = fake.sent().into_iter().skip(1).map(|sent| sent.key.unwrap()).collect();
    assert!(keys.len() == 3 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
}

#[test]
fn staff_have_their_own_token_and_keys_all_the_same() {
    let fake = Fake::new(|_| Step::Answer(200, r#"{"id": 3}"#.into()));
    let (client, _line) = client(&fake, false, page(false));
    assert!(fake.run(client.finalize_card(ORG, CardId(3))).is_ok());
    let sent = fake.sent();
    assert_eq!((sent.len(), sent[0].bearer.as_deref()), (1, Some("STATEMENT-1")));
    assert!(sent[0].key.is_some());
}

#[test]
fn what_becomes_of_a_card_is_a_word() {
    let address = OneOffAddress { full_name: "Ana".into(), zip_code: "01234".into(), ..OneOffAddress::default() };
    for (word, placed) in [
        ("done", Placed::Done),
        ("already", Placed::Done),
        ("balance-low", Placed::BalanceLow),
        ("unknown", Placed::Unknown),
    ] {
        let answer = format!(r#"{{"result": "{word}"}}"#);
        let fake = Fake::script([Step::Answer(200, r#"{"token": "S"}"#.into()), Step::Answer(200, answer)]);
        let (client, _line) = client(&fake, true, page(false));
        assert_eq!(fake.run(client.session_order(CardId(3), &address)), Ok(placed));
        let sent = fake.sent().pop().unwrap();
        assert_eq!(sent.url, "https://cards.test/ic/session/order");
        assert_eq!(sent.value("card_id"), Some("3"));
        assert_eq!(sent.value("address[contact][full_name]"), Some("Ana"));
        assert_eq!(sent.value("address[zip_code]"), Some("01234"));
    }
    let fake = Fake::script([Step::Answer(200, r#"{"token": "S"}"#.into()), Step::Answer(200, "{}".into())]);
    let (client, _line) = client(&fake, true, page(false));
    assert!(matches!(
        fake.run(client.session_cart(CardId(3))),
        Err(Error::Undecodable { operation: "session.cart", .. })
    ));
}

#[test]
fn what_a_session_says_of_the_fields_is_heard_each_time_one_begins() {
    let says = r#"{"token": "S", "locked": {"NUMBER": "E-1", "NIX": null}, "prefill": {"NAME": "Ana \u00d1"}}"#;
    for (answer, locked, prefill) in [
        (says, &[("NUMBER", "E-1")][..], &[("NAME", "Ana Ñ")][..]),
        (r#"{"token": "S"}"#, &[], &[]),
        (r#"{"token": "S", "locked": [], "prefill": "x"}"#, &[], &[]),
    ] {
        let heard = Rc::<std::cell::RefCell<Vec<SessionValues>>>::default();
        let fake = Fake::script([Step::Answer(200, answer.into()), Step::Answer(200, "[]".into())]);
        let hears = heard.clone();
        let hear: HearSession = Rc::new(move |values| hears.borrow_mut().push(values));
        let (client, _line) = client_that_hears(&fake, true, page(false), hear);
        assert!(fake.run(client.card_templates(ORG)).is_ok());
        let own = |list: &[(&str, &str)]| list.iter().map(|(one, other)| ((*one).into(), (*other).into())).collect();
        assert_eq!(heard.take(), [SessionValues { locked: own(locked), prefill: own(prefill) }]);
    }
}

#[test]
fn staff_enrol_devices_list_and_revoke_them() {
    let list = r#"[{"id": "D-1_x", "name": "Lobby", "enrolled_at": "2026-11-26T15:00:00Z"}, {"id": "D2"}]"#;
    let fake = Fake::script([
        Step::Answer(200, r#"{"id": "D-1_x", "audience": "https://cards.test/"}"#.into()),
        Step::Answer(200, list.into()),
        Step::Answer(200, r#"{"result": "Success"}"#.into()),
    ]);
    let (client, _line) = client(&fake, false, page(false));
    let enrolled = fake.run(client.enrol_device("Lobby", "{\"kty\":\"EC\"}")).unwrap();
    let devices = fake.run(client.devices()).unwrap();
    assert_eq!(devices.iter().map(|device| device.name.as_str()).collect::<Vec<_>>(), ["Lobby", ""]);
    assert_eq!(fake.run(client.revoke_device(&devices[0].id)), Ok(()));
    let sent = fake.sent();
    let urls: Vec<_> = sent.iter().map(|sent| sent.url.as_str()).collect();
    assert_eq!(
        urls,
        ["https://cards.test/ic/devices", "https://cards.test/ic/devices", "https://cards.test/ic/devices/D-1_x"]
    );
    assert_eq!((sent[0].value("name"), sent[0].value("public_key")), (Some("Lobby"), Some("{\"kty\":\"EC\"}")));
    assert!(sent[0].key.is_some() && sent[1].key.is_none() && sent[2].key.is_some());
    let (head, claims) = enrolled.statement("https://page.test", 1_800_000_000, &fake);
    assert_eq!(head, r#"{"alg":"ES256","typ":"JWT","kid":"D-1_x"}"#);
    let begin = r#"{"iss":"D-1_x","aud":"https://cards.test/","origin":"https://page.test","iat":1799999970,"exp":1800000030,"jti":""#;
    assert!(claims.starts_with(begin) && claims.ends_with("\"}"), "{claims}");
}
