//! What stands in the form is saved: something new, or what of something saved is otherwise than it was.

use super::{People, Said, Subject, done};
use crate::api::{Address, AddressId, Contact, Error};
use crate::domain::address::AddressForm;
use crate::flow::host::HostEvent;
use crate::flow::remote::Remote;
use crate::flow::screen::Screen;

/// What the vendor answers where an address that has no contact is to be changed.
const NO_CONTACT: u16 = 501;

/// Whether it was refused because the address has no contact (vendor's warning to "Update an Address").
pub fn lacks_contact(error: &Error) -> bool {
    matches!(error, Error::Server { status: NO_CONTACT, .. })
}

impl People {
    /// Saves what stands in the form, and goes back to the list.
    pub fn save(self) {
        let Some(subject) = self.edited().get_untracked() else { return };
        if self.busy().get_untracked() {
            return;
        }
        let was_lost = self.failed().with_untracked(|failed| failed.as_ref().is_some_and(Error::is_outcome_unknown));
        self.busy().set(true);
        self.failed().set(None);
        let form = self.form().get_untracked();
        let turn = self.turn().get_untracked();
        self.cx().spawn(Box::pin(async move {
            let saved = self.ask_to_save(subject, &form, was_lost).await;
            if self.turn().get_untracked() != turn {
                return;
            }
            self.busy().set(false);
            match saved {
                Ok((saved, said)) => {
                    self.put_away();
                    self.said().set(Some(said));
                    self.focus().set(Some(saved));
                    self.go_to_list(subject);
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    // A contact that was chosen may be gone.
                    if matches!(error, Error::NotAcceptable { .. } | Error::Refused { .. }) {
                        self.directory().read_contacts();
                    }
                    self.failed().set(Some(error));
                }
            }
        }));
    }

    /// What stands in the form is saved as something new: what it was to change cannot be changed, or is gone.
    pub fn save_as_new(self) {
        let Some(subject) = self.edited().get_untracked() else { return };
        self.form().update(|form| *form = form.clone().as_new());
        self.failed().set(None);
        let new = match subject {
            Subject::Address(_) => Subject::Address(None),
            Subject::Contact(_) => Subject::Contact(None),
        };
        self.edited().set(Some(new));
        self.cx().go(Screen::Desk(new.page()));
        self.save();
    }

    async fn ask_to_save(self, subject: Subject, form: &AddressForm, was_lost: bool) -> Result<(Subject, Said), Error> {
        if subject.is_saved() && !form.is_changed(subject.form_use()) {
            return Ok((subject, Said::Saved));
        }
        match subject {
            Subject::Address(None) => {
                let address = self.directory().save_address(form, was_lost).await?;
                let said = self.after_new_address(form, &address).await;
                Ok((Subject::Address(Some(address.id)), said))
            }
            Subject::Address(Some(id)) => self.change_address(id, form, was_lost).await,
            Subject::Contact(None) => {
                let contact = self.create_contact(form, was_lost).await?;
                let said = self.after_new_contact(form, &contact).await;
                Ok((Subject::Contact(Some(contact.id)), said))
            }
            Subject::Contact(Some(id)) => {
                let (client, organization) = self.cx().client()?;
                client.update_contact(organization, id, &form.contact_changes()).await?;
                self.directory().read_contacts();
                // Addresses show whose they are.
                self.read_addresses();
                Ok((subject, Said::Saved))
            }
        }
    }

    async fn change_address(self, id: AddressId, form: &AddressForm, was_lost: bool) -> Result<(Subject, Said), Error> {
        let (client, organization) = self.cx().client()?;
        let changed = client.update_address(organization, id, &form.address_changes()).await;
        let (address, said) = match changed {
            Ok(address) => (address, Said::Saved),
            // It was told beforehand that it will be another one.
            Err(error) if lacks_contact(&error) && !form.had_contact() => {
                let new = self.directory().save_address(&form.clone().as_new(), was_lost).await?;
                let is_gone = done(client.delete_address(organization, id)).await.is_ok();
                (new, if is_gone { Said::Saved } else { Said::OldStays })
            }
            Err(error) => return Err(error),
        };
        let subject = Subject::Address(Some(address.id));
        self.checkout().has_changed(id, Some(address));
        self.read_addresses();
        Ok((subject, said))
    }

    async fn after_new_address(self, form: &AddressForm, address: &Address) -> Said {
        let is_twice = self.directory().has_twin(form, address).await;
        if form.contact().is_none() {
            self.directory().read_contacts();
        }
        self.directory().read_addresses().await;
        self.told(is_twice, self.cx().words().people().address_twice)
    }

    fn told(self, is_twice: bool, message: &str) -> Said {
        if !is_twice {
            return Said::Saved;
        }
        self.cx().tell(HostEvent::Error { code: "saved-twice", message: message.to_owned() });
        Said::Twice
    }

    /// Creates the contact that stands in the form. When the answer is lost, the contacts are looked through for it; also before
    /// it is tried again.
    async fn create_contact(self, form: &AddressForm, was_lost: bool) -> Result<Contact, Error> {
        let (client, organization) = self.cx().client()?;
        let is_it = |contact: &Contact| form.is_contact(contact) && !self.knows_contact(contact);
        if was_lost && let Some(contact) = client.contacts(organization, None).await?.items.into_iter().find(is_it) {
            return Ok(contact);
        }
        let error = match client.create_contact(organization, &form.details()).await {
            Ok(contact) => return Ok(contact),
            Err(error) => error,
        };
        if !error.is_outcome_unknown() {
            return Err(error);
        }
        let list = client.contacts(organization, None).await.map_err(|_| error.clone())?;
        list.items.into_iter().find(is_it).ok_or(error)
    }

    /// A browser may have sent it more than once.
    async fn after_new_contact(self, form: &AddressForm, contact: &Contact) -> Said {
        let Ok((client, organization)) = self.cx().client() else { return Said::Saved };
        // That this fails is no failure of anything that was asked for.
        let Ok(list) = client.contacts(organization, None).await else { return Said::Saved };
        let is_twin = |other: &Contact| other.id != contact.id && form.is_contact(other) && !self.knows_contact(other);
        let is_twice = list.items.iter().any(is_twin);
        self.directory().contacts().set(Remote::Ready(list.items.into()));
        self.told(is_twice, self.cx().words().people().contact_twice)
    }

    fn knows_contact(self, contact: &Contact) -> bool {
        self.directory()
            .contacts()
            .with_untracked(|list| list.ready().is_some_and(|list| list.iter().any(|known| known.id == contact.id)))
    }
}
