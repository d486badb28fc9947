//! What happens when a person presses "Order my card": it is finalized, gets a print job of its own, which is submitted once,
//! and what was charged is compared with that. For a card that ends in the cart it is the first step and the cart.

use std::rc::Rc;

use super::sent::By;
use super::spare::Stays;
use super::{Ending, Outcome, Progress};
use crate::api::{
    CardId, Destination, Error, OneOffAddress, PrintJob, PrintJobChange, PrintJobUpdate, ShippingProviderId,
    TemplateId, has,
};
use crate::domain::audit::Charge;
use crate::domain::cart::OpenJob;
use crate::domain::submission::{Effect, Fate, Shipping, Submission, Why};
use crate::flow::cart::open_jobs;
use crate::flow::host::HostEvent;
use crate::flow::submitting::perform;

/// How long between two looks at the cart, in milliseconds.
const SETTLING: u32 = 100;
/// How often a print job of its own is made where somebody else has changed the one before.
const TRIES: u32 = 3;

/// A card on its way, and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Run {
    pub(super) card: CardId,
    template: TemplateId,
    turn: u32,
}

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
        // What was sent already is looked up, whatever the page says to it.
        let is_sent = self.order().with_untracked(Option::is_some) || self.is_unsettled(card);
        if self.asks_for_address() && !is_sent {
            let order = HostEvent::OrderSubmitted { jobs: Vec::new(), cards: 1, copies: 1 };
            if let Some(why) = self.cx().refusal(order, self.cx().words().ending().refused) {
                return self.progress().set(Progress::Refused(why));
            }
        }
        self.progress().set(Progress::Working);
        let run = Run { card, template, turn: self.turn().get_untracked() };
        self.cx().spawn(Box::pin(async move {
            // Leaving the page now would leave it unknown what becomes of the order.
            let held = self.cx().hold_page();
            let ended = self.end(run, is_finalized).await;
            drop(held);
            // They may go before it is known what became of it.
            self.look_after();
            match ended {
                _ if !self.shows(run) => {}
                Ok(outcome) => self.finish(outcome, template),
                Err(stopped) => {
                    if let Progress::Failed(error) = &stopped {
                        self.cx().tell_error(error);
                    }
                    self.tell_order(card);
                    self.progress().set(stopped);
                }
            }
        }));
    }

    /// Why it does not go on, where nobody has to be asked before it is tried again: nothing was sent yet, or it is not known
    /// what became of it, which is looked up and no more.
    pub(super) fn trouble(self) -> Option<Error> {
        let is_sent = self.order().with_untracked(|order| order.as_ref().is_some_and(Submission::is_sent));
        match self.progress().get_untracked() {
            Progress::Unknown(error) => Some(error),
            Progress::Failed(error) if !is_sent => Some(error),
            _ => None,
        }
    }

    /// Whether whoever has begun it is still there.
    pub(super) fn is_theirs(self, run: Run) -> bool {
        self.turn().get_untracked() == run.turn
    }

    /// Whether what becomes of it is what there is to be seen.
    pub(super) fn shows(self, run: Run) -> bool {
        self.is_theirs(run) && self.card().get_untracked() == Some(run.card)
    }

    async fn end(self, run: Run, is_finalized: bool) -> Result<Outcome, Progress> {
        if self.asks_for_address() && !self.cx().is_scoped() {
            // Nothing is charged while there is nobody to compare it.
            self.app().books_deeds().await.map_err(|_| Progress::Failed(Error::Unreachable))?;
        }
        // What was sent of it is looked up before anything else, also where something was typed since.
        let is_sent = self.order().with_untracked(Option::is_some) || self.is_unsettled(run.card);
        if !is_finalized && !is_sent {
            self.card_flow().ask_to_finalize(run.card, run.template).await.map_err(Progress::Failed)?;
        }
        let handed_in = self.hand_in(run).await;
        match &handed_in {
            // It may be since the card is a draft all the same, whatever was said of that: finalizing twice is the same as once.
            Err(Progress::Failed(Error::Refused { .. } | Error::NotFound { .. } | Error::NotAcceptable { .. }))
                if self.is_theirs(run) && self.order().with_untracked(Option::is_none) =>
            {
                let Ok((client, organization)) = self.cx().client() else { return handed_in };
                match client.finalize_card(organization, run.card).await {
                    Ok(_) => self.hand_in(run).await,
                    Err(_) => handed_in,
                }
            }
            _ => handed_in,
        }
    }

    async fn hand_in(self, run: Run) -> Result<Outcome, Progress> {
        if self.cx().is_scoped() {
            return self.place(run).await;
        }
        if self.asks_for_address() { self.order_card(run).await } else { self.put_into_cart(run.card).await }
    }

    async fn put_into_cart(self, card: CardId) -> Result<Outcome, Progress> {
        let cart = self.app().desk().cart();
        if self.is_begun().get_untracked() {
            // What was sent the last time may have come about since it was read, or once more.
            cart.doubt();
        }
        self.is_begun().set(true);
        cart.wish(&[(card, 1)]);
        while cart.is_settling() {
            self.cx().sleep(SETTLING).await;
        }
        match cart.wishes().get_untracked().into_iter().find_map(|wish| wish.failed.filter(|_| wish.card == card)) {
            None => {
                self.tidy(card, Stays::Once);
                Ok(Outcome::InCart)
            }
            Some(error) => {
                cart.drop_wish(card);
                Err(Progress::Failed(error))
            }
        }
    }

    async fn order_card(self, run: Run) -> Result<Outcome, Progress> {
        let shipping = self.shipping().ok_or(Progress::Failed(Error::SignInDismissed))?;
        let mut before = self.order().get_untracked().filter(|order| order.stopped().is_some());
        for _ in 0..TRIES {
            let mut order = match before.take() {
                Some(mut order) => {
                    // What the server did not like of the address may have been corrected.
                    order.resume_to(shipping.clone());
                    order
                }
                None => {
                    let of = |job| [OpenJob { id: job, copies: 1, cards: vec![run.card] }];
                    match self.sent_of(run.card) {
                        // Something else was on the screen meanwhile.
                        Some(job) => Submission::lost(shipping.clone(), &of(job)),
                        None => {
                            let job = self.own_job(run.card, &shipping).await.map_err(Progress::Failed)?;
                            Submission::new(shipping.clone(), &of(job.id))
                        }
                    }
                }
            };
            // Some servers say that it is covered, whatever there is, and refuse it for that when it is submitted.
            let stopped =
                self.submit(run, &mut order).await.map(|why| if is_about_money(&why) { Why::NotCovered } else { why });
            if !self.is_theirs(run) {
                return Err(Progress::Nothing);
            }
            let job = order.lines().first().map(|line| line.job);
            if self.shows(run) {
                self.order().set(Some(order).filter(|_| stopped != Some(Why::Changed)));
            }
            match stopped {
                None => {
                    self.tidy(run.card, Stays::Nowhere);
                    return Ok(Outcome::Ordered);
                }
                Some(Why::NotCovered) => {
                    self.tidy(run.card, job.map_or(Stays::Once, Stays::In));
                    // It is in an open job already, and those are the cart.
                    self.tell_balance_low();
                    return Ok(Outcome::NotCovered);
                }
                // Somebody has put another card beside it, or the like: it gets another job.
                Some(Why::Changed) => {}
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

    /// Works on the order until it is submitted or stops, or whoever has asked for it has gone; why it has stopped.
    async fn submit(self, run: Run, order: &mut Submission) -> Option<Why> {
        let at_work = Rc::new(());
        order.lines().iter().for_each(|line| self.works_on(run.card, By::Job(line.job), &at_work, false));
        while let Some(effect) = order.effect().filter(|_| self.is_theirs(run)) {
            if let Effect::Submit(job) = effect {
                self.works_on(run.card, By::Job(job), &at_work, true);
            }
            let event = perform(self.cx(), &order.shipping, effect).await;
            order.on(event);
            if self.shows(run) {
                let is_lost = order.lines().iter().any(|line| line.fate == Fate::LookingUp);
                self.progress().set(if is_lost { Progress::LookingUp } else { Progress::Working });
            }
        }
        // A browser may have sent more than was asked of it: whether it has is looked up while the person goes on.
        if let Some(audit) = order.audit() {
            self.app().with_books(|books| (books.compare)(self.app(), audit));
        }
        for line in order.submitted() {
            self.told().update(|told| told.push(line.job));
            let (cards, copies) = (line.cards.len() as u64, line.cards.len() as u64 * u64::from(line.copies));
            self.cx().tell(HostEvent::OrderSubmitted { jobs: vec![line.job], cards, copies });
        }
        let stopped = order.stopped().map(|(_, why)| why.clone());
        if order.effect().is_none() && stopped.as_ref().is_none_or(Why::is_certain) {
            order.lines().iter().for_each(|line| self.is_known(run.card, Some(line.job)));
        }
        stopped
    }

    /// Tells the page of an order that has stopped where it was sent.
    fn tell_order(self, card: CardId) {
        let stopped = self.order().with_untracked(|order| {
            let (line, why) = order.as_ref()?.stopped()?;
            Some((line.job, why.clone()))
        });
        match stopped {
            Some((job, Why::NothingHappened(_))) => self.tell_lost(card, Some(job)),
            Some((job, Why::Unknown(error))) => self.tell_unknown(card, Some(job), &error),
            _ => {}
        }
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
        self.take_out(card, Stays::In(job.id)).await?;
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
