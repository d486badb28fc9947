//! The parameters of a request, by the vendor's names, for its form or for its URL.

use super::endpoint::percent_encode;

/// Names and values in the order they are sent.
#[derive(Default)]
pub(super) struct Params {
    entries: Vec<(&'static str, String)>,
    /// What must not come back in an error's words.
    secrets: Vec<String>,
}

impl Params {
    pub(super) fn new() -> Params {
        Params::default()
    }

    pub(super) fn add(&mut self, name: &'static str, value: &str) {
        self.own(name, value.to_owned());
    }

    /// Adds a value that is already its own, which spares a photo a copy.
    pub(super) fn own(&mut self, name: &'static str, value: String) {
        self.entries.push((name, value));
    }

    /// Adds a parameter that the server may go without.
    pub(super) fn add_some(&mut self, name: &'static str, value: &Option<String>) {
        if let Some(value) = value {
            self.add(name, value);
        }
    }

    pub(super) fn add_number(&mut self, name: &'static str, value: u64) {
        self.own(name, number(value));
    }

    /// Adds a value that no error may repeat: a password, a payment card's number.
    pub(super) fn add_secret(&mut self, name: &'static str, value: &str) {
        self.secrets.push(value.to_owned());
        self.add(name, value);
    }

    /// The entries, and what of them is secret.
    pub(super) fn into_parts(self) -> (Vec<(&'static str, String)>, Vec<String>) {
        (self.entries, self.secrets)
    }

    /// Appends the entries as a URL's query; nothing when there are none.
    pub(super) fn write_query(&self, url: &mut String) {
        let mut separator = '?';
        for (name, value) in &self.entries {
            url.push(separator);
            percent_encode(name, url);
            url.push('=');
            percent_encode(value, url);
            separator = '&';
        }
    }
}

/// A number's digits, without the general formatting's code.
pub(super) fn number(mut value: u64) -> String {
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    loop {
        start -= 1;
        digits[start] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    digits[start..].iter().map(|digit| char::from(*digit)).collect()
}
