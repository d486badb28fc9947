//! The address that the page gives, to begin with.

use super::Ending;
use crate::domain::address::{AddressForm, Flaw, Part, Use};
use crate::domain::given::{Named, Worth};
use crate::domain::text::clean;
use crate::flow::host::HostEvent;
use crate::flow::screen::Screen;

impl Ending {
    /// The page gives the address that the form begins with; what the person has typed stays. What cannot be used is returned, and what
    /// no carrier would take is told: the person is asked for it when they order.
    pub(super) fn give(self, address: &Named) -> Vec<String> {
        let words = self.cx().words().ending();
        let (mut form, mut flaws) = (AddressForm::default(), Vec::new());
        let parts = || Part::ALL.into_iter().filter(|part| part.is_in(Use::OneOff));
        for (name, worth) in address {
            // The API spells the lines of an address in two ways.
            let part = parts().find(|part| [part.name(Use::OneOff), part.name(Use::Saved)].contains(&name.as_str()));
            match (part, worth) {
                (Some(part), Worth::Text(text)) => form.set(part, clean(text)),
                (Some(_), _) => flaws.push(words.given_no_text(name)),
                (None, _) => {
                    let known: Vec<&str> = parts().map(|part| part.name(Use::OneOff)).collect();
                    flaws.push(words.given_unknown(name, &known.join(", ")));
                }
            }
        }
        if self.given().get_untracked() == form {
            return flaws;
        }
        let wrong = parts().filter(|part| form.flaw(*part, Use::OneOff).is_some_and(|flaw| flaw != Flaw::Missing));
        let wrong: Vec<&str> = wrong.map(|part| part.name(Use::OneOff)).collect();
        if !wrong.is_empty() {
            let message = words.given_wrong(&wrong.join(", "));
            self.cx().tell(HostEvent::Error { code: "given-address", message });
        }
        self.given().set(form.clone());
        // Not under the eyes of somebody who is about to send another one.
        if !self.is_typed().get_untracked() && self.cx().screen().get_untracked() != Screen::Ending {
            self.form().set(form);
        }
        flaws
    }
}
