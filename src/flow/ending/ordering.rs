//! What happens when a person presses "Order my card": it is finalized, gets a print job of its own, which is submitted once,
//! and what was charged is compared with that. For a card that ends in the cart it is the first step and the cart.

use super::{Ending, Outcome, Progress};
use crate::api::{
    CardId, Destination, Error, OneOffAddress, PrintJob, PrintJobChange, PrintJobUpdate, ShippingProviderId,
    TemplateId, has,
};
use crate::domain::audit::Charge;
use crate::domain::cart::OpenJob;
use crate::domain::submission::{Event, Fate, Line, Shipping, Submission, Why};
use crate::flow::cart::open_jobs;
use crate::flow::host::HostEvent;
use crate::flow::submitting::perform;

/// How long between two looks at the cart, in milliseconds.
const SETTLING: u32 = 100;
/// How often a print job of its own is made where somebody else has changed the one before.
const TRIES: u32 = 3;

impl Ending {
    /// Goes on to the end, or to where it does not go on. A second press, while the first is under way, does nothing.
    pub fn go_on(self) {
        if self.progress().with_untracked(Progress::is_under_way) {
            return;
        }
        let Some((card, template, is_finalized)) = self.card_flow().draft().with_untracked(|draft| {
            let draft = draft.as_ref()?;
            Some((draft.card()?, draft.template_id(), draft.is_finalized()))
        }) else {
            return;
        };
        self.card().set(Some(card));
        self.progress().set(Progress::Working);
        let turn = self.turn().get_untracked();
        self.cx().spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the order.
            let held = self.cx().hold_page();
            let ended = self.end(card, is_finalized, template).await;
            drop(held);
            if self.turn().get_untracked() != turn {
                return;
            }
            match ended {
                Ok(outcome) => self.finish(outcome, template),
                Err(stopped) => {
                    if let Progress::Failed(error) | Progress::Unknown(error) = &stopped {
                        self.cx().tell_error(error);
                    }
                    self.progress().set(stopped);
                }
            }
        }));
    }

    async fn end(self, card: CardId, is_finalized: bool, template: TemplateId) -> Result<Outcome, Progress> {
        let is_order = self.asks_for_address();
        if is_order {
            // Nothing is charged while there is nobody to compare it.
            self.app().books_deeds().await.map_err(|_| Progress::Failed(Error::Unreachable))?;
        }
        if !is_finalized {
            self.card_flow().ask_to_finalize(card, template).await.map_err(Progress::Failed)?;
        }
        if is_order { self.order_card(card).await } else { self.put_into_cart(card).await }
    }

    async fn put_into_cart(self, card: CardId) -> Result<Outcome, Progress> {
        let cart = self.app().desk().cart();
        cart.wish(&[(card, 1)]);
        while cart.is_settling() {
            self.cx().sleep(SETTLING).await;
        }
        match cart.wishes().get_untracked().into_iter().find_map(|wish| wish.failed.filter(|_| wish.card == card)) {
            None => Ok(Outcome::InCart),
            Some(error) => {
                cart.drop_wish(card);
                Err(Progress::Failed(error))
            }
        }
    }

    async fn order_card(self, card: CardId) -> Result<Outcome, Progress> {
        let shipping = self.shipping().ok_or(Progress::Failed(Error::SignInDismissed))?;
        for _ in 0..TRIES {
            let is_stopped =
                self.order().with_untracked(|order| order.as_ref().is_some_and(|order| order.stopped().is_some()));
            if is_stopped {
                // What the server did not like of the address may have been corrected.
                self.order().update(|order| order.iter_mut().for_each(|order| order.resume_to(shipping.clone())));
            } else {
                let job = self.own_job(card, &shipping).await.map_err(Progress::Failed)?;
                let job = OpenJob { id: job.id, copies: 1, cards: vec![card] };
                self.order().set(Some(Submission::new(shipping.clone(), &[job])));
            }
            // Some servers say that it is covered, whatever there is, and refuse it for that when it is submitted.
            let stopped = self.submit().await.map(|why| if is_about_money(&why) { Why::NotCovered } else { why });
            match stopped {
                None => return Ok(Outcome::Ordered),
                Some(Why::NotCovered) => {
                    // It is in an open job already, and those are the cart.
                    let message = self.cx().words().ending().balance_low.to_owned();
                    self.cx().tell(HostEvent::Error { code: "balance-low", message });
                    return Ok(Outcome::NotCovered);
                }
                // Somebody has put another card beside it, or the like: it gets another job.
                Some(Why::Changed) => self.order().set(None),
                // What stood in between is told as that, where it is known.
                Some(Why::NothingHappened(error)) => {
                    return Err(error.map_or(Progress::NothingHappened, Progress::Failed));
                }
                Some(Why::Unknown(error)) => return Err(Progress::Unknown(error)),
                Some(Why::Refused(error) | Why::Failed(error)) => return Err(Progress::Failed(error)),
            }
        }
        let field = "card_ids".to_owned();
        Err(Progress::Failed(Error::Undecodable { operation: "print_jobs", field }))
    }

    /// Works on the order until it is submitted or stops; why it has stopped.
    async fn submit(self) -> Option<Why> {
        let next = |order: &Option<Submission>| {
            let order = order.as_ref()?;
            Some((order.effect()?, order.shipping.clone()))
        };
        while let Some((effect, shipping)) = self.order().with_untracked(next) {
            let event: Event = perform(self.cx(), &shipping, effect).await;
            self.order().update(|order| order.iter_mut().for_each(|order| order.on(event.clone())));
            let is_lost = |order: &Submission| order.lines().iter().any(|line| line.fate == Fate::LookingUp);
            let is_lost = self.order().with_untracked(|order| order.as_ref().is_some_and(is_lost));
            self.progress().set(if is_lost { Progress::LookingUp } else { Progress::Working });
        }
        // A browser may have sent more than was asked of it: whether it has is looked up while the person goes on.
        if let Some(audit) = self.order().with_untracked(|order| order.as_ref().and_then(Submission::audit)) {
            self.app().with_books(|books| (books.compare)(self.app(), audit));
        }
        let lines: Vec<Line> = self.order().with_untracked(|order| {
            order.as_ref().map(|order| order.submitted().cloned().collect()).unwrap_or_default()
        });
        for line in lines {
            if !self.told().with_untracked(|told| told.contains(&line.job)) {
                self.told().update(|told| told.push(line.job));
                let (cards, copies) = (line.cards.len() as u64, line.cards.len() as u64 * u64::from(line.copies));
                self.cx().tell(HostEvent::OrderSubmitted { jobs: vec![line.job], cards, copies });
            }
        }
        self.order().with_untracked(|order| Some(order.as_ref()?.stopped()?.1.clone()))
    }

    /// The card's own print job: one that is there already, or a new one. It is taken out of all others, into which somebody
    /// may have put it, or which a browser has made by sending twice, so that it is not printed once more with them.
    async fn own_job(self, card: CardId, shipping: &Shipping) -> Result<PrintJob, Error> {
        let (client, organization) = self.cx().client()?;
        let mut found = None;
        if self.is_begun().get_untracked() {
            found = own(open_jobs(&client, organization).await?.items, card);
        }
        self.is_begun().set(true);
        if found.is_none() {
            let change = PrintJobChange {
                destination: Some(shipping.destination.clone()),
                shipping_provider_id: Some(shipping.provider),
                number_of_copies: Some(1),
                card_ids: vec![card],
            };
            found = match client.create_print_job(organization, &change).await {
                Ok(job) => Some(job),
                Err(error) if !error.is_outcome_unknown() => return Err(error),
                Err(error) => Some(own(open_jobs(&client, organization).await?.items, card).ok_or(error)?),
            };
        }
        let mut job = found.ok_or(Error::Unreachable)?;
        for other in open_jobs(&client, organization).await?.items.iter().filter(|other| other.id != job.id) {
            for _ in other.card_ids.iter().filter(|known| **known == card) {
                client.remove_card(organization, other.id, card).await?;
            }
        }
        // A browser that has sent it twice may have put it in twice.
        for _ in 1..job.card_ids.iter().filter(|known| **known == card).count() {
            client.remove_card(organization, job.id, card).await?;
        }
        if job.number_of_copies.is_some_and(|copies| copies != 1) {
            let mut update = PrintJobUpdate::new(Some(shipping.provider));
            update.number_of_copies = Some(1);
            job = client.update_print_job(organization, job.id, &update).await?;
        }
        Ok(job)
    }

    fn shipping(self) -> Option<Shipping> {
        let destination = Destination::OneOff(self.form().with_untracked(|form| form.one_off()));
        Some(Shipping { destination, provider: self.provider()? })
    }

    /// Where the order goes that was sent.
    pub fn sent_to(self) -> Option<OneOffAddress> {
        self.order().with_untracked(|order| match &order.as_ref()?.shipping.destination {
            Destination::OneOff(address) => Some(address.clone()),
            Destination::Saved(_) => None,
        })
    }

    /// Whether something was found out about what this order was charged. Follows.
    pub fn is_doubted(self) -> bool {
        let jobs = self.told().get();
        let is_ours = |charge: Charge| matches!(charge, Charge::Job(job) if jobs.contains(&job));
        let findings = self.app().desk().audits().findings();
        findings.with(|findings| findings.iter().any(|told| is_ours(told.finding.charge)))
    }

    /// With whom the site sends cards.
    pub(super) fn provider(self) -> Option<ShippingProviderId> {
        self.cx().config().with_untracked(|config| config.as_ref()?.shipping_provider)
    }
}

/// Whether the server has refused to submit for want of money, in words of its own.
fn is_about_money(why: &Why) -> bool {
    let Why::Refused(error) = why else { return false };
    error.words().iter().any(|said| ["fund", "balance"].iter().any(|word| has(said, word)))
}

/// The first of these jobs in which the card is alone.
fn own(jobs: Vec<PrintJob>, card: CardId) -> Option<PrintJob> {
    let is_own = |job: &PrintJob| !job.card_ids.is_empty() && job.card_ids.iter().all(|known| *known == card);
    jobs.into_iter().find(is_own)
}
