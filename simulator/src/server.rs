//! The sandbox behind its door, and a record of everything that was sent and done, for the judge.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use http_body_util::Full;
use instant_card::world::{Method, WireRequest, WireResponse};
use percent_encoding::percent_decode_str;
use sandbox::door::{Door, DoorRequest};

use crate::dice::mixed;
use crate::effect::{Before, Effect};
use crate::journal::Journal;
use crate::multipart;
use crate::operation::Operation;
use crate::places::{GATEWAY_BASE, ORIGIN};
use crate::visitors::{Asked, Visitors};

/// What the gateway sends is nobody's in particular: it stands for a tab of its own.
pub(crate) const GATEWAY: usize = 8;

/// A request as it is on its way.
pub(crate) struct Parcel {
    pub(crate) number: usize,
    pub(crate) method: Method,
    pub(crate) operation: Operation,
    path: String,
    pub(crate) bearer: Option<String>,
    key: Option<String>,
    form: Option<Vec<(Cow<'static, str>, String)>>,
    /// Whether it goes to the gateway, and not to the vendor.
    pub(crate) is_for_gateway: bool,
}

impl Parcel {
    /// Whoever stands in for the server hands it on.
    pub(crate) fn of(number: usize, request: &WireRequest) -> Parcel {
        let path = path_of(&request.url);
        let form = |form: &Vec<(&'static str, String)>| {
            form.iter().map(|(name, value)| (Cow::Borrowed(*name), value.clone())).collect()
        };
        Parcel {
            number,
            method: request.method,
            operation: Operation::of(request.method, &path),
            path,
            bearer: request.bearer.as_ref().map(|token| token.as_str().to_owned()),
            key: request.key.clone(),
            form: request.form.as_ref().map(form),
            is_for_gateway: request.url.starts_with(GATEWAY_BASE),
        }
    }

    /// What the gateway asks of the vendor. None where that is none of the API's.
    pub(crate) fn of_gateway(head: &Parts, body: &[u8]) -> Option<Parcel> {
        let method = match head.method.as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            _ => return None,
        };
        let path = head.uri.path_and_query()?.as_str().to_owned();
        let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
        let form = header("content-type").and_then(|kind| multipart::read(kind, std::str::from_utf8(body).ok()?));
        let form = form.map(|parts| parts.into_iter().map(|(name, value)| (Cow::Owned(name), value)).collect());
        let bearer = header("authorization").and_then(|value| Some(value.split_once(' ')?.1.to_owned()));
        let operation = Operation::of(method, &path);
        Some(Parcel { number: 0, method, operation, path, bearer, key: None, form, is_for_gateway: false })
    }

    /// What is asked of a gateway, and by whose session.
    pub(crate) fn asked(&self) -> Asked<'_> {
        let is_id = |(name, _): &&(Cow<'static, str>, String)| name == "card_id";
        let card_id = self.form.iter().flatten().find(is_id).map(|(_, value)| value.as_str());
        let (bearer, key) = (self.bearer.as_deref(), self.key.as_deref());
        Asked { method: self.method, path: &self.path, bearer, card_id, key }
    }

    /// As it comes to the gateway.
    pub(crate) fn request(&self) -> Request<Full<Bytes>> {
        let path = self.path.replacen("/api/v2/", "/own/", 1);
        let mut request = Request::builder().method(self.method_name()).uri(path).header("origin", ORIGIN);
        if let Some(token) = &self.bearer {
            request = request.header("authorization", ["bearer ", token].concat());
        }
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        let body = match &self.form {
            None => Bytes::new(),
            Some(parts) => {
                let (kind, body) = multipart::write(parts, self.number);
                request = request.header("content-type", kind);
                body.into()
            }
        };
        // Its parts were taken from such a request.
        request.body(Full::new(body)).unwrap_or_default()
    }

    /// The path with its query.
    pub(crate) fn target(&self) -> &str {
        &self.path
    }

    pub(crate) fn method_name(&self) -> &'static str {
        name_of(self.method)
    }

    pub(crate) fn line(&self) -> String {
        format!("{:?} {}", self.method, self.path.trim_start_matches("/api/v2/organizations/20003827")).to_uppercase()
    }
}

/// The path at the vendor's server, whichever way it goes there.
fn path_of(url: &str) -> String {
    const BASE: &str = "/api/v2/";
    if let Some((_, target)) = url.split_once("?url=") {
        return path_of(&percent_decode_str(target).decode_utf8_lossy());
    }
    if let Some(rest) = url.strip_prefix(GATEWAY_BASE) {
        return [BASE, rest].concat();
    }
    match (url.find(BASE), url.split_once("/instantcard/")) {
        (Some(place), _) => url.get(place..).unwrap_or_default().to_owned(),
        (None, Some((_, rest))) => [BASE, rest].concat(),
        (None, None) => url.to_owned(),
    }
}

/// A request that was sent, once, however often the browser repeats it.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) tab: usize,
    /// Who was at it.
    pub(crate) who: u32,
    pub(crate) operation: Operation,
    /// The status that the client has seen; 0 where nothing came.
    pub(crate) seen: Option<u16>,
    /// Whether what was seen is what the server had said.
    pub(crate) is_true: bool,
}

/// What was charged.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Charged {
    Job { job: u64, cards: Vec<u64>, copies: u64, provider: Option<u64>, ship_to: String },
    Payment { cents: i64 },
}

/// Something that the server has done.
#[derive(Clone, Debug)]
pub(crate) struct Act {
    /// For which request.
    pub(crate) sent: usize,
    /// When, in milliseconds since the walk began.
    pub(crate) at: u64,
    pub(crate) status: u16,
    pub(crate) is_lie: bool,
    /// Whether whoever asked for it can not have heard that it was done now: they have gone, or it is one of several.
    pub(crate) is_stray: bool,
    pub(crate) charged: Option<Charged>,
    pub(crate) lost_provider: bool,
    /// The card that was made.
    pub(crate) made: Option<u64>,
    /// What became of something that was there.
    pub(crate) effect: Option<Effect>,
}

/// The server.
pub(crate) struct Server {
    pub(crate) door: RefCell<Door>,
    pub(crate) sends: RefCell<Vec<Sent>>,
    pub(crate) acts: RefCell<Vec<Act>>,
    pub(crate) journal: Journal,
    /// Everything that was said, in a number.
    pub(crate) hash: Cell<u64>,
    /// Who has reached which card by the gateway.
    pub(crate) visitors: Visitors,
    start: u64,
}

impl Server {
    pub(crate) fn new(door: Door) -> Server {
        let start = door.now_ms();
        Server {
            door: RefCell::new(door),
            sends: RefCell::default(),
            acts: RefCell::default(),
            journal: Journal::default(),
            hash: Cell::new(0),
            visitors: Visitors::default(),
            start,
        }
    }

    /// When the walk began, in milliseconds since 1970.
    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    pub(crate) fn mark(&self, number: u64) {
        self.hash.set(mixed(self.hash.get() ^ number));
    }

    pub(crate) fn send(&self, sent: Sent) -> usize {
        let mut sends = self.sends.borrow_mut();
        sends.push(sent);
        sends.len() - 1
    }

    /// The client has seen an answer, or that there is none.
    pub(crate) fn saw(&self, number: usize, status: u16, is_true: bool) {
        if let Some(sent) = self.sends.borrow_mut().get_mut(number) {
            sent.seen = Some(status);
            sent.is_true = is_true;
        }
    }

    /// Does what is asked, or with `lie` only says so.
    pub(crate) fn act(&self, parcel: &Parcel, now: u64, lie: bool, is_stray: bool) -> WireResponse {
        let mut door = self.door.borrow_mut();
        door.set_now_ms(self.start + now);
        let form: Option<Vec<(&str, &str)>> =
            parcel.form.as_ref().map(|form| form.iter().map(|(name, value)| (&**name, value.as_str())).collect());
        let bearer = parcel.bearer.as_deref();
        let request =
            DoorRequest { method: parcel.method_name(), path_and_query: &parcel.path, bearer, form: form.as_deref() };
        let told = if lie { instead(parcel) } else { None };
        let (charges, entries, lost) = (door.charges().count(), door.ledger().count(), door.lost_providers().len());
        let before = Before::of(&door, parcel.operation);
        let answer = match &told {
            Some(Instead::Reads(path)) => {
                door.request(DoorRequest { method: "GET", path_and_query: path, bearer, form: None })
            }
            Some(Instead::Says(body)) => sandbox::door::DoorAnswer { status: 200, body: (*body).to_owned() },
            None => door.request(request),
        };
        let charged = match parcel.operation {
            Operation::Print(id) if door.charges().count() > charges => door.job(id).map(|job| {
                let mut cards = job.cards.to_vec();
                cards.sort_unstable();
                Charged::Job { job: id, cards, copies: job.copies, provider: job.provider, ship_to: job.ship_to }
            }),
            Operation::AddFunds if door.ledger().count() > entries => {
                door.ledger().next_back().map(|entry| Charged::Payment { cents: entry.cents })
            }
            _ => None,
        };
        let lost_provider = door.lost_providers().len() > lost;
        // Numbers ascend, and none is given twice.
        let made = (parcel.operation == Operation::CreateCard && answer.status == 200)
            .then(|| door.cards().map(|card| card.id).max())
            .flatten();
        self.mark(now ^ (u64::from(answer.status) << 32) ^ ((answer.body.len() as u64) << 42));
        self.acts.borrow_mut().push(Act {
            sent: parcel.number,
            at: now,
            status: answer.status,
            is_lie: told.is_some(),
            is_stray,
            charged,
            lost_provider,
            made,
            effect: before.and_then(|before| before.effect(&door)),
        });
        WireResponse::new(answer.status, answer.body)
    }
}

enum Instead {
    Reads(String),
    Says(&'static str),
}

/// What a server says that has done nothing of what it was asked for.
fn instead(parcel: &Parcel) -> Option<Instead> {
    const ORGANIZATION: &str = "/api/v2/organizations/20003827";
    match parcel.operation {
        Operation::Patch(job) | Operation::Add(job) | Operation::Print(job) => {
            Some(Instead::Reads(format!("{ORGANIZATION}/print_jobs/{job}")))
        }
        Operation::Finalize(card) => Some(Instead::Reads(format!("{ORGANIZATION}/cards/{card}"))),
        Operation::Remove(..) => Some(Instead::Says("true")),
        _ => None,
    }
}

fn name_of(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Patch => "PATCH",
        Method::Delete => "DELETE",
    }
}
