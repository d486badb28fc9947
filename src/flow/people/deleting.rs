//! Deleting: asked first, and then held for some seconds in which it can still be undone. The call is made at the end of them, or
//! when the screen or the page is left.

use super::{People, Question, Subject, done};
use crate::api::Error;
use crate::domain::address::{name_of, title_of};
use crate::flow::desk::Farewell;
use crate::flow::remote::Remote;

/// For so many milliseconds it can be undone.
const HOLD: u32 = 8_000;

/// What is to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// What it is.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
}

impl People {
    /// Asks whether something shall be deleted.
    pub fn ask_to_delete(self, subject: Subject) {
        self.asks().set(Some(Question::Delete(subject)));
    }

    /// What something is called.
    pub fn title(self, subject: Subject) -> String {
        let directory = self.directory();
        let found = match subject {
            Subject::Address(id) => directory
                .addresses()
                .with_untracked(|list| list.ready()?.iter().find(|address| Some(address.id) == id).map(title_of)),
            Subject::Contact(id) => directory.contacts().with_untracked(|list| {
                let contact = list.ready()?.iter().find(|contact| Some(contact.id) == id)?;
                Some(name_of(&contact.details).to_owned())
            }),
        };
        found.unwrap_or_default()
    }

    /// Whether something is deleted, or is about to be. Follows.
    pub fn is_going(self, subject: Subject) -> bool {
        self.held().with(|held| held.as_ref().is_some_and(|held| held.subject == subject))
            || self.going().with(|going| going.contains(&subject))
    }

    /// It is gone from the screen; at the server it is there until it cannot be undone any more.
    pub(super) fn hold(self, subject: Subject) {
        self.settle();
        self.said().set(None);
        self.undeleted().set(None);
        self.held().set(Some(Held { subject, title: self.title(subject) }));
        let turn = self.next_hold();
        self.cx().spawn(Box::pin(async move {
            self.cx().sleep(HOLD).await;
            if self.hold_turn().get_untracked() == turn {
                self.settle();
            }
        }));
    }

    fn next_hold(self) -> u32 {
        self.hold_turn().update(|turn| *turn = turn.wrapping_add(1));
        self.hold_turn().get_untracked()
    }

    /// It is not deleted after all.
    pub fn undo(self) {
        self.next_hold();
        let held = self.held().get_untracked();
        self.focus().set(held.map(|held| held.subject));
        self.held().set(None);
    }

    /// Deletes what is held, now.
    pub fn settle(self) {
        // Where the widget goes as a whole, nobody has left anything, and it is kept.
        if self.held().is_gone() {
            return;
        }
        if let Some(held) = self.held().get_untracked() {
            self.next_hold();
            self.going().update(|going| going.push(held.subject));
            self.held().set(None);
            self.delete(held);
        }
    }

    /// Whoever wanted it signs out: what can still be undone, and what was just asked for, is deleted all the same.
    pub(super) fn part(self) {
        let mut going = self.going().get_untracked();
        going.extend(self.held().get_untracked().map(|held| held.subject));
        let Some(farewell) = Farewell::of(self.cx()).filter(|_| !going.is_empty()) else { return };
        let words = self.cx().words();
        let (client, organization) = (&farewell.client, farewell.organization);
        for subject in going {
            let (call, title) = match subject {
                Subject::Address(Some(id)) => {
                    (client.delete_address(organization, id), [words.checkout().address, " ", &id.to_string()].concat())
                }
                Subject::Contact(Some(id)) => {
                    (client.delete_contact(organization, id), [words.people().contact, " ", &id.to_string()].concat())
                }
                _ => continue,
            };
            farewell.delete(call, words.people().not_deleted(&title));
        }
    }

    /// Tries once more to delete what could not be deleted.
    pub fn delete_again(self) {
        if let Some((held, _)) = self.undeleted().get_untracked() {
            self.undeleted().set(None);
            self.going().update(|going| going.push(held.subject));
            self.delete(held);
        }
    }

    fn delete(self, held: Held) {
        self.cx().spawn(Box::pin(async move {
            let answer = self.ask_to_delete_at_server(held.subject).await;
            if let Err(error) = &answer {
                self.cx().tell_error(error);
            } else {
                self.take_out(held.subject);
            }
            self.going().update(|going| going.retain(|subject| *subject != held.subject));
            if let Err(error) = answer {
                self.undeleted().set(Some((held, error)));
            }
        }));
    }

    async fn ask_to_delete_at_server(self, subject: Subject) -> Result<(), Error> {
        let (client, organization) = self.cx().client()?;
        match subject {
            Subject::Address(Some(id)) => done(client.delete_address(organization, id)).await,
            Subject::Contact(Some(id)) => done(client.delete_contact(organization, id)).await,
            _ => Ok(()),
        }
    }

    /// It is gone.
    fn take_out(self, subject: Subject) {
        let directory = self.directory();
        match subject {
            Subject::Address(Some(id)) => {
                self.checkout().has_changed(id, None);
                if let Remote::Ready(list) = directory.addresses().get_untracked() {
                    let rest = list.iter().filter(|address| address.id != id).cloned().collect();
                    directory.addresses().set(Remote::Ready(rest));
                }
            }
            Subject::Contact(Some(id)) => {
                if let Remote::Ready(list) = directory.contacts().get_untracked() {
                    let rest = list.iter().filter(|contact| contact.id != id).cloned().collect();
                    directory.contacts().set(Remote::Ready(rest));
                }
                // Those that it had are without one now.
                self.read_addresses();
            }
            _ => {}
        }
    }
}
