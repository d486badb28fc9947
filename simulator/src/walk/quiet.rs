//! The quiet in which a walk ends: nothing goes wrong any more, and what was begun comes to its end.

use instant_card::flow::DeskPage;

use super::Walk;
use crate::judge::{Scene, Verdict};
use crate::persons::Person;
use crate::plan::Luck;

/// So often persons do what is offered to them, in the quiet, before it counts as no way out.
const ROUNDS: u32 = 60;
/// Where staff look in the end: at what is read anew there.
const LOOKED_AT: [DeskPage; 4] = [DeskPage::Cart, DeskPage::Contacts, DeskPage::Addresses, DeskPage::Cards];

impl Walk {
    /// Nothing goes wrong any more; persons answer what they are asked, and press what is offered, until all is done.
    pub(super) fn quiet(&mut self) -> Verdict {
        self.weather.calm();
        self.server.door.borrow_mut().set_token_ttl_ms(None);
        self.transcript.tell(self.timeline.now(), || "the weather is calm".into());
        self.come_to_an_end(0)?;
        let scene = Scene { server: &self.server, tabs: &self.tabs, now: self.timeline.now() };
        self.judge.settle(scene, &mut self.book.borrow_mut(), false)?;
        for tab in self.tabs.iter().filter(|tab| tab.is_portal() && tab.app.desk_is_there()) {
            if tab.app.cx().organization().get_untracked().is_some() {
                tab.app.desk().cart().load();
            }
        }
        self.look_around()?;
        // It may be now that one is asked to sign in again.
        self.come_to_an_end(ROUNDS)?;
        let scene = Scene { server: &self.server, tabs: &self.tabs, now: self.timeline.now() };
        self.judge.settle(scene, &mut self.book.borrow_mut(), true)
    }

    /// Persons do what is offered until nothing is left to do.
    fn come_to_an_end(&mut self, from: u32) -> Verdict {
        for round in from..from + ROUNDS {
            self.weather.begin(u32::MAX - round);
            self.run_out()?;
            let mut is_done = !self.takes_all_in();
            for number in 0..self.tabs.len() {
                let dice = self.plan.dice(Luck::Quiet, &[round, u32::try_from(number).unwrap_or_default()]);
                let mut did = None;
                self.with(number, dice, |person: &mut Person<'_>| {
                    did = person.ends();
                    "".into()
                });
                if let Some(did) = did {
                    is_done = false;
                    self.transcript.tell(self.timeline.now(), || format!("quiet, tab {number}: {}", did.words));
                }
            }
            if is_done {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Staff go through what they have worked on, which is read anew there.
    fn look_around(&mut self) -> Verdict {
        for page in LOOKED_AT {
            let staff = self.book.borrow().staff.tabs.clone();
            for tab in staff.iter().filter_map(|tab| self.tabs.get(*tab)) {
                if tab.app.desk_is_there() && tab.app.cx().organization().get_untracked().is_some() {
                    tab.app.go_to_desk(page);
                    tab.redraw();
                    if !tab.has(page) {
                        tab.fetch_desk();
                    }
                }
            }
            if !staff.is_empty() {
                self.run_out()?;
            }
        }
        Ok(())
    }
}
