//! What there is at a gateway only: sessions of one person's own card, where that card goes, and a key for each change.
//!
//! In `request` and `kiosk` mode the page's token is a statement of who the person is, signed by the site. The gateway gives a
//! session for it, once; all calls are then the session's. What makes calls ready for that is [`preparing`]; the rest of the client
//! knows nothing of it.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::client::{Call, Client, Credentials, read_response};
use super::endpoint::Endpoint;
use super::error::Error;
use super::form::Params;
use super::ids::CardId;
use super::json::{Flaw, Json, Node};
use super::line::{Line, Prepare, Prepared};
use super::model::OneOffAddress;
use super::renewal::Renewal;
use super::request::{Operation, Request, SLOW, WRITE};
use super::sending::{Terms, Way};
use super::wire;
use crate::world::Method::{Get, Post};
use crate::world::{Token, Transport, WireRequest};

const SESSION: Operation = Operation::new("session", Post, WRITE);
const CART: Operation = Operation::new("session.cart", Post, SLOW);
const ORDER: Operation = Operation::new("session.order", Post, SLOW);
const ORDERED: Operation = Operation::new("session.ordered", Get, SLOW);

/// What became of a card that a session has handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It is where it was to go, now or already.
    Done,
    /// There is too little balance for the order: it waits in the cart.
    BalanceLow,
    /// The gateway does not know. Asked again, it looks it up.
    Unknown,
}

impl Client {
    /// Puts a finalized card of the session's into the organization's cart. Called again, it is the same as once.
    pub fn session_cart(&self, card: CardId) -> Call<Placed> {
        let mut form = Params::new();
        form.add_number("card_id", card.0);
        self.call(Request::new(&CART, "session/cart").form(form), placed)
    }

    /// Orders a finalized card of the session's, to be mailed to `address`. Called again, it is the same as once.
    pub fn session_order(&self, card: CardId, address: &OneOffAddress) -> Call<Placed> {
        let mut form = Params::new();
        form.add_number("card_id", card.0);
        form.add("address[contact][full_name]", &address.full_name);
        form.add_some("address[organization_name]", &address.organization_name);
        form.add("address[address_1]", &address.address_1);
        form.add_some("address[address_2]", &address.address_2);
        form.add("address[city]", &address.city);
        form.add("address[state]", &address.state);
        form.add("address[zip_code]", &address.zip_code);
        form.add("address[country]", &address.country);
        self.call(Request::new(&ORDER, "session/order").form(form), placed)
    }
}

fn placed(node: &Node<'_>) -> Result<Placed, Flaw> {
    let result = node.member("result");
    match result.json.text() {
        Some("done" | "already") => Ok(Placed::Done),
        Some("balance-low") => Ok(Placed::BalanceLow),
        Some("unknown") => Ok(Placed::Unknown),
        _ => Err(result.flaw()),
    }
}

/// What a session says of the fields of a card, by token: texts that the site has put into the statement.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct SessionValues {
    /// What stands in these whatever the browser sends.
    pub locked: Vec<(String, String)>,
    /// What these begin with.
    pub prefill: Vec<(String, String)>,
}

/// Without the texts, which are a person's.
impl std::fmt::Debug for SessionValues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionValues")
    }
}

/// Hears what a session says, whenever one begins.
pub type HearSession = Rc<dyn Fn(SessionValues)>;

/// A session that goes on asking when its person is gone, and the page speaks of somebody else.
#[derive(Clone)]
pub struct Held {
    endpoint: Endpoint,
    transport: Rc<dyn Transport>,
    line: Rc<Line>,
    token: Token,
}

impl Held {
    /// The session of whom `given` speaks: what the page gives now.
    ///
    /// # Errors
    /// There is none.
    pub async fn of(
        endpoint: Endpoint,
        transport: Rc<dyn Transport>,
        line: Rc<Line>,
        given: Option<Token>,
    ) -> Result<Held, Error> {
        let prepare = line.prepare.get().ok_or(Error::Unreachable)?.clone();
        let token = prepare(endpoint.clone(), given).await?.bearer.ok_or(Error::SignInDismissed)?;
        Ok(Held { endpoint, transport, line, token })
    }

    /// Whether a card of the session's is ordered by now; none where the gateway cannot tell.
    pub async fn is_ordered(&self, card: CardId) -> Result<Option<bool>, Error> {
        let Request { path, .. } = Request::new(&ORDERED, "session/order").id(card.0);
        let url = self.endpoint.url(&path);
        let bearer = Some(self.token.clone());
        let mut wire = WireRequest { method: Get, url, bearer, key: None, form: None, apart: false };
        let terms = Terms { seconds: ORDERED.seconds, charges: false, has_photo: false };
        let way = Way { endpoint: self.endpoint.clone(), transport: self.transport.clone(), line: self.line.clone() };
        let response = way.send(&mut wire, terms).await?;
        let json = read_response(ORDERED.name, &response, &[self.token.as_str().to_owned()], None)?;
        let node = Node::root(&json);
        let result = node.member("result");
        match result.json.text() {
            Some("done") => Ok(Some(true)),
            Some("open") => Ok(Some(false)),
            Some("unknown") => Ok(None),
            _ => Err(Error::from_flaw(ORDERED.name, result.flaw())),
        }
    }
}

/// A statement, and the session that there is for it.
struct Opened {
    endpoint: Endpoint,
    statement: Token,
    session: Renewal,
}

/// What makes calls ready for a gateway. A statement is given once, for however many calls wait for its session.
pub fn preparing(transport: Rc<dyn Transport>, line: &Rc<Line>, hear: HearSession) -> Prepare {
    let opened = RefCell::<Option<Opened>>::default();
    let line = Rc::downgrade(line);
    Rc::new(move |endpoint: Endpoint, given| -> LocalBoxFuture<'static, _> {
        let key = key(&*transport);
        let Some(statement) = given.clone().filter(|_| endpoint.is_scoped()) else {
            return Box::pin(std::future::ready(Ok(Prepared { bearer: given, key })));
        };
        let mut opened = opened.borrow_mut();
        let is_there = |opened: &&mut Opened| opened.statement == statement && opened.endpoint == endpoint;
        let session = match opened.as_mut().filter(is_there) {
            Some(opened) => opened.session.clone(),
            None => {
                let (way, asked) = ((endpoint.clone(), transport.clone(), line.clone()), statement.clone());
                let hear = hear.clone();
                let session = Renewal::new(None, move || Box::pin(open(way.clone(), asked.clone(), hear.clone())));
                opened.replace(Opened { endpoint, statement, session: session.clone() });
                session
            }
        };
        Box::pin(async move {
            let token = match session.token() {
                Some(token) => token,
                None => session.renew(None).await?,
            };
            Ok(Prepared { bearer: Some(token), key })
        })
    })
}

/// Opens a session.
async fn open(
    (endpoint, transport, line): (Endpoint, Rc<dyn Transport>, std::rc::Weak<Line>),
    statement: Token,
    hear: HearSession,
) -> Result<Token, Error> {
    let line = line.upgrade().ok_or(Error::SignInDismissed)?;
    let url = endpoint.url("session");
    let key = Some(key(&*transport));
    let mut wire = WireRequest { method: Post, url, bearer: Some(statement), key, form: None, apart: false };
    let secrets: Vec<String> = wire.bearer.iter().map(|token| token.as_str().to_owned()).collect();
    let terms = Terms { seconds: SESSION.seconds, charges: false, has_photo: false };
    let response = Way { endpoint, transport, line }.send(&mut wire, terms).await?;
    let json = read_response(SESSION.name, &response, &secrets, None)?;
    let token = wire::token(&Node::root(&json)).map_err(|flaw| Error::from_flaw(SESSION.name, flaw))?;
    hear(SessionValues { locked: texts(json.get("locked")), prefill: texts(json.get("prefill")) });
    Ok(token)
}

/// The texts of an object, by their names.
fn texts(json: &Json) -> Vec<(String, String)> {
    let Json::Object(members) = json else { return Vec::new() };
    let texts = members.iter().filter_map(|(name, value)| Some((name.to_string(), value.text()?.to_owned())));
    texts.collect()
}

/// A key as the header has it: a text in quotes.
pub(super) fn key(transport: &dyn Transport) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut key = String::from("\"");
    for _ in 0..4 {
        let mut number = transport.random();
        for _ in 0..8 {
            key.push(char::from(DIGITS[(number & 15) as usize]));
            number >>= 4;
        }
    }
    key.push('"');
    key
}
