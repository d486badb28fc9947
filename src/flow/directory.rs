//! The organization's saved addresses and contacts, as they were read, and how something new comes to be among them once, also
//! where an answer is lost. The checkout and the screens of addresses and contacts share it.

use std::rc::Rc;

use super::app::{App, Load};
use super::context::Context;
use super::listing::Listing;
use super::places;
use super::reading::answered;
use super::remote::Remote;
use crate::api::{Address, Contact, Entries, Error, Paged};
use crate::domain::address::AddressForm;
use crate::reactive::{Row, Var, state};

/// What is done with saved addresses and contacts, which is in a later file.
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct PeopleDeeds {
    /// Forgets everything: somebody has signed out.
    pub forget: fn(App),
}

state! {
    /// What is saved at the server of where orders go, and to whom. Copied freely: it is a handle.
    pub struct Directory from places::DIRECTORY, places::ROOM; {
        /// The saved addresses.
        pub addresses: Remote<Rc<[Address]>> = Remote::Loading;
        /// The contacts.
        pub contacts: Remote<Rc<[Contact]>> = Remote::Loading;
        /// Whether contacts have been asked for.
        pub wants_contacts: bool = false;
        /// What is done with them, once its file is there.
        people: Option<&'static PeopleDeeds> = None;
        /// Of two reads under way the last one counts.
        turns: [u32; 2] = [0; 2];
    }
}

impl Directory {
    /// Nothing is known yet.
    pub(super) fn new(cx: Context) -> Directory {
        let directory = Directory(cx.row());
        directory.begin();
        directory
    }

    /// The same of whoever has another flow of the widget.
    pub(super) const fn of(row: Row) -> Directory {
        Directory(row)
    }

    /// What all flows share.
    pub fn cx(self) -> Context {
        Context::of(self.0)
    }

    /// Nothing of it is for the next person.
    pub(super) fn forget(self) {
        self.turns().update(|turns| turns.iter_mut().for_each(|turn| *turn = turn.wrapping_add(1)));
        self.addresses().set(Remote::Loading);
        self.contacts().set(Remote::Loading);
        self.wants_contacts().set(false);
        if let Some(people) = self.people().get_untracked() {
            (people.forget)(App::of(self.0));
        }
    }

    /// Fetches what is done with them. Whether it came.
    pub async fn fetch_people(self, load: Load<PeopleDeeds>) -> bool {
        if !self.has_people() {
            // That it does not come is told by whoever has asked for it.
            self.people().set(load(App::of(self.0)).await.ok());
        }
        self.has_people()
    }

    /// Whether it is there.
    pub fn has_people(self) -> bool {
        self.people().with_untracked(Option::is_some)
    }

    fn next_turn(self, of: usize) -> u32 {
        self.turns().update(|turns| turns[of] = turns[of].wrapping_add(1));
        self.turns().get_untracked()[of]
    }

    /// Reads the saved addresses; those that are known stay until then.
    pub async fn read_addresses(self) {
        let turn = self.next_turn(0);
        if !self.addresses().with_untracked(Remote::is_ready) {
            self.addresses().set(Remote::Loading);
        }
        let answer = match self.cx().client() {
            Ok((client, organization)) => entries(client.addresses(organization, None).await),
            Err(error) => Err(error),
        };
        if self.turns().get_untracked()[0] == turn {
            let list = answer.map(|list| self.cx().readable(Listing::Addresses, list));
            show(self.addresses(), answered(self.cx(), list));
        }
    }

    /// Reads the contacts; those that are known stay until then.
    pub fn read_contacts(self) {
        self.wants_contacts().set(true);
        let turn = self.next_turn(1);
        if !self.contacts().with_untracked(Remote::is_ready) {
            self.contacts().set(Remote::Loading);
        }
        self.cx().spawn(Box::pin(async move {
            let answer = match self.cx().client() {
                Ok((client, organization)) => entries(client.contacts(organization, None).await),
                Err(error) => Err(error),
            };
            if self.turns().get_untracked()[1] == turn {
                let list = answer.map(|list| self.cx().readable(Listing::Contacts, list));
                show(self.contacts(), answered(self.cx(), list));
            }
        }));
    }

    /// Saves the address that stands in the form. When the answer is lost, the addresses are looked through for it; also
    /// before it is tried again.
    ///
    /// # Errors
    /// Why it is not saved, or not known to be.
    pub async fn save_address(self, form: &AddressForm, was_lost: bool) -> Result<Address, Error> {
        let (client, organization) = self.cx().client()?;
        let is_it = |address: &Address| form.is_saved_as(address) && !self.knows(address);
        if was_lost && let Some(address) = client.addresses(organization, None).await?.items.into_iter().find(is_it) {
            return Ok(address);
        }
        let error = match client.create_address(organization, &form.to_save()).await {
            Ok(address) => return Ok(address),
            Err(error) => error,
        };
        if !error.is_outcome_unknown() {
            return Err(error);
        }
        let list = client.addresses(organization, None).await.map_err(|_| error.clone())?;
        list.items.into_iter().find(is_it).ok_or(error)
    }

    /// A new address is there. A browser may have sent it more than once: then all of them stand in the list. Returns whether
    /// that is so.
    pub async fn has_twin(self, form: &AddressForm, saved: &Address) -> bool {
        let Ok((client, organization)) = self.cx().client() else { return false };
        // That this fails is no failure of anything that was asked for.
        let Ok(list) = client.addresses(organization, None).await else { return false };
        let is_twin = |address: &Address| address.id != saved.id && form.is_saved_as(address) && !self.knows(address);
        let is_twice = list.items.iter().any(is_twin);
        if is_twice {
            self.addresses().set(Remote::Ready(list.items.into()));
        }
        is_twice
    }

    fn knows(self, address: &Address) -> bool {
        self.addresses().with_untracked(|list| match list {
            Remote::Ready(list) => list.iter().any(|known| known.id == address.id),
            _ => false,
        })
    }
}

fn entries<T>(answer: Result<Paged<T>, Error>) -> Result<Entries<T>, Error> {
    answer.map(|list| Entries { items: list.items, left_out: list.left_out })
}

/// What was read is there from now on; not anew where it is as it was, under the hands of whoever is at work in it.
fn show<T: PartialEq + 'static>(place: Var<Remote<Rc<[T]>>>, now: Remote<Vec<T>>) {
    match now {
        Remote::Ready(list) if place.with_untracked(|known| known.ready().is_some_and(|known| **known == *list)) => {}
        Remote::Ready(list) => place.set(Remote::Ready(list.into())),
        Remote::Failed(error) => place.set(Remote::Failed(error)),
        Remote::Loading => {}
    }
}
