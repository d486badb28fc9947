//! Strangers in a row, against a server that has its days: nothing of one is left when the next one comes.

mod staff;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{poll_fn, ready};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

mod ending;

use super::{Door, Kiosk, Tally};
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, OrganizationId, ShippingProviderId};
use crate::domain::config::{Config, EndsWith, Locale, Mode, Remember};
use crate::domain::edit::Editing;
use crate::domain::idle::Phase;
use crate::flow::app::Loader;
use crate::flow::arrival::CARD_DEEDS;
use crate::flow::books::BOOKS_DEEDS;
use crate::flow::card::{PreviewState, SaveState};
use crate::flow::desk::DESK_DEEDS;
use crate::flow::ending::ENDING_DEEDS;
use crate::flow::{App, HostEvent, Remote, Screen, Signing};
use crate::session::Session;
use crate::world::{DeviceStore, Lobby, Method, Picture, PictureUrl, Pictures, Seen, Spawner, Token, WireRequest};

/// What is under way.
#[derive(Default)]
struct Tasks(RefCell<Vec<LocalBoxFuture<'static, ()>>>);

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.borrow_mut().push(task);
    }
}

/// Where it stands.
#[derive(Default)]
struct Hall {
    is_asking: Cell<bool>,
    came: Cell<u32>,
    forgot: Cell<u32>,
    went: Cell<u32>,
    camera: RefCell<Option<(String, String)>>,
}

impl Lobby for Hall {
    fn come_alive(&self) {
        self.came.set(self.came.get() + 1);
    }

    fn is_asking(&self) -> bool {
        self.is_asking.get()
    }

    fn forget(&self) {
        self.forgot.set(self.forgot.get() + 1);
    }

    fn prefer_camera(&self, camera: Option<(String, String)>) {
        self.camera.replace(camera);
    }

    fn let_go(&self) {
        self.went.set(self.went.get() + 1);
    }
}

/// What the device keeps.
#[derive(Default)]
struct Shelf(RefCell<BTreeMap<String, String>>);

impl DeviceStore for Shelf {
    fn read(&self, name: &str) -> Option<String> {
        self.0.borrow().get(name).cloned()
    }

    fn write(&self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.0.borrow_mut().insert(name.to_owned(), text.to_owned()),
            None => self.0.borrow_mut().remove(name),
        };
    }
}

struct Shown;

impl PictureUrl for Shown {
    fn url(&self) -> &str {
        "blob:shown"
    }
}

struct AnyPicture;

impl Pictures for AnyPicture {
    fn show(&self, _: &str) -> LocalBoxFuture<'static, Seen> {
        let shown: Rc<dyn PictureUrl> = Rc::new(Shown);
        Box::pin(ready(Ok(shown)))
    }
}

struct Photo;
impl Picture for Photo {}

/// What the server does.
#[derive(Default)]
struct Server {
    /// It cannot be reached.
    is_away: Cell<bool>,
    /// It takes so long for calls whose method and path end so, in milliseconds.
    late: Cell<Option<(Method, &'static str, u32)>>,
    /// What it says to whoever deletes.
    delete_status: Cell<Option<u16>>,
    /// What it says to whoever finalizes, instead of doing so.
    finalize_status: Cell<Option<u16>>,
    /// Whether each card there is was finalized.
    cards: RefCell<BTreeMap<u64, bool>>,
    made: Cell<u64>,
    /// Its print jobs.
    desk: ending::Jobs,
}

impl Server {
    fn answer(&self, request: &WireRequest) -> Step {
        if self.is_away.get() {
            return Step::Fail;
        }
        if request.url.ends_with("/authenticate") {
            return self.authenticates(request);
        }
        if request.url.ends_with("/profile/me") {
            let own = match request.bearer.as_ref().map(Token::as_str) {
                Some("staff") => 7,
                Some("stranger") => 8,
                _ => return Step::Answer(401, r#"{"error": "Unauthorized"}"#.into()),
            };
            return Step::Answer(200, format!(r#"{{"id": 1, "organization": {{"id": {own}, "name": "Ours"}}}}"#));
        }
        if request.bearer.is_none() {
            return Step::Answer(401, r#"{"error": "Unauthorized"}"#.into());
        }
        if let Some(step) = self.desk.answer(request) {
            return step;
        }
        let (status, body) = self.does(request);
        match self.late.get() {
            Some((method, end, after)) if method == request.method && request.url.ends_with(end) => {
                Step::Late(after, status, body)
            }
            _ => Step::Answer(status, body),
        }
    }

    fn authenticates(&self, request: &WireRequest) -> Step {
        assert!(request.bearer.is_none(), "nobody's token is shown to sign in");
        let form = request.form.as_deref().unwrap_or_default();
        let of = |name: &str| form.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        match (of("email"), of("password")) {
            (email @ ("staff" | "stranger"), "right") => Step::Answer(200, format!(r#"{{"auth_token": "{email}"}}"#)),
            _ => Step::Answer(401, r#"{"error": "Unauthorized"}"#.into()),
        }
    }

    fn does(&self, request: &WireRequest) -> (u16, String) {
        let path = request.url.split_once("/v2/").map_or("", |(_, path)| path);
        let number = || path.split('/').nth(3).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
        let ok = |body: &str| (200, body.to_owned());
        match (request.method, path.rsplit('/').next().unwrap_or_default()) {
            (Method::Get, "card_templates") => ok(r#"[{"id": 4, "name": "Badge"}, {"id": 5, "name": "Pass"}]"#),
            (Method::Get, "fields") => ok(
                r#"[{"token": "N", "label": "Name", "type": "text"}, {"token": "P", "label": "Photo", "type": "image"},
                    {"token": "S", "label": "Signature", "type": "image"}]"#,
            ),
            (Method::Get, "preview") => ok(r#"{"preview_available": true, "front": "AAAAAAAAAAAA"}"#),
            (Method::Post, "cards") => {
                self.made.set(self.made.get() + 1);
                self.cards.borrow_mut().insert(self.made.get(), false);
                ok(&format!(r#"{{"id": {}}}"#, self.made.get()))
            }
            (Method::Patch, "finalize") => match self.finalize_status.get() {
                Some(status) => (status, r#"{"error": "No"}"#.to_owned()),
                None => {
                    self.cards.borrow_mut().insert(number(), true);
                    ok(&format!(r#"{{"id": {}}}"#, number()))
                }
            },
            (Method::Patch, _) => ok(&format!(r#"{{"id": {}}}"#, number())),
            (Method::Delete, _) => match self.delete_status.get() {
                Some(status) => (status, r#"{"error": "No"}"#.to_owned()),
                None => match self.cards.borrow_mut().remove(&number()) {
                    Some(is_finalized) => {
                        assert!(!is_finalized, "card {} is finalized, and is deleted", number());
                        ok(r#"{"result": "Success"}"#)
                    }
                    None => (404, r#"{"error": "Not found"}"#.to_owned()),
                },
            },
            other => panic!("nobody asks for {other:?}: {path}"),
        }
    }

    fn cards(&self) -> Vec<(u64, bool)> {
        self.cards.borrow().iter().map(|(card, is_finalized)| (*card, *is_finalized)).collect()
    }
}

/// The name of a step, and the way there.
type Way = (&'static str, fn(&Stage));

struct Stage {
    owner: Owner,
    fake: Fake,
    server: Rc<Server>,
    tasks: Rc<Tasks>,
    hall: Rc<Hall>,
    shelf: Rc<Shelf>,
    app: App,
    told: Rc<RefCell<Vec<HostEvent>>>,
    drawn: Cell<Screen>,
}

/// In milliseconds.
const SECOND: u64 = 1_000;

fn config(ends_with: EndsWith) -> Config {
    Config {
        endpoint: Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap(),
        organization: Some(OrganizationId(7)),
        template: None,
        card: None,
        mode: Mode::Kiosk,
        locale: Locale::En,
        remember: Remember::Nothing,
        idle_timeout: 60,
        page_size: 20,
        file_choice: false,
        photo_rules: false,
        keyboard: false,
        face_help: false,
        ends_with,
        shipping_provider: (ends_with == EndsWith::Order).then_some(ShippingProviderId(13)),
    }
}

impl Stage {
    fn with(token: Option<&str>, ends_with: EndsWith) -> Stage {
        let owner = Owner::new();
        let server = Rc::<Server>::default();
        let fake = Fake::new({
            let server = server.clone();
            move |request| server.answer(request)
        });
        let (tasks, hall, told) = (Rc::<Tasks>::default(), Rc::<Hall>::default(), Rc::<RefCell<Vec<_>>>::default());
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader =
                Loader { cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))), desk: |_| Box::pin(ready(Ok(&DESK_DEEDS))) };
            let told = told.clone();
            let app = App::new(session, tasks.clone(), loader, Rc::new(move |event| told.borrow_mut().push(event)));
            app.cx().set_pictures(Rc::new(AnyPicture));
            app.load_books_with(|_| Box::pin(ready(Ok(&BOOKS_DEEDS))));
            app.load_ending_with(|_| Box::pin(ready(Ok(&ENDING_DEEDS))));
            app
        });
        let shelf = Rc::<Shelf>::default();
        let stage = Stage { owner, fake, server, tasks, hall, shelf, app, told, drawn: Cell::new(Screen::SignIn) };
        stage.app.set_token(token.map(str::to_owned));
        stage.app.set_up(Ok(config(ends_with)));
        stage.kiosk().connect(stage.hall.clone(), stage.shelf.clone());
        stage.pass(0);
        stage
    }

    fn new() -> Stage {
        let stage = Stage::with(Some("T1"), EndsWith::Finalized);
        assert_eq!((stage.screen(), stage.kiosk().door()), (Screen::Attract, Door::Open));
        stage
    }

    fn kiosk(&self) -> Kiosk {
        self.app.kiosk()
    }

    fn screen(&self) -> Screen {
        self.app.cx().screen().get_untracked()
    }

    fn phase(&self) -> Phase {
        self.kiosk().phase().get_untracked()
    }

    /// What effects do in a browser: another screen is drawn.
    fn redraw(&self) {
        let screen = self.screen();
        if self.drawn.replace(screen) != screen && screen == Screen::Attract {
            self.owner.with(|| self.kiosk().enter());
        }
    }

    /// Lets so many milliseconds pass.
    fn pass(&self, milliseconds: u64) {
        let end = self.fake.now() + milliseconds;
        let mark = self.fake.clone();
        let until = self.fake.clone();
        let timer = async move { crate::world::Transport::sleep(&until, u32::try_from(milliseconds).unwrap()).await };
        let mut timer = Box::pin(timer);
        self.fake.run(poll_fn(|cx| {
            for _ in 0..8 {
                let mut tasks = self.tasks.0.take();
                tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
                self.tasks.0.borrow_mut().splice(0..0, tasks);
                self.redraw();
            }
            let _ = timer.as_mut().poll(cx);
            if mark.now() >= end { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    fn seconds(&self, seconds: u64) {
        self.pass(seconds * SECOND);
    }

    /// Somebody begins, and chooses the template in this place.
    fn begins(&self, template: usize) {
        self.kiosk().start();
        self.pass(0);
        assert_eq!(self.screen(), Screen::Templates);
        let list = self.app.templates().list().get_untracked();
        self.app.card().choose(list.ready().unwrap()[template].clone());
        self.pass(0);
        assert_eq!(self.screen(), Screen::CardForm);
    }

    /// They enter what is theirs alone. Gives what is to be gone afterwards.
    fn enters(&self, name: &str) -> Traces {
        let card = self.app.card();
        card.typed(0, name);
        let photo: Rc<dyn Picture> = Rc::new(Photo);
        let picture = Rc::downgrade(&photo);
        self.owner.with(|| card.chose_picture(1, photo, Editing::new((30, 40), None), true));
        let base64: Arc<str> = format!("{name}-photo").into();
        card.use_photo(1, base64.clone());
        let signing = card.photos().signing(card.template().unwrap(), 2);
        signing.typed.replace(name.to_owned());
        let text = card.draft().with_untracked(|draft| Arc::downgrade(&draft.as_ref().unwrap().text(0)));
        let traces = Traces {
            name: name.to_owned(),
            texts: vec![text, Arc::downgrade(&base64)],
            picture,
            signing: Rc::downgrade(&signing),
        };
        self.pass(0);
        traces
    }

    fn previews(&self) {
        self.app.card().show_preview();
        self.pass(0);
        assert!(self.app.card().preview().with_untracked(|preview| matches!(preview, PreviewState::Ready(_))));
        assert_eq!(self.screen(), Screen::Preview);
    }

    fn is_as_new(&self, after: &str) {
        let card = self.app.card();
        assert_eq!((self.screen(), self.phase()), (Screen::Attract, Phase::Away), "{after}");
        assert!(card.draft().with_untracked(Option::is_none), "{after}");
        assert!(card.fields().with_untracked(Option::is_none), "{after}");
        assert!(card.opening().with_untracked(Option::is_none), "{after}");
        assert!(card.touched().with_untracked(Vec::is_empty), "{after}");
        assert!(!card.tried().get_untracked() && card.smaller().get_untracked().is_none(), "{after}");
        assert!(matches!(card.save_state().get_untracked(), SaveState::Idle), "{after}");
        assert!(card.preview().with_untracked(|preview| matches!(preview, PreviewState::Nothing)), "{after}");
        assert!(!card.is_unsaved() && !self.kiosk().asking().get_untracked(), "{after}");
        assert!(self.app.credentials().with_untracked(|typed| typed.email.is_empty()), "{after}");
    }
}

/// What a person has entered, to see whether anybody still has it.
struct Traces {
    name: String,
    texts: Vec<std::sync::Weak<str>>,
    picture: Weak<dyn Picture>,
    signing: Weak<Signing>,
}

impl Traces {
    fn are_gone(&self) {
        let name = &self.name;
        assert!(self.texts.iter().all(|text| text.upgrade().is_none()), "{name}'s texts are kept");
        assert!(self.picture.upgrade().is_none(), "{name}'s picture is kept");
        assert!(self.signing.upgrade().is_none(), "{name}'s signature is kept");
    }
}

#[test]
fn strangers_in_a_row_have_nothing_of_one_another() {
    let stage = Stage::new();
    let mut done = 0;
    for number in 0..12 {
        let name = format!("Stranger-{number}-of-twelve");
        let before = stage.fake.sent().len();
        stage.begins(number % 2);
        assert_eq!(stage.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().text(0)), "".into());
        let traces = stage.enters(&name);
        if number % 3 > 0 {
            stage.previews();
        }
        if number % 3 == 2 {
            done += 1;
            stage.app.card().finalize();
            stage.seconds(1);
            assert_eq!((stage.screen(), stage.phase()), (Screen::Done, Phase::Thanks(10)), "{name}");
            stage.seconds(10);
        } else {
            stage.seconds(75);
        }
        stage.pass(0);
        stage.is_as_new(&name);
        traces.are_gone();
        let sent = stage.fake.sent();
        let others = sent.iter().skip(before).flat_map(|sent| sent.form.iter().flatten());
        let foreign = others.filter(|(_, value)| value.contains("Stranger-") && !value.contains(&name));
        assert_eq!(foreign.count(), 0, "{name} sends what is another's");
        assert_eq!(
            stage.server.cards().iter().filter(|(_, is_finalized)| !is_finalized).count(),
            0,
            "{name}'s draft stays"
        );
    }
    assert_eq!(stage.server.cards().len(), done);
    assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 4, abandoned: 8 });
    assert_eq!(stage.hall.came.get(), 12);
}

#[test]
fn whoever_goes_at_any_step_is_forgotten() {
    let to: [Way; 7] = [
        ("choosing", |stage| {
            stage.kiosk().start();
            stage.pass(0);
        }),
        ("the form", |stage| stage.begins(0)),
        ("a form that was refused", |stage| {
            stage.begins(0);
            assert!(!stage.app.card().check(false));
            stage.app.card().left(0);
        }),
        ("the photo", |stage| {
            stage.begins(0);
            let photo: Rc<dyn Picture> = Rc::new(Photo);
            stage.owner.with(|| stage.app.card().chose_picture(1, photo, Editing::new((30, 40), None), true));
            assert_eq!(stage.screen(), Screen::Photo(1));
        }),
        ("the camera", |stage| {
            stage.begins(0);
            stage.app.cx().go(Screen::Camera(1));
        }),
        ("another template, with a card on the shelf", |stage| {
            stage.begins(0);
            stage.enters("Shelved");
            stage.app.cx().go(Screen::Templates);
            let list = stage.app.templates().list().get_untracked();
            stage.app.card().choose(list.ready().unwrap()[1].clone());
            stage.pass(0);
        }),
        ("the preview", |stage| {
            stage.begins(0);
            stage.enters("Previewed");
            stage.previews();
        }),
    ];
    let stage = Stage::new();
    for (step, go) in to {
        go(&stage);
        stage.seconds(60);
        assert_eq!(stage.phase(), Phase::Warned(15), "{step}");
        stage.kiosk().still_here();
        stage.seconds(59);
        assert_eq!(stage.phase(), Phase::Here, "{step}");
        stage.seconds(16);
        stage.pass(0);
        stage.is_as_new(step);
        assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (Vec::new(), 0), "{step}");
        assert_eq!(stage.kiosk().door(), Door::Open, "{step}");
    }
}

#[test]
fn the_clock_stands_while_something_is_awaited() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.server.late.set(Some((Method::Get, "/preview", 55_000)));
    stage.app.card().show_preview();
    stage.seconds(54);
    assert_eq!(stage.phase(), Phase::Here);
    stage.seconds(58);
    assert_eq!((stage.screen(), stage.phase()), (Screen::Preview, Phase::Here), "all of it from the answer on");
    stage.app.card().edit();
    stage.kiosk().heard();
    stage.app.cx().go(Screen::Camera(1));
    stage.hall.is_asking.set(true);
    stage.seconds(200);
    assert_eq!(stage.phase(), Phase::Here, "nobody has said whether the camera may be used");
}

#[test]
fn starting_over_asks_and_deletes_what_was_made() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    assert_eq!(stage.server.cards(), [(1, false)]);
    stage.kiosk().ask();
    stage.kiosk().stay();
    stage.pass(0);
    assert_eq!((stage.screen(), stage.phase()), (Screen::Preview, Phase::Here));
    stage.kiosk().ask();
    stage.kiosk().leave();
    stage.pass(0);
    stage.is_as_new("starting over");
    traces.are_gone();
    assert_eq!((stage.server.cards(), stage.kiosk().door()), (Vec::new(), Door::Open));
}

#[test]
fn a_draft_on_its_way_is_waited_for_and_then_deleted() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.server.late.set(Some((Method::Post, "/cards", 20_000)));
    stage.app.card().show_preview();
    stage.seconds(2);
    stage.kiosk().ask();
    stage.kiosk().leave();
    stage.seconds(10);
    assert_eq!(stage.phase(), Phase::Covered, "its number is not known yet");
    stage.seconds(10);
    stage.pass(0);
    stage.is_as_new("the answer");
    traces.are_gone();
    assert_eq!((stage.server.made.get(), stage.server.cards()), (1, Vec::new()));
}

#[test]
fn what_cannot_be_deleted_waits_and_goes_first() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.server.is_away.set(true);
    stage.seconds(75);
    stage.pass(0);
    stage.is_as_new("the network is away");
    assert_eq!((stage.kiosk().door(), stage.kiosk().unsettled()), (Door::Closed("unreachable"), 1));
    stage.kiosk().start();
    assert_eq!(stage.screen(), Screen::Attract, "nobody new is taken");
    stage.seconds(120);
    assert_eq!(stage.kiosk().door(), Door::Closed("unreachable"));
    stage.server.is_away.set(false);
    stage.seconds(31);
    assert_eq!((stage.kiosk().door(), stage.kiosk().unsettled()), (Door::Open, 0));
    assert_eq!(stage.server.cards(), []);
    let closings = stage.told.borrow().iter().filter(|event| matches!(event, HostEvent::Error { .. })).count();
    assert_eq!(closings, 1, "told once");
}

#[test]
fn what_the_server_does_not_delete_is_tried_before_each_next_one() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.server.delete_status.set(Some(500));
    stage.seconds(75);
    stage.pass(0);
    assert_eq!(
        (stage.kiosk().door(), stage.kiosk().unsettled()),
        (Door::Open, 1),
        "a server's own trouble closes nothing"
    );
    stage.begins(0);
    stage.server.delete_status.set(None);
    stage.seconds(75);
    stage.pass(0);
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (Vec::new(), 0));
}

#[test]
fn a_finalization_of_which_nothing_is_known_is_covered_then_settled() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.seconds(50);
    stage.server.late.set(Some((Method::Patch, "/finalize", 100_000)));
    stage.app.card().finalize();
    stage.seconds(25);
    assert_eq!(stage.phase(), Phase::Covered);
    // The call is given up after 30 s: then it is not known what became of it, and the network goes as well.
    stage.server.finalize_status.set(Some(502));
    stage.seconds(6);
    stage.pass(0);
    stage.is_as_new("no answer");
    traces.are_gone();
    stage.server.late.set(None);
    stage.server.cards.borrow_mut().insert(1, false);
    stage.seconds(40);
    assert!(matches!(stage.kiosk().door(), Door::Closed(_)));
    assert_eq!(stage.server.cards(), [(1, false)], "not deleted: it may be finalized");
    stage.server.finalize_status.set(None);
    stage.seconds(31);
    assert_eq!((stage.server.cards(), stage.kiosk().door()), (vec![(1, true)], Door::Open));
}

#[test]
fn who_is_gone_when_it_is_finalized_leaves_nothing_to_be_seen() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.seconds(55);
    stage.server.late.set(Some((Method::Patch, "/finalize", 25_000)));
    stage.app.card().finalize();
    stage.seconds(21);
    assert_eq!(stage.phase(), Phase::Covered);
    stage.seconds(5);
    stage.pass(0);
    stage.is_as_new("finalized");
    traces.are_gone();
    assert_eq!(stage.server.cards(), [(1, true)]);
    assert_eq!(stage.kiosk().tally().get_untracked(), Tally { served: 1, abandoned: 0 });
}

#[test]
fn a_draft_that_was_to_stay_one_stays() {
    let stage = Stage::with(Some("T1"), EndsWith::Draft);
    stage.begins(0);
    stage.enters("Ana");
    stage.previews();
    stage.app.card().finalize();
    stage.seconds(11);
    stage.pass(0);
    stage.is_as_new("the end");
    assert_eq!((stage.server.cards(), stage.kiosk().unsettled()), (vec![(1, false)], 0));
}

#[test]
fn the_network_goes_and_comes_at_a_step_and_nothing_entered_is_lost() {
    let stage = Stage::new();
    stage.begins(0);
    stage.enters("Ana");
    stage.server.is_away.set(true);
    stage.app.card().show_preview();
    stage.seconds(15);
    assert!(matches!(stage.app.card().save_state().get_untracked(), SaveState::Failed(_)));
    assert!(stage.kiosk().tries_again());
    assert_eq!(stage.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().text(0)), "Ana".into());
    stage.server.is_away.set(false);
    stage.seconds(20);
    assert_eq!((stage.screen(), stage.server.made.get()), (Screen::Preview, 1), "one draft");
    assert!(!stage.kiosk().tries_again());
    stage.server.is_away.set(true);
    stage.kiosk().heard();
    stage.app.card().finalize();
    stage.seconds(15);
    stage.server.is_away.set(false);
    stage.seconds(20);
    assert_eq!(stage.server.cards(), [(1, true)]);
}

#[test]
fn without_a_token_it_is_closed_and_opens_with_one() {
    let stage = Stage::with(None, EndsWith::Finalized);
    stage.seconds(1);
    assert_eq!((stage.screen(), stage.kiosk().door()), (Screen::Attract, Door::Closed("unauthorized")));
    stage.seconds(60);
    assert_eq!(stage.kiosk().door(), Door::Closed("unauthorized"));
    stage.app.set_token(Some("T1".into()));
    stage.app.access_changed();
    stage.seconds(2);
    assert_eq!(stage.kiosk().door(), Door::Open);
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.app.sign_out();
    stage.pass(0);
    stage.is_as_new("signing out");
    traces.are_gone();
    assert_ne!(stage.kiosk().door(), Door::Open);
    assert!(matches!(stage.app.templates().list().get_untracked(), Remote::Loading));
}

#[test]
fn the_page_starts_over() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    stage.app.start_over();
    stage.pass(0);
    stage.is_as_new("reset()");
    traces.are_gone();
    assert_eq!(stage.server.cards(), []);
    stage.begins(1);
}

#[test]
fn the_clock_goes_on_whatever_the_page_changes_and_ends_with_the_widget() {
    let stage = Stage::new();
    stage.begins(0);
    let traces = stage.enters("Ana");
    stage.previews();
    let other = Config { organization: Some(OrganizationId(8)), ..config(EndsWith::Finalized) };
    stage.app.set_up(Ok(other));
    stage.seconds(90);
    stage.pass(0);
    stage.is_as_new("another organization");
    traces.are_gone();
    let deletes = stage.fake.sent().iter().filter(|sent| sent.method == Method::Delete).count();
    assert_eq!(deletes, 0, "the number is another card's there");
    stage.owner.cleanup();
    let fake = stage.fake.clone();
    fake.run(poll_fn(|cx| {
        let mut tasks = stage.tasks.0.take();
        tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
        let is_over = tasks.is_empty();
        stage.tasks.0.borrow_mut().splice(0..0, tasks);
        if is_over { Poll::Ready(()) } else { Poll::Pending }
    }));
}
