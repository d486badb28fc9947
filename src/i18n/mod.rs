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
pub(crate) mod funds;
pub(crate) mod given;
pub(crate) mod keyboard;
pub(crate) mod kiosk;
mod locale;
pub(crate) mod orders;
pub(crate) mod photo;
pub(crate) mod picker;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod signature;
pub(crate) mod staff;
pub(crate) mod terms;

pub(crate) use direction::push_isolated;
pub use locale::Locale;

/// Every message of one language, by section.
#[derive(Clone, Copy)]
pub(crate) struct Messages(Locale);

impl Messages {
    /// The messages in `locale`.
    pub(crate) fn of(locale: Locale) -> Messages {
        Messages(locale)
    }

    /// Which language that is.
    pub(crate) fn locale(self) -> Locale {
        self.0
    }
}

/// A section is reached by a call of its own, so that one that only a later WASM file says is in that file.
macro_rules! sections {
    ($($section:ident: $file:ident::$name:ident),* $(,)?) => {
        impl Messages {
            $(pub(crate) fn $section(self) -> &'static $file::$name {
                static EN: $file::$name = $file::$name::EN;
                static ES: $file::$name = $file::$name::ES;
                match self.0 {
                    Locale::En => &EN,
                    Locale::Es => &ES,
                }
            })*
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
    funds: funds::Funds,
    given: given::Given,
    keyboard: keyboard::Keyboard,
    kiosk: kiosk::Kiosk,
    orders: orders::Orders,
    photo: photo::Photo,
    picker: picker::Picker,
    places: cart::Places,
    errors: errors::Errors,
    setup: setup::Setup,
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
        let all = [
            common::Common::PLACES,
            sign_in::SignIn::PLACES,
            camera::Camera::PLACES,
            card::Card::PLACES,
            account::Account::PLACES,
            audit::Audit::PLACES,
            cart::Cart::PLACES,
            checkout::Checkout::PLACES,
            ending::Ending::PLACES,
            funds::Funds::PLACES,
            given::Given::PLACES,
            keyboard::Keyboard::PLACES,
            kiosk::Kiosk::PLACES,
            orders::Orders::PLACES,
            cart::Places::PLACES,
            photo::Photo::PLACES,
            picker::Picker::PLACES,
            errors::Errors::PLACES,
            setup::Setup::PLACES,
            signature::Signature::PLACES,
            terms::Terms::PLACES,
            staff::Staff::PLACES,
        ];
        for (texts, places) in all.into_iter().flatten() {
            for text in *texts {
                assert_eq!(text.matches('{').count(), places.len(), "{text}");
                for place in *places {
                    assert!(text.contains(&format!("{{{place}}}")), "{text} lacks {place}");
                }
            }
        }
    }
}
