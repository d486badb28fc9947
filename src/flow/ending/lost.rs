//! Orders that were sent and whose answer was lost, when nobody is there any more who would look: a stranger has left the kiosk,
//! the page has begun anew. They are read from time to time until it is known what became of them, and the page is told. Nothing
//! is sent for it, and nothing of the person is kept, only numbers.

use std::rc::Rc;

use super::Ending;
use super::sent::{By, Sent};
use crate::api::{CardId, Error, PrintJobId};
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

    /// Whether it is not known what became of an order of a card.
    pub(super) fn is_unsettled(self, card: CardId) -> bool {
        let place = self.cx().place();
        self.sent()
            .with_untracked(|all| all.iter().any(|sent| sent.card == card && Some(&sent.place) == place.as_ref()))
    }

    /// The order of a card of which it is not known what became.
    pub(super) fn sent_of(self, card: CardId) -> Option<PrintJobId> {
        let place = self.cx().place()?;
        self.sent().with_untracked(|all| all.iter().find(|sent| sent.card == card && sent.place == place)?.by.job())
    }

    /// It is worked on, for as long as `at_work` is there; and it is sent now, or was sent before.
    pub(super) fn works_on(self, card: CardId, by: By, at_work: &Rc<()>, is_sent: bool) {
        let Some(place) = self.cx().place() else { return };
        let at_work = Rc::downgrade(at_work);
        self.sent().update(|all| match all.iter_mut().find(|sent| sent.is(card, by.job()) && sent.place == place) {
            Some(sent) => (sent.by, sent.at_work, sent.looks) = (by, at_work, 0),
            None if is_sent => all.push(Sent { place, card, by, at_work, looks: 0, is_told: false }),
            None => {}
        });
    }

    /// It is known what became of it.
    pub(super) fn is_known(self, card: CardId, job: Option<PrintJobId>) {
        self.sent().update(|all| all.retain(|sent| !sent.is(card, job)));
    }

    /// Tells the page, once, that nothing is known of an order.
    pub(super) fn tell_unknown(self, card: CardId, job: Option<PrintJobId>, error: &Error) {
        let mut is_new = false;
        self.sent().update(|all| {
            if let Some(sent) = all.iter_mut().find(|sent| sent.is(card, job)) {
                is_new = !std::mem::replace(&mut sent.is_told, true);
            }
        });
        if is_new {
            self.cx().tell_gate(Some(error));
            let (words, card) = (self.cx().words().ending(), card.to_string());
            let message = match job {
                Some(job) => words.order_unknown(&job.to_string(), &card),
                None => words.own_unknown(&card),
            };
            self.cx().tell(HostEvent::Error { code: "order-unknown", message });
        }
    }

    /// Tells the page that an order that was sent did not come through.
    pub(super) fn tell_lost(self, card: CardId, job: Option<PrintJobId>) {
        let (words, card) = (self.cx().words().ending(), card.to_string());
        let message = match job {
            Some(job) => words.order_lost(&job.to_string(), &card),
            None => words.own_lost(&card),
        };
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
    fn left(self) -> Vec<Sent> {
        let place = self.cx().place();
        let seen = self.card().get_untracked().filter(|_| self.cx().screen().get_untracked() == Screen::Ending);
        let is_left = |sent: &&Sent| {
            Some(&sent.place) == place.as_ref() && Some(sent.card) != seen && sent.at_work.strong_count() == 0
        };
        self.sent().with_untracked(|all| all.iter().filter(is_left).cloned().collect())
    }

    async fn look(self, left: Vec<Sent>) {
        for Sent { card, by, .. } in left {
            let job = by.job();
            let read = match &by {
                By::Job(job) => {
                    let Ok((client, organization)) = self.cx().client() else { return };
                    client.print_job(organization, *job).await.map(|job| Some(job.status.is_submitted()))
                }
                By::Session(held) => held.is_ordered(card).await,
            };
            match &read {
                // That session is over, and the page can give none of whoever is gone.
                Err(error @ (Error::Unauthorized { .. } | Error::NotFound { .. })) if job.is_none() => {
                    self.tell_unknown(card, job, error);
                    self.is_known(card, job);
                }
                // The page may give another token.
                Err(error) if error.is_about_signing_in() => self.cx().tell_error(error),
                _ => {}
            }
            // Somebody may be at it again.
            let is_left = || self.left().iter().any(|sent| sent.is(card, job));
            let Some(is_submitted) = read.ok().flatten().filter(|_| is_left()) else { continue };
            let mut looks = 0;
            self.sent().update(|all| {
                if let Some(sent) = all.iter_mut().find(|sent| sent.is(card, job)) {
                    sent.looks += 1;
                    looks = sent.looks;
                }
            });
            if !is_submitted && looks < LOOKS {
                continue;
            }
            self.is_known(card, job);
            if is_submitted {
                self.tell_late(card, job);
            } else {
                self.tell_lost(card, job);
            }
        }
    }

    /// Tells the page of an order that has come through when nobody was there any more.
    pub(super) fn tell_late(self, card: CardId, job: Option<PrintJobId>) {
        self.cx().tell(HostEvent::OrderSubmitted { jobs: job.into_iter().collect(), cards: 1, copies: 1 });
        let (words, card) = (self.cx().words().ending(), card.to_string());
        let message = match job {
            Some(job) => words.order_late(&job.to_string(), &card),
            None => words.own_late(&card),
        };
        self.cx().tell(HostEvent::Error { code: "order-late", message });
    }
}
