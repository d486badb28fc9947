//! People and places: the organization's contacts and saved addresses, found, created, changed and deleted.
//!
//! It is a WASM file of its own, fetched when one goes there; the files before it know [`PEOPLE_DEEDS`] only, as a table. What
//! was read is in [`super::directory`], which the checkout has too; [`saving`] and [`deleting`] change it.

mod deleting;
mod saving;

pub use deleting::Held;
pub use saving::lacks_contact;

use super::app::App;
use super::checkout::Checkout;
use super::context::Context;
use super::directory::{Directory, PeopleDeeds};
use super::places;
use super::remote::Remote;
use super::screen::{DeskPage, Screen};
use crate::api::{AddressId, Call, ContactId, Error};
use crate::domain::address::{AddressForm, Entry, Use};
use crate::reactive::state;

/// What the files before this one call of it.
pub static PEOPLE_DEEDS: PeopleDeeds = PeopleDeeds {
    forget: |app| {
        app.people().part();
        app.people().forget();
    },
};

/// An address or a contact; one without a number is still to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An address.
    Address(Option<AddressId>),
    /// A contact.
    Contact(Option<ContactId>),
}

impl Subject {
    /// What its form is for.
    pub fn form_use(self) -> Use {
        match self {
            Subject::Address(_) => Use::Saved,
            Subject::Contact(_) => Use::Contact,
        }
    }

    /// Whether it is there already.
    pub fn is_saved(self) -> bool {
        matches!(self, Subject::Address(Some(_)) | Subject::Contact(Some(_)))
    }

    /// The screen that shows it: what is new has none of its own.
    pub fn page(self) -> DeskPage {
        match self {
            Subject::Address(Some(id)) => DeskPage::Address(id),
            Subject::Contact(Some(id)) => DeskPage::Contact(id),
            new => new.list(),
        }
    }

    /// The screen of all that are like it.
    pub fn list(self) -> DeskPage {
        match self {
            Subject::Address(_) => DeskPage::Addresses,
            Subject::Contact(_) => DeskPage::Contacts,
        }
    }

    /// What a screen shows, or what is made new there; none where it is no screen of people and places.
    pub fn at(page: DeskPage) -> Option<Subject> {
        Some(match page {
            DeskPage::Addresses => Subject::Address(None),
            DeskPage::Contacts => Subject::Contact(None),
            DeskPage::Address(id) => Subject::Address(Some(id)),
            DeskPage::Contact(id) => Subject::Contact(Some(id)),
            _ => return None,
        })
    }
}

/// What a person is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether something shall be deleted.
    Delete(Subject),
    /// Whether what stands in the form may go; and what is opened then.
    Discard(Option<Subject>),
}

/// What is told over the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is saved.
    Saved,
    /// It has come to be saved twice.
    Twice,
    /// It is saved anew, and what it stands in place of could not be deleted.
    OldStays,
    /// It is not there any more.
    Gone,
}

state! {
    /// What is done with contacts and saved addresses. Copied freely: it is a handle.
    pub struct People from places::PEOPLE, places::ROOM; {
        /// What is looked for.
        pub term: String = String::new();
        /// What is in the form; none where there is none.
        pub edited: Option<Subject> = None;
        /// How it is at the server, as the form began with it.
        pub opened: Remote<()> = Remote::Ready(());
        /// What stands in the form.
        pub form: AddressForm = AddressForm::default();
        /// Whether it is being saved.
        pub busy: bool = false;
        /// Why it was not.
        pub failed: Option<Error> = None;
        /// What is told over the list.
        pub said: Option<Said> = None;
        /// What is asked.
        pub asks: Option<Question> = None;
        /// What is to be deleted, and can still be kept.
        pub held: Option<Held> = None;
        /// What is being deleted.
        pub going: Vec<Subject> = Vec::new();
        /// What could not be deleted, and why.
        pub undeleted: Option<(Held, Error)> = None;
        /// What takes the focus when the list is drawn.
        pub focus: Option<Subject> = None;
        /// Another one whenever what is under way is for nobody any more.
        turn: u32 = 0;
        /// The same of what is held.
        hold_turn: u32 = 0;
    }
}

impl App {
    /// What is done with contacts and saved addresses, made when it is first asked for.
    pub fn people(self) -> People {
        // The directory is there before them.
        self.desk();
        let people = People(self.cx().row());
        if people.form().is_gone() {
            people.begin();
        }
        people
    }
}

impl People {
    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// What was read of addresses and contacts.
    pub fn directory(self) -> Directory {
        Directory::of(self.0)
    }

    fn checkout(self) -> Checkout {
        Checkout::of(self.0)
    }

    /// Nothing of it is for the next person. What was still held is not deleted.
    fn forget(self) {
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
        self.hold_turn().update(|turn| *turn = turn.wrapping_add(1));
        self.term().set(String::new());
        self.busy().set(false);
        self.put_away();
        self.said().set(None);
        self.asks().set(None);
        self.held().set(None);
        self.going().set(Vec::new());
        self.undeleted().set(None);
        self.focus().set(None);
    }

    /// A screen is opened: what is known stays in sight while it is read again.
    pub fn enter(self, page: DeskPage) {
        match Subject::at(page) {
            Some(subject) if subject.is_saved() => {
                if self.edited().get_untracked() != Some(subject) {
                    self.open(subject);
                }
            }
            Some(Subject::Contact(_)) => self.directory().read_contacts(),
            _ => self.read_addresses(),
        }
    }

    /// A screen is left: what is held is deleted, since nobody is there to undo it any more. What is looked for is so until one goes
    /// elsewhere than to one of what was found.
    pub fn leave(self, page: DeskPage) {
        self.settle();
        let list = |page| Subject::at(page).map(Subject::list);
        let is_near = matches!(self.cx().screen().get_untracked(), Screen::Desk(now) if list(now) == list(page));
        if !is_near {
            self.term().set(String::new());
        }
    }

    /// Reads the saved addresses anew.
    pub fn read_addresses(self) {
        self.cx().spawn(Box::pin(self.directory().read_addresses()));
    }

    /// What is in the form of one of the screens.
    pub fn edited_at(self, page: DeskPage) -> Option<Subject> {
        self.edited().get().filter(|edited| Subject::at(page) == Some(*edited))
    }

    /// Whether something would be lost with the form. Follows.
    pub fn is_unsaved(self) -> bool {
        self.edited().get().is_some_and(|edited| self.form().with(|form| form.is_changed(edited.form_use())))
    }

    /// Opens a form, of something new or of something that is saved; what stands in another one is asked about first.
    pub fn open(self, subject: Subject) {
        if self.busy().get_untracked() {
            return;
        }
        if self.edited().get_untracked() == Some(subject) {
            return self.cx().go(Screen::Desk(subject.page()));
        }
        if self.is_unsaved_now() {
            return self.asks().set(Some(Question::Discard(Some(subject))));
        }
        self.begin_with(subject, AddressForm::default());
    }

    /// Opens the form of a new address of a contact.
    pub fn add_address_of(self, contact: ContactId) {
        if self.busy().get_untracked() || self.is_unsaved_now() {
            return self.open(Subject::Address(None));
        }
        let mut form = AddressForm::default();
        form.enter(Entry::Contact(Some(contact)));
        self.begin_with(Subject::Address(None), form);
    }

    fn is_unsaved_now(self) -> bool {
        let edited = self.edited().get_untracked();
        edited.is_some_and(|edited| self.form().with_untracked(|form| form.is_changed(edited.form_use())))
    }

    fn begin_with(self, subject: Subject, form: AddressForm) {
        self.settle();
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
        self.said().set(None);
        self.failed().set(None);
        self.form().set(form);
        self.opened().set(if subject.is_saved() { Remote::Loading } else { Remote::Ready(()) });
        self.edited().set(Some(subject));
        if matches!(subject, Subject::Address(_)) {
            self.directory().read_contacts();
        }
        self.cx().go(Screen::Desk(subject.page()));
        if subject.is_saved() {
            self.read_opened();
        }
    }

    /// Reads what is in the form as the server has it now.
    pub fn read_opened(self) {
        let Some(subject) = self.edited().get_untracked() else { return };
        self.opened().set(Remote::Loading);
        let turn = self.turn().get_untracked();
        self.cx().spawn(Box::pin(async move {
            let read = self.fetch(subject).await;
            if self.turn().get_untracked() != turn {
                return;
            }
            match read {
                Ok(form) => {
                    self.form().set(form);
                    self.opened().set(Remote::Ready(()));
                }
                Err(Error::NotFound { .. }) => {
                    self.put_away();
                    self.said().set(Some(Said::Gone));
                    self.enter(subject.list());
                    self.go_to_list(subject);
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    self.opened().set(Remote::Failed(error));
                }
            }
        }));
    }

    async fn fetch(self, subject: Subject) -> Result<AddressForm, Error> {
        let (client, organization) = self.cx().client()?;
        Ok(match subject {
            Subject::Address(Some(id)) => AddressForm::of_address(&client.address(organization, id).await?),
            Subject::Contact(Some(id)) => AddressForm::of_contact(&client.contact(organization, id).await?.details),
            _ => AddressForm::default(),
        })
    }

    /// Something is entered into the form.
    pub fn entered(self, entry: Entry) {
        self.form().update(|form| form.enter(entry));
    }

    /// Closes the form; what stands in it is asked about first.
    pub fn close(self) {
        match self.is_unsaved_now() {
            true => self.asks().set(Some(Question::Discard(None))),
            false => self.back_to_list(),
        }
    }

    fn back_to_list(self) {
        let edited = self.edited().get_untracked();
        self.focus().set(edited);
        self.put_away();
        if let Some(subject) = edited {
            self.go_to_list(subject);
        }
    }

    /// From the screen of something to all that are like it; nowhere for who has gone elsewhere meanwhile.
    fn go_to_list(self, subject: Subject) {
        if self.cx().screen().get_untracked() == Screen::Desk(subject.page()) {
            self.cx().go(Screen::Desk(subject.list()));
        }
    }

    /// There is no form any more.
    fn put_away(self) {
        self.turn().update(|turn| *turn = turn.wrapping_add(1));
        self.edited().set(None);
        self.failed().set(None);
        self.opened().set(Remote::Ready(()));
        self.form().set(AddressForm::default());
    }

    /// The person has said yes to what they are asked.
    pub fn confirm(self) {
        let asked = self.asks().get_untracked();
        self.asks().set(None);
        match asked {
            None => {}
            Some(Question::Delete(subject)) => self.hold(subject),
            Some(Question::Discard(None)) => self.back_to_list(),
            Some(Question::Discard(Some(subject))) => self.begin_with(subject, AddressForm::default()),
        }
    }

    /// The person has said no to it: what stands in the form stays, and is what is shown.
    pub fn dismiss(self) {
        let asked = self.asks().get_untracked();
        self.asks().set(None);
        if let (Some(Question::Discard(Some(_))), Some(edited)) = (asked, self.edited().get_untracked()) {
            self.cx().go(Screen::Desk(edited.page()));
        }
    }
}

/// What an operation makes of a call that may have nothing to answer.
async fn done(call: Call<()>) -> Result<(), Error> {
    match call.await {
        // It is what was wanted.
        Err(Error::NotFound { .. }) => Ok(()),
        answer => answer,
    }
}

#[cfg(test)]
mod tests;
