//! Contacts and saved addresses, in a whole widget against a server that holds to the vendor's rules.

mod deleting;
mod places;
mod saving;

use std::cell::{Cell, RefCell};
use std::future::{poll_fn, ready};
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::LocalBoxFuture;
use leptos::prelude::Owner;

use super::*;
use crate::api::fake::{Fake, Step};
use crate::api::{Endpoint, OrganizationId};
use crate::domain::address::Part;
use crate::domain::config::{Config, EndsWith, Locale, Mode, Remember};
use crate::flow::HostEvent;
use crate::flow::app::Loader;
use crate::flow::arrival::CARD_DEEDS;
use crate::flow::checkout::Chosen;
use crate::flow::desk::DESK_DEEDS;
use crate::session::Session;
use crate::world::{Method, Spawner, WireRequest};

/// What is under way.
#[derive(Default)]
struct Tasks(RefCell<Vec<LocalBoxFuture<'static, ()>>>);

impl Spawner for Tasks {
    fn spawn(&self, task: LocalBoxFuture<'static, ()>) {
        self.0.borrow_mut().push(task);
    }
}

/// An address: its number, its first line, whose it is, whether it is the primary one.
#[derive(Clone, Debug, PartialEq)]
struct Place(u64, String, Option<u64>, bool);

/// What the server has, and does to the next request that goes to a path.
#[derive(Default)]
struct Server {
    places: RefCell<Vec<Place>>,
    contacts: RefCell<Vec<(u64, String, String)>>,
    next: Cell<u64>,
    fault: RefCell<Option<(Method, Fault)>>,
}

#[derive(Clone, Copy)]
enum Fault {
    /// It is answered with this status.
    Status(u16),
    /// It is done, and the answer is lost.
    Lost,
    /// It is done twice.
    Twice,
}

fn parameters(request: &WireRequest) -> Vec<(String, String)> {
    let plain = |text: &str| text.replace("%5B", "[").replace("%5D", "]").replace("%20", " ").replace("%40", "@");
    match &request.form {
        Some(form) => form.iter().map(|(name, value)| (name.to_string(), value.clone())).collect(),
        None => {
            let query = request.url.split_once('?').map_or("", |(_, query)| query);
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs.map(|(name, value)| (plain(name), plain(value))).collect()
        }
    }
}

impl Server {
    fn answer(&self, request: &WireRequest) -> Step {
        let url = request.url.split_once('?').map_or(request.url.as_str(), |(url, _)| url);
        let path = url.split_once("/v2/").map_or("", |(_, path)| path);
        let parts: Vec<&str> = path.split('/').collect();
        let is_people = matches!(parts.get(2), Some(&("addresses" | "contacts")));
        let fault = self.fault.borrow().filter(|(method, _)| is_people && *method == request.method);
        if fault.is_some() {
            self.fault.replace(None);
        }
        match fault.map(|(_, fault)| fault) {
            Some(Fault::Status(status)) => return Step::Answer(status, r#"{"error": "No"}"#.to_owned()),
            Some(Fault::Lost) => {
                self.done(request, &parts);
                return Step::Fail;
            }
            Some(Fault::Twice) => {
                self.done(request, &parts);
            }
            None => {}
        }
        self.done(request, &parts)
    }

    fn done(&self, request: &WireRequest, parts: &[&str]) -> Step {
        let ok = |body: String| Step::Answer(200, body);
        let refused = |status, text: &str| Step::Answer(status, format!(r#"{{"error": "{text}"}}"#));
        let id = parts.get(3).and_then(|id| id.parse::<u64>().ok());
        let sent = parameters(request);
        let get = |name: &str| sent.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
        match (request.method, parts.get(2).copied().unwrap_or_default(), id) {
            (Method::Get, "card_templates", _) => {
                ok(r#"[{"id": 4, "name": "Badge"}, {"id": 5, "name": "Pass"}]"#.into())
            }
            (Method::Get, "print_jobs", _) => ok("[]".into()),
            (Method::Get, "addresses", None) => ok(format!(
                "[{}]",
                self.places.borrow().iter().map(|place| self.place(place)).collect::<Vec<_>>().join(",")
            )),
            (Method::Post, "addresses", None) => {
                let contact = get("address[contact_id]").and_then(|id| id.parse().ok()).or_else(|| {
                    let name = get("address[contact][full_name]")?;
                    Some(self.new_contact(name, get("address[contact][email]")?))
                });
                let Some(contact) = contact else { return refused(406, "A contact is required") };
                if self.contacts.borrow().iter().all(|(id, ..)| *id != contact) {
                    return refused(406, "Contact not found");
                }
                let place = Place(
                    self.number(),
                    get("address[address1]").unwrap(),
                    Some(contact),
                    get("address[primary]").is_some(),
                );
                self.places.borrow_mut().push(place.clone());
                ok(self.place(&place))
            }
            (method, "addresses", Some(id)) => {
                let Some(at) = self.places.borrow().iter().position(|place| place.0 == id) else {
                    return refused(404, "Address not found");
                };
                match method {
                    Method::Get => ok(self.place(&self.places.borrow()[at])),
                    Method::Delete => {
                        self.places.borrow_mut().remove(at);
                        ok(r#"{"result": "Success"}"#.into())
                    }
                    _ if self.places.borrow()[at].2.is_none() => refused(501, "The address has no contact"),
                    _ => {
                        let mut places = self.places.borrow_mut();
                        if let Some(line) = get("address[address1]") {
                            places[at].1 = line;
                        }
                        if let Some(contact) = get("address[contact_id]") {
                            places[at].2 = contact.parse().ok();
                        }
                        let place = places[at].clone();
                        drop(places);
                        ok(self.place(&place))
                    }
                }
            }
            (Method::Get, "contacts", None) => {
                let all = self.contacts.borrow().clone();
                ok(format!("[{}]", all.iter().map(|contact| self.contact(contact)).collect::<Vec<_>>().join(",")))
            }
            (Method::Post, "contacts", None) => {
                let email = get("contact[email]").unwrap();
                if email == "no@where" {
                    return refused(406, "Email is invalid");
                }
                let id = self.new_contact(get("contact[full_name]").unwrap(), email);
                let contact = self.contacts.borrow().iter().find(|contact| contact.0 == id).cloned().unwrap();
                ok(self.contact(&contact))
            }
            (method, "contacts", Some(id)) => {
                let Some(at) = self.contacts.borrow().iter().position(|contact| contact.0 == id) else {
                    return refused(404, "Contact not found");
                };
                match method {
                    Method::Get => ok(self.contact(&self.contacts.borrow()[at].clone())),
                    Method::Delete => {
                        self.contacts.borrow_mut().remove(at);
                        self.places
                            .borrow_mut()
                            .iter_mut()
                            .filter(|place| place.2 == Some(id))
                            .for_each(|place| place.2 = None);
                        ok(r#"{"result": "Success"}"#.into())
                    }
                    _ => {
                        if let Some(name) = get("contact[full_name]") {
                            self.contacts.borrow_mut()[at].1 = name;
                        }
                        ok(self.contact(&self.contacts.borrow()[at].clone()))
                    }
                }
            }
            _ => ok("{}".into()),
        }
    }

    fn number(&self) -> u64 {
        self.next.set(self.next.get() + 1);
        self.next.get()
    }

    fn new_contact(&self, name: String, email: String) -> u64 {
        let id = self.number();
        self.contacts.borrow_mut().push((id, name, email));
        id
    }

    fn place(&self, Place(id, line, contact, primary): &Place) -> String {
        let contacts = self.contacts.borrow();
        let whose = contacts.iter().find(|(id, ..)| Some(*id) == *contact);
        let whose = whose.map_or("null".to_owned(), |(id, name, email)| {
            format!(r#"{{"id": {id}, "full_name": "{name}", "email": "{email}"}}"#)
        });
        let contact = contact.map_or("null".to_owned(), |id| id.to_string());
        format!(
            r#"{{"id": {id}, "address1": "{line}", "city": "Oz", "state": "KS", "zip_code": "66101", "country": "USA",
                "contact_id": {contact}, "contact": {whose}, "primary": {primary}}}"#
        )
    }

    fn contact(&self, (id, name, email): &(u64, String, String)) -> String {
        let places = self.places.borrow();
        let its: Vec<String> = places
            .iter()
            .filter(|place| place.2 == Some(*id))
            .map(|place| format!(r#"{{"id": {}, "address1": "{}"}}"#, place.0, place.1))
            .collect();
        format!(r#"{{"id": {id}, "full_name": "{name}", "email": "{email}", "addresses": [{}]}}"#, its.join(","))
    }
}

struct Stage {
    #[allow(dead_code, reason = "what it owns is there for as long as it is")]
    owner: Owner,
    fake: Fake,
    server: Rc<Server>,
    tasks: Rc<Tasks>,
    told: Rc<RefCell<Vec<HostEvent>>>,
    app: App,
}

impl Stage {
    /// Staff, signed in; Ana at 1 Main (the primary one), and Ben, who has no address.
    fn new() -> Stage {
        let (owner, server) = (Owner::new(), Rc::<Server>::default());
        server.next.set(10);
        server.contacts.replace(vec![(1, "Ana".into(), "ana@x.test".into()), (2, "Ben".into(), "ben@x.test".into())]);
        server.places.replace(vec![Place(3, "1 Main".into(), Some(1), true)]);
        let fake = Fake::new({
            let server = server.clone();
            move |request| server.answer(request)
        });
        let (tasks, told) = (Rc::<Tasks>::default(), Rc::<RefCell<Vec<_>>>::default());
        let app = owner.with(|| {
            let session = Session::new();
            session.connect(Rc::new(fake.clone()));
            let loader = Loader {
                cards: |_| Box::pin(ready(Ok(&CARD_DEEDS))),
                desk: |_| Box::pin(ready(Ok(&DESK_DEEDS))),
                memory: |_| (),
            };
            let told = told.clone();
            App::new(session, tasks.clone(), loader, Rc::new(move |event| told.borrow_mut().push(event)))
        });
        let stage = Stage { owner, fake, server, tasks, told, app };
        stage.app.set_token(Some("T1".to_owned()));
        stage.app.set_up(Ok(Config {
            endpoint: Endpoint::new("https://api.test/v2/", None, "https://page.test").unwrap(),
            organization: Some(OrganizationId(7)),
            template: None,
            card: None,
            mode: Mode::Portal,
            locale: Locale::En,
            strings: None,
            remember: Remember::Nothing,
            idle_timeout: 60,
            page_size: None,
            file_choice: false,
            photo_rules: false,
            keyboard: false,
            face_help: false,
            ends_with: EndsWith::Finalized,
            shipping_provider: None,
        }));
        stage.pass(100);
        let app = stage.app;
        app.cx().spawn(Box::pin(async move {
            assert!(app.desk().directory().fetch_people(|_| Box::pin(ready(Ok(&PEOPLE_DEEDS)))).await);
        }));
        stage.pass(100);
        stage.goes(DeskPage::Addresses);
        stage.goes(DeskPage::Contacts);
        stage
    }

    fn people(&self) -> People {
        self.app.people()
    }

    fn goes(&self, page: DeskPage) {
        self.app.go_to_desk(page);
        self.people().enter(page);
        self.pass(100);
    }

    fn opens(&self, subject: Subject) {
        self.people().open(subject);
        self.pass(100);
    }

    fn types(&self, texts: &[(Part, &str)]) {
        for (part, text) in texts {
            self.people().entered(Entry::Text(*part, (*text).to_owned()));
        }
    }

    fn saves(&self) {
        self.people().save();
        self.pass(100_000);
    }

    /// Something goes wrong with the next request of this kind.
    fn fault(&self, method: Method, fault: Fault) {
        self.server.fault.replace(Some((method, fault)));
    }

    fn pass(&self, milliseconds: u64) {
        let end = self.fake.now() + milliseconds;
        let (mark, until) = (self.fake.clone(), self.fake.clone());
        let timer = async move { crate::world::Transport::sleep(&until, u32::try_from(milliseconds).unwrap()).await };
        let mut timer = Box::pin(timer);
        self.fake.run(poll_fn(|cx| {
            for _ in 0..8 {
                let mut tasks = self.tasks.0.take();
                tasks.retain_mut(|task| task.as_mut().poll(cx).is_pending());
                self.tasks.0.borrow_mut().splice(0..0, tasks);
            }
            let _ = timer.as_mut().poll(cx);
            if mark.now() >= end { Poll::Ready(()) } else { Poll::Pending }
        }));
    }

    /// The calls of this method so far, and what was sent with them.
    fn calls(&self, method: Method) -> Vec<String> {
        let calls = self.fake.sent().into_iter().filter(|sent| sent.method == method);
        calls.map(|sent| sent.url.split_once("organizations/7/").map_or("", |(_, path)| path).to_owned()).collect()
    }

    fn lines(&self) -> Vec<(u64, String, Option<u64>)> {
        self.server.places.borrow().iter().map(|Place(id, line, contact, _)| (*id, line.clone(), *contact)).collect()
    }

    fn said(&self) -> Option<Said> {
        self.people().said().get_untracked()
    }

    fn failure(&self) -> Option<Error> {
        self.people().failed().get_untracked()
    }
}

const ADDRESS: [(Part, &str); 4] =
    [(Part::Address1, "2 Oak"), (Part::City, "Oz"), (Part::State, "KS"), (Part::ZipCode, "66101")];

fn address(id: u64) -> Subject {
    Subject::Address(Some(AddressId(id)))
}

fn contact(id: u64) -> Subject {
    Subject::Contact(Some(ContactId(id)))
}
