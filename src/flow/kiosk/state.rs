//! What a kiosk knows.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use futures_util::future::AbortHandle;

use crate::api::{CardId, Client, Device, Enrolment};
use crate::domain::idle::{Idle, Phase};
use crate::flow::app::App;
use crate::flow::card::Stage;
use crate::flow::context::{Context, Place};
use crate::flow::places;
use crate::flow::remote::Remote;
use crate::flow::wording::Worded;
use crate::reactive::state;
use crate::session::Provider;
use crate::world::{DeviceKey, DeviceKeys, DeviceStore, Lobby};

state! {
    /// A kiosk. Copied freely: it is a handle.
    pub struct Kiosk from places::KIOSK, places::ROOM; {
        /// Whether somebody is there.
        pub phase: Phase = Phase::Away;
        /// Whether one is asked whether everything is to be gone.
        pub asking: bool = false;
        /// Why nobody new is taken, as a code for staff.
        pub(super) closed: Option<&'static str> = None;
        /// Whether what the last one has left at the server is being deleted.
        pub(super) settling: bool = false;
        /// What is being mended at the step.
        pub(super) mending: Mending = Mending::default();
        /// How many persons there were.
        pub tally: Tally = Tally::default();
        /// Whether staff are at it.
        pub staff: Staff = Staff::Away;
        /// For so many more seconds, if nothing is heard of them.
        pub staff_left: u32 = 0;
        /// Whether it is being asked who they are.
        pub staff_busy: bool = false;
        /// Why they are not let in.
        pub staff_trouble: Option<Worded> = None;
        /// In so many seconds they can try again.
        pub staff_wait: u32 = 0;
        /// The camera that was chosen for this device: its id, and its name.
        pub camera: Option<(String, String)> = None;
        /// What its gateway knows it by, where it is enrolled there.
        pub(super) enrolled: Option<Rc<Enrolled>> = None;
        /// The devices that are enrolled there, for staff.
        pub devices: Remote<Rc<[Device]>> = Remote::Loading;
        /// Whether it is being enrolled, or a device is being taken off the list.
        pub device_busy: bool = false;
        /// Why that did not come about.
        pub device_trouble: Option<Worded> = None;
        /// Whether the gateway has stopped to let anybody in here, in the middle of somebody's card.
        pub is_out: bool = false;
        kept: Rc<Inner> = Rc::default();
    }
}

/// What a gateway knows a kiosk by.
pub(super) struct Enrolled {
    pub(super) key: Rc<dyn DeviceKey>,
    pub(super) as_what: Enrolment,
    /// What staff call it.
    pub(super) name: String,
}

/// How many persons there were since the page was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// They have come to the end of their journey.
    pub served: u32,
    /// They have not.
    pub abandoned: u32,
}

/// Whether staff are at a kiosk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staff {
    /// They are not.
    Away,
    /// They are asked who they are.
    SignIn,
    /// They are, and look how it goes.
    Panel,
    /// They have left kiosk mode: the lock has let go, until it begins again.
    Left,
}

/// Whether somebody new can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// They can.
    Open,
    /// In a moment.
    Opening,
    /// They cannot, and it is tried again by itself; the code says why.
    Closed(&'static str),
}

/// A card at the server of which nobody here will hear any more: nothing but its number.
pub(super) struct Unsettled {
    pub(super) place: Place,
    pub(super) card: CardId,
    /// A draft is to be deleted. What was sent for finalization is sent again, which is the same as once.
    pub(super) stage: Stage,
}

/// How far it has come that something which has failed is tried again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mending {
    /// Whether something is to be tried again, and for how many seconds.
    pub(super) is_needed: bool,
    pub(super) seconds: u32,
    pub(super) times: u32,
}

#[derive(Default)]
pub(super) struct Inner {
    pub(super) idle: Cell<Idle>,
    pub(super) lobby: OnceCell<Rc<dyn Lobby>>,
    /// Where the person's cards are.
    pub(super) place: RefCell<Option<Place>>,
    pub(super) unsettled: RefCell<Vec<Unsettled>>,
    pub(super) is_ticking: Cell<bool>,
    pub(super) checking: RefCell<Option<AbortHandle>>,
    /// In how many seconds it is looked whether there is a way to the server, and the pause before that.
    pub(super) due: Cell<u32>,
    pub(super) pause: Cell<u32>,
    /// Whether signing in was begun anew, since it had failed.
    pub(super) anew: Cell<bool>,
    /// What this device keeps.
    pub(super) store: OnceCell<Rc<dyn DeviceStore>>,
    /// It is being asked who staff are.
    pub(super) vouching: RefCell<Option<AbortHandle>>,
    /// How often in a row that went wrong.
    pub(super) tries: Cell<u32>,
    /// What speaks for them while they are here, where a gateway has something to be done by them.
    pub(super) staff_client: RefCell<Option<Client>>,
    /// The device's keys.
    pub(super) keys: OnceCell<Rc<dyn DeviceKeys>>,
    /// What says by them who is there.
    pub(super) voice: OnceCell<Provider>,
    /// For which gateway they were looked through.
    pub(super) looked_for: RefCell<String>,
}

impl Kiosk {
    /// Of whoever has another flow of the widget.
    pub(super) fn of(cx: Context) -> Kiosk {
        let kiosk = Kiosk(cx.row());
        if kiosk.phase().is_gone() {
            kiosk.begin();
        }
        kiosk
    }

    pub(super) fn app(self) -> App {
        App::of(self.0)
    }

    pub(super) fn cx(self) -> Context {
        Context::of(self.0)
    }

    pub(super) fn inner(self) -> Rc<Inner> {
        self.kept().get_untracked()
    }
}

/// What is under way is for nobody any more.
pub(super) fn give_up(task: &RefCell<Option<AbortHandle>>) {
    if let Some(task) = task.take() {
        task.abort();
    }
}
