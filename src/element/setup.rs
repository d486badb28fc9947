//! What is wrong with the attributes, in sentences.
//!
//! A cut, like those of [`crate::view`]: hardly any page needs it, and nobody but its author. Until it is there, and where it does
//! not come, the names of the attributes stand in its place.

use web_sys::HtmlElement;

use super::attributes::{self, Flaw, Flaws};
use crate::api::EndpointFlaw;
use crate::browser::Tasks;
use crate::domain::config::Config;
use crate::flow::App;
use crate::flow::app::NotFetched;
use crate::i18n::{Locale, Messages};
use crate::world::Spawner;

type Read = fn(&HtmlElement) -> Result<Config, (Locale, Vec<String>)>;

/// A sentence for each attribute that cannot be used.
pub(super) struct Sentences {
    words: Messages,
    told: Vec<String>,
}

impl Flaws for Sentences {
    fn new(locale: Locale) -> Self {
        Sentences { words: Messages::of(locale), told: Vec::new() }
    }

    fn add(&mut self, flaw: &Flaw<'_>) {
        let words = self.words.flaws();
        self.told.push(match *flaw {
            Flaw::NotNumber(name, value) => words.not_number(name, value),
            Flaw::OnlyInKiosk(name) => words.only_in_kiosk(name),
            Flaw::NotWith(name, other) => words.not_with(name, other),
            Flaw::Needs(name, other) => words.needs(name, other),
            Flaw::NotOneOf(name, value, choices) => words.not_one_of(name, value, &choices.join(", ")),
            Flaw::Endpoint(error, value) => {
                let name = attributes::name_of(error.attribute);
                match error.flaw {
                    EndpointFlaw::NotHttps => words.not_https(name, value),
                    EndpointFlaw::Credentials | EndpointFlaw::Query | EndpointFlaw::Fragment => {
                        words.extra_parts(name, value)
                    }
                    EndpointFlaw::Placeholder => words.placeholder(name, value, "{url}"),
                    EndpointFlaw::Empty | EndpointFlaw::NotAnAddress | EndpointFlaw::NoPageOrigin => {
                        words.not_url(name, value)
                    }
                }
            }
        });
    }

    fn told(&mut self) -> &mut Vec<String> {
        &mut self.told
    }
}

#[cfg(all(feature = "split", target_family = "wasm"))]
#[allow(unsafe_code, reason = "it is the macro that writes it: two names that the linker must keep")]
#[wasm_split_helpers::wasm_split(setup, fallible)]
fn fetch() -> Result<Read, NotFetched> {
    Ok(attributes::read::<Sentences>)
}

/// Without the cut (tests, `cargo xtask dev`) everything is in one file.
#[cfg(not(all(feature = "split", target_family = "wasm")))]
#[allow(clippy::unused_async, reason = "it waits where there is something to wait for")]
async fn fetch() -> Result<Read, NotFetched> {
    Ok(attributes::read::<Sentences>)
}

/// Takes what the attributes say. Where they cannot be used, shows which, and tells why as soon as that can be said.
pub(super) fn set_up(app: App, host: &HtmlElement) {
    let (locale, names) = match attributes::read::<attributes::Names>(host) {
        Err(flawed) => flawed,
        usable => return app.set_up(usable),
    };
    app.shows_flaws(locale, names.clone());
    let host = host.clone();
    Tasks.spawn(Box::pin(async move {
        let read = match fetch().await {
            Ok(read) => read(&host),
            Err(NotFetched) => Err((locale, names.clone())),
        };
        // The attributes were read again meanwhile, and what they say now is told by that.
        if !app.flaws().is_gone() && app.flaws().with_untracked(|shown| *shown == names) {
            app.set_up(read);
        }
    }));
}
