//! What a page gives, in a whole widget against a fake server.

mod correcting;

use std::cell::{Cell, RefCell};
use std::future::{poll_fn, ready};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

use super::{Developed, Gifts};
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, Field, OrganizationId, TemplateId};
use crate::domain::address::{Entry, Part};
use crate::domain::config::{Config, EndsWith, Locale, Mode, Remember};
use crate::domain::edit::Editing;
use crate::domain::field::Hold;
use crate::domain::given::{Flaw, Given, Wish, Worth};
use crate::flow::app::{Loader, NotFetched};
use crate::flow::arrival::CARD_DEEDS;
use crate::flow::ending::ENDING_DEEDS;
use crate::flow::{App, CardFlow, HostEvent, Remote, Screen};
use crate::session::Session;
use crate::world::{Method, Picture, Spawner, WireRequest};

/// What is under way.
#[derive(Default)]
struct Tasks(RefCell<Vec<LocalBoxFuture<'static, ()>>>);

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.borrow_mut().push(task);
    }
}

struct Photo;
impl Picture for Photo {}

/// What the page gives. Files from number 90 on are no pictures.
#[derive(Default)]
struct Page {
    given: RefCell<Given>,
    developed: Cell<u32>,
}

impl Gifts for Rc<Page> {
    fn now(&self) -> Given {
        self.given.borrow().clone()
    }

    fn develop(&self, _: CardFlow, _: &Field, worth: &Worth) -> LocalBoxFuture<'static, Result<Developed, String>> {
        self.developed.set(self.developed.get() + 1);
        let base64 = match worth {
            Worth::File(number) if *number < 90 => Some(format!("/9j/file{number}")),
            Worth::Text(_) => Some("/9j/text".to_owned()),
            _ => None,
        };
        Box::pin(ready(match base64 {
            None => Err("It is damaged.".to_owned()),
            Some(base64) => {
                let picture: Rc<dyn Picture> = Rc::new(Photo);
                let mut editing = Editing::new((30, 40), None);
                editing.use_as(editing.edit(), editing.crop());
                Ok(Developed { base64: base64.as_str().into(), shot: Some((picture, editing)) })
            }
        }))
    }
}

fn answer(request: &WireRequest) -> Step {
    let path = request.url.split_once("/v2/").map_or("", |(_, path)| path);
    let ok = |body: &str| Step::Answer(200, body.to_owned());
    match (request.method, path.rsplit('/').next().unwrap_or_default()) {
        (Method::Get, "card_templates") => ok(r#"[{"id": 4, "name": "Badge"}]"#),
        (Method::Get, "fields") => {
            ok(r#"[{"token": "N", "label": "Name", "type": "text"}, {"token": "ID", "label": "Number", "type": "text"},
                {"token": "P", "label": "Photo", "type": "image"}]"#)
        }
        (Method::Get, "preview") => ok(r#"{"preview_available": false}"#),
        (Method::Post, "cards") | (Method::Patch, _) => ok(r#"{"id": 9}"#),
        (Method::Delete, _) => ok(r#"{"result": "Success"}"#),
        other => panic!("nobody asks for {other:?}: {path}"),
    }
}

fn config(mode: Mode) -> Config {
    Config {
        endpoint: Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap(),
        organization: Some(OrganizationId(7)),
        template: Some(TemplateId(4)),
        card: None,
        photo_rules: false,
        mode,
        locale: Locale::En,
        strings: None,
        remember: Remember::Nothing,
        idle_timeout: 60,
        page_size: None,
        keyboard: false,
        file_choice: false,
        face_help: false,
        ends_with: EndsWith::Finalized,
        shipping_provider: None,
    }
}

struct Stage {
    owner: Owner,
    fake: Fake,
    tasks: Rc<Tasks>,
    page: Rc<Page>,
    app: App,
    told: Rc<RefCell<Vec<HostEvent>>>,
}

thread_local! {
    /// The page of the widget that is being made.
    static PAGE: RefCell<Rc<Page>> = RefCell::default();
    /// How often the file that reads it does not come.
    static AWAY: Cell<u32> = const { Cell::new(0) };
}

impl Stage {
    fn with(mode: Mode, given: Given) -> Stage {
        Stage::against(answer, config(mode), given)
    }

    fn against(answer: impl Fn(&WireRequest) -> Step + 'static, config: Config, given: Given) -> Stage {
        let (owner, tasks, told) = (Owner::new(), Rc::<Tasks>::default(), Rc::<RefCell<Vec<_>>>::default());
        let (fake, page) = (Fake::new(answer), Rc::<Page>::default());
        page.given.replace(given);
        PAGE.set(page.clone());
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader = Loader {
                cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))),
                desk: |_| Box::pin(ready(Err(NotFetched))),
                memory: |_| (),
            };
            let told = told.clone();
            App::new(session, tasks.clone(), loader, Rc::new(move |event| told.borrow_mut().push(event)))
        });
        app.card().give_by(|card| {
            if AWAY.get() > 0 {
                AWAY.set(AWAY.get() - 1);
                return card.not_given();
            }
            card.gifts().connect(Rc::new(PAGE.with_borrow(Rc::clone)));
        });
        let stage = Stage { owner, fake, tasks, page, app, told };
        app.page_gives(true);
        app.set_token(Some("T1".to_owned()));
        app.set_up(Ok(config));
        stage.pass();
        stage
    }

    /// In request mode, with the form open.
    fn new(given: Given) -> Stage {
        let stage = Stage::with(Mode::Request, given);
        assert_eq!(stage.app.cx().screen().get_untracked(), Screen::CardForm);
        stage
    }

    /// Lets everything go on that does not wait for time.
    fn pass(&self) {
        self.fake.run(poll_fn(|cx| {
            for _ in 0..32 {
                let mut tasks = self.tasks.0.take();
                tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
                self.tasks.0.borrow_mut().splice(0..0, tasks);
            }
            Poll::Ready(())
        }));
    }

    fn gives(&self, given: Given) {
        self.page.given.replace(given);
        self.owner.with(|| self.app.page_gives(true));
        self.pass();
    }

    fn text(&self, index: usize) -> String {
        self.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().text(index).to_string())
    }

    fn picture(&self) -> String {
        use crate::domain::draft::Value;
        self.app.card().draft().with_untracked(|draft| match draft.as_ref().unwrap().value(2) {
            Value::Image(base64) => base64.to_string(),
            _ => String::new(),
        })
    }

    fn hold(&self, index: usize) -> Hold {
        self.app.card().draft().with_untracked(|draft| draft.as_ref().unwrap().hold(index))
    }

    fn flaws(&self) -> Vec<String> {
        self.app.flaws().get_untracked()
    }

    /// What the page was told of errors since it was last looked.
    fn errors(&self) -> Vec<(&'static str, String)> {
        let error = |event| match event {
            HostEvent::Error { code, message } => Some((code, message)),
            _ => None,
        };
        self.told.take().into_iter().filter_map(error).collect()
    }
}

fn text(text: &str) -> Worth {
    Worth::Text(text.to_owned())
}

fn wish(value: Option<Worth>, hold: Hold) -> Wish {
    Wish { value, locked: hold == Hold::Locked, hidden: hold == Hold::Hidden }
}

fn fields<const N: usize>(fields: [(&str, Wish); N]) -> Given {
    Given { fields: fields.map(|(token, wish)| (token.to_owned(), wish)).to_vec(), ..Given::default() }
}

fn knows<const N: usize>(known: [(&str, Worth); N]) -> Given {
    Given { prefill: known.map(|(token, worth)| (token.to_owned(), worth)).to_vec(), ..Given::default() }
}

#[test]
fn what_is_locked_or_hidden_is_sent_and_not_to_be_changed() {
    let stage = Stage::new(Given {
        prefill: vec![("N".to_owned(), text("Known"))],
        ..fields([("N", wish(Some(text("Ana")), Hold::Locked)), ("ID", wish(Some(text("17")), Hold::Hidden))])
    });
    let card = stage.app.card();
    assert_eq!((stage.text(0), stage.hold(0), stage.hold(1)), ("Ana".to_owned(), Hold::Locked, Hold::Hidden));
    card.typed(0, "Somebody else");
    card.typed(1, "18");
    assert!(!card.is_unsaved());
    card.save_draft();
    stage.pass();
    let sent = stage.fake.sent().into_iter().find(|sent| sent.method == Method::Post).unwrap();
    let data = sent.value("card[data]").unwrap();
    assert!(data.contains(r#""value":"Ana""#) && data.contains(r#""value":"17""#), "{data}");
    assert!(stage.flaws().is_empty() && stage.errors().is_empty());
}

#[test]
fn a_page_may_change_its_mind_while_the_form_is_open() {
    let stage = Stage::new(knows([("N", text("Ana"))]));
    let card = stage.app.card();
    assert_eq!((stage.text(0), stage.hold(0)), ("Ana".to_owned(), Hold::Free));
    card.typed(0, "Anna");
    stage.gives(fields([("N", wish(Some(text("Eva")), Hold::Free)), ("ID", wish(Some(text("17")), Hold::Locked))]));
    assert_eq!((stage.text(0), stage.text(1), stage.hold(1)), ("Eva".to_owned(), "17".to_owned(), Hold::Locked));
    assert_eq!(card.gifts().turns().get_untracked(), [1, 1], "their controls are drawn anew");
    card.typed(0, "Evi");
    // A page that draws itself again sets the same again.
    stage.gives(fields([("N", wish(Some(text("Eva")), Hold::Free)), ("ID", wish(Some(text("17")), Hold::Locked))]));
    assert_eq!((stage.text(0), card.gifts().turns().get_untracked()), ("Evi".to_owned(), vec![1, 1]));
    stage.gives(Given::default());
    assert_eq!((stage.text(1), stage.hold(1)), ("17".to_owned(), Hold::Free), "what stands there stays");
    card.typed(1, "18");
    assert_eq!(stage.text(1), "18");
}

#[test]
fn what_cannot_be_used_is_said_until_it_is_mended() {
    let flaws = [
        (fields([("X", Wish::default())]), "fields.X: the template has no such field. It has: N, ID, P."),
        (fields([("N", wish(None, Hold::Locked))]), "fields.N is locked or hidden and has no value"),
        (fields([("P", wish(None, Hold::Hidden))]), "fields.P is locked or hidden and has no value"),
        (fields([("N", wish(Some(Worth::File(1)), Hold::Free))]), "fields.N is a field for a text"),
        (fields([("N", wish(Some(text(&"x".repeat(300))), Hold::Locked))]), "fields.N has 300 characters"),
        (fields([("P", wish(Some(text("https://x.test/p.jpg")), Hold::Free))]), "Nothing is fetched from an address"),
        (fields([("P", wish(Some(Worth::File(99)), Hold::Locked))]), "fields.P: It is damaged."),
        (Given { flaws: vec![Flaw::NoTruth("fields.N.locked".to_owned())], ..Given::default() }, "true or false"),
    ];
    for (given, said) in flaws {
        let stage = Stage::new(given.clone());
        let told = stage.flaws();
        assert!(told.len() == 1 && told[0].contains(said), "{told:?}");
        assert_eq!(stage.errors(), [("configuration", told[0].clone())]);
        stage.gives(given);
        assert!(stage.errors().is_empty(), "it is told once");
        stage.gives(knows([("N", text("Ana"))]));
        assert_eq!((stage.flaws(), stage.text(0)), (Vec::new(), "Ana".to_owned()));
        stage.gives(fields([("X", Wish::default())]));
        assert_eq!(stage.flaws().len(), 1, "also while the form is open");
    }
}

#[test]
fn a_picture_that_is_given_is_as_one_that_was_chosen() {
    let stage = Stage::new(knows([("P", Worth::File(1)), ("N", Worth::File(2))]));
    let card = stage.app.card();
    assert_eq!((stage.picture().as_str(), stage.text(0).as_str()), ("/9j/file1", ""));
    assert!(card.shot(2).is_some_and(|shot| shot.was_used()), "it can be adjusted");
    assert!(!card.is_unsaved() && stage.errors().is_empty());
    card.use_photo(2, "/9j/mine".into());
    assert!(card.is_unsaved());
    stage.gives(knows([("P", Worth::File(1))]));
    assert_eq!(stage.picture(), "/9j/mine");
    stage.gives(fields([("P", wish(Some(text("data:image/png;base64,AAAA")), Hold::Locked))]));
    assert_eq!((stage.picture().as_str(), stage.hold(2)), ("/9j/text", Hold::Locked));
    let developed = stage.page.developed.get();
    card.use_photo(2, "/9j/mine".into());
    stage.gives(fields([("P", wish(Some(text("data:image/png;base64,AAAA")), Hold::Locked))]));
    assert_eq!((stage.picture().as_str(), stage.page.developed.get()), ("/9j/text", developed), "opened once");
}

#[test]
fn a_bad_picture_is_told_at_its_field_until_there_is_another() {
    for (worth, why) in [(Worth::File(99), "It is damaged."), (text("https://x.test/p.jpg"), "nothing is fetched")] {
        let stage = Stage::new(knows([("P", worth.clone())]));
        let card = stage.app.card();
        assert!(stage.flaws().is_empty());
        let told = stage.errors();
        assert!(told.len() == 1 && told[0].0 == "given-picture" && told[0].1.contains(why), "{told:?}");
        let trouble = stage.owner.with(|| card.gifts().trouble(2));
        assert!(trouble.is_some_and(|trouble| trouble.contains(why)));
        card.use_photo(2, "/9j/mine".into());
        assert_eq!(stage.owner.with(|| card.gifts().trouble(2)), None);
    }
}

#[test]
fn an_address_is_for_a_card_that_is_ordered() {
    let address = vec![("city".to_owned(), text("Albany"))];
    let stage = Stage::new(Given { address, ..Given::default() });
    assert!(stage.flaws()[0].contains("shippingAddress works only together with ends-with"), "{:?}", stage.flaws());
}

#[test]
fn the_address_that_is_given_is_the_one_to_begin_with() {
    let ordered = |address: &[(&str, Worth)]| {
        let address = address.iter().map(|(name, worth)| ((*name).to_owned(), worth.clone())).collect();
        let config = Config { ends_with: EndsWith::Order, ..config(Mode::Request) };
        let stage = Stage::against(answer, config, Given { address, ..Given::default() });
        stage.app.load_ending_with(|_| Box::pin(ready(Ok(&ENDING_DEEDS))));
        let flaws = stage.owner.with(|| (ENDING_DEEDS.give)(stage.app, &stage.page.given.borrow().address));
        (stage, flaws)
    };
    let (stage, flaws) =
        ordered(&[("full_name", text("Ana Núñez")), ("address1", text("1 Main St")), ("country", text("US"))]);
    let ending = stage.owner.with(|| stage.app.ending());
    let part = |part| ending.form().with_untracked(|form| form.get(part).to_owned());
    assert!(flaws.is_empty(), "{flaws:?}");
    assert_eq!((part(Part::FullName), part(Part::Address1)), ("Ana Núñez".to_owned(), "1 Main St".to_owned()));
    ending.entered(Entry::Text(Part::FullName, "Anna".to_owned()));
    let other = vec![("full_name".to_owned(), text("Eva"))];
    stage.owner.with(|| (ENDING_DEEDS.give)(stage.app, &other));
    assert_eq!(part(Part::FullName), "Anna", "what the person has changed stays");
    stage.owner.with(|| (ENDING_DEEDS.forget)(stage.app));
    assert_eq!(part(Part::FullName), "Eva", "for the next one it is the page's again");
    let (stage, flaws) = ordered(&[("street", text("x")), ("city", Worth::File(1)), ("country", text("Atlantis"))]);
    assert!(flaws[0].contains("shippingAddress.street") && flaws[1].contains("shippingAddress.city"), "{flaws:?}");
    let told = stage.errors();
    assert!(told.iter().any(|(code, said)| *code == "given-address" && said.contains("country")), "{told:?}");
}

#[test]
fn at_a_kiosk_what_the_page_gives_is_for_each_stranger() {
    let given = Given {
        prefill: vec![("P".to_owned(), Worth::File(1))],
        ..fields([("ID", wish(Some(text("Lobby")), Hold::Locked))])
    };
    let stage = Stage::with(Mode::Kiosk, given);
    let kiosk = stage.app.kiosk();
    for name in ["Ana", "Eva"] {
        stage.owner.with(|| kiosk.enter());
        stage.pass();
        kiosk.start();
        stage.pass();
        assert_eq!(
            (stage.text(0), stage.text(1), stage.picture()),
            (String::new(), "Lobby".into(), "/9j/file1".into())
        );
        let card = stage.app.card();
        card.typed(0, name);
        card.use_photo(2, "/9j/theirs".into());
        kiosk.leave();
        stage.pass();
        assert!(card.draft().with_untracked(Option::is_none));
    }
}

#[test]
fn what_reads_it_may_not_come_and_is_asked_for_again() {
    // When one signs in, and when the form is opened.
    AWAY.set(2);
    let stage = Stage::new(knows([("N", text("Ana"))]));
    let card = stage.app.card();
    let Some((template, Remote::Failed(_))) = card.opening().get_untracked() else { panic!("it is not opened") };
    card.open(template);
    stage.pass();
    assert_eq!(stage.text(0), "Ana");
}
