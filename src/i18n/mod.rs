//! The words of the widget, in every language it speaks.
//!
//! One file per room or screen; each message stands there once with all its translations side by side, so that a missing
//! one does not compile, and one that nothing says is an unread field, which is refused too. What a message means for the
//! program (which error gets which words) is decided by whoever says it; this room knows words only.
#![deny(dead_code)]

#[macro_use]
mod macros;

pub(crate) mod card;
pub(crate) mod common;
pub(crate) mod errors;
mod locale;
pub(crate) mod photo;
pub(crate) mod setup;
pub(crate) mod sign_in;

pub(crate) use locale::Locale;

/// Every message of one language.
pub(crate) struct Messages {
    pub(crate) common: common::Common,
    pub(crate) sign_in: sign_in::SignIn,
    pub(crate) card: card::Card,
    pub(crate) photo: photo::Photo,
    pub(crate) errors: errors::Errors,
    pub(crate) setup: setup::Setup,
}

macro_rules! all_in {
    ($locale:ident) => {
        Messages {
            common: common::Common::$locale,
            sign_in: sign_in::SignIn::$locale,
            card: card::Card::$locale,
            photo: photo::Photo::$locale,
            errors: errors::Errors::$locale,
            setup: setup::Setup::$locale,
        }
    };
}

impl Messages {
    /// The messages in `locale`.
    pub(crate) fn of(locale: Locale) -> &'static Messages {
        static EN: Messages = all_in!(EN);
        static ES: Messages = all_in!(ES);
        match locale {
            Locale::En => &EN,
            Locale::Es => &ES,
        }
    }
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
            card::Card::PLACES,
            photo::Photo::PLACES,
            errors::Errors::PLACES,
            setup::Setup::PLACES,
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
