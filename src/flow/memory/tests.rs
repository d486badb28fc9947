//! The page is loaded again, at whatever point; and nobody reads what somebody else has typed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::{pending, poll_fn, ready};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

use super::*;
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, OrganizationId};
use crate::domain::config::{Locale, Remember};
use crate::domain::draft::Value;
use crate::flow::app::Loader;
use crate::flow::arrival::CARD_DEEDS;
use crate::flow::desk::DESK_DEEDS;
use crate::flow::register::REGISTER_DEEDS;
use crate::session::Session;
use crate::world::{Method, Spawner, WireRequest};

#[derive(Default)]
struct Tasks(RefCell<Vec<LocalBoxFuture<'static, ()>>>);

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.borrow_mut().push(task);
    }
}

/// A tab's storage.
#[derive(Default)]
struct Store {
    kept: RefCell<BTreeMap<String, String>>,
    taken: RefCell<Vec<String>>,
    is_full: Cell<bool>,
    is_copy: Cell<bool>,
}

impl TabStore for Store {
    fn get(&self, key: &str) -> Option<String> {
        self.kept.borrow().get(key).cloned()
    }

    fn put(&self, key: &str, text: &str) -> bool {
        if !self.is_full.get() {
            self.kept.borrow_mut().insert(key.to_owned(), text.to_owned());
        }
        !self.is_full.get()
    }

    fn remove(&self, prefix: &str) {
        self.kept.borrow_mut().retain(|key, _| !key.starts_with(prefix));
    }

    fn take_key(&self, key: &str) -> bool {
        let is_free = !self.taken.borrow().iter().any(|taken| taken == key);
        if is_free {
            self.taken.borrow_mut().push(key.to_owned());
        }
        is_free
    }

    fn give_back_key(&self, key: &str) {
        self.taken.borrow_mut().retain(|taken| taken != key);
    }

    fn is_copy(&self) -> LocalBoxFuture<'static, ()> {
        if self.is_copy.get() { Box::pin(ready(())) } else { Box::pin(pending()) }
    }
}

impl Store {
    fn texts(&self) -> String {
        self.kept.borrow().values().cloned().collect::<Vec<_>>().join("\n")
    }

    fn is_empty(&self) -> bool {
        self.kept.borrow().is_empty()
    }
}

/// What the server has, and does.
struct Server {
    /// Which tokens it takes, and whose they are.
    tokens: RefCell<BTreeMap<String, u64>>,
    next_token: Cell<(&'static str, u64)>,
    cards: RefCell<BTreeMap<u64, String>>,
    is_ordered: Cell<bool>,
    finalize_hangs: Cell<bool>,
    fields: Cell<&'static str>,
}

const FIELDS: &str = r#"[{"token": "N", "label": "Name", "type": "text"}, {"token": "T", "label": "Team (optional)", "type": "text"},
    {"token": "P", "label": "Photo", "type": "image"}]"#;

impl Default for Server {
    fn default() -> Server {
        Server {
            tokens: RefCell::default(),
            next_token: Cell::new(("TOKEN-ANA", 1)),
            cards: RefCell::default(),
            is_ordered: Cell::new(false),
            finalize_hangs: Cell::new(false),
            fields: Cell::new(FIELDS),
        }
    }
}

/// The fields of a card, with some of them changed.
fn changed(known: &str, change: &str) -> String {
    let read = |text: &str| serde_json::from_str::<Vec<serde_json::Value>>(text).unwrap();
    let mut fields = read(known);
    for change in read(change) {
        fields.retain(|field| field["token"] != change["token"]);
        fields.push(change);
    }
    serde_json::to_string(&fields).unwrap()
}

impl Server {
    fn answer(&self, request: &WireRequest) -> Step {
        let path = request.url.split_once("/v2/").map_or("", |(_, path)| path);
        let ok = |body: String| Step::Answer(200, body);
        if path == "authenticate" {
            let (token, account) = self.next_token.get();
            self.tokens.borrow_mut().insert(token.to_owned(), account);
            return ok(format!(r#"{{"auth_token": "{token}"}}"#));
        }
        let bearer = request.bearer.as_ref().map(|token| token.as_str().to_owned()).unwrap_or_default();
        let Some(account) = self.tokens.borrow().get(&bearer).copied() else {
            return Step::Answer(401, r#"{"error": "Unauthorized"}"#.to_owned());
        };
        let number = || path.split('/').nth(3).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
        let data = || {
            let form = request.form.iter().flatten();
            form.clone().find(|(name, _)| *name == "card[data]").map(|(_, value)| value.clone()).unwrap_or_default()
        };
        match (request.method, path.rsplit('/').next().unwrap_or_default()) {
            (Method::Get, "me") => ok(format!(
                r#"{{"id": {account}, "email": "{account}@x.test", "organization": {{"id": 7, "name": "Seven"}}, "settings": {{"page_size": 33}}}}"#
            )),
            (Method::Get, "card_templates") => ok(r#"[{"id": 4, "name": "Badge"}, {"id": 5, "name": "Pass"}]"#.into()),
            (Method::Get, "fields") => ok(self.fields.get().into()),
            (Method::Post, "cards") => {
                let number = self.cards.borrow().len() as u64 + 1;
                self.cards.borrow_mut().insert(number, data());
                ok(format!(r#"{{"id": {number}}}"#))
            }
            (Method::Patch, "finalize") if self.finalize_hangs.get() => Step::Hang,
            (Method::Patch, "finalize") => ok(format!(r#"{{"id": {}}}"#, number())),
            (Method::Patch, _) => {
                let known = self.cards.borrow().get(&number()).map(|known| changed(known, &data()));
                known.into_iter().for_each(|known| drop(self.cards.borrow_mut().insert(number(), known)));
                ok(format!(r#"{{"id": {}}}"#, number()))
            }
            (Method::Get, _) => match self.cards.borrow().get(&number()) {
                Some(data) => {
                    let ordered = if self.is_ordered.get() { r#""2026-11-26T00:00:00Z""# } else { "null" };
                    ok(format!(r#"{{"id": {}, "data": {data}, "last_submitted_at": {ordered}}}"#, number()))
                }
                None => Step::Answer(404, r#"{"error": "Not found"}"#.to_owned()),
            },
            other => panic!("nobody asks for {other:?}: {path}"),
        }
    }
}

/// A page in a tab, with one widget.
struct Page {
    owner: Owner,
    fake: Fake,
    server: Rc<Server>,
    store: Rc<Store>,
    tasks: Rc<Tasks>,
    app: App,
}

fn config(mode: Mode) -> Config {
    Config {
        endpoint: Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap(),
        organization: None,
        template: None,
        card: None,
        mode,
        locale: Locale::En,
        strings: None,
        remember: Remember::Session,
        idle_timeout: 60,
        page_size: None,
        file_choice: false,
        keyboard: false,
        face_help: false,
        photo_rules: false,
        ends_with: EndsWith::Finalized,
        shipping_provider: None,
    }
}

impl Page {
    fn open(server: &Rc<Server>, store: &Rc<Store>, config: Config, token: Option<&str>, given: &str) -> Page {
        let owner = Owner::new();
        let fake = Fake::new({
            let server = server.clone();
            move |request| server.answer(request)
        });
        let tasks = Rc::<Tasks>::default();
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader = Loader {
                cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))),
                desk: |app| {
                    app.desk().colleagues().load_by(|_| Box::pin(ready(Ok(&REGISTER_DEEDS))));
                    Box::pin(ready(Ok(&DESK_DEEDS)))
                },
                memory: |app| app.memory().go_on_remembering(),
            };
            let app = App::new(session, tasks.clone(), loader, Rc::new(|_| ()));
            let given = given.to_owned();
            app.memory().connect(store.clone(), Rc::new(move || given.clone()));
            app
        });
        app.set_token(token.map(str::to_owned));
        let page = Page { owner, fake, server: server.clone(), store: store.clone(), tasks, app };
        app.set_up(Ok(config));
        page.pass();
        page
    }

    fn portal() -> Page {
        let page = Page::open(&Rc::default(), &Rc::default(), config(Mode::Portal), None, "");
        assert_eq!(page.screen(), Screen::SignIn);
        page.signs_in();
        page
    }

    fn again(self) -> Page {
        self.again_with(config(Mode::Portal), None, "")
    }

    /// The page is loaded again.
    fn again_with(self, config: Config, token: Option<&str>, given: &str) -> Page {
        self.owner.cleanup();
        Page::open(&self.server, &self.store, config, token, given)
    }

    fn pass(&self) {
        self.pass_for(300);
    }

    /// Lets so many milliseconds pass. What effects do in a browser is done here.
    fn pass_for(&self, milliseconds: u64) {
        let end = self.fake.now() + milliseconds;
        let (mark, until) = (self.fake.clone(), self.fake.clone());
        let timer = async move { crate::world::Transport::sleep(&until, u32::try_from(milliseconds).unwrap()).await };
        let mut timer = Box::pin(timer);
        self.fake.run(poll_fn(|cx| {
            for _ in 0..8 {
                let mut tasks = self.tasks.0.take();
                tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
                self.tasks.0.borrow_mut().splice(0..0, tasks);
                self.memory().keep();
            }
            let _ = timer.as_mut().poll(cx);
            if mark.now() >= end { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    fn memory(&self) -> Memory {
        self.app.memory()
    }

    fn screen(&self) -> Screen {
        self.app.cx().screen().get_untracked()
    }

    fn signs_in(&self) {
        self.app.set_credentials("ana@x.test".into(), "PASSWORD-MARKER".into());
        let app = self.app;
        self.app.cx().spawn(Box::pin(async move {
            assert!(app.sign_in().await.is_ok());
        }));
        self.pass();
    }

    fn chooses(&self, template: usize) {
        let list = self.app.templates().list().get_untracked();
        self.app.card().choose(list.ready().unwrap()[template].clone());
        self.pass();
        assert_eq!(self.screen(), Screen::CardForm);
    }

    fn types(&self, field: usize, text: &str) {
        self.app.card().typed(field, text);
        self.pass();
    }

    fn text(&self, field: usize) -> String {
        self.app
            .card()
            .draft()
            .with_untracked(|draft| draft.as_ref().map(|draft| draft.text(field).to_string()))
            .unwrap()
    }

    fn saves(&self) {
        self.app.card().save_draft();
        self.pass();
    }

    fn is_asked(&self) -> bool {
        matches!(self.memory().returning().get_untracked(), Returning::Asked)
    }

    fn goes_on(&self) {
        assert!(self.is_asked());
        self.memory().go_on();
        self.pass();
    }

    fn told(&self) -> Vec<Note> {
        match self.memory().returning().get_untracked() {
            Returning::Told(notes) => notes,
            _ => Vec::new(),
        }
    }

    fn sent(&self, method: Method) -> Vec<String> {
        let sent =
            self.fake.sent().into_iter().filter(|sent| sent.method == method && !sent.url.ends_with("authenticate"));
        sent.map(|sent| sent.value("card[data]").unwrap_or_default().to_owned()).collect()
    }
}

#[test]
fn whoever_has_signed_in_is_so_after_a_reload_and_goes_on_where_they_were() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    assert!(!page.app.card().is_unsaved(), "it outlives a reload");
    page.app.card().use_photo(2, "/9j/PHOTO-MARKER".into());
    page.pass();
    assert!(page.app.card().is_unsaved(), "a photo does not");
    for secret in ["PASSWORD-MARKER", "PHOTO-MARKER"] {
        assert!(!page.store.texts().contains(secret));
    }
    let page = page.again();
    assert_eq!(page.screen(), Screen::Templates);
    assert!(page.is_asked() && page.memory().had_pictures());
    page.goes_on();
    assert_eq!((page.screen(), page.text(0).as_str()), (Screen::CardForm, "Ana"));
    assert!(page.told().is_empty() && !page.app.card().is_unsaved());
    let page = page.again();
    page.goes_on();
    assert_eq!(page.text(0), "Ana", "as often as it takes");
}

#[test]
fn a_card_at_the_server_is_gone_on_with_and_not_made_twice() {
    let page = Page::portal();
    page.chooses(1);
    page.types(0, "Ana");
    page.types(1, "Blue");
    page.saves();
    page.types(0, "Anna");
    page.types(1, "");
    let page = page.again();
    page.goes_on();
    assert_eq!((page.text(0), page.text(1)), ("Anna".into(), String::new()));
    page.saves();
    assert!(page.sent(Method::Post).is_empty());
    let sent = page.sent(Method::Patch).concat();
    assert!(sent.contains("Anna") && sent.contains("\"T\""), "what was changed and what was emptied: {sent}");
    let page = page.again();
    page.goes_on();
    page.types(0, "Ann");
    page.saves();
    assert_eq!(page.sent(Method::Patch).len(), 1);
}

#[test]
fn what_others_have_changed_meanwhile_is_not_taken_for_typed_and_not_saved_over() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.types(1, "Blue");
    page.saves();
    page.types(0, "Anna");
    let theirs = |name: &str, team: &str| {
        format!(r#"[{{"token": "N", "value": "{name}"}}, {{"token": "T", "value": "{team}"}}]"#)
    };
    page.server.cards.borrow_mut().insert(1, theirs("Eva", "Red"));
    let page = page.again();
    page.goes_on();
    assert_eq!((page.text(0).as_str(), page.text(1).as_str()), ("Anna", "Red"));
    page.saves();
    assert!(page.sent(Method::Patch).is_empty());
    let conflict = page.app.register().conflict().get_untracked().unwrap();
    let shown = conflict.fields.iter().map(|field| (field.theirs.as_deref(), field.mine.as_deref()));
    assert_eq!(shown.collect::<Vec<_>>(), [(Some("Eva"), Some("Anna"))]);
}

#[test]
fn a_card_that_is_gone_becomes_a_new_one_and_an_ordered_one_is_left_alone() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.saves();
    page.server.cards.borrow_mut().clear();
    let page = page.again();
    page.goes_on();
    assert_eq!((page.told(), page.text(0).as_str()), (vec![Note::Gone], "Ana"));
    page.memory().has_read();
    page.saves();
    assert_eq!(page.sent(Method::Post).len(), 1);
    page.server.is_ordered.set(true);
    let page = page.again();
    page.goes_on();
    assert_eq!(page.told(), [Note::Ordered]);
    assert!(page.app.card().draft().with_untracked(Option::is_none));
    assert!(!page.again().is_asked());
}

#[test]
fn what_was_sent_and_not_answered_is_said_and_is_not_sent_into_the_cart_again() {
    for (ends_with, note) in [(EndsWith::Finalized, Note::Sent), (EndsWith::Cart, Note::OnItsWay)] {
        let config = Config { ends_with, ..config(Mode::Request) };
        let server = Rc::<Server>::default();
        server.tokens.borrow_mut().insert("T1".into(), 1);
        server.finalize_hangs.set(true);
        let page = Page::open(&server, &Rc::default(), config.clone(), Some("T1"), "");
        page.chooses(0);
        page.types(0, "Ana");
        page.saves();
        let (app, card) = (page.app, page.app.card());
        app.cx().spawn(Box::pin(async move {
            let (number, template) = card.draft().with_untracked(|draft| {
                let draft = draft.as_ref().unwrap();
                (draft.card().unwrap(), draft.template_id())
            });
            let _ = card.ask_to_finalize(number, template).await;
        }));
        page.pass();
        let page = page.again_with(config, Some("T1"), "");
        page.goes_on();
        assert_eq!(page.told(), [note]);
        assert_eq!(page.app.card().draft().with_untracked(Option::is_some), note == Note::Sent);
    }
}

#[test]
fn a_finished_card_is_not_asked_about() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.saves();
    page.app.card().finalize();
    page.pass();
    assert_eq!(page.screen(), Screen::Done);
    let page = page.again();
    assert!(!page.is_asked() && page.screen() == Screen::Templates);
}

#[test]
fn a_refusal_forgets_the_card_and_signing_out_everything() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    let page = page.again();
    page.memory().refuse();
    page.pass();
    assert!(!page.store.texts().contains("Ana"));
    let page = page.again();
    assert!(!page.is_asked() && page.screen() == Screen::Templates, "still signed in");
    page.store.put("instant-card:elsewhere", "of another page of the site");
    page.app.leave();
    page.pass();
    assert!(page.store.is_empty(), "{}", page.store.texts());
    assert_eq!(page.again().screen(), Screen::SignIn);
}

#[test]
fn the_page_itself_begins_anew() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    let page = page.again();
    assert!(page.is_asked());
    page.app.start_over();
    page.pass();
    assert!(!page.is_asked() && !page.store.texts().contains("Ana"));
}

#[test]
fn nobody_reads_what_somebody_else_has_typed() {
    let request = || config(Mode::Request);
    let begun = || {
        let server = Rc::<Server>::default();
        server.tokens.borrow_mut().extend([("ANA-1".into(), 1), ("ANA-2".into(), 1), ("BEN".into(), 2)]);
        let page = Page::open(&server, &Rc::default(), request(), Some("ANA-1"), "Red");
        page.chooses(0);
        page.types(0, "Ana");
        assert!(!page.store.texts().contains("ANA-1"), "the page's token is the page's");
        page
    };
    assert!(begun().again_with(request(), Some("ANA-1"), "Red").is_asked(), "the same token");
    assert!(begun().again_with(request(), Some("ANA-2"), "Red").is_asked(), "the same account");
    for (token, given) in [("BEN", "Red"), ("ANA-1", "Blue"), ("ANA-2", "")] {
        let page = begun().again_with(request(), Some(token), given);
        assert!(!page.is_asked(), "{token} {given}");
        assert!(!page.store.texts().contains("Ana"), "{token} {given}");
    }
    let page = begun().again_with(request(), None, "Red");
    assert_eq!(page.screen(), Screen::NoAccess, "nobody is signed in but by the page");
}

#[test]
fn a_token_that_has_expired_is_asked_for_in_place() {
    for (account, is_hers) in [(1, true), (2, false)] {
        let page = Page::portal();
        page.chooses(0);
        page.types(0, "Ana");
        page.server.tokens.borrow_mut().clear();
        page.server.next_token.set(("TOKEN-2", account));
        let page = page.again();
        assert!(page.app.cx().session().asking().get_untracked());
        page.signs_in();
        assert_eq!(page.is_asked(), is_hers);
        if is_hers {
            page.goes_on();
            assert_eq!(page.text(0), "Ana");
        } else {
            assert!(!page.store.texts().contains("Ana"));
        }
        assert!(page.store.texts().contains("TOKEN-2"));
    }
}

#[test]
fn the_pages_own_token_counts() {
    let page = Page::portal();
    page.server.tokens.borrow_mut().insert("OWN".into(), 1);
    let page = page.again_with(config(Mode::Portal), Some("OWN"), "");
    let sent = page.fake.sent();
    assert!(sent.iter().all(|sent| sent.bearer.as_deref() == Some("OWN")));
    assert!(!page.store.texts().contains("OWN") && !page.store.texts().contains("TOKEN-ANA"));
}

#[test]
fn fields_that_have_changed_take_what_has_a_place() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.types(1, "Blue");
    page.server
        .fields
        .set(r#"[{"token": "T", "label": "Team", "type": "text"}, {"token": "N", "label": "N", "type": "image"}]"#);
    let page = page.again();
    page.goes_on();
    assert_eq!((page.told(), page.text(0).as_str(), page.text(1).as_str()), (vec![Note::OtherFields], "Blue", ""));
    assert!(page.app.card().draft().with_untracked(|draft| matches!(draft.as_ref().unwrap().value(1), Value::Empty)));
}

#[test]
fn where_nothing_can_be_kept_it_is_asked_before_the_page_is_left() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.store.is_full.set(true);
    page.types(0, "Anna");
    assert!(page.app.card().is_unsaved());
    assert!(!page.store.texts().contains("Ana"), "what is kept is as it is, or nothing");
    page.store.is_full.set(false);
    page.types(0, "Ann");
    assert!(!page.app.card().is_unsaved());
}

#[test]
fn a_copy_of_a_tab_leaves_the_card_to_the_other() {
    let page = Page::portal();
    page.chooses(0);
    page.types(0, "Ana");
    page.store.is_copy.set(true);
    let page = page.again();
    assert!(!page.is_asked() && page.screen() == Screen::Templates, "and is signed in");
}

#[test]
fn two_widgets_that_are_set_up_alike_have_a_memory_each() {
    let page = Page::portal();
    let other = Page::open(&page.server, &page.store, config(Mode::Portal), None, "");
    assert_eq!(other.screen(), Screen::SignIn, "what the first one has is not the other's");
    page.server.next_token.set(("TOKEN-BEN", 2));
    other.signs_in();
    for (page, name) in [(&page, "Ana"), (&other, "Ben")] {
        page.chooses(0);
        page.types(0, name);
    }
    let (server, store) = (page.server.clone(), page.store.clone());
    page.owner.cleanup();
    other.owner.cleanup();
    for name in ["Ana", "Ben"] {
        let page = Page::open(&server, &store, config(Mode::Portal), None, "");
        page.goes_on();
        assert_eq!(page.text(0), name);
        // Both are on the page at once.
        std::mem::forget(page.owner);
    }
}

#[test]
fn what_another_version_has_kept_is_removed() {
    let page = Page::portal();
    let key = page.store.kept.borrow().keys().next().unwrap().clone();
    page.store.put(&key, "14:instant-card 9");
    let page = page.again();
    assert_eq!((page.screen(), page.store.is_empty()), (Screen::SignIn, true));
}

#[test]
fn somebody_comes_back_to_where_they_were_without_a_card() {
    let page = Page::portal();
    page.app.go_to_desk(DeskPage::Checkout);
    page.pass();
    let page = page.again();
    assert_eq!(page.screen(), Screen::Desk(DeskPage::Cart));
    page.app.go_to_desk(DeskPage::Account);
    page.pass();
    assert_eq!(page.again().screen(), Screen::Desk(DeskPage::Account));
}

#[test]
fn nothing_is_kept_where_nothing_is_wanted() {
    let none = Config { remember: Remember::Nothing, ..config(Mode::Portal) };
    let page = Page::open(&Rc::default(), &Rc::default(), none.clone(), None, "");
    page.signs_in();
    page.chooses(0);
    page.types(0, "Ana");
    assert!(page.store.is_empty() && page.app.card().is_unsaved());
    page.app.set_up(Ok(config(Mode::Portal)));
    page.pass();
    page.memory().arrive();
    page.pass();
    assert!(page.store.texts().contains("Ana"));
    page.app.set_up(Ok(none));
    page.pass();
    assert!(page.store.is_empty() && page.app.card().is_unsaved());
}

#[test]
fn a_list_is_as_long_as_the_page_says_or_the_account_within_reason() {
    let page = Page::portal();
    assert_eq!(page.app.cx().page_size(), 33);
    for (given, is) in [(5, 5), (100_000, 100)] {
        page.app.set_up(Ok(Config { page_size: Some(given), ..config(Mode::Portal) }));
        assert_eq!(page.app.cx().page_size(), is);
    }
    let organization = Some(OrganizationId(7));
    let page = Page::open(&Rc::default(), &Rc::default(), Config { organization, ..config(Mode::Request) }, None, "");
    assert_eq!(page.app.cx().page_size(), 24);
}
