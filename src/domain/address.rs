//! A delivery address, and the contact who receives there, as a person types them, and what has to be in them. What a change
//! to one that is saved comes to is in [`changes`].

use super::country::{HOME, country, has_zip_codes, is_zip_code, state, states};
use super::digits::plain_text;
use super::text::printed;
use crate::api::{Address, AddressContact, ContactDetails, ContactId, NewAddress, OneOffAddress, PostalAddress, has};

mod changes;

pub use changes::{contact_matches, contacts_in_order, in_order, name_of, title_of};

/// What a form of an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// An address for one order alone.
    OneOff,
    /// An address that is saved, with the contact who receives there.
    Saved,
    /// A contact alone.
    Contact,
}

/// One line of an address form, by the API's own name of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who receives it.
    FullName,
    /// How to reach them; for an address that is saved, since a contact is saved with it.
    Email,
    /// Another way to do so; of a contact.
    AltEmail,
    /// Their telephone number; likewise.
    PhoneNumber,
    /// Another one; of a contact.
    AltPhoneNumber,
    /// At which organization.
    OrganizationName,
    /// The first line.
    Address1,
    /// The second line.
    Address2,
    /// The city.
    City,
    /// The state.
    State,
    /// The zip code.
    ZipCode,
    /// The country's code.
    Country,
    /// What a saved address is called.
    Label,
}

/// How many there are.
const PARTS: usize = 13;

impl Part {
    /// All of them, in the order of the form.
    pub const ALL: [Part; PARTS] = [
        Part::FullName,
        Part::Email,
        Part::AltEmail,
        Part::PhoneNumber,
        Part::AltPhoneNumber,
        Part::OrganizationName,
        Part::Address1,
        Part::Address2,
        Part::City,
        Part::State,
        Part::ZipCode,
        Part::Country,
        Part::Label,
    ];

    /// The vendor's name for it. The lines of an address that is used once are spelled with an underscore.
    pub fn name(self, of: Use) -> &'static str {
        match self {
            Part::FullName => "full_name",
            Part::Email => "email",
            Part::AltEmail => "alt_email",
            Part::PhoneNumber => "phone_number",
            Part::AltPhoneNumber => "alt_phone_number",
            Part::OrganizationName => "organization_name",
            Part::Address1 if of == Use::OneOff => "address_1",
            Part::Address1 => "address1",
            Part::Address2 if of == Use::OneOff => "address_2",
            Part::Address2 => "address2",
            Part::City => "city",
            Part::State => "state",
            Part::ZipCode => "zip_code",
            Part::Country => "country",
            Part::Label => "label",
        }
    }

    /// Whether it is the contact's, and not the place's.
    pub fn is_of_contact(self) -> bool {
        (self as u8) < Part::OrganizationName as u8
    }

    /// Whether a form for this use has it at all.
    pub fn is_in(self, of: Use) -> bool {
        match (of, self) {
            (Use::Contact, part) => part.is_of_contact(),
            (_, Part::AltEmail | Part::AltPhoneNumber) => false,
            (Use::OneOff, part) => !matches!(part, Part::Email | Part::PhoneNumber | Part::Label),
            (Use::Saved, _) => true,
        }
    }

    /// Whether an address, or a contact, cannot do without it (vendor's text, "Create an Address", "Create a Contact").
    pub fn is_required(self) -> bool {
        use Part::{Address1, City, Country, Email, FullName, State, ZipCode};
        matches!(self, FullName | Email | Address1 | City | State | ZipCode | Country)
    }
}

/// What is wrong with a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It has to be there and is not.
    Missing,
    /// It is no email address.
    NoEmail,
    /// It is none of the country's states.
    NoState,
    /// It is no zip code of the country.
    NoZipCode,
    /// It is no country.
    NoCountry,
}

/// Something that a person enters into the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The text of a part.
    Text(Part, String),
    /// The contact who receives there, of those that are saved; none for a new one.
    Contact(Option<ContactId>),
    /// Whether it is to be the organization's primary address.
    Primary(bool),
}

/// What stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressForm {
    texts: [String; PARTS],
    contact: Option<ContactId>,
    primary: bool,
    /// How it was saved, where it changes what is.
    before: Option<Box<AddressForm>>,
}

impl Default for AddressForm {
    /// Empty but for the country: the vendor ships from the United States, mostly to there.
    fn default() -> AddressForm {
        let mut form = AddressForm { texts: Default::default(), contact: None, primary: false, before: None };
        form.set(Part::Country, HOME.to_owned());
        form
    }
}

impl AddressForm {
    /// What stands in a part.
    pub fn get(&self, part: Part) -> &str {
        &self.texts[part as usize]
    }

    /// Puts a text into a part.
    pub fn set(&mut self, part: Part, text: String) {
        self.texts[part as usize] = text;
    }

    /// Who receives there, of the saved contacts; none for a new one.
    pub fn contact(&self) -> Option<ContactId> {
        self.contact
    }

    /// Whether it is to be the primary address.
    pub fn is_primary(&self) -> bool {
        self.primary
    }

    /// Takes in what a person enters.
    pub fn enter(&mut self, entry: Entry) {
        match entry {
            Entry::Text(part, text) => self.set(part, text),
            Entry::Contact(contact) => self.contact = contact,
            Entry::Primary(primary) => self.primary = primary,
        }
    }

    /// Whether a part is asked for: a contact that is saved has said who they are.
    pub fn asks_for(&self, part: Part, of: Use) -> bool {
        part.is_in(of) && (of != Use::Saved || self.contact.is_none() || !part.is_of_contact())
    }

    /// What is wrong with a part of an address for this use. What stands there as it was saved is not for the form to refuse.
    pub fn flaw(&self, part: Part, of: Use) -> Option<Flaw> {
        let text = printed(self.get(part));
        if !self.asks_for(part, of) || self.is_as_saved(part) {
            return None;
        }
        let country_of = self.get(Part::Country);
        match part {
            _ if text.is_empty() => self.needs(part, of).then_some(Flaw::Missing),
            Part::Email | Part::AltEmail if !text.contains('@') => Some(Flaw::NoEmail),
            Part::State if self.has_states() && state(country_of, text).is_none() => Some(Flaw::NoState),
            Part::ZipCode if !is_zip_code(country_of, &plain_text(text)) => Some(Flaw::NoZipCode),
            Part::Country if country(text).is_none() => Some(Flaw::NoCountry),
            _ => None,
        }
    }

    /// Whether an address in this country cannot do without a part. What is saved is held to the vendor's list of what is
    /// required, and what is used once to what its post needs.
    pub fn needs(&self, part: Part, of: Use) -> bool {
        match part {
            Part::State if of == Use::OneOff => self.has_states(),
            Part::ZipCode if of == Use::OneOff => has_zip_codes(self.get(Part::Country)),
            part => part.is_required(),
        }
    }

    /// Whether the state is one of those of the country, and no text.
    pub fn has_states(&self) -> bool {
        states(self.get(Part::Country)).next().is_some()
    }

    /// The first part with a flaw, in the order of the form.
    pub fn first_flaw(&self, of: Use) -> Option<Part> {
        Part::ALL.into_iter().find(|part| self.flaw(*part, of).is_some())
    }

    /// What is sent for a part: numbers and states in the letters that carriers read.
    fn trimmed(&self, part: Part) -> String {
        let text = printed(self.get(part));
        match part {
            Part::ZipCode | Part::PhoneNumber | Part::AltPhoneNumber => plain_text(text),
            Part::State => {
                let text = plain_text(text);
                state(self.get(Part::Country), &text).map_or(text.clone(), |(code, _)| code.to_owned())
            }
            Part::Country => country(text).map_or(text, |country| country.three).to_owned(),
            _ => text.to_owned(),
        }
    }

    fn some(&self, part: Part) -> Option<String> {
        Some(self.trimmed(part)).filter(|text| !text.is_empty())
    }

    /// The address for one order.
    pub fn one_off(&self) -> OneOffAddress {
        OneOffAddress {
            full_name: self.trimmed(Part::FullName),
            organization_name: self.some(Part::OrganizationName),
            address_1: self.trimmed(Part::Address1),
            address_2: self.some(Part::Address2),
            city: self.trimmed(Part::City),
            state: self.trimmed(Part::State),
            zip_code: self.trimmed(Part::ZipCode),
            country: self.trimmed(Part::Country),
        }
    }

    /// Who receives there: a contact that is saved, or a new one.
    fn receiver(&self) -> AddressContact {
        self.contact.map_or_else(|| AddressContact::New(self.details()), AddressContact::Existing)
    }

    /// The contact that stands in the form.
    pub fn details(&self) -> ContactDetails {
        ContactDetails {
            full_name: self.trimmed(Part::FullName),
            email: self.trimmed(Part::Email),
            alt_email: self.some(Part::AltEmail),
            phone_number: self.some(Part::PhoneNumber),
            alt_phone_number: self.some(Part::AltPhoneNumber),
        }
    }

    /// The address to be saved, with its contact.
    pub fn to_save(&self) -> NewAddress {
        NewAddress {
            contact: self.receiver(),
            organization_name: self.some(Part::OrganizationName),
            label: self.some(Part::Label),
            primary: self.primary,
            address1: self.trimmed(Part::Address1),
            address2: self.some(Part::Address2),
            city: self.trimmed(Part::City),
            state: self.trimmed(Part::State),
            zip_code: self.trimmed(Part::ZipCode),
            country: self.trimmed(Part::Country),
        }
    }

    /// Whether `address` is the one in the form: to find it again when the answer to saving it got lost.
    pub fn is_saved_as(&self, address: &Address) -> bool {
        let contact = address.contact.as_ref();
        self.trimmed(Part::Address1) == address.address1.trim()
            && self.some(Part::Address2).as_deref() == filled(&address.address2)
            && self.trimmed(Part::City) == address.city.trim()
            && self.trimmed(Part::ZipCode) == address.zip_code.trim()
            && self.some(Part::Label).as_deref() == filled(&address.label)
            && match self.contact {
                Some(chosen) => address.contact_id == Some(chosen),
                None => contact.is_none_or(|contact| contact.email.trim() == self.trimmed(Part::Email)),
            }
    }
}

fn filled(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// A saved address as lines, from the name to the country; what is not known is left out.
pub fn lines_of(address: &Address) -> Vec<String> {
    let name = address.contact.as_ref().map_or("", |contact| contact.full_name.as_str());
    lines([
        name,
        address.organization_name.as_deref().unwrap_or_default(),
        &address.address1,
        address.address2.as_deref().unwrap_or_default(),
        &address.city,
        &address.state,
        &address.zip_code,
        &address.country,
    ])
}

/// The same of an address for one order.
pub fn lines_of_one_off(address: &OneOffAddress) -> Vec<String> {
    lines([
        &address.full_name,
        address.organization_name.as_deref().unwrap_or_default(),
        &address.address_1,
        address.address_2.as_deref().unwrap_or_default(),
        &address.city,
        &address.state,
        &address.zip_code,
        &address.country,
    ])
}

/// An address that a job has, as one for that job alone.
pub fn one_off_of(address: &PostalAddress) -> OneOffAddress {
    let some = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
    OneOffAddress {
        full_name: address.full_name.clone(),
        organization_name: some(&address.organization_name),
        address_1: address.address1.clone(),
        address_2: some(&address.address2),
        city: address.city.clone(),
        state: address.state.clone(),
        zip_code: address.zip_code.clone(),
        country: address.country.clone(),
    }
}

/// City, state and zip code share a line, as on an envelope.
fn lines([name, organization, first, second, city, state, zip, country]: [&str; 8]) -> Vec<String> {
    let region: Vec<&str> = [state.trim(), zip.trim()].into_iter().filter(|text| !text.is_empty()).collect();
    let region = region.join(" ");
    let place: Vec<&str> = [city.trim(), &region].into_iter().filter(|text| !text.is_empty()).collect();
    let place = place.join(", ");
    let all = [name, organization, first, second, &place, country];
    all.into_iter().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Whether every word of `term` is somewhere in the address. `fold` makes the same of what shall count as the same, such as
/// capitals: the browser knows how to, and Unicode's tables would be kilobytes of WASM.
pub fn matches(address: &Address, term: &str, fold: impl Fn(&str) -> String) -> bool {
    let mut text = lines_of(address).iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    for more in [&address.label, &address.contact.as_ref().map(|contact| contact.email.clone())].into_iter().flatten() {
        text.push(' ');
        text.push_str(more);
    }
    let text = fold(&text);
    fold(term).split_whitespace().all(|word| has(&text, word))
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests;
