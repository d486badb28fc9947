//! The words of the widget, in every language it speaks.
//!
//! One file per room or screen; each message stands there once with all its translations side by side, so that a missing
//! one does not compile, and one that nothing says is an unread field, which is refused too. What a message means for the
//! program (which error gets which words) is decided by whoever says it; this room knows words only.
#![deny(dead_code)]

#[macro_use]
mod macros;

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod camera;
pub(crate) mod card;
pub(crate) mod cart;
pub(crate) mod checkout;
pub(crate) mod common;
mod direction;
pub(crate) mod ending;
pub(crate) mod errors;
pub(crate) mod flaws;
pub(crate) mod funds;
pub(crate) mod gateway;
pub(crate) mod given;
pub(crate) mod keyboard;
pub(crate) mod kiosk;
mod locale;
pub(crate) mod memory;
pub(crate) mod network;
pub(crate) mod orders;
mod own;
pub(crate) mod own_words;
pub(crate) mod people;
pub(crate) mod photo;
pub(crate) mod picker;
pub(crate) mod printing;
pub(crate) mod register;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod signature;
pub(crate) mod staff;
pub(crate) mod strings;
pub(crate) mod terms;

pub(crate) use direction::push_isolated;
pub use locale::Locale;
pub use own::OwnWords;
use own::{OURS, Speech, Texts};

/// Every message of one language, by section.
#[derive(Clone, Copy)]
pub(crate) struct Messages(&'static Speech);

impl Messages {
    /// The messages in `locale`.
    pub(crate) fn of(locale: Locale) -> Messages {
        Messages::with(locale, None)
    }

    /// The same, with a page's own words in place of some.
    pub(crate) fn with(locale: Locale, own: Option<OwnWords>) -> Messages {
        let [english, spanish] = own.map_or(&OURS, |own| own.0);
        Messages(match locale {
            Locale::En => english,
            Locale::Es => spanish,
        })
    }

    /// Which language that is.
    pub(crate) fn locale(self) -> Locale {
        self.0.locale
    }

    /// A number for each language with each page's own words, by which one is told from another.
    pub(crate) fn number(self) -> u64 {
        self.0.number.into()
    }

    /// What the section with this number says, of what it says in English and in Spanish.
    #[inline(never)]
    fn section(self, number: u8, all: &'static [Texts; 2]) -> Texts {
        let [english, spanish] = *all;
        let ours = match self.0.locale {
            Locale::En => english,
            Locale::Es => spanish,
        };
        match self.0.section {
            // Words of the page's own are as many.
            Some(own) => own(self.0.number, number, ours),
            None => ours,
        }
    }
}

/// A section is reached by a call of its own, so that one that only a later WASM file says is in that file.
macro_rules! sections {
    ($($section:ident: $file:ident::$name:ident),* $(,)?) => {
        impl Messages {
            $(pub(crate) fn $section(self) -> &'static $file::$name {
                static EN: $file::$name = $file::$name::EN;
                static ES: $file::$name = $file::$name::ES;
                static ALL: [Texts; 2] = [EN.texts(), ES.texts()];
                $file::$name::of(self.section(Section::$section as u8, &ALL))
            })*
        }

        /// The sections by their numbers.
        #[allow(non_camel_case_types, reason = "they are called as they are reached")]
        #[derive(Clone, Copy)]
        enum Section {
            $($section),*
        }

        /// What each section is called, in the order of their numbers, and its messages' names with those of their places.
        fn keys() -> &'static [(&'static str, &'static str)] {
            &[$((stringify!($section), $file::$name::KEYS)),*]
        }

        /// The same, each with its texts in English and in Spanish.
        #[cfg(test)]
        fn texts() -> Vec<(&'static str, &'static str, [Texts; 2])> {
            let of = |locale| Messages::of(locale);
            vec![$((
                stringify!($section),
                $file::$name::KEYS,
                [of(Locale::En).$section().texts(), of(Locale::Es).$section().texts()],
            )),*]
        }
    };
}

sections! {
    common: common::Common,
    sign_in: sign_in::SignIn,
    camera: camera::Camera,
    card: card::Card,
    account: account::Account,
    audit: audit::Audit,
    cart: cart::Cart,
    checkout: checkout::Checkout,
    ending: ending::Ending,
    flaws: flaws::Flaws,
    funds: funds::Funds,
    gateway: gateway::Gateway,
    given: given::Given,
    keyboard: keyboard::Keyboard,
    kiosk: kiosk::Kiosk,
    memory: memory::Memory,
    network: network::Network,
    orders: orders::Orders,
    people: people::People,
    photo: photo::Photo,
    picker: picker::Picker,
    printing: printing::Printing,
    places: cart::Places,
    errors: errors::Errors,
    register: register::Register,
    setup: setup::Setup,
    strings: strings::Strings,
    signature: signature::Signature,
    terms: terms::Terms,
    staff: staff::Staff,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A place that a translation forgot, or one that nothing fills, would be seen only by whoever reads that language.
    #[test]
    fn every_translation_has_the_same_places() {
        for (section, keys, [english, spanish]) in texts() {
            for (at, key) in keys.split_terminator(';').enumerate() {
                let places: Vec<&str> = key.split(' ').skip(1).collect();
                for text in [english[at], spanish[at]] {
                    assert_eq!(text.matches('{').count(), places.len(), "{section}.{key}: {text}");
                    for place in &places {
                        assert!(text.contains(&format!("{{{place}}}")), "{section}: {text} lacks {place}");
                    }
                }
            }
        }
    }
}
