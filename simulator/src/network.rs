//! The way of one tab to the server, as [`Transport`]: requests and answers take their time, get lost, are repeated.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::future::LocalBoxFuture;
use instant_card::world::{Transport, TransportFailure, Upload, WentOut, WireRequest, WireResponse};

use crate::dice::Dice;
use crate::fault::Fault;
use crate::gateway::Gateway;
use crate::server::{Parcel, Sent, Server};
use crate::timeline::Timeline;
use crate::transcript::Transcript;
use crate::weather::{Fate, Weather};

/// The network as one tab has it.
pub(crate) struct Network {
    pub(crate) timeline: Rc<Timeline>,
    pub(crate) server: Rc<Server>,
    pub(crate) weather: Rc<Weather>,
    pub(crate) transcript: Rc<Transcript>,
    pub(crate) tab: usize,
    /// Where calls to a gateway go.
    pub(crate) gateway: Option<Rc<Gateway>>,
    /// Who is at it.
    pub(crate) who: Rc<Cell<u32>>,
    pub(crate) dice: RefCell<Dice>,
}

pub(crate) type Answer = Result<WireResponse, TransportFailure>;

/// An answer that somebody waits for.
#[derive(Default)]
struct Wanted {
    answer: RefCell<Option<Answer>>,
    waker: RefCell<Option<Waker>>,
    /// Nobody waits any more, or they have been answered.
    is_over: Cell<bool>,
}

impl Wanted {
    fn give(&self, server: &Server, number: usize, answer: Answer, is_true: bool) {
        if self.is_over.replace(true) {
            return;
        }
        server.journal.ends(number);
        server.saw(number, answer.as_ref().map_or(0, |answer| answer.status), is_true);
        *self.answer.borrow_mut() = Some(answer);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// Whoever lets go of it does not wait any more.
struct Waiting(Rc<Wanted>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.is_over.set(true);
    }
}

/// The longest that the server is at something after the client has been told that it is lost, in milliseconds: it is looked
/// up for 7.5 seconds, and for 31.5 after a time limit.
const LINGERS: u64 = 4_000;
const LINGERS_AFTER_WAITING: u64 = 20_000;
/// The shortest and the longest time limit of a call.
const LIMITS: (u64, u64) = (20_000, 60_000);

impl Network {
    /// Lets the server act in `delay`, and answers `after` that, where somebody is to be answered.
    fn deliver(&self, parcel: &Rc<Parcel>, wanted: &Rc<Wanted>, delay: u64, how: How) {
        let (parcel, wanted) = (parcel.clone(), wanted.clone());
        let (timeline, server, transcript) = (self.timeline.clone(), self.server.clone(), self.transcript.clone());
        let (tab, gateway) = (self.tab, self.gateway.clone().filter(|_| parcel.is_for_gateway));
        self.timeline.after(delay, move || {
            // What was given up before it was sent is not sent, mostly.
            if wanted.is_over.get() && how.dies_with_it {
                return;
            }
            if let Some(gateway) = gateway {
                return to_gateway(&gateway, &parcel, how, Back { timeline, server, transcript, wanted });
            }
            if how.expires
                && let Some(token) = &parcel.bearer
            {
                server.door.borrow_mut().expire_token(token);
            }
            let is_stray = wanted.is_over.get() || how.copies > 1;
            let answer = server.act(&parcel, timeline.now(), how.lies, is_stray);
            transcript.tell(timeline.now(), || {
                format!(
                    "  server, for tab {tab}: {} -> {}{}",
                    parcel.line(),
                    answer.status,
                    if is_stray { " (stray)" } else { "" }
                )
            });
            server.journal.comes(parcel.number, how.answer.map(|_| answer.status));
            let Some(after) = how.answer else { return };
            let number = parcel.number;
            let (answer, is_true) = how.spoil(answer);
            let server = server.clone();
            timeline.after(after, move || wanted.give(&server, number, answer, is_true));
        });
    }

    fn fail(&self, number: usize, wanted: &Rc<Wanted>, delay: u64, answer: Answer) {
        let (wanted, server) = (wanted.clone(), self.server.clone());
        self.timeline.after(delay, move || wanted.give(&server, number, answer, false));
    }

    /// It fails before the server has done anything.
    fn refuse(&self, number: usize, wanted: &Rc<Wanted>, delay: u64, answer: Answer) {
        let (server, status) = (self.server.clone(), answer.as_ref().map(|answer| answer.status).ok());
        self.timeline.after(delay, move || server.journal.comes(number, status));
        self.fail(number, wanted, delay, answer);
    }

    fn begin(&self, parcel: &Rc<Parcel>, wanted: &Rc<Wanted>, fate: Fate) {
        let Fate { fault, act, answer, is_prompt, mut dice, .. } = fate;
        let number = parcel.number;
        let plain = How { answer: Some(answer), dies_with_it: dice.percent(60), ..How::default() };
        match fault {
            None => self.deliver(parcel, wanted, act, plain),
            Some(Fault::LostBefore) => self.refuse(number, wanted, act, Err(TransportFailure)),
            Some(Fault::LostAfter) => {
                let lost = act.saturating_sub(dice.between(0, LINGERS)).max(1);
                let lost = if is_prompt || dice.percent(60) { act + answer } else { lost };
                self.deliver(parcel, wanted, act, How { answer: None, dies_with_it: false, ..plain });
                self.fail(number, wanted, lost, Err(TransportFailure));
            }
            Some(Fault::Late) => {
                let at = match dice.below(3) {
                    0 => act,
                    1 => dice.between(act, LIMITS.0),
                    // Long after a read or a change was given up, and not too long after what charges was.
                    _ => dice.between(LIMITS.0, LIMITS.1 + LINGERS_AFTER_WAITING),
                };
                let after = LIMITS.1 + dice.between(1, 60_000);
                self.deliver(parcel, wanted, at, How { answer: Some(after), dies_with_it: dice.percent(10), ..plain });
            }
            Some(Fault::Repeated(copies)) => {
                let how = How { copies, dies_with_it: false, ..plain };
                let mut at = act;
                for _ in 1..copies {
                    // The server may be longer at an earlier one.
                    let late = if !is_prompt && dice.percent(20) { dice.between(0, 3_000) } else { 0 };
                    self.deliver(parcel, wanted, at + late, How { answer: None, ..how });
                    at += if is_prompt { 0 } else { dice.between(1, 400) };
                }
                self.deliver(parcel, wanted, at, how);
            }
            Some(Fault::Server500) => {
                let body = r#"{"error":"Internal Server Error"}"#.to_owned();
                self.refuse(number, wanted, act, Ok(WireResponse::new(500, body)));
            }
            Some(Fault::Html502) => self.refuse(number, wanted, act, Ok(WireResponse::new(502, HTML))),
            Some(Fault::Empty504) => {
                self.deliver(parcel, wanted, act, How { answer: None, dies_with_it: false, ..plain });
                let given_up = if dice.percent(50) { act + answer } else { act.saturating_sub(LINGERS).max(1) };
                self.fail(number, wanted, given_up, Ok(WireResponse::new(504, "")));
            }
            Some(Fault::Gate(status)) => {
                let retry_after = u32::try_from(dice.between(1, 90)).ok().filter(|_| status == 429);
                let page = WireResponse { retry_after, ..WireResponse::new(status, HTML) };
                self.refuse(number, wanted, act, Ok(page));
            }
            Some(Fault::Expired) => self.deliver(parcel, wanted, act, How { expires: true, ..plain }),
            Some(Fault::Lie) => self.deliver(parcel, wanted, act, How { lies: true, ..plain }),
            Some(spoilt) => self.deliver(parcel, wanted, act, How { spoilt: Some(spoilt), ..plain }),
        }
    }
}

/// What an answer of the gateway's has to do with.
struct Back {
    timeline: Rc<Timeline>,
    server: Rc<Server>,
    transcript: Rc<Transcript>,
    wanted: Rc<Wanted>,
}

/// Brings it to the gateway, and its answer back.
fn to_gateway(gateway: &Gateway, parcel: &Rc<Parcel>, how: How, back: Back) {
    if how.expires {
        gateway.end_sessions();
    }
    let asked = parcel.clone();
    let was_over = back.server.visitors.is_over(parcel.asked());
    gateway.ask(
        parcel,
        Box::new(move |answer| {
            let Back { timeline, server, transcript, wanted } = back;
            let status = answer.as_ref().map_or(0, |answer| answer.status);
            transcript.tell(timeline.now(), || format!("  gateway: {} -> {status}", asked.line()));
            if let Some(answer) = &answer {
                server.mark(timeline.now() ^ (u64::from(status) << 32) ^ ((answer.body.len() as u64) << 42));
                server.visitors.answered(asked.asked(), status, &answer.body, was_over);
            }
            let Some(after) = how.answer else { return };
            let (answer, is_true) = match answer {
                Some(answer) => how.spoil(answer),
                None => (Err(TransportFailure), false),
            };
            let server = server.clone();
            timeline.after(after, move || wanted.give(&server, asked.number, answer, is_true));
        }),
    );
}

const HTML: &str = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";

/// How the server acts, and answers.
#[derive(Clone, Copy, Default)]
struct How {
    /// After how long; nobody hears of it where there is none.
    answer: Option<u64>,
    dies_with_it: bool,
    expires: bool,
    lies: bool,
    copies: u8,
    spoilt: Option<Fault>,
}

impl How {
    /// The answer as it arrives, and whether it is what the server has said.
    fn spoil(self, answer: WireResponse) -> (Answer, bool) {
        let WireResponse { status, mut body, retry_after } = answer;
        match self.spoilt {
            Some(Fault::Empty200) => body.clear(),
            Some(Fault::Html200) => body = HTML.to_owned(),
            Some(Fault::BadCharacter) => {
                let names = ["\"name\":\"", "\"value\":\"", "\"full_name\":\"", "\"description\":\""];
                if let Some(at) = names.iter().find_map(|name| Some(body.find(name)? + name.len())) {
                    body.insert_str(at, "\\ud83d\t");
                }
            }
            Some(Fault::BadEntries) if body.starts_with('[') => {
                let end = if body == "[]" { "" } else { "," };
                body.insert_str(1, &format!("null,{{\"name\":\"nobody\"}}{end}"));
            }
            Some(Fault::CutJson) => {
                let mut half = body.len() / 2;
                while !body.is_char_boundary(half) {
                    half -= 1;
                }
                body.truncate(half);
                body.push_str("{\"");
            }
            _ => {}
        }
        (Ok(WireResponse { status, body, retry_after }), self.spoilt.is_none() && !self.lies)
    }
}

impl Network {
    /// Sends a request on its way: what goes wrong with it, and its answer.
    pub(crate) fn carry(&self, mut parcel: Parcel) -> (Option<Fault>, LocalBoxFuture<'static, Answer>) {
        let tab = u32::try_from(self.tab).unwrap_or_default();
        let fate = self.weather.draw(self.timeline.now(), tab, parcel.method, parcel.operation);
        parcel.number = self.server.send(Sent {
            tab: self.tab,
            who: self.who.get(),
            operation: parcel.operation,
            seen: None,
            is_true: false,
        });
        let (number, fault) = (parcel.number, (fate.id, fate.fault));
        self.server.journal.sends(number, parcel.method_name(), parcel.target(), fault);
        self.transcript.tell(self.timeline.now(), || {
            let fault = fate.fault.map_or(String::new(), |fault| format!("  [{}]", fault.name()));
            format!("  tab {tab} sends {}{fault}", parcel.line())
        });
        let wanted = Rc::<Wanted>::default();
        let struck = fate.fault;
        self.begin(&Rc::new(parcel), &wanted, fate);
        let waiting = Waiting(wanted);
        let answer = poll_fn(move |cx| match waiting.0.answer.take() {
            Some(answer) => Poll::Ready(answer),
            None => {
                *waiting.0.waker.borrow_mut() = Some(cx.waker().clone());
                Poll::Pending
            }
        });
        (struck, Box::pin(answer))
    }
}

impl Transport for Network {
    fn send(&self, request: &WireRequest) -> LocalBoxFuture<'static, Answer> {
        self.carry(Parcel::of(0, request)).1
    }

    fn sleep(&self, milliseconds: u32) -> LocalBoxFuture<'static, ()> {
        self.timeline.sleep(milliseconds.into())
    }

    fn random(&self) -> u32 {
        if self.weather.is_prompt {
            return 0;
        }
        u32::try_from(self.dice.borrow_mut().next() >> 32).unwrap_or_default()
    }
}

impl Upload for Network {
    fn upload(&self, request: &WireRequest, went_out: WentOut) -> LocalBoxFuture<'static, Answer> {
        // A line by itself: whether it is slow is the weather's, and changes nothing of what else is drawn.
        let pace = self.weather.upload(self.tab);
        let Some(pace) = pace else { return self.send(request) };
        let (size, timeline) = (request.size(), self.timeline.clone());
        let answer = self.send(request);
        Box::pin(async move {
            let mut sent = 0;
            while sent < size {
                timeline.sleep(1_000).await;
                sent = size.min(sent + pace);
                went_out(sent, size);
            }
            answer.await
        })
    }
}
