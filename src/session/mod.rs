//! Who is signed in: the token's life, and what happens when the server refuses it.
//!
//! The token is in memory only. When it expires, the page's provider is asked for another one; where there is none, and
//! the widget has a sign-in form, [`Session::asking`] turns true, the form comes up over the screen, and every call that
//! was refused waits for it and is then made again.

use std::cell::{Cell, OnceCell, RefCell};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures_util::future::{Either, LocalBoxFuture, pending, select};
use leptos::prelude::{Notify, Track};
use leptos::reactive::signal::ArcTrigger;

use crate::api::{Client, Credentials, Endpoint, Error, Line, OnTheWay, Renewal};
use crate::world::{Token, Transport};

/// Where a page gets its users' tokens from: `None` when it has none to give. One that cannot be sent ([`is_usable`]) is none.
pub type Provider = Rc<dyn Fn() -> LocalBoxFuture<'static, Option<String>>>;

/// Who is signed in, and the client that speaks for them. Clones share one state.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

/// How long the page is waited for, in seconds: whoever waits is told before half a minute is over.
const PATIENCE: u32 = 25;

struct Inner {
    renewal: Renewal,
    ways: Rc<Ways>,
    line: Rc<Line>,
    on_the_way: Rc<Followed<OnTheWay>>,
    endpoint: RefCell<Option<Endpoint>>,
}

type Renew = fn(Rc<Ways>) -> LocalBoxFuture<'static, Result<Token, Error>>;

/// The ways to a new token.
struct Ways {
    transport: OnceCell<Rc<dyn Transport>>,
    /// How a token is got: nobody needs one before there is a way to the server.
    renew: Cell<Option<Renew>>,
    provider: RefCell<Option<Provider>>,
    /// What the provider was asked and has not answered: what comes late counts as well.
    asked: RefCell<Vec<LocalBoxFuture<'static, Option<String>>>>,
    by_form: Cell<bool>,
    /// Whether whoever gives tokens is still on their way.
    is_expecting: Cell<bool>,
    /// Whether the token came of the form, now or before a reload.
    from_form: Cell<bool>,
    asking: Rc<Asking>,
}

/// Whether calls are waiting for a person to sign in; effects may follow it.
pub type Asking = Followed<bool>;

/// Something of the session's that effects may follow.
#[derive(Default)]
pub struct Followed<T> {
    now: Cell<T>,
    changed: ArcTrigger,
}

impl<T: Copy + PartialEq> Followed<T> {
    /// How it is; the effect that asks runs again when it changes.
    pub fn get(&self) -> T {
        self.changed.track();
        self.now.get()
    }

    /// The same, for whoever does not follow it.
    pub fn get_untracked(&self) -> T {
        self.now.get()
    }

    fn set(&self, now: T) {
        if self.now.replace(now) != now {
            self.changed.notify();
        }
    }
}

impl Default for Session {
    fn default() -> Session {
        Session::new()
    }
}

impl Session {
    /// A session that is signed out, and has no way to the server yet.
    pub fn new() -> Session {
        let ways = Rc::new(Ways {
            transport: OnceCell::new(),
            renew: Cell::new(None),
            provider: RefCell::default(),
            asked: RefCell::default(),
            by_form: Cell::new(false),
            is_expecting: Cell::new(false),
            from_form: Cell::new(false),
            asking: Rc::default(),
        });
        let renewal = Renewal::new(None, {
            let ways = ways.clone();
            move || match ways.renew.get() {
                Some(renew) => renew(ways.clone()),
                None => Box::pin(pending()),
            }
        });
        let on_the_way = Rc::<Followed<OnTheWay>>::default();
        let heard = on_the_way.clone();
        let line = Rc::new(Line::new(move |now| heard.set(now)));
        Session(Rc::new(Inner { renewal, ways, line, on_the_way, endpoint: RefCell::default() }))
    }

    /// Gives the session its way to the server, once. It is not needed before somebody signs in.
    pub fn connect(&self, transport: Rc<dyn Transport>) {
        self.0.ways.transport.get_or_init(|| transport);
        self.0.ways.renew.set(Some(|ways| Box::pin(renew(ways))));
    }

    /// The way to the server, once there is one.
    pub fn transport(&self) -> Option<Rc<dyn Transport>> {
        self.0.ways.transport.get().cloned()
    }

    /// Whether calls are waiting for a person to sign in again.
    pub fn asking(&self) -> Rc<Asking> {
        self.0.ways.asking.clone()
    }

    /// How what is on its way fares, where it takes a while.
    pub fn on_the_way(&self) -> Rc<Followed<OnTheWay>> {
        self.0.on_the_way.clone()
    }

    /// The way to the server, as clients share it.
    pub fn line(&self) -> Rc<Line> {
        self.0.line.clone()
    }

    /// Puts the API at `endpoint`. True when it was at another one before, whose token is forgotten: it must not reach
    /// a server that did not give it.
    pub fn set_endpoint(&self, endpoint: Endpoint) -> bool {
        let moved = match &*self.0.endpoint.borrow() {
            Some(before) if *before == endpoint => return false,
            before => before.is_some(),
        };
        if moved {
            self.forget();
        }
        self.0.line.forget();
        self.0.endpoint.replace(Some(endpoint));
        moved
    }

    /// Whether somebody is waited for who gives tokens, where nobody does yet ([`Session::set_provider`]).
    pub fn set_expecting(&self, is_expecting: bool) {
        self.0.ways.is_expecting.set(is_expecting);
    }

    /// They have come, whether they give any or not: whoever waits goes on.
    pub fn stop_expecting(&self) {
        if self.0.ways.is_expecting.replace(false) {
            self.0.renewal.restart();
        }
    }

    /// Whether a person may be asked to sign in with a form.
    pub fn set_by_form(&self, by_form: bool) {
        self.0.ways.by_form.set(by_form);
    }

    /// The page's provider of tokens. Whoever waits for another one goes on with this one, which is asked at once.
    pub fn set_provider(&self, provider: Option<Provider>) {
        let is_there = provider.is_some();
        self.0.ways.provider.replace(provider);
        self.0.ways.asked.take();
        if is_there {
            self.0.renewal.restart();
        }
    }

    /// Whether it is this provider that is asked.
    pub fn is_asking_of(&self, provider: &Provider) -> bool {
        self.0.ways.provider.borrow().as_ref().is_some_and(|asked| Rc::ptr_eq(asked, provider))
    }

    /// The page's token; none signs out.
    pub fn set_token(&self, token: Option<String>) {
        self.0.ways.settle();
        self.0.renewal.set(token.filter(is_usable).map(Token::new));
    }

    /// Waits for what the page was asked for and has not answered in time. False where it has no token to give, or was not
    /// asked.
    pub async fn late_token(&self) -> bool {
        let ways = self.0.ways.clone();
        let token = poll_fn(move |cx| ways.poll_asked(cx)).await;
        let is_there = token.is_some();
        if is_there {
            self.set_token(token);
        }
        is_there
    }

    /// Whether there is a token, or somebody to ask for one without a form.
    pub fn has_access(&self) -> bool {
        self.0.renewal.token().is_some() || self.0.ways.provider.borrow().is_some()
    }

    /// The client, once there are an endpoint and a way to it.
    pub fn client(&self) -> Option<Client> {
        let (endpoint, transport) = (self.0.endpoint.borrow().clone()?, self.0.ways.transport.get()?.clone());
        Some(Client::new(endpoint, transport, Rc::new(self.0.renewal.clone()), self.0.line.clone()))
    }

    /// Signs in. Calls that waited for it go on.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] on a wrong email or password; whatever else a call can fail with.
    pub async fn sign_in(&self, email: &str, password: &str) -> Result<(), Error> {
        let client = self.client().ok_or(Error::Unreachable)?;
        let token = client.authenticate(email, password).await?;
        self.go_on_with(token);
        Ok(())
    }

    /// Goes on with a token that came of the form.
    pub fn go_on_with(&self, token: Token) {
        self.0.ways.settle();
        self.0.ways.from_form.set(true);
        self.0.renewal.set(Some(token));
    }

    /// The token in force.
    pub fn token(&self) -> Option<Token> {
        self.0.renewal.token()
    }

    /// The same, where it came of the form: the page's own is for the page to keep.
    pub fn form_token(&self) -> Option<Token> {
        self.token().filter(|_| self.0.ways.from_form.get())
    }

    /// The person does not want to sign in now: what waited fails with [`Error::SignInDismissed`].
    pub fn dismiss(&self) {
        self.0.ways.asking.set(false);
        self.0.renewal.dismiss(Error::SignInDismissed);
    }

    /// Somebody else is there, of whom the page has another token: it is asked for one with their first call.
    pub fn next_visitor(&self) {
        if self.0.ways.provider.borrow().is_some() {
            self.0.renewal.set(None);
        }
    }

    /// Forgets the token.
    pub fn forget(&self) {
        self.dismiss();
        self.0.ways.asked.take();
        self.0.renewal.set(None);
    }
}

impl Ways {
    /// There is a token: nobody is to be asked for one, and what the page still answers is for nobody.
    fn settle(&self) {
        self.asked.take();
        self.asking.set(false);
        self.from_form.set(false);
    }

    /// The first token that the page answers with; none once it has answered everything without one.
    fn poll_asked(&self, cx: &mut Context<'_>) -> Poll<Option<String>> {
        let mut asked = self.asked.borrow_mut();
        let mut token = None;
        asked.retain_mut(|answer| match answer.as_mut().poll(cx) {
            Poll::Ready(answer) => {
                token = token.take().or(answer.filter(is_usable));
                false
            }
            Poll::Pending => true,
        });
        if token.is_none() && !asked.is_empty() {
            return Poll::Pending;
        }
        asked.clear();
        Poll::Ready(token)
    }

    /// Asks the page for a token, for so long as one may wait for it.
    async fn ask_page(&self, provider: Provider) -> Result<Option<String>, Error> {
        // What was asked for before may have come meanwhile.
        let before = poll_fn(|cx| Poll::Ready(self.poll_asked(cx))).await;
        if let Poll::Ready(Some(token)) = before {
            return Ok(Some(token));
        }
        let answer = provider();
        self.asked.borrow_mut().push(answer);
        let answered = poll_fn(|cx| self.poll_asked(cx));
        let Some(transport) = self.transport.get() else { return Ok(answered.await) };
        match select(answered, transport.sleep(PATIENCE * 1000)).await {
            Either::Left((token, _)) => Ok(token),
            Either::Right(_) => Err(Error::ProviderSilent { seconds: PATIENCE }),
        }
    }
}

/// Whether a text can be a token: a header takes no line ends, and no other letters. It is not to be told as the server's refusal
/// that such a one was never sent.
#[allow(clippy::ptr_arg, reason = "it filters texts")]
fn is_usable(token: &String) -> bool {
    !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic())
}

async fn renew(ways: Rc<Ways>) -> Result<Token, Error> {
    let by_form = ways.by_form.get();
    let provider = ways.provider.borrow().clone();
    if let Some(provider) = provider {
        match ways.ask_page(provider).await {
            Ok(Some(token)) => {
                ways.settle();
                return Ok(Token::new(token));
            }
            // The form is a way on where the page is none.
            _ if by_form => {}
            Ok(None) => return Err(Error::NoToken),
            Err(silent) => return Err(silent),
        }
    }
    if !by_form && !ways.is_expecting.get() {
        return Err(Error::Unauthorized { words: Vec::new() });
    }
    ways.asking.set(by_form);
    // The form ends this by setting a token, or by being dismissed; the page, by answering after all; who is expected, by coming.
    match poll_fn(|cx| ways.poll_asked(cx)).await {
        Some(token) => {
            ways.settle();
            Ok(Token::new(token))
        }
        None => pending().await,
    }
}

#[cfg(test)]
mod tests;
