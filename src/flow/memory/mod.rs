//! What outlives a reload of the page (`remember="session"`, not in a kiosk): who has signed in with the form, where they are, and
//! what they have typed into the card in work. It is in the tab's own storage, and goes with the tab.
//!
//! It is in a WASM file of its own, fetched for a page that wants it ([`super::app::Loader`]). [`returning`] is
//! what happens when somebody comes back to a card.

mod returning;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, Either, select};
use leptos::prelude::on_cleanup;

use super::app::App;
use super::card::{CardFlow, Stage};
use super::context::Context;
use super::places;
use super::screen::{DeskPage, Screen};
use crate::api::Error;
use crate::domain::config::{Config, EndsWith, Mode};
use crate::domain::draft::Draft;
use crate::domain::remembered::{Person, Remembered, RememberedCard, mark};
use crate::reactive::state;
use crate::world::{TabStore, Token};

/// What every key of ours begins with.
const PREFIX: &str = "instant-card:";
/// So many milliseconds another tab has to say that this one is its copy.
const COPY: u32 = 250;

/// What somebody is told who goes on with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Its draft is no longer at the server: it becomes a new card.
    Gone,
    /// It may be finalized already.
    Sent,
    /// The template has other fields by now.
    OtherFields,
    /// It was ordered meanwhile, and is not gone on with.
    Ordered,
    /// It was on its way to the cart or to an order, and is not gone on with.
    OnItsWay,
    /// Its template is no longer there, and so it is not gone on with.
    NoTemplate,
}

/// How far it is with a card that somebody has come back to.
#[derive(Clone, Debug, Default)]
pub enum Returning {
    /// There is none.
    #[default]
    No,
    /// They are asked whether they want to go on with it.
    Asked,
    /// It is looked what of it is there.
    Looking,
    /// That did not come about.
    Failed(Error),
    /// It is in work again, or not, and there is something to say of it.
    Told(Vec<Note>),
}

state! {
    /// What outlives a reload. Copied freely: it is a handle.
    pub struct Memory from places::MEMORY, places::ROOM; {
        /// How far it is with a card that somebody has come back to.
        pub returning: Returning = Returning::No;
        /// The account that is signed in, as a mark, once that is known.
        account: u64 = 0;
        kept: Rc<Inner> = Rc::default();
    }
}

#[derive(Default)]
struct Inner {
    store: OnceCell<Rc<dyn TabStore>>,
    /// What the page knows of the person, in whatever form.
    given: OnceCell<Rc<dyn Fn() -> String>>,
    /// Under which key this widget keeps what it remembers.
    claim: RefCell<Option<Claim>>,
    /// Whether it was read what there was.
    is_read: Cell<bool>,
    /// What was found, and not yet decided on.
    found: RefCell<Option<Remembered>>,
    /// Whether somebody is signed in.
    is_in: Cell<bool>,
    /// What was kept last.
    last: RefCell<Option<String>>,
    /// The token whose account was asked for.
    asked_for: Cell<u64>,
    task: RefCell<Option<AbortHandle>>,
}

/// A key that no other widget of the page has.
struct Claim {
    of: u64,
    key: String,
    store: Rc<dyn TabStore>,
}

impl Claim {
    /// For a widget that is set up so: two that are set up alike have two keys, in the order in which they asked.
    fn new(of: u64, store: Rc<dyn TabStore>) -> Claim {
        let mut number = 0_u32;
        loop {
            let key = [PREFIX, &of.to_string(), "-", &number.to_string()].concat();
            if store.take_key(&key) {
                return Claim { of, key, store };
            }
            number += 1;
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.store.give_back_key(&self.key);
    }
}

impl App {
    /// What outlives a reload, made when it is first asked for.
    pub fn memory(self) -> Memory {
        let memory = Memory(self.cx().row());
        if memory.returning().is_gone() {
            self.cx().keep(|| {
                memory.begin();
                let inner = send_wrapper::SendWrapper::new(memory.inner());
                on_cleanup(move || drop(inner.claim.take()));
            });
        }
        memory
    }
}

impl Memory {
    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Everything of the widget.
    pub fn app(self) -> App {
        App::of(self.0)
    }

    fn card(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// Gives it the tab's storage, once, and a way to what the page knows of the person.
    pub fn connect(self, store: Rc<dyn TabStore>, given: Rc<dyn Fn() -> String>) {
        let inner = self.inner();
        inner.given.get_or_init(|| given);
        inner.store.get_or_init(|| store);
    }

    /// Whether it has that.
    pub fn is_connected(self) -> bool {
        self.store().is_some()
    }

    /// Goes on with what there is: signs in whoever was before the page was loaded again; and once they are, with what they were at.
    pub fn go_on_remembering(self) {
        if self.app().recalled().get_untracked() {
            return self.arrive();
        }
        self.recall();
        self.app().recalled().set(true);
        self.app().start();
    }

    fn store(self) -> Option<Rc<dyn TabStore>> {
        self.inner().store.get().cloned()
    }

    /// Whether there were pictures on the card that somebody has come back to: they have to be added again.
    pub fn had_pictures(self) -> bool {
        let inner = self.inner();
        let found = inner.found.borrow();
        found.as_ref().and_then(|found| found.card.as_ref()).is_some_and(|card| card.has_pictures)
    }

    /// Somebody may have been signed in before a reload: then they are again, unless the page itself says who it is.
    fn recall(self) {
        self.read();
        let session = self.cx().session();
        let token = self.inner().found.borrow().as_ref().and_then(|found| found.token.clone());
        if let Some(token) = token.map(Token::new).filter(Token::is_sendable)
            && !session.has_access()
            && self.cx().mode() == Mode::Portal
        {
            session.go_on_with(token);
        }
    }

    /// Reads what there is, once for each way in which the widget is set up.
    fn read(self) {
        let inner = self.inner();
        let Some(key) = self.key() else { return };
        if inner.is_read.replace(true) {
            return;
        }
        let text = self.store().and_then(|store| store.get(&key));
        let found = text.as_deref().and_then(Remembered::of);
        if let (Some(_), None, Some(store)) = (&text, &found, self.store()) {
            // Another version's, or anybody's.
            store.remove(&key);
        }
        inner.found.replace(found);
    }

    /// Under which key it is kept; none where nothing is.
    fn key(self) -> Option<String> {
        let config = self.cx().config().get_untracked().filter(Config::remembers);
        let inner = self.inner();
        let mut claim = inner.claim.borrow_mut();
        let of = config.as_ref().map(set_up);
        if claim.as_ref().map(|claim| claim.of) != of {
            // What was kept for it before is kept for it elsewhere from now on.
            if let (Some(before), Some(store)) = (claim.take(), self.store()) {
                store.remove(&before.key);
            }
            inner.is_read.set(false);
            inner.found.take();
            inner.last.take();
            *claim = of.zip(self.store()).map(|(of, store)| Claim::new(of, store));
        }
        claim.as_ref().map(|claim| claim.key.clone())
    }

    /// Somebody is signed in, and the templates are there: whoever has come back to a card is asked whether to go on with it.
    fn arrive(self) {
        self.read();
        self.keep();
        let inner = self.inner();
        if inner.found.borrow().is_none() {
            return;
        }
        let task = self.cx().spawn(Box::pin(async move {
            let is_copy = match (self.store(), self.inner().found.borrow().as_ref()) {
                (Some(store), Some(Remembered { card: Some(_), .. })) => Some(store.is_copy()),
                _ => None,
            };
            // What another tab is at work with is not for this one.
            if let Some(is_copy) = is_copy
                && let Either::Left(_) = select(is_copy, Box::pin(self.cx().sleep(COPY))).await
            {
                return self.leave_alone();
            }
            if !self.is_theirs() {
                self.ask_for_account().await;
            }
            if !self.is_theirs() {
                return self.leave_alone();
            }
            let inner = self.inner();
            let found = inner.found.borrow().clone();
            match found {
                Some(Remembered { card: Some(_), .. }) => self.show(Returning::Asked),
                Some(found) => {
                    inner.found.take();
                    self.go_to(found.screen);
                    self.keep();
                }
                None => {}
            }
        }));
        self.set_going(task);
    }

    fn set_going(self, task: AbortHandle) {
        if let Some(before) = self.inner().task.replace(Some(task)) {
            before.abort();
        }
    }

    fn show(self, returning: Returning) {
        self.returning().set(returning);
        let asks = self.app().asks_back();
        asks.set(Some(asks.get_untracked().unwrap_or(0) + 1));
    }

    /// What was found is nobody's here, and whatever is in work takes its place.
    fn leave_alone(self) {
        self.inner().found.take();
        self.keep();
    }

    /// Whether what was found is of whoever is signed in.
    fn is_theirs(self) -> bool {
        self.inner().found.borrow().as_ref().is_some_and(|found| found.person.is(self.person()))
    }

    /// Who is signed in, as far as one can know.
    fn person(self) -> Person {
        let token = self.cx().session().token();
        let given = self.inner().given.get().map(|given| given()).unwrap_or_default();
        Person {
            token: token.as_ref().map_or(0, |token| mark([token.as_str()])),
            account: self.account().get_untracked(),
            given: mark([given.as_str()]),
        }
    }

    /// Asks the server whose token it is.
    async fn ask_for_account(self) {
        let person = self.person();
        self.inner().asked_for.set(person.token);
        self.account().set(0);
        let Ok((client, organization)) = self.cx().client() else { return };
        // Where it does not tell, it is known by the token alone.
        let Ok(profile) = client.profile().await else { return };
        let id = profile.id.map(|id| id.to_string()).unwrap_or_default();
        let email = profile.email.unwrap_or_default();
        if self.person().token == person.token && (!id.is_empty() || !email.is_empty()) {
            self.account().set(mark([id.as_str(), &email, &organization.to_string()]));
        }
    }

    /// Keeps what there is to be kept now. What it reads is followed, by whoever calls it in an effect.
    pub fn keep(self) {
        let (cx, card, app) = (self.cx(), self.card(), self.app());
        cx.config().with(|_| ());
        card.draft().with(|_| ());
        card.remembered().with(|_| ());
        cx.session().asking().get();
        let (organization, screen) = (cx.organization().get(), cx.screen().get());
        let inner = self.inner();
        let Some(store) = self.store() else { return };
        if app.begins_anew().get() {
            // The page has said so, whether or not somebody was asked.
            app.begins_anew().set(false);
            self.forget_card();
        }
        let Some(key) = self.key() else { return card.remembered().set(false) };
        if organization.is_none() {
            // Whoever was signed in has left: nothing of theirs is for the next one, wherever on this site it was typed.
            if inner.is_in.replace(false) {
                store.remove(PREFIX);
                inner.found.take();
                inner.last.take();
                self.account().set(0);
                self.returning().set(Returning::No);
                app.asks_back().set(None);
                card.remembered().set(false);
            }
            return;
        }
        inner.is_in.set(true);
        // Not over what was found, as long as nobody has decided on it.
        if !inner.is_read.get() || inner.found.borrow().is_some() {
            return;
        }
        let person = self.person();
        if person.token != inner.asked_for.get() {
            inner.asked_for.set(person.token);
            cx.spawn(Box::pin(async move {
                self.ask_for_account().await;
                self.keep();
            }));
        }
        let text = Remembered {
            token: cx.session().form_token().map(|token| token.as_str().to_string()),
            person: self.person(),
            screen: screen.number(),
            card: self.card_in_work(screen),
        }
        .to_text();
        if inner.last.borrow().as_ref() != Some(&text) {
            let is_kept = store.put(&key, &text);
            if !is_kept {
                // What stands there is no longer so.
                store.remove(&key);
            }
            inner.last.replace(is_kept.then_some(text));
            // A card that is corrected is opened anew, as the server has it.
            let remembered = is_kept && !self.is_corrected();
            if card.remembered().get_untracked() != remembered {
                card.remembered().set(remembered);
            }
        }
    }

    /// What is to be remembered of the card in work: nothing of one that has come to its end.
    fn card_in_work(self, screen: Screen) -> Option<RememberedCard> {
        let (card, goes_on) = (self.card(), self.card().ends_with().goes_on());
        let stage = card.stage();
        card.draft().with_untracked(|draft| {
            let draft = draft.as_ref()?;
            let is_over = draft.is_finalized() || stage == Some(Stage::Ended);
            if screen == Screen::Done || (is_over && !goes_on) || self.is_corrected() {
                return None;
            }
            let kept = RememberedCard::of(draft, is_over || stage == Some(Stage::Sent));
            (kept.number.is_some() || draft.is_unsaved()).then_some(kept).filter(RememberedCard::is_worth_it)
        })
    }

    /// Whether the card in work was there before: the page, or staff, have had it opened.
    fn is_corrected(self) -> bool {
        let by_page = |config: &Option<Config>| config.as_ref().is_some_and(|config| config.card.is_some());
        let was_there = |draft: &Option<Draft>| draft.as_ref().is_some_and(|draft| draft.corrected().is_some());
        self.cx().config().with_untracked(by_page) || self.card().draft().with_untracked(was_there)
    }

    fn forget_card(self) {
        if let Some(task) = self.inner().task.take() {
            task.abort();
        }
        if let Some(found) = &mut *self.inner().found.borrow_mut() {
            found.card = None;
        }
        if !matches!(self.returning().get_untracked(), Returning::No) {
            self.inner().found.take();
            self.show(Returning::No);
        }
    }

    /// Goes to where somebody was, but for a card, to which one comes by going on with it.
    fn go_to(self, screen: u64) {
        // Whoever has come by a link to somewhere else stays there.
        if let Screen::Desk(page) = Screen::of(screen)
            && self.app().has_desk()
            && !matches!(self.app().cx().screen().get_untracked(), Screen::Desk(_))
        {
            self.app().go_to_desk(match page {
                DeskPage::Checkout => DeskPage::Cart,
                DeskPage::OrderDone => DeskPage::Orders,
                page => page,
            });
        }
    }
}

/// A mark of how the widget is set up: what is remembered for one way is nothing to another.
fn set_up(config: &Config) -> u64 {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    let mode = if config.mode == Mode::Portal { "portal" } else { "request" };
    let ends = match config.ends_with {
        EndsWith::Draft => "draft",
        EndsWith::Finalized => "finalized",
        EndsWith::Cart => "cart",
        EndsWith::Order => "order",
    };
    let organization = number(config.organization.map(|organization| organization.0));
    let template = number(config.template.map(|template| template.0));
    mark([config.endpoint.url("").as_str(), &organization, &template, mode, ends])
}

#[cfg(test)]
mod tests;
