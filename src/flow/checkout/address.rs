//! A new address: saved once, also where the answer is lost, and chosen.

use super::{Checkout, Chosen, Step, Way};
use crate::api::{Address, AddressId, Error};
use crate::flow::host::HostEvent;
use crate::flow::remote::Remote;
use crate::reactive::Var;

/// How saving an address goes, for as long as its form is there.
#[derive(Clone, Copy)]
pub struct Saving {
    /// Whether it is under way.
    pub busy: Var<bool>,
    /// Why it did not come about.
    pub failed: Var<Option<Error>>,
}

impl Saving {
    /// Nothing is under way.
    pub fn new() -> Saving {
        Saving { busy: Var::new(false), failed: Var::new(None) }
    }
}

impl Default for Saving {
    fn default() -> Saving {
        Saving::new()
    }
}

impl Checkout {
    /// The order goes to the address in the form, and to it alone.
    pub fn use_one_off(self) {
        let address = self.form().with_untracked(|form| form.one_off());
        self.chosen().set(Some(Chosen::OneOff(address)));
        self.open_step(Step::Address.next());
    }

    /// Saves the address in the form, and goes on with it.
    pub fn save_address(self, saving: Saving) {
        saving.busy.set(true);
        let was_lost = saving.failed.with_untracked(|failed| failed.as_ref().is_some_and(Error::is_outcome_unknown));
        saving.failed.set(None);
        let form = self.form().get_untracked();
        self.cx().spawn(Box::pin(async move {
            match self.directory().save_address(&form, was_lost).await {
                Ok(address) => {
                    // Who has left the form meanwhile is not taken on.
                    let is_here = !saving.busy.is_gone();
                    self.has_saved(address.clone(), is_here);
                    if is_here {
                        self.open_step(Step::Address.next());
                    }
                    if self.directory().has_twin(&form, &address).await {
                        self.saved_twice().set(Some(address.id));
                        let message = self.cx().words().checkout().saved_twice.to_string();
                        self.cx().tell(HostEvent::Error { code: "saved-twice", message });
                    }
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    saving.failed.set(Some(error));
                    saving.busy.set(false);
                }
            }
        }));
    }

    /// A new address is there: it is among the saved ones from now on, and chosen if the person is still there.
    fn has_saved(self, address: Address, is_here: bool) {
        if let Remote::Ready(list) = self.addresses().get_untracked() {
            let all = list.iter().cloned().chain([address.clone()]);
            self.addresses().set(Remote::Ready(all.collect()));
        } else {
            // The others are not known, so the new one alone would pass for all there are.
            self.load_addresses();
        }
        if !is_here {
            return;
        }
        self.form().set(Default::default());
        self.is_typed().set(false);
        self.way().set(Way::Saved);
        self.chosen().set(Some(Chosen::Saved(address)));
    }

    /// A saved address is another one now, or gone: an order that was to go there is asked for its address again.
    pub fn has_changed(self, address: AddressId, now: Option<Address>) {
        let is_it = |chosen: &Option<Chosen>| matches!(chosen, Some(Chosen::Saved(it)) if it.id == address);
        if self.chosen().with_untracked(is_it) {
            self.chosen().set(now.map(Chosen::Saved));
        }
    }
}
