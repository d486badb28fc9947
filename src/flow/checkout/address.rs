//! A new address: saved once, also where the answer is lost, and chosen.

use super::{Checkout, Chosen, Step, Way};
use crate::api::{Address, AddressId, Error};
use crate::domain::address::AddressForm;
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
            match self.ask_to_save(&form, was_lost).await {
                Ok(address) => {
                    // Who has left the form meanwhile is not taken on.
                    let is_here = !saving.busy.is_gone();
                    let id = address.id;
                    self.has_saved(address, is_here);
                    if is_here {
                        self.open_step(Step::Address.next());
                    }
                    self.look_for_twin(&form, id).await;
                }
                Err(error) => {
                    self.cx().tell_error(&error);
                    saving.failed.set(Some(error));
                    saving.busy.set(false);
                }
            }
        }));
    }

    /// Saves what stands in the form. When the answer is lost, the addresses are looked through for it; also before it is tried
    /// again.
    async fn ask_to_save(self, form: &AddressForm, was_lost: bool) -> Result<Address, Error> {
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

    /// A browser may have sent it more than once. Then all of them stand in the list, and the person is told.
    async fn look_for_twin(self, form: &AddressForm, saved: AddressId) {
        let Ok((client, organization)) = self.cx().client() else { return };
        // That this fails is no failure of anything that was asked for.
        let Ok(list) = client.addresses(organization, None).await else { return };
        let is_twin = |address: &Address| address.id != saved && form.is_saved_as(address) && !self.knows(address);
        if list.items.iter().any(is_twin) {
            self.addresses().set(Remote::Ready(list.items.into()));
            self.saved_twice().set(Some(saved));
            let message = self.cx().words().checkout().saved_twice.to_string();
            self.cx().tell(HostEvent::Error { code: "saved-twice", message });
        }
    }

    fn knows(self, address: &Address) -> bool {
        self.addresses().with_untracked(|list| match list {
            Remote::Ready(list) => list.iter().any(|known| known.id == address.id),
            _ => false,
        })
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
}
