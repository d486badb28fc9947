//! A tab of a browser with the widget in it: the flows, and what a screen does when it is drawn or goes.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures_util::future::{LocalBoxFuture, ready};
use instant_card::api::{Endpoint, OrganizationId, PRODUCTION, STAGING, ShippingProviderId, TemplateId, carry_photos};
use instant_card::domain::camera::Event;
use instant_card::domain::config::{Config, EndsWith, Locale, Mode, Remember};
use instant_card::domain::edit::Editing;
use instant_card::domain::submission::{Submission, Why};
use instant_card::flow::card::sending::COURIER;
use instant_card::flow::cart::Search;
use instant_card::flow::checkout::{JobCharge, Saving, Step};
use instant_card::flow::orders::{Again, Charges, Known, Order};
use instant_card::flow::{App, DeskPage, HostEvent, Screen, Signing};
use instant_card::reactive::Var;
use instant_card::session::Session;
use instant_card::world::{
    DeviceStore, LeaveGuard, Lobby, Picture, PictureUrl, Pictures, Seen, Shrink, Spawner, Transport, Unseen, Upload,
};
use leptos::prelude::Owner;

use crate::camera::{Device, Rig};
use crate::files::LOADER;

/// Any text that looks like a picture is shown.
struct AnyPicture;
pub(crate) struct Shown;

/// How large a picture from a file or the camera is.
pub(crate) const SHOT: (u32, u32) = (1_200, 1_600);

/// Nobody looks into it.
impl Picture for Shown {}

impl PictureUrl for Shown {
    fn url(&self) -> &str {
        "blob:shown"
    }
}

impl Pictures for AnyPicture {
    fn show(&self, base64: &str) -> LocalBoxFuture<'static, Seen> {
        let shown: Rc<dyn PictureUrl> = Rc::new(Shown);
        Box::pin(ready(if base64.len() > 8 { Ok(shown) } else { Err(Unseen::NoPicture) }))
    }
}

/// A photo is made smaller by its end.
struct ByHalf;

impl Shrink for ByHalf {
    fn smaller(&self, base64: &str) -> LocalBoxFuture<'static, Option<String>> {
        let half = base64.get(..base64.len() / 8 * 4).filter(|half| half.len() > 8).map(str::to_owned);
        Box::pin(std::future::ready(half))
    }
}

/// A lobby in which nobody is asked for a camera.
struct Hall;

impl Lobby for Hall {
    fn come_alive(&self) {}

    fn is_asking(&self) -> bool {
        false
    }

    fn forget(&self) {}

    fn prefer_camera(&self, _: Option<(String, String)>) {}

    fn let_go(&self) {}
}

/// A device that keeps nothing.
struct NoStore;

impl DeviceStore for NoStore {
    fn read(&self, _: &str) -> Option<String> {
        None
    }

    fn write(&self, _: &str, _: Option<&str>) {}
}

/// Counts who holds the page.
struct Guards(Rc<Cell<i32>>);
struct Held(Rc<Cell<i32>>);

impl LeaveGuard for Guards {
    fn hold(&self) -> Box<dyn Any> {
        self.0.set(self.0.get() + 1);
        Box::new(Held(self.0.clone()))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.set(self.0.get() - 1);
    }
}

/// How the page has set the widget up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) mode: Mode,
    pub(crate) organization: bool,
    pub(crate) template: Option<u64>,
    pub(crate) spanish: bool,
    /// 0: the vendor's server; 1: through a proxy; 2: through one with `{url}`; 3: the other server of the vendor.
    pub(crate) way: u8,
    pub(crate) ends_with: EndsWith,
}

impl Attributes {
    pub(crate) const ORGANIZATION: u64 = 20_003_827;
    pub(crate) const PAGE_SIZE: u32 = 5;
    /// With whom cards are sent that people order for themselves.
    pub(crate) const PROVIDER: u64 = 13;

    fn config(self) -> Option<Config> {
        let proxy = match self.way {
            1 => Some("https://cards.example.org/instantcard/"),
            2 => Some("https://relay.example.org/?url={url}"),
            _ => None,
        };
        let base = if self.way == 3 { STAGING } else { PRODUCTION };
        Some(Config {
            endpoint: Endpoint::new(base, proxy, "https://example.org").ok()?,
            organization: self.organization.then_some(OrganizationId(Self::ORGANIZATION)),
            template: self.template.map(TemplateId),
            card: None,
            mode: self.mode,
            locale: if self.spanish { Locale::Es } else { Locale::En },
            remember: Remember::Nothing,
            idle_timeout: 60,
            page_size: Self::PAGE_SIZE,
            file_choice: false,
            photo_rules: false,
            keyboard: false,
            face_help: false,
            ends_with: self.ends_with,
            shipping_provider: (self.ends_with == EndsWith::Order).then_some(ShippingProviderId(Self::PROVIDER)),
        })
    }
}

/// What the world gives a tab.
pub(crate) struct Given {
    pub(crate) network: Rc<dyn Transport>,
    pub(crate) upload: Rc<dyn Upload>,
    pub(crate) spawner: Rc<dyn Spawner>,
    pub(crate) who: Rc<Cell<u32>>,
    pub(crate) device: Rc<Device>,
}

/// A tab.
pub(crate) struct Tab {
    pub(crate) number: usize,
    pub(crate) app: App,
    pub(crate) attributes: Cell<Attributes>,
    pub(crate) who: Rc<Cell<u32>>,
    /// Since whom the page is there, and what it keeps is of the same server.
    pub(crate) since: Cell<u32>,
    /// Since whom what was typed is kept.
    pub(crate) began: Cell<u32>,
    /// What the page was told since it was last looked.
    pub(crate) told: Rc<RefCell<Vec<HostEvent>>>,
    pub(crate) guards: Rc<Cell<i32>>,
    /// Whether the sign-in form is busy; another one for each form.
    pub(crate) form: RefCell<Rc<Cell<bool>>>,
    pub(crate) search: Cell<Option<Search>>,
    pub(crate) order: Cell<Option<(Order, Var<Again>)>>,
    /// What the last screen of an order says.
    pub(crate) charged: RefCell<Vec<JobCharge>>,
    /// The desk's file did not come when its screen was drawn.
    pub(crate) desk_failed: Rc<Cell<bool>>,
    /// Pictures that were put on a card since it was last looked: of which template, and for which field.
    pub(crate) used: Rc<RefCell<Vec<(u64, usize)>>>,
    /// The signature that was in work last.
    pub(crate) signing: RefCell<Weak<Signing>>,
    pub(crate) device: Rc<Device>,
    rig: RefCell<Option<Rc<Rig>>>,
    /// Whether the screen of a photo, or of a signature, is still there; another one for each.
    studio: RefCell<Rc<Cell<bool>>>,
    saving: RefCell<Option<(Owner, Saving)>>,
    owner: Owner,
    screen: RefCell<Option<Owner>>,
    drawn: Cell<Option<Screen>>,
    /// Whether the screen of the ending has been drawn since it was come to.
    has_entered: Cell<bool>,
    /// As which of its versions the order is drawn.
    drawn_order: Cell<Option<u64>>,
    /// Whether the form for adding money was there.
    had_funds: Cell<bool>,
    /// Whether somebody has left a kiosk since it was last looked.
    pub(crate) left: Cell<bool>,
    /// Whether the dialog that asks to sign in again was there.
    asked: Cell<bool>,
    times: Cell<u32>,
}

impl Tab {
    /// A page is opened.
    pub(crate) fn open(number: usize, attributes: Attributes, given: Given, prepare: impl FnOnce(App)) -> Tab {
        let owner = Owner::new();
        let told = Rc::<RefCell<Vec<HostEvent>>>::default();
        let guards = Rc::new(Cell::new(0));
        let app = owner.with(|| {
            let told = told.clone();
            let session = Session::new();
            carry_photos(&session.line(), given.network.clone(), given.upload);
            session.connect(given.network);
            let app = App::new(session, given.spawner, LOADER, Rc::new(move |event| told.borrow_mut().push(event)));
            app.cx().set_pictures(Rc::new(AnyPicture));
            app.cx().set_shrink(Rc::new(ByHalf));
            app.card().send_by(COURIER);
            app.cx().set_leave_guard(Rc::new(Guards(guards.clone())));
            app
        });
        let tab = Tab {
            number,
            app,
            attributes: Cell::new(attributes),
            since: Cell::new(given.who.get()),
            began: Cell::new(given.who.get()),
            who: given.who,
            told,
            guards,
            form: RefCell::default(),
            search: Cell::new(None),
            order: Cell::new(None),
            charged: RefCell::default(),
            desk_failed: Rc::default(),
            used: Rc::default(),
            signing: RefCell::default(),
            device: given.device,
            rig: RefCell::default(),
            studio: RefCell::default(),
            saving: RefCell::default(),
            owner,
            screen: RefCell::default(),
            drawn: Cell::new(None),
            has_entered: Cell::new(false),
            drawn_order: Cell::new(None),
            had_funds: Cell::new(false),
            left: Cell::new(false),
            asked: Cell::new(false),
            times: Cell::new(0),
        };
        prepare(app);
        tab.set_up();
        app.tell_ready();
        tab.redraw();
        tab
    }

    /// The page has changed attributes.
    pub(crate) fn set_up(&self) {
        if let Some(config) = self.attributes.get().config() {
            self.app.set_up(Ok(config));
        }
    }

    /// The page goes, and everything in it.
    pub(crate) fn close(&self) {
        self.leave();
        self.owner.cleanup();
    }

    /// The camera, where its screen is there.
    pub(crate) fn rig(&self) -> Option<Rc<Rig>> {
        self.rig.borrow().clone()
    }

    /// Whether the studio's screen that is there now still is.
    pub(crate) fn studio(&self) -> Rc<Cell<bool>> {
        self.studio.borrow().clone()
    }

    /// Does something in a while that is no task of the widget's.
    pub(crate) fn later(&self, delay: u64, act: impl FnOnce() + 'static) {
        self.device.timeline.after(delay, act);
    }

    fn leave(&self) {
        if let Some(rig) = self.rig.take() {
            rig.on(Event::Leave);
        }
        self.studio.replace(Rc::new(Cell::new(true))).set(false);
        self.search.set(None);
        self.order.set(None);
        self.charged.take();
        self.drawn_order.set(None);
        if let Some((owner, _)) = self.saving.take() {
            owner.cleanup();
        }
        if let Some(screen) = self.screen.take() {
            screen.cleanup();
        }
    }

    pub(crate) fn is_portal(&self) -> bool {
        self.attributes.get().mode == Mode::Portal
    }

    /// Whether calls wait for somebody to sign in again.
    pub(crate) fn is_asked(&self) -> bool {
        self.app.cx().session().asking().get()
    }

    /// What effects do in a browser: another screen is drawn, what is shown follows.
    pub(crate) fn redraw(&self) {
        let app = self.app;
        let is_asked = self.is_asked();
        // The dialog comes with a form of its own, and goes with it, whatever is being sent.
        if self.asked.replace(is_asked) != is_asked {
            self.form.replace(Rc::default());
        }
        let screen = app.cx().screen().get_untracked();
        if self.drawn.get() != Some(screen) {
            self.leave();
            self.drawn.set(Some(screen));
            self.desk_failed.set(false);
            match screen {
                Screen::SignIn => drop(self.form.replace(Rc::default())),
                // Whoever was there is gone.
                Screen::Attract => self.owner.with(|| {
                    app.kiosk().connect(Rc::new(Hall), Rc::new(NoStore));
                    app.kiosk().enter();
                    self.left.set(true);
                }),
                Screen::Desk(page) if !self.has(page) => self.fetch_desk(),
                Screen::Camera(index) => self.draw_camera(index),
                Screen::Ending if !app.ending_is_there() => self.fetch_ending(),
                _ => {}
            }
            self.has_entered.set(false);
        }
        if screen == Screen::Ending && app.ending_is_there() && !self.has_entered.replace(true) {
            app.ending().enter();
        }
        let is_drawn = self.screen.borrow().is_some();
        if let (Screen::Desk(page), false) = (screen, is_drawn)
            && self.has(page)
        {
            let owner = self.owner.with(Owner::new);
            owner.with(|| self.draw(page));
            self.screen.replace(Some(owner));
        }
        if app.desk_is_there() {
            self.follow(screen);
        }
    }

    /// Whether what this screen is drawn by was fetched.
    pub(crate) fn has(&self, page: DeskPage) -> bool {
        if of_the_books(page) { self.app.books_are_there() } else { self.app.desk_is_there() }
    }

    /// Fetches what the screens of the desk, or of the books, are drawn by.
    pub(crate) fn fetch_desk(&self) {
        self.desk_failed.set(false);
        let (app, failed) = (self.app, self.desk_failed.clone());
        let Screen::Desk(page) = app.cx().screen().get_untracked() else { return };
        app.cx().spawn(Box::pin(async move {
            let is_there =
                if of_the_books(page) { app.books_deeds().await.is_ok() } else { app.desk_deeds().await.is_ok() };
            if !is_there {
                failed.set(true);
            }
        }));
    }

    fn draw_camera(&self, index: usize) {
        let card = self.app.card();
        let on_taken = move || card.chose_picture(index, Rc::new(Shown), Editing::new(SHOT, None), true);
        self.rig.replace(Some(Rig::open(self.device.clone(), Box::new(on_taken))));
    }

    /// Fetches what the end of a person's own journey is drawn by.
    pub(crate) fn fetch_ending(&self) {
        self.desk_failed.set(false);
        let (app, failed) = (self.app, self.desk_failed.clone());
        app.cx().spawn(Box::pin(async move {
            if app.ending_deeds().await.is_err() {
                failed.set(true);
            }
        }));
    }

    fn draw(&self, page: DeskPage) {
        let desk = self.app.desk();
        self.times.set(desk.app().books().funds().times().get_untracked());
        match page {
            DeskPage::Cart => {
                desk.cart().load();
                self.search.set(Some(Search::new(desk.cart())));
            }
            DeskPage::Checkout => desk.checkout().enter(),
            DeskPage::OrderDone => {
                desk.checkout().unseen().set(false);
                self.charged.replace(desk.checkout().charges());
                desk.checkout().balance_now();
            }
            DeskPage::Orders => {
                desk.app().books().orders().read_again(desk.app().books().orders().which().get_untracked())
            }
            DeskPage::Order(job) => {
                let order = Order::new(desk.app().books().orders(), job);
                order.read();
                self.order.set(Some((order, Var::new(Again::None))));
            }
            DeskPage::Account => {
                desk.account().read_organization();
                desk.account().read_balance();
                desk.account().read_transactions();
            }
        }
    }

    fn follow(&self, screen: Screen) {
        let desk = self.app.desk();
        let step = desk.checkout().step().get_untracked();
        let has_form = screen == Screen::Desk(DeskPage::Checkout) && step == Step::Address;
        if !has_form && let Some((owner, _)) = self.saving.take() {
            owner.cleanup();
        }
        self.draw_order();
        let has_funds = self.has_funds(screen);
        // What it said of a payment that is over has been read.
        if self.had_funds.replace(has_funds) && !has_funds {
            desk.app().books().funds().has_been_seen();
        }
        // The form for funds tells whoever has asked for it.
        let times = desk.app().books().funds().times().get_untracked();
        if self.times.replace(times) != times && has_funds {
            match screen {
                Screen::Desk(DeskPage::Account) => desk.account().read_transactions(),
                // An order on its way has a form of its own, which tells nobody.
                _ if desk.checkout().order().with_untracked(Option::is_none) => desk.checkout().prepare(),
                _ => {}
            }
        }
        if let (Some((order, outcome)), Some((id, true))) =
            (self.order.get(), desk.app().books().orders().again().get_untracked())
            && let Some(job) = order.known.try_with_untracked(|known| match known {
                Known::Order(job, _) if job.id == id => Some(job.clone()),
                _ => None,
            })
            && let Some(job) = job
        {
            desk.app().books().orders().finish_again(&job, outcome, true);
        }
    }

    /// Draws what is known of the order: what it cost, and who carries it, is read then.
    fn draw_order(&self) {
        let Some((order, _)) = self.order.get() else { return };
        let Known::Order(job, number) = order.known.get_untracked() else { return };
        if self.drawn_order.replace(Some(number)) == Some(number) {
            return;
        }
        let orders = self.app.books().orders();
        if job.shipping_provider_id.is_some() {
            orders.load_providers();
        }
        if let (true, Some(screen)) = (job.status.is_submitted(), &*self.screen.borrow()) {
            screen.with(|| Charges::new(orders, job.id));
        }
    }

    /// Whether there is the form for adding money.
    fn has_funds(&self, screen: Screen) -> bool {
        let checkout = self.app.desk().checkout();
        let stopped = || {
            let is_uncovered = |order: &Submission| matches!(order.stopped(), Some((_, Why::NotCovered)));
            checkout.order().with_untracked(|order| order.as_ref().map(is_uncovered))
        };
        match screen {
            Screen::Desk(DeskPage::Account) => self.app.desk().account().is_adding().get_untracked(),
            Screen::Desk(DeskPage::Checkout) => match stopped() {
                Some(is_uncovered) => is_uncovered && !checkout.running().get_untracked(),
                None => checkout.step().get_untracked() == Step::Review && checkout.short().get_untracked(),
            },
            _ => false,
        }
    }

    /// How saving an address goes, for as long as its form is there.
    pub(crate) fn saving(&self) -> Saving {
        let mut kept = self.saving.borrow_mut();
        let (_, saving) = kept.get_or_insert_with(|| {
            let owner = self.owner.with(Owner::new);
            let saving = owner.with(Saving::new);
            (owner, saving)
        });
        *saving
    }

    /// Whether nothing is under way here but looking for orders of which nothing is known.
    pub(crate) fn is_at_rest(&self) -> bool {
        let is_looking = self.app.ending_is_there() && self.app.ending().unsettled() > 0;
        self.app.cx().tasks() <= usize::from(is_looking)
    }

    /// Whether nothing is under way here.
    pub(crate) fn is_idle(&self) -> bool {
        self.app.cx().tasks() == 0
    }
}

/// Whether a screen is in the file of what was ordered and paid.
fn of_the_books(page: DeskPage) -> bool {
    matches!(page, DeskPage::Orders | DeskPage::Order(_) | DeskPage::Account)
}
