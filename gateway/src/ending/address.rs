//! The address that a person gives for an order: the vendor's one-off set.

use crate::answer::Refusal;
use crate::form::{self, Parts};

/// Its names below `address`, the vendor's; those that may stay empty are marked.
const NAMES: [(&str, bool); 8] = [
    ("[contact][full_name]", true),
    ("[organization_name]", false),
    ("[address_1]", true),
    ("[address_2]", false),
    ("[city]", true),
    ("[state]", true),
    ("[zip_code]", true),
    ("[country]", true),
];
/// No carrier prints a longer line.
const LONGEST: usize = 200;

/// An address, as the vendor's parameters have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address(Vec<(String, String)>);

impl Address {
    /// As parameters of a print job.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// Takes the address out of a form.
pub(super) fn read(parts: &mut Parts) -> Result<Address, Refusal> {
    let mut address = Vec::new();
    for (name, is_required) in NAMES {
        let given = format!("address{name}");
        let value = match is_required {
            true => Some(form::demand(parts, &given)?),
            false => form::take(parts, &given)?.filter(|value| !value.is_empty()),
        };
        let Some(value) = value else { continue };
        if value.len() > LONGEST || value.chars().any(char::is_control) || value.trim().is_empty() {
            return Err(Refusal::bad_request("parameters", format!("Invalid value for parameter '{given}'")));
        }
        address.push((format!("print_job[address]{name}"), value));
    }
    Ok(Address(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_goes_to_the_vendor_by_its_own_names() {
        let given = |changed: &str, value: &str| -> Parts {
            NAMES
                .iter()
                .map(|(name, _)| {
                    let value = if *name == changed { value } else { "x" };
                    (format!("address{name}"), value.to_owned())
                })
                .collect()
        };
        let address = read(&mut given("", "")).unwrap();
        assert_eq!(address.0[0], ("print_job[address][contact][full_name]".to_owned(), "x".to_owned()));
        assert_eq!(read(&mut given("[address_2]", "")).unwrap().0.len(), 7);
        for (name, value) in [("[city]", ""), ("[city]", " "), ("[city]", "a\nb"), ("[city]", &"x".repeat(201))] {
            assert!(read(&mut given(name, value)).is_err());
        }
    }
}
