//! Strangers in a row, against a server that has its days: nothing of one is left when the next one comes.

mod clock;
mod device;
mod ending;
mod left;
mod server;
mod staff;
mod strangers;
mod ways;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{poll_fn, ready};
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

use self::device::Ring;
use self::server::Server;
use super::{Door, Kiosk, Tally};
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, OrganizationId, ShippingProviderId, preparing};
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
use crate::reactive::Var;
use crate::session::Session;
use crate::world::{
    DeviceKeys, DeviceStore, Lobby, Method, Picture, PictureUrl, Pictures, Seen, Spawner, Token, WireRequest,
};

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
        strings: None,
        remember: Remember::Nothing,
        idle_timeout: 60,
        page_size: None,
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
        Stage::of(config(ends_with), token, None)
    }

    fn of(config: Config, token: Option<&str>, keys: Option<Ring>) -> Stage {
        let owner = Owner::new();
        let server = Rc::<Server>::default();
        if let Some(keys) = &keys {
            server.gate.know(keys);
        }
        let fake = Fake::new({
            let server = server.clone();
            move |request| server.answer(request)
        });
        let (tasks, hall, told) = (Rc::<Tasks>::default(), Rc::<Hall>::default(), Rc::<RefCell<Vec<_>>>::default());
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader = Loader {
                cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))),
                desk: |_| Box::pin(ready(Ok(&DESK_DEEDS))),
                memory: |_| (),
            };
            let told = told.clone();
            let line = session.line();
            let app = App::new(session, tasks.clone(), loader, Rc::new(move |event| told.borrow_mut().push(event)));
            line.prepare_by(preparing(
                Rc::new(fake.clone()),
                &line,
                Rc::new(move |says| app.card().session_says(says)),
            ));
            app.cx().set_pictures(Rc::new(AnyPicture));
            app.load_books_with(|_| Box::pin(ready(Ok(&BOOKS_DEEDS))));
            app.load_ending_with(|_| Box::pin(ready(Ok(&ENDING_DEEDS))));
            app
        });
        let shelf = Rc::<Shelf>::default();
        let stage = Stage { owner, fake, server, tasks, hall, shelf, app, told, drawn: Cell::new(Screen::SignIn) };
        stage.app.set_token(token.map(str::to_owned));
        stage.app.set_up(Ok(config));
        stage.kiosk().connect(stage.hall.clone(), stage.shelf.clone());
        if let Some(keys) = keys {
            stage.kiosk().speak_with(Rc::new(keys));
        }
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
        let editing = card.shot(1).unwrap().editing.var();
        let base64: Arc<str> = format!("{name}-photo").into();
        card.use_photo(1, base64.clone());
        let signing = card.photos().signing(card.template().unwrap(), 2);
        signing.typed.replace(name.to_owned());
        let text = card.draft().with_untracked(|draft| Arc::downgrade(&draft.as_ref().unwrap().text(0)));
        let traces = Traces {
            name: name.to_owned(),
            texts: vec![text, Arc::downgrade(&base64)],
            picture,
            editing,
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
    editing: Var<Editing>,
    signing: Weak<Signing>,
}

impl Traces {
    fn are_gone(&self) {
        let name = &self.name;
        assert!(self.texts.iter().all(|text| text.upgrade().is_none()), "{name}'s texts are kept");
        assert!(self.picture.upgrade().is_none(), "{name}'s picture is kept");
        assert!(self.editing.is_gone(), "how {name}'s picture was cropped is kept");
        assert!(self.signing.upgrade().is_none(), "{name}'s signature is kept");
    }
}
