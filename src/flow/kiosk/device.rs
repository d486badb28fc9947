//! A kiosk that is enrolled at a gateway. Staff give it a key of its own, and from then on it says itself, for each person anew, that
//! somebody is before it: the page's server has nothing to sign. Where the page gives a `token` or a `tokenProvider`, that counts.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::state::{Enrolled, Kiosk, Staff};
use crate::api::{Client, Device, Enrolment, Error, cut};
use crate::domain::text::{clean, printed};
use crate::flow::host::HostEvent;
use crate::flow::remote::Remote;
use crate::flow::wording::{Worded, code, worded};
use crate::session::Provider;
use crate::world::{DeviceKeys, NoKey};

/// The code for a kiosk that has no key, where nobody else says who is there.
pub const NOT_ENROLLED: &str = "kiosk-not-enrolled";
/// The code for one whose key the gateway does not take.
pub const REFUSED: &str = "kiosk-refused";

/// Whether it is one of these: nobody but staff mends it.
pub fn is_out(code: &str) -> bool {
    matches!(code, NOT_ENROLLED | REFUSED)
}

/// The longest name that a gateway takes, in characters.
pub const LONGEST_NAME: usize = 80;

/// How a kiosk stands with its gateway, for staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The page says who is there.
    ByPage,
    /// It is not enrolled.
    Not,
    /// It is, by this name.
    Enrolled(String),
    /// It was, by this name, and is not on the list any more.
    Revoked(String),
    /// It is on the list by this name, and the gateway does not take what it signs.
    Refused(String),
}

impl Kiosk {
    /// Says what has the device's keys, once. From then on the kiosk says itself who is there, where the page does not.
    pub fn speak_with(self, keys: Rc<dyn DeviceKeys>) {
        self.inner().keys.get_or_init(|| keys);
        self.cx().session().stop_expecting();
        self.stand_in();
    }

    /// Where there is a gateway, and nothing else by which it would let anybody in, the kiosk speaks. True where it had to begin.
    fn stand_in(self) -> bool {
        let session = self.cx().session();
        let is_needed = self.cx().is_scoped() && !session.has_access() && self.keys().is_some();
        if is_needed {
            let inner = self.inner();
            session.set_provider(Some(
                inner.voice.get_or_init(|| -> Provider { Rc::new(move || self.statement()) }).clone(),
            ));
        }
        is_needed
    }

    /// Whether it is the kiosk that says who is there, and not the page.
    fn is_asked(self) -> bool {
        self.inner().voice.get().is_some_and(|own| self.cx().session().is_asking_of(own))
    }

    /// A second is over: the page may have taken back what it gave.
    pub(super) fn speaks(self) {
        self.cx().session().stop_expecting();
        if self.stand_in() && self.cx().organization().get_untracked().is_none() {
            self.app().enter();
        }
    }

    fn keys(self) -> Option<Rc<dyn DeviceKeys>> {
        self.inner().keys.get().cloned()
    }

    /// Where its gateway is; none where there is none.
    fn gateway(self) -> Option<String> {
        self.cx().config().with_untracked(|config| {
            config.as_ref().filter(|config| config.endpoint.is_scoped()).map(|config| config.endpoint.base().to_owned())
        })
    }

    /// The statement for whoever is there now; none where it is not enrolled.
    fn statement(self) -> LocalBoxFuture<'static, Option<String>> {
        Box::pin(async move {
            let enrolled = self.recall().await?;
            let (keys, transport) = (self.keys()?, self.cx().session().transport()?);
            let (head, claims) = enrolled.as_what.statement(&keys.origin(), keys.now(), &*transport);
            enrolled.key.sign(&head, &claims).await
        })
    }

    /// What its gateway knows it by: as the device has kept it, which is looked for once.
    async fn recall(self) -> Option<Rc<Enrolled>> {
        let (gateway, keys) = (self.gateway()?, self.keys()?);
        if *self.inner().looked_for.borrow() != gateway {
            let kept = keys.recall(&gateway).await;
            if self.phase().is_gone() {
                return None;
            }
            self.enrolled().set(kept.and_then(|(key, about)| {
                let (id, rest) = cut(&about, "\n")?;
                let (audience, name) = cut(rest, "\n")?;
                let as_what = Enrolment { id: id.to_owned(), audience: audience.to_owned() };
                Some(Rc::new(Enrolled { key, as_what, name: name.to_owned() }))
            }));
            self.inner().looked_for.replace(gateway);
        }
        self.enrolled().get_untracked()
    }

    /// Somebody else is there, who gets a session of their own.
    pub(super) fn next_visitor(self) {
        let session = self.cx().session();
        // A page that gives a token, and no provider of them, has no other one.
        if !self.is_asked() || self.enrolled().with_untracked(Option::is_some) {
            session.next_visitor();
        }
    }

    /// The code of what is wrong with the kiosk itself, if that is why a call has failed.
    fn out(self, error: &Error) -> Option<&'static str> {
        let code = match error {
            Error::Unauthorized { .. } if self.enrolled().with_untracked(Option::is_some) => REFUSED,
            Error::Unauthorized { .. } | Error::NoToken => NOT_ENROLLED,
            _ => return None,
        };
        self.is_asked().then_some(code)
    }

    /// The code of why a call has failed.
    pub(super) fn code(self, error: &Error) -> &'static str {
        self.out(error).unwrap_or_else(|| code(error))
    }

    /// Tells the page what is wrong with the kiosk itself. False where that is not why a call has failed.
    pub(super) fn tell_out(self, error: &Error) -> bool {
        let words = self.cx().words().kiosk();
        let Some(code) = self.out(error) else { return false };
        let message = if code == REFUSED { words.refused } else { words.not_enrolled };
        self.cx().tell(HostEvent::Error { code, message: message.to_owned() });
        true
    }

    /// Whether the gateway lets nobody in any more, in the middle of somebody's card.
    pub(super) fn goes_out(self) -> bool {
        if !self.is_out().get_untracked()
            && let Some((_, error)) = self.trouble()
            && self.tell_out(&error)
        {
            self.is_out().set(true);
        }
        self.is_out().get_untracked()
    }

    /// Staff have signed in. Where there is a gateway they can do something there.
    pub(super) fn take_staff(self, client: Client) {
        if self.gateway().is_some() {
            self.inner().staff_client.replace(Some(client));
            self.list_devices();
            self.cx().spawn(Box::pin(async move {
                let _ = self.recall().await;
            }));
        }
    }

    /// They go, and with them what spoke for them.
    pub(super) fn forget_staff(self) {
        self.inner().staff_client.take();
        self.devices().set(Remote::Loading);
        self.device_trouble().set(None);
    }

    /// Whether staff can enrol anything. Follows nothing.
    pub fn has_gateway(self) -> bool {
        self.gateway().is_some()
    }

    /// How it stands with its gateway. Follows.
    pub fn standing(self) -> Standing {
        let closed = self.closed().get();
        let Some(enrolled) = self.enrolled().get() else {
            return if self.is_asked() { Standing::Not } else { Standing::ByPage };
        };
        let name = enrolled.name.clone();
        let is_listed = |list: &Rc<[Device]>| list.iter().any(|device| device.id == enrolled.as_what.id);
        match self.devices().with(|devices| devices.ready().map(is_listed)) {
            Some(false) => Standing::Revoked(name),
            Some(true) if closed == Some(REFUSED) => Standing::Refused(name),
            _ if !self.is_asked() => Standing::ByPage,
            _ => Standing::Enrolled(name),
        }
    }

    /// Whether this is the device itself.
    pub fn is_this(self, device: &Device) -> bool {
        self.enrolled().with(|enrolled| enrolled.as_ref().is_some_and(|enrolled| enrolled.as_what.id == device.id))
    }

    /// This device, as it knows itself.
    pub fn this_device(self) -> Option<Device> {
        let enrolled = self.enrolled().get_untracked()?;
        Some(Device { id: enrolled.as_what.id.clone(), name: enrolled.name.clone(), enrolled_at: String::new() })
    }

    fn staff_client(self) -> Option<Client> {
        let client = self.inner().staff_client.borrow().clone();
        client.filter(|_| self.staff().get_untracked() == Staff::Panel && !self.device_busy().get_untracked())
    }

    /// Reads which devices are enrolled.
    pub fn list_devices(self) {
        let Some(client) = self.inner().staff_client.borrow().clone() else { return };
        self.cx().spawn(Box::pin(async move {
            let answer = client.devices().await;
            if self.inner().staff_client.borrow().is_some() {
                self.devices().set(match answer {
                    Ok(list) => Remote::Ready(list.into()),
                    Err(error) => Remote::Failed(error),
                });
            }
        }));
    }

    /// Enrols this kiosk by a name, with a new key.
    pub fn enrol(self, name: &str) {
        let name = printed(&clean(name)).to_owned();
        let Some(client) = self.staff_client().filter(|_| !name.is_empty()) else { return };
        self.busy(Box::pin(async move { self.register(&client, &name).await }));
    }

    async fn register(self, client: &Client, name: &str) -> Result<(), Worded> {
        let no_key = |why| {
            let words = self.cx().words().staff();
            match why {
                NoKey::Insecure => Worded::of(words.insecure, words.insecure_next),
                NoKey::NotKept => Worded::of(words.not_kept, words.not_kept_next),
            }
        };
        let (Some(gateway), Some(keys)) = (self.gateway(), self.keys()) else { return Ok(()) };
        let key = keys.make().await.map_err(no_key)?;
        // Before the gateway hears of one that could not be kept.
        key.keep(&gateway, "").await.map_err(no_key)?;
        let as_what = match client.enrol_device(name, &key.public()).await {
            Ok(as_what) => as_what,
            Err(error) => {
                keys.forget(&gateway).await;
                self.enrolled().set(None);
                return Err(worded(self.cx().words(), &error));
            }
        };
        let about = [&as_what.id, "\n", &as_what.audience, "\n", name].concat();
        if let Err(why) = key.keep(&gateway, &about).await {
            // One of which nobody has the key is of no use on the list.
            let _ = client.revoke_device(&as_what.id).await;
            return Err(no_key(why));
        }
        self.inner().looked_for.replace(gateway);
        self.enrolled().set(Some(Rc::new(Enrolled { key, as_what, name: name.to_owned() })));
        Ok(())
    }

    /// Takes a device off the list: this one, or another.
    pub fn revoke(self, id: &str) {
        let (Some(client), id) = (self.staff_client(), id.to_owned()) else { return };
        self.busy(Box::pin(async move {
            match client.revoke_device(&id).await {
                // Somebody else was quicker.
                Ok(()) | Err(Error::NotFound { .. }) => {}
                Err(error) => return Err(worded(self.cx().words(), &error)),
            }
            let is_this =
                |enrolled: &Option<Rc<Enrolled>>| enrolled.as_ref().is_some_and(|enrolled| enrolled.as_what.id == id);
            if self.enrolled().with_untracked(is_this)
                && let (Some(gateway), Some(keys)) = (self.gateway(), self.keys())
            {
                keys.forget(&gateway).await;
                self.enrolled().set(None);
            }
            Ok(())
        }));
    }

    /// Does something about devices, and looks then how it stands.
    fn busy(self, work: LocalBoxFuture<'static, Result<(), Worded>>) {
        self.device_busy().set(true);
        self.device_trouble().set(None);
        self.cx().spawn(Box::pin(async move {
            let answer = work.await;
            self.device_busy().set(false);
            self.device_trouble().set(answer.err());
            self.list_devices();
            // What was signed before is over.
            let session = self.cx().session();
            if self.is_asked() {
                session.next_visitor();
            }
            self.inner().due.set(0);
        }));
    }
}
