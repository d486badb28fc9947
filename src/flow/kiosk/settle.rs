//! Before anybody new is taken: what the last one has left at the server is deleted, or brought to its end, and it is looked
//! whether there is a way to the server.

use super::state::Kiosk;
use crate::api::{CardId, Error};
use crate::flow::card::Stage;
use crate::flow::listing::Listing;
use crate::flow::remote::Remote;
use crate::flow::screen::Screen;

/// So many seconds after it was last looked it is looked again, where all is well.
const OFTEN: u32 = 60;
/// Where it is not, so many seconds, and so many more each time, up to so many.
const SOON: u32 = 5;
const LATER: u32 = 30;

/// Whether another try may go otherwise: it is the way to the server, or somebody's token, that has failed.
pub(super) fn is_passing(error: &Error) -> bool {
    match error {
        Error::Server { status, .. } => (502..=504).contains(status),
        error => {
            error.is_about_signing_in()
                || matches!(
                    error,
                    Error::Unreachable
                        | Error::TimedOut { .. }
                        | Error::Gate { .. }
                        | Error::Busy { .. }
                        | Error::ProviderSilent { .. }
                )
        }
    }
}

impl Kiosk {
    /// How many cards are still to be deleted, or brought to their end.
    pub fn unsettled(self) -> usize {
        self.inner().unsettled.borrow().len()
    }

    /// A second in which nobody is there.
    pub(super) fn wait_for_somebody(self) {
        let inner = self.inner();
        // What had failed, and was begun anew, has come.
        let has_come = inner.anew.get() && self.app().templates().list().with_untracked(Remote::is_ready);
        match inner.due.get() {
            due if due > 0 && !has_come => inner.due.set(due - 1),
            _ => self.check(),
        }
    }

    /// Looks whether somebody new can be taken, if that is not being looked at.
    pub(super) fn check(self) {
        let inner = self.inner();
        let (app, list) = (self.app(), self.app().templates().list());
        if inner.checking.borrow().as_ref().is_some_and(|task| !task.is_aborted()) {
            return;
        }
        // Not known even whose cards they are: that is begun anew.
        if let Remote::Failed(error) = list.get_untracked() {
            self.close(&error, true);
            inner.anew.set(true);
            app.enter();
            return self.wait_longer();
        }
        if !list.with_untracked(Remote::is_ready) {
            return self.wait_longer();
        }
        inner.anew.set(false);
        self.settling().set(self.unsettled() > 0);
        let task = self.cx().spawn(Box::pin(async move {
            let answer = match self.settle().await {
                Ok(()) => {
                    self.settling().set(false);
                    self.read().await
                }
                failed => failed,
            };
            self.settling().set(false);
            self.looked(answer);
            self.inner().checking.take();
        }));
        inner.checking.replace(Some(task));
    }

    fn wait_longer(self) {
        let inner = self.inner();
        let pause = (inner.pause.get() + SOON).min(LATER);
        inner.pause.set(pause);
        inner.due.set(pause);
    }

    fn looked(self, answer: Result<(), Error>) {
        let closed = self.closed().get_untracked();
        match answer {
            Ok(()) => {
                self.inner().pause.set(0);
                self.inner().due.set(OFTEN);
                if closed.is_some() {
                    self.closed().set(None);
                }
            }
            Err(error) => {
                self.close(&error, false);
                self.wait_longer();
            }
        }
    }

    /// Nobody new is taken. The page hears why, where it has not heard of it.
    fn close(self, error: &Error, is_told: bool) {
        let now = Some(self.code(error));
        if self.closed().get_untracked() == now {
            return;
        }
        if !self.tell_out(error) && !is_told {
            self.cx().tell_error(error);
        }
        self.closed().set(now);
    }

    /// Deletes what was left, or brings it to its end; what does not come about now waits.
    ///
    /// # Errors
    /// There is no way to the server.
    async fn settle(self) -> Result<(), Error> {
        let inner = self.inner();
        let (client, organization) = self.cx().client()?;
        let place = self.cx().place();
        // Somewhere else these numbers would be somebody else's cards.
        inner.unsettled.borrow_mut().retain(|left| Some(&left.place) == place.as_ref());
        let left: Vec<(CardId, Stage)> = inner.unsettled.borrow().iter().map(|left| (left.card, left.stage)).collect();
        for (card, mut stage) in left {
            if stage == Stage::Sent {
                match client.finalize_card(organization, card).await {
                    Err(error) if is_passing(&error) => return Err(error),
                    // The server has a word of its own: it did not take the card.
                    Err(Error::Refused { .. } | Error::NotAcceptable { .. }) => stage = Stage::Draft,
                    Err(Error::Server { .. } | Error::Undecodable { .. }) => continue,
                    _ => {}
                }
            }
            if stage == Stage::Draft {
                match client.delete_card(organization, card).await {
                    Err(error) if is_passing(&error) => return Err(error),
                    // Nobody has to wait for it; it is tried again before the one after the next.
                    Err(error) if !matches!(error, Error::NotFound { .. }) => continue,
                    _ => {}
                }
            }
            inner.unsettled.borrow_mut().retain(|left| left.card != card);
        }
        Ok(())
    }

    /// Reads the templates, which the next person begins with.
    pub(super) async fn read(self) -> Result<(), Error> {
        let (client, organization) = self.cx().client()?;
        let templates = client.card_templates(organization).await?;
        // Not under the hands of somebody who chooses.
        if self.cx().screen().get_untracked() == Screen::Attract {
            let templates = self.cx().readable(Listing::Templates, templates);
            self.app().templates().list().set(Remote::Ready(templates.into()));
        }
        Ok(())
    }
}
