//! Strangers at a kiosk: they come, and mostly they go without a word.

use instant_card::domain::idle::Phase;
use instant_card::flow::Screen;

use super::{Did, Person};

impl Person<'_> {
    /// What is particular to a kiosk. None where they do what anybody would.
    pub(super) fn at_kiosk(&mut self) -> Option<Did> {
        let kiosk = self.tab.app.kiosk();
        if self.tab.app.cx().screen().get_untracked() == Screen::Attract {
            kiosk.start();
            return Some("touches the kiosk".into());
        }
        match kiosk.phase().get_untracked() {
            Phase::Covered => return Some("waits for the kiosk".into()),
            Phase::Warned(_) if self.dice.percent(50) => kiosk.still_here(),
            Phase::Warned(_) => return Some("has left the kiosk".into()),
            Phase::Thanks(_) if self.dice.percent(30) => {
                kiosk.leave();
                return Some("has read it".into());
            }
            Phase::Thanks(_) => return Some("reads on".into()),
            // The next card is the next one's.
            _ if self.tab.app.cx().screen().get_untracked() == Screen::Done => return Some("reads".into()),
            Phase::Away | Phase::Here => {}
        }
        kiosk.heard();
        if self.dice.percent(4) {
            kiosk.ask();
            if self.dice.percent(30) {
                kiosk.stay();
                return Some("does not start over after all".into());
            }
            kiosk.leave();
            return Some("starts over".into());
        }
        None
    }
}
