//! Lines that are slow or lose an answer, and a page that never answers: flows by themselves, at the virtual clock.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{LocalBoxFuture, pending, ready};
use instant_card::api::{CardId, Error, OnTheWay};
use instant_card::domain::config::{EndsWith, Mode};
use instant_card::domain::field::Role;
use instant_card::flow::card::{SaveState, Smaller};
use instant_card::flow::{App, HostEvent, Remote, Screen};
use instant_card::world::{Method, Transport, TransportFailure, Upload, WentOut, WireRequest, WireResponse};
use leptos::reactive::diagnostics::SpecialNonReactiveZone;

use crate::camera::Device;
use crate::dice::Dice;
use crate::executor::Executor;
use crate::files::serve_files;
use crate::network::Network;
use crate::plan::Plan;
use crate::server::{Operation, Server};
use crate::tab::{Attributes, Given, Tab};
use crate::timeline::Timeline;
use crate::weather::Weather;
use crate::world::world;

/// What befalls the cards that are sent.
#[derive(Clone, Copy)]
enum Fate {
    /// They go out at so many bytes a second.
    Slowly(u64),
    /// The answer is lost, and the server has acted.
    Lost,
    /// The same, and it has not.
    Nothing,
    /// The browser sends them twice, and hears of the second one.
    Twice,
    /// Something on the way refuses them.
    TooLarge,
    /// Nothing.
    Well,
}

struct Line {
    network: Network,
    fates: RefCell<Vec<Fate>>,
    sizes: RefCell<Vec<u64>>,
}

type Answer = Result<WireResponse, TransportFailure>;

impl Transport for Line {
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Answer> {
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

impl Upload for Line {
    fn upload(&self, request: &WireRequest, went_out: WentOut) -> LocalBoxFuture<'static, Answer> {
        self.sizes.borrow_mut().push(request.size());
        let fate = self.fates.borrow_mut().pop().unwrap_or(Fate::Well);
        let size = request.size();
        let timeline = self.network.timeline.clone();
        let before = matches!(fate, Fate::Twice).then(|| self.network.send(request));
        let answer = match fate {
            Fate::Nothing | Fate::TooLarge => Box::pin(pending()),
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
                Fate::Twice => {
                    if let Some(before) = before {
                        before.await?;
                    }
                    answer.await
                }
            }
        })
    }
}

struct Bench {
    timeline: Rc<Timeline>,
    executor: Rc<Executor>,
    server: Rc<Server>,
    line: Rc<Line>,
    tab: Tab,
    _zone: Box<dyn std::any::Any>,
}

/// A tab on a line of its own; what befalls its cards, one after the other.
fn bench(mode: Mode, fates: &[Fate], prepare: impl FnOnce(App, &Server)) -> Bench {
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
    let network = Network {
        timeline: timeline.clone(),
        server: server.clone(),
        weather,
        transcript: Rc::default(),
        tab: 0,
        who: who.clone(),
        dice: RefCell::new(Dice::of(&[2])),
    };
    let fates = RefCell::new(fates.iter().rev().copied().collect());
    let line = Rc::new(Line { network, fates, sizes: RefCell::default() });
    let device = Rc::new(Device {
        timeline: timeline.clone(),
        spawner: executor.clone(),
        dice: RefCell::new(Dice::of(&[3])),
        lights: Cell::new(0),
        is_calm: Rc::new(|| true),
    });
    let given = Given { network: line.clone(), upload: line.clone(), spawner: executor.clone(), who, device };
    let attributes =
        Attributes { mode, organization: true, template: None, spanish: false, way: 0, ends_with: EndsWith::Finalized };
    let zone = SpecialNonReactiveZone::enter();
    let tab = Tab::open(0, attributes, given, |app| prepare(app, &server));
    Bench { timeline, executor, server, line, tab, _zone: Box::new(zone) }
}

impl Bench {
    fn run(&self, seconds: u64) {
        let end = self.timeline.now() + seconds * 1_000;
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

    /// The form of a badge.
    fn opens_badge(&self) {
        self.run(30);
        let Remote::Ready(templates) = self.tab.app.templates().list().get_untracked() else { panic!("templates") };
        let card = self.tab.app.card();
        card.choose(templates.iter().find(|template| template.id.0 == 5801).expect("the badge").clone());
        self.run(30);
    }

    /// A badge with everything filled in, at its form.
    fn badge(&self) {
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

    fn save(&self) {
        self.tab.app.card().save_draft();
        self.run(400);
    }

    fn is_saved(&self) -> bool {
        matches!(self.tab.app.card().save_state().get_untracked(), SaveState::Saved)
    }

    fn cards(&self) -> usize {
        self.server.door.borrow().cards().count()
    }

    fn sizes(&self) -> Vec<u64> {
        self.line.sizes.borrow().clone()
    }
}

fn with_token(app: App, server: &Server) {
    app.set_token(Some(server.door.borrow_mut().issue_token()));
}

fn sized(mode: Mode) -> (Bench, u64) {
    let bench = bench(mode, &[], with_token);
    bench.badge();
    bench.save();
    let size = bench.sizes()[0];
    (bench, size)
}

#[test]
fn a_slow_line_gets_a_card_through_with_smaller_photos_and_says_so() {
    let (plain, size) = sized(Mode::Portal);
    assert!(plain.is_saved());
    assert_eq!(plain.tab.app.card().smaller().get_untracked(), None);
    // In 10 seconds a fifth of it.
    let bench = bench(Mode::Portal, &[Fate::Slowly(size / 50), Fate::Slowly(size / 50)], with_token);
    bench.badge();
    let before = bench.cards();
    bench.tab.app.card().save_draft();
    bench.run(5);
    let on_the_way = bench.tab.app.cx().session().on_the_way().get_untracked();
    assert!(matches!(on_the_way, OnTheWay::Sending { percent: 1..20 }), "{on_the_way:?}");
    bench.run(400);
    assert!(bench.is_saved());
    assert_eq!(bench.tab.app.card().smaller().get_untracked(), Some(Smaller::Slow));
    let sizes = bench.sizes();
    assert_eq!(sizes.len(), 2, "once");
    assert!(sizes[1] < sizes[0]);
    assert!(bench.cards() > before);
    assert_eq!(bench.tab.app.cx().session().on_the_way().get_untracked(), OnTheWay::Nothing);
}

#[test]
fn what_is_refused_as_too_large_is_sent_smaller_once_and_then_the_limit_is_named() {
    let refused = bench(Mode::Portal, &[Fate::TooLarge, Fate::Well], with_token);
    refused.badge();
    refused.save();
    assert!(refused.is_saved());
    assert_eq!(refused.tab.app.card().smaller().get_untracked(), Some(Smaller::Refused));
    drop(refused);

    let refused = bench(Mode::Portal, &[Fate::TooLarge, Fate::TooLarge, Fate::Well], with_token);
    refused.badge();
    refused.save();
    let state = refused.tab.app.card().save_state().get_untracked();
    assert!(matches!(state, SaveState::Failed(Error::TooLarge { .. })), "{state:?}");
    assert_eq!(refused.sizes().len(), 2);
}

#[test]
fn a_card_whose_answer_was_lost_is_looked_for_before_another_one_is_made() {
    let lost = bench(Mode::Portal, &[Fate::Lost], with_token);
    lost.badge();
    let before = lost.cards();
    lost.save();
    assert!(!lost.is_saved());
    assert_eq!(lost.cards(), before + 1);
    lost.save();
    assert!(lost.is_saved());
    assert_eq!((lost.cards(), lost.sizes().len()), (before + 1, 1), "it was there");
    drop(lost);

    let nothing = bench(Mode::Portal, &[Fate::Nothing], with_token);
    nothing.badge();
    let before = nothing.cards();
    nothing.save();
    nothing.save();
    assert!(nothing.is_saved());
    assert_eq!((nothing.cards(), nothing.sizes().len()), (before + 1, 2));
}

impl Bench {
    /// What the page was told with this code.
    fn told(&self, wanted: &str) -> Vec<String> {
        let told = self.tab.told.borrow();
        let messages = told.iter().filter_map(|event| match event {
            HostEvent::Error { code, message } if *code == wanted => Some(message.clone()),
            _ => None,
        });
        messages.collect()
    }

    fn twins(&self) -> Vec<(u64, Vec<u64>)> {
        let twins = self.tab.app.desk().cart().twins().get_untracked();
        twins.iter().map(|twins| (twins.made.0, twins.others.iter().map(|card| card.0).collect())).collect()
    }

    fn searches(&self) -> usize {
        self.server.sends.borrow().iter().filter(|sent| sent.operation == Operation::FindTwins).count()
    }

    fn newest(&self) -> Vec<u64> {
        let mut cards: Vec<u64> = self.server.door.borrow().cards().map(|card| card.id).collect();
        cards.sort_unstable();
        cards
    }
}

#[test]
fn a_card_that_the_browser_has_made_twice_is_told_once_with_both_numbers_and_kept_apart_in_the_cart() {
    let twice = bench(Mode::Portal, &[Fate::Twice], with_token);
    twice.badge();
    twice.save();
    assert!(twice.is_saved());
    let made = twice.tab.app.card().draft().get_untracked().and_then(|draft| draft.card()).expect("a card");
    let cards = twice.newest();
    let [.., other, last] = cards[..] else { panic!("two cards") };
    assert_eq!(made.0, last, "the one that was heard of");
    assert_eq!(twice.twins(), [(last, vec![other])]);
    let told = twice.told("card-unclear");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains(&last.to_string()) && told[0].contains(&other.to_string()), "{told:?}");
    assert!(told[0].contains("may have been"), "nothing proves it");
    assert_eq!(twice.searches(), 1);

    // A change of it is no new card.
    twice.tab.app.card().typed(0, "Zoë Möller");
    twice.save();
    assert_eq!((twice.told("card-unclear").len(), twice.searches()), (1, 1));

    // Nobody deletes anything, and the spare one is still a draft.
    assert_eq!(twice.newest(), cards);
    assert!(twice.server.door.borrow().card(other).is_some_and(|card| !card.finalized));
    let cart = twice.tab.app.desk().cart();
    assert_eq!(cart.twin_in_cart(made), None);
    cart.wish(&[(made, 1), (CardId(other), 1)]);
    assert_eq!(cart.twin_in_cart(made), Some(CardId(other)), "as it is wanted");
    assert_eq!(cart.twin_in_cart(CardId(other)), Some(made));
    cart.knows_twins(made);
    assert!(cart.twins().with_untracked(|all| all.iter().all(|twins| twins.is_known)));
    assert_eq!(cart.twin_in_cart(made), Some(CardId(other)), "also after the person has said that they know");
    twice.tab.app.sign_out();
    assert_eq!(twice.twins(), []);
}

#[test]
fn a_card_that_was_made_on_purpose_is_not_told_to_be_a_second_one() {
    let plain = bench(Mode::Portal, &[], with_token);
    plain.badge();
    plain.save();
    assert_eq!((plain.searches(), plain.twins()), (1, vec![]));
    // The same card once more, since it is wanted twice.
    plain.tab.app.templates().new_card();
    plain.badge();
    plain.save();
    let [.., first, second] = plain.newest()[..] else { panic!("two cards") };
    assert!(first < second);
    assert_eq!((plain.searches(), plain.twins()), (2, vec![]));

    // One that was there before another one was made here.
    plain.tab.app.sign_out();
    plain.tab.app.set_token(Some(plain.server.door.borrow_mut().issue_token()));
    plain.tab.app.access_changed();
    plain.badge();
    plain.tab.app.card().typed(0, "Somebody else");
    plain.save();
    plain.tab.app.templates().new_card();
    plain.badge();
    plain.save();
    assert_eq!((plain.searches(), plain.twins()), (4, vec![]));
}

#[test]
fn who_is_no_staff_is_told_of_no_second_card_since_they_see_none_but_their_own() {
    let twice = bench(Mode::Request, &[Fate::Twice], with_token);
    twice.badge();
    let before = twice.cards();
    twice.save();
    assert!(twice.is_saved());
    assert_eq!((twice.cards(), twice.searches(), twice.told("card-unclear").len()), (before + 2, 0, 0));
}

#[test]
fn a_second_card_that_cannot_be_looked_for_is_no_failure() {
    let twice = bench(Mode::Portal, &[Fate::Twice], with_token);
    twice.badge();
    twice.tab.app.card().save_draft();
    twice.run(2);
    twice.tab.app.cx().session().forget();
    twice.run(400);
    assert!(twice.is_saved());
    assert_eq!(twice.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::Error { .. })).count(), 0);
}

#[test]
fn a_blank_card_of_somebody_else_is_not_taken_for_one_whose_answer_was_lost() {
    let blank = bench(Mode::Portal, &[Fate::Well, Fate::Nothing], with_token);
    blank.opens_badge();
    blank.save();
    let before = blank.cards();
    // Whoever comes next makes one, too, and nobody hears of it.
    blank.tab.app.sign_out();
    with_token(blank.tab.app, &blank.server);
    blank.tab.app.access_changed();
    blank.opens_badge();
    blank.save();
    assert!(!blank.is_saved());
    blank.save();
    assert!(blank.is_saved());
    assert_eq!(blank.cards(), before + 1, "another one, of their own");
}

#[test]
fn who_is_no_staff_gets_another_draft() {
    let lost = bench(Mode::Request, &[Fate::Lost], with_token);
    lost.badge();
    let before = lost.cards();
    lost.save();
    lost.save();
    assert!(lost.is_saved());
    assert_eq!((lost.cards(), lost.sizes().len()), (before + 2, 2));
}

#[test]
fn a_page_that_never_answers_is_told_in_time_and_one_that_changes_its_mind_is_heard_at_once() {
    let silent = bench(Mode::Request, &[], |app, _| {
        app.set_provider(Some(Rc::new(|| Box::pin(pending()))));
    });
    let app = silent.tab.app;
    app.access_changed();
    silent.run(30);
    let failed = app.templates().list().get_untracked();
    assert!(matches!(failed, Remote::Failed(Error::ProviderSilent { .. })), "{failed:?}");
    let token = silent.server.door.borrow_mut().issue_token();
    app.set_provider(Some(Rc::new(move || Box::pin(ready(Some(token.clone()))))));
    app.access_changed();
    silent.run(10);
    assert_eq!(app.cx().screen().get_untracked(), Screen::Templates);
    assert!(app.templates().list().with_untracked(Remote::is_ready));
    let signed_in = silent.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::SignIn { .. })).count();
    assert_eq!(signed_in, 1);
}

#[test]
fn what_the_page_answers_late_is_gone_on_with_once() {
    let timeline: Rc<RefCell<Option<Rc<Timeline>>>> = Rc::default();
    let clock = timeline.clone();
    let late = bench(Mode::Request, &[], |app, server| {
        let token = server.door.borrow_mut().issue_token();
        app.set_provider(Some(Rc::new(move || {
            let (token, clock) = (token.clone(), clock.clone());
            Box::pin(async move {
                // When it is asked for the first time there is no clock yet.
                let clock = clock.borrow().clone();
                if let Some(clock) = clock {
                    clock.sleep(40_000).await;
                }
                Some(token)
            })
        })));
    });
    timeline.replace(Some(late.timeline.clone()));
    let app = late.tab.app;
    late.run(30);
    assert!(matches!(app.templates().list().get_untracked(), Remote::Failed(Error::ProviderSilent { .. })));
    late.run(30);
    assert!(app.templates().list().with_untracked(Remote::is_ready));
    let signed_in = late.tab.told.borrow().iter().filter(|event| matches!(event, HostEvent::SignIn { .. })).count();
    assert_eq!(signed_in, 1);
}
