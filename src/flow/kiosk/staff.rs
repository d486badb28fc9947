//! Staff at a kiosk: they sign in with their account, look how it goes, choose its camera, and may leave kiosk mode.
//!
//! It is asked beside everything else who they are, with a client of its own: the kiosk's token stays what it is, and theirs is
//! forgotten as soon as it has said whose it is, or, where there is a gateway at which they may enrol the kiosk ([`super::device`]), when
//! they go.

use std::future::ready;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::state::{Kiosk, Staff, give_up};
use crate::api::{Client, Credentials, Error, Line, cut};
use crate::domain::text::{clean, printed};
use crate::flow::screen::Screen;
use crate::flow::wording::{Worded, worded};
use crate::world::Token;

/// After so many seconds in which nothing is heard of them they are away.
pub const PATIENCE: u32 = 60;
/// So often in a row they may be mistaken. Then they wait so many seconds, and twice as many each time after that, up to so many.
const TRIES: u32 = 3;
const WAIT: u32 = 30;
const LONGEST: u32 = 480;
/// Under what the device keeps which camera it is.
const CAMERA: &str = "instant-card-camera";

/// Why they are not let in.
enum Refused {
    /// This was wrong, or there was no way to the server.
    Failed(Error),
    /// No such account.
    Unknown,
    /// An account of somebody else's.
    Stranger,
}

/// A token that is shown once, and not renewed.
struct Badge(Option<Token>);

impl Credentials for Badge {
    fn token(&self) -> Option<Token> {
        self.0.clone()
    }

    fn renew(&self, _: Option<Token>) -> LocalBoxFuture<'static, Result<Token, Error>> {
        Box::pin(ready(Err(Error::Unauthorized { words: Vec::new() })))
    }
}

impl Kiosk {
    /// Somebody wants to see what is for staff. Only where nobody is at it.
    pub fn call_staff(self) {
        if self.cx().screen().get_untracked() == Screen::Attract && self.staff().get_untracked() == Staff::Away {
            self.staff_to(Staff::SignIn);
        }
    }

    fn staff_to(self, staff: Staff) {
        self.staff_left().set(PATIENCE);
        self.staff_trouble().set(None);
        self.cx().moved().set(true);
        self.staff().set(staff);
    }

    /// They are away, and nothing of theirs is left.
    pub fn staff_away(self) {
        give_up(&self.inner().vouching);
        self.forget_staff();
        self.staff_busy().set(false);
        self.staff_to(Staff::Away);
    }

    /// Something is heard of them.
    pub(super) fn staff_heard(self) {
        if matches!(self.staff().get_untracked(), Staff::SignIn | Staff::Panel)
            && self.staff_left().get_untracked() < PATIENCE
        {
            self.staff_left().set(PATIENCE);
        }
    }

    /// A second is over.
    pub(super) fn staff_second(self) {
        let wait = self.staff_wait();
        if wait.get_untracked() > 0 {
            wait.set(wait.get_untracked() - 1);
        }
        if matches!(self.staff().get_untracked(), Staff::SignIn | Staff::Panel) {
            match self.staff_left().get_untracked() {
                0 | 1 => self.staff_away(),
                left => self.staff_left().set(left - 1),
            }
        }
    }

    /// They say who they are.
    pub fn sign_staff_in(self, email: String, password: String) {
        let is_asked = self.staff().get_untracked() == Staff::SignIn && !self.staff_busy().get_untracked();
        if !is_asked || self.staff_wait().get_untracked() > 0 {
            return;
        }
        self.staff_busy().set(true);
        self.staff_trouble().set(None);
        let task = self.cx().spawn(Box::pin(async move {
            let answer = self.vouch(email, password).await;
            self.inner().vouching.take();
            self.staff_busy().set(false);
            match answer {
                Ok(client) => {
                    self.inner().tries.set(0);
                    self.staff_to(Staff::Panel);
                    self.take_staff(client);
                }
                Err(why) => self.refuse(why),
            }
        }));
        self.inner().vouching.replace(Some(task));
    }

    /// Asks the server whether this is somebody of the organization whose kiosk it is.
    async fn vouch(self, email: String, password: String) -> Result<Client, Refused> {
        let nowhere = || Refused::Failed(Error::Unreachable);
        let (endpoint, own) = self
            .cx()
            .config()
            .with_untracked(|config| config.as_ref().map(|config| (config.endpoint.for_staff(), config.organization)))
            .ok_or_else(nowhere)?;
        let transport = self.cx().session().transport().ok_or_else(nowhere)?;
        // By a gateway's, what they change is carried out once.
        let line = if self.cx().is_scoped() { self.cx().session().line() } else { Rc::new(Line::new(|_| {})) };
        let client = |token| Client::new(endpoint.clone(), transport.clone(), Rc::new(Badge(token)), line.clone());
        let token =
            client(None).authenticate(printed(&clean(&email)), &password).await.map_err(|error| match error {
                Error::Unauthorized { .. } => Refused::Unknown,
                error => Refused::Failed(error),
            })?;
        let client = client(Some(token));
        let profile = client.profile().await.map_err(Refused::Failed)?;
        let theirs = profile.organization.map(|organization| organization.id);
        match own.or(self.cx().organization().get_untracked()) {
            Some(own) if theirs != Some(own) => Err(Refused::Stranger),
            // While it is not known whose kiosk it is, nothing of anybody's is to be seen here.
            _ => Ok(client),
        }
    }

    fn refuse(self, why: Refused) {
        let all = self.cx().words();
        let words = match why {
            Refused::Failed(error) => {
                self.cx().tell_error(&error);
                return self.staff_trouble().set(Some(worded(all, &error)));
            }
            Refused::Unknown => Worded::of(all.sign_in().refused, ""),
            Refused::Stranger => Worded::of(all.staff().stranger, all.staff().stranger_next),
        };
        let tries = self.inner().tries.get() + 1;
        self.inner().tries.set(tries);
        if let Some(over) = tries.checked_sub(TRIES) {
            self.staff_wait().set(WAIT.saturating_mul(1 << over.min(8)).min(LONGEST));
        }
        self.staff_trouble().set(Some(words));
    }

    /// Kiosk mode ends: the lock lets go.
    pub fn leave_kiosk(self) {
        if self.staff().get_untracked() == Staff::Panel {
            self.forget_staff();
            self.staff_to(Staff::Left);
            if let Some(lobby) = self.inner().lobby.get() {
                lobby.let_go();
            }
        }
    }

    /// It begins again.
    pub fn begin_kiosk(self) {
        if self.staff().get_untracked() == Staff::Left {
            self.staff_away();
        }
    }

    /// From now on, and after a restart, this is the camera to begin with: its id, and its name. None: whichever there is.
    pub fn use_camera(self, camera: Option<(String, String)>) {
        if let Some(store) = self.inner().store.get() {
            let kept = camera.as_ref().map(|(id, name)| [id, "\n", name].concat());
            store.write(CAMERA, kept.as_deref());
        }
        self.prefer(camera);
    }

    /// What the device has kept.
    pub(super) fn recall_camera(self) {
        let kept = self.inner().store.get().and_then(|store| store.read(CAMERA));
        let camera = kept.as_deref().and_then(|kept| cut(kept, "\n"));
        self.prefer(camera.map(|(id, name)| (id.to_owned(), name.to_owned())));
    }

    fn prefer(self, camera: Option<(String, String)>) {
        if let Some(lobby) = self.inner().lobby.get() {
            lobby.prefer_camera(camera.clone());
        }
        self.camera().set(camera);
    }
}
