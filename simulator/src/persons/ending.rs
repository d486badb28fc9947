//! Going on with a card of one's own: to the cart, or to an order.

use instant_card::domain::address::{Entry, Part, Use};
use instant_card::flow::Screen;
use instant_card::flow::ending::Progress;

use super::{Did, Person};

impl Person<'_> {
    pub(super) fn ends_journey(&mut self) -> Did {
        let app = self.tab.app;
        if !app.ending_is_there() {
            if self.tab.desk_failed.get() {
                self.tab.fetch_ending();
                return "tries again to fetch what comes at the end".into();
            }
            return "waits for what comes at the end".into();
        }
        let ending = app.ending();
        if ending.progress().with_untracked(Progress::is_under_way) {
            return "waits for the card to be handed in".into();
        }
        let is_final = app.card().is_finalized() == Some(true);
        if !is_final && self.dice.percent(8) {
            app.card().edit();
            return "back to the form from the end".into();
        }
        if ending.asks_for_address() && ending.form().with_untracked(|form| form.first_flaw(Use::OneOff).is_some()) {
            let number = self.dice.below(90) + 10;
            for (part, text) in [
                (Part::FullName, format!("t{}w{}n{number}", self.tab.number, self.tab.who.get())),
                (Part::Address1, format!("{number} Orchard Lane")),
                (Part::City, "Albany".to_owned()),
                (Part::State, "NY".to_owned()),
                (Part::ZipCode, "12207".to_owned()),
            ] {
                ending.entered(Entry::Text(part, text));
            }
            return "says where the card goes".into();
        }
        self.presses_on()
    }

    fn presses_on(&mut self) -> Did {
        let ending = self.tab.app.ending();
        let progress = format!("{:?}", ending.progress().get_untracked());
        if ending.asks_for_address() {
            *self.book.borrow_mut().may_order.entry(self.tab.number).or_default() += 1;
        }
        let twice = self.press(|| ending.go_on());
        format!("goes on to the end{}: was {progress}", Self::doubled(twice)).into()
    }

    /// What a card of one's own has come to is brought to its end. Whether there was something to do.
    pub(super) fn ends_own(&mut self) -> Option<Did> {
        let app = self.tab.app;
        if app.cx().screen().get_untracked() != Screen::Ending || !self.tab.is_at_rest() {
            return None;
        }
        if !app.ending_is_there() {
            self.tab.fetch_ending();
            return Some("fetches what comes at the end".into());
        }
        let is_stopped = app.ending().progress().with_untracked(|progress| {
            matches!(progress, Progress::Failed(_) | Progress::NothingHappened | Progress::Unknown(_))
        });
        let is_refused = app.ending().progress().with_untracked(|progress| {
            matches!(progress, Progress::Failed(error) | Progress::Unknown(error) if error.is_about_signing_in())
        });
        if is_refused {
            self.gives_token();
        }
        is_stopped.then(|| self.presses_on())
    }
}
