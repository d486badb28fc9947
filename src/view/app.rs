//! The state of one widget, from which every screen is drawn.
//!
//! It lives above the screens, so that drawing them again (another language, another attribute) loses nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{AbortHandle, LocalBoxFuture, abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::cards::Cards;
use super::desk::Desk;
use super::signature::Signing;
use super::studio::Studio;
use crate::api::{CardId, Client, Error, OrganizationId, PrintJobId, Template, TemplateId};
use crate::domain::config::{Config, Mode};
use crate::domain::draft::Draft;
use crate::domain::edit::Editing;
use crate::i18n::{Locale, Messages};
use crate::media::blob_url::BlobUrl;
use crate::media::photo::Picture;
use crate::reactive::Var;
use crate::session::{Provider, Session};
use crate::ui::notice::{code, worded};

/// What happens inside, for the page to know.
#[derive(Clone, Debug, PartialEq)]
pub enum HostEvent {
    /// The widget is mounted.
    Ready,
    /// Somebody has signed in.
    SignIn {
        /// For which organization.
        organization: OrganizationId,
    },
    /// Nobody is signed in any more.
    SignOut,
    /// A draft is at the server.
    CardCreated {
        /// The new card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// A card has changed at the server.
    CardUpdated {
        /// The card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// A card is ready to be ordered.
    CardFinalized {
        /// The card.
        card: CardId,
        /// Its template.
        template: TemplateId,
    },
    /// The cart is another one.
    CartChanged {
        /// How many cards are in it.
        cards: u64,
        /// How many pieces would be printed of them.
        copies: u64,
    },
    /// An order was submitted, and charged.
    OrderSubmitted {
        /// Its print jobs: one for each number of copies.
        jobs: Vec<PrintJobId>,
        /// How many cards are in it.
        cards: u64,
        /// How many pieces are printed of them.
        copies: u64,
    },
    /// Money was added to the organization's account.
    FundsAdded {
        /// How much, in cents.
        cents: i64,
        /// Of which currency, by ISO 4217.
        currency: &'static str,
    },
    /// Something failed, and the person has been told.
    Error {
        /// Which kind of failure.
        code: &'static str,
        /// What the person was told.
        message: String,
    },
}

/// Which screen there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    SignIn,
    /// The page has to supply a token and has not.
    NoAccess,
    /// Signed in, while the code of what follows is fetched.
    Starting,
    /// It could not be fetched.
    NotStarted,
    Templates,
    CardForm,
    /// The crop of the picture in field number so and so.
    Photo(usize),
    /// The camera, for field number so and so.
    Camera(usize),
    /// The signature of field number so and so.
    Signature(usize),
    Preview,
    Done,
    /// What comes of finalized cards.
    Desk(DeskPage),
}

/// The screens of [`super::desk`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeskPage {
    Cart,
    Checkout,
    OrderDone,
    Orders,
    Order(PrintJobId),
    Account,
}

impl At {
    /// A number for each screen, by which one is told from another; those of the first WASM file come before the rest.
    pub(super) fn number(self) -> u64 {
        match self {
            At::SignIn => 0,
            At::NoAccess => 1,
            At::Starting => 2,
            At::NotStarted => 3,
            At::Templates => 4,
            At::CardForm => 5,
            At::Preview => 6,
            At::Done => 7,
            At::Desk(DeskPage::Cart) => 8,
            At::Desk(DeskPage::Checkout) => 9,
            At::Desk(DeskPage::OrderDone) => 10,
            At::Desk(DeskPage::Orders) => 11,
            At::Desk(DeskPage::Account) => 12,
            At::Photo(field) => 16 + 3 * field as u64,
            At::Camera(field) => 17 + 3 * field as u64,
            At::Signature(field) => 18 + 3 * field as u64,
            // No template has that many fields.
            At::Desk(DeskPage::Order(job)) => (1 << 32) + job.0,
        }
    }
}

/// Something that is fetched.
#[derive(Clone)]
pub(super) enum Load<T> {
    Busy,
    Ready(T),
    Failed(Error),
}

/// Both sides of a card as the server drew them.
#[derive(Clone)]
pub(super) struct Faces {
    pub(super) front: BlobUrl,
    pub(super) back: Option<BlobUrl>,
    /// Whether the card stands upright; the server does not always say.
    pub(super) portrait: Option<bool>,
}

/// How far the server's preview has come.
#[derive(Clone)]
pub(super) enum Shown {
    Nothing,
    Rendering,
    Ready(Faces),
    /// The server said that it could not draw it.
    Unavailable,
    /// What it sent is no picture.
    NoPicture,
    /// The person did not want to wait.
    Stopped,
    Failed(Error),
}

/// What the person sees of a save or a finalization.
#[derive(Clone)]
pub(super) enum Work {
    Idle,
    Busy,
    Saved,
    Failed(Error),
}

/// A picture that was chosen for a field, kept so that its crop can be changed.
#[derive(Clone)]
pub(super) struct Shot {
    pub(super) template: TemplateId,
    pub(super) field: usize,
    pub(super) picture: Picture,
    pub(super) editing: Var<Editing>,
    /// Whether it came from the camera.
    pub(super) taken: bool,
}

impl Shot {
    /// Whether it was chosen for field number `index` of a card from `template`.
    pub(super) fn is_of(&self, template: TemplateId, index: usize) -> bool {
        self.template == template && self.field == index
    }

    /// Whether it is on its card.
    pub(super) fn was_used(&self) -> bool {
        self.editing.with_untracked(Editing::was_used)
    }
}

/// What is typed into the sign-in form, kept over a redraw.
#[derive(Clone, Default)]
pub(super) struct Credentials {
    pub(super) email: String,
    pub(super) password: String,
}

/// What is kept but never drawn.
pub(super) struct Kept {
    pub(super) session: Session,
    /// What comes after the sign-in, once it is fetched.
    pub(super) cards: Cell<Option<&'static Cards>>,
    /// The photo studio, once it is fetched.
    pub(super) studio: Cell<Option<&'static Studio>>,
    /// What comes of finalized cards, once it is fetched, and its state, which only it can read.
    pub(super) desk: Cell<Option<&'static Desk>>,
    pub(super) desk_state: Cell<Option<super::desk::State>>,
    /// What is made with this lives as long as the widget.
    pub(super) owner: Owner,
    pub(super) prefill: RefCell<Vec<(String, String)>>,
    /// Cards in work from other templates.
    pub(super) shelf: RefCell<Vec<Draft>>,
    pub(super) shots: RefCell<Vec<Shot>>,
    /// The signature in work, and the field that it is for.
    pub(super) signing: RefCell<Option<(TemplateId, usize, Rc<Signing>)>>,
    tell: Rc<dyn Fn(HostEvent)>,
    tasks: RefCell<Vec<(u32, AbortHandle)>>,
    next_task: Cell<u32>,
}

/// The state of one widget. Copied freely: it is a handful of handles.
#[derive(Clone, Copy)]
pub struct App {
    pub(super) config: Var<Option<Config>>,
    pub(super) locale: Var<Locale>,
    /// Why the attributes cannot be used; empty when they can.
    pub(super) flaws: Var<Vec<String>>,
    pub(super) at: Var<At>,
    /// Whether the person moved here, so that the focus may follow.
    pub(super) moved: Var<bool>,
    pub(super) organization: Var<Option<OrganizationId>>,
    pub(super) organization_name: Var<Option<String>>,
    pub(super) credentials: Var<Credentials>,
    pub(super) templates: Var<Load<Rc<[Template]>>>,
    /// The template whose fields are being fetched.
    pub(super) opening: Var<Option<(Template, Load<()>)>>,
    pub(super) draft: Var<Option<Draft>>,
    /// The template of the card in work, and whether it takes a picture: what a form is made for. Unlike the draft it
    /// does not change with each letter typed.
    pub(super) fields: Var<Option<(TemplateId, bool)>>,
    /// Fields that were left, whose problems may be shown.
    pub(super) touched: Var<Vec<usize>>,
    /// Whether sending was tried, so that every problem may be shown.
    pub(super) tried: Var<bool>,
    pub(super) work: Var<Work>,
    pub(super) shown: Var<Shown>,
    /// The preview under way.
    pub(super) rendering: Var<Option<AbortHandle>>,
    /// How many cards are in the cart, once that is known.
    pub(super) in_cart: Var<Option<usize>>,
    pub(super) kept: StoredValue<Rc<Kept>, LocalStorage>,
}

impl App {
    /// An empty widget that has not read its attributes yet; `tell` reaches the page.
    pub fn new(session: Session, tell: Rc<dyn Fn(HostEvent)>) -> App {
        let kept = Rc::new(Kept {
            session,
            cards: Cell::new(None),
            studio: Cell::new(None),
            desk: Cell::new(None),
            desk_state: Cell::new(None),
            owner: Owner::current().unwrap_or_default(),
            prefill: RefCell::default(),
            shelf: RefCell::default(),
            shots: RefCell::default(),
            signing: RefCell::default(),
            tell,
            tasks: RefCell::default(),
            next_task: Cell::new(0),
        });
        let stored = StoredValue::new_local(kept.clone());
        let life = send_wrapper::SendWrapper::new(kept);
        on_cleanup(move || {
            for (_, task) in life.tasks.take() {
                task.abort();
            }
        });
        App {
            config: Var::new(None),
            locale: Var::new(Locale::default()),
            flaws: Var::new(Vec::new()),
            at: Var::new(At::SignIn),
            moved: Var::new(false),
            organization: Var::new(None),
            organization_name: Var::new(None),
            credentials: Var::new(Credentials::default()),
            templates: Var::new(Load::Busy),
            opening: Var::new(None),
            draft: Var::new(None),
            fields: Var::new(None),
            touched: Var::new(Vec::new()),
            tried: Var::new(false),
            work: Var::new(Work::Idle),
            shown: Var::new(Shown::Nothing),
            rendering: Var::new(None),
            in_cart: Var::new(None),
            kept: stored,
        }
    }

    pub(super) fn kept(self) -> Rc<Kept> {
        self.kept.get_value()
    }

    pub(super) fn session(self) -> Session {
        self.kept().session.clone()
    }

    /// The client and the organization to use it for.
    ///
    /// # Errors
    /// [`Error::SignInDismissed`] while nobody is signed in.
    pub(super) fn client(self) -> Result<(Client, OrganizationId), Error> {
        let client = self.session().client().ok_or(Error::SignInDismissed)?;
        Ok((client, self.organization.get_untracked().ok_or(Error::SignInDismissed)?))
    }

    /// Puts another card in work, or none.
    pub(super) fn set_draft(self, draft: Option<Draft>) {
        let fields = draft.as_ref().map(|draft| (draft.template_id(), super::steps::has_image(draft)));
        self.draft.set(draft);
        self.fields.set(fields);
    }

    pub(super) fn mode(self) -> Mode {
        self.config.with_untracked(|config| config.as_ref().map(|config| config.mode)).unwrap_or_default()
    }

    /// Tells the page.
    pub(super) fn tell(self, event: HostEvent) {
        (self.kept().tell)(event);
    }

    /// Tells the page that the widget is there.
    pub fn tell_ready(self) {
        self.tell(HostEvent::Ready);
    }

    /// Tells the page of a failed call.
    pub(super) fn tell_error(self, error: &Error) {
        let words = Messages::of(self.locale.get_untracked());
        self.tell(HostEvent::Error { code: code(error), message: worded(words, error).what });
    }

    /// Goes to another screen, and takes the focus along.
    pub(super) fn go(self, to: At) {
        self.moved.set(true);
        if self.at.get_untracked() != to {
            self.at.set(to);
        }
    }

    /// Runs `future` for as long as the widget is mounted, or until it is aborted.
    pub(super) fn spawn(self, future: LocalBoxFuture<'static, ()>) -> AbortHandle {
        let kept = self.kept();
        let number = kept.next_task.get();
        kept.next_task.set(number.wrapping_add(1));
        let (future, handle) = abortable(future);
        kept.tasks.borrow_mut().push((number, handle.clone()));
        spawn_local(async move {
            // Aborted or done: either way it is over.
            let _ = future.await;
            kept.tasks.borrow_mut().retain(|(task, _)| *task != number);
        });
        handle
    }

    /// Gives up whatever is under way.
    pub(super) fn abort_all(self) {
        for (_, task) in self.kept().tasks.take() {
            task.abort();
        }
    }

    /// The page's token.
    pub fn set_token(self, token: Option<String>) {
        self.session().set_token(token);
    }

    /// The page's provider of tokens.
    pub fn set_provider(self, provider: Option<Provider>) {
        self.session().set_provider(provider);
    }
}
