//! A tab of a browser with the widget in it: the flows, and what a screen does when it is drawn or goes.

mod attributes;
mod drawing;
mod parts;
mod staff;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use instant_card::api::{carry_photos, preparing};
use instant_card::domain::config::Mode;
use instant_card::flow::card::sending::COURIER;
use instant_card::flow::cart::Search;
use instant_card::flow::checkout::{JobCharge, Saving};
use instant_card::flow::orders::{Again, Order};
use instant_card::flow::register::OneCard;
use instant_card::flow::{App, DeskPage, HostEvent, Screen, Signing};
use instant_card::reactive::Var;
use instant_card::session::{Asking, Session};
use instant_card::world::{Spawner, Transport, Upload};
use leptos::prelude::Owner;

pub(crate) use attributes::Attributes;
pub(crate) use parts::{SHOT, Shown};

use crate::camera::{Device, Rig};
use crate::files::LOADER;
use parts::{AnyPicture, ByHalf, Guards};

/// What the world gives a tab.
pub(crate) struct Given {
    pub(crate) network: Rc<dyn Transport>,
    pub(crate) upload: Rc<dyn Upload>,
    pub(crate) spawner: Rc<dyn Spawner>,
    pub(crate) who: Rc<Cell<u32>>,
    pub(crate) device: Rc<Device>,
    /// The token that the page has for whoever is there now.
    pub(crate) token: PageToken,
}

/// What a page has for its visitors: a token of the vendor's, or for a gateway a statement of who they are.
pub(crate) type PageToken = Rc<dyn Fn(Attributes) -> String>;

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
    token: PageToken,
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
    /// Whether calls wait for somebody to sign in again.
    asking: Rc<Asking>,
    /// Whether the dialog that asks for it was there.
    asked: Cell<bool>,
    times: Cell<u32>,
    /// The card whose screen is there.
    one: Cell<Option<OneCard>>,
    /// The screen of people and places that is there.
    at_people: Cell<Option<DeskPage>>,
    /// Where the person was, and whether somebody was signed in, when the cards were looked after last.
    at_register: Cell<Option<(Screen, bool)>>,
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
            let (line, network) = (session.line(), given.network.clone());
            session.connect(given.network);
            let app = App::new(session, given.spawner, LOADER, Rc::new(move |event| told.borrow_mut().push(event)));
            line.prepare_by(preparing(network, &line, Rc::new(move |says| app.card().session_says(says))));
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
            token: given.token,
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
            asking: app.cx().session().asking(),
            asked: Cell::new(false),
            times: Cell::new(0),
            one: Cell::new(None),
            at_people: Cell::new(None),
            at_register: Cell::new(None),
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

    /// A token of the page's for whoever is there now.
    pub(crate) fn page_token(&self) -> String {
        (self.token)(self.attributes.get())
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

    pub(crate) fn is_portal(&self) -> bool {
        self.attributes.get().mode == Mode::Portal
    }

    /// Whether its page's visitors go through a gateway.
    pub(crate) fn is_scoped(&self) -> bool {
        self.attributes.get().is_scoped()
    }

    /// Whether calls wait for somebody to sign in again.
    pub(crate) fn is_asked(&self) -> bool {
        self.asking.get_untracked()
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

    /// A number that is another one where something has come about that shows in no value and in nothing that was sent.
    pub(crate) fn marks(&self) -> usize {
        let (told, used) = (self.told.borrow().len(), self.used.borrow().len());
        (told << 8) + (used << 4) + ((self.device.lights.get() as usize) << 1) + usize::from(self.is_asked())
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
