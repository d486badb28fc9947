//! A delivery address as a person types it, and what has to be in it.

use super::country::{HOME, country, has_zip_codes, is_zip_code, state, states};
use super::digits::plain_text;
use super::text::printed;
use crate::api::{Address, AddressContact, ContactDetails, NewAddress, OneOffAddress, PostalAddress, has};

/// One line of an address form, by the API's own name of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who receives it.
    FullName,
    /// How to reach them; for an address that is saved, since a contact is saved with it.
    Email,
    /// Their telephone number; likewise.
    PhoneNumber,
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

impl Part {
    /// All of them, in the order of the form.
    pub const ALL: [Part; 11] = [
        Part::FullName,
        Part::Email,
        Part::PhoneNumber,
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
    pub fn name(self, saved: bool) -> &'static str {
        match self {
            Part::FullName => "full_name",
            Part::Email => "email",
            Part::PhoneNumber => "phone_number",
            Part::OrganizationName => "organization_name",
            Part::Address1 if saved => "address1",
            Part::Address1 => "address_1",
            Part::Address2 if saved => "address2",
            Part::Address2 => "address_2",
            Part::City => "city",
            Part::State => "state",
            Part::ZipCode => "zip_code",
            Part::Country => "country",
            Part::Label => "label",
        }
    }

    /// Whether an address that is used once has it at all.
    pub fn is_in_one_off(self) -> bool {
        !matches!(self, Part::Email | Part::PhoneNumber | Part::Label)
    }

    /// Whether an address cannot do without it (vendor's text, "Create an Address").
    pub fn is_required(self) -> bool {
        !matches!(self, Part::PhoneNumber | Part::OrganizationName | Part::Address2 | Part::Label)
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

/// What stands in the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressForm {
    texts: [String; 11],
}

impl Default for AddressForm {
    /// Empty but for the country: the vendor ships from the United States, mostly to there.
    fn default() -> AddressForm {
        let mut form = AddressForm { texts: Default::default() };
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

    /// What is wrong with a part of an address that is to be `saved`, or used once.
    pub fn flaw(&self, part: Part, saved: bool) -> Option<Flaw> {
        let text = printed(self.get(part));
        if !saved && !part.is_in_one_off() {
            return None;
        }
        let of = self.get(Part::Country);
        match part {
            _ if text.is_empty() => self.needs(part, saved).then_some(Flaw::Missing),
            Part::Email if !text.contains('@') => Some(Flaw::NoEmail),
            Part::State if self.has_states() && state(of, text).is_none() => Some(Flaw::NoState),
            Part::ZipCode if !is_zip_code(of, &plain_text(text)) => Some(Flaw::NoZipCode),
            Part::Country if country(text).is_none() => Some(Flaw::NoCountry),
            _ => None,
        }
    }

    /// Whether an address in this country cannot do without a part. What is saved is held to the vendor's list of what is
    /// required, and what is used once to what its post needs.
    pub fn needs(&self, part: Part, saved: bool) -> bool {
        match part {
            Part::State if !saved => self.has_states(),
            Part::ZipCode if !saved => has_zip_codes(self.get(Part::Country)),
            part => part.is_required(),
        }
    }

    /// Whether the state is one of those of the country, and no text.
    pub fn has_states(&self) -> bool {
        states(self.get(Part::Country)).next().is_some()
    }

    /// The first part with a flaw, in the order of the form.
    pub fn first_flaw(&self, saved: bool) -> Option<Part> {
        Part::ALL.into_iter().find(|part| self.flaw(*part, saved).is_some())
    }

    /// What is sent for a part: numbers and states in the letters that carriers read.
    fn trimmed(&self, part: Part) -> String {
        let text = printed(self.get(part));
        match part {
            Part::ZipCode | Part::PhoneNumber => plain_text(text),
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

    /// The address to be saved, with its contact.
    pub fn to_save(&self) -> NewAddress {
        NewAddress {
            contact: AddressContact::New(ContactDetails {
                full_name: self.trimmed(Part::FullName),
                email: self.trimmed(Part::Email),
                alt_email: None,
                phone_number: self.some(Part::PhoneNumber),
                alt_phone_number: None,
            }),
            organization_name: self.some(Part::OrganizationName),
            label: self.some(Part::Label),
            primary: false,
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
            && contact.is_none_or(|contact| contact.email.trim() == self.trimmed(Part::Email))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::AddressId;

    fn filled_form() -> AddressForm {
        let mut form = AddressForm::default();
        for (part, text) in [
            (Part::FullName, " Alex Morgan "),
            (Part::Email, "alex@example.org"),
            (Part::Address1, "418 Highland Rd."),
            (Part::City, "Feasterville"),
            (Part::State, "PA"),
            (Part::ZipCode, "19053"),
        ] {
            form.set(part, text.to_owned());
        }
        form
    }

    fn saved() -> Address {
        Address {
            id: AddressId(1),
            organization_name: Some("InstantCard".to_owned()),
            contact_id: None,
            contact: Some(ContactDetails {
                full_name: "Alex Morgan".to_owned(),
                email: "alex@example.org".to_owned(),
                ..ContactDetails::default()
            }),
            label: None,
            primary: true,
            address1: "418 Highland Rd.".to_owned(),
            address2: Some(String::new()),
            city: "Feasterville".to_owned(),
            state: "PA".to_owned(),
            zip_code: "19053".to_owned(),
            country: "USA".to_owned(),
        }
    }

    #[test]
    fn every_part_has_its_own_place() {
        let mut form = AddressForm::default();
        for (number, part) in Part::ALL.into_iter().enumerate() {
            form.set(part, number.to_string());
        }
        for (number, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(form.get(part), number.to_string(), "{part:?}");
        }
    }

    #[test]
    fn what_is_needed_is_asked_for_and_nothing_else() {
        let empty = AddressForm::default();
        let missing = |saved| {
            let flawed = Part::ALL.into_iter().filter(move |part| empty.flaw(*part, saved) == Some(Flaw::Missing));
            flawed.map(|part| part.name(saved)).collect::<Vec<_>>()
        };
        assert_eq!(missing(true), ["full_name", "email", "address1", "city", "state", "zip_code"]);
        let empty = AddressForm::default();
        let once: Vec<_> = Part::ALL.into_iter().filter(|part| empty.flaw(*part, false).is_some()).collect();
        assert_eq!(once, [Part::FullName, Part::Address1, Part::City, Part::State, Part::ZipCode]);
        assert_eq!(filled_form().first_flaw(true), None);
        let mut wrong = filled_form();
        wrong.set(Part::Email, "alex".to_owned());
        assert_eq!((wrong.flaw(Part::Email, true), wrong.first_flaw(false)), (Some(Flaw::NoEmail), None));
    }

    #[test]
    fn a_part_in_which_there_is_nothing_to_see_is_empty() {
        let mut form = filled_form();
        form.set(Part::City, "\u{115f}\u{a0}".to_owned());
        form.set(Part::Address2, "\u{a0}".to_owned());
        assert_eq!((form.flaw(Part::City, true), form.one_off().address_2), (Some(Flaw::Missing), None));
    }

    #[test]
    fn numbers_are_sent_in_the_digits_that_carriers_read() {
        let mut form = filled_form();
        for (part, text) in
            [(Part::ZipCode, "１９０５３"), (Part::PhoneNumber, "+۱ ۲۱۵ ۵۵۵ ۰۱۰۰"), (Part::Address1, "٤١٨ شارع النيل")]
        {
            form.set(part, text.to_owned());
        }
        assert_eq!(form.one_off().zip_code, "19053");
        let AddressContact::New(contact) = form.to_save().contact else { panic!("a new contact") };
        assert_eq!(contact.phone_number.as_deref(), Some("+1 215 555 0100"));
        assert_eq!(form.one_off().address_1, "٤١٨ شارع النيل", "what is written in letters stays as it was written");
    }

    #[test]
    fn an_address_is_held_to_what_its_country_needs() {
        let mut form = filled_form();
        let flaws = |form: &AddressForm| [Part::State, Part::ZipCode, Part::Country].map(|part| form.flaw(part, false));
        for (country, state, zip, expected) in [
            ("USA", "pennsylvania", "19053-1234", [None, None, None]),
            ("us", "Bavaria", "1905", [Some(Flaw::NoState), Some(Flaw::NoZipCode), None]),
            ("CAN", "Ontario", "k1a 0b1", [None, None, None]),
            ("CAN", "", "19053", [Some(Flaw::Missing), Some(Flaw::NoZipCode), None]),
            ("MEX", "Jalisco", "４４１００", [None, None, None]),
            ("DEU", "", "10115", [None, None, None]),
            ("DEU", "Bayern", "", [None, Some(Flaw::Missing), None]),
            ("HKG", "", "", [None, None, None]),
            ("Atlantis", "", "1", [None, None, Some(Flaw::NoCountry)]),
        ] {
            for (part, text) in [(Part::Country, country), (Part::State, state), (Part::ZipCode, zip)] {
                form.set(part, text.to_owned());
            }
            assert_eq!(flaws(&form), expected, "{country} {state} {zip}");
        }
        form.set(Part::Country, "ca".to_owned());
        form.set(Part::State, "ontario".to_owned());
        let sent = form.one_off();
        assert_eq!((sent.country.as_str(), sent.state.as_str()), ("CAN", "ON"));
    }

    #[test]
    fn what_was_saved_is_found_again() {
        assert!(filled_form().is_saved_as(&saved()));
        let elsewhere = Address { address1: "1 Surf Ave".to_owned(), ..saved() };
        assert!(!filled_form().is_saved_as(&elsewhere));
    }

    #[test]
    fn an_address_stands_as_on_an_envelope() {
        let expected = ["Alex Morgan", "InstantCard", "418 Highland Rd.", "Feasterville, PA 19053", "USA"];
        assert_eq!(lines_of(&saved()), expected);
        assert_eq!(lines_of_one_off(&filled_form().one_off())[0], "Alex Morgan");
    }

    #[test]
    fn a_search_finds_any_words_in_any_order() {
        for term in ["", "alex", "PA highland", "19053 FEAST", "@example"] {
            assert!(matches(&saved(), term, str::to_lowercase), "{term}");
        }
        assert!(!matches(&saved(), "alex berlin", str::to_lowercase));
    }
}
