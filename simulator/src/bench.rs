//! One tab with the real flows on a line of its own, at the virtual clock: for what is to befall it in a test.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{LocalBoxFuture, pending, ready};
use instant_card::domain::config::{EndsWith, Mode};
use instant_card::domain::field::Role;
use instant_card::flow::card::SaveState;
use instant_card::flow::{App, Remote};
use instant_card::world::{Method, Transport, TransportFailure, Upload, WentOut, WireRequest, WireResponse};
use leptos::reactive::diagnostics::SpecialNonReactiveZone;

use crate::camera::Device;
use crate::dice::Dice;
use crate::executor::Executor;
use crate::files::serve_files;
use crate::network::Network;
use crate::plan::Plan;
use crate::server::Server;
use crate::tab::{Attributes, Given, PageToken, Tab};
use crate::timeline::Timeline;
use crate::weather::Weather;
use crate::world::world;

/// What befalls the cards that are sent.
#[derive(Clone, Copy)]
pub(crate) enum Fate {
    /// They go out at so many bytes a second.
    Slowly(u64),
    /// The answer is lost, and the server has acted.
    Lost,
    /// The same, and it has not.
    Nothing,
    /// The browser sends them twice, and hears of the second one.
    Twice,
    /// The same, and the second time it is ten seconds later.
    TwiceLate,
    /// Something on the way refuses them.
    TooLarge,
    /// Nothing.
    Well,
}

/// Something that stands before the server and answers in its place.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) method: Method,
    /// How the address ends of what it answers.
    pub(crate) path: &'static str,
    pub(crate) answer: WireResponse,
}

pub(crate) struct Line {
    network: Rc<Network>,
    fates: RefCell<Vec<Fate>>,
    gates: RefCell<Vec<Gate>>,
    sizes: RefCell<Vec<u64>>,
}

type Answer = Result<WireResponse, TransportFailure>;

impl Transport for Line {
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Answer> {
        let is_its = |gate: &&Gate| gate.method == request.method && request.url.ends_with(gate.path);
        if let Some(gate) = self.gates.borrow().iter().find(is_its) {
            return Box::pin(ready(Ok(gate.answer.clone())));
        }
        // Cards without a photo go the common way.
        if request.method == Method::Post && request.url.ends_with("/cards") {
            return self.upload(request, Rc::new(|_, _| {}));
        }
        self.network.send(request)
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        self.network.sleep(milliseconds)
    }

    fn random(&self) -> u32 {
        self.network.random()
    }
}

/// The same once more, as a browser sends it.
fn copied(request: &WireRequest) -> WireRequest {
    let WireRequest { method, url, bearer, key, form, apart } = request;
    WireRequest {
        method: *method,
        url: url.clone(),
        bearer: bearer.clone(),
        key: key.clone(),
        form: form.clone(),
        apart: *apart,
    }
}

impl Upload for Line {
    fn upload(&self, request: &WireRequest, went_out: WentOut) -> LocalBoxFuture<'static, Answer> {
        self.sizes.borrow_mut().push(request.size());
        let fate = self.fates.borrow_mut().pop().unwrap_or(Fate::Well);
        let size = request.size();
        let timeline = self.network.timeline.clone();
        let is_twice = matches!(fate, Fate::Twice | Fate::TwiceLate);
        let before = is_twice.then(|| self.network.send(request));
        let answer: LocalBoxFuture<'static, Answer> = match fate {
            Fate::Nothing | Fate::TooLarge => Box::pin(pending()),
            Fate::TwiceLate => {
                let (network, request) = (self.network.clone(), copied(request));
                Box::pin(async move {
                    network.timeline.sleep(10_000).await;
                    network.send(&request).await
                })
            }
            _ => self.network.send(request),
        };
        Box::pin(async move {
            let pace = if let Fate::Slowly(pace) = fate { pace } else { size };
            let mut sent = 0;
            while sent < size {
                timeline.sleep(1_000).await;
                sent = size.min(sent + pace);
                went_out(sent, size);
            }
            match fate {
                Fate::TooLarge => Ok(WireResponse::new(413, "<html>")),
                Fate::Nothing => Err(TransportFailure),
                Fate::Lost => answer.await.and(Err(TransportFailure)),
                Fate::Slowly(_) | Fate::Well => answer.await,
                Fate::Twice | Fate::TwiceLate => {
                    if let Some(before) = before {
                        before.await?;
                    }
                    answer.await
                }
            }
        })
    }
}

pub(crate) struct Bench {
    pub(crate) timeline: Rc<Timeline>,
    executor: Rc<Executor>,
    pub(crate) server: Rc<Server>,
    line: Rc<Line>,
    pub(crate) tab: Tab,
    _zone: Box<dyn std::any::Any>,
}

/// A tab on a line of its own; what befalls its cards, one after the other.
pub(crate) fn bench(mode: Mode, fates: &[Fate], prepare: impl FnOnce(App, &Server)) -> Bench {
    let plan = Plan::whole(1, 0);
    let mut dice = Dice::of(&[1]);
    let timeline = Rc::<Timeline>::default();
    let weather = Rc::new(Weather::new(&plan, &mut dice));
    weather.calm();
    serve_files(Some((timeline.clone(), weather.clone())));
    let executor = Executor::new();
    // The plainest of servers: an even one of its seeds would speak a dialect.
    let server = Rc::new(Server::new(world(&mut Dice::of(&[4]), false).expect("a world")));
    let who = Rc::<Cell<u32>>::default();
    let network = Rc::new(Network {
        timeline: timeline.clone(),
        server: server.clone(),
        weather,
        transcript: Rc::default(),
        tab: 0,
        gateway: None,
        who: who.clone(),
        dice: RefCell::new(Dice::of(&[2])),
    });
    let fates = RefCell::new(fates.iter().rev().copied().collect());
    let line = Rc::new(Line { network, fates, gates: RefCell::default(), sizes: RefCell::default() });
    let device = Rc::new(Device {
        timeline: timeline.clone(),
        spawner: executor.clone(),
        dice: RefCell::new(Dice::of(&[3])),
        lights: Cell::new(0),
        is_calm: Rc::new(|| true),
    });
    let door = server.clone();
    let token: PageToken = Rc::new(move |_| door.door.borrow_mut().issue_token());
    let given = Given { network: line.clone(), upload: line.clone(), spawner: executor.clone(), who, device, token };
    let attributes =
        Attributes { mode, organization: true, template: None, spanish: false, way: 0, ends_with: EndsWith::Finalized };
    let zone = SpecialNonReactiveZone::enter();
    let tab = Tab::open(0, attributes, given, |app| prepare(app, &server));
    Bench { timeline, executor, server, line, tab, _zone: Box::new(zone) }
}

impl Bench {
    pub(crate) fn run(&self, seconds: u64) {
        let end = self.timeline.now() + seconds * 1_000;
        self.tab.redraw();
        loop {
            while self.executor.run() {
                self.tab.redraw();
            }
            if !self.timeline.step(end) {
                break;
            }
        }
        self.timeline.pass_to(end);
    }

    /// From now on these stand before the server.
    pub(crate) fn stand(&self, gates: &[Gate]) {
        *self.line.gates.borrow_mut() = gates.to_vec();
    }

    /// The form of a badge.
    pub(crate) fn opens_badge(&self) {
        self.run(30);
        self.opens(5801);
        self.run(30);
    }

    /// Chooses a template.
    pub(crate) fn opens(&self, template: u64) {
        let Remote::Ready(templates) = self.tab.app.templates().list().get_untracked() else { panic!("templates") };
        let card = self.tab.app.card();
        card.choose(templates.iter().find(|known| known.id.0 == template).expect("a template").clone());
    }

    /// A badge with everything filled in, at its form.
    pub(crate) fn badge(&self) {
        self.opens_badge();
        let card = self.tab.app.card();
        let fields = card.draft().get_untracked().expect("a draft").fields();
        for (index, field) in fields.iter().enumerate() {
            match Role::of(field).is_image() {
                true => card.use_photo(index, sandbox::door::PIXEL.into()),
                false => card.typed(index, "Zoë Müller"),
            }
        }
    }

    pub(crate) fn save(&self) {
        self.tab.app.card().save_draft();
        self.run(400);
    }

    pub(crate) fn is_saved(&self) -> bool {
        matches!(self.tab.app.card().save_state().get_untracked(), SaveState::Saved)
    }

    pub(crate) fn cards(&self) -> usize {
        self.server.door.borrow().cards().count()
    }

    pub(crate) fn sizes(&self) -> Vec<u64> {
        self.line.sizes.borrow().clone()
    }
}

pub(crate) fn with_token(app: App, server: &Server) {
    app.set_token(Some(server.door.borrow_mut().issue_token()));
}
