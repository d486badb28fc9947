//! Orders that were sent and whose answer was lost, when nobody is there any more who would look: a stranger has left the kiosk,
//! the page has begun anew. They are read from time to time until it is known what became of them, and the page is told. Nothing
//! is sent for it, and nothing of the person is kept, only numbers.

use std::rc::Rc;

use super::Ending;
use super::sent::Sent;
use crate::api::{CardId, Error, PrintJobId};
use crate::domain::submission::Line;
use crate::flow::host::HostEvent;
use crate::flow::mutant::{self, Mutant};
use crate::flow::screen::Screen;

/// How long until an order is looked for, in milliseconds; each further pause is twice as long, up to so long.
const PAUSE: u32 = 10_000;
const LONGEST: u32 = 300_000;
/// So often it has to be seen open before it is believed that it did not come through.
const LOOKS: u32 = 3;

impl Ending {
    /// How many orders there are of which it is not known what became.
    pub fn unsettled(self) -> usize {
        let place = self.cx().place();
        self.sent().with_untracked(|all| all.iter().filter(|sent| Some(&sent.place) == place.as_ref()).count())
    }

    /// The order of a card of which it is not known what became.
    pub(super) fn sent_of(self, card: CardId) -> Option<PrintJobId> {
        let place = self.cx().place()?;
        self.sent().with_untracked(|all| Some(all.iter().find(|sent| sent.card == card && sent.place == place)?.job))
    }

    /// It is worked on, for as long as `at_work` is there; and it is sent now, or was sent before.
    pub(super) fn works_on(self, card: CardId, job: PrintJobId, at_work: &Rc<()>, is_sent: bool) {
        let Some(place) = self.cx().place() else { return };
        let at_work = Rc::downgrade(at_work);
        self.sent().update(|all| match all.iter_mut().find(|sent| sent.job == job && sent.place == place) {
            Some(sent) => (sent.at_work, sent.looks) = (at_work, 0),
            None if is_sent => all.push(Sent { place, card, job, at_work, looks: 0, is_told: false }),
            None => {}
        });
    }

    /// It is known what became of these.
    pub(super) fn is_known(self, lines: &[Line]) {
        self.sent().update(|all| all.retain(|sent| lines.iter().all(|line| line.job != sent.job)));
    }

    /// Tells the page, once, that nothing is known of an order.
    pub(super) fn tell_unknown(self, card: CardId, job: PrintJobId, error: &Error) {
        let mut is_new = false;
        self.sent().update(|all| {
            if let Some(sent) = all.iter_mut().find(|sent| sent.job == job) {
                is_new = !std::mem::replace(&mut sent.is_told, true);
            }
        });
        if is_new {
            self.cx().tell_gate(Some(error));
            let message = self.cx().words().ending().order_unknown(&job.to_string(), &card.to_string());
            self.cx().tell(HostEvent::Error { code: "order-unknown", message });
        }
    }

    /// Tells the page that an order that was sent did not come through.
    pub(super) fn tell_lost(self, card: CardId, job: PrintJobId) {
        let message = self.cx().words().ending().order_lost(&job.to_string(), &card.to_string());
        self.cx().tell(HostEvent::Error { code: "order-lost", message });
    }

    /// Looks for those for whom nobody else does, if that is not being done.
    pub(super) fn look_after(self) {
        let is_looking = self.looking().with_untracked(|task| task.as_ref().is_some_and(|task| !task.is_aborted()));
        if is_looking || self.unsettled() == 0 || mutant::is(Mutant::OrderForgotten) {
            return;
        }
        let task = self.cx().spawn(Box::pin(async move {
            let mut pause = PAUSE;
            while self.unsettled() > 0 {
                self.cx().sleep(pause).await;
                let left = self.left();
                // Whoever has it before them looks themselves, and may be gone soon.
                pause = if left.is_empty() { PAUSE } else { LONGEST.min(pause * 2) };
                self.look(left).await;
            }
            self.looking().set(None);
        }));
        self.looking().set(Some(task));
    }

    /// Those for whom nobody else looks.
    fn left(self) -> Vec<(CardId, PrintJobId)> {
        let place = self.cx().place();
        let seen = self.card().get_untracked().filter(|_| self.cx().screen().get_untracked() == Screen::Ending);
        let is_left = |sent: &&Sent| {
            Some(&sent.place) == place.as_ref() && Some(sent.card) != seen && sent.at_work.strong_count() == 0
        };
        self.sent().with_untracked(|all| all.iter().filter(is_left).map(|sent| (sent.card, sent.job)).collect())
    }

    async fn look(self, left: Vec<(CardId, PrintJobId)>) {
        for (card, job) in left {
            let Ok((client, organization)) = self.cx().client() else { return };
            let read = client.print_job(organization, job).await;
            // The page may give another token.
            if let Err(error) = &read
                && error.is_about_signing_in()
            {
                self.cx().tell_error(error);
            }
            // Somebody may be at it again.
            let Some(found) = read.ok().filter(|_| self.left().contains(&(card, job))) else { continue };
            let is_submitted = found.status.is_submitted();
            let mut looks = 0;
            self.sent().update(|all| {
                if let Some(sent) = all.iter_mut().find(|sent| sent.job == job) {
                    sent.looks += 1;
                    looks = sent.looks;
                }
            });
            if !is_submitted && looks < LOOKS {
                continue;
            }
            self.sent().update(|all| all.retain(|sent| sent.job != job));
            if is_submitted {
                self.cx().tell(HostEvent::OrderSubmitted { jobs: vec![job], cards: 1, copies: 1 });
                let message = self.cx().words().ending().order_late(&job.to_string(), &card.to_string());
                self.cx().tell(HostEvent::Error { code: "order-late", message });
            } else {
                self.tell_lost(card, job);
            }
        }
    }
}
