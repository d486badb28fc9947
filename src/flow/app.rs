//! All flows of one widget, and the tables by which the first file of the WASM reaches what later ones hold.
//!
//! A page's visitor waits for the sign-in form; what comes after it is fetched while the form is being filled in. So nothing
//! of the first file may name a function of a later one but through a table: [`CardDeeds`] for what is behind the form,
//! [`DeskDeeds`] for the cart and the checkout, [`BooksDeeds`] for what was ordered and paid. Whoever makes an [`App`] says how they are fetched.

use std::cell::Cell;
use std::rc::Rc;

use futures_util::future::{AbortHandle, LocalBoxFuture};

use super::card::CardFlow;
use super::context::Context;
use super::host::HostEvent;
use super::places;
use super::screen::{DeskPage, Screen};
use super::templates::Templates;
use super::wording::Worded;
use crate::api::Error;
use crate::domain::audit::Audit;
use crate::domain::config::Mode;
use crate::domain::given::Named;
use crate::reactive::{Row, Var, state};
use crate::session::{Provider, Session};
use crate::world::Spawner;

/// What is done behind the sign-in form.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct CardDeeds {
    /// Signs in with what stands in the form. `Err` is what to show in it.
    pub sign_in: fn(App) -> LocalBoxFuture<'static, Result<(), Worded>>,
    /// Goes on after signing in.
    pub enter: fn(App),
    /// To the template screen, or to the form where there is nothing to choose.
    pub first_screen: fn(App),
    /// Puts what the page gives into the card in work.
    pub given: fn(App),
}

/// What is done with finalized cards.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct DeskDeeds {
    /// Reads the cart, quietly: somebody has signed in.
    pub arrive: fn(App),
    /// Forgets everything: somebody has signed out.
    pub forget: fn(App),
    /// Whether an order or a payment is under way; then one is led to where it can be seen.
    pub holds: fn(App) -> bool,
    /// Whether there is an order that was submitted, to be shown again.
    pub has_order: fn(App) -> bool,
}

/// What is done with what was ordered and paid.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct BooksDeeds {
    /// Forgets everything: somebody has signed out.
    pub forget: fn(App),
    /// Whether a payment is under way; then one is led to where it can be seen.
    pub holds: fn(App) -> bool,
    /// Compares what was charged with what was asked for.
    pub compare: fn(App, Audit),
    /// Goes on with what was interrupted because nobody was signed in.
    pub signed_in: fn(App),
}

/// What is done where a person's own card goes on to the cart, or to an order.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct EndingDeeds {
    /// Looks whether all is there that it takes: somebody is signed in.
    pub arrive: fn(App),
    /// Forgets everything: somebody has signed out.
    pub forget: fn(App),
    /// Whether the card is on its way.
    pub is_under_way: fn(App) -> bool,
    /// Why it does not go on, where nobody has to be asked before it is tried again.
    pub trouble: fn(App) -> Option<Error>,
    /// Goes on with it.
    pub go_on: fn(App),
    /// The page gives the address to begin with. What is wrong with it is returned.
    pub give: fn(App, &Named) -> Vec<String>,
}

/// A later file could not be fetched. Asking again tries again.
#[derive(Debug)]
pub struct NotFetched;

/// What of a later file is done, once it is there.
pub type Fetched<T> = LocalBoxFuture<'static, Result<&'static T, NotFetched>>;

/// How a later file is fetched, and made ready for a widget.
pub type Load<T> = fn(App) -> Fetched<T>;

/// How later files are fetched, and made ready for this widget.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct Loader {
    /// What is behind the sign-in form.
    pub cards: Load<CardDeeds>,
    /// The cart, and the checkout.
    pub desk: Load<DeskDeeds>,
    /// What outlives a reload of the page: it is gone on with once it is there, or [`App::cannot_remember`] is told.
    pub memory: fn(App),
}

/// What is typed into the sign-in form, kept over a redraw.
#[derive(Clone, Default)]
pub struct Credentials {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
}

state! {
    /// All flows of one widget. Copied freely: it is a handle.
    pub struct App from places::APP, places::ROOM; {
        /// Why the attributes cannot be used; empty when they can.
        pub flaws: Vec<String> = Vec::new();
        /// What stands in the sign-in form.
        pub credentials: Credentials = Credentials::default();
        /// What the organization is called, where that is known.
        pub organization_name: Option<String> = None;
        /// Whether nothing that was there before a reload is to be looked for any more.
        pub recalled: bool = false;
        /// Whether the page has just had everything begin anew.
        pub begins_anew: bool = false;
        /// A number for each question whether to go on with what was there before a reload.
        pub asks_back: Option<usize> = None;
        /// The first steps after signing in, while they are under way.
        pub(super) arriving: Option<AbortHandle> = None;
    }
}

struct Inner {
    loader: Loader,
    cards: Cell<Option<&'static CardDeeds>>,
    desk: Cell<Option<&'static DeskDeeds>>,
    books: Later<BooksDeeds>,
    ending: Later<EndingDeeds>,
}

/// What stands on what the desk has: once it is there, and how it is fetched, which the file before it says.
struct Later<T: 'static> {
    there: Cell<Option<&'static T>>,
    load: Cell<Option<Load<T>>>,
}

impl<T> Later<T> {
    const fn new() -> Later<T> {
        Later { there: Cell::new(None), load: Cell::new(None) }
    }
}

impl App {
    /// An empty widget that has not read its attributes yet; `tell` reaches the page.
    pub fn new(session: Session, spawner: Rc<dyn Spawner>, loader: Loader, tell: Rc<dyn Fn(HostEvent)>) -> App {
        let cx = Context::new(Row::new(places::ALL), session, spawner, tell);
        CardFlow::new(cx);
        Templates::new(cx);
        let app = App(cx.row());
        app.begin();
        let inner =
            Inner { loader, cards: Cell::new(None), desk: Cell::new(None), books: Later::new(), ending: Later::new() };
        app.kept().begin(Rc::new(inner));
        app
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> App {
        App(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// The templates, and the beginning of a card.
    pub fn templates(self) -> Templates {
        Templates::of(self.0)
    }

    /// The card in work.
    pub fn card(self) -> CardFlow {
        CardFlow::of(self.0)
    }

    fn kept(self) -> Var<Rc<Inner>> {
        self.0.var(places::LAST_OF_APP)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// What is done behind the form: there already, or fetched now.
    ///
    /// # Errors
    /// [`NotFetched`] when the file does not come.
    pub async fn cards(self) -> Result<&'static CardDeeds, NotFetched> {
        let inner = self.inner();
        if let Some(cards) = inner.cards.get() {
            return Ok(cards);
        }
        let cards = (inner.loader.cards)(self).await?;
        inner.cards.set(Some(cards));
        Ok(cards)
    }

    /// Does something that is behind the form. False while it is not there.
    pub(super) fn with_cards(self, act: impl FnOnce(&CardDeeds)) -> bool {
        let cards = self.inner().cards.get();
        cards.inspect(|cards| act(cards)).is_some()
    }

    /// What is done with finalized cards: there already, or fetched now.
    ///
    /// # Errors
    /// [`NotFetched`] when the file does not come.
    pub async fn desk_deeds(self) -> Result<&'static DeskDeeds, NotFetched> {
        let inner = self.inner();
        if let Some(desk) = inner.desk.get() {
            return Ok(desk);
        }
        let desk = (inner.loader.desk)(self).await?;
        inner.desk.set(Some(desk));
        Ok(desk)
    }

    /// Whether what is done with finalized cards is there.
    pub fn desk_is_there(self) -> bool {
        self.inner().desk.get().is_some()
    }

    /// Does something with finalized cards, if that is there.
    pub(super) fn with_desk<T>(self, act: impl FnOnce(&DeskDeeds) -> T) -> Option<T> {
        self.inner().desk.get().map(act)
    }

    /// What stands on what the desk has: there already, or fetched now.
    async fn after_desk<T>(self, of: fn(&Inner) -> &Later<T>) -> Result<&'static T, NotFetched> {
        let inner = self.inner();
        let later = of(&inner);
        if let Some(there) = later.there.get() {
            return Ok(there);
        }
        self.desk_deeds().await?;
        let load = later.load.get().ok_or(NotFetched)?;
        let there = load(self).await?;
        later.there.set(Some(there));
        Ok(there)
    }

    /// What is done with what was ordered and paid.
    ///
    /// # Errors
    /// [`NotFetched`] when the file does not come.
    pub async fn books_deeds(self) -> Result<&'static BooksDeeds, NotFetched> {
        self.after_desk(|inner| &inner.books).await
    }

    /// Says how what was ordered and paid is fetched.
    pub fn load_books_with(self, load: Load<BooksDeeds>) {
        self.inner().books.load.set(Some(load));
    }

    /// Whether it is there.
    pub fn books_are_there(self) -> bool {
        self.inner().books.there.get().is_some()
    }

    /// Does something with what was ordered and paid, if that is there.
    pub(super) fn with_books<T>(self, act: impl FnOnce(&BooksDeeds) -> T) -> Option<T> {
        self.inner().books.there.get().map(act)
    }

    /// What is done at the end of a person's own journey.
    ///
    /// # Errors
    /// [`NotFetched`] when the file does not come.
    pub async fn ending_deeds(self) -> Result<&'static EndingDeeds, NotFetched> {
        self.after_desk(|inner| &inner.ending).await
    }

    /// Says how what is done at the end of a person's own journey is fetched.
    pub fn load_ending_with(self, load: Load<EndingDeeds>) {
        self.inner().ending.load.set(Some(load));
    }

    /// Whether it is there.
    pub fn ending_is_there(self) -> bool {
        self.inner().ending.there.get().is_some()
    }

    /// Does something at the end of a person's own journey, if that is there.
    pub(super) fn with_ending<T>(self, act: impl FnOnce(&EndingDeeds) -> T) -> Option<T> {
        self.inner().ending.there.get().map(act)
    }

    /// The page gives something for cards, or something else, or nothing any more.
    pub fn page_gives(self, is_anything: bool) {
        self.card().page_gives(is_anything);
        self.with_cards(|cards| (cards.given)(self));
    }

    /// Goes on with what outlives a reload of the page, once what does so is there.
    pub(super) fn remember(self) {
        (self.inner().loader.memory)(self);
    }

    /// Whether there is a cart here, and what comes of it: for staff only.
    pub fn has_desk(self) -> bool {
        self.cx().mode() == Mode::Portal
    }

    /// Goes to a screen of what comes of finalized cards.
    pub fn go_to_desk(self, page: DeskPage) {
        self.card().stop_preview();
        self.cx().go(Screen::Desk(page));
    }

    /// Tells the page that the widget is there.
    pub fn tell_ready(self) {
        self.cx().tell(HostEvent::Ready);
    }

    /// The page's token.
    pub fn set_token(self, token: Option<String>) {
        self.cx().session().set_token(token);
    }

    /// The page's provider of tokens.
    pub fn set_provider(self, provider: Option<Provider>) {
        self.cx().session().set_provider(provider);
    }
}
