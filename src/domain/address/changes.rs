//! What a change to a saved address, or to a saved contact, comes to: only what is otherwise than it was is sent, so that what
//! somebody else has changed beside it stays.

use super::{AddressForm, Part, Use, filled, lines_of};
use crate::api::{Address, AddressUpdate, Contact, ContactDetails, ContactUpdate, has};
use crate::domain::sort::by_keys;

impl AddressForm {
    /// The form of an address that is saved.
    pub fn of_address(address: &Address) -> AddressForm {
        let mut form = AddressForm { contact: address.contact_id, primary: address.primary, ..AddressForm::default() };
        for (part, text) in [
            (Part::OrganizationName, address.organization_name.as_ref()),
            (Part::Address1, Some(&address.address1)),
            (Part::Address2, address.address2.as_ref()),
            (Part::City, Some(&address.city)),
            (Part::State, Some(&address.state)),
            (Part::ZipCode, Some(&address.zip_code)),
            (Part::Country, Some(&address.country)),
            (Part::Label, address.label.as_ref()),
        ] {
            form.set(part, text.cloned().unwrap_or_default());
        }
        form.saved()
    }

    /// The form of a contact that is saved.
    pub fn of_contact(details: &ContactDetails) -> AddressForm {
        let mut form = AddressForm::default();
        for (part, text) in [
            (Part::FullName, Some(&details.full_name)),
            (Part::Email, Some(&details.email)),
            (Part::AltEmail, details.alt_email.as_ref()),
            (Part::PhoneNumber, details.phone_number.as_ref()),
            (Part::AltPhoneNumber, details.alt_phone_number.as_ref()),
        ] {
            form.set(part, text.cloned().unwrap_or_default());
        }
        form.saved()
    }

    fn saved(mut self) -> AddressForm {
        self.before = Some(Box::new(self.clone()));
        self
    }

    /// The same as something new.
    pub fn as_new(mut self) -> AddressForm {
        self.before = None;
        self
    }

    /// Whether a part stands there as it was saved. What a country needs is another question in another one.
    pub(super) fn is_as_saved(&self, part: Part) -> bool {
        let is_same = |before: &AddressForm, part| before.trimmed(part) == self.trimmed(part);
        self.before.as_ref().is_some_and(|before| {
            // An address that is saved says nothing of its contact here.
            let is_known = !part.is_of_contact() || !before.get(part).is_empty();
            is_known && is_same(before, part) && is_same(before, Part::Country)
        })
    }

    /// Whether what it is to change has a contact. One without cannot be changed (vendor's warning to "Update an Address").
    pub fn had_contact(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.contact.is_some())
    }

    /// Whether something in it is otherwise than it was when it was opened.
    pub fn is_changed(&self, of: Use) -> bool {
        let blank = AddressForm::default();
        let before = self.before.as_deref().unwrap_or(&blank);
        before.contact != self.contact
            || before.primary != self.primary
            || Part::ALL.into_iter().any(|part| part.is_in(of) && before.trimmed(part) != self.trimmed(part))
    }

    fn change(&self, part: Part) -> Option<String> {
        let now = self.trimmed(part);
        let was = self.before.as_ref().map(|before| before.trimmed(part));
        (was.as_ref() != Some(&now)).then_some(now)
    }

    /// What of a saved address changes.
    pub fn address_changes(&self) -> AddressUpdate {
        let before = self.before.as_ref();
        AddressUpdate {
            contact: (self.contact.is_none() || before.is_none_or(|before| before.contact != self.contact))
                .then(|| self.receiver()),
            organization_name: self.change(Part::OrganizationName),
            label: self.change(Part::Label),
            primary: before.is_none_or(|before| before.primary != self.primary).then_some(self.primary),
            address1: self.change(Part::Address1),
            address2: self.change(Part::Address2),
            city: self.change(Part::City),
            state: self.change(Part::State),
            zip_code: self.change(Part::ZipCode),
            country: self.change(Part::Country),
        }
    }

    /// What of a saved contact changes.
    pub fn contact_changes(&self) -> ContactUpdate {
        ContactUpdate {
            full_name: self.change(Part::FullName),
            email: self.change(Part::Email),
            alt_email: self.change(Part::AltEmail),
            phone_number: self.change(Part::PhoneNumber),
            alt_phone_number: self.change(Part::AltPhoneNumber),
        }
    }

    /// Whether `contact` is the one in the form: to find it again when the answer to saving it got lost.
    pub fn is_contact(&self, contact: &Contact) -> bool {
        let (ours, theirs) = (self.details(), &contact.details);
        ours.full_name == theirs.full_name.trim()
            && ours.email == theirs.email.trim()
            && filled(&ours.alt_email) == filled(&theirs.alt_email)
            && filled(&ours.phone_number) == filled(&theirs.phone_number)
            && filled(&ours.alt_phone_number) == filled(&theirs.alt_phone_number)
    }
}

/// What an address is called: its label, or who receives there, or its first line.
pub fn title_of(address: &Address) -> String {
    let label = filled(&address.label).map(str::to_owned);
    label.or_else(|| lines_of(address).into_iter().next()).unwrap_or_default()
}

/// What a contact is called.
pub fn name_of(contact: &ContactDetails) -> &str {
    let name = contact.full_name.trim();
    if name.is_empty() { contact.email.trim() } else { name }
}

/// Addresses as one looks for them: the primary one, then by what they are called.
pub fn in_order(addresses: &[Address], fold: impl Fn(&str) -> String) -> Vec<Address> {
    let keys: Vec<_> = addresses.iter().map(|address| (!address.primary, fold(&title_of(address)))).collect();
    by_keys(addresses, &keys)
}

/// Contacts by their names.
pub fn contacts_in_order(contacts: &[Contact], fold: impl Fn(&str) -> String) -> Vec<Contact> {
    let keys: Vec<String> = contacts.iter().map(|contact| fold(name_of(&contact.details))).collect();
    by_keys(contacts, &keys)
}

/// Whether every word of `term` is somewhere in what is known of a contact; see [`super::matches`].
pub fn contact_matches(contact: &Contact, term: &str, fold: impl Fn(&str) -> String) -> bool {
    let details = &contact.details;
    let mut text = [&details.full_name, " ", &details.email].concat();
    for more in [&details.alt_email, &details.phone_number, &details.alt_phone_number].into_iter().flatten() {
        text.push(' ');
        text.push_str(more);
    }
    for address in &contact.addresses {
        text.push(' ');
        text.push_str(&title_of(address));
    }
    let text = fold(&text);
    fold(term).split_whitespace().all(|word| has(&text, word))
}
