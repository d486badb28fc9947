//! What all flows share: how the widget is set up, where the person is, who is signed in, and what goes on beside.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::{Owner, on_cleanup};

use super::host::HostEvent;
use super::places;
use super::screen::Screen;
use super::wording::{code, worded};
use crate::api::{Client, Endpoint, Error, OrganizationId};
use crate::domain::config::{Config, Mode};
use crate::i18n::{Locale, Messages};
use crate::reactive::{Row, Var, state};
use crate::session::Session;
use crate::world::{LeaveGuard, Pictures, Seen, Shrink, Spawner, Unseen};

/// How many entries a list asks for at a time where neither the page nor the account says.
const PAGE_SIZE: u32 = 24;
/// More are not asked for at once: the API names no limit, and what it takes to answer grows with them.
const LONGEST_PAGE: u32 = 100;

state! {
    /// What all flows of one widget share. Copied freely: it is a handle.
    pub struct Context from places::CONTEXT, places::ROOM; {
        /// What the attributes say; none before they were read.
        pub config: Option<Config> = None;
        /// The words in force.
        pub(crate) spoken: Messages = Messages::of(Locale::default());
        /// Which screen there is.
        pub screen: Screen = Screen::SignIn;
        /// Whether the person moved there, so that the focus may follow.
        pub moved: bool = false;
        /// Whose cards these are; none while nobody is signed in.
        pub organization: Option<OrganizationId> = None;
        /// How many entries a page of a list has by the account's own settings, once that is known.
        pub(super) own_page_size: Option<usize> = None;
        /// How many cards are in the cart, once that is known.
        pub in_cart: Option<usize> = None;
    }
}

/// Whose cards they are, and at which server: a number means nothing anywhere else.
pub(super) type Place = (Endpoint, OrganizationId);

struct Inner {
    session: Session,
    /// What is made with this lives as long as the widget.
    owner: Owner,
    tell: Rc<dyn Fn(HostEvent)>,
    spawner: Rc<dyn Spawner>,
    pictures: OnceCell<Rc<dyn Pictures>>,
    leave_guard: OnceCell<Rc<dyn LeaveGuard>>,
    shrink: OnceCell<Rc<dyn Shrink>>,
    tasks: RefCell<Vec<(u32, AbortHandle)>>,
    next_task: Cell<u32>,
    /// How many things would be lost with the page.
    held: Cell<u32>,
}

/// One thing that would be lost with the page.
struct Hold {
    _page: Box<dyn Any>,
    of: Rc<Inner>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.of.held.set(self.of.held.get() - 1);
    }
}

impl Context {
    /// A widget that has not read its attributes yet, with its values in `row`. `tell` reaches the page, `spawner` lets
    /// things go on.
    pub(super) fn new(row: Row, session: Session, spawner: Rc<dyn Spawner>, tell: Rc<dyn Fn(HostEvent)>) -> Context {
        let inner = Rc::new(Inner {
            session,
            owner: Owner::current().unwrap_or_default(),
            tell,
            spawner,
            pictures: OnceCell::new(),
            leave_guard: OnceCell::new(),
            shrink: OnceCell::new(),
            tasks: RefCell::default(),
            next_task: Cell::new(0),
            held: Cell::new(0),
        });
        let life = send_wrapper::SendWrapper::new(inner.clone());
        on_cleanup(move || {
            for (_, task) in life.tasks.take() {
                task.abort();
            }
        });
        let cx = Context(row);
        cx.begin();
        cx.begin_left_out();
        cx.kept().begin(inner);
        cx
    }

    /// The values of all flows of the widget.
    pub(super) fn row(self) -> Row {
        self.0
    }

    /// What a flow's values are to be found with, by whoever has another flow of the same widget.
    pub(super) const fn of(row: Row) -> Context {
        Context(row)
    }

    fn kept(self) -> Var<Rc<Inner>> {
        self.0.var(places::LAST_OF_CONTEXT)
    }

    fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }

    /// Who is signed in.
    pub fn session(self) -> Session {
        self.inner().session.clone()
    }

    /// The client and the organization to use it for.
    ///
    /// # Errors
    /// [`Error::SignInDismissed`] while nobody is signed in.
    pub fn client(self) -> Result<(Client, OrganizationId), Error> {
        let client = self.session().client().ok_or(Error::SignInDismissed)?;
        Ok((client, self.organization().get_untracked().ok_or(Error::SignInDismissed)?))
    }

    /// Whose cards are worked on now, and at which server.
    pub(super) fn place(self) -> Option<Place> {
        let endpoint = self.config().with_untracked(|config| Some(config.as_ref()?.endpoint.clone()));
        endpoint.zip(self.organization().get_untracked())
    }

    /// Where the widget lives.
    pub fn mode(self) -> Mode {
        self.config().with_untracked(|config| config.as_ref().map(|config| config.mode)).unwrap_or_default()
    }

    /// Whether anything outlives a reload of the page.
    pub fn remembers(self) -> bool {
        self.config().with_untracked(|config| config.as_ref().is_some_and(Config::remembers))
    }

    /// Whether there is a gateway that opens each person's own card and no more, and keeps the rest to itself.
    pub fn is_scoped(self) -> bool {
        self.config().with_untracked(|config| config.as_ref().is_some_and(|config| config.endpoint.is_scoped()))
    }

    /// How many entries a list asks for at a time: as the page says, or the account's own settings, within reason.
    pub fn page_size(self) -> u32 {
        let given = self.config().with_untracked(|config| config.as_ref()?.page_size);
        let own = || Some(self.own_page_size().get_untracked()? as u32);
        given.or_else(own).unwrap_or(PAGE_SIZE).clamp(1, LONGEST_PAGE)
    }

    /// The words in force.
    pub(crate) fn words(self) -> Messages {
        self.spoken().get_untracked()
    }

    /// The language in force.
    pub fn locale(self) -> Locale {
        self.words().locale()
    }

    /// Tells the page.
    pub fn tell(self, event: HostEvent) {
        (self.inner().tell)(event);
    }

    /// Asks the page whether this may be done. Where it says no: why, or `otherwise` if it gives no reason.
    pub(super) fn refusal(self, done: HostEvent, otherwise: &str) -> Option<String> {
        let refused = Rc::<RefCell<Option<String>>>::default();
        self.tell(HostEvent::Before(Box::new(done), refused.clone()));
        refused.take().map(|reason| if reason.is_empty() { otherwise.to_owned() } else { reason })
    }

    /// Tells the page of a failed call.
    pub fn tell_error(self, error: &Error) {
        self.tell(HostEvent::Error { code: code(error), message: worded(self.words(), error).what });
    }

    /// Tells the page where something that stands before the server is what an answer was lost to.
    pub(super) fn tell_gate(self, lost: Option<&Error>) {
        if let Some(error @ Error::Gate { .. }) = lost {
            self.tell_error(error);
        }
    }

    /// Goes to another screen, and takes the focus along.
    pub fn go(self, to: Screen) {
        self.moved().set(true);
        if self.screen().get_untracked() != to {
            self.screen().set(to);
        }
    }

    /// Makes something that lives as long as the widget.
    pub fn keep<T: 'static>(self, make: impl FnOnce() -> T) -> T {
        self.inner().owner.with(make)
    }

    /// Runs `future` for as long as the widget is mounted, or until it is aborted.
    pub fn spawn(self, future: LocalBoxFuture<'static, ()>) -> AbortHandle {
        let inner = self.inner();
        let number = inner.next_task.get();
        inner.next_task.set(number.wrapping_add(1));
        let (future, handle) = abortable(future);
        inner.tasks.borrow_mut().push((number, handle.clone()));
        let tasks = Rc::downgrade(&inner);
        inner.spawner.spawn(Box::pin(async move {
            // Aborted or done: either way it is over.
            let _ = future.await;
            if let Some(inner) = tasks.upgrade() {
                inner.tasks.borrow_mut().retain(|(task, _)| *task != number);
            }
        }));
        handle
    }

    /// Runs `future` whatever is given up meanwhile; it has to see by itself that the widget is gone.
    pub fn spawn_apart(self, future: LocalBoxFuture<'static, ()>) {
        self.inner().spawner.spawn(future);
    }

    /// How many things are going on.
    pub fn tasks(self) -> usize {
        self.inner().tasks.borrow().len()
    }

    /// Gives up whatever is under way.
    pub fn abort_all(self) {
        for (_, task) in self.inner().tasks.take() {
            task.abort();
        }
    }

    /// Is ready after so many milliseconds.
    pub async fn sleep(self, milliseconds: u32) {
        if let Some(transport) = self.session().transport() {
            transport.sleep(milliseconds).await;
        }
    }

    /// Gives the widget what turns a server's pictures into ones to be shown, once.
    pub fn set_pictures(self, pictures: Rc<dyn Pictures>) {
        self.inner().pictures.get_or_init(|| pictures);
    }

    /// The picture that a server has sent, or why it is not to be seen.
    pub fn picture(self, base64: &str) -> LocalBoxFuture<'static, Seen> {
        match self.inner().pictures.get() {
            Some(pictures) => pictures.show(base64),
            None => Box::pin(std::future::ready(Err(Unseen::NoPicture))),
        }
    }

    /// Gives the widget what makes photos smaller, once.
    pub fn set_shrink(self, shrink: Rc<dyn Shrink>) {
        self.inner().shrink.get_or_init(|| shrink);
    }

    /// What makes photos smaller, once there is one: it comes with the photos.
    pub(super) fn shrink(self) -> Option<Rc<dyn Shrink>> {
        self.inner().shrink.get().cloned()
    }

    /// Gives the widget a way to keep the page from being left without a word, once.
    pub fn set_leave_guard(self, guard: Rc<dyn LeaveGuard>) {
        self.inner().leave_guard.get_or_init(|| guard);
    }

    /// For as long as what is returned lives, the person is asked before the page is left.
    pub fn hold_page(self) -> Option<Box<dyn Any>> {
        let inner = self.inner();
        let page = inner.leave_guard.get()?.hold();
        inner.held.set(inner.held.get() + 1);
        Some(Box::new(Hold { _page: page, of: inner.clone() }))
    }

    /// Whether the person is asked before the page is left, since something would be lost with it.
    pub fn is_held(self) -> bool {
        self.inner().held.get() > 0
    }
}
