//! All cards, in a whole widget against a fake server.

mod editing;
mod leaving;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{poll_fn, ready};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

use super::{Deed, Held, Opening, Pace, Register};
use crate::api::fake::{Fake, Step};
use crate::api::{CardId, Endpoint, OrganizationId};
use crate::domain::config::{Config, EndsWith, Locale, Mode, Remember};
use crate::domain::register::standing::Standing;
use crate::domain::register::{Filter, Order};
use crate::flow::app::Loader;
use crate::flow::arrival::CARD_DEEDS;
use crate::flow::desk::DESK_DEEDS;
use crate::flow::register::{OneCard, REGISTER_DEEDS};
use crate::flow::{App, DeskPage, HostEvent, Remote, Screen};
use crate::session::Session;
use crate::world::{Method, PictureUrl, Pictures, Seen, Spawner, Transport, WireRequest};

/// What is under way.
#[derive(Default)]
struct Tasks(RefCell<Vec<LocalBoxFuture<'static, ()>>>);

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.borrow_mut().push(task);
    }
}

/// The server of these tests.
#[derive(Default)]
struct Server {
    cards: RefCell<BTreeMap<u64, String>>,
    /// The page of cards that does not come.
    is_away_at: Cell<u32>,
    /// What it says to whoever deletes.
    delete_status: Cell<Option<u16>>,
    /// It refuses to finalize the card with this number.
    refuses: Cell<u64>,
    /// How large its pictures are.
    picture: Cell<usize>,
    /// What somebody else saves for a card in the very moment of an update.
    meanwhile: RefCell<Option<(u64, String)>>,
    /// Whether it takes a second to say that something is changed, or never gets to say so.
    is_slow: Cell<bool>,
    is_lost: Cell<bool>,
}

impl Server {
    fn answer(&self, request: &WireRequest) -> Step {
        let ok = |body: &str| Step::Answer(200, body.to_owned());
        let url = &request.url;
        let (_, path) = url.split_once("/organizations/7").unwrap_or(("", ""));
        let card = |(id, name): (&u64, &String)| {
            format!(
                r#"{{"id": {id}, "card_template_id": 4, "organization_id": 7, "data": [{{"token": "N", "value": "{name}"}}]}}"#
            )
        };
        if request.method == Method::Patch
            && let Some((_, data)) = request.form.iter().flatten().find(|(name, _)| *name == "card[data]")
        {
            let id: u64 = url.rsplit('/').next().unwrap().parse().unwrap();
            let name = data.split_once("\"value\":\"").unwrap().1.split_once('"').unwrap().0;
            self.cards.borrow_mut().insert(id, name.to_owned());
            if let Some((id, name)) = self.meanwhile.take() {
                self.cards.borrow_mut().insert(id, name);
            }
        }
        if request.method == Method::Post && path == "/cards" {
            let (_, data) = request.form.iter().flatten().find(|(name, _)| *name == "card[data]").unwrap();
            let name = data.split_once("\"value\":\"").unwrap().1.split_once('"').unwrap().0.to_owned();
            let id = self.cards.borrow().keys().max().unwrap_or(&0) + 1;
            self.cards.borrow_mut().insert(id, name.clone());
            return Step::Answer(201, card((&id, &name)));
        }
        let cards = self.cards.borrow();
        if request.method == Method::Patch && url.ends_with(&format!("/cards/{}/finalize", self.refuses.get())) {
            return Step::Answer(400, r#"{"error": "No photo"}"#.to_owned());
        }
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        match (request.method, path) {
            (Method::Get, "/card_templates") => ok(r#"[{"id": 4, "name": "Badge"}, {"id": 5, "name": "Pass"}]"#),
            (Method::Get, "/card_templates/4/fields") => {
                ok(r#"[{"token": "N", "label": "Full name", "type": "text"}]"#)
            }
            (Method::Get, "/print_jobs") => ok("[]"),
            (Method::Get, "") => ok(&format!(r#"{{"id": 7, "name": "Ours", "total_cards": {}}}"#, cards.len())),
            (Method::Get, "/cards") => {
                let page: u32 = query.split('&').find_map(|part| part.strip_prefix("page=")?.parse().ok()).unwrap();
                if page == self.is_away_at.get() {
                    return Step::Answer(503, String::new());
                }
                let list: Vec<String> =
                    cards.iter().rev().skip(100 * (page as usize - 1)).take(100).map(card).collect();
                ok(&format!("[{}]", list.join(",")))
            }
            (Method::Get, "/cards/search") => {
                let term = query.split('&').find_map(|part| part.strip_prefix("term=")).unwrap();
                let found: Vec<String> = cards.iter().filter(|(_, name)| name.contains(term)).map(card).collect();
                ok(&format!("[{}]", found.join(",")))
            }
            (Method::Delete, path) => match (self.delete_status.get(), path.strip_prefix("/cards/")) {
                (Some(status), _) => Step::Answer(status, r#"{"error": "Not today"}"#.to_owned()),
                (None, Some(id)) => {
                    drop(cards);
                    match self.cards.borrow_mut().remove(&id.parse::<u64>().unwrap()) {
                        Some(_) => ok(r#"{"result": "Success"}"#),
                        None => Step::Answer(404, r#"{"error": "Card not found"}"#.to_owned()),
                    }
                }
                _ => Step::Answer(404, String::new()),
            },
            (_, path) if path.ends_with("/print_history") => ok("[]"),
            (_, path) if path.ends_with("/preview") => match self.picture.get() {
                0 => ok(r#"{"preview_available": false}"#),
                size => ok(&format!(r#"{{"preview_available": true, "front": "{}"}}"#, "A".repeat(size))),
            },
            (_, path) => {
                let id = path.strip_prefix("/cards/").and_then(|rest| rest.split('/').next()?.parse::<u64>().ok());
                match id.and_then(|id| cards.get_key_value(&id)) {
                    Some(known) => ok(&card(known)),
                    None if url.ends_with("/profile/me") => ok(r#"{"id": 1}"#),
                    None => Step::Answer(404, r#"{"error": "Card not found"}"#.to_owned()),
                }
            }
        }
    }
}

struct Shown;
impl PictureUrl for Shown {
    fn url(&self) -> &'static str {
        "blob:"
    }
}

struct AnyPicture;
impl Pictures for AnyPicture {
    fn show(&self, _: &str) -> LocalBoxFuture<'static, Seen> {
        let shown: Rc<dyn PictureUrl> = Rc::new(Shown);
        Box::pin(ready(Ok(shown)))
    }
}

struct Stage {
    owner: Owner,
    fake: Fake,
    server: Rc<Server>,
    tasks: Rc<Tasks>,
    app: App,
    told: Rc<RefCell<Vec<HostEvent>>>,
}

impl Stage {
    /// With so many cards, and the list open.
    fn new(count: u64) -> Stage {
        let server = Rc::<Server>::default();
        server.cards.borrow_mut().extend((1..=count).map(|id| (id, format!("name{id}"))));
        let (owner, tasks, told) = (Owner::new(), Rc::<Tasks>::default(), Rc::<RefCell<Vec<_>>>::default());
        let fake = Fake::new({
            let server = server.clone();
            move |request| match server.answer(request) {
                Step::Answer(..) if server.is_lost.get() && request.method == Method::Patch => Step::Fail,
                Step::Answer(status, body) if server.is_slow.get() && request.method == Method::Patch => {
                    Step::Late(1_000, status, body)
                }
                step => step,
            }
        });
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader = Loader {
                cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))),
                desk: |app| {
                    app.desk().colleagues().load_by(|_| Box::pin(ready(Ok(&REGISTER_DEEDS))));
                    Box::pin(ready(Ok(&DESK_DEEDS)))
                },
                memory: |_| (),
            };
            let told = told.clone();
            App::new(session, tasks.clone(), loader, Rc::new(move |event| told.borrow_mut().push(event)))
        });
        app.set_token(Some("T1".to_owned()));
        app.set_up(Ok(config()));
        let stage = Stage { owner, fake, server, tasks, app, told };
        stage.pass(0);
        app.go_to_desk(DeskPage::Cards);
        stage
    }

    fn register(&self) -> Register {
        self.owner.with(|| self.app.register())
    }

    /// Lets so many milliseconds pass.
    fn pass(&self, milliseconds: u32) {
        let end = self.fake.now() + u64::from(milliseconds);
        let (mark, until) = (self.fake.clone(), self.fake.clone());
        let mut timer = Box::pin(async move { until.sleep(milliseconds).await });
        self.fake.run(poll_fn(|cx| {
            for _ in 0..64 {
                let mut tasks = self.tasks.0.take();
                tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
                self.tasks.0.borrow_mut().splice(0..0, tasks);
            }
            let _ = timer.as_mut().poll(cx);
            if mark.now() >= end { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    fn shown(&self) -> Vec<u64> {
        self.owner.with(|| self.register().shown())
    }

    /// How often something was asked for.
    fn asked(&self, method: Method, mark: &str) -> usize {
        self.fake.sent().iter().filter(|sent| sent.method == method && sent.url.contains(mark)).count()
    }
}

fn config() -> Config {
    Config {
        endpoint: Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap(),
        organization: Some(OrganizationId(7)),
        template: None,
        card: None,
        photo_rules: false,
        mode: Mode::Portal,
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

#[test]
fn all_cards_are_read_to_the_end_and_gone_on_with_where_that_stopped() {
    let stage = Stage::new(250);
    let register = stage.register();
    stage.server.is_away_at.set(2);
    register.read();
    stage.pass(20_000);
    let progress = register.progress().get_untracked();
    assert!(progress.failed.is_some() && !progress.is_whole && !progress.is_reading);
    assert_eq!((stage.shown().len(), progress.total), (100, Some(250)));
    stage.server.is_away_at.set(0);
    register.read_on();
    stage.pass(0);
    let progress = register.progress().get_untracked();
    assert!(progress.failed.is_none() && progress.is_whole && !progress.is_reading);
    assert_eq!((stage.shown().len(), stage.shown()[0]), (250, 250));
    // The first page is asked for by whoever arrives, too: for how templates look.
    assert_eq!(stage.asked(Method::Get, "/cards?page=1&"), 2, "what has come is not asked for again");
    stage.server.cards.borrow_mut().remove(&7);
    stage.server.cards.borrow_mut().insert(251, "new".to_owned());
    register.read();
    stage.pass(0);
    assert_eq!(stage.asked(Method::Get, "/cards?page=1&"), 2, "one comes back from a single card");
    register.doubt();
    register.read();
    assert_eq!(stage.shown().len(), 250, "what is known stays meanwhile");
    stage.pass(0);
    let shown = stage.shown();
    assert!(shown.len() == 250 && shown.contains(&251) && !shown.contains(&7));
}

#[test]
fn what_is_typed_is_found_at_once_and_the_server_asked_once_it_rests() {
    let stage = Stage::new(150);
    let register = stage.register();
    stage.server.is_away_at.set(2);
    register.read();
    stage.pass(20_000);
    for term in ["n", "na", "name2", "name20"] {
        register.look_for(term);
        stage.pass(100);
    }
    assert_eq!(stage.shown(), Vec::<u64>::new(), "it is on a page that was not read");
    assert!(register.is_searching().get_untracked());
    assert_eq!(stage.asked(Method::Get, "/cards/search"), 0);
    stage.pass(200);
    assert_eq!((stage.asked(Method::Get, "/cards/search"), stage.shown()), (1, vec![20]));
    assert!(!register.is_searching().get_untracked());
    stage.server.is_away_at.set(0);
    register.read_on();
    stage.pass(0);
    register.look_for("name11");
    assert_eq!(stage.shown(), [119, 118, 117, 116, 115, 114, 113, 112, 111, 110, 11]);
    stage.pass(1_000);
    assert_eq!(stage.asked(Method::Get, "/cards/search"), 1, "all is known");
    register.look().update(|look| (look.order, look.term) = (Order::Name, "name1".to_owned()));
    assert_eq!(stage.shown()[..3], [1, 10, 100]);
}

#[test]
fn a_deletion_is_held_and_can_be_undone_until_one_goes_elsewhere() {
    let stage = Stage::new(3);
    let register = stage.register();
    register.read();
    stage.pass(0);
    register.delete(CardId(2));
    assert_eq!(stage.shown(), [3, 1]);
    stage.pass(7_000);
    register.undo(CardId(2));
    stage.pass(20_000);
    assert_eq!((stage.shown(), stage.asked(Method::Delete, "")), (vec![3, 2, 1], 0));
    // Undone, and deleted once more: its time is a new one.
    register.delete(CardId(2));
    stage.pass(3_000);
    register.undo(CardId(2));
    register.delete(CardId(2));
    stage.pass(7_000);
    assert_eq!(stage.asked(Method::Delete, ""), 0);
    register.undo(CardId(2));
    stage.pass(20_000);
    register.delete(CardId(2));
    register.delete(CardId(2));
    stage.pass(9_000);
    assert_eq!((stage.shown(), stage.asked(Method::Delete, "")), (vec![3, 1], 1));
    register.delete(CardId(1));
    register.settle();
    stage.pass(0);
    assert_eq!((stage.shown(), stage.asked(Method::Delete, "")), (vec![3], 2));
    stage.pass(20_000);
    assert_eq!(stage.asked(Method::Delete, ""), 2, "it is done once");
    // Somebody else was quicker: it is gone, as it was asked for.
    stage.server.cards.borrow_mut().remove(&3);
    register.delete(CardId(3));
    stage.pass(9_000);
    assert!(stage.shown().is_empty() && register.deletions().get_untracked().is_empty());
}

#[test]
fn a_card_that_could_not_be_deleted_is_there_and_told() {
    let stage = Stage::new(1);
    let register = stage.register();
    register.read();
    stage.pass(0);
    stage.server.delete_status.set(Some(406));
    register.delete(CardId(1));
    stage.pass(9_000);
    assert_eq!(stage.shown(), [1]);
    assert!(matches!(register.deletions().get_untracked()[..], [ref one] if matches!(one.stage, Held::Failed(_))));
    stage.server.delete_status.set(None);
    register.delete(CardId(1));
    stage.pass(9_000);
    assert!(stage.shown().is_empty() && register.deletions().get_untracked().is_empty());
}

#[test]
fn a_draft_is_finalized_and_told_as_such() {
    let stage = Stage::new(2);
    let register = stage.register();
    register.read();
    stage.pass(0);
    let one = stage.owner.with(|| OneCard::new(register, CardId(2)));
    one.read();
    stage.pass(0);
    let standing = || stage.owner.with(|| register.standing(&register.known(CardId(2)).unwrap()));
    assert_eq!(standing(), Standing::Unknown);
    register.was_refused(CardId(2));
    assert_eq!(standing(), Standing::Draft);
    stage.told.take();
    one.finalize();
    one.finalize();
    stage.pass(0);
    assert_eq!((standing(), stage.asked(Method::Patch, "/finalize")), (Standing::Finalized, 1));
    assert!(matches!(stage.told.take()[..], [HostEvent::CardFinalized { card: CardId(2), .. }]));
    register.look().update(|look| look.filter = Filter::Waiting);
    assert_eq!(stage.shown(), [2, 1]);
}

#[test]
fn a_card_is_opened_in_the_form_and_what_is_in_work_comes_back_after_it() {
    let stage = Stage::new(2);
    let (register, card) = (stage.register(), stage.app.card());
    register.read();
    stage.pass(0);
    let templates = stage.app.templates().list().get_untracked();
    let badge = templates.ready().unwrap()[0].clone();
    card.choose(badge.clone());
    stage.pass(0);
    card.typed(0, "mine");
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    let text = || card.draft().with_untracked(|draft| draft.as_ref().unwrap().text(0).to_string());
    assert_eq!((stage.app.cx().screen().get_untracked(), text()), (Screen::CardForm, "name2".to_owned()));
    assert!(!card.draft().with_untracked(|draft| draft.as_ref().unwrap().is_unsaved()));
    card.typed(0, "name2b");
    card.save_draft();
    stage.pass(0);
    assert_eq!((stage.asked(Method::Patch, "/cards/2"), stage.asked(Method::Post, "/cards")), (1, 0));
    // What was typed into this very card stays, whoever opens it again.
    card.typed(0, "name2c");
    stage.app.go_to_desk(DeskPage::Card(CardId(2)));
    register.edit(CardId(2));
    stage.pass(0);
    assert_eq!(text(), "name2c");
    stage.app.templates().new_card();
    card.choose(badge);
    assert_eq!(text(), "mine", "it was laid aside");
    stage.app.go_to_desk(DeskPage::Card(CardId(9)));
    register.edit(CardId(9));
    stage.pass(0);
    assert!(matches!(register.opening().get_untracked(), Opening::Failed(CardId(9), _)));
    assert_eq!(stage.app.cx().screen().get_untracked(), Screen::Desk(DeskPage::Card(CardId(9))));
}

#[test]
fn nothing_is_left_for_the_next_person() {
    let stage = Stage::new(150);
    let register = stage.register();
    register.read();
    stage.pass(0);
    register.look_for("name");
    register.delete(CardId(1));
    register.forget();
    stage.pass(20_000);
    assert!(stage.shown().is_empty() && register.look().with_untracked(|look| look.term.is_empty()));
    assert_eq!(stage.asked(Method::Delete, ""), 0);
}

#[test]
fn many_are_finalized_each_once_and_only_what_failed_is_tried_again() {
    let stage = Stage::new(9);
    let register = stage.register();
    register.read();
    stage.pass(0);
    stage.server.refuses.set(4);
    stage.owner.with(|| register.pick_all(vec![9, 4, 2, 7]));
    stage.owner.with(|| register.start_many(Deed::Finalize));
    stage.owner.with(|| register.start_many(Deed::Delete));
    stage.pass(0);
    let batch = register.batch().get_untracked().unwrap();
    assert_eq!((batch.counts(), batch.pace, batch.is_going()), ((3, 1), Pace::Over, false));
    assert_eq!(stage.asked(Method::Patch, "/finalize"), 4);
    stage.server.refuses.set(0);
    register.go_on_with_many();
    stage.pass(0);
    assert_eq!(register.batch().get_untracked().unwrap().counts(), (4, 0));
    assert_eq!(stage.asked(Method::Patch, "/finalize"), 5, "what is done is not done again");
    assert_eq!(stage.asked(Method::Delete, ""), 0, "one thing at a time");
}

#[test]
fn many_are_deleted_after_some_seconds_unless_they_are_kept() {
    let stage = Stage::new(6);
    let register = stage.register();
    register.read();
    stage.pass(0);
    let begin = || stage.owner.with(|| (register.pick_all(vec![1, 2, 3, 4, 5]), register.start_many(Deed::Delete)));
    begin();
    stage.pass(5_000);
    register.stop_many();
    stage.pass(9_000);
    assert_eq!((stage.asked(Method::Delete, ""), stage.shown().len()), (0, 6));
    begin();
    stage.pass(3_000);
    register.stop_many();
    begin();
    stage.pass(7_000);
    assert_eq!(stage.asked(Method::Delete, ""), 0, "its time is a new one");
    register.stop_many();
    begin();
    stage.pass(9_000);
    assert_eq!((stage.asked(Method::Delete, ""), stage.shown()), (5, vec![6]));
    assert_eq!(register.batch().get_untracked().unwrap().counts(), (5, 0));
}

#[test]
fn pictures_that_are_on_the_screen_no_more_are_kept_as_far_as_they_are_not_too_large() {
    const SIZE: usize = 1 << 20;
    let stage = Stage::new(40);
    stage.server.picture.set(SIZE);
    stage.app.cx().set_pictures(Rc::new(AnyPicture));
    stage.owner.with(|| {
        let faces = stage.register().faces();
        let is_there =
            |card: u64| faces.face(CardId(card)).with_untracked(|face| matches!(face.front, Remote::Ready(Some(_))));
        let kept = || (1..=40).filter(|card| is_there(*card)).count();
        // The first one stays on the screen, the others are scrolled by.
        for card in 1..=30 {
            faces.is_shown(CardId(card));
            faces.rests_at(&[CardId(card)]);
            stage.pass(100);
            assert!(is_there(card));
            if card > 1 {
                faces.is_not_shown(CardId(card));
            }
        }
        assert!(is_there(1) && is_there(30) && !is_there(2));
        assert!((11..=13).contains(&kept()), "{}", kept());
        // One comes back to it.
        faces.rests_at(&[CardId(2)]);
        stage.pass(100);
        assert!(is_there(2) && kept() <= 13);
    });
}

#[test]
fn who_scrolls_by_in_a_list_keeps_nothing_waiting_and_takes_nothing_from_other_places() {
    let stage = Stage::new(40);
    stage.server.picture.set(1);
    stage.app.cx().set_pictures(Rc::new(AnyPicture));
    stage.owner.with(|| {
        let faces = stage.register().faces();
        let is_there =
            |card: u64| faces.face(CardId(card)).with_untracked(|face| matches!(face.front, Remote::Ready(Some(_))));
        // As many as are looked at at a time, and then one that waits, in another place; it is in the list, too.
        (1..=4).for_each(|card| faces.came_into_sight(CardId(card)));
        faces.rests_at(&[4, 5, 6].map(CardId));
        faces.rests_at(&[6, 7].map(CardId));
        stage.pass(500);
        let there: Vec<u64> = (1..=8).filter(|card| is_there(*card)).collect();
        assert_eq!(there, [1, 2, 3, 4, 6, 7]);
        // The list is gone, and with it who waited for it.
        (11..=13).for_each(|card| faces.came_into_sight(CardId(card)));
        faces.rests_at(&[14].map(CardId));
        faces.rests_at(&[]);
        stage.pass(500);
        assert!(is_there(13) && !is_there(14));
    });
}
