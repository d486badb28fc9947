//! A kiosk that staff enrol at a gateway: each person has a session of their own, which the kiosk asks for itself.

use super::*;
use crate::api::Field;
use crate::domain::field::Hold;
use crate::domain::given::{Given, Worth};
use crate::flow::given::{Developed, Gifts};
use crate::flow::kiosk::device::{NOT_ENROLLED, REFUSED, Standing};
use crate::flow::{CardFlow, kiosk::Staff};
use crate::world::{DeviceKey, NoKey};

/// What a gateway knows: its devices by their ids, each with its name; whose each session is.
#[derive(Default)]
pub(super) struct Gate {
    pub(super) devices: RefCell<BTreeMap<String, String>>,
    sessions: RefCell<BTreeMap<String, String>>,
    /// What was signed and taken.
    statements: RefCell<Vec<String>>,
    enrolled: Cell<u32>,
    /// What is said of fields in sessions.
    says: RefCell<String>,
    /// It takes nothing that a device has signed.
    is_strict: Cell<bool>,
}

impl Gate {
    /// It was there before, and knows whose keys these are.
    pub(super) fn know(&self, ring: &Ring) {
        let kept = ring.0.kept.borrow();
        let about = kept.values().map(|(_, about)| about.split('\n').map(str::to_owned).collect::<Vec<_>>());
        self.devices.borrow_mut().extend(about.map(|about| (about[0].clone(), about[2].clone())));
    }

    /// What it answers as a gateway; none where that is no matter of it.
    pub(super) fn answer(&self, request: &WireRequest) -> Option<Step> {
        let path = request.url.strip_prefix("https://gate.test/v2/")?;
        let bearer = request.bearer.as_ref().map_or("", Token::as_str);
        let refused = || Some(Step::Answer(401, r#"{"error": "The statement's key is not known"}"#.into()));
        let form = request.form.as_deref().unwrap_or_default();
        let of = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        if path == "session" {
            let id = bearer.split(r#""kid":""#).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            if self.is_strict.get() || !self.devices.borrow().contains_key(id) {
                return refused();
            }
            let mut statements = self.statements.borrow_mut();
            assert!(!statements.iter().any(|used| used == bearer), "a statement is good for once");
            statements.push(bearer.to_owned());
            let token = format!("icg_{}", statements.len());
            self.sessions.borrow_mut().insert(token.clone(), id.to_owned());
            return Some(Step::Answer(200, format!(r#"{{"token": "{token}"{}}}"#, self.says.borrow())));
        }
        if path.starts_with("devices") {
            assert_eq!(bearer, "staff");
            let mut devices = self.devices.borrow_mut();
            return Some(Step::Answer(
                200,
                match request.method {
                    Method::Post => {
                        assert!(of("public_key").starts_with("KEY-"));
                        self.enrolled.set(self.enrolled.get() + 1);
                        let id = format!("D{}", self.enrolled.get());
                        devices.insert(id.clone(), of("name").to_owned());
                        format!(r#"{{"id": "{id}", "audience": "https://gate.test/"}}"#)
                    }
                    Method::Delete => match devices.remove(path.trim_start_matches("devices/")) {
                        Some(_) => r#"{"result": "Success"}"#.to_owned(),
                        None => return Some(Step::Answer(404, r#"{"error": "Device not found"}"#.into())),
                    },
                    _ => {
                        let all = devices.iter().map(|(id, name)| format!(r#"{{"id": "{id}", "name": "{name}"}}"#));
                        format!("[{}]", all.collect::<Vec<_>>().join(","))
                    }
                },
            ));
        }
        // What is somebody's session's goes on.
        let is_good = self.sessions.borrow().get(bearer).is_some_and(|id| self.devices.borrow().contains_key(id));
        if is_good { None } else { refused() }
    }
}

/// The keys of a device.
#[derive(Clone, Default)]
pub(super) struct Ring(Rc<RingInner>);

#[derive(Default)]
struct RingInner {
    kept: RefCell<BTreeMap<String, (u32, String)>>,
    made: Cell<u32>,
    /// Why none can be made, or kept.
    flaw: Cell<Option<NoKey>>,
}

struct Pair(Ring, u32);

impl DeviceKey for Pair {
    fn public(&self) -> String {
        format!("KEY-{}", self.1)
    }

    fn sign(&self, head: &str, claims: &str) -> LocalBoxFuture<'static, Option<String>> {
        Box::pin(ready(Some([head, claims].concat())))
    }

    fn keep(&self, place: &str, about: &str) -> LocalBoxFuture<'static, Result<(), NoKey>> {
        let flaw = self.0.0.flaw.get().filter(|flaw| *flaw == NoKey::NotKept);
        if flaw.is_none() {
            self.0.0.kept.borrow_mut().insert(place.to_owned(), (self.1, about.to_owned()));
        }
        Box::pin(ready(flaw.map_or(Ok(()), Err)))
    }
}

impl DeviceKeys for Ring {
    fn make(&self) -> LocalBoxFuture<'static, Result<Rc<dyn DeviceKey>, NoKey>> {
        self.0.made.set(self.0.made.get() + 1);
        let key: Rc<dyn DeviceKey> = Rc::new(Pair(self.clone(), self.0.made.get()));
        let flaw = self.0.flaw.get().filter(|flaw| *flaw == NoKey::Insecure);
        Box::pin(ready(flaw.map_or(Ok(key), Err)))
    }

    fn recall(&self, place: &str) -> LocalBoxFuture<'static, Option<(Rc<dyn DeviceKey>, String)>> {
        let kept = self.0.kept.borrow().get(place).cloned();
        let ring = self.clone();
        Box::pin(ready(kept.map(|(number, about)| (Rc::new(Pair(ring, number)) as Rc<dyn DeviceKey>, about))))
    }

    fn forget(&self, place: &str) -> LocalBoxFuture<'static, ()> {
        self.0.kept.borrow_mut().remove(place);
        Box::pin(ready(()))
    }

    fn now(&self) -> u64 {
        1_800_000_000
    }

    fn origin(&self) -> String {
        "https://page.test".to_owned()
    }
}

fn at_gate(token: Option<&str>, ring: &Ring) -> Stage {
    let endpoint = Endpoint::by_gateway("https://gate.test/v2/", true, "https://page.test").unwrap();
    Stage::of(Config { endpoint, ..config(EndsWith::Finalized) }, token, Some(ring.clone()))
}

impl Stage {
    fn come_in(&self) {
        self.kiosk().call_staff();
        self.kiosk().sign_staff_in("staff".to_owned(), "right".to_owned());
        self.pass(0);
        assert_eq!(self.kiosk().staff().get_untracked(), Staff::Panel);
    }

    fn enrols(&self, name: &str) {
        self.come_in();
        self.kiosk().enrol(name);
        self.pass(0);
    }

    fn device_trouble(&self) -> Option<String> {
        self.kiosk().device_trouble().get_untracked().map(|worded| worded.what)
    }

    fn session_in_use(&self) -> String {
        self.fake.sent().last().unwrap().bearer.clone().unwrap()
    }
}

#[test]
fn staff_enrol_it_and_from_then_on_each_person_has_a_session_of_their_own() {
    let ring = Ring::default();
    let stage = at_gate(None, &ring);
    assert_eq!(stage.kiosk().door(), Door::Closed(NOT_ENROLLED));
    stage.seconds(6);
    assert!(stage.codes().contains(&NOT_ENROLLED), "{:?}", stage.codes());
    stage.come_in();
    assert_eq!(stage.kiosk().standing(), Standing::Not);
    stage.kiosk().enrol(" ");
    stage.kiosk().enrol(" Lobby\tnorth ");
    stage.seconds(1);
    assert_eq!(stage.kiosk().standing(), Standing::Enrolled("Lobby north".into()));
    let kept: Vec<_> = ring.0.kept.borrow().clone().into_iter().collect();
    assert_eq!(kept, [("https://gate.test/v2/".into(), (1, "D1\nhttps://gate.test/\nLobby north".into()))]);
    stage.kiosk().staff_away();
    stage.seconds(3);
    assert_eq!(stage.kiosk().door(), Door::Open);
    let mut sessions = Vec::new();
    for name in ["Ana", "Bo"] {
        stage.begins(0);
        let traces = stage.enters(name);
        stage.previews();
        stage.app.card().finalize();
        stage.pass(0);
        sessions.push(stage.session_in_use());
        stage.kiosk().leave();
        stage.seconds(1);
        stage.is_as_new(name);
        traces.are_gone();
    }
    assert!(sessions.iter().all(|token| token.starts_with("icg_")) && sessions[0] != sessions[1], "{sessions:?}");
    let statement = stage.server.gate.statements.borrow().last().cloned().unwrap();
    assert!(
        statement.contains(r#""kid":"D1""#) && statement.contains(r#""origin":"https://page.test","iat":1799999970"#)
    );

    // After a restart nobody has to do anything.
    let again = at_gate(None, &ring);
    again.seconds(6);
    assert_eq!((again.kiosk().door(), again.codes()), (Door::Open, Vec::new()));
    again.begins(0);
}

#[test]
fn one_that_is_revoked_says_so_to_whoever_is_there_and_can_be_enrolled_again() {
    let ring = Ring::default();
    let stage = at_gate(None, &ring);
    stage.enrols("Lobby");
    stage.kiosk().staff_away();
    stage.seconds(3);
    stage.begins(0);
    let traces = stage.enters("Ana");
    // From another place.
    stage.server.gate.devices.borrow_mut().clear();
    stage.app.card().show_preview();
    stage.seconds(1);
    assert!(stage.kiosk().is_out().get_untracked());
    assert_eq!(stage.codes().iter().filter(|code| **code == REFUSED).count(), 1);
    stage.kiosk().leave();
    stage.seconds(1);
    traces.are_gone();
    assert_eq!((stage.kiosk().door(), stage.kiosk().is_out().get_untracked()), (Door::Closed(REFUSED), false));
    stage.come_in();
    assert_eq!(stage.kiosk().standing(), Standing::Revoked("Lobby".into()));
    stage.kiosk().enrol("Lobby");
    stage.seconds(1);
    assert_eq!(stage.kiosk().standing(), Standing::Enrolled("Lobby".into()));
    stage.kiosk().staff_away();
    stage.seconds(3);
    assert_eq!(
        stage.kiosk().door(),
        Door::Open,
        "{:?} {:?}",
        stage.codes(),
        stage.fake.sent().iter().rev().take(3).collect::<Vec<_>>()
    );
    stage.begins(0);

    // What it signs may be refused for another reason, as a clock that is wrong.
    stage.kiosk().leave();
    stage.server.gate.is_strict.set(true);
    stage.server.gate.sessions.borrow_mut().clear();
    stage.seconds(70);
    assert_eq!(stage.kiosk().door(), Door::Closed(REFUSED));
    stage.come_in();
    assert_eq!(stage.kiosk().standing(), Standing::Refused("Lobby".into()));
}

#[test]
fn staff_take_this_one_or_another_off_the_list() {
    let ring = Ring::default();
    let stage = at_gate(None, &ring);
    stage.server.gate.devices.borrow_mut().insert("D9".into(), "Old".into());
    stage.enrols("Lobby");
    assert_eq!(stage.kiosk().devices().get_untracked().ready().map(|list| list.len()), Some(2));
    stage.kiosk().revoke("D9");
    stage.pass(0);
    // Somebody else was quicker.
    stage.kiosk().revoke("D9");
    stage.pass(0);
    assert_eq!((stage.device_trouble(), stage.server.gate.devices.borrow().len()), (None, 1));
    let own = stage.kiosk().this_device().unwrap();
    stage.kiosk().revoke(&own.id);
    stage.seconds(1);
    assert!(ring.0.kept.borrow().is_empty() && stage.server.gate.devices.borrow().is_empty());
    assert_eq!(stage.kiosk().standing(), Standing::Not);
    assert_eq!(stage.kiosk().door(), Door::Closed(NOT_ENROLLED));
    // Whoever has gone does nothing any more.
    stage.kiosk().staff_away();
    stage.kiosk().enrol("Lobby");
    stage.pass(0);
    assert!(stage.server.gate.devices.borrow().is_empty());
}

#[test]
fn a_browser_that_has_no_key_says_why_and_nothing_is_registered() {
    for (flaw, words) in [(NoKey::Insecure, "may not use keys"), (NoKey::NotKept, "does not keep a key")] {
        let ring = Ring::default();
        ring.0.flaw.set(Some(flaw));
        let stage = at_gate(None, &ring);
        stage.enrols("Lobby");
        assert!(stage.device_trouble().unwrap().contains(words));
        assert_eq!(stage.server.gate.enrolled.get(), 0);
        ring.0.flaw.set(None);
        stage.kiosk().enrol("Lobby");
        stage.pass(0);
        assert_eq!((stage.device_trouble(), stage.server.gate.devices.borrow().len()), (None, 1));
    }
}

#[test]
fn where_the_page_says_who_is_there_its_word_counts() {
    let ring = Ring::default();
    let stage = at_gate(None, &ring);
    stage.enrols("Lobby");
    stage.kiosk().staff_away();
    stage.server.gate.devices.borrow_mut().insert("SITE".into(), "the site's own".into());
    let asked = Rc::<Cell<u32>>::default();
    let count = asked.clone();
    stage.app.set_provider(Some(Rc::new(move || {
        count.set(count.get() + 1);
        Box::pin(ready(Some(format!(r#"{{"kid":"SITE"}}{}"#, count.get()))))
    })));
    stage.app.access_changed();
    stage.seconds(1);
    let before = asked.get();
    stage.begins(0);
    assert_eq!(asked.get(), before + 1);
    stage.kiosk().leave();
    stage.seconds(1);
    stage.come_in();
    assert_eq!(stage.kiosk().standing(), Standing::ByPage);
    stage.kiosk().staff_away();
    // It takes it back.
    stage.app.set_provider(None);
    stage.app.access_changed();
    stage.seconds(2);
    assert_eq!(stage.kiosk().door(), Door::Open);
    stage.begins(0);
    assert_eq!(asked.get(), before + 1);
}

#[test]
fn a_token_of_the_pages_that_is_refused_is_told_as_that() {
    let stage = at_gate(Some("OLD"), &Ring::default());
    assert_eq!((stage.kiosk().door(), stage.codes()), (Door::Closed("unauthorized"), vec!["unauthorized"]));
    // Attributes are read anew, and nobody waits for whom there is not.
    let config = stage.app.cx().config().get_untracked().unwrap();
    stage.app.set_up(Ok(Config { idle_timeout: 30, ..config }));
    stage.seconds(10);
    assert_eq!(stage.kiosk().door(), Door::Closed("unauthorized"));
}

#[test]
fn what_a_session_says_of_fields_is_each_persons_and_gone_with_them() {
    let stage = at_gate(None, &Ring::default());
    stage.app.card().give_by(|card| assert!(card.gifts().connect(Rc::new(NoGifts))));
    stage.server.gate.says.replace(r#", "locked": {"N": "Ana"}"#.to_owned());
    stage.enrols("Lobby");
    stage.kiosk().staff_away();
    stage.seconds(3);
    let name =
        || stage.app.card().draft().with_untracked(|draft| draft.as_ref().map(|draft| (draft.text(0), draft.hold(0))));
    stage.begins(0);
    assert_eq!(name(), Some(("Ana".into(), Hold::Locked)), "though its session began with this very card");
    stage.kiosk().leave();
    stage.server.gate.says.replace(String::new());
    stage.seconds(1);
    stage.begins(0);
    assert_eq!(name(), Some(("".into(), Hold::Free)));
    stage.kiosk().leave();
    stage.seconds(1);
    stage.server.gate.says.replace(r#", "prefill": {"N": "Bo", "ELSEWHERE": "x"}"#.to_owned());
    stage.begins(0);
    assert_eq!(name(), Some(("Bo".into(), Hold::Free)));
}

/// A page that gives nothing.
struct NoGifts;

impl Gifts for NoGifts {
    fn now(&self) -> Given {
        Given::default()
    }

    fn develop(&self, _: CardFlow, _: &Field, _: &Worth) -> LocalBoxFuture<'static, Result<Developed, String>> {
        Box::pin(ready(Err(String::new())))
    }
}
